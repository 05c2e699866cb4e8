"""Document text made harmless to look at, and cut into stretches with and without a mark.

Escaping is the templates' (Jinja2 escapes everything); here characters that a browser would obey instead of
showing are
replaced one for one by signs that can be seen, so that offsets still count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), "\u21c4")
_C0 = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_C1 = dict.fromkeys((*range(128, 160), *range(55296, 57344), 65534, 65535), "�")
_VISIBLE = {**_BIDI, **_C0, **_C1, 0x7F: "\u2421", 0x0D: " ", 0x2028: "\u2424", 0x2029: "\u2424"}


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """`text` beginning at offset `start`; `mark` is what it was marked with, None for plain text."""

    start: int
    text: str
    mark: T | None = None


def visible(text: str) -> str:
    """The text with control characters and direction marks as signs (U+2400.., U+21C4): as many characters
    as before.
    """
    return text.translate(_VISIBLE)


def stretches(text: str, marks: Iterable[tuple[int, int, T]], offset: int = 0) -> Iterator[Stretch[T]]:
    """`text` in order, cut at the marks (start, end, what), whose offsets count from `offset` before the
    text.

    Marks outside of the text are left out, and of overlapping ones the first (the longest where they begin
    together).
    """
    position = 0
    for start, end, mark in sorted(marks, key=lambda m: (m[0], -m[1])):
        begin, stop = start - offset, end - offset
        if begin < position or stop > len(text) or stop <= begin:
            continue
        if begin > position:
            yield Stretch(position + offset, visible(text[position:begin]))
        yield Stretch(start, visible(text[begin:stop]), mark)
        position = stop
    if position < len(text):
        yield Stretch(position + offset, visible(text[position:]))
