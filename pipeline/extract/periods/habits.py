"""What a text compares its months and quarters with where a figure does not say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from pipeline.extract.periods.find import find_periods

_ANNUAL = regex.compile(
    r"\ban? annual\b(?!\s(?:rate|pace)\sof\s[\d.]+\s(?:mln|million|bln|billion))|\bannually\b|\bin annual terms\b",
    regex.I,
)
_ANNUALISED = regex.compile(r"\b(?:at|an?|adjusted)\sannual(?:i[sz]ed)?\s(?:rate|pace)\b", regex.I)
_YEARLY_BASE = regex.compile(
    r"\b(?:than|from|below|above|over)\sthe\s[\d.,]+[^.;,]{0,30}\sof\s\p{Lu}\p{L}+\slast\syear", regex.I
)
"""`less than the 6.24 million tonnes of May last year`"""
_YEAR_BEFORE = regex.compile(r"\b[Ii]n \p{Lu}\p{Ll}+ (?:19|20)\d\d [^.;]{0,40}\bhad (?:been|stood|reached|come)\b")
_RESULTS = regex.compile(r"\b(?:net|operating|pretax|pre-tax)\s(?:profit|loss|income|earnings)\b|\bdividend\b", regex.I)
_LEAD = 4
_ADJUSTED = regex.compile(r"\bseasonally\sadjusted\b", regex.I)
_HAD_BEEN = regex.compile(
    r"\b[Ii]n \p{Lu}\p{Ll}+ (?:it|they|the \p{L}+(?: of \p{Lu}\p{L}+)?) had (?:been|stood|reached|come)\b"
)


_OF_BASE = regex.compile(
    r"^(?:The|A)\s$|\b(?:after|following)\s[^,;]*(?:%|cent|pct)\s(?:in|of|for)\s(?:the\s)?$", regex.I
)
"""`The quarter before, it had been`, `after 4.5 per cent in the preceding quarter`: when another change was, not what
one is measured against."""


def of_months(texts: Sequence[str]) -> str:
    """`mom` where the sentences speak of the month before (`in June it had been`) more often than of the year before,
    else `yoy`."""
    bases = [m for text in texts for m in find_periods(text) if m.role == "comparison"]
    named = Counter(m.comparison or ("mom" if m.kind == "month" and m.year_from == "none" else None) for m in bases)
    yearly = named["yoy"] + sum(len(_ANNUAL.findall(text)) for text in texts)
    yearly += sum(len(_YEARLY_BASE.findall(text)) + len(_YEAR_BEFORE.findall(text)) for text in texts)
    monthly = named["mom"] + sum(len(_HAD_BEEN.findall(text)) for text in texts)
    monthly += sum(_side_by_side(text) for text in texts)
    # `down from a surplus of 1.2 billion a month earlier`
    # What a text opens with seasonally adjusted it tells from month to month.
    monthly += 2 * any(_ADJUSTED.search(text) for text in texts[:_LEAD])
    plain = [m for text in texts for m in find_periods(text) if m.year_from == "before" and m.role == "plain"]
    monthly += sum(m.kind == "month" and m.comparison == "mom" and not m.years_back for m in plain)
    yearly += sum(m.kind == "year" and m.years_back == 1 for m in plain)
    return "mom" if monthly > yearly else "yoy"


_PERCENTS = regex.compile(r"\b(\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent|pct)")
_TOO_MUCH = 10


def _side_by_side(text: str) -> bool:
    """`down 2.2 percent in December after a gain of 0.6 percent in November`: a month beside the month before."""
    percents = [float(found) for found in _PERCENTS.findall(text)]
    if percents and min(percents) >= _TOO_MUCH:
        # `rose 13.7% in June, against 16.5% in May`: no month brings so much
        return False
    bare = [m.period.month for m in find_periods(text) if m.kind == "month" and m.year_from == "none"]
    return any((one - other) % 12 in (1, 11) for one, other in zip(bare, bare[1:], strict=False))


def of_quarters(texts: Sequence[str]) -> str:
    """The same of quarters: `qoq` or `yoy`."""
    bases = (
        m
        for text in texts
        for m in find_periods(text)
        if m.kind == "phrase" or (m.year_from == "before" and not _OF_BASE.search(text, 0, m.start))
    )
    named = Counter(m.comparison for m in bases)
    if not named["yoy"] and any(_ANNUALISED.search(text) for text in texts):
        # What is said at an annual rate is the growth on the quarter before.
        return "qoq"
    # The results of a company are set beside those of a year before.
    results = any(_RESULTS.search(text) for text in texts)
    return "qoq" if named["qoq"] >= max(named["yoy"] + results, 1) else "yoy"
