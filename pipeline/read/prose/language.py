"""A cheap check of the language."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = "the of and in to from was were a for with by on is are at said that its year"
_COMMON = frozenset(_ENGLISH.split())
_SAMPLE = 4_000


def language_of(text: str) -> str | None:
    """`en` where at least a tenth of the words are the commonest English ones, else None (unknown)."""
    words = _WORD.findall(text[:_SAMPLE])
    if not words:
        return None
    common = sum(1 for word in words if word.lower() in _COMMON)
    return "en" if common >= 0.1 * len(words) else None
