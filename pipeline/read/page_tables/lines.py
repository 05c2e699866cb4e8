"""Lines of a page in pieces that wide gaps part: what tells a row of a table from a line of running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.read.page.page import Word
from pipeline.read.page_tables.words import FIGURE_GAP, LEADING, WIDE_GAP, belongs, ends_before, is_figure, line_text

DOTS = frozenset(".\u2026\u00b7_")
_LEADER = re.compile(r"[.\u2026\u00b7_]{4}|^[.\u2026\u00b7_]+$")
_ROW_OF_DOTS = re.compile(r"([.\u2026\u00b7_]{4,})")
_APART, _LEAST_DOTS, _LONG = 1.5, 5, 6
"""Leaders stand closer than this, in heights of the text; and so many they are at the least, where no word stands
before them. A word so long may have them within."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that no wide gap parts."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return line_text(self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def figure(self) -> bool:
        return is_figure(self.text)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page in pieces."""

    pieces: tuple[Piece, ...]

    @property
    def words(self) -> list[Word]:
        return [word for piece in self.pieces for word in piece.words]

    @property
    def text(self) -> str:
        return line_text(self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def x0(self) -> float:
        return self.pieces[0].words[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1

    @property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @property
    def tabular(self) -> bool:
        """Several pieces, and not the lines of neighbouring columns of text."""
        if len(self.pieces) < 2:
            return False
        long = sum(len(piece.words) > 5 and not piece.figure for piece in self.pieces)
        figures = sum(piece.figure for piece in self.pieces)
        return long <= 1 and (len(self.pieces) > 2 or figures > 0 or long == 0)


def pieces_of(line: Sequence[Word]) -> TextLine:
    """A line cut at gaps wider than about an em."""
    pieces: list[list[Word]] = [[line[0]]]
    for left, right in pairwise(line):
        one, other = left.bottom - left.top, right.bottom - right.top
        size = one if one < other else other
        gap = right.x0 - left.x1
        if (gap > FIGURE_GAP * size or right.text in LEADING) and _parted(left, right, gap, max(size, 4)):
            pieces.append([])
        pieces[-1].append(right)
    return TextLine(tuple([Piece(tuple(piece)) for piece in pieces]))


def _parted(left: Word, right: Word, gap: float, size: float) -> bool:
    """Whether a gap parts two words: figures stand closer than words in columns."""
    if ends_before(left, right):
        return True
    if gap <= WIDE_GAP * size and not (gap > FIGURE_GAP * size and is_figure(left.text) and is_figure(right.text)):
        return False
    return not belongs(left, right)


def led(words: Sequence[Word]) -> bool:
    """Whether dots in a line may be leaders."""
    return any(_LEADER.search(word.text) for word in words if word.text[-1] in DOTS or len(word.text) > _LONG)


def without_leaders(words: Sequence[Word]) -> list[Word]:
    """The words of a line without rows of dots that lead the eye from a label to its figures, set close
    (`Fish.....`, `Fish.....12`) or with blanks between (`Fish . . . .`). Dots that stand alone in a column are marks
    for figures that are missing, and stay."""
    found: list[Word] = []
    dots: list[Word] = []
    for word in words:
        dotted = DOTS.issuperset(word.text)
        if dots and not (dotted and word.x0 - dots[-1].x1 < _APART * word.size):
            found = _after(found, dots)
            dots = []
        if dotted:
            dots.append(word)
        else:
            found += _shorn(word)
    return _after(found, dots) if dots else found


def _after(words: list[Word], dots: Sequence[Word]) -> list[Word]:
    """`words` followed by `dots`, which are left out where they lead on from the last word."""
    close = bool(words) and dots[0].x0 - words[-1].x1 < WIDE_GAP * dots[0].size
    if not close and sum(len(word.text) for word in dots) < _LEAST_DOTS:
        return [*words, *dots]
    if close and words[-1].text.find(".") == len(words[-1].text) - 1 > 0:
        # The first of the dots stands where the word ends.
        return [*words[:-1], words[-1]._replace(text=words[-1].text[:-1])]
    return words


def _shorn(word: Word) -> list[Word]:
    """A word without leaders at its end, or as two where they stand within."""
    parts = _ROW_OF_DOTS.split(word.text)
    if len(parts) == 1:
        return [word]
    # Dots are about half as wide as letters.
    lengths = [len(text) * (0.5 if DOTS.issuperset(text) else 1.0) for text in parts]
    scale = (word.x1 - word.x0) / sum(lengths)
    starts = [word.x0 + scale * sum(lengths[:index]) for index in range(len(parts))]
    return [
        word._replace(text=text, x0=start, x1=start + scale * length)
        for text, start, length in zip(parts, starts, lengths, strict=True)
        if not DOTS.issuperset(text)
    ]
