"""A PDF page as characters, words and ruling lines, all in points from the page's upper left corner.

pypdfium2 gives characters in content order with their boxes and origins, and paths as segments. Rotated
pages are turned upright. Not supported: text that runs at an angle within an upright page (it is left out
of words).
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.model.document import BBox
from pipeline.read.page.frame import Frame
from pipeline.read.page.rules import Rule, rules_of

_RUN = re.compile(r"[^\s\x00-\x20\x7f\ud800-\udfff\ufffe\uffff]+")
"""What is printed: no control character, half of a surrogate pair, or mark of pdfium's for no character."""


_ROW = 1 << 16
_STEPS = [down * _ROW + right for down in (-1, 0, 1) for right in (-1, 0, 1)]
"""Places on a page as single numbers, for speed: so many to a row, and from one to itself and its neighbours."""


class Char(NamedTuple):
    """A printed character: its text, box, and the height of its baseline."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float

    @property
    def box(self) -> BBox:
        return (self.x0, self.top, self.x1, self.bottom)


class Word(NamedTuple):
    """Characters that no gap parts. `base` is the height of the baseline, `confidence` below 1 where it was
    recognised in a picture."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    confidence: float = 1.0

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def box(self) -> BBox:
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True)
class Page:
    """A page upright: its words in content order, its ruling lines."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


def read_page(page: pdfium.PdfPage, number: int, rules: bool = True) -> Page:
    """Page `number` (from 1) of an open document; without `rules` the paths are not looked at (they are
    slow)."""
    textpage = page.get_textpage()
    frame = Frame(page, textpage)
    words = tuple(_once(_words(textpage, frame)))
    textpage.close()
    across, down = rules_of(page, frame) if rules else ((), ())
    return Page(number, frame.width, frame.height, words, across, down)


def _once(words: Iterable[Word]) -> Iterator[Word]:
    """Words without those printed twice on the spot, as some programs make letters bold or give them a shadow."""
    seen: dict[str, set[int]] = {}
    for word in words:
        place = round(word.base / 2) * _ROW + round(word.x0 / 2)
        places = seen.get(word.text)
        if places is None:
            seen[word.text] = {place}
        elif places.isdisjoint([place + step for step in _STEPS]):
            places.add(place)
        else:
            continue
        yield word


def _words(textpage: pdfium.PdfTextPage, frame: Frame) -> Iterator[Word]:
    """Words in content order. Only the first and last character of a word are measured, for speed; where
    these do not fit one line or the length of the word, every character is."""
    boxes = _Boxes(textpage.raw, frame)
    for start, text in _runs(textpage):
        count = len(text)
        first = boxes.place(start)
        if first is None:
            continue
        if count == 1:
            yield Word(text, *first)
            continue
        last = boxes.edges(start + count - 1)
        if last is None:
            continue
        x0, top, _, bottom, base = first
        right, last_top, last_bottom = last
        size = bottom - top if bottom - top > 1.0 else 1.0
        level = abs(last_bottom - bottom) < 0.45 * size
        if level and 0 <= right - x0 <= 0.75 * size * count + 0.5 * size:
            low, high = (bottom, top) if last_bottom < bottom else (last_bottom, top)
            yield Word(text, x0, high if high < last_top else last_top, right, low, base)
        else:
            places = ((char, boxes.place(start + i)) for i, char in enumerate(text))
            yield from words_of([Char(char, *place) for char, place in places if place is not None])


def _runs(textpage: pdfium.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Runs of characters without white space, each with the index of its first character on the page."""
    count = textpage.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    got = raw.FPDFText_GetText(textpage.raw, 0, count, buffer) - 1
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass") if got == count else ""
    if len(text) != count:
        # Characters beyond 16 bits, or some that pdfium leaves out: ask for each.
        text = "".join(chr(raw.FPDFText_GetUnicode(textpage.raw, i)) for i in range(count))
    for match in _RUN.finditer(text):
        yield match.start(), match.group()


class _Boxes:
    """Boxes of characters by index, with the buffers that pdfium writes to made once."""

    def __init__(self, handle: object, frame: Frame) -> None:
        self.frame = frame
        self.rect, self.x, self.y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        at_rect, at_x, at_y = (ctypes.byref(part) for part in (self.rect, self.x, self.y))
        box, origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
        self.last_top, self.last_bottom, self.last_base = 0.0, 0.0, 0.0
        self.find_box: Callable[[int], int] = lambda index: box(handle, index, at_rect)
        self.find_origin: Callable[[int], int] = lambda index: origin(handle, index, at_x, at_y)

    def edges(self, index: int) -> tuple[float, float, float] | None:
        """Right edge, top and bottom of a character; None where it has no box."""
        if not self.find_box(index):
            return None
        rect, frame = self.rect, self.frame
        if not frame.rotation:
            return rect.right - frame.left, frame.high - rect.top, frame.high - rect.bottom
        _, top, right, bottom = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        return right, top, bottom

    def place(self, index: int) -> tuple[float, float, float, float, float] | None:
        """Left, top, right, bottom and baseline of a character as it stands on the upright page; None where it has no
        box."""
        if not self.find_box(index):
            return None
        rect, frame = self.rect, self.frame
        if not frame.rotation:
            left, high, top, bottom = frame.left, frame.high, rect.top, rect.bottom
            if top != self.last_top or bottom != self.last_bottom:
                # Boxes that reach as high and as low as the last one stand on its baseline: most do.
                self.find_origin(index)
                self.last_top, self.last_bottom, self.last_base = top, bottom, high - self.y.value
            return rect.left - left, high - top, rect.right - left, high - bottom, self.last_base
        self.find_origin(index)
        x0, top, x1, bottom = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        return x0, top, x1, bottom, frame.point(self.x.value, self.y.value)[1]


def words_of(chars: Sequence[Char]) -> Iterator[Word]:
    """Words of measured characters: those that follow one another without a jump or a change of line."""
    run: list[Char] = []
    for char in chars:
        if run and not _continues(run[-1], char):
            yield _word(run)
            run = []
        run.append(char)
    if run:
        yield _word(run)


def _continues(last: Char, char: Char) -> bool:
    size = max(last.bottom - last.top, 1.0)
    gap = char.x0 - last.x1
    return -0.5 * size < gap < 0.22 * size and abs(char.base - last.base) < 0.45 * size


def _word(run: Sequence[Char]) -> Word:
    return Word(
        "".join(c.text for c in run),
        min(c.x0 for c in run),
        min(c.top for c in run),
        max(c.x1 for c in run),
        max(c.bottom for c in run),
        run[0].base,
    )
