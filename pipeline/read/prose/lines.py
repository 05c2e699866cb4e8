"""The lines of a text with their offsets, and what the ends of a line say about its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A form feed parts pages in text that came from PDF; the Unicode separators part lines as well.
_LINE = re.compile("[^\n\r\f\v\x85\u2028\u2029]+|\r\n|[\n\r\f\v\x85\u2028\u2029]")
_CLOSERS = "\"'”’»)]}*_ \u00a0"
_SENTENCE_ENDS = ".!?。！？…:：;；"
_HANGING = frozenset(",，(-–—&/")
_CONNECTING = (
    "a an and as at but by for from in into its nor of on or than that the their this to under was "
    "were which while "
    "with is are be has have had it he she they per about over between during against"
)
_FUNCTION_WORDS = frozenset(_CONNECTING.split())
_TAB = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line or a column's piece of one: `text` is stripped, `start` and `end` its span, `column` its
    indent."""

    start: int
    end: int
    column: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text


def split_lines(text: str) -> list[Line]:
    """All lines in order; a blank one has an empty text."""
    lines = []
    ended = True
    for found in _LINE.finditer(text):
        body = found.group()
        if body[0] in "\n\r\f\v\x85\u2028\u2029":
            if ended:
                lines.append(Line(found.start(), found.start(), 0, ""))
            ended = True
            continue
        lines.append(line_at(text, found.start(), found.end()))
        ended = False
    return lines


def line_at(text: str, start: int, end: int, column: int = 0) -> Line:
    """The line between two offsets, stripped; `column` is where `start` stands on the page."""
    body = text[start:end]
    stripped = body.strip("\ufeff \t\u00a0\u3000")
    if not stripped:
        return Line(start, start, 0, "")
    indent = body[: body.index(stripped[0])]
    width = len(indent.expandtabs(_TAB)) + indent.count("\u3000")
    first = start + len(indent)
    return Line(first, first + len(stripped), column + width, stripped)


def ends_open(text: str) -> bool:
    """Whether a text breaks off in mid-sentence: no full stop, question mark, colon or the like at its
    end."""
    bare = text.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] not in _SENTENCE_ENDS


def ends_hanging(text: str) -> bool:
    """Whether a text cannot be complete: it ends in a comma, an open bracket, a hyphen or a function word."""
    bare = text.rstrip()
    return bare[-1:] in _HANGING or bare.rpartition(" ")[2].lower() in _FUNCTION_WORDS


def begins_low(text: str) -> bool:
    """Whether a text begins in mid-sentence: with a small letter or with a mark that never begins one."""
    return text[:1].islower() or text[:1] in {",", ";", ")", "，", "；", "、"}
