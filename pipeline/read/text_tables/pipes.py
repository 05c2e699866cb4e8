"""Tables drawn with bars: a header line, a line of dashes, body lines, as in Markdown or in a box of `+---+`; the cells
keep their spans."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.document import Cell, Table
from pipeline.read.prose.unit_phrases import is_unit_line, unit_in
from pipeline.read.text_tables.blocks import CAPTION
from pipeline.read.text_tables.cells import value_cell
from pipeline.read.text_tables.lines import YEAR, Line, is_number

_RULE = re.compile(r"^\s*[|+]?\s*:?[-=]{2,}:?\s*(?:[|+]\s*:?[-=]{2,}:?\s*)*[|+]?\s*$")
_LONGEST_TITLE = 160
_TORN = re.compile(r"(?<=[.,]) (?=\d)")


def pipe_tables(lines: Sequence[Line]) -> tuple[list[Table], list[Sequence[Line]]]:
    """The pipe tables among `lines`, and the runs of lines between them."""
    tables: list[Table] = []
    rest: list[Sequence[Line]] = []
    start = index = 0
    while index < len(lines):
        if index and _is_rule(lines[index]) and "|" in lines[index - 1].text:
            stop = index + 1
            while stop < len(lines) and ("|" in lines[stop].text or _is_rule(lines[stop])):
                stop += 1
            tables.append(_table(lines, index, stop, start))
            rest.append(lines[start : index - 1])
            start = index = stop
        else:
            index += 1
    return tables, [*rest, lines[start:]]


def _is_rule(line: Line) -> bool:
    return _RULE.match(line.text) is not None and ("|" in line.text or "+" in line.text)


def _table(lines: Sequence[Line], rule: int, stop: int, floor: int) -> Table:
    head = _cells(lines[rule - 1])
    width = len(head)
    body = [line for line in lines[rule + 1 : stop] if not _RULE.match(line.text)]
    rules = [i for i in range(rule + 1, stop) if _RULE.match(lines[i].text) and "+" not in lines[i].text]
    rows = [head, *(_cells(line, width) for line in body)]
    around = [line for line in lines[max(floor, rule - 5) : rule - 1] if not (line.blank or _RULE.match(line.text))]
    above = [line.text.strip() for line in around]
    titles = [text for text in above if not is_unit_line(text)]
    caption = next((text for text in titles if CAPTION.match(text)), None)
    if caption is None and titles and len(titles[-1]) < _LONGEST_TITLE and not titles[-1].endswith("."):
        caption = titles[-1]
    headers = 1 + (rules[0] - rule - 1 if rules else 0)
    while headers + 1 < len(rows) and _names_columns(rows[headers]):
        headers += 1
    if width > 1 and head[0].text and not any(cell.text for cell in head[1:]) and len(rows) > 2:
        # A caption written as the first row.
        caption, rows, headers = head[0].text, rows[1:], max(1, headers - 1)
    texts = [*above, caption or ""]
    return Table(
        name="",
        rows=tuple(tuple((row + [Cell("")] * width)[:width]) for row in rows),
        header_rows=headers,
        caption=caption,
        unit=next((u for t in reversed(texts) if (u := unit_in(t))), None),
        span=(lines[rule - 1].start, lines[stop - 1].end),
    )


def _names_columns(row: Sequence[Cell]) -> bool:
    """Whether a row under the rule is a second header: no label, and words or years alone over several columns."""
    texts = [cell.text for cell in row[1:] if cell.text]
    return not row[0].text and len(texts) > 1 and all(YEAR.fullmatch(text) or not is_number(text) for text in texts)


def _cells(line: Line, width: int | None = None) -> list[Cell]:
    """The cells of a line; a bar that makes one cell too many and touches the next text is dirt."""
    text = line.text.rstrip()
    base = line.start + (len(text) - len(text.lstrip()))
    text = text.strip()
    if text.startswith("|"):
        text, base = text[1:], base + 1
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    pieces = _pieces(text)
    while width is not None and len(pieces) > width:
        stray = next((i for i in range(len(pieces) - 1) if _is_stray(pieces[i][0], pieces[i + 1][0])), None)
        if stray is None:
            break
        del pieces[stray]
    return [_cell(piece, base + offset) for piece, offset in pieces]


def _is_stray(piece: str, following: str) -> bool:
    return not piece.strip() and following[:1].strip() != ""


def _pieces(text: str) -> list[tuple[str, int]]:
    found, position = [], 0
    for index in [*(m.start() for m in re.finditer(r"(?<!\\)\|", text)), len(text)]:
        found.append((text[position:index], position))
        position = index + 1
    return found


def _cell(piece: str, offset: int) -> Cell:
    body = piece.strip().strip("*")
    if not body:
        return Cell("")
    start = offset + piece.index(body)
    span = (start, start + len(body))
    return value_cell(body, start) if is_number(_TORN.sub("", body)) else Cell(body, span)
