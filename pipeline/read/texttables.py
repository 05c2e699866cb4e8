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
from pipeline.read.tables_damage import number_cell, with_readings
from pipeline.read.texttables_blocks import CAPTION, UNIT, Block, blocks_of, heads_above, is_fragment, unit_in
from pipeline.read.texttables_columns import assign, column_count, positions
from pipeline.read.texttables_headers import Layout, header_cells
from pipeline.read.texttables_labels import Labelled, has_rank, labelled_rows
from pipeline.read.texttables_lines import Line, Token, is_number, lines_of
from pipeline.read.texttables_pipes import pipe_tables

EMPTY = Cell("")
_NOTE_REACH = 300


def find_tables(text: str, spans: Sequence[Span] | None = None) -> tuple[Table, ...]:
    """The tables of `text` (inside `spans`, where given) in reading order, named by their captions or
    numbered."""
    found: list[Table] = []
    for span in spans if spans is not None else [(0, len(text))]:
        lines = list(lines_of(text, span))
        pipes, rest = pipe_tables(lines)
        found += pipes
        for run in rest:
            found += _tables_in(run)
    found = [_with_unit_below(text, table) for table in sorted(found, key=lambda table: table.span or (0, 0))]
    if any(table.ocr for table in found):
        found = [_damaged(table) for table in found]
    return tuple(_named(found))


def _with_unit_below(text: str, table: Table) -> Table:
    """A table without a unit takes the one that a note right below it names."""
    if table.unit or table.span is None:
        return table
    below = [line for line in text[table.span[1] : table.span[1] + _NOTE_REACH].splitlines() if line.strip()]
    unit = next((match.group(1) for line in below[:2] if (match := UNIT.search(line))), None)
    return replace(table, unit=unit.split(". ")[0].strip(" .*_") if unit else None)


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
    spare = [lines[i] for i in heads if i not in {heads[k] for k in used}]
    labels = labelled_rows(lines, block, [line for line in spare if is_fragment(line)])
    body = [_body_row(row, block, layout, aligned, ranked) for row in labels]
    dirty = any(
        token.kind == "stray" or token.text == "|" for i in [*heads, *block.rows] for token in lines[i].tokens
    )
    caption, unit = _caption([lines[i] for i in heads], spare, labels)
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


def _headers(heads: Sequence[Line], layout: Layout) -> tuple[list[tuple[Cell, ...]], set[int]]:
    """Header rows from the lines nearest above the first row upwards, and which lines they were."""
    found: list[tuple[Cell, ...]] = []
    used: set[int] = set()
    for index in range(len(heads) - 1, -1, -1):
        line = heads[index]
        cells = None if CAPTION.match(line.text) or _is_unit_line(line) else header_cells(line, layout)
        if cells is None or (layout.ranges is not None and _is_title(line, cells, layout)):
            if found:
                break
            continue
        found.append(tuple(_words_cell(cells.get(column, ())) for column in range(layout.width)))
        used.add(index)
    return found[::-1], used


def _is_unit_line(line: Line) -> bool:
    return line.text.strip().lower().lstrip("(").startswith("unit")


def _is_title(line: Line, cells: dict[int, tuple[Token, ...]], layout: Layout) -> bool:
    """A lone piece at the left margin above the numbers is a caption, not a header."""
    return len({token.span for group in cells.values() for token in group}) == 1 and not line.text.startswith(
        "      "
    )


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
            cells[layout.labels + column] = _value_cell(token)
    return tuple(cells)


def _label_cell(tokens: Sequence[Token]) -> Cell:
    cell = _words_cell(tokens)
    bare = cell.text.strip("_|=~ ")
    return cell if bare == cell.text else replace(cell, text=bare, damage=("stray mark",))


def _value_cell(token: Token) -> Cell:
    if token.kind == "missing":
        return Cell(token.text, token.span)
    cell = number_cell(token.text, token.span)
    if "stray mark" not in cell.damage:
        return cell
    bare = token.text.strip("_|=`'\"")
    start = token.start + token.text.index(bare)
    return replace(cell, span=(start, start + len(bare)))


def _readings(body: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    columns = [with_readings(column) if _is_values(column) else column for column in zip(*body, strict=True)]
    return list(zip(*columns, strict=True))


def _is_values(column: Sequence[Cell]) -> bool:
    """Whether a column holds figures: numbers, and not 1, 2, 3 ..."""
    numbers = [cell.text for cell in column if is_number(cell.text)]
    return len(numbers) * 2 >= len(column) and numbers != [str(i) for i in range(1, len(numbers) + 1)]


def _caption(
    heads: Sequence[Line], spare: Sequence[Line], labels: Sequence[Labelled]
) -> tuple[str | None, str | None]:
    """The caption (a numbered one first, else the nearest unused line that is no label) and the unit
    words."""
    taken = {token.start for row in labels for token in row.label}
    free = [line for line in spare if not any(token.start in taken for token in line.tokens)]
    numbered = [line for line in free if CAPTION.match(line.text)]
    titles = [line for line in free if not _is_unit_line(line)]
    caption = next(reversed(numbered or titles), None)
    unit = next((u for line in reversed(heads) if (u := unit_in(line.text))), None)
    return (caption.text.strip() if caption else None), unit
