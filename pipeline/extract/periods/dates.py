"""Spans of a text whose digits or number words are time, and therefore no figures.

Clock times, durations, runs.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.extract.periods.find import find_periods
from pipeline.extract.periods.grammar import CARDINAL, MONTH, ORDINAL, compiled
from pipeline.model.period import PeriodMention

_UNIT: Final = r"(?:year|month|quarter|week|day|hour|night|decade|centur(?:y|ies))"
_RUN: Final = r"(?:consecutive|successive|straight|running|continuous|whole|full|working|long)"
_SHAPES: Final = compiled(
    rf"(?<![\w.,$€£¥])(?:\d{{1,2}}:\d\d(?::\d\d)?(?:\.\d+)?(?!\d)(?:\s*[ap]\.?m\b\.?)?"
    rf"|\d{{1,2}}(?:[.:]\d\d)?\s*[ap]\.?m\b\.?"
    rf"|{CARDINAL}[-\s]+(?:{_RUN}[-\s]+)?{_UNIT}s?(?:[-\s]+(?:old|long|high|low|highs|lows|record|peak))?\b"
    rf"(?:\s+(?:in\s+(?:a\s+row|succession)|running|straight))?"
    rf"|{ORDINAL}[-\s]+(?:{_RUN}\s+)?{_UNIT}(?:\s+(?:in\s+(?:a\s+row|succession)|running|straight))?\b"
    rf"|(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)(?=\s*(?:that|,|\.|\)|of\s+(?:this|the|last)\s+month))"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s\(\d{1,2}(?=\))|\bno\.?\s\d{1,3}/(?:19|20)\d\d"
    rf"|(?:1[6-9]|20)\d\d(?=\s*(?:=|\)|年))|{MONTH}\s*\d{{1,2}}(?!\d))"
)
# Hours and minutes are measured quantities (a journey, a shift): only what recurs or runs on is time alone.
_MEASURED: Final = re.compile(r"(?:hour|day)s?$", re.IGNORECASE)
_RUNNING: Final = compiled(rf"\b{_RUN}\b|in\s+a\s+row|in\s+succession|-(?:day|hour)\b|straight")


def find_dates(text: str, mentions: list[PeriodMention] | None = None) -> list[tuple[int, int]]:
    """The spans (start, end) of every time expression in `text`, in order and without overlaps.

    Those of `find_periods` (`mentions`, if they are at hand) and, besides, clock times, durations (`11-year`,
    `nearly 30 years`), runs (`for seven consecutive years`, `the fifth month in a row`, `a six-year high`)
    and days of the month alone (`on the 21st`). Not covered: minutes and seconds, and days or hours that
    are a measured length (`the voyage takes 18 days`); these are figures.
    """
    taken = [(found.start, found.end) for found in (find_periods(text) if mentions is None else mentions)]
    others = [match.span() for match in _SHAPES.finditer(text) if not _is_measured(match[0])]
    return _merged(sorted(taken + others))


def _is_measured(words: str) -> bool:
    return _MEASURED.search(words) is not None and _RUNNING.search(words) is None


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
