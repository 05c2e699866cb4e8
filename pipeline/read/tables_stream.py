"""Tables without a drawn grid: where they lie on a page, from the way words line up.

1. Words make lines, lines are cut into pieces at wide gaps.
2. A line is tabular where it has several short pieces; running text in columns is not.
3. Tabular lines near one another make a block; short lines between them (wrapped labels, section heads) belong to it.
4. A block is a table where its pieces agree on columns and enough of them are figures or rules frame it.
Not supported: tables beside running text in the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.model.document import BBox
from pipeline.read.pdf_page import Page, Rule, Word
from pipeline.read.tables_columns import Bands, columns_of
from pipeline.read.tables_rows import rows_of
from pipeline.read.tables_words import FIGURE_GAP, WIDE_GAP, Draft, belongs, is_figure, line_text, text_lines

_LEAST_FILLED = 0.3
"""Charts make blocks too, of axis labels far apart: a table fills more of its fields."""
CAPTION = re.compile(r"^(?:table|tab\.|figure|fig\.|chart|graph|box|exhibit|annex)\s*[\dIVXA-Z]", re.I)
_LEADER = re.compile(r"(?:\s?[.\u2026\u00b7_]){4,}$|^[.\u2026\u00b7_]{3,}$")
_NOTE = re.compile(r"^(?:sources?|notes?|remarks?)\b|^\(?(?:\*+|[a-z1-9])\)|^[*\u2020\u2021]|^\(:\)", re.I)


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
        reach = FIGURE_GAP if is_figure(left.text) and is_figure(right.text) else WIDE_GAP
        wide = right.x0 - left.x1 > reach * max(min(left.size, right.size), 4)
        if wide and not belongs(left, right):
            pieces.append([])
        pieces[-1].append(right)
    return TextLine(tuple(Piece(tuple(piece)) for piece in pieces))


def without_leaders(words: Sequence[Word]) -> list[Word]:
    """The words without rows of dots that lead the eye from a label to its figures."""
    found = []
    for word in words:
        bare = _LEADER.sub("", word.text)
        if bare == word.text:
            found.append(word)
        elif bare:
            # Dots are about half as wide as letters.
            share = len(bare) / (len(bare) + 0.5 * (len(word.text) - len(bare)))
            found.append(replace(word, text=bare, x1=word.x0 + share * (word.x1 - word.x0)))
    return found


def stream_tables(page: Page, words: Sequence[Word]) -> list[Draft]:
    """The tables that the page's `words` make, from top to bottom."""
    bare = without_leaders(words)
    leaders = {round(word.base) for word in words if _LEADER.search(word.text)}
    lines = [pieces_of(line) for line in text_lines(bare)]
    found = []
    for block in blocks_of(lines):
        draft = block_table(_headed(lines, block), page.across, page.down)
        if draft is not None and not _is_contents(block, leaders):
            found.append(draft)
    return found


