"""Text to passages."""

from __future__ import annotations

from pipeline.model.document import Passage, PassageKind
from pipeline.read.lines import Line, split_lines
from pipeline.read.paragraphs import paragraphs, runs, wrap_width


def passages_of(text: str) -> tuple[Passage, ...]:
    """The passages of a text in reading order."""
    lines = split_lines(text)
    width = wrap_width(lines)
    return tuple(
        Passage(PassageKind.BODY, segments_of(text, paragraph))
        for run in runs(lines)
        for paragraph in paragraphs(run, width)
    )


def segments_of(text: str, lines: list[Line]) -> tuple[tuple[int, int], ...]:
    """The spans of a paragraph's lines; lines with nothing but white space between them are one span."""
    spans = [(lines[0].start, lines[0].end)]
    for line in lines[1:]:
        start, end = spans[-1]
        if line.start >= end and not text[end : line.start].strip():
            spans[-1] = (start, line.end)
        else:
            spans.append((line.start, line.end))
    return tuple(spans)
