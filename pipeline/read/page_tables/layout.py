"""Columns of text on a page, and the order in which its parts are read.

1. A gutter is a place in the middle of the page that most lines leave free while text stands on both sides
   of it.
2. Lines that cross the gutter part the page into zones; in a zone the left column is read before the right
   one.
Not supported: three or more columns whose gutters lie off the middle half of the page; text wrapped round
pictures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.read.page.page import Word
from pipeline.read.page_tables.words import text_lines

_LEAST_LINES = 8
_HALF_GUTTER = 3.0
_LEAST_RUNNING = 5


Line = list[Word]
"""Words of one line from left to right."""


def zones(words: Sequence[Word], width: float) -> list[list[Line]]:
    """The lines that `words` make, in groups: each one column's or full-width part, in reading order."""
    lines = text_lines(words)
    gutter = find_gutter(lines, width)
    if gutter is None:
        return [lines] if lines else []
    found: list[list[Line]] = []
    wide: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if _crosses(line, gutter):
            found += [group for group in (left, right) if group]
            left, right = [], []
            wide.append(line)
            continue
        if wide:
            found.append(wide)
            wide = []
        for column, part in (
            (left, [word for word in line if word.x1 <= gutter]),
            (right, [word for word in line if word.x1 > gutter]),
        ):
            if part:
                column.append(part)
    return found + [group for group in (wide, left, right) if group]


def _crosses(line: Sequence[Word], gutter: float) -> bool:
    return any(word.x0 < gutter < word.x1 for word in line) or (
        min(word.x0 for word in line) < gutter < max(word.x1 for word in line) and not _free(line, gutter)
    )


def _free(line: Sequence[Word], x: float) -> bool:
    return not any(word.x0 < x + _HALF_GUTTER and word.x1 > x - _HALF_GUTTER for word in line)


def find_gutter(lines: Sequence[Sequence[Word]], width: float) -> float | None:
    """The x of the gutter between two columns of running text; None on a page of one column."""
    level = _level_gutter(lines, width)
    return _uneven_gutter(lines, width) if level is None else level


def _level_gutter(lines: Sequence[Sequence[Word]], width: float) -> float | None:
    """The gutter between columns whose lines stand on the same heights."""
    low, high = int(width * 0.3), int(width * 0.7)
    free = [0] * (high - low + 1)
    gaps = [_gaps(line, low, high) for line in lines]
    for line_gaps in gaps:
        for left, right in line_gaps:
            for x in range(left, right + 1):
                free[x - low] += 1
    if max(free) < _LEAST_LINES:
        return None
    x = low + free.index(max(free))
    split = [line for line in lines if line[0].x0 < x < line[-1].x1]
    prose = sum(_free(line, x) and _is_prose(line, x) for line in split)
    cut = max(free)
    return float(x) if prose >= _LEAST_LINES and cut >= 0.6 * len(split) and prose * 2 >= cut else None


def _uneven_gutter(lines: Sequence[Sequence[Word]], width: float) -> float | None:
    """The gutter between columns whose lines stand on heights of their own: left of where many lines of prose begin,
    with as many that end before it beside them, and hardly a line across."""
    starts = Counter(round(line[0].x0) for line in lines if 0.3 * width < line[0].x0 < 0.7 * width)
    start, count = starts.most_common(1)[0] if starts else (0, 0)
    if count < _LEAST_LINES:
        return None
    x = float(start - 1 - _HALF_GUTTER)
    right = [line for line in lines if x < line[0].x0 and _is_running(line)]
    if len(right) < _LEAST_LINES:
        return None
    top, foot = right[0][0].top, right[-1][0].bottom
    beside = [line for line in lines if line[0].x0 < x and top < line[0].base < foot]
    left = [line for line in beside if line[-1].x1 < x and _is_running(line)]
    across = [line for line in beside if not _free(line, x)]
    return x if len(left) >= _LEAST_LINES and 5 * len(across) <= len(left) else None


def _is_running(line: Sequence[Word]) -> bool:
    """A line of text: several words, mostly of letters."""
    return len(line) >= _LEAST_RUNNING and _of_letters(line)


def _gaps(line: Sequence[Word], low: int, high: int) -> list[tuple[int, int]]:
    """The stretches between words of a line, wide enough for a gutter, within `low`..`high`."""
    found = []
    for left, right in pairwise(line):
        start, stop = int(left.x1 + _HALF_GUTTER) + 1, int(right.x0 - _HALF_GUTTER)
        if stop >= start and stop >= low and start <= high:
            found.append((max(start, low), min(stop, high)))
    return found


def _is_prose(line: Sequence[Word], x: float) -> bool:
    """Text on both sides, mostly words of letters."""
    sides = ([w for w in line if w.x1 <= x], [w for w in line if w.x0 >= x])
    if any(len(side) < 3 for side in sides):
        return False
    return all(map(_of_letters, sides))


def _of_letters(words: Sequence[Word]) -> bool:
    return 2 * sum(word.text.strip(".,;:()'\"").isalpha() for word in words) > len(words)
