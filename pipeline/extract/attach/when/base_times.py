"""When the figures were that others are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.attach.when import narrowed, timing
from pipeline.extract.periods import years
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.model.period import Period, PeriodMention


def base_time(walk: Walk, statement: Statement, n: int, periods: Sequence[PeriodMention]) -> None:
    """The period of a base: its own words, else a step back from what is compared with it."""
    main = next((s for s in reversed(walk.statements[:n]) if s.reading.role != "base"), None)
    if main is not None and not periods and _revised(walk.items):
        # `The tally for December was revised down to 133,000 from 157,000`
        statement.period, statement.period_basis = main.period, main.period_basis
        return
    if main is not None and statement.status == "F" and not periods:
        # `146,000 jobs last month, fewer than the 190,000 that were hoped for`
        statement.period, statement.period_basis = main.period, main.period_basis
        return
    if main is None and not periods and arrives(walk, n):
        # `dropped from 3.2 billion to 1.7 billion`: a step before what follows
        return
    again = any(item.kind == "period" and item.data.same for item in walk.rights[n])
    if main is None and not periods and not again:
        statement.period, statement.period_basis = walk.context.period, walk.context.period_basis
        return
    mentions = [
        item.data
        for item in [*walk.lefts[n], *walk.rights[n]]
        if item.kind == "period" and item.data.role not in ("date",)
    ]
    if not mentions and n and statement.reading.rule == "when it was":
        mentions = [item.data for item in walk.rights[n - 1] if item.kind == "period"][-1:]
    if not mentions and (day := timing.day_of(walk.lefts[n], walk.rights[n])) is not None:
        timing.set_period(statement, day, walk.context, own=True)
        return
    if not mentions:
        return
    mention = mentions[-1] if mentions[-1] in [i.data for i in walk.rights[n] if i.kind == "period"] else mentions[0]
    if mention.role == "comparison" or mention.same or mention.year_from == "before" or _last_season(mention, main):
        # `That compares with 5 billion in the same month of last year`: with what the text speaks of.
        compared = main.period if main is not None else walk.context.period
        compared = _before_that(walk, n, mention) or compared
        if compared is not None:
            statement.period = years.base_of(compared, mention)
            statement.period_basis = "stated"
        return
    last = walk.statements[n - 1].period if n else None
    timing.set_period(statement, mention, walk.context, own=True, spoken=last)


def _before_that(walk: Walk, n: int, mention: PeriodMention) -> Period | None:
    """`compared with 7.59bn in 2003 and 5bn the year before that`: what the step back is from."""
    that = n and any(a.data is mention and b.is_word("that") for a, b in pairwise(walk.rights[n]))
    return walk.statements[n - 1].period if that else None


def _revised(items: Sequence[Item]) -> bool:
    """`was revised down to`, not `from a revised 3 million`; `has raised its estimate to 11.4 mln from 10.9 mln`"""
    if any(item.kind == "change" and item.lower.endswith("revised") for item in items):
        return True
    verbs = (i for i, item in enumerate(items) if item.is_change("verb"))
    return any(item.kind == "status" and item.tag.startswith("NN") for i in verbs for item in items[i + 1 : i + 4])


def _last_season(mention: PeriodMention, main: Statement | None) -> bool:
    """`1.5 million tonnes in the season to September, as against 1.1 million last year`: the season before."""
    period = main.period if main is not None else None
    crossing = period is not None and period.months == 12 and period.month != 1 and period.days is None
    return mention.kind == "year" and mention.year_from == "last" and crossing


def arrives(walk: Walk, n: int) -> bool:
    """Whether nothing but `to` and the new level follows a base."""
    left = walk.lefts[n + 1] if n + 1 < len(walk.at) else []
    return len(left) == 1 and left[0].is_word("to")


def _looked_back_to(walk: Walk, statement: Statement) -> PeriodMention | None:
    """The step back that the words behind a base name."""
    right = walk.rights[walk.statements.index(statement)]
    mentions = (item.data for item in right if item.kind == "period")
    return next((m for m in mentions if m.year_from == "before" and m.comparison is not None), None)


def _alike(one: Statement, other: Statement) -> bool:
    """Whether two figures are of one thing; a gap is the same whether it is a surplus or a deficit."""
    return replace(one.key, sign=1) == replace(other.key, sign=1)


def fill_bases(walk: Walk) -> None:
    """A base without words of time lies where the change of its sentence looks back to."""
    bases = [s for s in walk.statements if s.reading.role == "base"]
    known = [s.period for s in bases if s.period is not None]
    for statement in bases:
        if statement.period is not None:
            continue
        others = [s for s in walk.statements if s.reading.role != "base"]
        main = walk.main_of(statement) or next(iter(others), None)
        if main is not None and not _alike(main, statement):
            # `exports rose 5%, while imports fell from 9 billion to 8 billion`
            main = next((s for s in others if s.key == statement.key), main)
        back = _looked_back_to(walk, statement)
        if main is not None and main.period is not None and back is not None:
            # `went down from 1.92 billion in the year-ago month to 1.85 billion`
            statement.period, statement.period_basis = years.base_of(main.period, back), "stated"
        elif any(m.kind == "step" for m in timing.plain_periods(walk.items)):
            narrowed.steps_from(statement, main)
        elif main is not None and elsewhere(statement.key, main.key):
            # `the bloc grew 1.8%, far behind the 4.4% of the US`: the same time in another place
            statement.period, statement.period_basis = main.period, main.period_basis
        elif known:
            statement.period, statement.period_basis = known[0], "context"
        elif main is not None and not _alike(main, statement):
            statement.period, statement.period_basis = main.period, main.period_basis
        elif main is not None and main.period is not None:
            statement.period = timing.shifted_back(main.period, _step(walk, statement, main.period))
            statement.period_basis = "context"


def elsewhere(one: Key, other: Key) -> bool:
    """Whether two figures are of different reporters."""
    return one.ref is not None and other.ref is not None and one.ref != other.ref


def _step(walk: Walk, base: Statement, period: Period) -> str:
    """How far back a base without words of time lies: a rate is set beside the one before it (`Unemployment fell from
    9.6% to 9.4% in May`), an amount beside what the text compares with."""
    short = {1: "mom", 3: "qoq"}.get(period.months if period.days is None else 0)
    rate = indicators.rate_of(base.key.indicator)
    # the margin of a company is one of its quarter's results, set beside those of a year before
    stepwise = rate["name"] != "margin" if rate is not None else indicators.is_stepwise(base.key.indicator)
    grown = base.reading.measure == "growth" and any(s.reading.rule == "growth to" for s in walk.statements)
    if short and base.key.flow is None and (stepwise or grown or base.unit == "index"):
        return short
    said = walk.context.comparison if period.days is None else None
    return said or timing.usual_comparison(period, walk.context)


def fit_years(walk: Walk) -> None:
    """`The deficit widened to 15.6 billion, from 8 billion in 2003`: a year of the base makes the figure one of a year,
    though the text spoke of nine months before."""
    for n, statement in enumerate(walk.statements):
        named = [m for m in timing.plain_periods(walk.rights[n]) if m.kind == "year" and m.year_from == "stated"]
        if statement.reading.role != "base" or not named or statement.period != named[0].period:
            continue
        spoken = [s for s in walk.statements if s.reading.role != "base" and not s.own_period]
        if any(timing.plain_periods(left) for left in walk.lefts):
            continue
        for other in spoken:
            inherited = other.period is not None and other.period == walk.context.period
            longer = other.period is not None and 1 < other.period.months < 12 and other.period.days is None
            if inherited and longer and other.period and other.period.year == (named[0].period.year or 0) + 1:
                other.period = timing.whole_year(other.period)


def ends_of_span(walk: Walk) -> None:
    """`From 2010 to 2013 it climbed from 5.62 to 6.40 billion dollars`: the amounts are those of the first year and
    the last."""
    for n, (one, other) in enumerate(pairwise(walk.statements)):
        moved = one.reading.rule == "from before" and other.reading.rule in ("to", "share to")
        if not moved or one.reading.measure == "growth":
            continue
        mentions = [*timing.plain_periods(walk.lefts[n]), *timing.plain_periods(walk.rights[n + 1])]
        mentions = mentions or [m for m in timing.plain_periods(walk.items) if m.period == other.period]
        span = next((m.period for m in mentions if m.kind == "years" and m.period.year), None)
        if span is not None and span.month == 1 and span.months % 12 == 0 and span.months > 12:
            one.period, other.period = Period(span.year), Period(span.year).shifted(years=span.months // 12 - 1)
            one.period_basis = other.period_basis = "stated"


def base_between(walk: Walk, start: int, end: int) -> bool:
    """Whether a base with a period of its own stands among the figures `start` to `end`: what follows it is another
    thing (`at 1.6 billion against 2.2 billion in March, and at 3.4 billion for the year`)."""
    between = range(start, end)
    return any(walk.statements[i].reading.role == "base" and timing.plain_periods(walk.rights[i]) for i in between)
