"""Tables that go on over a page: the part on the next page joins the one before where nothing but running heads,
notices of continuation and the caption again stand between, the columns are the same, and the headers are printed
again or missing.

Not supported: parts with columns of their own, parts side by side, parts that begin with the head of a section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.model.document import Table
from pipeline.read.text_tables.blocks import CAPTION

_NOTICE = re.compile(r"\bcont(?:inued|['’]?d\b|\.)|\bsee (?:foot)?notes?\b", re.I)
_UNIT = re.compile(r"\(.{3,80}\)")
_LONGEST_NOTICE = 200
_FLUSH = 8.0
"""Points: columns of two parts keep an edge as near as this."""


def joined(before: Table, part: Table, between: Sequence[str]) -> Table | None:
    """`before` with the rows of `part`, which follows it on the next page with the texts `between` them; None where
    `part` is a table of its own."""
    if not all(_is_notice(text, before) for text in between) or not _same_columns(before, part):
        return None
    repeated = _repeated(before, part)
    if not repeated and part.header_rows:
        return None
    assert before.span is not None and part.span is not None
    return replace(before, rows=before.rows + part.rows[repeated:], span=(before.span[0], part.span[1]))


def _is_notice(text: str, before: Table) -> bool:
    numbered = CAPTION.match(text)
    if len(text) > _LONGEST_NOTICE or (numbered and numbered.group(1) != before.name):
        return False
    same = before.caption is not None and _bare(text) == _bare(before.caption)
    return same or _NOTICE.search(text) is not None or _UNIT.fullmatch(text) is not None


def _bare(text: str) -> str:
    return "".join(char for char in _NOTICE.sub("", text).casefold() if char.isalnum())


def _repeated(before: Table, part: Table) -> int:
    """How many rows of headers the part says again: all of them, or none."""
    headers = [[_bare(cell.text) for cell in row] for row in before.rows[: before.header_rows]]
    found = [[_bare(cell.text) for cell in row] for row in part.rows[: before.header_rows]]
    return before.header_rows if headers == found and len(part.rows) > before.header_rows else 0


def _same_columns(before: Table, part: Table) -> bool:
    """Whether each column keeps its left or right edge or its middle, though the whole may be shifted: pages are bound
    on either side."""
    old, new = _edges(before), _edges(part)
    if len(old) != len(new) or not all(old) or not all(new):
        return False
    shifts = (0.0, new[0][0] - old[0][0], new[-1][2] - old[-1][2])
    return any(
        all(any(abs(y - x - shift) < _FLUSH for x, y in zip(a, b, strict=True)) for a, b in zip(old, new, strict=True))
        for shift in shifts
    )


def _edges(table: Table) -> list[tuple[float, ...]]:
    """Left edge, middle and right edge of each column's entries; nothing for one that is empty."""
    found: list[tuple[float, ...]] = []
    body = table.rows[table.header_rows :] or table.rows
    for column in zip(*body, strict=True):
        boxes = [cell.bbox for cell in column if cell.bbox is not None]
        left, right = (median([box[side] for box in boxes] or [0.0]) for side in (0, 2))
        found.append((left, (left + right) / 2, right) if boxes else ())
    return found
