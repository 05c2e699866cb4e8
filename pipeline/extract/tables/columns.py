"""What the headers of a table say of its columns: header path, columns that name or count the rows, and what a
column of changes takes from the amounts beside it.

Not supported: a table whose labels stand right of its figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from pipeline.extract.tables.keys import CHANGES, Finders, Said, read_text
from pipeline.extract.tables.numbers import CellNumber, cell_number
from pipeline.extract.tables.wording import units_alone
from pipeline.model.document import Cell, Table
from pipeline.model.period import Period

_NOMENCLATURE = re.compile(
    r"^(?:HS|SITC|CN|TN VED|NACE|tariff|commodity|product)?\s*(?:codes?|chapters?|HS|SITC)\b", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s?[/:-]\s?((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what its headers say, and whether it counts or names the rows instead of holding figures."""

    index: int
    said: Said
    rank: bool
    label: bool


def columns_of(table: Table, finders: Finders, trade: bool) -> list[Column]:
    """The columns from left to right, without remarks behind the figures; `trade`: the table is one of trade."""
    body = table.rows[table.header_rows :]
    headers = _filled([[cell.text for cell in row] for row in table.rows[: table.header_rows]])
    found: list[Column] = []
    for index in range(len(table.rows[0]) if table.rows else 0):
        texts = dict.fromkeys(text for header in headers if (text := header[index]))
        said = read_text(" ".join(bracketed(text) for text in texts), finders, trade=trade)
        cells = [row[index] for row in body if row[index].text]
        numbers = [n for cell in cells if (n := cell_number(cell.text)) is not None]
        rank = said.words.rank or _counts_up(numbers)
        label = len(numbers) * 2 < len(cells) or not cells or _names_rows(said, cells, index)
        found.append(Column(index, said, rank, label and not rank))
    if found and not any(c.label for c in found):
        first = next((i for i, c in enumerate(found) if not c.rank), 0)
        found[first] = Column(first, found[first].said, False, True)
    return _labels_first(_carried(found))


def bracketed(text: str) -> str:
    """A header or label, the unit that it is or ends in set in brackets: `Value, USD mn` as `Value (USD mn)`."""
    if "(" in text:
        return text
    tails = [0, *(match.end() for match in re.finditer(r",\s(?!\d)", text))]
    start = next((start for start in tails if units_alone(text[start:])), None)
    return text if start is None else f"{text[:start].rstrip(', ')} ({text[start:]})".strip()


def _names_rows(said: Said, cells: Sequence[Cell], index: int) -> bool:
    """Whether numbers name their rows: years, or the codes of a nomenclature."""
    if index == 0 and len(cells) > 1 and all(_YEAR.fullmatch(cell.text) for cell in cells):
        return True
    return bool(_NOMENCLATURE.match(said.text)) and all(cell.text.replace(".", "").isdigit() for cell in cells)


def _carried(columns: Sequence[Column]) -> list[Column]:
    """A column of growth, shares or differences that names no period speaks of the nearest column of amounts on its
    left that does; one without flow and product takes those that the amounts right before it share."""
    found: list[Column] = []
    for column in columns:
        said = column.said
        if said.words.measure in CHANGES:
            left = [c.said for c in found if not (c.label or c.rank)]
            amounts = _amounts_before(left)
            said = replace(
                said, period=_later_of_two(said.text) or said.period or _latest(amounts) or _latest(left[-1:])
            )
            shared = {(s.words.flow, s.rest) for s in amounts}
            if not said.words.flow and len(shared) == 1:
                words = replace(said.words, flow=amounts[0].words.flow, flow_sign=amounts[0].words.flow_sign)
                said = replace(said, words=words, rest=amounts[0].rest if amounts[0].words.measure is None else "")
            else:
                said = replace(said, rest="")
        found.append(replace(column, said=said))
    return found


def _latest(columns: Sequence[Said]) -> Period | None:
    """The period that ends last, of those that end together the nearest; the nearest too where one has no year."""
    dated = [said.period for said in reversed(columns) if said.period]
    ends = [period.year * 12 + period.month + period.months for period in dated if period.year is not None]
    return dated[ends.index(max(ends)) if ends and len(ends) == len(dated) else 0] if dated else None


def _amounts_before(left: Sequence[Said]) -> list[Said]:
    """The columns of amounts right before a column from left to right, its sister columns of growth and shares left
    out."""
    before = dropwhile(lambda said: said.words.measure in CHANGES, reversed(left))
    return [*takewhile(lambda said: said.words.measure not in CHANGES, before)][::-1]


def _later_of_two(header: str) -> Period | None:
    """The later year of a header that compares a year with the one before (`2022/2021`, `2021-2022 change`)."""
    years = _YEARS.search(header)
    earlier, later = sorted((int(years[1]), int(years[2]))) if years else (0, 0)
    return Period(year=later) if later == earlier + 1 else None


def _filled(headers: list[list[str]]) -> list[list[str]]:
    """Header rows with the texts that stand over several columns repeated over each: an empty field in any
    but the last row takes the text on its left, as far as a row below has texts to part."""
    for row in headers[:-1]:
        for index in range(2, len(row)):
            if not row[index] and any(below[index] for below in headers[headers.index(row) + 1 :]):
                row[index] = row[index - 1]
    return headers


def _labels_first(columns: Sequence[Column]) -> list[Column]:
    """Only label columns left of the first figures name rows; others (remarks) are left out of the labels."""
    first = next((c.index for c in columns if not c.label and not c.rank), len(columns))
    return [c for c in columns if not (c.label and c.index > first)]


def _counts_up(numbers: Sequence[CellNumber]) -> bool:
    return len(numbers) > 1 and [n.value for n in numbers] == list(range(1, len(numbers) + 1))
