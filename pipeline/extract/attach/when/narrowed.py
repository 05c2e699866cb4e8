"""Spans that a figure narrows to their last part: the month of a yearly change, the later of two months."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words import indicators
from pipeline.model.period import Period, PeriodMention

CHANGES = ("growth", "difference", "multiple")


def narrow(walk: Walk, statement: Statement, mention: PeriodMention) -> None:
    """Gives a statement that has the period of `mention` the part of it that is meant."""
    _to_month(walk, statement, mention)
    if mention.kind == "rolling" and mention.comparison and statement.reading.measure in CHANGES:
        statement.comparison = mention.comparison
    if mention.kind == "step" and any(s.reading.measure in CHANGES for s in walk.statements):
        _to_later(statement, mention)


def _to_later(statement: Statement, mention: PeriodMention) -> None:
    """`Output fell 0.5% between the second and the third quarter`, `From October to November the index moved up`."""
    period = statement.period
    if period is None:
        return
    half = period.months // 2
    statement.period = replace(period.shifted(months=half), months=half)
    if statement.reading.measure in CHANGES:
        statement.comparison = mention.comparison


def _to_month(walk: Walk, statement: Statement, mention: PeriodMention) -> None:
    """`prices rose 1.9% in the 12 months to January`: January against the January before."""
    period = statement.period
    if statement.reading.measure not in CHANGES or period is None or period.months != 12 or period.days is not None:
        return
    now = walk.context.period
    if mention.kind == "past" and statement.key.flow is None and now is not None and now.months == 1:
        # `Employment has grown by 1.9% over the past 12 months`
        statement.period, statement.comparison = now, "yoy"
        return
    rate = indicators.rate_of(statement.key.indicator)
    if rate is None or not rate["monthly"]:
        return
    if mention.kind == "rolling":
        statement.period = period.shifted(months=11)
        statement.period = replace(statement.period, months=1)
        statement.comparison = "yoy"


def steps_from(statement: Statement, main: Statement | None) -> None:
    """`From October to November it moved from 127.47 to 129.13`: the base is of the earlier of the two."""
    if main is not None and main.period is not None:
        statement.period = main.period.shifted(months=-main.period.months)
        statement.period_basis = "stated"


def month_of(walk: Walk, n: int) -> Period | None:
    """The period in force; its month where the words say so (`In the month there is a surplus`, after a week of it)."""
    now = walk.context.period
    said = any(
        i.kind == "period" and i.data.same and i.data.period == Period(None, 1, 1) for i in walk.items[: walk.at[n]]
    )
    week = now is not None and now.days is not None and now.days > 1
    return Period(now.year, now.month, 1) if now is not None and week and said else now
