"""Days of markets: when something closed or traded, and months of delivery, which are no time of a price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.extract.attach.state.context import Context
from pipeline.extract.periods.spans import published_day
from pipeline.extract.words.items import Item
from pipeline.model.period import Period

_MARKET = frozenset("traded closed opened fixed quoted ended settled trading finished".split())
_DEALT = _MARKET | frozenset("futures contract contracts delivery".split())
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def delivery(items: Sequence[Item], i: int) -> bool:
    """`December cocoa closed at 1,241`, `copper for March delivery`: the month in which the goods are due."""
    if items[i].data.kind != "month" or items[i].data.year_from != "none" or i + 1 >= len(items):
        return False
    if items[i - 1].is_word("for") and any(item.is_word("contract", "contracts", "futures") for item in items[:i]):
        return any(item.lower in _MARKET for item in items[i:])
    goods = items[i + 1].kind == "word" and items[i + 1].tag.startswith("NN")
    return goods and any(item.lower in _DEALT for item in items[i + 1 : i + 5])


def market_day(left: Sequence[Item], right: Sequence[Item], context: Context) -> Period | None:
    """The day of what a market did (`Brent traded today at 18.75 dlrs`, `closed on Friday at`), or None."""
    near = [*left, *right]
    if not any(item.lower in _MARKET for item in near):
        return None
    day = published_day(context.published)
    if day.year is None or day.month is None or not day.day:
        return None
    published = date(day.year, day.month, day.day)
    if any(item.is_word("today") for item in near):
        return _on(published)
    named = next((_WEEKDAYS.index(item.lower) for item in near if item.lower in _WEEKDAYS), None)
    if named is None:
        return _on(published - timedelta(days=1)) if any(item.is_word("yesterday") for item in near) else None
    return _on(published - timedelta(days=(published.weekday() - named) % 7))


def _on(day: date) -> Period:
    return Period(day.year, day.month, 1, day.day, 1)
