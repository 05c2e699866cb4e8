"""Lines of a table as rows of cells: a stretch of words without a gap is one cell, over however many columns it
runs."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.page.page import Word
from pipeline.read.page_tables.columns import Bands, column_at
from pipeline.read.page_tables.words import FIGURE_GAP, SIGNS, WIDE_GAP, belongs, ends_before, is_figure

Row = list[list[Word]]
"""The words of each cell of a line."""

_DEEPEST_INDENT = 60.0


def cells_of(line: Sequence[Word], columns: Bands) -> Row:
    row: Row = [[] for _ in columns]
    for stretch in _stretches(line, columns):
        first, last = column_at(columns, stretch[0].x0, stretch[-1].x1)
        # A header that reaches back over the longest labels is none of theirs.
        row[1 if first == 0 < last and stretch[0].x0 > columns[0][0] + _DEEPEST_INDENT else first] += stretch
    return row


def spanning(line: Sequence[Word], columns: Bands) -> bool:
    for stretch in _stretches(line, columns):
        first, last = column_at(columns, stretch[0].x0, stretch[-1].x1)
        if 0 < first < last:
            return True
    return False


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
    if ends_before(left, right):
        return True
    if gap > WIDE_GAP * left.size:
        return not belongs(left, right)
    if is_figure(left.text) and is_figure(right.text) and gap > FIGURE_GAP * left.size and left.text not in SIGNS:
        return True
    return (
        gap > 0.34 * left.size and column_at(columns, left.x0, left.x1)[1] < column_at(columns, right.x0, right.x1)[0]
    )


def holds_figure(words: Sequence[Word]) -> bool:
    return is_figure("".join(word.text for word in words))


def ruled_off(above: Row, row: Row, rules: Sequence[float]) -> bool:
    low, high = last_base(above), first_base(row)
    return any(low < rule < high for rule in rules)


def first_base(row: Row) -> float:
    return min(word.base for words in row for word in words)


def last_base(row: Row) -> float:
    return max(word.base for words in row for word in words)


def middle(words: Sequence[Word]) -> float:
    return (min(word.x0 for word in words) + max(word.x1 for word in words)) / 2
