"""Clean reading text with an offset map: step 1 of extraction.

What is mended here is form alone: line breaks and runs of spaces, hyphenated line ends, full-width forms, dashes,
ligatures, soft hyphens, numbers split by a stray space and words run together. Every character of the clean text knows
the source character it came from, so that a span always maps back. Nothing is mended that needs arithmetic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.model.document import Span

_DASHES = dict.fromkeys(map(ord, "‐‑‒–−﹣－"), "-") | {ord("—"): "—", ord("―"): "—"}
_QUOTES = {ord(a): b for a, b in zip("‘’‚‛′“”„‟″", "'''''\"\"\"\"\"", strict=True)}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff")
_PLAIN = _DASHES | _QUOTES

_HYPHENATED = regex.compile(r"(?<=\p{Ll})-[ \t]*\n[ \t]*(?=\p{Ll})")
_BLANK = regex.compile(r"\s+")
_UNEVEN = regex.compile(r"[^\S ]|  |^ | $")
_SCALE = r"(?:hundred|thousand|million|mln|billion|bln|bn|trillion|trln|percent|per cent|pct|%)"
_SPLIT_POINT = regex.compile(rf"(?<![\d.,])(\d{{1,3}}(?:,\d{{3}})*)(\.) +(?=\d{{1,3}}\s?{_SCALE})", regex.I)
_SPLIT_GROUP = regex.compile(r"(?<![\d.,])(\d{1,3})(,) +(?=\d{3}(?:\.\d|\s?(?:million|billion|trillion)))")
_SPLIT_BEFORE = regex.compile(rf"(?<=\d) +(?=\.\d+\s?{_SCALE})", regex.I)
# Where a space got lost: behind a function word before a name, a number or a word of trade, between a number's words,
# before a bracket with an amount. No English word is made of these parts. Two patterns of `re`: a third of the time.
_GLUED = (
    re.compile(
        r"\b(?:[Aa]nd|[Ii]n|[Oo]f|[Tt]o|[Ff]rom|[Ww]ith|[Bb]y|[Ff]or|[Ww]as|[Ii]s|[Ww]ere|[Aa]t|[Oo]n|[Tt]he)"
        r"(?=[A-Z][a-z]{3}|\d|the\b|(?:exports?|imports?|foreign|compared)\b)"
        r"|\b(?:b|m|tr)illion(?=\d|(?:dollars?|yuan|euros?|rou?bles?|ton(?:ne)?s)\b)"
        r"|%,?(?=[a-z]{2})|\b(?:last|first|past|than)(?=\d)|\ban?(?=(?:growth|decrease|increase|decline|drop|fall)\b)"
        r"|\b(?:growth|decrease|increase|decline|drop|fall|rise)(?=of\b)"
    ),
    re.compile(r"(?<=[a-z])(?=\([\d$€£¥])"),
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """`text` for reading and `offsets[i]`, the source offset of its character i. Spaces that stand for a gap between
    two segments carry the offset of what follows."""

    text: str
    offsets: tuple[int, ...]
    seams: tuple[int, ...] = ()

    def source(self, start: int, end: int) -> Span:
        """The source span of the clean span `start`..`end` (exclusive, at least one character).

        Where a seam between two segments (columns, pages) cuts the span, what stands before the seam is given: the
        source characters between two segments belong to other text.
        """
        for seam in self.seams:
            if self.offsets[start] < seam <= self.offsets[end - 1] or (
                seam < self.offsets[start] and self.offsets[end - 1] < seam
            ):
                end = next(
                    i for i in range(start, end) if self.offsets[i] >= seam or self.offsets[i] < self.offsets[start]
                )
                break
        return self.offsets[start], self.offsets[end - 1] + 1


def clean(source: str, segments: Sequence[Span]) -> CleanText:
    """The clean text of `segments` of `source`, joined by single spaces (or nothing after a hyphenated line end)."""
    filled = [(start, end) for start, end in segments if start < end]
    text = "\n".join(source[start:end] for start, end in filled)
    offsets: list[int] = []
    for start, end in filled:
        if offsets:
            offsets.append(start)
        offsets.extend(range(start, end))
    text, offsets = _without(text, offsets, [m.span() for m in _HYPHENATED.finditer(text)])
    if not text.isascii():
        text, offsets = _characters(text, offsets)
    folded = _split_numbers(_unglued(_folded(text, offsets)))
    return CleanText(folded.text, folded.offsets, tuple(start for start, _ in filled[1:]))


def _without(text: str, offsets: list[int], spans: Sequence[Span]) -> tuple[str, list[int]]:
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
        del offsets[start:end]
    return text, offsets


def _characters(text: str, offsets: list[int]) -> tuple[str, list[int]]:
    out: list[str] = []
    kept: list[int] = []
    for char, offset in zip(text, offsets, strict=True):
        if char < "\x80":
            out.append(char)
            kept.append(offset)
        elif char not in _DROPPED:
            plain = _plain(char)
            out.append(plain)
            kept.extend([offset] * len(plain))
    return "".join(out), kept


def _plain(char: str) -> str:
    known = _PLAIN.get(ord(char))
    if known is not None:
        return known
    # Vulgar fractions stay: NFKC would glue `10½` into `101/2`.
    if unicodedata.category(char) == "No":
        return char
    return unicodedata.normalize("NFKC", char)


def _folded(text: str, offsets: list[int]) -> CleanText:
    """Every run of white space as one space, none at the ends."""
    if not _UNEVEN.search(text):
        return CleanText(text, tuple(offsets))
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _BLANK.finditer(text):
        pieces.append(text[at : match.start()])
        kept += offsets[at : match.start()]
        if match.start() > 0 and match.end() < len(text):
            pieces.append(" ")
            kept.append(offsets[match.start()])
        at = match.end()
    pieces.append(text[at:])
    kept += offsets[at:]
    return CleanText("".join(pieces), tuple(kept))


def _unglued(clean_text: CleanText) -> CleanText:
    """With a space, at the offset of what follows, wherever one got lost."""
    text, offsets = clean_text.text, clean_text.offsets
    cuts = sorted({match.end() for pattern in _GLUED for match in pattern.finditer(text)})
    if not cuts:
        return clean_text
    edges = [*zip([0, *cuts], [*cuts, len(text)], strict=True)]
    kept = [offset for start, end in edges for offset in (*offsets[start:end], *offsets[end : end + 1])]
    return CleanText(" ".join(text[start:end] for start, end in edges), tuple(kept))


def _split_numbers(clean_text: CleanText) -> CleanText:
    drop: set[int] = set()
    for pattern in (_SPLIT_POINT, _SPLIT_GROUP, _SPLIT_BEFORE):
        for match in pattern.finditer(clean_text.text):
            start = match.end(2) if pattern.groups else match.start()
            drop.update(range(start, match.end()))
    if not drop:
        return clean_text
    keep = [i for i in range(len(clean_text.text)) if i not in drop]
    return CleanText("".join(clean_text.text[i] for i in keep), tuple(clean_text.offsets[i] for i in keep))
