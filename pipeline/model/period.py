"""A span of time as statistics name it, with an unknown year allowed, and its mention in a text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Role = Literal["plain", "comparison", "since", "deadline", "point", "date"]
Comparison = Literal["yoy", "mom", "qoq", "previous"]
YearFrom = Literal["stated", "none", "this", "last", "next", "before", "same"]
Kind = Literal[
    "year", "years", "half", "quarter", "month", "months", "days", "date", "week",
    "plan", "season", "fiscal", "rolling", "past", "ytd", "same", "phrase", "spoken", "step", "starting",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """`months` months (or `days` days from `day`) beginning in `month` of `year`; `year` None where unknown.

    Not supported: clock times, ISO weeks as such (a week is 7 days from its first day).
    """

    year: int | None
    month: int = 1
    months: int = 12
    day: int | None = None
    days: int | None = None

    def code(self) -> str:
        """The shortest SDMX time period that says it (`2021-S1`, `2020-Q3`, `2021-01-01/P11M`).

        XXXX for no year.
        """
        year = "XXXX" if self.year is None else f"{self.year:04}"
        if self.days is not None:
            start = f"{year}-{self.month:02}-{self.day or 1:02}"
            return start if self.days == 1 else f"{start}/P{self.days}D"
        if self.months == 12 and self.month == 1:
            return year
        if self.months == 6 and self.month in (1, 7):
            return f"{year}-S{1 if self.month == 1 else 2}"
        if self.months == 3 and self.month % 3 == 1:
            return f"{year}-Q{(self.month + 2) // 3}"
        if self.months == 1:
            return f"{year}-{self.month:02}"
        span = f"{self.months // 12}Y" if self.months % 12 == 0 else f"{self.months}M"
        return f"{year}-{self.month:02}-01/P{span}"

    def shifted(self, years: int = 0, months: int = 0, days: int = 0) -> Period:
        """The period of equal length `years`, `months` and `days` later (negative: earlier).

        `days` moves day spans only; without a year the calendar of a common year counts.
        """
        index = (self.month - 1) + months
        carried = index // 12
        year = None if self.year is None else self.year + years + carried
        moved = replace(self, year=year, month=index % 12 + 1)
        return moved._by_days(days) if days and self.days is not None else moved

    def _by_days(self, days: int) -> Period:
        start = safe_date(self.year, self.month, self.day or 1) + timedelta(days=days)
        return replace(self, year=None if self.year is None else start.year, month=start.month, day=start.day)

    def last_month(self) -> tuple[int, int]:
        """Years after the starting year, and the month (1-12), in which the period ends."""
        if self.days is not None:
            start = safe_date(self.year, self.month, self.day or 1)
            end = start + timedelta(days=max(self.days, 1) - 1)
            return end.year - start.year, end.month
        index = self.month - 1 + self.months - 1
        return index // 12, index % 12 + 1


def safe_date(year: int | None, month: int, day: int) -> date:
    """The day of the calendar, or the last day of its month where there is no such day.

    2001 where `year` is None.
    """
    known = min(max(2001 if year is None else year, 2), 9990)
    for candidate in (day, 30, 29, 28):
        try:
            return date(known, month, min(candidate, day))
        except ValueError:
            continue
    return date(known, month, 1)


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A span of time named between the characters `start` and `end` of a text.

    `period` holds what the words say; its year is None where they give none, and `year_from` tells how to
    find it: by the date of publication (`this`, `last`, `next`), by the current period (`before`: the year
    or month before it, `same`), or by the latest occurrence (`none`). `years_back` counts the years of
    `last` and `before` (0 for `before` a month, quarter or week: then `comparison` says which). `role`:
    `comparison` names the base of a change; `since`, `deadline`, `point` and `date` are no spans of a flow.
    `same`: the words repeat the current period ("the same period", "in the period"). `of_year`: words name the year
    of a part (`the first quarter of that year`).
    """

    start: int
    end: int
    period: Period
    year_from: YearFrom = "stated"
    role: Role = "plain"
    comparison: Comparison | None = None
    same: bool = False
    kind: Kind = "year"
    years_back: int = 0
    of_year: bool = False
