"""What a change is compared with: by its words, its base, its statistic, the habit of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.attach.state.context import Context
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.attach.when import timing
from pipeline.extract.periods import years
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.model.period import Period

_YEAR = 12
_CHANGES = ("growth", "difference", "multiple")


def settle_comparisons(walk: Walk) -> None:
    """Gives every change of the sentence what it is compared with."""
    said: dict[int, str] = {}
    for n, statement in enumerate(walk.statements):
        if statement.reading.measure not in _CHANGES:
            continue
        rate = indicators.rate_of(statement.key.indicator)
        named, mention = timing.comparison_of([*walk.rights[n], *walk.lefts[n], *_ahead(walk, _end_of_run(walk, n))])
        if mention is not None and mention.year_from == "stated" and statement.period is not None and not mention.same:
            named = timing.between(statement.period, mention.period) or named
        named = _of_base(walk, n, statement) or _fitting(named, statement.period)
        if named is None and _says_yearly(walk, n):
            named = "yoy"
        if named is None and statement.comparison is None:
            named = (rate["monthly"] if rate and rate["monthly"] == "yoy" else "") or _from_base(walk, n)
        if named is not None:
            walk.context.comparison = said[n] = named
        elif statement.reading.role != "base":
            named = _said_before(walk, n, said)
        _fit_length(walk, n, named)
        if mention is not None and statement.period is not None:
            statement.base_period = years.base_of(statement.period, mention)
        monthly = _of_the_rate(statement, rate)
        if statement.reading.role == "base":
            main = _compared_with(walk, statement)
            named, statement.usual = (main.comparison, main.usual) if main is not None else (None, False)
        known = named or statement.comparison or monthly
        statement.usual = statement.usual or not known
        statement.company = any(indicators.is_company(item.text) for item in walk.lefts[n])
        statement.comparison = known or _usual(walk, statement, n)
    _within(walk, said)
    _pair_up(walk, said)
    _forget(walk.context)


def _of_base(walk: Walk, n: int, statement: Statement) -> str | None:
    """`1.9 times that of July 2021`, `twice the April amount`: how far what a multiple is of lies back."""
    right, period = walk.rights[n], statement.period
    if statement.reading.measure != "multiple" or period is None:
        return None
    if not right or not right[0].is_word("the", "that", "those", "what"):
        return None
    based = next((item.data for item in right if item.kind == "period" and item.data.kind != "phrase"), None)
    if based is None or based.period.months > _YEAR:
        return None
    apart = (period.year or 0) - (based.period.year or period.year or 0)
    return timing.between(period, based.period) if apart in (0, 1) else None


def _compared_with(walk: Walk, base: Statement) -> Statement | None:
    """The change that a base is the earlier one of: the last of its kind, past a difference between the two (`up 1.9%,
    half a point less than in December (2.4%)`)."""
    earlier = [s for s in walk.statements[: walk.statements.index(base)] if s.reading.role != "base"]
    return next((s for s in reversed(earlier) if s.reading.measure == base.reading.measure), None)


def _fitting(named: str | None, period: Period | None) -> str | None:
    """`May was 3 percent higher than three months before`: no quarter is compared."""
    return "previous" if named == "qoq" and period is not None and period.months == 1 else named


def _usual(walk: Walk, statement: Statement, n: int) -> str:
    stepwise = indicators.is_stepwise(statement.key.indicator) or _idle(walk, n)
    if statement.reading.measure == "difference" and stepwise and (step := _one_step(statement.period)):
        # `Reserves rose 10.1 billion in April`: since the month before.
        return step
    if statement.period is not None and statement.period.days == 1 and " / " in statement.unit:
        # `cocoa closed on Friday at 1,241 stg a tonne, eight stg lower`
        return "previous"
    left = timing.plain_periods(walk.lefts[walk.statements.index(statement)])
    if walk.context.comparison and statement.key == walk.context.key and any(timing.steps_back(m) for m in left):
        # `The quarter before, it had declined by 1.4 per cent`: as the change before it is.
        return walk.context.comparison
    return timing.usual_comparison(statement.period, walk.context)


def _said_before(walk: Walk, n: int, said: dict[int, str]) -> str | None:
    if n and walk.statements[n].reading.rule == "part of the change":
        return walk.statements[n - 1].comparison
    return _said_of_the_same(walk, n, said)


def _said_of_the_same(walk: Walk, n: int, said: dict[int, str]) -> str | None:
    """`In the cities prices went up 22.8 per cent over the year, in rural areas 23.1 per cent`"""
    one = walk.statements[n]
    if one.status in ("T", "F"):
        # `prices were 9.3% higher than a year before, well below the 12% target`
        return next((said[k] for k in reversed(said) if walk.statements[k].key == one.key), None)
    alike = (k for k in reversed(said) if walk.statements[k].key == one.key and walk.statements[k].period == one.period)
    last = next(alike, None)
    if last is None and (beside := _other_flow(walk, n, said)) is not None:
        one.period, one.period_basis = beside.period, beside.period_basis
        return beside.comparison
    return said[last] if last is not None and last == n - 1 and not walk.runs_on(last) else None


def _other_flow(walk: Walk, n: int, said: dict[int, str]) -> Statement | None:
    """`exports rose 2.8 pct from April, and imports fell 1.2 pct`: the change of the other flow just before; its
    period and base hold for both."""
    timed = any(item.kind == "period" for item in [*walk.lefts[n], *walk.rights[n]])
    if n - 1 not in said or not walk.lefts[n] or timed:
        return None
    one, last = walk.statements[n], walk.statements[n - 1]
    flows = {one.key.flow, last.key.flow} == {"exports", "imports"}
    alike = one.reading.measure == last.reading.measure == "growth" and one.key.ref == last.key.ref
    return last if flows and alike and not one.own_period else None


def _within(walk: Walk, said: dict[int, str]) -> None:
    """`grew by 2.9 pct in the month and by 26.4 pct over a year`: what the month alone brought, as the other shows."""
    for n, statement in enumerate(walk.statements):
        spans = [item.data for item in walk.rights[n] if item.kind == "period" and item.data.same]
        step = {1: "mom", 3: "qoq"}.get(spans[0].period.months) if spans and spans[0].kind == "same" else None
        others = (k for k in said if said[k] == "yoy" and k != n and walk.statements[k].key == statement.key)
        own, _ = timing.comparison_of([*walk.rights[n], *walk.lefts[n]])
        if step and own is None and statement.reading.measure in _CHANGES and any(True for _ in others):
            statement.comparison = said[n] = step


def _pair_up(walk: Walk, said: dict[int, str]) -> None:
    """`Food cost 36% more than in December 2007 but 0.1% less than in November. Clothing: up 10% and 1%`: the two that
    a text gives of each thing."""
    changes = [n for n, s in enumerate(walk.statements) if s.reading.measure == "growth" and s.reading.role == "main"]
    if len(changes) != 2 or len(walk.statements) != 2:
        return
    one, other = (replace(s.key, commodity=None) for s in walk.statements)
    if one != other:
        return
    if len(said) == 2 and said[0] != said[1]:
        walk.context.paired = (said[0], said[1])
    elif not said and walk.runs_on(0) and walk.context.paired is not None:
        for statement, comparison in zip(walk.statements, walk.context.paired, strict=True):
            statement.comparison = comparison


def _forget(context: Context) -> None:
    """In a text that compares with the month before a look at the year before holds for its sentence alone."""
    if context.comparison == "yoy" and context.usual_comparison == "mom":
        context.comparison = None


def _idle(walk: Walk, n: int) -> bool:
    """`The number of people out of work`"""
    return " out of work" in " " + " ".join(item.lower for item in walk.lefts[n])


def _of_the_rate(statement: Statement, rate: dict[str, str] | None) -> str:
    """What a monthly change of a statistic is compared with by its nature, else nothing."""
    if not rate or statement.period is None or statement.period.months != 1:
        return ""
    # `The retail prices index fell to 4.5%`: where a rate arrived is a rate of the year.
    return "yoy" if rate["monthly"] == "mom" and statement.reading.rule == "growth to" else rate["monthly"]


def _one_step(period: Period | None) -> str | None:
    """The comparison with the span before a month or a quarter."""
    months = period.months if period is not None and period.days is None else 0
    return {1: "mom", 3: "qoq"}.get(months)


_RATES = ("rate", "pace", "growth")


def _says_yearly(walk: Walk, n: int) -> bool:
    """`the annual increase of`, `The yearly increase had been`, `by more than 20% a year`"""
    behind = [item.lower for item in walk.items[walk.at[n] + 1 : walk.at[n] + 3]]
    yearly = any(item.is_word("yearly") for item in walk.lefts[n][-8:]) or _fastest(walk, n)
    if _one_step(walk.statements[n].period) == "qoq" and any(i.is_word("rate", "pace") for i in walk.lefts[n][-3:]):
        # `expanded at an annual rate of 3.4% between April and June`: on the quarter before
        return False
    # `The annual rate of growth slowed to 6.1%`
    yearly = yearly or any(a.is_word("annual") and b.lower.startswith(_RATES) for a, b in pairwise(walk.lefts[n]))
    return yearly or behind == ["a", "year"] or any(item.is_word("annual", "annually") for item in walk.lefts[n][-3:])


def _fastest(walk: Walk, n: int) -> bool:
    """`Prices rose 2.7% in February, the fastest pace for 16 months`: a pace that is watched over years is yearly."""
    rate = indicators.rate_of(walk.statements[n].key.indicator)
    paced = any(a.tag == "JJS" and b.is_word("pace", "rate") for a, b in pairwise(walk.items[walk.at[n] :]))
    return paced and rate is not None and rate["name"] == "consumer prices"


def _fit_length(walk: Walk, n: int, comparison: str | None) -> None:
    """`On the month, prices rose 0.5%` in a text that spoke of the year last: the month that it spoke of before."""
    statement, months = walk.statements[n], {"mom": 1, "qoq": 3}.get(comparison or "")
    known = walk.context.lengths.get(months or 0)
    inherited = statement.period is not None and statement.period == walk.context.period and not statement.own_period
    if known and inherited and statement.period is not None and statement.period.months > known.months:
        statement.period, statement.period_basis = known, "context"


def _end_of_run(walk: Walk, n: int) -> int:
    """`down 2.4 percent and 1.5 percent from a month earlier`: the last change of the list that n stands in."""
    while n + 1 < len(walk.at) and _alike(walk, n):
        n += 1
    return n


def _alike(walk: Walk, n: int) -> bool:
    """Whether the next change goes on with this one, in a list or with its verb left out (`exports rose 4.0% and
    imports 4.6% month on month`)."""
    one, other = walk.statements[n].reading, walk.statements[n + 1].reading
    gapped = other.role == "gapped" or other.rule == "comparison behind"
    dated = any(item.kind == "period" for item in walk.rights[n])
    return one.measure == other.measure and (walk.runs_on(n) or (gapped and not dated))


def _ahead(walk: Walk, n: int) -> Sequence[Item]:
    """The items behind a change up to the next change of its own."""
    later = (
        k
        for k in range(n + 1, len(walk.statements))
        if walk.statements[k].reading.measure in _CHANGES and walk.statements[k].reading.role == "main"
    )
    stop = next(later, None)
    return walk.items[walk.at[n] + 1 : len(walk.items) if stop is None else walk.at[stop] - len(walk.lefts[stop])]


def _from_base(walk: Walk, n: int) -> str | None:
    """The comparison that a level to compare with implies (`9.6% in December from 10.6% in November`)."""
    period = walk.statements[n].period
    for later in walk.statements[n + 1 :]:
        if (
            later.reading.role == "base"
            and later.period is not None
            and period is not None
            and later.period_basis != "context"
            and later.reading.measure != "growth"
        ):
            return timing.between(period, later.period)
        if later.reading.role == "main" and later.explicit and later.reading.measure in _CHANGES:
            break
    return None
