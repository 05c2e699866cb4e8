"""Spans of a whole year that words make of the period in force: `the annual goal`, `over 12 months`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.state.context import Context
from pipeline.extract.words.items import Item
from pipeline.model.period import Period

_YEAR = 12
YEARLY = ("annual", "full-year", "yearly")
_OF_A_YEAR = ("total", "figure", "exports", "imports", "surplus", "deficit", "goal", "target", "aim", "plan", "quota")


def yearly(left: Sequence[Item]) -> bool:
    """`taking the annual total up 35.4%`, `an annual goal of`"""
    return any(one.is_word(*YEARLY) and other.lower in _OF_A_YEAR for one, other in zip(left, left[1:], strict=False))


def twelve_months(left: Sequence[Item], context: Context) -> Period | None:
    """`Over 12 months, exports added up to`: the year that ends with the period in force."""
    now = context.period
    said = any(item.kind == "period" and item.lower in ("over 12 months", "over twelve months") for item in left[:2])
    if not said or now is None or now.days is not None:
        return None
    return replace(now.shifted(months=now.months - _YEAR), months=_YEAR)


def is_rolling(period: Period | None, now: Period | None) -> bool:
    """Whether a period is the year that ends with the shorter one in force: it holds for its figure alone."""
    if period is None or now is None or now.months >= _YEAR or period.months != _YEAR or period.month == 1:
        return False
    return period == replace(now.shifted(months=now.months - _YEAR), months=_YEAR)
