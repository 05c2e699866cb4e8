"""A page as the parts it is read in: lines of text and tables, in reading order, with running heads set
apart.

1. Tables are cut out; the rest goes by zones (columns before what stands right of them).
2. Each table stands before the first line below it in its column.
3. Lines at the top or foot of several pages that say the same but for numbers, and bare page numbers, are
   furniture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from pipeline.model.document import BBox
from pipeline.read.page.page import Page, Word
from pipeline.read.page_tables.find import tables_and_zones
from pipeline.read.page_tables.words import Draft, line_text

_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I)
_DIGIT = re.compile(r"\d")
_MARGIN = 0.11
_ENDS = 3


Runs = tuple[tuple[int, BBox], ...]
"""Where each run of characters of a text ends, and its box."""


@dataclass(slots=True)
class TextLine:
    """A line of running text: its text, box and height, the boxes of its runs of characters, the zone of the
    page it stands in, whether it is a running head or foot."""

    text: str
    box: BBox
    size: float
    runs: Runs
    zone: int
    furniture: bool = False


def line_of(words: Sequence[Word], zone: int) -> TextLine:
    """The line that `words` make from left to right."""
    text = line_text(words)
    box = box_of(words)
    return TextLine(text, box, median(w.bottom - w.top for w in words), runs_of(text, words, box), zone)


def box_of(words: Sequence[Word]) -> BBox:
    """The smallest box round all of `words`."""
    return (
        min([w.x0 for w in words]),
        min([w.top for w in words]),
        max([w.x1 for w in words]),
        max([w.bottom for w in words]),
    )


def runs_of(text: str, words: Sequence[Word], whole: BBox) -> Runs:
    """The runs of `text`, which `words` make. Only words with figures, and the two behind each (a scale word, a
    unit), have boxes of their own; the others share `whole`, or a long document would be mostly boxes."""
    if not _DIGIT.search(text):
        return ((len(text), whole),)
    found: list[tuple[int, BBox]] = []
    near = end = 0
    for word in words:
        end += len(word.text) + (not text.startswith(word.text, end))
        near = 3 if _DIGIT.search(word.text) else near - 1
        box = word.box if near > 0 else whole
        if found and found[-1][1] is box:
            found.pop()
        found.append((end, box))
    return tuple(found)


@dataclass(slots=True)
class PageParts:
    """What a page holds, in reading order."""

    number: int
    height: float
    parts: list[TextLine | Draft]
    recognised: bool = False

    @property
    def size(self) -> float:
        """The height of most of the page's text."""
        sizes = sorted((line.size, len(line.text)) for line in self.lines)
        half = sum(length for _, length in sizes) / 2
        for size, length in sizes:
            half -= length
            if half <= 0:
                return size
        return 0.0

    @property
    def lines(self) -> list[TextLine]:
        return [part for part in self.parts if isinstance(part, TextLine)]


def page_parts(page: Page, recognised: bool = False) -> PageParts:
    """The lines and tables of a page in reading order."""
    tables, groups = tables_and_zones(page)
    lines = [line_of(line, number) for number, group in enumerate(groups) for line in group]
    parts: list[TextLine | Draft] = [*lines]
    for table in tables:
        parts.insert(_place(parts, table), table)
    return PageParts(page.number, page.height, parts, recognised)


def _place(parts: Sequence[TextLine | Draft], table: Draft) -> int:
    """Behind the last part above the table that stands over it."""
    place = 0
    for index, part in enumerate(parts):
        over = min(part.box[2], table.box[2]) - max(part.box[0], table.box[0]) > 0
        if over and part.box[3] <= table.box[1] + 4:
            place = index + 1
    return place


@dataclass(slots=True)
class Margins:
    """What stands at the top and foot of a document's pages. Look at all of them first, then mark each."""

    pages: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def look(self, page: PageParts) -> None:
        self.pages += 1
        self.counts.update({_shape(line.text) for line in _margin_lines(page)})

    def mark_furniture(self, page: PageParts) -> None:
        """Marks the running heads, feet and page number of a page."""
        needed = 2 if self.pages < 6 else 3
        for line in _margin_lines(page):
            repeated = self.counts[_shape(line.text)] >= needed
            line.furniture = repeated or bool(_PAGE_NUMBER.match(line.text))


def _margin_lines(page: PageParts) -> list[TextLine]:
    ordered = sorted(page.lines, key=lambda line: line.box[1])
    edge = [*ordered[:_ENDS], *ordered[-_ENDS:]]
    return [line for line in edge if line.box[3] < _MARGIN * page.height or line.box[1] > (1 - _MARGIN) * page.height]


def _shape(text: str) -> str:
    """A line with every number made one sign: running heads differ in page and section numbers alone."""
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))
