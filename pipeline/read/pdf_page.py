"""A PDF page as characters, words and ruling lines, all in points from the page's upper left corner.

pypdfium2 gives characters in content order with their boxes and origins, and paths as segments. Rotated
pages are turned upright. Not supported: text that runs at an angle within an upright page (it is left out
of words).
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import pi
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.model.document import BBox

_RUN = re.compile(r"[^\s\x00-\x20\x7f\ud800-\udfff\ufffe\uffff]+")
"""What is printed: no control character, half of a surrogate pair, or mark of pdfium's for no character."""
_SAMPLE = 40
_THIN = 3.0
_SHORTEST = 4.0


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
class Rule:
    """A straight line: `at` its constant coordinate, `start`..`stop` its extent along the other axis."""

    at: float
    start: float
    stop: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page upright: its words in content order, its ruling lines."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


class _Frame:
    """From PDF space (origin lower left, before rotation) to the upright page."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        self.rotation = _text_turn(textpage) if textpage.count_chars() else page.get_rotation()
        self.left, self.low, self.right, self.high = page.get_cropbox()
        wide, tall = self.right - self.left, self.high - self.low
        self.width, self.height = (tall, wide) if self.rotation in (90, 270) else (wide, tall)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.low, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.low
        if self.rotation == 270:
            return self.high - y, self.right - x
        return x - self.left, self.high - y

    def box(self, left: float, low: float, right: float, high: float) -> BBox:
        (a, b), (c, d) = self.point(left, low), self.point(right, high)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def _text_turn(textpage: pdfium.PdfTextPage) -> int:
    """By how much the page must be turned (degrees clockwise) for most of its text to stand upright: the rotation
    that the page states, and for a wide table set sideways on a tall page what it should have stated."""
    count = textpage.count_chars()
    step = max(1, count // _SAMPLE)
    turns = Counter(round(raw.FPDFText_GetCharAngle(textpage.raw, i) * 2 / pi) % 4 for i in range(0, count, step))
    return -90 * turns.most_common(1)[0][0] % 360


def read_page(page: pdfium.PdfPage, number: int, rules: bool = True) -> Page:
    """Page `number` (from 1) of an open document; without `rules` the paths are not looked at (they are
    slow)."""
    textpage = page.get_textpage()
    frame = _Frame(page, textpage)
    words = tuple(_once(_words(textpage, frame)))
    textpage.close()
    across, down = _rules(page, frame) if rules else ((), ())
    return Page(number, frame.width, frame.height, words, across, down)


def _once(words: Iterable[Word]) -> Iterator[Word]:
    """Words without those printed twice on the spot, as some programs make letters bold or give them a shadow."""
    seen: set[tuple[str, int, int]] = set()
    for word in words:
        x, y = round(word.x0 / 2), round(word.base / 2)
        if not any((word.text, x + dx, y + dy) in seen for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            seen.add((word.text, x, y))
            yield word


def _words(textpage: pdfium.PdfTextPage, frame: _Frame) -> Iterator[Word]:
    """Words in content order. Only the first and last character of a word are measured, for speed; where
    these do not fit one line or the length of the word, every character is."""
    boxes = _Boxes(textpage.raw, frame)
    for start, text in _runs(textpage):
        first = boxes.char(start, text[0])
        last = boxes.edges(start + len(text) - 1)
        if first is None or last is None:
            continue
        _, x0, top, _, bottom, base = first
        right, last_top, last_bottom = last
        size = max(bottom - top, 1.0)
        level = abs(last_bottom - bottom) < 0.45 * size
        if level and 0 <= right - x0 <= 0.75 * size * len(text) + 0.5 * size:
            yield Word(text, x0, min(top, last_top), right, max(bottom, last_bottom), base)
        else:
            chars = (boxes.char(start + i, char) for i, char in enumerate(text))
            yield from words_of([char for char in chars if char is not None])


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

    def __init__(self, handle: object, frame: _Frame) -> None:
        self.handle, self.frame = handle, frame
        self.rect, self.x, self.y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self.at_rect, self.at_x, self.at_y = (ctypes.byref(part) for part in (self.rect, self.x, self.y))

    def edges(self, index: int) -> tuple[float, float, float] | None:
        """Right edge, top and bottom of a character; None where it has no box."""
        if not raw.FPDFText_GetLooseCharBox(self.handle, index, self.at_rect):
            return None
        rect, frame = self.rect, self.frame
        if not frame.rotation:
            return rect.right - frame.left, frame.high - rect.top, frame.high - rect.bottom
        _, top, right, bottom = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        return right, top, bottom

    def char(self, index: int, text: str) -> Char | None:
        """The character as it stands on the upright page; None where it has no box."""
        if not raw.FPDFText_GetLooseCharBox(self.handle, index, self.at_rect):
            return None
        raw.FPDFText_GetCharOrigin(self.handle, index, self.at_x, self.at_y)
        rect, frame = self.rect, self.frame
        if not frame.rotation:
            left, high = frame.left, frame.high
            top, bottom = high - rect.top, high - rect.bottom
            return Char(text, rect.left - left, top, rect.right - left, bottom, high - self.y.value)
        x0, top, x1, bottom = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        return Char(text, x0, top, x1, bottom, frame.point(self.x.value, self.y.value)[1])


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


def _rules(page: pdfium.PdfPage, frame: _Frame) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    across: list[Rule] = []
    down: list[Rule] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        for box in _path_boxes(item, frame):
            _sort_rule(box, across, down)
    return tuple(joined(across)), tuple(joined(down))


def _path_boxes(item: pdfium.PdfObject, frame: _Frame) -> Iterator[BBox]:
    """Boxes of the straight pieces of a path; a thin box is one line, a drawn fat one its four sides;
    a fat box that is only filled is a background."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroke))
    if not (fill.value or stroke.value):
        return
    for points in _corners(item, frame):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            yield box
        elif stroke.value:
            for (a, b), (c, d) in pairwise(points):
                yield min(a, c), min(b, d), max(a, c), max(b, d)


