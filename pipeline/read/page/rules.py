"""Ruling lines of a PDF page: straight pieces of its paths, and thin boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.model.document import BBox
from pipeline.read.page.frame import Frame

_THIN = 3.0
_SHORTEST = 4.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: `at` its constant coordinate, `start`..`stop` its extent along the other axis."""

    at: float
    start: float
    stop: float


def rules_of(page: pdfium.PdfPage, frame: Frame) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    across: list[Rule] = []
    down: list[Rule] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        for box in _path_boxes(item, frame):
            _sort_rule(box, across, down)
    return tuple(joined(across)), tuple(joined(down))


def _path_boxes(item: pdfium.PdfObject, frame: Frame) -> Iterator[BBox]:
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


def _corners(item: pdfium.PdfObject, frame: Frame) -> Iterator[list[tuple[float, float]]]:
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
