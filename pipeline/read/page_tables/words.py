"""Words of a page put into lines and pieces, and drafts of tables: what grids and text columns have in
common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from pipeline.model.document import BBox
from pipeline.read.page.page import Word
from pipeline.read.prose.lines import ends_hanging

WIDE_GAP = 0.8
FIGURE_GAP = 0.36
"""In heights of the text: words of a cell stand closer than this, and figures of neighbouring columns no
closer."""
_MARKS = frozenset("- \u2013 \u2014 -- . .. ... x * : n.a. n.a na n/a nil n.s. (d) (x) (na) (z) (s) (b)".split())
"""What stands for a figure that is not there, or is kept back."""
_FOOTNOTE = re.compile(r"\d/$")
LEADING = frozenset(["$", "US$", "\u00a3"])
"""Signs that stand before their figures, never behind them."""
SIGNS = frozenset(["$", "US$", "\u20ac", "\u00a3", "\u00a5", "RMB", "Rs", "<", ">", "\u00b1"])


_BASE, _LEFT = attrgetter("base", "x0"), attrgetter("x0")


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell's text and the words it came from."""

    text: str
    words: tuple[Word, ...] = ()


@dataclass(slots=True)
class Draft:
    """A table being made: its box, its rows of cells, and whether rules drew it."""

    box: BBox
    rows: list[list[DraftCell]] = field(default_factory=list)
    ruled: bool = False
    header_rows: int = 1


def text_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped into lines by baseline (within a third of their height), each line from left to right."""
    lines: list[list[Word]] = []
    base = size = 0.0
    for word in sorted(words, key=_BASE):
        own = word.bottom - word.top
        if lines and word.base - base <= 0.35 * max(min(own, size), 4):
            lines[-1].append(word)
        else:
            lines.append([word])
            base, size = word.base, own
    lines = _with_raised(lines)
    for line in lines:
        line.sort(key=_LEFT)
    return lines


def _with_raised(lines: list[list[Word]]) -> list[list[Word]]:
    """Small marks set high or low beside a word (footnote signs, exponents) belong to that word's line."""
    found: list[list[Word]] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        if below is not None and _beside(line, below):
            below += line
        elif found and _beside(line, found[-1]):
            found[-1] += line
        else:
            found.append(line)
    return found


def _beside(marks: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether every one of a few small words touches a taller word of `line` that stands half a line off."""
    if len(marks) > 4 or len(marks) > len(line):
        return False
    return all(any(_touches(mark, word) for word in line) for mark in marks)


def _touches(mark: Word, word: Word) -> bool:
    size = word.bottom - word.top
    small = mark.bottom - mark.top < 0.8 * size and len(mark.text) <= 3
    near = -0.2 * size < mark.x0 - word.x1 < 0.4 * size or -0.2 * size < word.x0 - mark.x1 < 0.2 * size
    return small and near and abs(mark.base - word.base) < 0.65 * size


def line_text(line: Sequence[Word]) -> str:
    """The words of a line with blanks between those that stand apart."""
    text = ""
    last: Word | None = None
    for word in line:
        apart = last is not None and word.x0 - last.x1 > 0.08 * word.size
        text += (" " if apart else "") + word.text
        last = word
    return text


def lines_text(words: Sequence[Word]) -> str:
    """The words of a cell as one text, line after line."""
    return " ".join(line_text(line) for line in text_lines(words))


def is_figure(text: str) -> bool:
    """Whether a cell holds figures: digits and hardly a letter, or a mark for none."""
    bare = "".join(text.split())
    letters = sum(char.isalpha() for char in bare)
    return bare.lower() in _MARKS or (
        any(char.isdigit() for char in bare) and letters <= 3 and letters * 3 <= len(bare)
    )


def breaks_off(label: str) -> bool:
    """Whether a label goes on in the next line: it ends in a comma, a hyphen, a function word; but for the sign of a
    footnote (`1/`)."""
    return ends_hanging(label) and not _FOOTNOTE.search(label)


def ends_before(left: Word, right: Word) -> bool:
    """Whether a dollar or pound sign begins the cell that follows a figure, however near it is set."""
    return right.text in LEADING and is_figure(left.text) and right.x0 - left.x1 > 0.15 * left.size


def belongs(left: Word, right: Word) -> bool:
    """A currency sign set flush left of its column, a percent sign set off from its number."""
    near = right.x0 - left.x1 < 14 * left.size
    return near and (left.text in SIGNS or (right.text in ("%", ")", "%)") and right.x0 - left.x1 < 1.5 * left.size))


def inside(word: Word, box: BBox) -> bool:
    """Whether the middle of a word lies in a box, give or take its border."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2
