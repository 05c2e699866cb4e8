"""Gives period mentions their year: by the words, the date of publication, or the period spoken of.

Three rules, in this order. What is stated stays. `this year`, `last year` count from the date of publication. A bare
month, quarter or half is the latest that had ended, or was ending, when the text was published; without that date,
the one in the year of the current period. Where nothing tells the year it stays None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from pipeline.model.period import Comparison, Period, PeriodMention, safe_date

Basis = Literal["stated", "published", "context", "none"]
_DATE: Final = re.compile(r"(\d{4}|XXXX)-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A period and how its year is known: `stated`, `published`, `context`, or `none` where it is not."""

    period: Period
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Day:
    """A date of publication; any part may be unknown."""

    year: int | None
    month: int | None
    day: int | None


def _day(published: str | None) -> _Day:
    match = _DATE.match(published or "")
    if match is None:
        return _Day(None, None, None)
    year = None if match[1] == "XXXX" else int(match[1])
    return _Day(year, int(match[2]), int(match[3]) if match[3] else None)


def resolve(mention: PeriodMention, *, published: str | None, current: Period | None) -> Resolved:
    """The period that `mention` names in a text published on `published` (`YYYY-MM-DD`, `XXXX-07-21` or None).

    `current` is the period that the text speaks of at this place, or the latest year it states; None if there is none.
    A mention with the role `comparison` gives its base (`base_of`) where `current` is known.
    """
    day = _day(published)
    if mention.role == "comparison" and current is not None:
        return Resolved(base_of(current, mention, published=published), "context")
    if mention.same or mention.kind == "phrase":
        return _repeated(mention, day, current)
    if mention.period.year is not None:
        return Resolved(mention.period, "stated")
    if mention.kind == "rolling" and mention.period == replace(mention.period, year=None, month=1) and _is_past(mention):
        return _past(mention.period, day)
    if mention.kind == "ytd":
        return _to_date(mention, day, current)
    if mention.kind == "fiscal" and current is not None and current.months == mention.period.months:
        return Resolved(current, "context")
    if mention.year_from in ("this", "last", "next"):
        return _counted(mention, day)
    if mention.year_from in ("before", "same"):
        return _beside(mention, day, current)
    return _latest(mention.period, day, current)


def _is_past(mention: PeriodMention) -> bool:
    return mention.period.month == 1


def _repeated(mention: PeriodMention, day: _Day, current: Period | None) -> Resolved:
    if current is None:
        return _unknown(mention.period)
    year = mention.period.year
    if year is None and mention.year_from in ("this", "last", "next") and day.year is not None:
        year = day.year - mention.years_back
    if year is not None:
        return Resolved(replace(current, year=year), "stated" if mention.period.year else "published")
    if mention.year_from in ("last", "before"):
        return Resolved(current.shifted(years=-max(mention.years_back, 1)), "context")
    return Resolved(current, "context")


def _unknown(period: Period) -> Resolved:
    return Resolved(period, "none" if period.year is None else "stated")


def _counted(mention: PeriodMention, day: _Day) -> Resolved:
    if day.year is None:
        return Resolved(mention.period, "none")
    return Resolved(with_end_year(mention.period, day.year - mention.years_back), "published")


