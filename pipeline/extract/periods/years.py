"""Gives period mentions their year: by the words, the date of publication, or the period spoken of.

Three rules, in this order. What is stated stays. `this year`, `last year` count from the date of
publication. A bare month, quarter or half is the latest that had ended, or was ending, when the text was
published; without that date, the one in the year of the current period. Where nothing tells the year it
stays None.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from pipeline.extract.periods.spans import (
    PublishedDay,
    base_of,
    comparison_between,
    published_day,
    stepped_back,
    with_end_year,
)
from pipeline.model.period import Period, PeriodMention, safe_date

__all__ = ["Basis", "Resolved", "base_of", "comparison_between", "resolve"]

_RUNNING = ("month", "quarter", "half", "week", "days")
Basis = Literal["stated", "published", "context", "none"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A period and how its year is known: `stated`, `published`, `context`, or `none` where it is not."""

    period: Period
    basis: Basis


def resolve(
    mention: PeriodMention, *, published: str | None, current: Period | None, forward: bool = False
) -> Resolved:
    """The period that `mention` names in a text `published` then (`YYYY-MM-DD`, `XXXX-07-21` or None).

    `current` is the period that the text speaks of at this place, or the latest year it states; None if
    there is none; `forward` says that the sentence looks ahead.
    A mention with the role `comparison` gives its base (`base_of`) where `current` is known.
    """
    day = published_day(published)
    if mention.role == "comparison" and current is not None:
        return Resolved(base_of(current, mention, published=published), "context")
    spoken = mention.kind == "spoken" and current is not None and _fits(current, mention.period)
    if mention.same or mention.kind == "phrase" or spoken:
        return _repeated(mention, day, current)
    if mention.period.year is not None:
        return _stated(mention, current)
    if mention.kind == "past":
        return _past(mention.period, day)
    if mention.kind == "ytd":
        return _to_date(mention, day, current)
    if mention.kind == "fiscal" and current is not None and current.months == mention.period.months:
        return Resolved(current, "context")
    if (season := _of_season(mention, day)) is not None:
        return season
    if mention.year_from in ("this", "last", "next"):
        return _counted(mention, day)
    if mention.year_from in ("before", "same"):
        return _beside(mention, day, current, forward)
    return _latest(mention.period, day, current, forward)


def month_of(published: str | None) -> tuple[int, int]:
    """The year and month of publication; beyond all where it is not known."""
    day = published_day(published)
    return (day.year, day.month or 12) if day.year is not None else (9999, 12)


def _of_season(mention: PeriodMention, day: PublishedDay) -> Resolved | None:
    """`in the season to next September`, `the crop year starting September 1`: by where they end and begin."""
    if day.year is None or day.month is None:
        return None
    if mention.kind == "rolling" and mention.year_from == "next":
        # the first one that ends after the publication
        end = mention.period.last_month()[1]
        return Resolved(with_end_year(mention.period, day.year + (end <= day.month)), "published")
    if mention.kind != "starting":
        return None
    # In July that of this year, or one that has just begun; one that `started` lies behind.
    ahead = mention.year_from == "next" and mention.period.month < day.month - 2
    late = mention.year_from != "next" and mention.period.month > day.month
    return Resolved(replace(mention.period, year=day.year + ahead - late), "published")


def _comes_soon(period: Period, day: PublishedDay) -> bool:
    """`will reach 2.2 billion in the fourth quarter`, in October: the one that ends within half a year."""
    if day.year is None or day.month is None or period.days is not None:
        return False
    carried, last = period.last_month()
    return carried <= 1 and 0 < (last - day.month) % 12 <= max(5, period.months)


def _stated(mention: PeriodMention, current: Period | None) -> Resolved:
    """What is stated; but a season without months takes those the text has given the same season."""
    period = mention.period
    unbounded = mention.kind == "season" and (period.month, period.months) == (7, 12)
    if unbounded and current is not None and current.year == period.year and current.last_month()[0] == 1:
        return Resolved(current, "context")
    split = mention.kind in ("fiscal", "season") and period.months == 12
    if split and current is not None and current.months == 12 and current.month not in (1, period.month):
        # `in 1985/86` beside `the year ending October 1987`
        return Resolved(replace(period, month=current.month), "context")
    return Resolved(period, "stated")


def _repeated(mention: PeriodMention, day: PublishedDay, current: Period | None) -> Resolved:
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


def _counted(mention: PeriodMention, day: PublishedDay) -> Resolved:
    if day.year is None:
        return Resolved(mention.period, "none")
    if mention.kind == "season" and not mention.years_back and day.month is not None:
        # `this season`: the one that the text was published in
        return Resolved(replace(mention.period, year=day.year - (day.month < mention.period.month)), "published")
    return Resolved(with_end_year(mention.period, day.year - mention.years_back), "published")


