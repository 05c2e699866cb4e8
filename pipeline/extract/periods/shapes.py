"""Every shape in which a span of time is worded: a pattern, and how its groups are read.

A shape starts with a word that names it (a month, an ordinal, `same`, a number), so that only texts with
that word are tried against it. Articles and prepositions before the span are read later (`periods.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Final

from pipeline.extract.periods.calendar import (
    read_bare_quarter,
    read_date,
    read_decade,
    read_first_days,
    read_first_month,
    read_first_months,
    read_fiscal_year,
    read_half,
    read_half_month,
    read_iso_date,
    read_last_months,
    read_listed_quarter,
    read_month,
    read_month_quarter,
    read_month_range,
    read_months_of_fiscal_year,
    read_named_months,
    read_plan,
    read_previous_plan,
    read_quarter,
    read_quarters,
    read_split_year,
    read_year,
    read_year_range,
)
from pipeline.extract.periods.grammar import (
    CARDINAL,
    CARDINAL_WORDS,
    DASH,
    DAY,
    MONTH_2_GROUP,
    MONTH_GROUP,
    MONTHS,
    OPEN_YEAR,
    ORDINAL,
    ORDINAL_WORDS,
    PART,
    TO,
    YEAR,
    YEARED,
    Reading,
    Rows,
    compiled,
    year_clause,
)
from pipeline.extract.periods.relative import read_first_days_of_month, read_relative_part
from pipeline.extract.periods.relative_shapes import counted_spans, repeated_and_rolling_spans
from pipeline.extract.periods.shorthand import read_h, read_q, read_short_months


@dataclass(frozen=True, slots=True)
class Shape:
    """`pattern` is tried where a token of `starts` begins.

    `read` turns the match into a mention, or refuses it.
    """

    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reading


_MONTH_WORDS = tuple(sorted({word.lower() for word in MONTHS}))
_PERIOD = r"(?:[- ](?:period|quarter)\b)?"
_QUOTE = r"[\"“”'‘’]?"
_PLAN_YEARS = rf"(?:\s*\(\s*(?P<y>{YEAR.replace('[-–—/]', '[/]')}){DASH}(?P<y2>{YEAR})\s*\))?"


def _months_and_days() -> Rows:
    months = _MONTH_WORDS
    yield months, rf"{MONTH_GROUP}{YEARED}", read_month
    yield (
        months,
        rf"{MONTH_GROUP}(?:\s+(?P<y>{YEAR}))?{TO}{MONTH_2_GROUP}{_PERIOD}(?:{year_clause('2')})?{_PERIOD}",
        read_month_range,
    )
    days = rf"(?P<d>{DAY})(?:{TO}(?:{MONTH_2_GROUP}\s*)?(?P<d2>{DAY}))?"
    yield months, rf"{MONTH_GROUP}\s*{days}{YEARED}{_PERIOD}", read_date
    until = rf"(?:to|through)\s+(?:the\s+end\s+of\s+)?{MONTH_2_GROUP}{YEARED}(?!\s+\d)"
    yield months, rf"{MONTH_GROUP}\s+1(?:st)?\s+{until}", read_month_range
    week = rf"(?:{ORDINAL}|last)\s+week\s+of\s+{MONTH_GROUP}{YEARED},?\s+\(?(?:from\s+)?(?:the\s+)?"
    yield (*ORDINAL_WORDS, "last"), rf"{week}(?P<d>{DAY}){TO}(?P<d2>{DAY})", read_date
    yield "#", rf"(?P<d>{DAY})(?:{DASH}(?P<d2>{DAY}))?(?:\s+of)?[-\s]+{MONTH_GROUP}(?:-?{year_clause()})?", read_date
    yield "#4", rf"(?P<y>{OPEN_YEAR})(?P<s>[-./])(?P<mm>\d\d?)(?P=s)(?P<dd>\d\d?)(?!\d)", read_iso_date
    yield "#", rf"(?P<dd>\d\d?)(?P<s>[./]|\s/\s)(?P<mm>\d\d?)(?P=s)(?P<y>{OPEN_YEAR})(?!\d)", read_iso_date


def _halves_and_quarters() -> Rows:
    half = r"(?:half(?:[- ]year)?|six[- ]months?)\b(?!\s+(?:a|an|per)\b)"
    yield (
        (*ORDINAL_WORDS, "latter", "last"),
        rf"(?P<o>first|second|1st|2nd|latter|last)[-\s]+{half}{YEARED}",
        read_half,
    )
    short = r"[-\s]?['’]?(?P<y9>\d\d)\b(?![.,:]\d|\s?%|\s*per)"
    yield "h", rf"(?P<o>H[12])(?:\b{year_clause()}|\b{short})?(?!\w)", read_h
    yield "#", rf"(?P<o>[12])H(?:{year_clause()}|{short}|(?P<y8>{YEAR}))?(?!\w)", read_h
    step = r"(?:on|over|to)[- ]quarter\b"
    quarter = rf"[-\s]+quarter\b(?![- ](?:{step}|of\s+(?:the|a|all|its|total)\b(?!\s+year)))"
    fiscal = r"(?P<fiscal>(?:fiscal|financial|business)[-\s]+)?"
    yield (
        (*ORDINAL_WORDS, "final", "closing", "opening"),
        rf"(?P<o>{ORDINAL}|final|closing|opening){quarter}{YEARED}",
        read_quarter,
    )
    # `the final quarter (January-March)` of a year that begins in April
    named = rf"\s*\(\s*{MONTH_GROUP}{TO}{MONTH_2_GROUP}(?:\s+(?P<y>{YEAR}))?\s*\)"
    yield (*ORDINAL_WORDS, "final"), rf"(?:{ORDINAL}|final)[-\s]+quarter{named}", read_month_range
    # Without its year `the last quarter` is the one before.
    yield "last", rf"(?P<o>last){quarter}{year_clause()}", read_quarter
    yield (
        ("fiscal", "financial", "business"),
        rf"{fiscal}(?P<o>{ORDINAL}|final){quarter}{YEARED}",
        read_quarter,
    )
    yield _MONTH_WORDS, rf"{MONTH_GROUP}[- ]quarter\b(?:{year_clause()})?", read_month_quarter
    listed = rf"(?P<o>{ORDINAL})(?=(?:,\s*{ORDINAL})*,?\s+and\s+(?:the\s+)?{ORDINAL}\s+quarters?\b)"
    yield ORDINAL_WORDS, listed, read_listed_quarter
    through = rf"(?P<o>{ORDINAL})(?:\s+quarter)?{TO}(?P<o2>{ORDINAL})\s+quarters?{YEARED}"
    yield ORDINAL_WORDS, through, read_quarters
    yield ORDINAL_WORDS, r"(?P<o>first|second|third|fourth)(?=\s*[,.;()]|\s+and\b|$)", read_bare_quarter
    yield "q", rf"(?P<o>Q[1-4])(?:{TO}(?P<o2>Q[1-4]))?(?:\b{year_clause()}|\b{short})?(?!\w)", read_q
    yield "#", rf"(?P<o>[1-4])Q(?:{year_clause()}|{short}|(?P<y8>{YEAR}))?(?!\w)", read_q
    yield "#", rf"(?P<n>[2-9]|1[01])M(?:(?P<y9>\d\d)|\s?(?P<y8>{YEAR}))(?!\w)", read_short_months
    ended = r"(?=\s*(?:[,.;:()–—-]|$)|\s(?:as|from|against|and|to|of|with|compared)\b)"
    yield "#", rf"(?<=\b(?:in|of)\s)(?P<n>[2-9]|1[01])(?-i:M){ended}", read_short_months
    first = rf"(?:first|opening)[-\s]+(?P<n>{CARDINAL})[-\s]+(?P<unit>months?|quarters?)\b"
    yield ("first", "opening"), rf"{first}(?:[- ]period)?{YEARED}", read_first_months
    years = r"(?P<fy>(?:19|20)\d\d)[-–/]\d\d(?:\d\d)?"
    split = rf"(?:\s+(?:of|in)\s+(?:the\s+)?(?:(?:fiscal|financial)\s+(?:year\s+)?)?{years})?"
    yield "first", rf"{first}\s*\(\s*{MONTH_GROUP}{TO}{MONTH_2_GROUP}\s*\){split}", read_named_months
    fiscal_year = r"(?:FY|fiscal\s+|financial\s+year\s+|fiscal\s+year\s+)(?P<fy>\d{4}|\d\d)"
    named = rf"\(\s*{MONTH_GROUP}{TO}{MONTH_2_GROUP}\s*\)"
    yield "first", rf"{first}\s+of\s+(?:the\s+)?{fiscal_year}\s*,?\s*{named}", read_months_of_fiscal_year
    yield "first", rf"first(?P<n>)[-\s]+(?P<unit>month)\b{YEARED}", read_first_month
    yield (
        CARDINAL_WORDS,
        rf"(?P<n>{CARDINAL})[-\s]+(?P<unit>months?|quarters?)\s+(?:of|in)\s+(?P<y>{YEAR})",
        read_first_months,
    )
    last = rf"(?:last|final|closing)\s+(?P<n>{CARDINAL})\s+(?P<unit>months?|quarters?)"
    yield ("last", "final", "closing"), rf"{last}{year_clause()}", read_last_months
    days = rf"first[-\s]+(?P<n>{CARDINAL})[-\s]+(?:working\s+)?(?P<unit>days?|weeks?)\s+(?:of|in)\s+"
    yield "first", rf"{days}{MONTH_GROUP}{YEARED}", read_first_days
    yield "first", rf"{days}(?:this|the|that)\s+month\b(?!\s+(?:of|before))", read_first_days_of_month


def _plans_and_years() -> Rows:
    plan = rf"{_QUOTE}five[-\s]+years?{_QUOTE}(?:[-\s]+plan(?:ning)?)?{_QUOTE}(?:\s+period)?"
    yield ORDINAL_WORDS, rf"(?P<o>{ORDINAL})\s+{plan}{_PLAN_YEARS}", read_plan
    which = r"(?P<o>previous|last|preceding|prior|past|current|present|this|same)"
    plans = ("previous", "last", "preceding", "prior", "past", "current", "present", "this", "same")
    yield plans, rf"{which}\s+{_QUOTE}five[-\s]+years?[-\s]+plan{_QUOTE}(?:\s+period)?", read_previous_plan
    lead = rf"(?:(?P<n>{CARDINAL})[-\s]+years?(?:\s+period)?\s+(?:of|from|since|between|in)\s+)"
    yield (
        CARDINAL_WORDS,
        rf"{lead}(?:from\s+|between\s+)?(?P<y>{OPEN_YEAR}){TO}(?P<y2>{YEAR})",
        read_year_range,
    )
    yield "#4", rf"(?P<y>{OPEN_YEAR}){TO}(?P<y2>{YEAR})(?:\s+period\b)?", read_year_range
    goods = "coffee|cocoa|cotton|sugar|tea|grain|wheat|rice|milling|crushing|oil"
    kinds = r"[a-z]+[- ]season|season|campaign|(?:marketing|crop|fiscal|financial)\s+year|fiscal|years|period"
    kinds = rf"{kinds}|(?:{goods})\s+year"
    word = rf"(?P<word>{kinds})?"
    bounds = rf"(?:\s*\(\s*{MONTH_GROUP}{TO}{MONTH_2_GROUP}\s*\))?"
    yield (
        "#4",
        rf"(?P<y>{OPEN_YEAR})[-–/](?P<y2>\d\d|{YEAR})(?![\d/-]|[.,]\d)(?:\s+{word})?{bounds}",
        read_split_year,
    )
    fy = r"(?:FY|fiscal(?:\s+year)?|financial\s+year|(?:crop|marketing)\s+year)"
    yield (
        ("fy", "fiscal", "financial", "crop", "marketing"),
        rf"{fy}[-\s]?(?P<y>{YEAR}|\d\d(?![\d%]|[-–/.,]\d))",
        read_fiscal_year,
    )
    split = rf"(?P<word>{fy})[-\s]?(?P<y>{OPEN_YEAR})[-–/](?P<y2>\d\d|{YEAR})(?!\d){bounds}"
    yield ("fy", "fiscal", "financial", "crop", "marketing"), split, read_split_year
    yield "#4", rf"(?P<y>{YEAR})", read_year
    # `2024F`, `2023E`: what a note forecasts or estimates
    yield "#4", r"(?P<y>(?:19|20)\d\d)[FE]\b", read_year
    part = r"(?:spring|summer|autumn|winter)(?:\s+of)?\s+"
    yield ("spring", "summer", "autumn", "winter"), rf"{part}(?P<y>{YEAR})", read_year
    yield "#4", r"(?P<y>(?:1[6-9]|20)\d0)s\b", read_decade
    yield "#4", rf"(?P<y>{OPEN_YEAR})(?:[’']s)?\s+{PART}", read_relative_part
    yield "#4", rf"(?P<y>{OPEN_YEAR})[-\s]?(?P<o>Q[1-4])\b", read_quarter
    yield (
        (*ORDINAL_WORDS, "latter"),
        rf"(?P<o>first|second|latter)\s+half\s+of\s+{MONTH_GROUP}{YEARED}",
        read_half_month,
    )
    yield "#4", rf"(?P<y>{OPEN_YEAR})[-\s]?(?P<o>H[12])\b", read_h


def _table() -> dict[str, list[Shape]]:
    table: dict[str, list[Shape]] = {}
    named = (_months_and_days, _halves_and_quarters, _plans_and_years)
    parts = (*named, counted_spans, repeated_and_rolling_spans)
    for starts, source, read in chain.from_iterable(part() for part in parts):
        words = (starts,) if isinstance(starts, str) else tuple(dict.fromkeys(starts))
        shape = Shape(words, compiled(source), read)
        for word in words:
            table.setdefault(word, []).append(shape)
    return table


SHAPES: Final = _table()
