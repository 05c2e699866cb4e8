"""Who says so: the source that a sentence names for its figures.

Not supported: a source named in another sentence.
"""

from __future__ import annotations

from functools import lru_cache

import regex

_VERBS = r"(?:said|says|reported|reports|announced|showed|shows|show|reveals|revealed|added|told|estimates|estimated)"
_NAME = r"(?:[Tt]he\s)?\p{Lu}[\w.&'-]*(?:\s(?:of|for|and|the|on|in|&|\p{Lu}[\w.&'-]*|\([A-Z]+\)))*"
_SAYS = (
    regex.compile(rf"\b[Aa]ccording to (?:data (?:from|of|released by)\s)?({_NAME})"),
    regex.compile(rf",\s({_NAME}),?\s{_VERBS}\b"),
    regex.compile(rf"^({_NAME})\s(?:also\s)?{_VERBS}\b"),
    regex.compile(rf"\b(?:released|published|announced|issued) by ({_NAME})"),
    regex.compile(r"\b((?:official|customs|government|preliminary|latest) (?:figures|data|statistics)) show", regex.I),
)


@lru_cache(maxsize=256)
def attribution(sentence: str) -> str | None:
    """The source that `sentence` gives (`the National Statistics Institute`), in its own words, or None."""
    for pattern in _SAYS:
        match = pattern.search(sentence)
        if match:
            return " ".join(match[1].split())
    return None
