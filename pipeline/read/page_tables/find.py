"""Tables of a PDF page: a cascade of ruling lines, then columns of text."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.page.page import Page
from pipeline.read.page_tables.grid import Grid, crowded, grid_table, grids, is_hollow
from pipeline.read.page_tables.layout import Line, zones
from pipeline.read.page_tables.lines import led, without_leaders
from pipeline.read.page_tables.stream import stream_tables
from pipeline.read.page_tables.words import Draft, DraftCell, inside, lines_text, text_lines


def page_tables(page: Page) -> list[Draft]:
    """The tables of a page from top to bottom."""
    return tables_and_zones(page)[0]


def tables_and_zones(page: Page) -> tuple[list[Draft], list[list[Line]]]:
    """The tables of a page from top to bottom, and the lines that are in none, by zone in reading order."""
    found = [table for grid in grids(page) if (table := _ruled(page, grid)) is not None]
    rest = [word for word in page.words if not any(inside(word, table.box) for table in found)]
    parts = zones(rest, page.width)
    streams = [table for zone in parts for table in stream_tables(page, zone)]
    if streams:
        parts = [[left for line in zone if (left := _outside(line, streams))] for zone in parts]
    return sorted([*found, *streams], key=lambda table: (table.box[1], table.box[0])), parts


def _outside(line: Line, tables: Sequence[Draft]) -> Line:
    return [word for word in line if not any(inside(word, table.box) for table in tables)]


def _ruled(page: Page, grid: Grid) -> Draft | None:
    if is_hollow(grid, page.words):
        return None
    table = trimmed(_without_leaders(grid_table(grid, page.words)))
    texts = [cell.text for row in table.rows for cell in row if cell.text]
    if len(table.rows) < 2 or len(table.rows[0]) < 2 or len(texts) < 4:
        return None
    if not any(char.isalpha() for text in texts for char in text):
        # The field of a chart: figures at its bars, between its marks.
        return None
    return None if crowded(table) else table


def _without_leaders(table: Draft) -> Draft:
    """The table without the rows of dots that lead from its labels to its figures."""
    if any(led(cell.words) for row in table.rows for cell in row):
        table.rows = [[_bare(cell) if led(cell.words) else cell for cell in row] for row in table.rows]
    return table


def _bare(cell: DraftCell) -> DraftCell:
    words = [word for line in text_lines(cell.words) for word in without_leaders(line)]
    return DraftCell(lines_text(words), tuple(words))


def trimmed(table: Draft) -> Draft:
    """The table without its empty rows and columns."""
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    kept = [i for i in range(len(rows[0])) if any(row[i].text for row in rows)] if rows else []
    return Draft(table.box, [[row[i] for i in kept] for row in rows] or [[DraftCell("")]], table.ruled)
