"""Calendar dates in short stretches of text: bylines, labels, datelines.

Read are `2024-07-15`, `2024.12.23`, `2024/7/5`, `2024年7月5日`, `2024년 7월 5일`, `29.01.2024`, `29/01/24`,
`29 / 01 / 2024`, `14 September 2022`, `7 AUG 2024`, `19-MAR-1987`, `Oct 26, 2022`, `July 21`, `November 2022`, with
ordinals.

Not supported: other calendars, weeks, relative dates (`yesterday`), month names in other languages than
English.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb", "febr"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""(?=[\dJFMASONDjfmasond])(?<![\d.,$£€¥])(?<!\d:)(?:
      (?P<y1>{_YEAR})(?:\s?[-/.年년]\s?|\ (?=\d\d\ \d\d\s*(?:\n|$)))
      (?P<m1>\d{{1,2}})(?:\s?[-/.月월]\s?|(?<=\ \d\d)\ )(?P<d1>\d{{1,2}})[日일]?(?!\d|[.,-]\d)
    | (?P<a>\d{{1,2}})(?P<sep>[-/.]|\ /\ )(?P<b>\d{{1,2}})(?P=sep)(?P<y2>{_YEAR}|\d\d)(?!\d|[.,/-]\d)
    | (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[ -]?(?:of\ )?(?P<m3>{_NAME})\b\.?,?[ -]?(?P<y3>{_YEAR})?(?!\d)
    | (?P<m4>{_NAME})\b\.?\ ?(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%])(?:,?\ ?(?P<y4>{_YEAR})(?!\d))?
    | (?P<m5>{_NAME})\b\.?,?\ (?P<y5>{_YEAR})(?!\d)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_TWO_DIGIT_PIVOT = 70


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and its span in the text that was searched; `year` or `day` is None where the text doesn't say
    it."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    @property
    def code(self) -> str:
        """`YYYY-MM-DD`, `YYYY-MM` or `XXXX-MM-DD`."""
        year = f"{self.year:04}" if self.year else "XXXX"
        return f"{year}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


def find_dates(text: str, month_first: bool = False) -> Iterator[FoundDate]:
    """The dates in a text in order; `month_first` decides `03/04/2024`, where both orders are possible."""
    for found in _DATE.finditer(text):
        year, month, day = _fields(found, month_first)
        if _exists(year, month, day):
            yield FoundDate(found.start(), found.end(), year, month, day)


def writes_month_first(text: str) -> bool:
    """Whether the dates with slashes in a text put the month first, as one with a day above 12 shows."""
    return re.search(r"(?<!\d)(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?:\d\d){1,2}(?!\d)", text) is not None


def _fields(found: re.Match[str], month_first: bool) -> tuple[int | None, int, int | None]:
    group = found.groupdict()
    if group["y1"]:
        return int(group["y1"]), int(group["m1"]), int(group["d1"])
    if group["y2"]:
        return _century(group["y2"]), *_ordered(int(group["a"]), int(group["b"]), group["sep"].strip(), month_first)
    name = group["m3"] or group["m4"] or group["m5"]
    year = group["y3"] or group["y4"] or group["y5"]
    day = group["d3"] or group["d4"]
    return int(year) if year else None, _MONTHS[name.lower()], int(day) if day else None


def _ordered(first: int, second: int, separator: str, month_first: bool) -> tuple[int, int]:
    """Month and day of two numbers: the day stands first but where it cannot, or where the text shows
    otherwise."""
    if second > 12 or (month_first and separator == "/" and first <= 12):
        return first, second
    return second, first


def _century(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return 1900 + year if year >= _TWO_DIGIT_PIVOT else 2000 + year


def _exists(year: int | None, month: int, day: int | None) -> bool:
    try:
        datetime.date(year or 2000, month, day or 1)
    except ValueError:
        return False
    return True
