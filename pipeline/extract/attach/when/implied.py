"""Periods that words imply without naming them: the January of `up on January last year`, `in the month`."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.attach.when import timing
from pipeline.model.period import Period, PeriodMention


def after_base(walk: Walk, n: int) -> Period | None:
    """`Orders were up 23.1 pct from January last year`: January, though the text spoke of December last."""
    now, right = walk.context.period, walk.rights[n][:3]
    named = next((item.data for item in right if item.kind == "period" and item.data.role == "comparison"), None)
    if named is None or now is None or named.kind != "month" or named.comparison != "yoy" or now.months != 1:
        return None
    if named.year_from not in ("last", "stated") or named.period.month == now.month or now.days is not None:
        return None
    year = named.period.year + 1 if named.period.year else None
    if year is None and now.year is not None:
        year = now.year + (named.period.month < now.month)
    return Period(year, named.period.month, 1)


def span_spoken_of(walk: Walk, n: int) -> Period | None:
    """`In December alone the surplus was 3.4bn. Exports in the month totalled 9.1bn`: the last month or quarter that
    the text has spoken of, where it now speaks of a longer time."""
    near = [*walk.lefts[n], *walk.rights[n]]
    again = next((item.data for item in near if item.kind == "period" and item.data.same), None)
    if again is None or again.kind != "same" or again.year_from != "same" or again.period.months not in (1, 3):
        return None
    return walk.context.lengths.get(again.period.months)


def behind_when(walk: Walk, n: int) -> PeriodMention | None:
    """`0.7 percent more than in 1990, when sales had advanced 3.8 percent`: the period that `when` stands behind."""
    left = walk.lefts[n]
    at = max((i for i, item in enumerate(left) if item.is_word("when")), default=None)
    if at is None or timing.plain_periods(left[at:]):
        return None
    before = [item for item in walk.items[: walk.items.index(left[at])] if item.text != ","][-1:]
    named = before[0].data if before and before[0].kind == "period" else None
    return replace(named, role="plain") if named is not None and named.year_from == "stated" else None
