"""SDMX time periods as spans on a line of months or days, so that they can be shifted, nested and tiled."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

_MONTHS = re.compile(r"(\d{4}|XXXX)(?:-(\d\d)|-Q([1-4])|-S([12]))?")
_RANGE = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)/P(\d+)([YMD])")
_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")
UNKNOWN_YEAR = 2000
"""A year that stands for XXXX on the line; a leap year, so that every day of the calendar exists."""


@dataclass(frozen=True, slots=True)
class Span:
    """`length` months (or days, with `daily`) from `start`, months or days since year 0 or day 1.

    `dated` False: the year is unknown, and the span can be compared only within its document. `place` parts
    spans that say nothing (no period given) by the passage they stand in.
    """

    start: int
    length: int
    daily: bool = False
    dated: bool = True
    place: str = ""

    def shifted(self, months: int) -> Span:
        """The span of equal length `months` later; a daily span moves by calendar months."""
        if not self.daily:
            return replace(self, start=self.start + months)
        day = date.fromordinal(self.start)
        index = day.year * 12 + day.month - 1 + months
        first = date(index // 12, index % 12 + 1, 1)
        return replace(self, start=(first + timedelta(days=min(day.day, 28) - 1)).toordinal())

    def within(self, other: Span) -> bool:
        """Whether this span is a proper part of the other."""
        alike = (self.daily, self.dated, self.place) == (other.daily, other.dated, other.place)
        inside = other.start <= self.start and self.start + self.length <= other.start + other.length
        return alike and inside and self.length < other.length

    def code(self) -> str:
        """A name that is unique for the span."""
        unit = "d" if self.daily else "m"
        return f"{'' if self.dated else 'X'}{self.start}{unit}{self.length}{self.place}"


def span_of(code: str | None, place: str = "") -> Span:
    """The span of an SDMX period (`2021`, `2021-S1`, `XXXX-Q3`, `2021-01-01/P11M`, `2021-03-04`).

    None or an unknown code gives a span of its own for `place`, which agrees only with itself.
    """
    if code is not None:
        for pattern, build in ((_RANGE, _range), (_DAY, _day), (_MONTHS, _month)):
            found = pattern.fullmatch(code)
            if found:
                return build(found)
    return Span(0, 12, dated=False, place=f"@{code or ''}@{place}")


def _year(text: str) -> int:
    return UNKNOWN_YEAR if text == "XXXX" else int(text)


def _range(found: re.Match[str]) -> Span:
    year, month, day, count = _year(found[1]), int(found[2]), int(found[3]), int(found[4])
    dated = found[1] != "XXXX"
    if found[5] == "D" or day != 1:
        days = count * {"D": 1, "M": 30, "Y": 365}[found[5]]
        return Span(_ordinal(year, month, day), days, daily=True, dated=dated)
    return Span(year * 12 + month - 1, count * (12 if found[5] == "Y" else 1), dated=dated)


def _day(found: re.Match[str]) -> Span:
    return Span(_ordinal(_year(found[1]), int(found[2]), int(found[3])), 1, daily=True, dated=found[1] != "XXXX")


def _ordinal(year: int, month: int, day: int) -> int:
    return date(year, min(max(month, 1), 12), 1).toordinal() + day - 1


def _month(found: re.Match[str]) -> Span:
    start, dated = _year(found[1]) * 12, found[1] != "XXXX"
    if found[2]:
        return Span(start + int(found[2]) - 1, 1, dated=dated)
    if found[3]:
        return Span(start + 3 * (int(found[3]) - 1), 3, dated=dated)
    if found[4]:
        return Span(start + 6 * (int(found[4]) - 1), 6, dated=dated)
    return Span(start, 12, dated=dated)
