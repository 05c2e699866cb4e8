"""Tables in plain text: whitespace-aligned, flattened to an order of numbers a line, and Markdown pipes.

    find_tables(text, None)            looks everywhere
    find_tables(text, [(120, 480)])    looks only inside these spans

Cells carry the span of their number or words in `text`, the damage mended by form, and, where the table
shows damage, the readings that its neighbours make thinkable. Not supported: tables whose labels stand
right of the numbers, cells of running prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.document import Cell, Span, Table
from pipeline.read.prose.unit_phrases import NAMED, is_unit_line, unit_in
from pipeline.read.text_tables.blocks import CAPTION, Block, blocks_of, heads_above, is_fragment
from pipeline.read.text_tables.captions import caption_above, completed
from pipeline.read.text_tables.cells import value_cell
from pipeline.read.text_tables.columns import assign, column_count, positions
from pipeline.read.text_tables.damage import number_cell, with_readings
from pipeline.read.text_tables.headers import Layout, header_cells, widened
from pipeline.read.text_tables.labels import Labelled, has_rank, labelled_rows
from pipeline.read.text_tables.lines import Line, Token, is_number, lines_of, segments_of
from pipeline.read.text_tables.pipes import pipe_tables

EMPTY = Cell("")


def find_tables(text: str, spans: Sequence[Span] | None = None) -> tuple[Table, ...]:
    """The tables of `text` (inside `spans`, where given) in reading order, named by their captions or
    numbered."""
    found: list[Table] = []
    for span in spans if spans is not None else [(0, len(text))]:
        start = max(text.rfind("\n", 0, span[0]), text.rfind("\r", 0, span[0])) + 1
        lines = list(lines_of(text, (start, span[1])))
        pipes, rest = pipe_tables(lines)
        found += pipes
        for run in rest:
            found += _tables_in(run)
    found = completed(text, sorted(found, key=lambda table: table.span or (0, 0)))
    if any(table.ocr for table in found):
        found = [_damaged(table) for table in found]
    return tuple(_named(found))


def _damaged(table: Table) -> Table:
    """A damaged table condemns its neighbours: their numbers get readings too."""
    return replace(
        table, rows=(*table.rows[: table.header_rows], *_readings(table.rows[table.header_rows :])), ocr=True
    )


def _tables_in(lines: Sequence[Line]) -> list[Table]:
    floor, found = 0, []
    for block in blocks_of(lines):
        table = _table(lines, block, floor)
        if table.header_rows or table.unit or CAPTION.match(table.caption or ""):
            found.append(table)
        floor = block.last + 1
    return found


def _named(tables: Sequence[Table]) -> list[Table]:
    """Tables named by the number in their caption; by their place where there is none or it is taken."""
    names: list[str] = []
    for index, table in enumerate(tables, 1):
        match = CAPTION.match(table.caption or "")
        name = match.group(1) if match else str(index)
        names.append(name if name not in names else f"{name}-{index}")
    return [replace(table, name=name) for table, name in zip(tables, names, strict=True)]


def _table(lines: Sequence[Line], block: Block, floor: int) -> Table:
    rows = list(block.rows.values())
    columns = column_count(rows)
    aligned = sum(row.gapped for row in rows) * 5 >= len(rows) * 4
    ranked = has_rank(rows)
    layout = Layout(1 + ranked, columns, tuple(positions(rows, columns)) if aligned else None)
    heads = heads_above(lines, block.first, floor)
    headers, used = _headers([lines[i] for i in heads], layout)
    spare = [i for i in heads if i not in {heads[k] for k in used}]
    fragments = [i for i in spare if is_fragment(lines[i])]
    labels = labelled_rows(lines, block, [lines[i] for i in fragments])
    if layout.ranges is not None and used:
        sections = [i for i in fragments if i > heads[max(used)] and not _taken(lines[i], labels)]
        labels = [*(Labelled(lines[i].tokens, None) for i in sections), *labels]
    body = [_body_row(row, block, layout, aligned, ranked) for row in labels]
    dirty = any(token.kind == "stray" or token.text == "|" for i in [*heads, *block.rows] for token in lines[i].tokens)
    caption, unit = caption_above(lines, spare, [i for i in spare if not _taken(lines[i], labels)])
    unit = unit or next((u for row in headers for cell in row[: layout.labels] if (u := unit_in(cell.text))), None)
    first = lines[heads[0]].start if heads else lines[block.first].start
    return Table(
        name="",
        rows=tuple(headers + body),
        header_rows=len(headers),
        caption=caption,
        unit=unit,
        span=(first, lines[block.last].end),
        ocr=dirty or any(cell.damage and cell.damage != ("sign form",) for row in body for cell in row),
    )


def _taken(line: Line, labels: Sequence[Labelled]) -> bool:
    """Whether the line is part of a row's label."""
    return any(token.start == line.tokens[0].start for row in labels for token in row.label)


