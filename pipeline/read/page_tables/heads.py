"""Headers of a table from its first lines.

1. The body begins with the first row of figures, or the head of a section right above it.
2. Stacked words of one column are one header cell; headers over groups of columns stay in a row of their own, each
   put over the first column of its group.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.read.page.page import Word
from pipeline.read.page_tables.cells import Row, holds_figure, middle, ruled_off
from pipeline.read.page_tables.columns import Bands


def first_body(rows: Sequence[Row]) -> int:
    """Index of the first row of the body: one with figures in at least half of its filled columns beyond the
    first, or the section head right above it."""
    for index, row in enumerate(rows):
        filled = [words for words in row[1:] if words]
        if filled and sum(holds_figure(words) and not _is_year(words) for words in filled) * 2 >= len(filled):
            return index - 1 if _is_section(rows, index - 1) else index
    return min(1, len(rows))


def _is_section(rows: Sequence[Row], index: int) -> bool:
    """A lone label under headers, or a text over the middle of the table."""
    if index < 1:
        return False
    lone = not any(rows[index][1:]) and any(any(row[1:]) for row in rows[:index])
    return lone or _heads_part(rows[index - 1], rows[index])


def _is_year(words: Sequence[Word]) -> bool:
    text = "".join(word.text for word in words)
    return re.fullmatch(r"(?:19|20)\d\d(?:[-/]\d{2,4})?\*?", text) is not None


def joined_head(rows: Sequence[Row], spans: Sequence[bool], rules: Sequence[float]) -> list[Row]:
    found: list[Row] = []
    open_row = False
    for row, spanning in zip(rows, spans, strict=True):
        if open_row and not spanning and not ruled_off(found[-1], row, rules) and _stacked(found[-1], row):
            found[-1] = [[*above, *words] for above, words in zip(found[-1], row, strict=True)]
        else:
            found.append([list(words) for words in row])
        open_row = not spanning
    return found


def _stacked(above: Row, row: Row) -> bool:
    """Whether words over words keep an edge or their middle: lines of one header. A header over a group does
    not, nor one alone between two below it."""
    both = [(a, b) for a, b in zip(above, row, strict=True) if a and b]
    if _over_groups(above, row):
        return False
    grouped = 2 * sum(bool(words) for words in row[1:]) < len(row)
    if sum(bool(words) for words in above) == 1 and not above[0] and (grouped or not both):
        return not _between_others(above, row)
    return not both or 2 * sum(_aligned(a, b) for a, b in both) >= len(both)


def _over_groups(above: Row, row: Row) -> bool:
    """Whether the texts above stand each over the middle of as many headers: over the middle one of three, too."""
    over, under = ([words for words in r[1:] if words] for r in (above, row))
    size = len(under) // max(len(over), 1)
    if size < 2 or size * len(over) != len(under):
        return False
    groups = [under[i * size : (i + 1) * size] for i in range(len(over))]
    off = [abs(middle(words) - (middle(g[0]) + middle(g[-1])) / 2) for words, g in zip(over, groups, strict=True)]
    if max(off) > 0.25 * min(middle(b) - middle(a) for a, b in pairwise(under)):
        return False
    if len(over) > 1:
        return True
    # One alone may be the first line of the middle header: that is rarely the longest.
    below = groups[0][size // 2]
    return size % 2 == 0 or (_width(over[0]) > 1.3 * _width(below) and not below[0].text[0].islower())


def _heads_part(above: Row, row: Row) -> bool:
    """Whether a row below full headers is one text over the middle of the table, wider than the header above it: the
    head of the body's first part."""
    filled = [index for index, words in enumerate(row) if words]
    if len(filled) != 1 or filled[0] == 0 or not all(above[1:]):
        return False
    words, header = row[filled[0]], above[filled[0]]
    left, right = min(w.x0 for ws in above for w in ws), max(w.x1 for ws in above for w in ws)
    off = abs(middle(words) - (left + right) / 2)
    flush = any(abs(edge) < 1 for edge in (_left(words) - _left(header), _right(words) - _right(header)))
    return off < 0.06 * (right - left) and _width(words) > (2.5 if flush else 1.3) * _width(header)


def _between_others(above: Row, row: Row) -> bool:
    place = middle(next(words for words in above if words))
    middles = [middle(words) for words in row[1:] if words]
    return any(m < place - 6 for m in middles) and any(m > place + 6 for m in middles)


def _aligned(above: Sequence[Word], words: Sequence[Word]) -> bool:
    (a0, a1), (b0, b1) = ((min(w.x0 for w in ws), max(w.x1 for w in ws)) for ws in (above, words))
    return abs(a0 - b0) < 2.5 or abs(a1 - b1) < 2.5 or abs(a0 + a1 - b0 - b1) < 6


def _left(words: Sequence[Word]) -> float:
    return min(word.x0 for word in words)


def _right(words: Sequence[Word]) -> float:
    return max(word.x1 for word in words)


def _width(words: Sequence[Word]) -> float:
    return _right(words) - _left(words)


def grouped(row: Row, columns: Bands) -> Row:
    """A row of headers over groups of columns, each put over the first column of its group: the columns
    nearer to its middle than to its neighbours'. A row with as many texts as columns, or a text over the
    labels alone, stays."""
    filled = [(i, words) for i, words in enumerate(row) if words and i > 0]
    if len(filled) == 1 and not row[0] and len(columns) > 2:
        return _over_all(row, columns)
    if len(filled) < 2 or len(filled) * 2 > len(columns) - 1:
        return row
    middles = [middle(words) for _, words in filled]
    edges = [(a + b) / 2 for a, b in pairwise(middles)]
    if not _evenly(middles):
        return row
    found: Row = [row[0]] + [[] for _ in columns[1:]]
    for index, (old, words) in enumerate(filled):
        own = [c for c in range(1, len(columns)) if _between(columns[c], edges, index)]
        place = own[0] if own and not found[own[0]] else old
        found[place] = words
    return found


def _over_all(row: Row, columns: Bands) -> Row:
    """A header alone in its row over the middle of all columns beyond the first is put over the first of them."""
    words = next(words for words in row if words)
    right, step = columns[-1][1], (columns[-1][1] - columns[1][0]) / (len(columns) - 1)
    # The middle of the columns, or of all that is right of the labels.
    low, high = (columns[0][1] + right) / 2, (columns[1][0] + right) / 2
    if not low - 0.4 * step < middle(words) < high + 0.4 * step:
        return row
    return [[], list(words)] + [[] for _ in columns[2:]]


def _between(column: tuple[float, float], edges: Sequence[float], index: int) -> bool:
    place = (column[0] + column[1]) / 2
    return (index == 0 or place > edges[index - 1]) and (index == len(edges) or place < edges[index])


def _evenly(middles: Sequence[float]) -> bool:
    """Whether headers stand about equally far apart, as those over equal groups do."""
    steps = [b - a for a, b in pairwise(middles)]
    return max(steps) < 1.4 * min(steps)
