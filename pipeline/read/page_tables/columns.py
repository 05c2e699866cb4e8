"""Columns of a table without drawn ones: the ranges of x that its pieces of text share.

The gutters are the places that (nearly) no line's text crosses. Lines whose pieces span several columns
(headers over groups, section heads) are outvoted: a gutter may be crossed by a few lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.read.page.page import Word

Bands = tuple[tuple[float, float], ...]
"""Left and right edge of each column, from left to right, not touching."""

_CROSSED = 0.12
_LEAST_GUTTER = 2.0


def columns_of(lines: Sequence[Sequence[Sequence[Word]]], walls: Sequence[float] = ()) -> Bands:
    """The columns of `lines` (each a list of pieces, each a list of words); `walls` always part columns."""
    spread = [line for line in lines if len(line) > 1]
    if not spread:
        return ()
    gutters = _by_gutters(spread, walls)
    counted = _by_count(spread)
    return counted if len(counted) > len(gutters) else gutters


def _by_count(lines: Sequence[Sequence[Sequence[Word]]]) -> Bands:
    """Columns of the lines that have the same, largest common number of pieces: tight columns whose widest
    entries overlap still keep their order."""
    counts = Counter(len(line) for line in lines)
    enough = max(3, round(0.4 * len(lines)))
    usual = max((n for n in counts if counts[n] >= enough), default=0)
    full = [line for line in lines if len(line) == usual]
    if not full:
        return ()
    lefts = [median(line[i][0].x0 for line in full) for i in range(usual)]
    rights = [median(line[i][-1].x1 for line in full) for i in range(usual)]
    if any(right > left for right, left in zip(rights, lefts[1:], strict=False)):
        return ()
    edges = [min(line[0][0].x0 for line in full)]
    edges += [(right + left) / 2 for right, left in zip(rights, lefts[1:], strict=False)]
    edges.append(max(line[-1][-1].x1 for line in full))
    return tuple((a + 0.5, b - 0.5) for a, b in pairwise(edges))


def _by_gutters(spread: Sequence[Sequence[Sequence[Word]]], walls: Sequence[float]) -> Bands:
    """Columns between the places that hardly any line crosses."""
    left = min(word.x0 for line in spread for piece in line for word in piece)
    right = max(word.x1 for line in spread for piece in line for word in piece)
    most = max(len(line) for line in spread)
    # Lines with few pieces are the ones that span: they vote only where few lines have many.
    voters = [line for line in spread if len(line) * 2 > most] or spread
    counts = [0] * (int(right - left) + 2)
    for line in voters:
        for piece in line:
            for x in range(int(piece[0].x0 - left), int(piece[-1].x1 - left) + 1):
                if 0 <= x < len(counts):
                    counts[x] += 1
    for wall in walls:
        for x in range(max(0, int(wall - left) - 1), min(len(counts), int(wall - left) + 2)):
            counts[x] = 0
    allowed = int(len(voters) * _CROSSED)
    return _bands(counts, left, allowed, voters)


def _bands(counts: Sequence[int], left: float, allowed: int, voters: Sequence[Sequence[Sequence[Word]]]) -> Bands:
    bands: list[tuple[float, float]] = []
    start: int | None = None
    for x, count in enumerate([*counts, 0]):
        if count > allowed and start is None:
            start = x
        elif count <= allowed and start is not None:
            bands.append((left + start, left + x))
            start = None
    joined: list[tuple[float, float]] = []
    for band in bands:
        if joined and band[0] - joined[-1][1] < _LEAST_GUTTER:
            joined[-1] = (joined[-1][0], band[1])
        else:
            joined.append(band)
    return tuple(joined)


def column_at(bands: Bands, x0: float, x1: float) -> tuple[int, int]:
    """First and last column that the stretch `x0`..`x1` lies over; the nearest where it lies over none.

    A stretch lies over a column when a third of the narrower of the two is shared."""
    shared = [min(b, x1) - max(a, x0) for a, b in bands]
    over = [i for i, (a, b) in enumerate(bands) if shared[i] > max(0.3, 0.34 * min(b - a, x1 - x0))]
    if over:
        return over[0], over[-1]
    if max(shared) > 0:
        best = shared.index(max(shared))
        return best, best
    middle = (x0 + x1) / 2
    nearest = min(range(len(bands)), key=lambda i: min(abs(bands[i][0] - middle), abs(bands[i][1] - middle)))
    return nearest, nearest