def _headers(heads: Sequence[Line], layout: Layout) -> tuple[list[tuple[Cell, ...]], set[int]]:
    """Header rows from the lines nearest above the first row upwards, and which lines they were."""
    found: list[dict[int, tuple[Token, ...]]] = []
    used: set[int] = set()
    for index in range(len(heads) - 1, -1, -1):
        line = heads[index]
        cells = None if _is_apart(heads, index) else header_cells(line, layout, found)
        if cells is None or (layout.ranges is not None and _is_title(line, cells)):
            if found:
                break
            continue
        found.append(cells)
        layout = widened(layout, line, cells)
        used.add(index)
    rows = [tuple(_words_cell(cells.get(column, ())) for column in range(layout.width)) for cells in found]
    return rows[::-1], used


def _is_apart(heads: Sequence[Line], index: int) -> bool:
    """Whether a line is the caption, its second line, or says the unit."""
    text = heads[index].text
    if CAPTION.match(text) or NAMED.search(text) or is_unit_line(text):
        return True
    wrapped = index > 0 and CAPTION.match(heads[index - 1].text) and heads[index - 1].end + 2 >= heads[index].start
    return bool(wrapped and len(segments_of(heads[index])) == 1 and unit_in(text))


def _is_title(line: Line, cells: dict[int, tuple[Token, ...]]) -> bool:
    """A lone piece at the left margin above the numbers is a caption, not a header."""
    return len({token.span for group in cells.values() for token in group}) == 1 and not line.text.startswith("      ")


def _words_cell(tokens: Sequence[Token]) -> Cell:
    if not tokens:
        return EMPTY
    return Cell(" ".join(t.text for t in tokens), (tokens[0].start, tokens[-1].end))


def _body_row(row: Labelled, block: Block, layout: Layout, aligned: bool, ranked: bool) -> tuple[Cell, ...]:
    cells = [EMPTY] * layout.width
    label = list(row.label)
    if ranked and label and row.data is not None and label[0].kind == "number":
        cells[0] = number_cell(label[0].text, label.pop(0).span)
    cells[layout.labels - 1] = _label_cell(label)
    if row.data is not None:
        for column, token in assign(row.data, list(block.rows.values()), layout.values, aligned).items():
            missing = token.kind == "missing"
            cells[layout.labels + column] = (
                Cell(token.text, token.span) if missing else value_cell(token.text, token.start)
            )
    return tuple(cells)


def _label_cell(tokens: Sequence[Token]) -> Cell:
    cell = _words_cell(tokens)
    bare = cell.text.strip("_|=~ ")
    return cell if bare == cell.text else replace(cell, text=bare, damage=("stray mark",))


def _readings(body: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    columns = [with_readings(column) if _is_values(column) else column for column in zip(*body, strict=True)]
    return list(zip(*columns, strict=True))


def _is_values(column: Sequence[Cell]) -> bool:
    """Whether a column holds figures: numbers, and not 1, 2, 3 ..."""
    numbers = [cell.text for cell in column if is_number(cell.text)]
    return len(numbers) * 2 >= len(column) and numbers != [str(i) for i in range(1, len(numbers) + 1)]
