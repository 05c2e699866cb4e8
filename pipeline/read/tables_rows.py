"""Rows of a table from its lines of text: header lines joined, wrapped cells joined, spans kept to their
first column.

1. Every line is a row of cells; a stretch of words without a gap is one cell, over however many columns it
   runs.
2. Above the first row of figures, stacked words of one column are one header cell; a stretch over several
   columns stays in a row of its own.
3. Below, a line that holds nothing in the first column, or only the rest of a label, joins the row above or
   below.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.read.pdf_page import Word
from pipeline.read.pdf_rules import Rule
from pipeline.read.tables_columns import Bands, column_at
from pipeline.read.tables_words import FIGURE_GAP, SIGNS, WIDE_GAP, DraftCell, belongs, is_figure, lines_text

Row = list[list[Word]]


def rows_of(lines: Sequence[Sequence[Word]], columns: Bands, across: Sequence[Rule]) -> list[list[DraftCell]]:
    """The lines as rows of cells, as many as there are columns."""
    columns = _without_bodiless([_cells(line, columns) for line in lines], columns)
    columns = _without_halves([_cells(line, columns) for line in lines], columns)
    rows = [_cells(line, columns) for line in lines]
    spans = [_spanning(line, columns) for line in lines]
    first = _first_body(rows)
    head = _joined_head(rows[:first], spans[:first], [r.at for r in across])
    head = [_grouped(row, columns) if row_index + 1 < len(head) else row for row_index, row in enumerate(head)]
    body = [_unmerged(row) for row in _joined_body(rows[first:], [r.at for r in across])]
    return [[DraftCell(lines_text(words), tuple(words)) for words in row] for row in [*head, *body]]


def _without_bodiless(rows: Sequence[Row], columns: Bands) -> Bands:
    """A column that only headers fill is a part of the one before it: a header of several words set wide."""
    body = rows[_first_body(rows) :]
    kept = [columns[0]]
    for index in range(1, len(columns)):
        if any(row[index] for row in body):
            kept.append(columns[index])
        else:
            kept[-1] = (kept[-1][0], columns[index][1])
    return tuple(kept)


def _without_halves(rows: Sequence[Row], columns: Bands) -> Bands:
    """Neighbouring columns that no row fills both of are one column set ragged."""
    kept = [columns[0]]
    last = [bool(row[0]) for row in rows]
    for index in range(1, len(columns)):
        filled = [bool(row[index]) for row in rows]
        if any(a and b for a, b in zip(last, filled, strict=True)):
            kept.append(columns[index])
            last = filled
        else:
            kept[-1] = (kept[-1][0], columns[index][1])
            last = [a or b for a, b in zip(last, filled, strict=True)]
    return tuple(kept)


def _stretches(line: Sequence[Word], columns: Bands) -> list[list[Word]]:
    """The line cut where a gutter passes between two words that stand at least a blank and a half apart."""
    found: list[list[Word]] = []
    for word in line:
        if found and not _parted(found[-1][-1], word, columns):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _parted(left: Word, right: Word, columns: Bands) -> bool:
    gap = right.x0 - left.x1
    if gap > WIDE_GAP * left.size:
        return not belongs(left, right)
    if is_figure(left.text) and is_figure(right.text) and gap > FIGURE_GAP * left.size and left.text not in SIGNS:
        return True
    return (
        gap > 0.34 * left.size and column_at(columns, left.x0, left.x1)[1] < column_at(columns, right.x0, right.x1)[0]
    )


def _cells(line: Sequence[Word], columns: Bands) -> Row:
    row: Row = [[] for _ in columns]
    for stretch in _stretches(line, columns):
        first, _ = column_at(columns, stretch[0].x0, stretch[-1].x1)
        row[first] += stretch
    return row


def _spanning(line: Sequence[Word], columns: Bands) -> bool:
    for stretch in _stretches(line, columns):
        first, last = column_at(columns, stretch[0].x0, stretch[-1].x1)
        if first != last:
            return True
    return False


def _first_body(rows: Sequence[Row]) -> int:
    """Index of the first row of the body: one with figures in at least half of its filled columns beyond the
    first, or the section head right above it."""
    for index, row in enumerate(rows):
        filled = [words for words in row[1:] if words]
        if filled and sum(_is_figure(words) and not _is_year(words) for words in filled) * 2 >= len(filled):
            return index - 1 if _is_section(rows, index - 1) else index
    return min(1, len(rows))


def _is_section(rows: Sequence[Row], index: int) -> bool:
    """A lone label under headers that already have one over the labels."""
    return index > 0 and not any(rows[index][1:]) and any(row[0] and any(row[1:]) for row in rows[:index])


def _is_figure(words: Sequence[Word]) -> bool:
    text = "".join(word.text for word in words)
    digits = sum(char.isdigit() for char in text)
    return digits * 2 >= len(text) or text in {"-", "\u2013", "\u2014", "n.a.", "..", "..."}


def _is_year(words: Sequence[Word]) -> bool:
    text = "".join(word.text for word in words)
    return re.fullmatch(r"(?:19|20)\d\d(?:[-/]\d{2,4})?\*?", text) is not None


def _joined_head(rows: Sequence[Row], spans: Sequence[bool], rules: Sequence[float]) -> list[Row]:
    found: list[Row] = []
    open_row = False
    for row, spanning in zip(rows, spans, strict=True):
        if open_row and not spanning and not _ruled_off(found[-1], row, rules) and _stacked(found[-1], row):
            found[-1] = [[*above, *words] for above, words in zip(found[-1], row, strict=True)]
        else:
            found.append([list(words) for words in row])
        open_row = not spanning
    return found


def _grouped(row: Row, columns: Bands) -> Row:
    """A row of headers over groups of columns, each put over the first column of its group: the columns
    nearer to its middle than to its neighbours'. A row with as many texts as columns, or a text over the
    labels alone, stays."""
    filled = [(i, words) for i, words in enumerate(row) if words and i > 0]
    if len(filled) < 2 or len(filled) * 2 > len(columns) - 1:
        return row
    middles = [(min(w.x0 for w in words) + max(w.x1 for w in words)) / 2 for _, words in filled]
    edges = [(a + b) / 2 for a, b in pairwise(middles)]
    if not _evenly(middles):
        return row
    found: Row = [row[0]] + [[] for _ in columns[1:]]
    for index, (old, words) in enumerate(filled):
        own = [c for c in range(1, len(columns)) if _between(columns[c], edges, index)]
        place = own[0] if own and not found[own[0]] else old
        found[place] = words
    return found


def _between(column: tuple[float, float], edges: Sequence[float], index: int) -> bool:
    middle = (column[0] + column[1]) / 2
    return (index == 0 or middle > edges[index - 1]) and (index == len(edges) or middle < edges[index])


def _evenly(middles: Sequence[float]) -> bool:
    """Whether headers stand about equally far apart, as those over equal groups do."""
    steps = [b - a for a, b in pairwise(middles)]
    return max(steps) < 1.4 * min(steps)


def _unmerged(row: Row) -> Row:
    """Two figures in one field, the next one empty: the second belongs there. A group of thousands does not."""
    for index in range(1, len(row) - 1):
        words = row[index]
        if len(words) == 2 and not row[index + 1] and all(_is_figure([word]) for word in words):
            thousands = words[0].text.isdigit() and len(words[1].text.split(",")[0].split(".")[0]) == 3
            if not thousands and abs(words[0].base - words[1].base) < words[0].size / 2:
                row[index], row[index + 1] = words[:1], words[1:]
    return row


def _stacked(above: Row, row: Row) -> bool:
    """Whether words over words keep an edge or their middle: lines of one header. A header over a group does
    not."""
    both = [(a, b) for a, b in zip(above, row, strict=True) if a and b]
    return not both or 2 * sum(_aligned(a, b) for a, b in both) >= len(both)


def _aligned(above: Sequence[Word], words: Sequence[Word]) -> bool:
    (a0, a1), (b0, b1) = ((min(w.x0 for w in ws), max(w.x1 for w in ws)) for ws in (above, words))
    return abs(a0 - b0) < 2.5 or abs(a1 - b1) < 2.5 or abs(a0 + a1 - b0 - b1) < 6


def _ruled_off(above: Row, row: Row, rules: Sequence[float]) -> bool:
    low, high = _last_base(above), _first_base(row)
    return any(low < rule < high for rule in rules)


def _first_base(row: Row) -> float:
    return min(word.base for words in row for word in words)


def _last_base(row: Row) -> float:
    return max(word.base for words in row for word in words)


def _joined_body(rows: Sequence[Row], rules: Sequence[float]) -> list[Row]:
    gaps = [_first_base(b) - _last_base(a) for a, b in pairwise(rows)]
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
            joins = (hangs or _continues(found[-1], row, gap, usual)) and not _ruled_off(found[-1], row, rules)
        if joins:
            found[-1] = [[*above, *words] for above, words in zip(found[-1], row, strict=True)]
        else:
            found.append([list(words) for words in row])
    return found


def _one_row_bands(rows: Sequence[Row], rules: Sequence[float]) -> list[int] | None:
    """The band between rules that each line lies in, where every band is one row: several bands, none of
    which holds two lines of figures."""
    bands = [bisect_left(sorted(rules), _first_base(row)) for row in rows]
    figures = Counter(band for band, row in zip(bands, rows, strict=True) if any(_is_figure(w) for w in row[1:] if w))
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
        if close and any(_is_figure(a) and _is_figure(b) for a, b in zip(above[1:], row[1:], strict=True) if a and b):
            return None
        bands.append(bands[-1] + (not close))
    return bands


def _hangs(above: Row, row: Row, below: Row) -> bool:
    """A label alone in its line, set deeper than the labels above and below it: the rest of the one above."""
    if not (above[0] and row[0] and below[0]) or any(row[1:]) or not any(above[1:]) or not any(below[1:]):
        return False
    indent = row[0][0].x0
    return indent > above[0][0].x0 + 2 and indent > below[0][0].x0 + 2


def _continues(above: Row, row: Row, gap: float, usual: float) -> bool:
    filled = [i for i, words in enumerate(row) if words]
    if gap > 1.15 * usual or not filled:
        return False
    if gap < 0.72 * usual and not any(_is_figure(above[i]) for i in filled if above[i]):
        # Tighter than rows are set: one row whose cells stand at different heights.
        return True
    if filled == [0]:
        return _wrapped_label(above, row, gap, usual)
    return 0 not in filled and all(above[i] and not _is_figure(row[i]) for i in filled)


def _wrapped_label(above: Row, row: Row, gap: float, usual: float) -> bool:
    """A label alone in its line, tight under a label or beginning small, goes on with the row above."""
    if not above[0]:
        return False
    first = row[0][0].text[0]
    return first.islower() or first == "(" or (gap < 0.9 * usual and any(above[1:]))
