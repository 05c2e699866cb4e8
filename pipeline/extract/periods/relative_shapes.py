"""Shapes of spans that are counted from another: `last year`, `a month earlier`, `the same period`, `so far`."""

from __future__ import annotations

from typing import Final

from pipeline.extract.periods.grammar import (
    AGO,
    CARDINAL,
    CARDINAL_WORDS,
    DAY,
    MONTH_2_GROUP,
    MONTH_GROUP,
    OPEN_YEAR,
    PART,
    TO,
    YEAR,
    YEARED,
    Rows,
)
from pipeline.extract.periods.relative import (
    read_before,
    read_ended,
    read_half_before,
    read_joined_months,
    read_last_named_month,
    read_next_named_month,
    read_past,
    read_quarter_before,
    read_relative_months,
    read_relative_part,
    read_relative_year,
    read_running_months,
    read_same,
    read_same_month_last_year,
    read_spoken_half,
    read_spoken_months,
    read_starting,
    read_this_unit,
    read_to_date,
    read_twelve_months_before,
    read_week_ended,
    read_whole_year,
    read_year_ago_period,
    read_year_past,
)

_SAME: Final = r"(?:same|equivalent|corresponding|comparable|like|similar|identical)"
_SPAN: Final = r"(?:periods?|months?|quarter|half|half[- ]year|time(?:[- ](?:span|frame))?|weeks?|days|term)"
_FOR_THE_YEAR: Final = r"(?<=\bfor the year)(?=\s*[,.;:)]|\s*$)"


def counted_spans() -> Rows:
    yield (
        ("this", "last", "next"),
        rf"(?P<rel>(?:this|last|next)\s+year)(?:[’']s?)?\s+{PART}",
        read_relative_part,
    )
    first = rf"(?P<o>first|opening)[-\s]+(?P<n>{CARDINAL})[-\s]+(?P<part>months)\b"
    yield ("this", "last", "next"), rf"(?P<rel>(?:this|last|next)\s+year)[’']s\s+{first}", read_relative_part
    yield ("this", "last", "next"), r"(?P<rel>(?:this|last|next)\s+year)\b", read_relative_year
    yield (
        ("this", "last", "next"),
        rf"(?P<rel>(?:this|last|next)\s+year)[’']s\s+{MONTH_GROUP}(?:{TO}{MONTH_2_GROUP})?",
        read_relative_months,
    )
    yield (
        ("last", "this", "past", "previous"),
        rf"(?P<which>last|this|past|previous)\s+{MONTH_GROUP}",
        read_last_named_month,
    )
    yield "next", rf"next\s+{MONTH_GROUP}", read_next_named_month
    yield ("full", "whole", "entire"), r"(?:full|whole|entire)[- ]year\b(?!\s+(?:of\s+)?\d)", read_whole_year
    yield "year", rf"year(?:\s+as\s+a\s+whole\b|{_FOR_THE_YEAR})", read_whole_year
    behind = rf"(?!\s+(?:to|until|ended|ending|that|{AGO}|\d)\b)"
    yield "year", rf"year(?:(?<=\bend of the year)|[-\s]end\b){behind}", read_whole_year
    past = r"year\s+(?:(?:that|which)\s+)?(?:has\s+)?just\s+(?:past|gone|ended|closed)\b"
    yield "year", past, read_year_past
    yield "half", r"half[- ]year\b", read_spoken_half
    yield CARDINAL_WORDS, rf"(?P<n>{CARDINAL})[- ](?P<unit>months|quarters)\b", read_spoken_months
    units = r"(?P<unit>year|month|quarter|week|fortnight|season|half)\b"
    yield (
        ("this", "last", "that", "current"),
        r"(?P<which>this|last|that|current(?=\s+season))\s+(?P<unit>month|quarter|week|fortnight|season|half)\b(?!\s+of)",
        read_this_unit,
    )
    before = r"previous|preceding|prior"
    yield (
        before.split("|"),
        rf"(?:{before})[-\s]+(?:calendar\s+|marketing\s+|crop\s+|fiscal\s+)?(?P<unit>year|month|quarter|week|fortnight|season|half|period|day)\b",
        read_before,
    )
    yield (
        ("year", "month", "quarter", "week", "fortnight", "season"),
        rf"{units}[-\s]+{AGO}\b(?![-\s]+(?:period|quarter|month|levels?|week|figures?)\b)",
        read_before,
    )
    yield CARDINAL_WORDS, rf"(?P<n>{CARDINAL})\s+(?P<unit>years?)\s+{AGO}\b", read_before
    yield CARDINAL_WORDS, rf"(?:3|three)\s+months\s+{AGO}\b", read_quarter_before
    yield CARDINAL_WORDS, rf"(?:6|six)\s+months\s+{AGO}\b", read_half_before
    yield CARDINAL_WORDS, rf"(?:12|twelve)\s+months\s+{AGO}\b", read_twelve_months_before
    yield (
        ("year", "prior", "previous"),
        rf"(?:year[-\s]+(?:{AGO})|prior[- ]year|previous[- ]year)(?:[’']s)?\s+(?:{_SPAN}|levels?|figures?)\b",
        read_year_ago_period,
    )


