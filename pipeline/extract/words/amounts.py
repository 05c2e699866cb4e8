"""Amounts that name what they are of: `output of beef`, `passenger vehicle production`."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.words.phrases import product

_BROAD = frozenset(
    (
        "industrial industry manufacturing manufactured farm agricultural agriculture factory construction economic "
        "mining mine utility world global plant group company potential gross business household households consumer "
        "private public government final internal home overall daily weekly monthly annual commercial total state "
        "current coming forthcoming upcoming unsold surplus combined"
    ).split()
)


@lru_cache(maxsize=4096)
def of_output(indicator: str | None) -> str | None:
    """`passenger vehicle production`, `output of beef`: what is made; none of `industrial output`."""
    head, _, behind = (indicator or "").partition(" of ")
    words = head.split()
    if not words or words[-1].lower() not in _AMOUNTS_OF:
        return None
    named = product(behind or " ".join(words[:-1]))
    if named is None or named.isupper():
        return None
    ends = named.lower().split()
    return None if ends[0] in _BROAD or ends[-1] in _BROAD else named


_AMOUNTS_OF = frozenset(
    "production output consumption demand stocks stockpiles inventories harvest crop shipments".split()
)


_PLACED = frozenset("world global domestic total final overall ending opening closing national its".split())


@lru_cache(maxsize=4096)
def unnamed_amount(indicator: str | None) -> bool:
    """Whether an amount names no thing of its own (`output`, `world production`, `domestic consumption`)."""
    words = (indicator or "").lower().split()
    return bool(words) and words[-1] in _AMOUNTS_OF and all(word in _PLACED for word in words[:-1])