def _beside(mention: PeriodMention, day: PublishedDay, current: Period | None, forward: bool) -> Resolved:
    """`the year before`, `last month`, `that year`.

    Counted from the current period, else from the publication.
    """
    if mention.year_from == "same":
        return _same_year(mention, day, current, forward)
    if mention.kind == "year":
        if current is not None:
            return Resolved(current.shifted(years=-mention.years_back), "context")
        return _counted(mention, day)
    if mention.kind == "week" and mention.years_back and (week := _last_week(day, current)) is not None:
        return Resolved(week, "published")
    last = mention.years_back and mention.kind in ("month", "quarter", "half") and day.month is not None
    if current is not None and mention.comparison is not None and _fits(current, mention.period) and not last:
        return Resolved(stepped_back(current, mention.comparison), "context")
    if mention.kind == "week" and current is not None and current.days is not None and mention.period.days:
        # `a fortnight earlier` than a day
        return Resolved(current.shifted(days=-mention.period.days), "context")
    if mention.kind == "half" and current is not None and current.months < mention.period.months:
        # `six months earlier` than a month
        return Resolved(current.shifted(months=-mention.period.months), "context")
    if mention.kind in ("month", "quarter", "half") and mention.period.month == 1 and day.month is not None:
        months = mention.period.months
        running = Period(day.year, (day.month - 1) // months * months + 1, months)
        return Resolved(running.shifted(months=-months), "published" if day.year is not None else "none")
    return _with_context_year(mention.period, current)


def _fits(current: Period, named: Period) -> bool:
    return (current.days, current.months) == (named.days, named.months)


def _last_week(day: PublishedDay, current: Period | None) -> Period | None:
    """`last week`: the week that the text speaks of where it is the last one, else that before the publication."""
    if day.year is None or day.month is None or day.day is None:
        return None
    today = date(day.year, day.month, day.day)
    if current is not None and current.days == 7 and current.year is not None and current.day is not None:
        begun = today - date(current.year, current.month, current.day)
        if timedelta(days=6) < begun <= timedelta(days=14):
            return current
    monday = today - timedelta(days=today.weekday() + 7)
    return Period(monday.year, monday.month, 1, monday.day, 7)


def _same_year(mention: PeriodMention, day: PublishedDay, current: Period | None, forward: bool) -> Resolved:
    period = mention.period
    if mention.kind in _RUNNING and period.month == 1 and mention.comparison is None and not mention.of_year:
        unit = _running(period, day, current)
        if unit is not None:
            return unit
    known = current.year if current is not None else None
    if mention.kind == "year" and day.year is not None and (forward if known is None else known < day.year - 1):
        # `aims at 13 billion yuan for the whole year`, after a look back at 2016 or none
        return Resolved(replace(period, year=day.year), "published")
    if known is not None:
        return Resolved(with_end_year(period, known), "context")
    return _latest(period, day, current)


def _running(period: Period, day: PublishedDay, current: Period | None) -> Resolved | None:
    """`this week`, `this month`, `this quarter`."""
    if period.days == 7 and day.year and day.month and day.day:
        today = date(day.year, day.month, day.day)
        monday = today - timedelta(days=today.weekday())
        return Resolved(Period(monday.year, monday.month, 1, monday.day, 7), "published")
    if period.days is not None:
        month = None if period.days == 7 else _running(Period(None, 1, 1), day, current)
        return None if month is None else replace(month, period=replace(month.period, day=1, days=period.days))
    if day.month is not None:
        first = (day.month - 1) // period.months * period.months + 1
        return Resolved(Period(day.year, first, period.months), "published" if day.year else "none")
    return Resolved(current, "context") if current is not None and _fits(current, period) else None


def _with_context_year(period: Period, current: Period | None) -> Resolved:
    if current is None or current.year is None:
        return _unknown(period)
    return Resolved(with_end_year(period, current.year), "context")


def _latest(period: Period, day: PublishedDay, current: Period | None, forward: bool = False) -> Resolved:
    """The latest occurrence that had begun its last month by the publication.

    Else the one nearest to `current`; `forward`, the one that is about to come.
    """
    carried, last = period.last_month()
    if forward and day.year is not None and _comes_soon(period, day):
        return Resolved(replace(period, year=day.year - carried + (last < (day.month or 0))), "published")
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
    return (
        start.toordinal()
        and safe_date(None, period.month, period.day).fromordinal(start.toordinal() + max(period.days, 1) - 1).day
    )


def _nearest_year(period: Period, current: Period) -> int:
    """The year of the end of a bare `period` beside the current one.

    After a month, the month nearest before it.
    """
    year = current.year or 0
    if current.months != 1 or period.months != 1:
        return year
    ahead = period.month - current.month
    if ahead > 3:
        return year - 1
    return year + 1 if ahead < -8 else year


def _past(period: Period, day: PublishedDay) -> Resolved:
    """`the past year`: the calendar year before if published in the first months, else the 12 months before.

    `the past five years` are the five calendar years before the year of publication.
    """
    if day.year is None or day.month is None:
        return Resolved(period, "none")
    if period.days is not None:
        end = safe_date(day.year, day.month, day.day or 1)
        return Resolved(Period(end.year, end.month, 1, end.day, period.days).shifted(days=-period.days), "published")
    if period.months % 12 == 0 and (period.months > 12 or day.month <= 3):
        return Resolved(Period(day.year - period.months // 12, 1, period.months), "published")
    start = Period(day.year, day.month, period.months).shifted(months=-period.months)
    return Resolved(start, "published")


def _to_date(mention: PeriodMention, day: PublishedDay, current: Period | None) -> Resolved:
    """`so far this year`.

    The running span of the text where it has one, else the months before the publication.
    """
    year = mention.period.year if mention.period.year is not None else day.year
    if current is not None and current.month == 1 and current.months < 12 and current.days is None:
        return Resolved(replace(current, year=current.year if year is None else year), "context")
    if current is not None and current.months == 1 and current.year == year and current.days != 1:
        return Resolved(Period(year, 1, current.month), "context")
    if day.month is None:
        return Resolved(replace(mention.period, year=year), "none" if year is None else "published")
    return Resolved(Period(year, 1, max(day.month - 1, 1)), "published" if year is not None else "none")
