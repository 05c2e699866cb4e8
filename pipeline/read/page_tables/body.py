"""Rows of a table's body from its lines: a line that holds nothing in the first column, or only a part of a label,
joins the row above or below."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.read.page.page import Word
from pipeline.read.page_tables.cells import Row, first_base, holds_figure, last_base, middle, ruled_off
from pipeline.read.page_tables.columns import Bands
from pipeline.read.page_tables.words import breaks_off, lines_text


def joined_body(rows: Sequence[Row], rules: Sequence[float]) -> list[Row]:
    gaps = [first_base(b) - last_base(a) for a, b in pairwise(rows)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    bands = _one_row_bands(rows, rules) or _spaced_bands(rows, gaps)
    found: list[Row] = []
    for index, row in enumerate(rows):
        gap = gaps[index - 1] if index else 0.0
        if not found:
            joins = False
        elif bands is not None:
            joins = bands[index] == bands[index - 1]
        else:
            hangs = index + 1 < len(rows) and _hangs(rows[index - 1], row, rows[index + 1])
            hangs = hangs or _goes_on(rows[index - 1], row, rows[index + 1] if index + 1 < len(rows) else None)
            joins = (hangs or _continues(found[-1], row, gap, usual)) and not ruled_off(found[-1], row, rules)
        if joins:
            found[-1] = [[*above, *words] for above, words in zip(found[-1], row, strict=True)]
        else:
            found.append([list(words) for words in row])
    return found


def _one_row_bands(rows: Sequence[Row], rules: Sequence[float]) -> list[int] | None:
    """The band between rules that each line lies in, where every band is one row: several bands, none of
    which holds two lines of figures."""
    bands = [bisect_left(sorted(rules), first_base(row)) for row in rows]
    figures = Counter(band for band, row in zip(bands, rows, strict=True) if any(holds_figure(w) for w in row[1:] if w))
    if len(set(bands)) < 3 or len(set(bands)) == len(rows) or any(count > 1 for count in figures.values()):
        return None
    return bands


def _spaced_bands(rows: Sequence[Row], gaps: Sequence[float]) -> list[int] | None:
    """The row that each line belongs to, where rows are set clearly further apart than the lines within them and no
    two lines of a row have figures in the same column."""
    if len(gaps) < 3 or min(gaps) <= 0:
        return None
    ordered = sorted(gaps)
    steps = [(b / a, (a + b) / 2) for a, b in pairwise(ordered)]
    widest, edge = max(steps)
    wide = sum(gap > edge for gap in gaps)
    if widest < 1.25 or wide < 2 or len(gaps) - wide < 2 or ordered[-1] > 3 * ordered[0]:
        return None
    bands = [0]
    for (above, row), gap in zip(pairwise(rows), gaps, strict=True):
        close = gap <= edge
        both = ((a, b) for a, b in zip(above[1:], row[1:], strict=True) if a and b)
        if close and any(holds_figure(a) and holds_figure(b) for a, b in both):
            return None
        bands.append(bands[-1] + (not close))
    return bands


def _hangs(above: Row, row: Row, below: Row) -> bool:
    """A label alone in its line, set deeper than the labels above and below it: the rest of the one above."""
    if not (above[0] and row[0] and below[0]) or any(row[1:]) or not any(above[1:]) or not any(below[1:]):
        return False
    indent = row[0][0].x0
    return indent > above[0][0].x0 + 2 and indent > below[0][0].x0 + 2


def _goes_on(above: Row, row: Row, below: Row | None) -> bool:
    """A row of figures whose label began alone in the line above: that broke off in mid-phrase, or this one begins
    small, or is set deeper while the next is not."""
    if not (above[0] and row[0] and any(row[1:])) or any(above[1:]):
        return False
    label = lines_text(above[0])
    if label.endswith(":"):
        return False
    first = row[0][0].text[0]
    if first.islower() or first == "(" or breaks_off(label):
        return True
    deeper = row[0][0].x0 > above[0][0].x0 + 2
    return deeper and below is not None and bool(below[0]) and below[0][0].x0 < row[0][0].x0 - 2


def _continues(above: Row, row: Row, gap: float, usual: float) -> bool:
    filled = [i for i, words in enumerate(row) if words]
    if gap > 1.15 * usual or not filled:
        return False
    if gap < 0.72 * usual and not any(holds_figure(above[i]) for i in filled if above[i]):
        # Tighter than rows are set: one row whose cells stand at different heights.
        return True
    if filled == [0]:
        return _wrapped_label(above, row, gap, usual)
    return 0 not in filled and all(above[i] and not holds_figure(row[i]) for i in filled)


def _wrapped_label(above: Row, row: Row, gap: float, usual: float) -> bool:
    """A label alone in its line, tight under a label, beginning small or under one that breaks off, goes on with the
    row above."""
    if not above[0]:
        return False
    first = row[0][0].text[0]
    if first.islower() or first == "(" or breaks_off(lines_text(above[0])):
        return True
    return gap < 0.9 * usual and any(above[1:])


def with_heads_of_parts(rows: Sequence[Row], columns: Bands) -> list[Row]:
    """The rows, those that hold one text over the middle of the table with it in the first column: it is the head of
    what follows, not an entry of the column that it happens to stand over."""
    return [[_only(row), *([] for _ in row[1:])] if _heads_part(row, columns) else row for row in rows]


def _heads_part(row: Row, columns: Bands) -> bool:
    if row[0] or sum(map(bool, row)) != 1 or holds_figure(_only(row)):
        return False
    left, right = columns[0][0], columns[-1][1]
    return abs(middle(_only(row)) - (left + right) / 2) < 0.06 * (right - left)


def _only(row: Row) -> list[Word]:
    return next(words for words in row if words)


def unmerged(row: Row) -> Row:
    """Two figures in one field, the next one empty: the second belongs there. A group of thousands does not."""
    for index in range(1, len(row) - 1):
        words = row[index]
        if len(words) == 2 and not row[index + 1] and all(holds_figure([word]) for word in words):
            thousands = words[0].text.isdigit() and len(words[1].text.split(",")[0].split(".")[0]) == 3
            if not thousands and abs(words[0].base - words[1].base) < words[0].size / 2:
                row[index], row[index + 1] = words[:1], words[1:]
    return row
