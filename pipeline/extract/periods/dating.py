"""When a text without a full date of publication can have been written, from the periods that it states.

What it reports was over by then: the end of the last period stated with its year, or the month after a period without
one that a period of the same name is the base of (`18.7% in October, down from 19.3% in October 2003` speaks of
October 2004). What it expects does not count. Never later than that evidence needs: the date is the earliest possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from pipeline.extract.periods.find import find_periods
from pipeline.extract.periods.grammar import MONTH, month_number
from pipeline.model.period import Period, PeriodMention

FORWARD = regex.compile(
    r"\b(?:expect|forecast|predict|project|will|would|could|should|might|(?-i:may)|sees?\b|target|goal|aim|plan|promis|pledg|intend|hopes?\sto|budgets\s|(?:is|are)\s(?:put|seen|set)\sat|(?:is|are)\snot\sseen)",
    regex.I,
)
_PAST = regex.compile(
    r"\b(?:\p{L}{2,}ed|rose|fell|grew|was|were|had|stood|sold|bought|made|shrank|sank|went|came|took|saw)\b", regex.I
)
_AND_THEN = regex.compile(r"\bthis year(?: and|,)[, ]\s?(?:for |in )?((?:19|20)\d\d)\b")
_SOON = 3
_OF_FISCAL_YEAR = regex.compile(r"\s(?:of|in)\s(?:the|its|this)\s(?:current\s)?(?:fiscal|financial)\syear\b", regex.I)
_RUNS = regex.compile(
    rf"\b(?:season|campaign|(?:crop|marketing)\s+year),?\s(?:which\s)?(?:\p{{L}}+\s){{0,2}}?"
    rf"(?:runs?|running|lasts?|begins?|beginning|starts?|starting|is\scounted)\s"
    rf"(?:(?:from|in|on|with)\s)?(?:the\s)?(?:\d\d?(?:st|nd|rd|th)?\s(?:of\s)?)?(?P<month>{MONTH})",
    regex.I,
)
_ENDS = regex.compile(
    rf"\b(?:19|20)\d\d[-/]\d\d(?:\d\d)?\s(?:(?:fiscal|financial|crop|marketing)\s)?(?:year\s)?(?:ending|ended|ends)\s"
    rf"(?:on\s)?(?:\d\d?(?:st|nd|rd|th)?\s(?:of\s)?)?(?P<month>{MONTH})\b",
    regex.I,
)
REVISES = regex.compile(
    r"\b(?:first|originally|initially|previously|provisionally)\s(?:been\s)?"
    r"(?:put|reported|estimated|given|announced|stated|published|calculated)\b",
    regex.I,
)
"""A sentence on how a figure was given before (`The March deficit was first put at 838 mln`)."""
_THIS_SEASON = regex.compile(r"(?:this|current)\s+season\b", regex.I)
_SPRING = 4
_SEASONAL = regex.compile(r"\b(?:crop|marketing)\s$", regex.I)
_FISCAL_YEAR = regex.compile(r"\b(?:fiscal|financial)\s+year\b", regex.I)
_HARVEST = regex.compile(r"\b(?:carryover|harvest\w*|crops?|the season)\b", regex.I)
_FISCAL = regex.compile(r"fy|fiscal|financial", regex.I)
_UP_TO_END = regex.compile(r"\b(?:up\sto|until|through)\s(?:the\s)?end(?:\sof\s|-)$", regex.I)
_CLAUSE = regex.compile(r"[,;]\s(?:and\s|but\s)?|\s(?:while|whereas|but|before|although|though)\s")
_BASE = regex.compile(r"\b(?:from|than|with|against|versus|and)\s[^,;\d]{0,12}\d[^,;]{0,24}$", regex.I)
_AND = regex.compile(r"\b(?:from|than|with|against|versus)\s[^,;]*$", regex.I)


def publication(published: str | None, texts: Sequence[str], titles: Sequence[str] = ()) -> str | None:
    """The earliest date (`YYYY-MM-DD`) at which a text of these sentences can have been written; None where it states
    no year. `published` is a date without a year (`XXXX-07-21`), whose month and day stay, or None. The month of a
    title (`Hiring picks up in January`) is the latest news."""
    ends = [_end(p) for p in [*_reported(texts), *_compared(texts), *_counted_on(texts)]]
    if not ends:
        ends = _only_year(texts) if published is None else []
    if not ends:
        return published
    return _date(_titled(max(ends), titles), published)


def _counted_on(texts: Sequence[str]) -> Iterator[Period]:
    """`911,000 vehicles this year and, for 2025, 839,000`: the year before the one that is counted on to."""
    stated = [int(match[1]) - 1 for text in texts for match in _AND_THEN.finditer(text)]
    if not stated:
        return
    plain = [m.period for _, m in _mentions(texts) if m.kind == "month" and m.year_from == "none" and m.role == "plain"]
    yield Period(max(stated), max((period.month for period in plain), default=1), 1)


def _titled(end: tuple[int, int], titles: Sequence[str]) -> tuple[int, int]:
    for mention in (m for title in titles for m in find_periods(title)):
        if mention.kind == "month" and mention.year_from == "none" and mention.role == "plain":
            ahead = (mention.period.month - end[1]) % 12
            if 0 < ahead <= _SOON:
                return end[0] + (mention.period.month < end[1]), mention.period.month
    return end


def _only_year(texts: Sequence[str]) -> list[tuple[int, int]]:
    """The end of the one year that a text names, though in a forecast; none where it names several or none."""
    named = {m.period.year for _, m in _mentions(texts) if m.year_from == "stated" and m.role == "plain"}
    years = [year for year in named if year]
    return [(years[0], 11)] if len(years) == 1 else []


def after(period: Period, published: str | None) -> str:
    """The earliest date of publication of a text that reports `period`."""
    return _date(_end(period), published)


def season_of(texts: Sequence[str]) -> int | None:
    """The month in which the seasons of a text begin, where it says how one ends (`the season that ended in May`) or
    begins (`the season runs from August to July`)."""
    for text in texts:
        if (told := _RUNS.search(text)) is not None:
            return month_number(told["month"])
        if (told := _ENDS.search(text)) is not None:
            # `fiscal 1987/88 ending June 30`
            return month_number(told["month"]) % 12 + 1
    for text in texts:
        for mention in find_periods(text):
            if mention.kind == "rolling" and mention.period.months == 12 and _is_season(text, mention):
                return mention.period.month
            if mention.kind == "season" and text[mention.start : mention.end].endswith(")"):
                # `in the 1987/88 (July-June) season`
                return mention.period.month
    if any(_HARVEST.search(text) for text in texts) and not any(_FISCAL_YEAR.search(text) for text in texts):
        # `production in 2014/15` of a crop
        return 7
    if any(_FISCAL_YEAR.search(text) for text in texts):
        rolling = (m for text in texts for m in find_periods(text) if m.kind == "rolling" and m.period.months == 12)
        return next((m.period.month for m in rolling), None)
    return None


def week_of(texts: Sequence[str]) -> PeriodMention | None:
    """The week that a text names by its end (`the week to Nov. 2`): that is what its `last week` means."""
    weeks = (m for text in texts for m in find_periods(text) if m.kind == "week" and m.year_from in ("none", "stated"))
    return next((m for m in weeks if m.role == "plain" and m.period.days == 7), None)


def _is_season(text: str, mention: PeriodMention) -> bool:
    return text[mention.start :].startswith("season") or _SEASONAL.search(text, 0, mention.start) is not None


def as_meant(mention: PeriodMention, text: str, season: int | None, *, forward: bool) -> PeriodMention:
    """A mention as the rest of its text tells: `2009-10` is the text's season; `By the end of June loans stood at ...`,
    without a word of the future, is the point that was reached."""
    split = mention.kind in ("fiscal", "season") and mention.period.months == 12 and mention.period.month in (4, 7)
    if season is not None and split and not (_FISCAL.match(text, mention.start) and not _ENDS.search(text)):
        mention = replace(mention, period=replace(mention.period, month=season))
    if season is not None:
        mention = _of_season(mention, text, season)
    if season is not None and mention.period.year is None and _OF_FISCAL_YEAR.match(text, mention.end):
        month = (mention.period.month + season - 2) % 12 + 1
        mention = replace(mention, period=replace(mention.period, month=month))
    reached = mention.role in ("point", "deadline") and not forward and mention.kind == "month"
    if reached and _UP_TO_END.search(text, 0, mention.start):
        # `Exports up to the end of November came to`: since the year began, or the season
        months = (mention.period.month - (season or 1)) % 12 + 1
        begun = replace(mention.period, month=season or 1, months=months)
        return replace(mention, period=begun, role="plain", kind="months" if months > 1 else "month")
    return replace(mention, role="point") if mention.role == "deadline" and not forward else mention


def _of_season(mention: PeriodMention, text: str, begins: int) -> PeriodMention:
    """`fiscal 2020`, `this season` in a text whose years begin in month `begins`."""
    year = mention.period.year
    if mention.kind == "fiscal" and year and mention.period == Period(year):
        return replace(mention, period=_fiscal_year(year, begins))
    if mention.kind == "season" and _THIS_SEASON.match(text, mention.start):
        return replace(mention, period=Period(None, begins), year_from="this", same=False)
    return mention


def _fiscal_year(year: int, begins: int) -> Period:
    """`Fiscal Year 2021` that begins in July or October is called after the year it ends in, one that begins in April
    after that it begins in."""
    return Period(year - (begins > _SPRING), begins)


def _date(end: tuple[int, int], published: str | None) -> str:
    year, month = end
    if published is None:
        return f"{year + month // 12}-{month % 12 + 1:02}-15"
    return f"{year if month <= int(published[5:7]) else year + 1}{published[4:]}"


def _end(period: Period) -> tuple[int, int]:
    years, month = period.last_month()
    return (period.year or 0) + years, month


def _reported(texts: Sequence[str]) -> Iterator[Period]:
    """The periods stated with their years that figures are reported for."""
    for text, mention in _mentions(texts):
        if mention.year_from != "stated" or mention.role not in ("plain", "point") or _is_expected(text, mention):
            continue
        # `no chance of a cut in 2005`: where no figure is told of a year, it may have just begun.
        told = mention.kind != "year" or _tells_a_figure(text)
        yield mention.period if told else replace(mention.period, months=1)


_NUMBER = regex.compile(r"\d|\b(?:doubled?|tripled?|halved?|half|quarter|third|million|billion)\b", regex.I)


def _tells_a_figure(text: str) -> bool:
    outside, position = [], 0
    for mention in find_periods(text):
        outside.append(text[position : mention.start])
        position = mention.end
    return _NUMBER.search("".join([*outside, text[position:]])) is not None


def _mentions(texts: Sequence[str]) -> Iterator[tuple[str, PeriodMention]]:
    for text in texts:
        for mention in find_periods(text):
            if mention.year_from != "stated" or mention.period.year:
                yield text, mention


def _is_expected(text: str, mention: PeriodMention) -> bool:
    """In a sentence that looks ahead only a clause that says what happened (`grew by 2.1% in 2004`) looks back."""
    if not FORWARD.search(text):
        return False
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    start = max(cut for cut in cuts if cut <= mention.start)
    end = min(cut for cut in cuts if cut >= mention.end)
    clause = text[start:end]
    return FORWARD.search(clause) is not None or _PAST.search(clause) is None


def _compared(texts: Sequence[str]) -> Iterator[Period]:
    """The periods without a year, a year after the base of the same name."""
    yield from _repeated(texts)
    bare, bases = set(), set()
    for text in texts:
        # `15.3bn euros last year, 15% more than in 2003`
        found = find_periods(text)
        years = [m for m in found if m.kind == "year"]
        if any(m.year_from == "last" and m.role == "plain" for m in years):
            yield from (m.period.shifted(years=1) for m in years if m.period.year and _is_base(text, m))
    for text, mention in _mentions(texts):
        if mention.kind not in ("month", "months", "quarter", "half") or mention.period.days is not None:
            continue
        if mention.year_from == "none" and mention.role in ("plain", "point") and not FORWARD.search(text):
            bare.add((mention.period.month, mention.period.months))
        elif mention.year_from == "stated" and _is_base(text, mention):
            bases.add(mention.period)
    for base in bases:
        if (base.month, base.months) in bare:
            yield base.shifted(years=1)


def _repeated(texts: Sequence[str]) -> Iterator[Period]:
    """`1.62bn in the three months to the end of June, against 1.31bn in the same period of 2005`: a year later."""
    spoken: Period | None = None
    for text in texts:
        ahead = FORWARD.search(text) is not None
        for mention in find_periods(text):
            if mention.same and mention.period.year and mention.year_from == "stated":
                if spoken is not None:
                    yield replace(spoken, year=mention.period.year + 1 - spoken.last_month()[0])
            elif mention.year_from == "none" and mention.role in ("plain", "point") and not ahead:
                spoken = mention.period


def _is_base(text: str, mention: PeriodMention) -> bool:
    """`than in October 2003`, `from 18.9% in September and 19.3% in October 2003`"""
    if mention.role == "comparison":
        return True
    before = text[max(0, mention.start - 80) : mention.start]
    return _BASE.search(before) is not None and _AND.search(before) is not None
