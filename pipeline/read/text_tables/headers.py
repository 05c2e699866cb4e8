"""Header lines above a table's first row, cut into one text a column.

1. Aligned tables: the pieces between gaps go to the columns they stand over.
2. Flattened tables keep only an order of words. They are cut into phrases that the header lexicon or the
   calendar knows; as many phrases as columns are paired in order, fewer are spread evenly (`2011 2012` over
   four columns).
3. Above a line that names every column, pieces that are fewer than the columns stand over several (`spans`).
A line that fits in no way is no header line. Not supported: flattened spanning headers of unequal width.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.lexicon import load
from pipeline.model.document import Span
from pipeline.read.text_tables.lines import Line, Token, segments_of
from pipeline.read.text_tables.spans import spread

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


Header = dict[int, tuple[Token, ...]]
"""The texts of one header line by column of the whole table (labels first)."""


def header_cells(line: Line, layout: Layout, below: Sequence[Header] = ()) -> Header | None:
    """The line's texts by column; `below` are the header lines already found under it. None where the line is no header
    of the table."""
    if layout.ranges is not None:
        return _aligned(segments_of(line), line, layout, below)
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


def _ordered(groups: list[tuple[Token, ...]] | None, layout: Layout) -> Header | None:
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


def _aligned(segments: Sequence[Token], line: Line, layout: Layout, below: Sequence[Header]) -> Header | None:
    if not segments:
        return None
    if "\t" in line.text:
        return _by_tabs(segments, line, layout, bool(below))
    if len(segments) == layout.width:
        return {i: (segment,) for i, segment in enumerate(segments)}
    placed: Header = {}
    assert layout.ranges is not None
    edge = layout.ranges[0][0]
    pieces = list(segments)
    if pieces[0].end - line.start < edge and pieces[0].start - line.start < edge // 2:
        placed[max(layout.labels - 1, 0)] = (pieces.pop(0),)
    spots = [(piece.start - line.start, piece.end - line.start) for piece in pieces]
    named = {column for header in below for column in header}
    if len(pieces) == layout.values:
        columns = [[column] for column in range(layout.values)]
    elif pieces and named.issuperset(range(layout.labels, layout.width)):
        columns = spread(spots, layout.ranges)
    else:
        columns = [_columns_under(left, right, layout.ranges) for left, right in spots]
    for piece, under in zip(pieces, columns, strict=True):
        for column in under:
            placed[layout.labels + column] = (*placed.get(layout.labels + column, ()), piece)
    return placed


def _by_tabs(segments: Sequence[Token], line: Line, layout: Layout, above: bool) -> Header:
    """Pieces by the number of tabs before them, counted from the last column; `above` another header line they
    stand over the empty cells behind them too."""
    tabs = [line.text.count("\t", 0, segment.start - line.start) for segment in segments]
    surplus = max(0, tabs[-1] - layout.width + 1)
    cells = [max(0, count - surplus) for count in tabs]
    placed: Header = {}
    for segment, cell, end in zip(segments, cells, [*cells[1:], layout.width], strict=True):
        for column in range(cell, max(cell + 1, end if above and cell >= layout.labels else 0)):
            placed[column] = (*placed.get(column, ()), segment)
    return placed


def widened(layout: Layout, line: Line, header: Header) -> Layout:
    """The layout with columns as wide as their names in a header line, for the lines above it."""
    if layout.ranges is None or "\t" in line.text:
        return layout
    shared = Counter(token.span for tokens in header.values() for token in tokens)
    ranges = list(layout.ranges)
    for column, tokens in header.items():
        if column >= layout.labels and all(shared[token.span] == 1 for token in tokens):
            left, right = ranges[column - layout.labels]
            ends = min(left, tokens[0].start - line.start), max(right, tokens[-1].end - line.start)
            ranges[column - layout.labels] = ends
    return replace(layout, ranges=tuple(ranges))


def _columns_under(left: int, right: int, ranges: Sequence[Span]) -> list[int]:
    """Columns whose middle lies under the piece; else those it overlaps most; else the nearest."""
    under = [i for i, (a, b) in enumerate(ranges) if left <= (a + b) / 2 <= right]
    if under:
        return under
    overlaps = [min(right, b) - max(left, a) for a, b in ranges]
    best = max(range(len(ranges)), key=lambda i: overlaps[i])
    return [best]
