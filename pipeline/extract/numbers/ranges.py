"""Ranges: `3 to 4 percent`, `between 40 and 50 million`, `10-12 pct` are one number with two ends."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import regex

from pipeline.extract.numbers.number import NumberMention, scales


@cache
def _range_pattern() -> regex.Pattern[str]:
    return regex.compile(r"^\s?(?:-|to|and|or)\s?(?:(?:US|HK|A|C|NZ|S)?[$£€¥₩₹])?$", regex.I)


def with_ranges(text: str, found: list[NumberMention]) -> list[NumberMention]:
    out: list[NumberMention] = []
    for mention in found:
        if out and (joined := _range(text, out[-1], mention)) is not None:
            out[-1] = joined
        else:
            out.append(mention)
    return out


def _range(text: str, low: NumberMention, high: NumberMention) -> NumberMention | None:
    between = text[low.end : high.start]
    if not _range_pattern().match(between) or high.signed or low.bound not in ("=", "~"):
        return None
    lead = text[max(0, low.start - 14) : low.start].lower()
    word = between.strip(" $£€¥₩₹").lower()
    if _AND_OR.match(word) and not _BETWEEN.search(lead):
        return None
    if _TO.match(word) and not _plain_range(text, lead, low, high):
        return None
    if high.kind == "word" or low.kind not in ("plain", "word", high.kind) or "/" in text[low.start : high.end]:
        return None
    factor = _shared_factor(low, high)
    lower, upper = low.value * factor, high.value
    if lower >= upper:
        return None
    return NumberMention(low.start, high.end, low.bound_start, (lower + upper) / 2, lower, upper, "range", high.kind,
                         high.scaled, False, False)  # fmt: skip


_AND_OR, _TO = regex.compile(r"(?:and|or)\b"), regex.compile(r"to\b")
_BETWEEN = regex.compile(r"\bbetween\s+[$£€¥]?$")
_FROM_OR_BY = regex.compile(r"(?:\bfrom\s+|\bby\s+[$£€¥]?)$")
_UNIT_BEHIND = regex.compile(
    r"\s(?:days|weeks|months|years|hours|minutes|tons|tonnes|dollars|dlrs|cents|euros|yuan|yen|rubles|roubles|rupees|kg|km)\b",
    regex.I,
)
_OUTLOOK = regex.compile(
    r"\b(?:foresees?|expects?|expected|forecasts?|sees|projects?|estimates?|puts?)\b"
    r"(?:(?!\b(?:from|by|rise|fall|growth|increase)\b)[^.;])*"
    r"\b(?:of|at)\s+(?:US)?[$€£]?$"
)
_EXPECTED = regex.compile(r"\b(?:of|at|to|around|about|between)\s+$")
_CHANGE_BEFORE = regex.compile(r"\b(?:\p{L}+ed|rose|fell|grew|shrank|sank|up|down|lost|off|from|by)\s+[$£€¥]?$")


def _plain_range(text: str, lead: str, low: NumberMention, high: NumberMention) -> bool:
    """`3 to 4 percent`, `40 to 50 million` and `12 to 14 days` are ranges where the first number has nothing of
    its own; `rose 3 to 52 dollars` is none."""
    if low.kind == high.kind == "percent" and _EXPECTED.search(lead):
        # `growth of 3% to 5%`
        return True
    if low.scaled and high.scaled and _OUTLOOK.search(text, max(0, low.start - 80), low.start):
        # `foresees exports of 8.5 billion to 9 billion`
        return low.scale == high.scale and high.value < 2 * low.value
    if low.scaled or low.kind not in ("plain", "word") or _FROM_OR_BY.search(lead):
        return False
    if high.scaled or high.kind != "plain":
        return True
    return _UNIT_BEHIND.match(text, high.end) is not None and not _CHANGE_BEFORE.search(lead)


def _shared_factor(low: NumberMention, high: NumberMention) -> Decimal:
    if low.scaled or not high.scaled:
        return Decimal(1)
    factor = Decimal(1)
    for candidate in sorted(set(scales()[0].values())):
        if high.value >= candidate and low.value * candidate < high.value:
            factor = candidate
    return factor