def _beside(mention: PeriodMention, day: _Day, current: Period | None) -> Resolved:
    """`the year before`, `last month`, `that year`: counted from the current period, else from the publication."""
    if mention.year_from == "same":
        return _same_year(mention, day, current)
    if mention.kind == "year":
        if current is not None:
            return Resolved(current.shifted(years=-mention.years_back), "context")
        return _counted(mention, day)
    if current is not None and mention.comparison is not None and _fits(current, mention.period):
        return Resolved(stepped_back(current, mention.comparison), "context")
    if mention.kind in ("month", "quarter", "half") and mention.period.month == 1 and day.month is not None:
        months = mention.period.months
        running = Period(day.year, (day.month - 1) // months * months + 1, months)
        return Resolved(running.shifted(months=-months), "published" if day.year is not None else "none")
    return _with_context_year(mention.period, current)


def _fits(current: Period, named: Period) -> bool:
    return (current.days, current.months) == (named.days, named.months)


def _same_year(mention: PeriodMention, day: _Day, current: Period | None) -> Resolved:
    period = mention.period
    if mention.kind in ("month", "quarter", "half") and period.month == 1 and mention.comparison is None:
        unit = _running(period, day, current)
        if unit is not None:
            return unit
    if current is not None and current.year is not None:
        return Resolved(with_end_year(period, current.year), "context")
    return _latest(period, day, current)


def _running(period: Period, day: _Day, current: Period | None) -> Resolved | None:
    """`this month`, `this quarter`."""
    if day.month is not None:
        first = (day.month - 1) // period.months * period.months + 1
        return Resolved(Period(day.year, first, period.months), "published" if day.year else "none")
    return Resolved(current, "context") if current is not None and _fits(current, period) else None


def _with_context_year(period: Period, current: Period | None) -> Resolved:
    if current is None or current.year is None:
        return _unknown(period)
    return Resolved(with_end_year(period, current.year), "context")


def _latest(period: Period, day: _Day, current: Period | None) -> Resolved:
    """The latest occurrence that had begun its last month by the publication; else the one nearest to `current`."""
    carried, last = period.last_month()
    if day.year is not None and day.month is not None:
        if period.days is not None:
            due = (last, _last_day(period)) <= (day.month, day.day or 31)
        else:
            due = last <= day.month
        return Resolved(replace(period, year=day.year - carried - (0 if due else 1)), "published")
    if current is None or current.year is None:
        return Resolved(period, "none")
    return Resolved(replace(period, year=_nearest_year(period, current) - carried), "context")


def _last_day(period: Period) -> int:
    if period.day is None or period.days is None:
        return 31
    start = safe_date(None, period.month, period.day)
    return start.toordinal() and safe_date(None, period.month, period.day).fromordinal(
        start.toordinal() + max(period.days, 1) - 1
    ).day


def _nearest_year(period: Period, current: Period) -> int:
    """The year of the end of a bare `period` beside the current one: after a month, the month nearest before it."""
    year = current.year or 0
    if current.months != 1 or period.months != 1:
        return year
    ahead = period.month - current.month
    if ahead > 3:
        return year - 1
    return year + 1 if ahead < -8 else year


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


def _past(period: Period, day: _Day) -> Resolved:
    """`the past year`: the calendar year before where published in January, else the 12 months before that month.

    `the past five years` are the five calendar years before the year of publication.
    """
    if day.year is None or day.month is None:
        return Resolved(period, "none")
    if period.days is not None:
        end = safe_date(day.year, day.month, day.day or 1)
        return Resolved(Period(end.year, end.month, 1, end.day, period.days).shifted(days=-period.days), "published")
    if period.months % 12 == 0 and (period.months > 12 or day.month == 1):
        return Resolved(Period(day.year - period.months // 12, 1, period.months), "published")
    start = Period(day.year, day.month, period.months).shifted(months=-period.months)
    return Resolved(start, "published")


def _to_date(mention: PeriodMention, day: _Day, current: Period | None) -> Resolved:
    """`so far this year`: the running span of the text where it has one, else the months before the publication."""
    year = mention.period.year if mention.period.year is not None else day.year
    if current is not None and current.month == 1 and current.months < 12 and current.days is None:
        return Resolved(replace(current, year=current.year if year is None else year), "context")
    if day.month is None:
        return Resolved(replace(mention.period, year=year), "none" if year is None else "published")
    return Resolved(Period(year, 1, max(day.month - 1, 1)), "published" if year is not None else "none")


def base_of(current: Period, mention: PeriodMention, *, published: str | None = None) -> Period:
    """The span that a change in `current` is measured against, by a mention with the role `comparison`.

    `year-on-year`: the same span a year earlier; `in 2003`: the same months of 2003; `from October`: the October
    before; `the previous week`: the span of equal length before.
    """
    year = _base_year(current, mention, published)
    if mention.same or mention.kind in ("phrase", "year") or _is_step(mention):
        if year is not None and (mention.same or mention.kind == "year") and mention.comparison in ("yoy", None):
            return replace(current, year=year)
        if mention.kind == "year" and mention.years_back > 1:
            return current.shifted(years=-mention.years_back)
        return stepped_back(current, mention.comparison or "yoy")
    if mention.period.year is not None:
        return mention.period
    if year is not None:
        return with_end_year(mention.period, year)
    return _before(mention.period, current)


def _is_step(mention: PeriodMention) -> bool:
    """`the previous month`, `a quarter earlier`, `the previous plan`: a step, with no month of its own."""
    return mention.year_from == "before" and mention.kind in ("month", "quarter", "week", "half", "plan", "season", "date")


def _base_year(current: Period, mention: PeriodMention, published: str | None) -> int | None:
    if mention.period.year is not None:
        return mention.period.year
    if mention.year_from == "last":
        # "Last year" beside a span of an earlier year is counted from that span by the texts themselves.
        known = _day(published).year
        counted = None if known is None else known - mention.years_back
        if counted is not None and (current.year is None or counted < current.year):
            return counted
        return None if current.year is None else current.year - 1
    if mention.year_from in ("before", "same") and current.year is not None and mention.kind in ("month", "quarter", "half"):
        return current.year - mention.years_back
    return None


def _before(period: Period, current: Period) -> Period:
    """The latest occurrence of `period` that begins before `current` does, or lies in it (October of January-November)."""
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
    """What a comparison of `current` with `base` is: `yoy` for the same months of another year, else by the step."""
    if (current.month, current.months, current.day) == (base.month, base.months, base.day) and base.year != current.year:
        return "yoy"
    if base.days is not None or current.days is not None:
        return "previous"
    if current.months == base.months:
        return {1: "mom", 3: "qoq", 12: "yoy"}.get(current.months, "previous")  # type: ignore[return-value]
    return {1: "mom", 3: "qoq"}.get(base.months, "previous")  # type: ignore[return-value]
