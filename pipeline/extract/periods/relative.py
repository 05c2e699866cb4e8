"""Readings of spans that are counted from another.

`last year`, `a month earlier`, `the same period`, `so far`.
"""

from __future__ import annotations

import re
from typing import Any, Final

from pipeline.extract.periods.calendar import Match, from_end, mention, month_span, year_in
from pipeline.extract.periods.grammar import month_number, number_of, relative_year
from pipeline.model.period import Period, PeriodMention


def read_relative_year(match: Match) -> PeriodMention:
    return mention(match, Period(None), kind="year")


def read_relative_part(match: Match) -> PeriodMention | None:
    """`last year's fourth quarter`, `2004's first half`."""
    part = match["part"].lower()
    number = number_of(match["o"]) if match["o"].lower() not in ("final", "last", "latter") else 0
    year = year_in(match, "y")
    if part.startswith("month"):
        months = number_of(match["n"])
        return mention(match, Period(year, 1, months), kind="months") if 2 <= months <= 11 else None
    if part.startswith("half"):
        return mention(match, Period(year, 1 if number == 1 else 7, 6), kind="half")
    quarter = number or 4
    return mention(match, Period(year, quarter * 3 - 2, 3), kind="quarter") if quarter <= 4 else None


def read_last_named_month(match: Match) -> PeriodMention:
    which = match["which"].lower()
    last = which in ("last", "past", "previous")
    more = {"year_from": "last" if last else "this", "years_back": int(last)}
    return mention(match, Period(None, month_number(match["m"]), 1), kind="month", **more)


def read_next_named_month(match: Match) -> PeriodMention:
    """`by next June`: the first one after the publication."""
    return mention(match, Period(None, month_number(match["m"]), 1), kind="rolling", year_from="next", years_back=-1)


_UNITS: Final[dict[str, tuple[Period, str, str | None]]] = {
    "month": (Period(None, 1, 1), "month", "mom"),
    "quarter": (Period(None, 1, 3), "quarter", "qoq"),
    "week": (Period(None, 1, 1, 1, 7), "week", "previous"),
    "fortnight": (Period(None, 1, 1, 1, 14), "week", "previous"),
    "season": (Period(None, 1, 12), "season", "yoy"),
    "half": (Period(None, 1, 6), "half", "previous"),
    "year": (Period(None, 1, 12), "year", "yoy"),
    "day": (Period(None, 1, 1, 1, 1), "date", "previous"),
    "period": (Period(None, 1, 12), "same", "previous"),
}


def _unit(match: Match) -> tuple[Period, str, str | None]:
    return _UNITS[match["unit"].lower().rstrip("s").removesuffix("ly")]


def read_before(match: Match) -> PeriodMention:
    """`a year earlier`, `the month before`, `the previous week`, `two years ago`.

    A step back from the current span.
    """
    period, kind, comparison = _unit(match)
    count = number_of(match.groupdict().get("n") or "1")
    back = count if kind == "year" else 0
    more = {"year_from": "before", "years_back": back, "comparison": comparison if count == 1 else "previous"}
    return mention(match, period, kind=kind, **more)


def read_quarter_before(match: Match) -> PeriodMention:
    """`three months before`: in a text on quarters the quarter before."""
    return mention(match, Period(None, 1, 3), kind="quarter", year_from="before", comparison="qoq")


def read_half_before(match: Match) -> PeriodMention:
    """`six months earlier`: a half before a half, as long before a shorter span."""
    return mention(match, Period(None, 1, 6), kind="half", year_from="before", comparison="previous")


def read_twelve_months_before(match: Match) -> PeriodMention:
    """`12 months ago`: a year before."""
    return mention(match, Period(None), kind="year", year_from="before", years_back=1, comparison="yoy")


def read_this_unit(match: Match) -> PeriodMention:
    period, kind, comparison = _unit(match)
    which = match["which"].lower()
    if which == "last":
        # Counted from the publication, unlike `the previous month`: one back.
        return mention(match, period, kind=kind, year_from="before", years_back=1, comparison=comparison)
    return mention(match, period, kind=kind, year_from="same", same=which in ("the", "that", "same"))


def read_same(match: Match) -> PeriodMention | None:
    year = year_in(match, "y0", "y")
    if match[0].lower().endswith("same time"):
        return None
    return mention(match, Period(year), kind="same", same=True, **_year_ago(match))


def _year_ago(match: Match) -> dict[str, Any]:
    relative = match.groupdict().get("rel")
    return {"comparison": "yoy"} if relative and relative_year(relative)[0] in ("before", "last") else {}


def read_year_ago_period(match: Match) -> PeriodMention:
    more = {"year_from": "before", "years_back": 1, "comparison": "yoy"}
    return mention(match, Period(None), kind="same", same=True, **more)


def read_same_month_last_year(match: Match) -> PeriodMention:
    month = month_number(match["m"])
    return mention(match, Period(year_in(match, "y"), month, 1), kind="month", same=False)


def read_ended(match: Match) -> PeriodMention | None:
    unit = match["unit"].lower()
    count = number_of(match.groupdict().get("n") or "1")
    months = count * {"year": 12, "season": 12, "quarter": 3, "month": 1, "half": 6}[unit.rstrip("s")]
    if not 1 <= months <= 1200:
        return None
    period = from_end(year_in(match, "y"), month_number(match["m"]), months)
    if "next" in match[0].lower():
        return mention(match, period, kind="rolling", year_from="next", years_back=-1)
    # `rose 1.9 pct in the month to mid-March`
    monthly = "mom" if (months, unit) == (1, "month") and re.match(r"month\s+to\b", match[0], re.I) else None
    return mention(match, period, kind="rolling", comparison=monthly)


