"""Header lines above a table's first row, cut into one text a column.

1. Aligned tables: the pieces between gaps go to the columns they stand over.
2. Flattened tables keep only an order of words. They are cut into phrases that the header lexicon or the
   calendar knows; as many phrases as columns are paired in order, fewer are spread evenly (`2011 2012` over
   four columns).
A line that fits neither way is no header line. Not supported: flattened spanning headers of unequal width.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import load
from pipeline.read.texttables_lines import Line, Token, segments_of

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d(?:[-/]\d{2,4})?"
PERIOD = re.compile(
    rf"{_MONTH}(?:\s?[-\u2013]\s?{_MONTH})?,?(?:\s{_YEAR})?|[qh][1-4][\s/]?(?:{_YEAR})?"
    rf"|[1-4][qh][\s/]?(?:{_YEAR}|\d\d)?|{_YEAR}(?:\s?[qh][1-4])?",
    re.I,
)
_LONGEST_PHRASE = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that headers may name: `labels` before `values`, and where the values stand (None:
    flattened)."""

    labels: int
    values: int
    ranges: tuple[tuple[int, int], ...] | None

    @property
    def width(self) -> int:
        return self.labels + self.values


@cache
def _phrases() -> frozenset[tuple[str, ...]]:
    known = [(row["phrases"]) for row in load.rows("table_headers")]
    known += [row["forms"] for row in load.rows("flows") if row["part"] == "noun"]
    return frozenset(tuple(phrase.casefold().split()) for forms in known for phrase in load.values(forms))


def header_cells(line: Line, layout: Layout) -> dict[int, tuple[Token, ...]] | None:
    """The line's texts by column of the whole table (labels first); None where the line is no header of
    it."""
    if layout.ranges is not None:
        return _aligned(segments_of(line), line, layout)
    return _ordered(phrases_of(line), layout) or _ordered(_words(line), layout)


def phrases_of(line: Line) -> list[tuple[Token, ...]] | None:
    """The line's words grouped into known phrases, longest first; None where a word belongs to none."""
    words = _words(line)
    found, position = [], 0
    while position < len(words):
        size = _phrase_size([w[0] for w in words[position : position + _LONGEST_PHRASE]])
        if not size:
            return None
        found.append(tuple(w[0] for w in words[position : position + size]))
        position += size
    return found


def _words(line: Line) -> list[tuple[Token, ...]]:
    return [(t,) for t in line.tokens if t.kind not in {"stray", "missing"}]


def _phrase_size(words: Sequence[Token]) -> int:
    for size in range(len(words), 0, -1):
        texts = [w.text.strip("(),:;%").casefold() for w in words[:size]]
        joined = " ".join(w.text for w in words[:size]).strip("(),:;")
        if tuple(t for t in texts if t) in _phrases() or PERIOD.fullmatch(joined):
            return size
    return 0


def _ordered(groups: list[tuple[Token, ...]] | None, layout: Layout) -> dict[int, tuple[Token, ...]] | None:
    if not groups:
        return None
    count = len(groups)
    if layout.values < count <= layout.width:
        first = layout.width - count
        return dict(enumerate(groups, first))
    if count <= layout.values and layout.values % count == 0 and count > 1:
        each = layout.values // count
        return {layout.labels + i: groups[i // each] for i in range(layout.values)}
    return None


def _aligned(segments: Sequence[Token], line: Line, layout: Layout) -> dict[int, tuple[Token, ...]] | None:
    if not segments:
        return None
    if len(segments) == layout.width:
        return {i: (segment,) for i, segment in enumerate(segments)}
    placed: dict[int, tuple[Token, ...]] = {}
    assert layout.ranges is not None
    edge = layout.ranges[0][0]
    for segment in segments:
        left, right = segment.start - line.start, segment.end - line.start
        if right < edge and left < edge // 2:
            placed[max(layout.labels - 1, 0)] = (segment,)
            continue
        for column in _columns_under(left, right, layout.ranges):
            placed[layout.labels + column] = (*placed.get(layout.labels + column, ()), segment)
    return placed


def _columns_under(left: int, right: int, ranges: tuple[tuple[int, int], ...]) -> list[int]:
    """Columns whose middle lies under the piece; else those it overlaps most; else the nearest."""
    under = [i for i, (a, b) in enumerate(ranges) if left <= (a + b) / 2 <= right]
    if under:
        return under
    overlaps = [min(right, b) - max(left, a) for a, b in ranges]
    best = max(range(len(ranges)), key=lambda i: overlaps[i])
    return [best]
