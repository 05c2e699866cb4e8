"""How a sentence begins: looking back at what was said (`Its exports`), going into its parts (`Of which exports`)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.words.items import Item

_ANAPHORS = frozenset("it its they their them this these those he she former latter".split())
_THEREIN = (
    "therein",
    "of which",
    "among them",
    "of this",
    "of these",
    "among these",
    "of them",
    "among which",
    "including",
    "of the total",
    "of the increase",
    "of the rise",
    "of the growth",
    "of the decline",
    "wherein",
    "in which",
    "out of this",
    "out of which",
    "thereof",
    "of that",
    "among that",
    "within this",
    "of those",
)


def opens_with_anaphor(items: Sequence[Item]) -> bool:
    """Whether a sentence looks back at once: `Therein`, `Of which`, `Among them`, `Its exports`, `Those of
    crude oil`."""
    lead = " ".join(item.lower for item in items[:3])
    if lead.startswith(_THEREIN):
        return True
    comma = next((i for i, item in enumerate(items[:9]) if item.text == ","), len(items))
    if lead.startswith("in terms of") and comma + 1 < len(items) and items[comma + 1].is_word("this", "it", "that"):
        # `In terms of volume, this is 2.3 times more`
        return True
    return any(item.is_word(*_ANAPHORS) for item in items[:4] if item.kind == "word")


def opens_with_therein(items: Sequence[Item]) -> bool:
    """Whether a sentence goes into the parts of what was said (`Of which exports`)."""
    return " ".join(item.lower for item in items[:3]).startswith(_THEREIN)
