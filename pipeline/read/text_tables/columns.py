"""Which column each value of a row belongs to, in whitespace-aligned and in flattened tables.

1. A row with as many values as the table has columns is taken in order.
2. A shorter row of an aligned table goes by character position.
3. A shorter row of a flattened table keeps its order and takes the columns whose other values look most
   like its own (decimals, size, sign). Not supported: rows with more values than columns (the table is cut
   before such a row).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import log10

from pipeline.read.text_tables.damage import number_cell
from pipeline.read.text_tables.lines import DataLine, Token

_MOST_CHOICES = 2000


def column_count(rows: Sequence[DataLine]) -> int:
    """How many value columns the rows agree on: the commonest count, the larger where two are as common."""
    counts = Counter(len(row.values) for row in rows)
    return max(counts, key=lambda n: (counts[n], n))


def positions(rows: Sequence[DataLine], columns: int) -> list[tuple[int, int]]:
    """The character range (from the line's start) that the values of full rows take in each column."""
    full = [row for row in rows if len(row.values) == columns]
    ranges = []
    for index in range(columns):
        starts = [row.values[index].start - row.line.start for row in full]
        ends = [row.values[index].end - row.line.start for row in full]
        ranges.append((sorted(starts)[len(starts) // 2], sorted(ends)[len(ends) // 2]))
    return ranges


def assign(row: DataLine, rows: Sequence[DataLine], columns: int, aligned: bool) -> dict[int, Token]:
    """The row's values by column index."""
    if len(row.values) >= columns:
        return dict(enumerate(row.values[-columns:]))
    if aligned:
        return _by_position(row, positions(rows, columns))
    return _by_likeness(row, rows, columns)


def _by_position(row: DataLine, ranges: list[tuple[int, int]]) -> dict[int, Token]:
    """Order-keeping choice of columns with the least distance between right edges (numbers are set flush
    right)."""
    ends = [value.end - row.line.start for value in row.values]
    best = min(
        combinations(range(len(ranges)), len(ends)),
        key=lambda chosen: sum(abs(ranges[c][1] - end) for c, end in zip(chosen, ends, strict=True)),
    )
    return dict(zip(best, row.values, strict=True))


def _by_likeness(row: DataLine, rows: Sequence[DataLine], columns: int) -> dict[int, Token]:
    values = _without_marks(row) if len(row.values) < columns else row.values
    full = [r for r in rows if len(r.values) == columns]
    profiles = [[_shape(r.values[c]) for r in full if r.values[c].kind == "number"] for c in range(columns)]
    best = min(
        (choice for _, choice in zip(range(_MOST_CHOICES), combinations(range(columns), len(values)), strict=False)),
        key=lambda chosen: sum(_unlikeness(v, profiles[c]) for c, v in zip(chosen, values, strict=True)),
    )
    return dict(zip(best, values, strict=True))


def _without_marks(row: DataLine) -> tuple[Token, ...]:
    """A short row's marks are as likely dirt as cells: only its numbers are placed."""
    return tuple(value for value in row.values if value.kind == "number")


def _shape(token: Token) -> tuple[int, float, bool]:
    text = number_cell(token.text, None).text.strip("()%*")
    whole, _, fraction = text.replace(",", "").partition(".")
    digits = "".join(c for c in whole if c.isdigit())[:30]
    return len(fraction), log10(int(digits or 0) + 1), text.startswith("-")


def _unlikeness(token: Token, profile: list[tuple[int, float, bool]]) -> float:
    if token.kind == "missing" or not profile:
        return 0.5
    decimals, size, negative = _shape(token)
    return sum(
        1.0 * (decimals != other[0]) + 0.6 * min(abs(size - other[1]), 3) + 0.5 * (negative != other[2])
        for other in profile
    ) / len(profile)
