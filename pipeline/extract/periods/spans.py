"""The span that a change is measured against, and the steps from one span to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from pipeline.model.period import Comparison, Period, PeriodMention, safe_date

_DATE: Final = re.compile(r"(\d{4}|XXXX)-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """A date of publication; any part may be unknown."""

    year: int | None
    month: int | None
    day: int | None


def published_day(published: str | None) -> PublishedDay:
    """The parts of `YYYY-MM-DD`, `YYYY-MM` or `XXXX-07-21`; all unknown where the string is no date."""
    match = _DATE.match(published or "")
    if match is None:
        return PublishedDay(None, None, None)
    year = None if match[1] == "XXXX" else int(match[1])
    return PublishedDay(year, int(match[2]), int(match[3]) if match[3] else None)


def with_end_year(period: Period, year: int) -> Period:
    """The period set so that it ends in `year`; a span of days that runs into March counts a 29 February in."""
    carried, _ = period.last_month()
    placed = replace(period, year=year - carried)
    if period.days == 7 and period.day is not None:
        end = safe_date(None, period.month, period.day).toordinal() + 6
        last = safe_date(None, 1, 1).fromordinal(end)
        anchored = Period(year, last.month, 1, last.day, 7)
        return anchored.shifted(days=-6)
    return placed


def base_of(current: Period, mention: PeriodMention, *, published: str | None = None) -> Period:
    """The span that a change in `current` is measured against, by a mention with the role `comparison`.

    `year-on-year`: the same span a year earlier; `in 2003`: the same months of 2003; `from October`: the
    October before; `the previous week`: the span of equal length before.
    """
    year = _base_year(current, mention, published)
    if mention.same or mention.kind in ("phrase", "year") or _is_step(mention):
        if year is not None and (mention.same or mention.kind == "year") and mention.comparison in ("yoy", None):
            return replace(current, year=year)
        if mention.kind == "year" and mention.years_back > 1:
            return current.shifted(years=-mention.years_back)
        if mention.kind == "half" and current.months < mention.period.months:
            return current.shifted(months=-mention.period.months)
        return stepped_back(current, mention.comparison or "yoy")
    if mention.period.year is not None:
        return mention.period
    if year is not None:
        return with_end_year(mention.period, year)
    return _before(mention.period, current)


def _is_step(mention: PeriodMention) -> bool:
    """`the previous month`, `a quarter earlier`, `the previous plan`: a step, with no month of its own."""
    return mention.year_from == "before" and mention.kind in (
        "month",
        "quarter",
        "week",
        "half",
        "plan",
        "season",
        "date",
    )


def _base_year(current: Period, mention: PeriodMention, published: str | None) -> int | None:
    if mention.period.year is not None:
        return mention.period.year
    if mention.year_from == "last":
        # "Last year" beside a span of an earlier year is counted from that span by the texts themselves.
        known = published_day(published).year
        counted = None if known is None else known - mention.years_back
        if counted is not None and (current.year is None or counted < current.year):
            return counted
        return None if current.year is None else current.year - 1
    if (
        mention.year_from in ("before", "same")
        and current.year is not None
        and mention.kind in ("month", "quarter", "half")
    ):
        return current.year - mention.years_back
    return None


def _before(period: Period, current: Period) -> Period:
    """The latest `period` that begins before `current` does, or lies in it (October of January-November)."""
    if current.year is None:
        return period
    carried, last = current.last_month()
    inside = current.months > period.months and period.month < last
    earlier = (period.month, period.day or 1) < (current.month, current.day or 1)
    if inside and not earlier:
        return replace(period, year=current.year + carried)
    return replace(period, year=current.year if earlier else current.year - 1)


def stepped_back(current: Period, comparison: Comparison) -> Period:
    """The base of a comparison of that kind: a year, a month, a quarter or the span's own length earlier."""
    if comparison == "yoy":
        return current.shifted(years=-1)
    if comparison == "mom":
        return _month_before(current)
    if comparison == "qoq":
        return _quarter_before(current)
    if current.days is not None:
        return current.shifted(days=-current.days)
    return current.shifted(months=-current.months)


def _month_before(current: Period) -> Period:
    if current.days is not None or current.months == 1:
        return current.shifted(months=-1)
    carried, last = current.last_month()
    return Period(None if current.year is None else current.year + carried, last, 1).shifted(months=-1)


def _quarter_before(current: Period) -> Period:
    if current.months <= 3:
        return replace(current, month=(current.month - 1) // 3 * 3 + 1, months=3).shifted(months=-3)
    carried, last = current.last_month()
    quarter = Period(None if current.year is None else current.year + carried, (last - 1) // 3 * 3 + 1, 3)
    return quarter.shifted(months=-3)


def comparison_between(current: Period, base: Period) -> Comparison:
    """What a comparison of `current` with `base` is: `yoy` for the same months of another year."""
    same_place = (current.month, current.months, current.day) == (base.month, base.months, base.day)
    if same_place and current.months <= 12 and (base.year is None or base.year != current.year):
        return "yoy"
    if base.days is not None or current.days is not None:
        return "previous"
    by_length: dict[int, Comparison] = {1: "mom", 3: "qoq"}
    return by_length.get(base.months, "previous")