def read_starting(match: Match) -> PeriodMention:
    """`the crop year starting September 1`: the twelve months from then; the next one, or the running one where it
    `started`."""
    period = Period(year_in(match, "y"), month_number(match["m"]), 12)
    begun = re.search(r"start(?:ed)|began", match[0], re.IGNORECASE) is not None
    more: dict[str, Any] = {} if period.year is not None else {"year_from": "none" if begun else "next"}
    return mention(match, period, kind="starting", **more)


def read_week_ended(match: Match) -> PeriodMention | None:
    """`the week to 9 May`, `the seven days ended May 9`: the days up to that one."""
    count = number_of(match.groupdict().get("n") or "1")
    days = count if match["unit"].lower() == "days" else 7 * min(count, 53)
    if not 1 <= days <= 371:
        return None
    end = Period(year_in(match, "y"), month_number(match["m"]), 1, number_of(match["d"]), days)
    return mention(match, end.shifted(days=1 - days), kind="week")


def read_past(match: Match) -> PeriodMention:
    count = number_of(match.groupdict().get("n") or "1")
    unit = match["unit"].lower().rstrip("s")
    if unit in ("week", "day"):
        return mention(match, Period(None, 1, 1, 1, min(count, 500) * (7 if unit == "week" else 1)), kind="past")
    return mention(match, Period(None, 1, count * {"year": 12, "quarter": 3, "month": 1}[unit]), kind="past")


def read_to_date(match: Match) -> PeriodMention:
    relative = match.groupdict().get("which")
    more = {"year_from": "last", "years_back": 1} if relative and relative.lower() == "last" else {"year_from": "this"}
    return mention(match, Period(year_in(match, "y"), 1, 12), kind="ytd", **more)


_SUPERLATIVE: Final = re.compile(
    r"(?:\w+est|first|best|worst|least|time|high|low|record|since|with)\s+(?:\w+\s+){0,3}in\s+$"
)


def read_running_months(match: Match) -> PeriodMention | None:
    """`up 1.6% in seven months`: the first months of the year, unless it is `the lowest in seven months`."""
    before = match.string[max(0, match.start() - 60) : match.start()]
    months = number_of(match["n"])
    if not 2 <= months <= 11 or not re.search(r"\b[Ii]n\s+$", before) or _SUPERLATIVE.search(before):
        return None
    return mention(match, Period(None, 1, months), kind="months")


def read_first_days_of_month(match: Match) -> PeriodMention | None:
    """`the first 20 days of this month`: counted in the month that runs when the text is published."""
    days = number_of(match["n"]) * (7 if match["unit"].lower().startswith("week") else 1)
    return mention(match, Period(None, 1, 1, 1, days), kind="days", year_from="same") if 1 <= days <= 31 else None


def read_whole_year(match: Match) -> PeriodMention:
    """`the full year`, `for the year as a whole`: the calendar year that the text speaks of."""
    return mention(match, Period(None), kind="year", year_from="same")


def read_year_past(match: Match) -> PeriodMention:
    """`in the year just past`"""
    if re.search(r"\b(?:financial|fiscal)\s+$", match.string[: match.start()], re.IGNORECASE):
        return mention(match, Period(None, 4, 12), kind="rolling")
    return mention(match, Period(None), kind="year", year_from="last", years_back=1)


_SPOKEN: Final = re.compile(r"\b(?:in|over|during|for|of|across)\s+(?:the|these|those|all)\s+$", re.IGNORECASE)
_GOES_ON: Final = re.compile(
    r"\s+(?:ago|earlier|later|before|after|since|of|from|between|running|in\s+a\s+row|(?:to|through|ended|ending|until)"
    r"\s+(?:the\s+)?(?:end\b|[a-z]))",
    re.IGNORECASE,
)


def read_spoken_half(match: Match) -> PeriodMention | None:
    """`output for the half-year`: the half that the text has spoken of, else the first."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    return mention(match, Period(None, 1, 6), kind="spoken") if _SPOKEN.search(before) else None


def read_spoken_months(match: Match) -> PeriodMention | None:
    """`in the three months`, `over the three quarters`: the span of that length that the text has spoken of, else
    the first of the year."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    months = number_of(match["n"]) * (3 if match["unit"].lower() == "quarters" else 1)
    if not 2 <= months <= 11 or not _SPOKEN.search(before) or _GOES_ON.match(match.string, match.end()):
        return None
    return mention(match, Period(None, 1, months), kind="spoken")


def read_joined_months(match: Match) -> PeriodMention | None:
    """`the nine-month trade deficit`: the first nine months."""
    months = number_of(match["n"])
    return mention(match, Period(None, 1, months), kind="months") if 2 <= months <= 11 else None


def read_relative_months(match: Match) -> PeriodMention | None:
    first = month_number(match["m"])
    last = month_number(match["m2"]) if match["m2"] else first
    period = month_span(first, last, None, None)
    return None if period is None else mention(match, period, kind="month" if period.months == 1 else "months")
