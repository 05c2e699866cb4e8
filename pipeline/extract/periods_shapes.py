"""Every shape in which a span of time is worded: a pattern, and how its groups are read.

A shape starts with a word that names it (a month, an ordinal, `same`, a number), so that only texts with that word
are tried against it. Articles and prepositions before the span are read later (`periods.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from pipeline.extract.periods_grammar import (
    AGO,
    CARDINAL,
    CARDINALS,
    DASH,
    DAY,
    MONTH,
    MONTHS,
    ORDINAL,
    ORDINALS,
    RELATIVE,
    TO,
    YEAR,
    compiled,
    month_number,
    number_of,
    relative_year,
    year_clause,
)
from pipeline.model.period import Period, PeriodMention, safe_date

Match = re.Match[str]
Reading = Callable[[Match], PeriodMention | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """`pattern` is tried where a token of `starts` begins; `read` turns the match into a mention, or refuses it."""

    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reading


def mention(match: Match, period: Period, **more: Any) -> PeriodMention:
    """The mention over the whole match; its year stated in groups y/y2 or given by rel, else none."""
    groups = match.groupdict()
    relative = groups.get("rel") or groups.get("rel2")
    if period.year is not None:
        found: tuple[str, int] = ("stated", 0)
    else:
        found = relative_year(relative) if relative else ("none", 0)
    fields: dict[str, Any] = {"year_from": found[0], "years_back": found[1]}
    return PeriodMention(match.start(), match.end(), period, **{**fields, **more})


def year_in(match: Match, *names: str) -> int | None:
    """The first year stated in one of the groups."""
    groups = match.groupdict()
    return next((int(groups[name]) for name in names if groups.get(name)), None)


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


def _month(match: Match) -> PeriodMention:
    period = Period(year_in(match, "y"), month_number(match["m"]), 1)
    return mention(match, period, kind="month")


def _month_range(match: Match) -> PeriodMention | None:
    first, last = month_number(match["m"]), month_number(match["m2"])
    last_year = year_in(match, "y2") or (year_in(match, "y") if last >= first else None)
    period = month_span(first, last, year_in(match, "y"), last_year)
    return period and mention(match, period, kind="quarter" if period.months == 3 else "months")


def _date(match: Match) -> PeriodMention | None:
    groups = match.groupdict()
    month, day = month_number(groups["m"]), number_of(groups["d"])
    year = year_in(match, "y")
    if not groups.get("d2"):
        return mention(match, Period(year, month, 1, day, 1), kind="date", role="date")
    last_month = month_number(groups["m2"]) if groups.get("m2") else month
    start = safe_date(year, month, day)
    end = safe_date(year, last_month, number_of(groups["d2"]))
    days = (end - start).days + 1
    if days < 1:
        days += 365
    return mention(match, Period(year, month, 1, day, days), kind="days")


def _iso_date(match: Match) -> PeriodMention | None:
    month, day = int(match["mm"]), int(match["dd"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return mention(match, Period(int(match["y"]), month, 1, day, 1), kind="date", role="date")


def _half(match: Match) -> PeriodMention:
    words = match["o"].lower()
    second = words in ("second", "2nd", "latter", "last", "2", "h2")
    return mention(match, Period(year_in(match, "y"), 7 if second else 1, 6), kind="half")


def _quarter(match: Match) -> PeriodMention | None:
    words = match["o"].lower()
    number = 4 if words in ("final", "last", "closing") else number_of(words)
    if not 1 <= number <= 4:
        return None
    fiscal = bool(match.groupdict().get("fiscal"))
    return mention(match, Period(year_in(match, "y"), number * 3 - 2, 3), kind="fiscal" if fiscal else "quarter")


def _first_months(match: Match) -> PeriodMention | None:
    unit = match["unit"].lower()
    months = number_of(match["n"]) * (3 if unit.startswith("quarter") else 1)
    if not 1 <= months <= 12:
        return None
    kind = {6: "half", 3: "quarter", 1: "month"}.get(months, "months")
    return mention(match, Period(year_in(match, "y"), 1, months), kind=kind)


def _last_months(match: Match) -> PeriodMention | None:
    months = number_of(match["n"]) * (3 if match["unit"].lower().startswith("quarter") else 1)
    if not 1 <= months <= 12:
        return None
    return mention(match, Period(year_in(match, "y"), 13 - months, months), kind="months")


def _first_days(match: Match) -> PeriodMention | None:
    unit = 7 if match["unit"].lower().startswith("week") else 1
    days = number_of(match["n"]) * unit
    month = month_number(match["m"])
    if not 1 <= days <= 31:
        return None
    return mention(match, Period(year_in(match, "y"), month, 1, 1, days), kind="days")


def _plan(match: Match) -> PeriodMention:
    if match.groupdict().get("y"):
        first, last = int(match["y"]), int(match["y2"])
    else:
        # China's first plan ran from 1953 to 1957, the second from 1958 to 1962; the third began in 1966.
        number = number_of(match["o"])
        first = 1953 + 5 * (number - 1) if number < 3 else 1966 + 5 * (number - 3)
        last = first + 4
    return mention(match, Period(first, 1, 12 * max(last - first + 1, 1)), kind="plan")


def _previous_plan(match: Match) -> PeriodMention:
    back = match["o"].lower() in ("previous", "last", "preceding", "prior", "past")
    more = {"year_from": "before" if back else "same", "comparison": "previous" if back else None}
    return mention(match, Period(None, 1, 60), kind="plan", same=not back, **more)


def _year_range(match: Match) -> PeriodMention | None:
    first, last = int(match["y"]), int(match["y2"])
    if last <= first or last - first > 300:
        return None
    return mention(match, Period(first, 1, 12 * (last - first + 1)), kind="years")


def _split_year(match: Match) -> PeriodMention | None:
    """`2016-17`, `1986/87`: a season or fiscal year where the two years adjoin, else a span of years."""
    first = int(match["y"])
    last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
    last += 100 if last < first else 0
    if last <= first or last - first > 60:
        return None
    if match.groupdict().get("m"):
        period = month_span(month_number(match["m"]), month_number(match["m2"]), first, last)
        return period and mention(match, period, kind="season")
    word = (match["word"] or "").lower()
    if word in ("", "period", "years") and (last - first > 1 or len(match["y2"]) == 4):
        return mention(match, Period(first, 1, 12 * (last - first + 1)), kind="years")
    season = "season" in word or "campaign" in word or word in ("crop year", "marketing year")
    return mention(match, Period(first, 7 if season else 4, 12), kind="season" if season else "fiscal")


def _year(match: Match) -> PeriodMention:
    return mention(match, Period(int(match["y"])), kind="year")


def _decade(match: Match) -> PeriodMention:
    return mention(match, Period(int(match["y"]), 1, 120), kind="years")


def _fiscal_year(match: Match) -> PeriodMention:
    digits = match["y"]
    return mention(match, Period(int(digits) if len(digits) == 4 else 2000 + int(digits)), kind="fiscal")


def _relative_year(match: Match) -> PeriodMention:
    return mention(match, Period(None), kind="year")


def _relative_part(match: Match) -> PeriodMention | None:
    """`last year's fourth quarter`, `2004's first half`."""
    part = match["part"].lower()
    number = number_of(match["o"]) if match["o"].lower() not in ("final", "last", "latter") else 0
    year = year_in(match, "y")
    if part.startswith("half"):
        return mention(match, Period(year, 1 if number == 1 else 7, 6), kind="half")
    quarter = number or 4
    return mention(match, Period(year, quarter * 3 - 2, 3), kind="quarter") if quarter <= 4 else None


def _last_named_month(match: Match) -> PeriodMention:
    which = match["which"].lower()
    last = which in ("last", "past", "previous")
    more = {"year_from": "last" if last else "this", "years_back": int(last)}
    return mention(match, Period(None, month_number(match["m"]), 1), kind="month", **more)


_UNITS: Final[dict[str, tuple[Period, str, str | None]]] = {
    "month": (Period(None, 1, 1), "month", "mom"),
    "quarter": (Period(None, 1, 3), "quarter", "qoq"),
    "week": (Period(None, 1, 1, 1, 7), "week", "previous"),
    "season": (Period(None, 1, 12), "season", "yoy"),
    "half": (Period(None, 1, 6), "half", "previous"),
    "year": (Period(None, 1, 12), "year", "yoy"),
    "day": (Period(None, 1, 1, 1, 1), "date", "previous"),
    "period": (Period(None, 1, 12), "same", "previous"),
}


def _unit(match: Match) -> tuple[Period, str, str | None]:
    return _UNITS[match["unit"].lower().rstrip("s").removesuffix("ly")]


def _before(match: Match) -> PeriodMention:
    """`a year earlier`, `the month before`, `the previous week`, `two years ago`: a step back from the current span."""
    period, kind, comparison = _unit(match)
    count = number_of(match.groupdict().get("n") or "1")
    back = count if kind == "year" else 0
    more = {"year_from": "before", "years_back": back, "comparison": comparison}
    return mention(match, period, kind=kind, **more)


def _this_unit(match: Match) -> PeriodMention:
    period, kind, comparison = _unit(match)
    which = match["which"].lower()
    if which == "last":
        return mention(match, period, kind=kind, year_from="before", comparison=comparison)
    return mention(match, period, kind=kind, year_from="same", same=which in ("the", "that", "same"))


def _same(match: Match) -> PeriodMention:
    year = year_in(match, "y0", "y")
    return mention(match, Period(year), kind="same", same=True, **_year_ago(match))


def _year_ago(match: Match) -> dict[str, Any]:
    relative = match.groupdict().get("rel")
    return {"comparison": "yoy"} if relative and relative_year(relative)[0] in ("before", "last") else {}


def _year_ago_period(match: Match) -> PeriodMention:
    more = {"year_from": "before", "years_back": 1, "comparison": "yoy"}
    return mention(match, Period(None), kind="same", same=True, **more)


def _same_month_last_year(match: Match) -> PeriodMention:
    month = month_number(match["m"])
    return mention(match, Period(year_in(match, "y"), month, 1), kind="month", same=False)


def _ended(match: Match) -> PeriodMention | None:
    unit = match["unit"].lower()
    count = number_of(match.groupdict().get("n") or "1")
    months = count * {"year": 12, "quarter": 3, "month": 1, "half": 6}[unit.rstrip("s")]
    if not 1 <= months <= 1200:
        return None
    period = from_end(year_in(match, "y"), month_number(match["m"]), months)
    return mention(match, period, kind="rolling")


def _week_ended(match: Match) -> PeriodMention:
    count = number_of(match.groupdict().get("n") or "1")
    days = 7 * min(count, 53)
    end = Period(year_in(match, "y"), month_number(match["m"]), 1, number_of(match["d"]), days)
    return mention(match, end.shifted(days=1 - days), kind="week")


def _past(match: Match) -> PeriodMention:
    count = number_of(match.groupdict().get("n") or "1")
    unit = match["unit"].lower().rstrip("s")
    if unit in ("week", "day"):
        return mention(match, Period(None, 1, 1, 1, min(count, 500) * (7 if unit == "week" else 1)), kind="rolling")
    return mention(match, Period(None, 1, count * {"year": 12, "quarter": 3, "month": 1}[unit]), kind="rolling")


def _to_date(match: Match) -> PeriodMention:
    relative = match.groupdict().get("which")
    more = {"year_from": "last", "years_back": 1} if relative and relative.lower() == "last" else {"year_from": "this"}
    return mention(match, Period(year_in(match, "y"), 1, 12), kind="ytd", **more)


_MONTH_WORDS = tuple(sorted({word.lower() for word in MONTHS}))
_ORDINAL_WORDS = (*ORDINALS, "#")
_CARDINAL_WORDS = (*CARDINALS, "#")
_M = f"(?P<m>{MONTH})"
_M2 = f"(?P<m2>{MONTH})"
_YEARED = f"(?:{year_clause()})?"
_PERIOD = r"(?:[- ](?:period|quarter)\b)?"
_QUOTE = r"[\"“”'‘’]?"
_PLAN_YEARS = rf"(?:\s*\(\s*(?P<y>{YEAR.replace('[-–—/]', '[/]')}){DASH}(?P<y2>{YEAR})\s*\))?"
_SAME = r"(?:same|equivalent|corresponding|comparable|like|similar|identical)"
_SPAN = r"(?:periods?|months?|quarter|half|half[- ]year|time(?:[- ](?:span|frame))?|week|weeks|days|term|stretch|spell)"
_OPEN_YEAR = r"(?:1[6-9]|20)\d\d"


def _shapes() -> Iterable[tuple[Iterable[str], str, Reading]]:
    months = _MONTH_WORDS
    yield months, rf"{_M}{_YEARED}", _month
    yield months, rf"{_M}(?:\s+(?P<y>{YEAR}))?{TO}{_M2}(?:{year_clause('2')})?{_PERIOD}", _month_range
    yield months, rf"{_M}\s*(?P<d>{DAY})(?:{TO}(?:{_M2}\s*)?(?P<d2>{DAY}))?{_YEARED}{_PERIOD}", _date
    yield "#", rf"(?P<d>{DAY})(?:{DASH}(?P<d2>{DAY}))?(?:\s+of)?[-\s]+{_M}(?:-?{year_clause()})?", _date
    yield "#", rf"(?P<y>{_OPEN_YEAR})(?P<s>[-./])(?P<mm>\d\d?)(?P=s)(?P<dd>\d\d?)(?!\d)", _iso_date
    yield "#", rf"(?P<dd>\d\d?)(?P<s>[./])(?P<mm>\d\d?)(?P=s)(?P<y>{_OPEN_YEAR})(?!\d)", _iso_date
    half = r"(?:half(?:[- ]year)?|six[- ]months?)\b(?!\s+(?:a|an|per)\b)"
    yield (*_ORDINAL_WORDS, "latter", "last"), rf"(?P<o>first|second|1st|2nd|latter|last)[-\s]+{half}{_YEARED}", _half
    yield "h", rf"(?P<o>H[12])\b(?:{year_clause()})?", _h
    yield "#", rf"(?P<o>[12])H\b(?:{year_clause()}|\s?(?P<y9>\d\d)\b)?", _h
    quarter = r"[-\s]+quarter\b(?![- ](?:on|over|to|of\s+(?:the|a|all|its|total)\b(?!\s+year)))"
    fiscal = r"(?P<fiscal>(?:fiscal|financial|business)[-\s]+)?"
    yield (*_ORDINAL_WORDS, "final", "closing"), rf"(?P<o>{ORDINAL}|final|closing){quarter}{_YEARED}", _quarter
    yield ("fiscal", "financial", "business"), rf"{fiscal}(?P<o>{ORDINAL}|final){quarter}{_YEARED}", _quarter
    yield "q", rf"(?P<o>Q[1-4])\b{_YEARED}", _quarter
    yield "#", rf"(?P<o>[1-4])Q\b{_YEARED}", _quarter
    first = rf"(?:first|opening)[-\s]+(?P<n>{CARDINAL})[-\s]+(?P<unit>months?|quarters?)\b"
    yield ("first", "opening"), rf"{first}(?:[- ]period)?{_YEARED}", _first_months
    yield "first", rf"first(?P<n>)[-\s]+(?P<unit>month)\b{_YEARED}", _first_month
    yield _CARDINAL_WORDS, rf"(?P<n>{CARDINAL})[-\s]+(?P<unit>months?|quarters?)\s+(?:of|in)\s+(?P<y>{YEAR})", _first_months
    last = rf"(?:last|final|closing)\s+(?P<n>{CARDINAL})\s+(?P<unit>months?|quarters?)"
    yield ("last", "final", "closing"), rf"{last}{year_clause()}", _last_months
    days = rf"first[-\s]+(?P<n>{CARDINAL})[-\s]+(?:working\s+)?(?P<unit>days?|weeks?)\s+(?:of|in)\s+{_M}{_YEARED}"
    yield "first", days, _first_days
    plan = rf"{_QUOTE}(?P<o>{ORDINAL})\s+{_QUOTE}five[-\s]+years?{_QUOTE}(?:[-\s]+plan(?:ning)?)?{_QUOTE}(?:\s+period)?{_PLAN_YEARS}"
    yield _ORDINAL_WORDS, plan, _plan
    which = r"(?P<o>previous|last|preceding|prior|past|current|present|this|same)"
    plans = ("previous", "last", "preceding", "prior", "past", "current", "present", "this", "same")
    yield plans, rf"{which}\s+{_QUOTE}five[-\s]+years?[-\s]+plan{_QUOTE}(?:\s+period)?", _previous_plan
    lead = rf"(?:(?P<n>{CARDINAL})[-\s]+years?(?:\s+period)?\s+(?:of|from|since|between|in)\s+)"
    yield _CARDINAL_WORDS, rf"{lead}(?:from\s+|between\s+)?(?P<y>{_OPEN_YEAR}){TO}(?P<y2>{YEAR})", _year_range
    yield "#", rf"(?P<y>{_OPEN_YEAR}){TO}(?P<y2>{YEAR})(?:\s+period\b)?", _year_range
    word = r"(?P<word>[a-z]+[- ]season|season|campaign|marketing year|crop year|fiscal year|financial year|fiscal|years|period)?"
    bounds = rf"(?:\s*\(\s*{_M}{TO}{_M2}\s*\))?"
    yield "#", rf"(?P<y>{_OPEN_YEAR})[-–/](?P<y2>\d\d|{YEAR})(?![\d./-]|,\d)(?:\s+{word})?{bounds}", _split_year
    fy = r"(?:FY|fiscal(?:\s+year)?|financial\s+year|(?:crop|marketing)\s+year)"
    yield ("fy", "fiscal", "financial", "crop", "marketing"), rf"{fy}[-\s]?(?P<y>{YEAR}|\d\d(?![\d%]|[-–/.,]\d))", _fiscal_year
    split = rf"(?P<word>{fy})[-\s]?(?P<y>{_OPEN_YEAR})[-–/](?P<y2>\d\d|{YEAR})(?!\d){bounds}"
    yield ("fy", "fiscal", "financial", "crop", "marketing"), split, _split_year
    yield "#", rf"(?P<y>{YEAR})", _year
    yield "#", r"(?P<y>(?:1[6-9]|20)\d0)s\b", _decade
    part = r"(?P<o>first|second|third|fourth|final|last|latter)[-\s]+(?P<part>half|quarter)\b"
    yield "#", rf"(?P<y>{_OPEN_YEAR})(?:[’']s)?\s+{part}", _relative_part
    yield "#", rf"(?P<y>{_OPEN_YEAR})[-\s]?(?P<o>Q[1-4])\b", _quarter
    yield "#", rf"(?P<y>{_OPEN_YEAR})[-\s]?(?P<o>H[12])\b", _h
    yield ("this", "last", "next"), rf"(?P<rel>(?:this|last|next)\s+year)(?:[’']s?)?\s+{part}", _relative_part
    yield ("this", "last", "next"), r"(?P<rel>(?:this|last|next)\s+year)\b", _relative_year
    yield ("this", "last"), rf"(?P<rel>(?:this|last)\s+year)[’']s\s+{_M}(?:{TO}{_M2})?", _relative_months
    yield ("last", "this", "past", "previous"), rf"(?P<which>last|this|past|previous)\s+{_M}", _last_named_month
    units = r"(?P<unit>year|month|quarter|week|season|half)\b"
    yield ("this", "last", "that"), r"(?P<which>this|last|that)\s+(?P<unit>month|quarter|week|season|half)\b(?!\s+of)", _this_unit
    before = r"previous|preceding|prior"
    yield before.split("|"), rf"(?:{before})[-\s]+(?:calendar\s+|marketing\s+|crop\s+|fiscal\s+)?(?P<unit>year|month|quarter|week|season|half|period|day)\b", _before
    yield ("year", "month", "quarter", "week"), rf"{units}[-\s]+{AGO}\b(?![-\s]+(?:period|quarter|month|level|week|figure))", _before
    yield _CARDINAL_WORDS, rf"(?P<n>{CARDINAL})\s+(?P<unit>years?)\s+{AGO}\b", _before
    yield ("year", "prior", "previous"), rf"(?:year[-\s]+(?:{AGO})|prior[- ]year|previous[- ]year)(?:[’']s)?\s+(?:{_SPAN}|level|figure)\b", _year_ago_period
    same = rf"{_SAME}\s+(?:(?P<y0>{YEAR})\s+)?(?:\w+[-\s]+)?{_SPAN}\b{_YEARED}"
    yield ("same", "equivalent", "corresponding", "comparable", "like", "similar", "identical"), same, _same
    yield "same", rf"same\s+{_M}{_YEARED}", _same_month_last_year
    end = r"(?:ended|ending|to|through|until|up\s+to|that\s+ended)\s+(?:(?:on|in)\s+)?(?:the\s+end\s+of\s+)?(?:end-)?"
    head = rf"(?:(?P<n>{CARDINAL})[-\s]+)"
    tail = rf"{end}{_M}(?:\s*{DAY})?{_YEARED}"
    yield _CARDINAL_WORDS, rf"{head}(?P<unit>months?|quarters?|years?)\s+{tail}", _ended
    yield ("year", "quarter", "half", "month"), rf"(?P<unit>year|quarter|half|month)\s+{tail}", _ended
    yield "week", rf"(?P<unit>week)\s+{end}(?P<wd>[a-z]+day,?\s+)?{_M}\s*(?P<d>{DAY}){_YEARED}", _week_ended
    yield _CARDINAL_WORDS, rf"{head}weeks\s+{end}{_M}\s*(?P<d>{DAY}){_YEARED}", _week_ended
    past = rf"(?:past|last|latest|recent|preceding|previous|prior)\s+(?:(?P<n>{CARDINAL})\s+)"
    heads = ("past", "last", "latest", "recent", "preceding", "previous", "prior")
    yield heads, rf"{past}(?P<unit>years|months|quarters|weeks|days)\b", _past
    yield "past", r"past\s+(?P<unit>year|month|quarter|week)\b", _past
    yield ("so", "thus"), rf"(?:so|thus)\s+far\s+(?:(?:in|during)\s+)?(?:(?P<which>this|last)\s+year|(?P<y>{YEAR}))", _to_date
    yield ("year", "ytd"), r"(?:year[-\s]+to[-\s]+date|YTD)\b", _to_date


def _h(match: Match) -> PeriodMention:
    short = match.groupdict().get("y9")
    year = 2000 + int(short) if short else year_in(match, "y")
    return mention(match, Period(year, 7 if "2" in match["o"] else 1, 6), kind="half")


def _first_month(match: Match) -> PeriodMention:
    return mention(match, Period(year_in(match, "y"), 1, 1), kind="month")


def _relative_months(match: Match) -> PeriodMention | None:
    first = month_number(match["m"])
    last = month_number(match["m2"]) if match["m2"] else first
    period = month_span(first, last, None, None)
    return period and mention(match, period, kind="month" if period.months == 1 else "months")


def _table() -> dict[str, list[Shape]]:
    table: dict[str, list[Shape]] = {}
    for starts, source, read in _shapes():
        words = (starts,) if isinstance(starts, str) else tuple(dict.fromkeys(starts))
        shape = Shape(cast("tuple[str, ...]", words), compiled(source), read)
        for word in words:
            table.setdefault(word, []).append(shape)
    return table


SHAPES: Final = _table()
_ = RELATIVE
