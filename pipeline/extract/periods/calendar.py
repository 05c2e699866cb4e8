"""Readings of spans that are named by the calendar: months, dates, quarters, halves, years, plans, seasons."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pipeline.extract.periods.grammar import ORDINAL, month_number, number_of, relative_year
from pipeline.model.period import Period, PeriodMention, safe_date

Match = re.Match[str]


def mention(match: Match, period: Period, **more: Any) -> PeriodMention:
    """The mention over the whole match; its year stated in groups y/y2 or given by rel, else none."""
    groups = match.groupdict()
    relative = groups.get("rel") or groups.get("rel2")
    if period.days is None:
        period = _in_split_year(match, period, counted=more.get("kind") in ("fiscal", "half") or "m" not in groups)
    if period.year is not None:
        found: tuple[str, int] = ("stated", 0)
    else:
        found = relative_year(relative) if relative else ("none", 0)
    fields: dict[str, Any] = {"year_from": found[0], "years_back": found[1], "of_year": relative is not None}
    return PeriodMention(match.start(), match.end(), period, **{**fields, **more})


def year_in(match: Match, *names: str) -> int | None:
    """The first year stated in one of the groups."""
    groups = match.groupdict()
    return next((int(groups[name]) for name in names if groups.get(name)), None)


def _in_split_year(match: Match, period: Period, counted: bool) -> Period:
    """The part of a split year (`2023-24`, from April) that is meant.

    Counted in it, or by the names of its months.
    """
    split = match.groupdict().get("split") or match.groupdict().get("split2")
    if not split:
        return period
    placed = replace(period, year=int(split[:4]))
    if counted:
        return placed.shifted(months=3)
    return placed if period.month >= 4 else placed.shifted(years=1)


def from_end(end_year: int | None, end_month: int, months: int) -> Period:
    """The span of `months` that ends with `end_month`; `end_year` is the year of its end."""
    start = Period(end_year, end_month, 1).shifted(months=1 - months)
    return Period(start.year, start.month, months)


def month_span(first: int, last: int, first_year: int | None, last_year: int | None) -> Period | None:
    """From month `first` to month `last`; over the turn of a year where `last` is the smaller."""
    if first_year is not None and last_year is not None:
        months = (last_year - first_year) * 12 + last - first + 1
    else:
        months = last - first + 1 if last >= first else last - first + 13
    if not 0 < months <= 1200:
        return None
    if first_year is None and last_year is not None:
        return from_end(last_year, last, months)
    return Period(first_year, first, months)


def read_month(match: Match) -> PeriodMention:
    period = Period(year_in(match, "y"), month_number(match["m"]), 1)
    return mention(match, period, kind="month")


_STEP = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
"""`between the second and the third quarter`, `from October to November`: what changed did so in the latter."""


def read_month_range(match: Match) -> PeriodMention | None:
    first, last = month_number(match["m"]), month_number(match["m2"])
    # "In January and February" is one span: statistics that leave out the moving new year are released so.
    if (first, last) != (1, 2) and not joins_a_span(match):
        return None
    last_year = year_in(match, "y2") or (year_in(match, "y") if last >= first else None)
    period = month_span(first, last, year_in(match, "y"), last_year)
    two = period is not None and period.months == 2 and (first, last) != (1, 2)
    if period is not None and two and _STEP.search(match.string[: match.start()]):
        return mention(match, period, kind="step", comparison="mom")
    return None if period is None else mention(match, period, kind="months")


def read_date(match: Match) -> PeriodMention | None:
    groups = match.groupdict()
    month, day = month_number(groups["m"]), number_of(groups["d"])
    year = year_in(match, "y")
    if not groups.get("d2"):
        return mention(match, Period(year, month, 1, day, 1), kind="date", role="date")
    last_month = month_number(groups["m2"]) if groups.get("m2") else month
    start = safe_date(year, month, day)
    if not joins_a_span(match):
        return None
    end = safe_date(year, last_month, number_of(groups["d2"]))
    days = (end - start).days + 1
    if days < 1:
        days += 365
    return mention(match, Period(year, month, 1, day, days), kind="days")


def read_iso_date(match: Match) -> PeriodMention | None:
    month, day = int(match["mm"]), int(match["dd"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return mention(match, Period(int(match["y"]), month, 1, day, 1), kind="date", role="date")


def read_half(match: Match) -> PeriodMention:
    words = match["o"].lower()
    second = words in ("second", "2nd", "latter", "last", "2", "h2")
    return mention(match, Period(year_in(match, "y"), 7 if second else 1, 6), kind="half")


def read_quarter(match: Match) -> PeriodMention | None:
    number = quarter_number(match["o"])
    last = quarter_number(match.groupdict().get("o2") or match["o"])
    if (number, last) == (4, 1) and _STEP.search(match.string[: match.start()]):
        return mention(match, Period(year_in(match, "y"), 10, 6), kind="months")
    if not 1 <= number <= last <= 4:
        return None
    fiscal = bool(match.groupdict().get("fiscal"))
    period = Period(year_in(match, "y"), number * 3 - 2, (last - number + 1) * 3)
    return mention(match, period, kind="fiscal" if fiscal else "quarter" if last == number else "months")


def read_listed_quarter(match: Match) -> PeriodMention | None:
    """`the first, second and third quarter`: each of three or more by itself; two alone are one span."""
    listed = match.string[match.end() : match.end() + 1] == "," or _listed_before(match)
    return read_quarter(match) if listed else None


def read_quarters(match: Match) -> PeriodMention | None:
    """`the first to third quarters`, `the first and second quarters`; no span begins inside of a list."""
    found = None if _listed_before(match) and not joins_a_span(match) else read_quarter(match)
    single = found is not None and found.period.months == 6 and "quarters" not in match[0].lower()
    if found is None or not single or not _STEP.search(match.string[: match.start()]):
        return found
    return replace(found, kind="step", comparison="qoq")


def read_bare_quarter(match: Match) -> PeriodMention | None:
    """`1.6% in the fourth quarter, down from 1.8% in the third`"""
    before = match.string[: match.start()]
    return read_quarter(match) if re.search(r"\bquarter\b.*\b(?:in|than|from|of) the $", before, re.I) else None


def read_month_quarter(match: Match) -> PeriodMention:
    """`the December quarter`: the three months that end with it."""
    return mention(match, from_end(year_in(match, "y"), month_number(match["m"]), 3), kind="quarter")


def _listed_before(match: Match) -> bool:
    before = match.string[max(0, match.start() - 12) : match.start()]
    return re.search(rf"{ORDINAL},\s*(?:the\s+)?$", before, re.IGNORECASE) is not None


def quarter_number(words: str) -> int:
    lowered = words.lower()
    if lowered == "opening":
        return 1
    return 4 if lowered in ("final", "last", "closing") else number_of(lowered.removeprefix("q"))


def read_first_months(match: Match) -> PeriodMention | None:
    unit = match["unit"].lower()
    months = number_of(match["n"]) * (3 if unit.startswith("quarter") else 1)
    if not 1 <= months <= 12:
        return None
    kind = {6: "half", 3: "quarter", 1: "month"}.get(months, "months")
    return mention(match, Period(year_in(match, "y"), 1, months), kind=kind)


def read_named_months(match: Match) -> PeriodMention | None:
    """`the first four months (July-October) of the 2023-24 fiscal year`"""
    first, last = month_number(match["m"]), month_number(match["m2"])
    year = int(match["fy"]) if match["fy"] else None
    period = month_span(first, last, year, year if year is None or last >= first else year + 1)
    return None if period is None else mention(match, period, kind="months")


def read_months_of_fiscal_year(match: Match) -> PeriodMention | None:
    """`the first three months of FY12 (July-September)`: a fiscal year is called after the year in which it ends."""
    first, last = month_number(match["m"]), month_number(match["m2"])
    named = int(match["fy"]) if len(match["fy"]) == 4 else 2000 + int(match["fy"])
    period = month_span(first, last, named - (first > 1), None)
    return None if period is None else mention(match, period, kind="months")


def read_last_months(match: Match) -> PeriodMention | None:
    months = number_of(match["n"]) * (3 if match["unit"].lower().startswith("quarter") else 1)
    if not 1 <= months <= 12:
        return None
    return mention(match, Period(year_in(match, "y"), 13 - months, months), kind="months")


def read_first_days(match: Match) -> PeriodMention | None:
    unit = 7 if match["unit"].lower().startswith("week") else 1
    days = number_of(match["n"]) * unit
    month = month_number(match["m"])
    if not 1 <= days <= 31:
        return None
    return mention(match, Period(year_in(match, "y"), month, 1, 1, days), kind="days")


def read_half_month(match: Match) -> PeriodMention:
    """`the first half of September`: the 1st to the 15th, or the rest."""
    month, year = month_number(match["m"]), year_in(match, "y")
    if match["o"].lower() == "first":
        return mention(match, Period(year, month, 1, 1, 15), kind="days")
    days = safe_date(year, month, 31).day - 15
    return mention(match, Period(year, month, 1, 16, days), kind="days")


def read_plan(match: Match) -> PeriodMention:
    if match.groupdict().get("y"):
        first, last = int(match["y"]), int(match["y2"])
    else:
        # China's first plan ran from 1953 to 1957, the second from 1958 to 1962; the third began in 1966.
        number = number_of(match["o"])
        first = 1953 + 5 * (number - 1) if number < 3 else 1966 + 5 * (number - 3)
        last = first + 4
    return mention(match, Period(first, 1, 12 * max(last - first + 1, 1)), kind="plan")


def read_previous_plan(match: Match) -> PeriodMention:
    back = match["o"].lower() in ("previous", "last", "preceding", "prior", "past")
    more = {"year_from": "before" if back else "same", "comparison": "previous" if back else None}
    return mention(match, Period(None, 1, 60), kind="plan", same=not back, **more)


def read_year_range(match: Match) -> PeriodMention | None:
    first, last = int(match["y"]), int(match["y2"])
    if last <= first or last - first > 300 or not joins_a_span(match):
        return None
    return mention(match, Period(first, 1, 12 * (last - first + 1)), kind="years")


def read_split_year(match: Match) -> PeriodMention | None:
    """`2016-17`, `1986/87`: a season or fiscal year where the two years adjoin, else a span of years."""
    first = int(match["y"])
    last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
    last += 100 if last < first else 0
    if last <= first or last - first > 60:
        return None
    if match.groupdict().get("m"):
        period = month_span(month_number(match["m"]), month_number(match["m2"]), first, last)
        return None if period is None else mention(match, period, kind="season")
    word = (match["word"] or "").lower()
    if word in ("", "period", "years") and (last - first > 1 or len(match["y2"]) == 4):
        return mention(match, Period(first, 1, 12 * (last - first + 1)), kind="years")
    season = "season" in word or "campaign" in word or (word.endswith("year") and not word.startswith("fi"))
    return mention(match, Period(first, 7 if season else 4, 12), kind="season" if season else "fiscal")


def read_year(match: Match) -> PeriodMention:
    return mention(match, Period(int(match["y"])), kind="year")


def read_decade(match: Match) -> PeriodMention:
    return mention(match, Period(int(match["y"]), 1, 120), kind="years")


def read_fiscal_year(match: Match) -> PeriodMention:
    digits = match["y"]
    return mention(match, Period(int(digits) if len(digits) == 4 else 2000 + int(digits)), kind="fiscal")


def joins_a_span(match: Match) -> bool:
    """Whether an `and` in the match joins the ends of a span (`between May and July`), and not two spans."""
    if not re.search(r"\sand\s", match[0], re.IGNORECASE):
        return True
    return (
        re.search(r"\bbetween\s+(?:the\s+)?$", match.string[max(0, match.start() - 14) : match.start()], re.I)
        is not None
    )


def read_first_month(match: Match) -> PeriodMention:
    return mention(match, Period(year_in(match, "y"), 1, 1), kind="month")
