"""Every shape in which a span of time is worded: a pattern, and how its groups are read.

A shape starts with a word that names it (a month, an ordinal, `same`, a number), so that only texts with
that word are tried against it. Articles and prepositions before the span are read later (`periods.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from pipeline.extract.periods_calendar import (
    read_date,
    read_decade,
    read_first_days,
    read_first_month,
    read_first_months,
    read_fiscal_year,
    read_h,
    read_half,
    read_half_month,
    read_iso_date,
    read_last_months,
    read_month,
    read_month_range,
    read_plan,
    read_previous_plan,
    read_q,
    read_quarter,
    read_split_year,
    read_year,
    read_year_range,
)
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
    TO,
    YEAR,
    compiled,
    year_clause,
)
from pipeline.extract.periods_relative import (
    read_before,
    read_ended,
    read_joined_months,
    read_last_named_month,
    read_past,
    read_relative_months,
    read_relative_part,
    read_relative_year,
    read_running_months,
    read_same,
    read_same_month_last_year,
    read_this_unit,
    read_to_date,
    read_week_ended,
    read_year_ago_period,
)
from pipeline.model.period import PeriodMention

Match = re.Match[str]
Reading = Callable[[Match], PeriodMention | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """`pattern` is tried where a token of `starts` begins.

    `read` turns the match into a mention, or refuses it.
    """

    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reading


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
_SPAN = r"(?:periods?|months?|quarter|half|half[- ]year|time(?:[- ](?:span|frame))?|weeks?|days|term)"
_OPEN_YEAR = r"(?:1[6-9]|20)\d\d"


_PART = r"(?P<o>first|second|third|fourth|final|last|latter)[-\s]+(?P<part>half|quarter)\b"
_Rows = Iterable[tuple[Iterable[str], str, Reading]]


def _months_and_days() -> _Rows:
    months = _MONTH_WORDS
    yield months, rf"{_M}{_YEARED}", read_month
    yield (
        months,
        rf"{_M}(?:\s+(?P<y>{YEAR}))?{TO}{_M2}{_PERIOD}(?:{year_clause('2')})?{_PERIOD}",
        read_month_range,
    )
    yield months, rf"{_M}\s*(?P<d>{DAY})(?:{TO}(?:{_M2}\s*)?(?P<d2>{DAY}))?{_YEARED}{_PERIOD}", read_date
    yield "#", rf"(?P<d>{DAY})(?:{DASH}(?P<d2>{DAY}))?(?:\s+of)?[-\s]+{_M}(?:-?{year_clause()})?", read_date
    yield "#4", rf"(?P<y>{_OPEN_YEAR})(?P<s>[-./])(?P<mm>\d\d?)(?P=s)(?P<dd>\d\d?)(?!\d)", read_iso_date
    yield "#", rf"(?P<dd>\d\d?)(?P<s>[./])(?P<mm>\d\d?)(?P=s)(?P<y>{_OPEN_YEAR})(?!\d)", read_iso_date


def _halves_and_quarters() -> _Rows:
    half = r"(?:half(?:[- ]year)?|six[- ]months?)\b(?!\s+(?:a|an|per)\b)"
    yield (
        (*_ORDINAL_WORDS, "latter", "last"),
        rf"(?P<o>first|second|1st|2nd|latter|last)[-\s]+{half}{_YEARED}",
        read_half,
    )
    short = r"[-\s]?['’]?(?P<y9>\d\d)\b(?![.,:]\d|\s?%|\s*per)"
    yield "h", rf"(?P<o>H[12])(?:\b{year_clause()}|\b{short})?(?!\w)", read_h
    yield "#", rf"(?P<o>[12])H(?:{year_clause()}|{short}|(?P<y8>{YEAR}))?(?!\w)", read_h
    quarter = r"[-\s]+quarter\b(?![- ](?:on|over|to|of\s+(?:the|a|all|its|total)\b(?!\s+year)))"
    fiscal = r"(?P<fiscal>(?:fiscal|financial|business)[-\s]+)?"
    yield (
        (*_ORDINAL_WORDS, "final", "closing"),
        rf"(?P<o>{ORDINAL}|final|closing){quarter}{_YEARED}",
        read_quarter,
    )
    yield (
        ("fiscal", "financial", "business"),
        rf"{fiscal}(?P<o>{ORDINAL}|final){quarter}{_YEARED}",
        read_quarter,
    )
    through = rf"(?P<o>{ORDINAL})(?:\s+quarter)?{TO}(?P<o2>{ORDINAL})\s+quarters?{_YEARED}"
    yield _ORDINAL_WORDS, through, read_quarter
    yield "q", rf"(?P<o>Q[1-4])(?:{TO}(?P<o2>Q[1-4]))?(?:\b{year_clause()}|\b{short})?(?!\w)", read_q
    yield "#", rf"(?P<o>[1-4])Q(?:{year_clause()}|{short}|(?P<y8>{YEAR}))?(?!\w)", read_q
    first = rf"(?:first|opening)[-\s]+(?P<n>{CARDINAL})[-\s]+(?P<unit>months?|quarters?)\b"
    yield ("first", "opening"), rf"{first}(?:[- ]period)?{_YEARED}", read_first_months
    yield "first", rf"first(?P<n>)[-\s]+(?P<unit>month)\b{_YEARED}", read_first_month
    yield (
        _CARDINAL_WORDS,
        rf"(?P<n>{CARDINAL})[-\s]+(?P<unit>months?|quarters?)\s+(?:of|in)\s+(?P<y>{YEAR})",
        read_first_months,
    )
    last = rf"(?:last|final|closing)\s+(?P<n>{CARDINAL})\s+(?P<unit>months?|quarters?)"
    yield ("last", "final", "closing"), rf"{last}{year_clause()}", read_last_months
    days = rf"first[-\s]+(?P<n>{CARDINAL})[-\s]+(?:working\s+)?(?P<unit>days?|weeks?)\s+(?:of|in)\s+"
    yield "first", rf"{days}{_M}{_YEARED}", read_first_days


def _plans_and_years() -> _Rows:
    plan = rf"{_QUOTE}five[-\s]+years?{_QUOTE}(?:[-\s]+plan(?:ning)?)?{_QUOTE}(?:\s+period)?"
    yield _ORDINAL_WORDS, rf"(?P<o>{ORDINAL})\s+{plan}{_PLAN_YEARS}", read_plan
    which = r"(?P<o>previous|last|preceding|prior|past|current|present|this|same)"
    plans = ("previous", "last", "preceding", "prior", "past", "current", "present", "this", "same")
    yield plans, rf"{which}\s+{_QUOTE}five[-\s]+years?[-\s]+plan{_QUOTE}(?:\s+period)?", read_previous_plan
    lead = rf"(?:(?P<n>{CARDINAL})[-\s]+years?(?:\s+period)?\s+(?:of|from|since|between|in)\s+)"
    yield (
        _CARDINAL_WORDS,
        rf"{lead}(?:from\s+|between\s+)?(?P<y>{_OPEN_YEAR}){TO}(?P<y2>{YEAR})",
        read_year_range,
    )
    yield "#4", rf"(?P<y>{_OPEN_YEAR}){TO}(?P<y2>{YEAR})(?:\s+period\b)?", read_year_range
    kinds = r"[a-z]+[- ]season|season|campaign|(?:marketing|crop|fiscal|financial)\s+year|fiscal|years|period"
    word = rf"(?P<word>{kinds})?"
    bounds = rf"(?:\s*\(\s*{_M}{TO}{_M2}\s*\))?"
    yield (
        "#4",
        rf"(?P<y>{_OPEN_YEAR})[-–/](?P<y2>\d\d|{YEAR})(?![\d./-]|,\d)(?:\s+{word})?{bounds}",
        read_split_year,
    )
    fy = r"(?:FY|fiscal(?:\s+year)?|financial\s+year|(?:crop|marketing)\s+year)"
    yield (
        ("fy", "fiscal", "financial", "crop", "marketing"),
        rf"{fy}[-\s]?(?P<y>{YEAR}|\d\d(?![\d%]|[-–/.,]\d))",
        read_fiscal_year,
    )
    split = rf"(?P<word>{fy})[-\s]?(?P<y>{_OPEN_YEAR})[-–/](?P<y2>\d\d|{YEAR})(?!\d){bounds}"
    yield ("fy", "fiscal", "financial", "crop", "marketing"), split, read_split_year
    yield "#4", rf"(?P<y>{YEAR})", read_year
    yield "#4", r"(?P<y>(?:1[6-9]|20)\d0)s\b", read_decade
    yield "#4", rf"(?P<y>{_OPEN_YEAR})(?:[’']s)?\s+{_PART}", read_relative_part
    yield "#4", rf"(?P<y>{_OPEN_YEAR})[-\s]?(?P<o>Q[1-4])\b", read_quarter
    yield (
        (*_ORDINAL_WORDS, "latter"),
        rf"(?P<o>first|second|latter)\s+half\s+of\s+{_M}{_YEARED}",
        read_half_month,
    )
    yield "#4", rf"(?P<y>{_OPEN_YEAR})[-\s]?(?P<o>H[12])\b", read_h


def _counted_spans() -> _Rows:
    yield (
        ("this", "last", "next"),
        rf"(?P<rel>(?:this|last|next)\s+year)(?:[’']s?)?\s+{_PART}",
        read_relative_part,
    )
    yield ("this", "last", "next"), r"(?P<rel>(?:this|last|next)\s+year)\b", read_relative_year
    yield (
        ("this", "last", "next"),
        rf"(?P<rel>(?:this|last|next)\s+year)[’']s\s+{_M}(?:{TO}{_M2})?",
        read_relative_months,
    )
    yield (
        ("last", "this", "past", "previous"),
        rf"(?P<which>last|this|past|previous)\s+{_M}",
        read_last_named_month,
    )
    units = r"(?P<unit>year|month|quarter|week|season|half)\b"
    yield (
        ("this", "last", "that"),
        r"(?P<which>this|last|that)\s+(?P<unit>month|quarter|week|season|half)\b(?!\s+of)",
        read_this_unit,
    )
    before = r"previous|preceding|prior"
    yield (
        before.split("|"),
        rf"(?:{before})[-\s]+(?:calendar\s+|marketing\s+|crop\s+|fiscal\s+)?(?P<unit>year|month|quarter|week|season|half|period|day)\b",
        read_before,
    )
    yield (
        ("year", "month", "quarter", "week"),
        rf"{units}[-\s]+{AGO}\b(?![-\s]+(?:period|quarter|month|level|week|figure))",
        read_before,
    )
    yield _CARDINAL_WORDS, rf"(?P<n>{CARDINAL})\s+(?P<unit>years?)\s+{AGO}\b", read_before
    yield (
        ("year", "prior", "previous"),
        rf"(?:year[-\s]+(?:{AGO})|prior[- ]year|previous[- ]year)(?:[’']s)?\s+(?:{_SPAN}|level|figure)\b",
        read_year_ago_period,
    )


def _repeated_and_rolling_spans() -> _Rows:
    filler = r"(?:(?!this|last|the|past|previous|next)\w+[-\s]+)?"
    same = rf"{_SAME}\s+(?:(?P<y0>{YEAR})\s+)?{filler}{_SPAN}\b{_YEARED}"
    yield (
        ("same", "equivalent", "corresponding", "comparable", "like", "similar", "identical"),
        same,
        read_same,
    )
    yield "same", rf"same\s+{_M}{_YEARED}", read_same_month_last_year
    ended = r"(?:ended|ending|to|through|until|up\s+to|that\s+ended)\s+"
    end = rf"{ended}(?:(?:on|in)\s+)?(?:(?:the\s+)?end(?:\s+of\s+|-))?"
    head = rf"(?:(?P<n>{CARDINAL})[-\s]+)"
    tail = rf"{end}{_M}(?:\s*{DAY})?{_YEARED}"
    yield _CARDINAL_WORDS, rf"{head}(?P<unit>months?|quarters?|years?)\s+{tail}", read_ended
    yield ("year", "quarter", "half", "month"), rf"(?P<unit>year|quarter|half|month)\s+{tail}", read_ended
    yield (
        "week",
        rf"(?P<unit>week)\s+{end}(?P<wd>[a-z]+day,?\s+)?{_M}\s*(?P<d>{DAY}){_YEARED}",
        read_week_ended,
    )
    yield _CARDINAL_WORDS, rf"{head}weeks\s+{end}{_M}\s*(?P<d>{DAY}){_YEARED}", read_week_ended
    past = rf"(?:past|last|latest|recent|preceding|previous|prior)\s+(?:(?P<n>{CARDINAL})\s+)"
    heads = ("past", "last", "latest", "recent", "preceding", "previous", "prior")
    yield heads, rf"{past}(?P<unit>years|months|quarters|weeks|days)\b", read_past
    yield "past", r"past\s+(?P<unit>year|month|quarter|week)\b", read_past
    bare = r"months\b(?!\s+(?:ago|earlier|later|before|after|since|to|of|in|ended|ending|running|through))"
    yield _CARDINAL_WORDS, rf"(?P<n>{CARDINAL})\s+{bare}", read_running_months
    total = "trade|net|exports?|imports?|totals?|deficit|surplus|sales|output|production|profits?|revenues?"
    yield (
        _CARDINAL_WORDS,
        rf"(?P<n>{CARDINAL})[-\s]month(?=\s+(?:{total}|foreign|cumulative|turnover|volume)\b)",
        read_joined_months,
    )
    yield (
        ("so", "thus"),
        rf"(?:so|thus)\s+far\s+(?:(?:in|during)\s+)?(?:(?P<which>this|last)\s+year|(?P<y>{YEAR}))",
        read_to_date,
    )
    yield ("year", "ytd"), r"(?:year[-\s]+to[-\s]+date|YTD)\b", read_to_date


def _table() -> dict[str, list[Shape]]:
    table: dict[str, list[Shape]] = {}
    named = (_months_and_days, _halves_and_quarters, _plans_and_years)
    parts = (*named, _counted_spans, _repeated_and_rolling_spans)
    for starts, source, read in chain.from_iterable(part() for part in parts):
        words = (starts,) if isinstance(starts, str) else tuple(dict.fromkeys(starts))
        shape = Shape(words, compiled(source), read)
        for word in words:
            table.setdefault(word, []).append(shape)
    return table


SHAPES: Final = _table()
