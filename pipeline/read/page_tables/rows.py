"""Rows of a table from its lines of text: cells (`cells`) in the columns that hold any, headers (`heads`)
and wrapped cells (`body`) joined."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.page.page import Word
from pipeline.read.page.rules import Rule
from pipeline.read.page_tables.body import joined_body, unmerged, with_heads_of_parts
from pipeline.read.page_tables.cells import Row, cells_of, spanning
from pipeline.read.page_tables.columns import Bands
from pipeline.read.page_tables.heads import first_body, grouped, joined_head
from pipeline.read.page_tables.words import DraftCell, lines_text


def rows_of(lines: Sequence[Sequence[Word]], columns: Bands, across: Sequence[Rule]) -> list[list[DraftCell]]:
    """The lines as rows of cells, as many as there are columns."""
    columns = _without_bodiless([cells_of(line, columns) for line in lines], columns)
    columns = _without_halves([cells_of(line, columns) for line in lines], columns)
    rows = [cells_of(line, columns) for line in lines]
    spans = [spanning(line, columns) for line in lines]
    first = first_body(rows)
    head = joined_head(rows[:first], spans[:first], [r.at for r in across])
    head = [grouped(row, columns) if row_index + 1 < len(head) else row for row_index, row in enumerate(head)]
    body = joined_body(rows[first:], [r.at for r in across])
    body = [unmerged(row) for row in with_heads_of_parts(body, columns)]
    return [[DraftCell(lines_text(words), tuple(words)) for words in row] for row in [*head, *body]]


def _without_bodiless(rows: Sequence[Row], columns: Bands) -> Bands:
    """A column that only headers fill is a part of the nearer of its neighbours: a header of several words set wide, or
    one set beside its figures rather than over them."""
    body = rows[first_body(rows) :]
    kept = [columns[0]]
    ahead: float | None = None
    for index in range(1, len(columns)):
        left, right = columns[index]
        if any(row[index] for row in body):
            kept.append((left if ahead is None else ahead, right))
            ahead = None
        elif index + 1 < len(columns) and columns[index + 1][0] - right < left - kept[-1][1]:
            ahead = left if ahead is None else ahead
        else:
            kept[-1] = (kept[-1][0], right)
    return tuple(kept)


def _without_halves(rows: Sequence[Row], columns: Bands) -> Bands:
    """Neighbouring columns that no row fills both of are one column set ragged."""
    kept = [columns[0]]
    last = [bool(row[0]) for row in rows]
    for index in range(1, len(columns)):
        filled = [bool(row[index]) for row in rows]
        if any(a and b for a, b in zip(last, filled, strict=True)):
            kept.append(columns[index])
            last = filled
        else:
            kept[-1] = (kept[-1][0], columns[index][1])
            last = [a or b for a, b in zip(last, filled, strict=True)]
    return tuple(kept)
