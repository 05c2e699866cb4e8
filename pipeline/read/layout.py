"""Columns of text on a page, and the order in which its parts are read.

1. A gutter is a place in the middle of the page that most lines leave free while text stands on both sides of it.
2. Lines that cross the gutter part the page into zones; in a zone the left column is read before the right one.
Not supported: three or more columns whose gutters lie off the middle half of the page; text wrapped round pictures.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.pdf_page import Word
from pipeline.read.tables_words import text_lines

_LEAST_LINES = 8
_HALF_GUTTER = 3.0


def zones(words: Sequence[Word], width: float) -> list[list[Word]]:
    """The words in groups, each one column's or full-width part, in reading order."""
    lines = text_lines(words)
    gutter = find_gutter(lines, width)
    if gutter is None:
        return [list(words)] if words else []
    found: list[list[Word]] = []
    left: list[Word] = []
    right: list[Word] = []
    for line in lines:
        if _crosses(line, gutter):
            found += [group for group in (left, right) if group]
            left, right = [], []
            found.append(list(line))
        else:
            left += [word for word in line if word.x1 <= gutter]
            right += [word for word in line if word.x1 > gutter]
    found += [group for group in (left, right) if group]
    return _joined(found, gutter)


def _joined(groups: Sequence[list[Word]], gutter: float) -> list[list[Word]]:
    """Neighbouring full-width lines are one part."""
    found: list[list[Word]] = []
    wide = False
    for group in groups:
        crosses = _crosses(group, gutter)
        if found and wide and crosses:
            found[-1] += group
        else:
            found.append(list(group))
        wide = crosses
    return found


def _crosses(line: Sequence[Word], gutter: float) -> bool:
    return any(word.x0 < gutter < word.x1 for word in line) or (
        min(word.x0 for word in line) < gutter < max(word.x1 for word in line) and not _free(line, gutter)
    )


def _free(line: Sequence[Word], x: float) -> bool:
    return not any(word.x0 < x + _HALF_GUTTER and word.x1 > x - _HALF_GUTTER for word in line)


def find_gutter(lines: Sequence[Sequence[Word]], width: float) -> float | None:
    """The x of the gutter between two columns of running text; None on a page of one column."""
    best: tuple[int, float] | None = None
    for x in range(int(width * 0.3), int(width * 0.7), 2):
        split = [line for line in lines if line[0].x0 < x < line[-1].x1]
        free = [line for line in split if _free(line, x)]
        prose = sum(_is_prose(line, x) for line in free)
        if prose >= _LEAST_LINES and len(free) >= 0.6 * len(split) and prose * 2 >= len(free):
            if best is None or prose > best[0]:
                best = (prose, float(x))
    return best[1] if best else None


def _is_prose(line: Sequence[Word], x: float) -> bool:
    """Text on both sides, mostly words of letters."""
    sides = ([w for w in line if w.x1 <= x], [w for w in line if w.x0 >= x])
    if any(len(side) < 3 for side in sides):
        return False
    return all(2 * sum(word.text.strip(".,;:()'\"").isalpha() for word in side) > len(side) for side in sides)
