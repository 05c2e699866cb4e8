"""Cells to records: every number in a table's body becomes a figure with the key its headers and labels give.

Rank columns, row numbers and years as labels are no figures. Alternative readings of damaged cells go along
as `Record.readings`, scaled like the value. Not supported: several numbers in one cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import msgspec

from pipeline.extract.assemble import record_id
from pipeline.extract.tables_keys import Finders, Key, Said, TableContext, key_of, read_text
from pipeline.extract.tables_numbers import CellNumber, cell_number
from pipeline.extract.tables_wording import PERCENT, Unit, parse_units
from pipeline.model.document import Cell, Document, Table
from pipeline.model.record import Measure, Record

_RULE = "table"


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    said: Said
    rank: bool
    label: bool


def table_records(document: Document, table: Table, context: TableContext, finders: Finders) -> list[Record]:
    """The figures of `table` in reading order; `context` fills in what neither headers nor caption say."""
    columns = _columns(table, finders)
    caption = read_text(table.caption or "", finders, "caption")
    units = parse_units(table.unit or (table.caption or "").rpartition(",")[2])
    section: Said | None = None
    found: list[Record] = []
    for number, row in enumerate(table.rows[table.header_rows :], table.header_rows):
        label = read_text(" ".join(row[c.index].text for c in columns if c.label and not c.rank), finders, kind="label")
        figures = [(c, row[c.index]) for c in columns if not c.label and not c.rank]
        if not any(cell_number(cell.text) for _, cell in figures):
            section = label if label.text.strip() else section
            continue
        drafts = [
            _record(document, table, number, column, cell, value, label, section, caption, units, context)
            for column, cell in figures
            if cell.span is not None and (value := cell_number(cell.text)) is not None
        ]
        found += _related(drafts)
    return found


def _columns(table: Table, finders: Finders) -> list[_Column]:
    body = table.rows[table.header_rows :]
    headers = _filled([[cell.text for cell in row] for row in table.rows[: table.header_rows]])
    found: list[_Column] = []
    for index in range(len(table.rows[0]) if table.rows else 0):
        texts = dict.fromkeys(text for header in headers if (text := header[index]))
        said = read_text(" ".join(texts), finders)
        cells = [row[index] for row in body if row[index].text]
        numbers = [n for cell in cells if (n := cell_number(cell.text)) is not None]
        rank = said.words.rank or _counts_up(numbers)
        label = len(numbers) * 2 < len(cells) or not cells
        found.append(_Column(index, said, rank, label and not rank))
    if found and not any(c.label for c in found):
        first = next((i for i, c in enumerate(found) if not c.rank), 0)
        found[first] = _Column(first, found[first].said, False, True)
    return _labels_first(_dated(found))


def _dated(columns: Sequence[_Column]) -> list[_Column]:
    """A column of growth or shares that names no period speaks of the column on its left that does."""
    found: list[_Column] = []
    for column in columns:
        left = next((c.said.period for c in reversed(found) if c.said.period), None)
        if column.said.period is None and left and column.said.words.measure in ("growth", "share", "difference"):
            column = replace(column, said=replace(column.said, period=left))
        found.append(column)
    return found


def _filled(headers: list[list[str]]) -> list[list[str]]:
    """Header rows with the texts that stand over several columns repeated over each: an empty field in any
    but the last row takes the text on its left, as far as a row below has texts to part."""
    for row in headers[:-1]:
        for index in range(2, len(row)):
            if not row[index] and any(below[index] for below in headers[headers.index(row) + 1 :]):
                row[index] = row[index - 1]
    return headers


def _labels_first(columns: Sequence[_Column]) -> list[_Column]:
    """Only label columns left of the first figures name rows; others (remarks) are left out of the labels."""
    first = next((c.index for c in columns if not c.label and not c.rank), len(columns))
    return [c for c in columns if not (c.label and c.index > first)]


def _counts_up(numbers: Sequence[CellNumber]) -> bool:
    return len(numbers) > 1 and [n.value for n in numbers] == list(range(1, len(numbers) + 1))


def _measure(column: Said, label: Said, value: CellNumber, units: Sequence[Unit]) -> Measure:
    said = [m for m in (column.words.measure, label.words.measure) if m is not None]
    measure: Measure = next((m for m in said if m != "level"), "level")
    percent_only = PERCENT in column.words.units or value.percent
    return "growth" if measure == "level" and percent_only and _speaks_of_trade(column, label) else measure


def _speaks_of_trade(column: Said, label: Said) -> bool:
    """A bare percent beside trade flows is their growth."""
    return bool(column.words.flow or label.words.flow)


def _unit(measure: Measure, column: Said, label: Said, value: CellNumber, units: Sequence[Unit]) -> Unit | None:
    if measure in ("growth", "share") or value.percent:
        return PERCENT
    for named in (column.words.units, label.words.units, units):
        for unit in named:
            if unit != PERCENT:
                return unit
    return PERCENT if PERCENT in (*column.words.units, *label.words.units, *units) else None


def _record(
    document: Document, table: Table, row: int, column: _Column, cell: Cell, value: CellNumber, label: Said,
    section: Said | None, caption: Said, units: Sequence[Unit], context: TableContext,
) -> Record:  # fmt: skip
    measure = _measure(column.said, label, value, units)
    unit = _unit(measure, column.said, label, value, units)
    key = key_of(label, column.said, section, caption, context)
    scale = (unit.scale if unit else Decimal(1)) * _sign(key, measure, value)
    start, end = cell.span or (0, 0)
    ends = sorted((scale * (value.value - value.half_step), scale * (value.value + value.half_step)))
    return Record(
        id=record_id(document.id, start, end),
        document=document.id,
        char_start=start,
        char_end=end,
        quote=document.text[start:end],
        measure=measure,
        obs_value=scale * value.value,
        lower=ends[0],
        upper=ends[1],
        bound="=",
        unit_measure=unit.code if unit else "count",
        counted=unit.counted if unit else None,
        flow=key.flow,
        indicator=key.indicator,
        commodity=key.commodity,
        ref_area=key.ref_area,
        counterpart_area=key.counterpart_area,
        time_period=key.period.code() if key.period else None,
        comparison=(column.said.words.comparison or "yoy") if measure in ("growth", "difference") else None,
        sentence=_line(document.text, start, end),
        time_period_basis=key.basis,
        page=page.page if (page := document.page_at(start)) is not None else None,
        bbox=cell.bbox,
        table=table.name,
        row=row,
        column=column.index,
        extraction=_RULE,
        confidence=round(cell.confidence * (0.97 if unit else 0.5), 3),
        readings=tuple((scale * n.value, cost) for text, cost in cell.readings if (n := cell_number(text))),
    )


def _sign(key: Key, measure: Measure, value: CellNumber) -> int:
    """A deficit printed without a sign is a negative balance."""
    return -1 if key.flow == "balance" and key.flow_sign < 0 and measure == "level" and value.value > 0 else 1


def _line(text: str, start: int, end: int) -> str:
    """The line of the document that the cell stands in."""
    stop = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else len(text)].strip()


def _related(row: Sequence[Record]) -> Iterator[Record]:
    """Growth, share and difference point to the level of the same row, flow and period."""
    levels = {(r.flow, r.commodity, r.indicator, r.time_period): r.id for r in reversed(row) if r.measure == "level"}
    for record in row:
        level = levels.get((record.flow, record.commodity, record.indicator, record.time_period))
        if record.measure != "level" and level:
            yield msgspec.structs.replace(record, relates_to=level)
        else:
            yield record
