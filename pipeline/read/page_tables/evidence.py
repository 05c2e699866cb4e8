"""Whether a block of lines is a table: its figures, its labels, how its pieces stand; and what it may be instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.read.page.rules import Rule
from pipeline.read.page_tables.columns import Bands, column_at
from pipeline.read.page_tables.header import is_period
from pipeline.read.page_tables.lines import Piece, TextLine
from pipeline.read.page_tables.words import DraftCell, is_figure

_WORD_COLUMNS, _WORD_ROWS, _WORDS_A_CELL, _FLUSH = 3, 4, 9, 3.0
"""What a table of words without rules has at the least, how many words its cells hold at the most, and how far from
its column's edge (in points) an entry begins."""
_LEAST_MARKS, _MARK = 5, re.compile(r"-?\d+(?:\.\d+)?%?")


def has_column_of_figures(rows: Sequence[Sequence[DraftCell]]) -> bool:
    """Whether, of three columns or more, one beyond the first holds nothing but figures below its header, three at
    least, beside as many labels."""
    if len(rows[0]) < 3 or not any(char.isalpha() for cell in rows[0] for char in cell.text):
        return False
    labels = sum(bool(row[0].text) for row in rows[1:])
    for column in range(1, len(rows[0])):
        texts = [row[column].text for row in rows[1:] if row[column].text]
        if len(texts) >= max(3, 0.8 * labels) and labels >= 3 and all(is_figure(text) for text in texts):
            return True
    return False


def is_table(block: Sequence[TextLine], columns: Bands, across: Sequence[Rule]) -> bool:
    tabular = [line for line in block if line.tabular]
    figures = sum(piece.figure for line in tabular for piece in line.pieces)
    pieces = sum(len(line.pieces) for line in tabular)
    framed = len(across) >= 2
    least = 2 if framed or _is_small_table(tabular) else 3
    if len(tabular) < least or not any(_named(line) for line in tabular) or _is_list(tabular):
        return False
    if any(_is_axis(line, line is tabular[-1]) for line in tabular[1:]):
        return False
    if figures >= (0.15 if framed else 0.35) * pieces:
        return True
    # A table of words: at least three columns of short entries between rules, hardly a field empty.
    words = sum(len(line.words) for line in tabular)
    return framed and len(columns) >= 3 and words <= 3 * pieces and pieces >= 0.8 * len(columns) * len(tabular)


def _is_small_table(lines: Sequence[TextLine]) -> bool:
    """Headers over one row of a label and figures, as many as there are headers."""
    headers, row = lines[0].pieces, lines[-1].pieces
    figures = sum(piece.figure for piece in row)
    if len(lines) != 2 or len(row) < 3 or figures != len(row) - 1 or row[0].figure:
        return False
    return len(headers) in (len(row), figures) and all(is_period(p.text) or not p.figure for p in headers)


def is_table_of_words(block: Sequence[TextLine], columns: Bands, rows: Sequence[Sequence[DraftCell]]) -> bool:
    """Whether three columns or more of short entries begin flush under short headers, hardly a field empty."""
    if rows[0][0].text and not _heads(rows[0][0].text):
        return False
    if len(columns) < _WORD_COLUMNS or len(rows) < _WORD_ROWS or not all(_heads(cell.text) for cell in rows[0][1:]):
        return False
    body = [cell for row in rows[1:] for cell in row]
    filled = [cell for cell in body if cell.text]
    if len(filled) < 0.9 * len(body) or sum(len(cell.words) for cell in filled) > _WORDS_A_CELL * len(filled):
        return False
    sentences = any(row[0].text.endswith(".") and len(row[0].words) > 3 for row in rows)
    if sentences or any("@" in cell.text for cell in filled):
        # The authors of a paper have addresses.
        return False
    starts = [(piece.words[0].x0, edge) for line in block for piece in line.pieces for edge in _near(columns, piece)]
    return sum(abs(start - edge) < _FLUSH for start, edge in starts) >= 0.85 * len(starts)


def _near(columns: Bands, piece: Piece) -> Sequence[float]:
    """The left edge of the column that a piece begins in; none where it is one of figures, set flush right."""
    if piece.figure:
        return ()
    first, _ = column_at(columns, piece.words[0].x0, piece.words[0].x1)
    return (columns[first][0],)


def _heads(text: str) -> bool:
    """Whether a text may head a column of words: short, no sentence, no mark of a list."""
    return 0 < len(text.split()) <= 5 and text[0].isupper() and text[-1] not in ".,;:"


def _named(line: TextLine) -> bool:
    """Whether the line has a label or header with letters: rows of bare numbers are the marks of a chart."""
    return any(char.isalpha() for char in "".join(word.text for word in line.words))


def _is_axis(line: TextLine, last: bool) -> bool:
    """The marks of a chart's axis: figures that rise by one step, set at one distance. Years in a header do so too:
    marks begin at 0, or are the last line."""
    if len(line.pieces) < _LEAST_MARKS or not all(_MARK.fullmatch(piece.text) for piece in line.pieces):
        return False
    marks = [float(piece.text.rstrip("%")) for piece in line.pieces]
    if marks[0] and not last:
        return False
    middles = [(piece.words[0].x0 + piece.x1) / 2 for piece in line.pieces]
    return all(
        steps[-1] > 0 and steps[-1] - steps[0] < 0.08 * steps[-1]
        for steps in (sorted(b - a for a, b in pairwise(places)) for places in (marks, middles))
    )


def _is_list(tabular: Sequence[TextLine]) -> bool:
    """Bullets or numbers before text."""
    listed = [
        line
        for line in tabular
        if len(line.pieces) == 2 and len(line.pieces[0].text) <= 4 and not line.pieces[1].figure
    ]
    return 2 * len(listed) > len(tabular) and sum(len(line.pieces[1].words) for line in listed) > 3 * len(listed)
