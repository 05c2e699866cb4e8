"""Lines of a page in pieces that wide gaps part: what tells a row of a table from a line of running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.read.pdf_page import Word
from pipeline.read.tables_words import FIGURE_GAP, WIDE_GAP, belongs, is_figure, line_text

DOTS = frozenset(".\u2026\u00b7_")
LEADER = re.compile(r"(?:\s?[.\u2026\u00b7_]){4,}$|^[.\u2026\u00b7_]{3,}$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that no wide gap parts."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return line_text(self.words)

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
        return max(word.x1 for word in self.pieces[-1].words)

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
        gap, size = right.x0 - left.x1, max(min(left.size, right.size), 4)
        if gap > FIGURE_GAP * size and _parted(left, right, gap / size) and not belongs(left, right):
            pieces.append([])
        pieces[-1].append(right)
    return TextLine(tuple(Piece(tuple(piece)) for piece in pieces))


def _parted(left: Word, right: Word, gap: float) -> bool:
    """Whether a gap (in heights of the text) parts two words: figures stand closer than words in columns."""
    return gap > WIDE_GAP or (is_figure(left.text) and is_figure(right.text))


def without_leaders(words: Sequence[Word]) -> list[Word]:
    """The words without rows of dots that lead the eye from a label to its figures."""
    found = []
    for word in words:
        bare = LEADER.sub("", word.text)
        if bare == word.text:
            found.append(word)
        elif bare:
            # Dots are about half as wide as letters.
            share = len(bare) / (len(bare) + 0.5 * (len(word.text) - len(bare)))
            found.append(word._replace(text=bare, x1=word.x0 + share * (word.x1 - word.x0)))
    return found
