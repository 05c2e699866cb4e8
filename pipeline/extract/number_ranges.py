"""Ranges: `3 to 4 percent`, `between 40 and 50 million`, `10-12 pct` are one number with two ends."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import regex

from pipeline.extract.number import NumberMention, scales


@cache
def _range_pattern() -> regex.Pattern[str]:
    return regex.compile(r"^\s?(?:-|to|and|or)\s?$", regex.I)


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
    if between.strip() in ("and", "or") and not regex.search(r"\bbetween\s+[$£€¥]?$", lead):
        return None
    if between.strip() == "to" and not _plain_range(lead, low, high):
        return None
    if high.kind == "word" or low.kind not in ("plain", high.kind) or "/" in text[low.start : high.end]:
        return None
    factor = _shared_factor(low, high)
    lower, upper = low.value * factor, high.value
    if lower >= upper:
        return None
    return NumberMention(low.start, high.end, low.bound_start, (lower + upper) / 2, lower, upper, "range", high.kind,
                         high.scaled, False, False)  # fmt: skip


def _plain_range(lead: str, low: NumberMention, high: NumberMention) -> bool:
    """`3 to 4 percent` and `40 to 50 million` are ranges where the first number has nothing of its own."""
    return (
        not low.scaled
        and low.kind == "plain"
        and (high.scaled or high.kind != "plain")
        and not regex.search(r"(?:\bfrom\s+|\bby\s+[$£€¥]?)$", lead)
    )


def _shared_factor(low: NumberMention, high: NumberMention) -> Decimal:
    if low.scaled or not high.scaled:
        return Decimal(1)
    factor = Decimal(1)
    for candidate in sorted(set(scales()[0].values())):
        if high.value >= candidate and low.value * candidate < high.value:
            factor = candidate
    return factor