def repeated_and_rolling_spans() -> Rows:
    filler = r"(?:(?!this|last|the|past|previous|next)\w+[-\s]+)?"
    same = rf"{_SAME}\s+(?:(?P<y0>{OPEN_YEAR})(?:[-/]\d\d)?\s+)?{filler}{_SPAN}\b{YEARED}"
    yield (
        ("same", "equivalent", "corresponding", "comparable", "like", "similar", "identical"),
        same,
        read_same,
    )
    yield "same", rf"same\s+{MONTH_GROUP}{YEARED}", read_same_month_last_year
    ended = r"(?:ended|ending|to|through|until|up\s+to|(?:that|which)\s+(?:ended|ends))\s+"
    end = rf"{ended}(?:(?:on|in)\s+)?(?:(?:the\s+)?(?:end|middle)(?:\s+of\s+|-)|mid-)?"
    head = rf"(?:(?P<n>{CARDINAL})[-\s]+)"
    tail = rf"{end}(?:{DAY}\s+(?:of\s+)?)?{MONTH_GROUP}(?:\s*{DAY})?{YEARED}"
    yield CARDINAL_WORDS, rf"{head}(?P<unit>months?|quarters?|years?)\s+{tail}", read_ended
    yield ("year", "quarter", "half", "month"), rf"(?P<unit>year|quarter|half|month)\s+{tail}", read_ended
    yield (
        "week",
        rf"(?P<unit>week)\s+{end}(?P<wd>[a-z]+day,?\s+)?{MONTH_GROUP}\s*(?P<d>{DAY}){YEARED}",
        read_week_ended,
    )
    yield CARDINAL_WORDS, rf"{head}(?P<unit>weeks|days)\s+{end}{MONTH_GROUP}\s*(?P<d>{DAY}){YEARED}", read_week_ended
    season = rf"(?P<unit>season)\s+{ended}(?:(?:on|in)\s+)?(?:(?:next|last)\s+)?{MONTH_GROUP}{YEARED}"
    yield "season", season, read_ended
    starts = (
        r"(?:starting|beginning|that\s+(?:starts|begins|started|began)|which\s+(?:starts|begins|started|began)|from)\s+"
    )
    day = rf"(?:(?:on|in)\s+)?(?:{DAY}\s+(?:of\s+)?)?{MONTH_GROUP}(?:\s*{DAY})?{YEARED}"
    crop = r"(?:crop|marketing|season|fiscal|financial)"
    yield ("crop", "marketing", "fiscal", "financial"), rf"{crop}\s+year\s+{starts}{day}", read_starting
    yield "season", rf"season\s+{starts}{day}", read_starting
    past = rf"(?:past|last|latest|recent|preceding|previous|prior)\s+(?:(?P<n>{CARDINAL})\s+)"
    heads = ("past", "last", "latest", "recent", "preceding", "previous", "prior")
    yield heads, rf"{past}(?P<unit>years|months|quarters|weeks|days)\b", read_past
    yield "past", r"past\s+(?P<unit>year|month|quarter|week)\b", read_past
    bare = r"months\b(?!\s+(?:ago|earlier|later|before|after|since|to|of|in|ended|ending|running|through))"
    yield CARDINAL_WORDS, rf"(?P<n>{CARDINAL})\s+{bare}", read_running_months
    total = "trade|net|exports?|imports?|totals?|deficit|surplus|sales|output|production|profits?|revenues?"
    yield (
        CARDINAL_WORDS,
        rf"(?P<n>{CARDINAL})[-\s]month(?=\s+(?:[a-z]+\s+)?(?:{total}|foreign|cumulative|turnover|volume)\b)",
        read_joined_months,
    )
    yield (
        ("so", "thus"),
        rf"(?:so|thus)\s+far\s+(?:(?:in|during)\s+)?(?:(?P<which>this|last)\s+year|(?P<y>{YEAR}))",
        read_to_date,
    )
    yield "cumulatively", r"cumulatively\b(?=,)", read_to_date
    yield ("year", "ytd"), r"(?:year[-\s]+to[-\s]+date|YTD)\b", read_to_date
