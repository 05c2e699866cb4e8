"""How many rows of a table are headers, from the texts of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.page_tables.words import is_figure
from pipeline.read.text_tables.headers import PERIOD

_MARK = re.compile(r"[*\u2020a-e()]+$")
_MOST = 5


def is_period(text: str) -> bool:
    """Whether a text says a year or a part of one and nothing else, but for a mark of a footnote."""
    return PERIOD.fullmatch(_MARK.sub("", text.strip())) is not None


def header_count(rows: Sequence[Sequence[str]]) -> int:
    """The rows above the first one with figures in at least half of its filled cells beyond the first. Years
    alone are headers; a lone label right above the first figures is a section head. At least 1, but for a
    single row."""
    for index, row in enumerate(rows[:_MOST]):
        filled = [text for text in row[1:] if text]
        figures = sum(is_figure(text) and not is_period(text) for text in filled)
        if filled and figures * 2 >= len(filled):
            headed = index > 1 and not any(rows[index - 1][1:]) and any(any(above[1:]) for above in rows[: index - 1])
            return index - 1 if headed else index
    return min(1, len(rows) - 1)
