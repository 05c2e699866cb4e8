"""A span of time as statistics name it, with an unknown year allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Period:
    """`months` months (or `days` days, counted from `day`) beginning in `month` of `year`; `year` None where unknown.

    Not supported: clock times, ISO weeks as such (a week is 7 days from its first day).
    """

    year: int | None
    month: int = 1
    months: int = 12
    day: int | None = None
    days: int | None = None

    def code(self) -> str:
        """The shortest SDMX time period that says it (`2021-S1`, `2020-Q3`, `2021-01-01/P11M`); XXXX for no year."""
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

    def shifted(self, years: int = 0, months: int = 0) -> Period:
        """The period of equal length `years` and `months` later (negative: earlier)."""
        index = (self.month - 1) + months
        carried = index // 12
        year = None if self.year is None else self.year + years + carried
        return replace(self, year=year, month=index % 12 + 1)
