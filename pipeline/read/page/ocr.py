"""Pages without a text layer: a picture of the page to words with boxes and confidences, and ruling lines.

rapidocr with onnxruntime; the weights are in its wheel. The picture is rendered at 200 dpi, turned upright
by the angle at which its rows of ink are sharpest, then read. Boxes are those of the straightened page.
About seven seconds a page on two cores. Not supported: handwriting, pages turned by 90 or 180 degrees,
other scripts than rapidocr's default model reads (Latin and Chinese).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.read.page.page import Page, Word
from pipeline.read.page.rules import Rule, joined

DPI = 200
_SCALE = 72 / DPI
_STEEPEST = 3.0
_THREADS = 2
_LEAST_CONFIDENCE = 0.5
_BASELINE = 0.22
"""Share of a line's box that lies below its baseline."""

Picture = NDArray[np.uint8]


@cache
def _engine() -> Any:
    """The recogniser, made once a process (its models take a second to load)."""
    from rapidocr import RapidOCR

    threads = min(_THREADS, os.cpu_count() or 1)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.return_word_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(picture: Picture, number: int) -> Page:
    """The page that `picture` (height x width x 3, blue first, at 200 dpi) shows, in points; `number` from
    1."""
    upright = straightened(picture)
    height, width = upright.shape[:2]
    across, down = rules_of(upright)
    return Page(number, width * _SCALE, height * _SCALE, tuple(_words(upright)), across, down)


def _words(picture: Picture) -> Iterator[Word]:
    # Its classifier of turned lines takes lines of digits for upside down (839 for 6E8); the page is upright by now.
    result = _engine()(picture, return_word_box=True, use_cls=False)
    if result.boxes is None:
        return
    for box, words in zip(result.boxes, result.word_results, strict=True):
        top, bottom = float(np.mean(box[:2, 1])) * _SCALE, float(np.mean(box[2:, 1])) * _SCALE
        for text, score, corners in words:
            if text.strip() and score >= _LEAST_CONFIDENCE:
                xs = [corner[0] * _SCALE for corner in corners]
                base = bottom - _BASELINE * (bottom - top)
                yield Word(text.strip(), min(xs), top, max(xs), bottom, base, round(float(score), 4))


def straightened(picture: Picture) -> Picture:
    """The picture turned by the angle (at most 3 degrees) that makes its rows of ink sharpest."""
    import cv2

    angle = skew(picture)
    if abs(angle) < 0.15:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    white = (255, 255, 255)
    return np.asarray(
        cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=white), np.uint8
    )


def skew(picture: Picture) -> float:
    """By how many degrees (counter-clockwise) the picture must be turned to stand upright."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (255 - small).astype(np.float32)
    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.01, 0.5), key=lambda a: _sharpness(ink, a))
    return float(max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=lambda a: _sharpness(ink, a)))


def _sharpness(ink: NDArray[np.float32], angle: float) -> float:
    """How unevenly the ink is spread over the rows of the picture turned by `angle`."""
    import cv2

    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
    rows = np.asarray(cv2.warpAffine(ink, turn, (width, height)).sum(axis=1), np.float64)
    return float(np.sum(np.diff(rows) ** 2))


def rules_of(picture: Picture) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Ruling lines of a picture, across and down, in points: runs of ink far longer than letters are."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    across = _runs(ink, (max(40, picture.shape[1] // 25), 1))
    down = _runs(ink, (1, max(40, picture.shape[0] // 50)))
    return (
        tuple(joined([Rule(y + h / 2, x, x + w) for x, y, w, h in across if h < 6])),
        tuple(joined([Rule(x + w / 2, y, y + h) for x, y, w, h in down if w < 6])),
    )


def _runs(ink: Any, kernel: tuple[int, int]) -> Iterator[tuple[float, float, float, float]]:
    """Boxes (x, y, width, height in points) of what is left of the ink when all shorter runs are wiped
    out."""
    import cv2

    shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
    kept: Any = cv2.morphologyEx(ink, cv2.MORPH_OPEN, shape)
    _, _, stats, _ = cv2.connectedComponentsWithStats(kept)
    for x, y, w, h, _ in stats[1:]:
        yield float(x) * _SCALE, float(y) * _SCALE, float(w) * _SCALE, float(h) * _SCALE
