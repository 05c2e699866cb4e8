"""How many rows of a table are headers, from the texts of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.tables_words import is_figure

_YEAR = re.compile(r"(?:19|20)\d\d(?:[-/]\d{2,4})?[a-z*]?$")
_MOST = 5


def header_count(rows: Sequence[Sequence[str]]) -> int:
    """The rows above the first one with figures in at least half of its filled cells beyond the first. Years
    alone are headers; a lone label right above the first figures is a section head. At least 1, but for a
    single row."""
    for index, row in enumerate(rows[:_MOST]):
        filled = [text for text in row[1:] if text]
        figures = sum(is_figure(text) and not _YEAR.match(text) for text in filled)
        if filled and figures * 2 >= len(filled):
            headed = index > 1 and not any(rows[index - 1][1:]) and bool(rows[0][0])
            return index - 1 if headed else index
    return min(1, len(rows) - 1)
