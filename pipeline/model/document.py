"""A document as it was read: its text, the passages worth reading, its tables, and when it was published.

Offsets are code points of `Document.text`, 0-based, end exclusive. `text` is the file as read for plain text and
Markdown, the `text` field of a `.jsonl` line, and the written-out `text/ID.txt` for HTML, PDF and scans.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

Span = tuple[int, int]
BBox = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points from the page's upper left corner."""


class PassageKind(StrEnum):
    HEADLINE = "headline"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of reading text: one paragraph, headline, caption or list item.

    `segments` are spans of the document's text in reading order: one for an ordinary paragraph, several where
    columns, page breaks or OCR tore it apart. `repeats` is the index (in `Document.passages`) of the earlier passage
    that says the same (a later one where this is but its teaser); such a passage is not read again. Furniture
    and tables yield no prose figures.
    """

    kind: PassageKind
    segments: tuple[Span, ...]
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. `text` after mending by form; `span` its characters in the document's text (None if empty).

    `damage` names what was mended by form alone (`split number`, `stray mark`, `full width`, ...). `readings` are
    other texts the cell may stand for, each with a cost (0 is certain, 1 is a wild guess): reconciliation decides.
    """

    text: str
    span: Span | None = None
    bbox: BBox | None = None
    damage: tuple[str, ...] = ()
    readings: tuple[tuple[str, float], ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table after structure recovery. `rows` is rectangular; header rows come first and number `header_rows`. `page`
    and `bbox` are those of its first part where it goes on over pages."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1
    page: int | None = None
    bbox: BBox | None = None
    caption: str | None = None
    unit: str | None = None
    span: Span | None = None
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """When the document was published: `YYYY-MM-DD`, less of it, or `XXXX-MM-DD`; and how that is known.

    `basis` is one of `metadata`, `stated`, `dateline`, `given` (the user said so). `span` points at the words.
    """

    date: str
    basis: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PageBox:
    """Where the text of a page of a PDF or scan stands: run `i`, the characters from `starts[i]` to `ends[i]`, lies in
    the box of four numbers at `corners[4 * i]`. Runs ascend; those of one line or cell touch, others don't.

    Arrays, for a book has some hundred thousand of them.
    """

    page: int
    starts: array[int]
    ends: array[int]
    corners: array[float]

    def box(self, start: int, end: int) -> BBox | None:
        """The smallest box round the characters `start`..`end`, as far as they stand in the line or cell of the first;
        None where that is on another page."""
        first = bisect_right(self.starts, start) - 1
        if first < 0 or start >= self.ends[first] or end <= start:
            return None
        last = first
        while last + 1 < len(self.starts) and self.starts[last + 1] == self.ends[last] < end:
            last += 1
        corners = self.corners[4 * first : 4 * last + 4]
        return min(corners[0::4]), min(corners[1::4]), max(corners[2::4]), max(corners[3::4])


@dataclass(frozen=True, slots=True)
class Document:
    """What reading hands to extraction. `kind` is the reader's name (`text`, `markdown`, `html`, `pdf`,
    `scan`, `jsonl`)."""

    id: str
    path: str
    sha256: str
    kind: str
    text: str
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...] = ()
    title: str | None = None
    published: Published | None = None
    language: str | None = None
    url: str | None = None
    ocr: bool = False
    pages: tuple[PageBox, ...] = field(default=())

    def page_at(self, offset: int) -> PageBox | None:
        """The page of a PDF or scan that a character stands on."""
        index = bisect_right(self.pages, offset, key=lambda page: page.starts[0]) - 1
        return self.pages[index] if index >= 0 else None