def blocks_of(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Runs of lines that may be a table."""
    found: list[list[TextLine]] = []
    current: list[TextLine] = []
    waiting: list[TextLine] = []
    for line in lines:
        near = bool(current) and _near([*current, *waiting], line)
        if line.tabular and (not current or near):
            current += [*waiting, line]
            waiting = []
        elif current and near and len(waiting) < 2 and _may_belong(line, current):
            waiting.append(line)
        else:
            found.append(current)
            current, waiting = ([line] if line.tabular else []), []
    found.append(current)
    return [block for block in found if sum(line.tabular for line in block) >= 2]


def _is_contents(block: Sequence[TextLine], leaders: set[int]) -> bool:
    """A table of contents: titles and rising page numbers, led to by dots."""
    pages = [line.pieces[-1].text for line in block if len(line.pieces) == 2]
    numbers = [int(page) for page in pages if page.isdigit()]
    led = sum(round(line.words[0].base) in leaders for line in block)
    return led * 2 > len(block) and len(numbers) * 3 > 2 * len(block) and numbers == sorted(numbers)


def _headed(lines: Sequence[TextLine], block: Sequence[TextLine]) -> Sequence[TextLine]:
    """The block with the short lines right above it that stand over its columns beyond the first."""
    first = next(i for i, line in enumerate(lines) if line is block[0])
    edge = _second_column(block)
    above: list[TextLine] = []
    for line in reversed(lines[max(0, first - 4) : first]):
        below = above[-1] if above else block[0]
        if below.top - line.bottom > 0.9 * line.size or line.x0 < edge - 3 or line.x1 > max(b.x1 for b in block) + 12:
            break
        if CAPTION.match(line.pieces[0].text):
            break
        above.append(line)
    return [*reversed(above), *block]


def _second_column(block: Sequence[TextLine]) -> float:
    """Where the second pieces of the block's lines begin, at the least; beyond its first pieces."""
    return min((line.pieces[1].words[0].x0 for line in block if len(line.pieces) > 1), default=0.0) - 20


def _near(above: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line follows closely: in lines of its size, or in the steps that the block has taken so far."""
    usual = [b.top - a.bottom for a, b in pairwise(above[-6:])]
    size = max(line.size, above[-1].size)
    reach = max(1.9 * size, min(1.35 * max(usual, default=0.0), 3.5 * size))
    return -size < line.top - above[-1].bottom < reach


def _may_belong(line: TextLine, block: Sequence[TextLine]) -> bool:
    """A line of one piece that is shorter than the block is wide."""
    left, right = min(b.x0 for b in block), max(b.x1 for b in block)
    return len(line.pieces) == 1 and line.x1 - line.x0 < 0.62 * (right - left) and line.x0 > left - 15


def block_table(block: Sequence[TextLine], across: Sequence[Rule], down: Sequence[Rule]) -> Draft | None:
    """The block as a table, or None where it is none."""
    box = _box(block)
    inner = [r for r in across if box[1] - 12 < r.at < box[3] + 12 and r.stop > box[0] and r.start < box[2]]
    block = _framed(_without_notes(block), inner, box)
    if sum(line.tabular for line in block) < 2:
        return None
    box = _box(block)
    columns = columns_of([[piece.words for piece in line.pieces] for line in block], _walls(down, box))
    if len(columns) < 2 or not _is_table(block, columns, inner):
        return None
    rows = rows_of([line.words for line in block], columns, inner)
    filled = sum(bool(cell.text) for row in rows for cell in row)
    return Draft(box, rows) if len(rows) > 1 and filled >= _LEAST_FILLED * len(rows) * len(rows[0]) else None


def _without_notes(block: Sequence[TextLine]) -> Sequence[TextLine]:
    """The block up to its first note or source below a row of figures, and without a tail that holds no figures."""
    first = next((i for i, line in enumerate(block) if any(p.figure for p in line.pieces[1:])), len(block))
    stop = next((i for i in range(first + 1, len(block)) if _NOTE.match(block[i].pieces[0].text)), len(block))
    while stop > first + 1 and len(block[stop - 1].pieces) < 2:
        stop -= 1
    return block[:stop] if first < len(block) else block


def _framed(block: Sequence[TextLine], across: Sequence[Rule], box: BBox) -> Sequence[TextLine]:
    """The lines between the first and last rule that run along the block, where there are such."""
    wide = [r.at for r in across if min(r.stop, box[2]) - max(r.start, box[0]) > 0.7 * (box[2] - box[0])]
    if len(wide) < 2:
        return block
    first = next((i for i, line in enumerate(block) if len(line.pieces) > 1 or line.bottom > min(wide)), 0)
    last = max((i for i, line in enumerate(block) if len(line.pieces) > 1 or line.top < max(wide)), default=0)
    return block[first : last + 1]


def _walls(down: Sequence[Rule], box: BBox) -> list[float]:
    """Places of the rules between columns that run along most of the block."""
    tall = box[3] - box[1]
    return [r.at for r in down if box[0] < r.at < box[2] and min(r.stop, box[3]) - max(r.start, box[1]) > 0.5 * tall]


def _box(block: Sequence[TextLine]) -> BBox:
    return min(b.x0 for b in block), min(b.top for b in block), max(b.x1 for b in block), max(b.bottom for b in block)


def _is_table(block: Sequence[TextLine], columns: Bands, across: Sequence[Rule]) -> bool:
    tabular = [line for line in block if line.tabular]
    figures = sum(piece.figure for line in tabular for piece in line.pieces)
    pieces = sum(len(line.pieces) for line in tabular)
    framed = len(across) >= 2
    if len(tabular) < (2 if framed else 3) or not any(_named(line) for line in tabular) or _is_list(tabular):
        return False
    if figures >= (0.15 if framed else 0.35) * pieces:
        return True
    # A table of words: at least three columns of short entries between rules, hardly a field empty.
    words = sum(len(line.words) for line in tabular)
    return framed and len(columns) >= 3 and words <= 3 * pieces and pieces >= 0.8 * len(columns) * len(tabular)


def _named(line: TextLine) -> bool:
    """Whether the line has a label or header with letters: rows of bare numbers are the marks of a chart."""
    return any(char.isalpha() for char in "".join(word.text for word in line.words))


def _is_list(tabular: Sequence[TextLine]) -> bool:
    """Bullets or numbers before text."""
    listed = [line for line in tabular if len(line.pieces) == 2 and len(line.pieces[0].text) <= 4 and not line.pieces[1].figure]
    return 2 * len(listed) > len(tabular) and sum(len(line.pieces[1].words) for line in listed) > 3 * len(listed)