def _corners(item: pdfium.PdfObject, frame: _Frame) -> Iterator[list[tuple[float, float]]]:
    """The sub-paths of a path as lists of points on the page. Curves are no rules: a path with one is left
    out."""
    matrix = _matrix(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    count = raw.FPDFPath_CountSegments(item.raw)
    if count > 4000:
        return
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(frame.point(*matrix.on_point(x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _matrix(item: pdfium.PdfObject) -> pdfium.PdfMatrix:
    """The path's matrix through every form it lies in."""
    matrix = item.get_matrix()
    form = getattr(item, "container", None)
    while form is not None:
        matrix = matrix.multiply(form.get_matrix())
        form = getattr(form, "container", None)
    return matrix


def _sort_rule(box: BBox, across: list[Rule], down: list[Rule]) -> None:
    wide, tall = box[2] - box[0], box[3] - box[1]
    if tall <= _THIN and wide >= _SHORTEST:
        across.append(Rule((box[1] + box[3]) / 2, box[0], box[2]))
    elif wide <= _THIN and tall >= _SHORTEST:
        down.append(Rule((box[0] + box[2]) / 2, box[1], box[3]))


def joined(rules: Sequence[Rule], near: float = 2.0) -> list[Rule]:
    """Rules on one line joined where they touch, doubles made one."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if groups and rule.at - groups[-1][0].at <= near:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    found: list[Rule] = []
    for group in groups:
        at = sum(r.at for r in group) / len(group)
        current: Rule | None = None
        for rule in sorted(group, key=lambda r: r.start):
            if current is not None and rule.start <= current.stop + near:
                current = Rule(at, current.start, max(current.stop, rule.stop))
            else:
                if current is not None:
                    found.append(current)
                current = Rule(at, rule.start, rule.stop)
        if current is not None:
            found.append(current)
    return found
