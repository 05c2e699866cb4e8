"""The year of a text without a date, from what it shows besides: the rate between an amount in two currencies
(`16.03 billion yuan ($2.52 billion)`), and the latest day that it dates (a photo caption), before which it
cannot have been written.

Neither alone settles a year: a rate comes back, and a caption says only `not before`. So the years from that day to
the end of the listed rates are tried, and one is taken where it alone fits. Not supported: currencies that the
European Central Bank did not list from that day on, daily figures, and texts later than the listed rates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from pipeline.extract.assemble import Placed
from pipeline.extract.attach.state.statement import Statement
from pipeline.lexicon.rates import listed, rates_within
from pipeline.model.period import Period

BEFORE, AFTER = timedelta(days=45), timedelta(days=75)
"""Customs convert at a rate of the month before, agencies at the day's, up to when the figures are out."""
NEAR = Fraction(5, 1000)
"""How far beside the listed rates a year still counts as possible, so that it bars the others."""
_REACH = 40


@dataclass(frozen=True, slots=True)
class Evidence:
    """A period with the year that the evidence gives it, and the evidence in words."""

    period: Period
    words: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """The lowest and highest rate that one amount printed in two currencies leaves room for."""

    sold: str
    bought: str
    low: Fraction
    high: Fraction
    period: Period


def year_evidence(placed: Sequence[Placed], earliest: Period | None) -> Evidence | None:
    """The period of the first amounts in two currencies with the only year that fits; None where none or several do.

    `earliest` is the latest day that the text dates.
    """
    if earliest is None or earliest.year is None:
        return None
    day = date(earliest.year, earliest.month, earliest.day or 1)
    for pair in _pairs(placed):
        found = _settled(pair, day)
        if found is not None:
            return found
    return None


def _settled(pair: _Pair, earliest: date) -> Evidence | None:
    bounds = listed(pair.sold, pair.bought)
    if bounds is None or bounds[0] > earliest - timedelta(days=366):
        return None
    years = range(earliest.year - 1, bounds[1].year + 1)
    dated = [replace(pair.period, year=year) for year in years]
    possible = [p for p in dated if _end(p) + AFTER >= earliest and _end(p) <= bounds[1]]
    near = [p for p in possible if _fits(pair, p, NEAR)]
    if len(near) != 1 or not _fits(pair, near[0], Fraction(0)):
        return None
    words = (
        f"{_printed(pair.low)} to {_printed(pair.high)} {pair.bought} for 1 {pair.sold} fits only "
        f"{near[0].code()} of {possible[0].year} to {possible[-1].year}; the text dates {earliest.isoformat()}"
    )
    return Evidence(near[0], f"inferred: {words}")


def _printed(rate: Fraction) -> str:
    return f"{Decimal(rate.numerator) / Decimal(rate.denominator):.3f}"


def _fits(pair: _Pair, period: Period, slack: Fraction) -> bool:
    rates = rates_within(pair.sold, pair.bought, date(period.year or 1, period.month, 1) - BEFORE, _end(period) + AFTER)
    return rates is not None and pair.low <= rates[1] * (1 + slack) and pair.high >= rates[0] * (1 - slack)


def _end(period: Period) -> date:
    """The first day after the period."""
    after = replace(period, days=None).shifted(months=period.months)
    return date(after.year or 1, after.month, 1)


def _pairs(placed: Sequence[Placed]) -> Iterator[_Pair]:
    for one, other in zip(placed, placed[1:], strict=False):
        if one.passage is not other.passage or one.sentence_start != other.sentence_start:
            continue
        first, second = one.statement, other.statement
        period = first.period
        between = one.passage.text[
            one.sentence_start + first.quantity.end : one.sentence_start + second.quantity.number.start
        ]
        bracketed = "(" in between and ")" not in between and len(between) <= _REACH
        if period is None or period.year is not None or period.days is not None or not bracketed:
            continue
        levels = first.reading.measure == second.reading.measure == "level"
        if levels and _money(first) and _money(second) and first.unit != second.unit:
            yield _pair(first, second, period)


def _money(statement: Statement) -> bool:
    return len(statement.unit) == 3 and statement.unit.isupper() and statement.quantity.number.lower > 0


def _pair(first: Statement, second: Statement, period: Period) -> _Pair:
    """Units of the first currency for one of the second."""
    one, other = first.quantity, second.quantity
    low = Fraction(one.number.lower * one.factor) / Fraction(other.number.upper * other.factor)
    high = Fraction(one.number.upper * one.factor) / Fraction(other.number.lower * other.factor)
    return _Pair(second.unit, first.unit, low, high, period)
