"""Header pieces that stand over several columns: `Exports` over `2022` and `2023`.

Such a piece is set in the middle over its columns. Of all ways to give the pieces runs of columns in their order, that
one is chosen in which their middles lie nearest to those of their runs; a column that no piece stands over costs a
little. Not supported: pieces set flush with the first of their columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.model.document import Span

_UNCOVERED = 0.3
"""What a column under no piece costs, in widths of a column."""


def spread(pieces: Sequence[Span], columns: Sequence[Span]) -> list[list[int]]:
    """The indices of the columns under each piece; both are given by where they begin and end on their lines, in
    order."""
    width = (columns[-1][1] - columns[0][0]) / len(columns)

    @cache
    def best(piece: int, column: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        """The least cost of the pieces from `piece` on over the columns from `column` on, and their runs."""
        if piece == len(pieces):
            return _UNCOVERED * width * (len(columns) - column), ()
        found = []
        for first in range(column, len(columns)):
            for stop in range(first + 1, len(columns) + 1):
                if len(columns) - stop < len(pieces) - piece - 1:
                    break
                cost, rest = best(piece + 1, stop)
                off = abs(sum(pieces[piece]) - columns[first][0] - columns[stop - 1][1]) / 2
                found.append((_UNCOVERED * width * (first - column) + off + cost, ((first, stop), *rest)))
        return min(found)

    if len(pieces) > len(columns):
        return [[min(index, len(columns) - 1)] for index in range(len(pieces))]
    return [list(range(first, stop)) for first, stop in best(0, 0)[1]]
