"""Columns of a table without drawn ones: the ranges of x that its pieces of text share.

The gutters are the places that (nearly) no line's text crosses. Lines whose pieces span several columns (headers over
groups, section heads) are outvoted: a gutter may be crossed by a few lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.pdf_page import Word

Bands = tuple[tuple[float, float], ...]
"""Left and right edge of each column, from left to right, not touching."""

_CROSSED = 0.12
_LEAST_GUTTER = 2.0


def columns_of(lines: Sequence[Sequence[Sequence[Word]]], walls: Sequence[float] = ()) -> Bands:
    """The columns of `lines` (each a list of pieces, each a list of words); `walls` always part columns."""
    spread = [line for line in lines if len(line) > 1]
    if not spread:
        return ()
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
    """First and last column that the stretch `x0`..`x1` lies over; the nearest where it lies over none."""
    over = [i for i, (a, b) in enumerate(bands) if min(b, x1) - max(a, x0) > 0.3]
    if over:
        return over[0], over[-1]
    middle = (x0 + x1) / 2
    nearest = min(range(len(bands)), key=lambda i: min(abs(bands[i][0] - middle), abs(bands[i][1] - middle)))
    return nearest, nearest
