"""How a PDF page lies: from PDF space to the upright page, by the way most of its text runs."""

from __future__ import annotations

from collections import Counter
from math import pi

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.model.document import BBox

_SAMPLE = 40


class Frame:
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
    quarter: int = turns.most_common(1)[0][0]
    return -90 * quarter % 360
