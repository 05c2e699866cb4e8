"""Amounts that are said in two scales: `18 billion 209 million dollars` is one number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.extract.numbers.number import NumberMention

_BETWEEN = regex.compile(r"\s?|\s(?:US\s)?(?:dollars?|rou?bles?|yuan|euros?|tenge|som)\s")
"""`1 billion dollars 477 million`: translations keep the unit behind the first part."""


def with_compounds(text: str, mentions: Sequence[NumberMention]) -> list[NumberMention]:
    """`mentions` with every whole number of a scale and what follows it in a smaller scale as one mention.

    Not supported: a last part without a scale word (`5 million 200`), which is as often a number of its own.
    """
    out: list[NumberMention] = []
    for mention in mentions:
        if out and _goes_on(text, out[-1], mention):
            out[-1] = _joined(out[-1], mention)
        else:
            out.append(mention)
    return out


def _goes_on(text: str, one: NumberMention, other: NumberMention) -> bool:
    if _BETWEEN.fullmatch(text, one.end, other.start) is None or other.signed or other.bound_start != other.start:
        return False
    if not (one.scaled and other.scaled) or (one.kind, other.kind) != ("plain", "plain"):
        return False
    whole = one.value % one.scale == 0 and "." not in text[one.start : one.end]
    return whole and other.scale < one.scale and abs(other.value) < one.scale


def _joined(one: NumberMention, other: NumberMention) -> NumberMention:
    sign = -1 if one.value < 0 else 1
    value = one.value + sign * other.value
    step = (other.upper - other.lower) / 2
    return replace(one, end=other.end, value=value, lower=value - step, upper=value + step, scale=other.scale)
