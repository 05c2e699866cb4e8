"""Tables of a PDF page: a cascade of ruling lines, then columns of text."""

from __future__ import annotations

from pipeline.read.pdf_page import Page
from pipeline.read.tables_grid import grid_table, grids
from pipeline.read.tables_words import Draft


def page_tables(page: Page) -> list[Draft]:
    """The tables of a page from top to bottom."""
    return [grid_table(grid, page.words) for grid in grids(page)]
