"""The periods and comparisons of a sentence's figures.

Words behind a figure give its own period, words before it hold for what follows in the sentence; what is compared
with lies in another period.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.attach.kind import lists, status
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.attach.when import (
    ahead,
    base_times,
    comparisons,
    earlier,
    implied,
    markets,
    narrowed,
    spans,
    timing,
)
from pipeline.extract.periods import years
from pipeline.extract.words.items import Item
from pipeline.model.period import Period, PeriodMention

_CONTRASTS = ("whereas", "while", "but", "although", "though", "when", "after", "before")
_ASIDES = ("whereas", "while", "but", "although", "though", "when", "since", "which")

_Timed = tuple[Period | None, str | None]


def settle_times(walk: Walk) -> None:
    """Gives every statement of the sentence its period, and every change its comparison."""
    current: _Timed | None = None
    for n, statement in enumerate(walk.statements):
        current = _settle_time(walk, n, statement, current)
    _listed_times(walk)
    _forget_timeless(walk)
    earlier.settle_earlier(walk)
    base_times.fill_bases(walk)
    base_times.fit_years(walk)
    base_times.ends_of_span(walk)
    comparisons.settle_comparisons(walk)
    ahead.settle_ahead(walk)


def _settle_time(walk: Walk, n: int, statement: Statement, current: _Timed | None) -> _Timed | None:
    """The period of one statement; returns what holds for the statements after it."""
    held = current
    goal = None
    if statement.status in ("T", "F"):
        goal = next((d for part in (walk.rights[n], walk.lefts[n], walk.items) if (d := timing.deadline(part))), None)
    if goal is not None:
        timing.set_period(statement, goal, walk.context, own=True)
        return current
    led = timing.plain_periods(walk.lefts[n]) if statement.reading.role == "base" else []
    if led and not n and led[-1].kind == "month" and base_times.arrives(walk, n):
        # `It had been raised in January from 14 to 16 pct`: in January it arrived.
        return timing.resolved(led[-1], walk.context)
    if statement.reading.role == "base":
        periods = [*timing.plain_periods(walk.lefts[n]), *timing.plain_periods(walk.rights[n])]
        base_times.base_time(walk, statement, n, periods)
        return current
    elsewhere = _same_elsewhere(walk, n)
    spoken = _just_named(walk, n) or walk.context.period
    if elsewhere is not None and spoken is not None:
        statement.period = years.base_of(spoken, elsewhere)
        statement.period_basis = "stated"
    else:
        current = _main_time(walk, n, statement, current)
    if spans.yearly(walk.lefts[n]) and statement.period is not None:
        statement.period = timing.whole_year(statement.period)
        current = (statement.period, statement.period_basis)
    aside = walk.in_relative_clause(n) or walk.in_brackets(n) or earlier.looks_back(walk, n, statement)
    return held if aside else current


def _just_named(walk: Walk, n: int) -> Period | None:
    """`from 446.7 billion in January to August 2022 to 274.3 billion in the same months of 2023`: the months that the
    sentence has just named."""
    named = bool(n) and bool(timing.plain_periods(walk.rights[n - 1]))
    return walk.statements[n - 1].period if named else None


def _main_time(walk: Walk, n: int, statement: Statement, current: _Timed | None) -> _Timed | None:
    """Words right behind a figure, then words before it, then what holds in the sentence, then the context."""
    left = status.last_clause(walk.lefts[n])
    before, behind = timing.plain_periods(left), timing.plain_periods(walk.rights[n])
    if not n and not before and not behind:
        # `The data of July, which were revised and were compiled by the office, show ...`
        before = timing.plain_periods(walk.lefts[n])
    if statement.reading.measure == "multiple":
        # `1.9 times the volume of a year ago`
        behind = [] if _based(walk, n) else [mention for mention in behind if mention.year_from != "before"]
        before = [] if any(a.is_word("figure", "amount") and b.is_word("of") for a, b in pairwise(left)) else before
    if behind and _directly_behind(walk.rights[n]):
        before = []
    if (moment := implied.behind_when(walk, n)) is not None:
        before = [moment]
    if before and current is not None and _of_the_text(walk, before[-1]):
        statement.period, statement.period_basis = current
        return current
    if not before and not behind and (season := timing.season_so_far(left)) is not None:
        before = [season]
    if before or behind:
        if not before and statement.reading.measure == "share" and current is not None:
            statement.period, statement.period_basis = current
            return current
        spoken = current[0] if current is not None else None
        mention = before[-1] if before else behind[0]
        timing.set_period(statement, mention, walk.context, own=not before, spoken=spoken)
        narrowed.narrow(walk, statement, mention)
        return (statement.period, statement.period_basis)
    return _without_words(walk, statement, n, current)


def _without_words(walk: Walk, statement: Statement, n: int, current: _Timed | None) -> _Timed | None:
    """The period of a figure without a period of its own: a day, what holds in the sentence, the context's."""
    today = markets.market_day(walk.lefts[n], walk.rights[n], walk.context)
    if today is not None and statement.reading.role == "main":
        statement.period, statement.period_basis = today, walk.context.published_basis
        return (today, walk.context.published_basis)
    year = spans.twelve_months(walk.lefts[n], walk.context) if statement.reading.measure == "level" else None
    if year is not None:
        statement.period, statement.period_basis = year, "context"
        return (year, "context")
    implied_one = implied.span_spoken_of(walk, n) or (implied.after_base(walk, n) if current is None else None)
    if implied_one is not None:
        statement.period, statement.period_basis = implied_one, "context"
        return (implied_one, "context")
    day = timing.day_of(walk.lefts[n], walk.rights[n])
    if day is not None:
        timing.set_period(statement, day, walk.context, own=True)
        if any(item.data is day for item in walk.lefts[n]):
            # `Stocks on March 22 were 9.87 mln tonnes of wheat, 3.05 mln of barley`
            return (statement.period, statement.period_basis)
    elif current is None and ahead.expected(walk, statement, n):
        return current
    elif current is not None and not spans.yearly(walk.lefts[n]):
        statement.period, statement.period_basis = current
    else:
        _inherit_time(walk, statement, n)
    return current


def _based(walk: Walk, n: int) -> bool:
    """`twice the sum of January 2021`, `1.6 times the 2022 one`: what a multiple is of has a period of its own."""
    multiple = walk.items[walk.at[n]].data.kind == "times"
    return multiple and bool(walk.rights[n]) and walk.rights[n][0].is_word("the", "that", "those", "what")


def _directly_behind(right: Sequence[Item]) -> bool:
    """`only imported $2.82 million in 2016`"""
    start = 2 if len(right) > 3 and right[0].is_word("a", "per") else 0
    right = [item for item in right[start:] if not item.is_word("the")]
    return len(right) > 1 and right[0].is_word("in", "during") and right[1].kind == "period"


def _forget_timeless(walk: Walk) -> None:
    if any(item.kind == "period" for item in walk.items):
        return
    for statement in walk.statements:
        if not statement.own_period and timing.is_timeless(statement.quantity.kind, statement.key.indicator):
            statement.period, statement.period_basis = None, None


def _of_the_text(walk: Walk, mention: PeriodMention) -> bool:
    """`this year's situation` in a text without a date, after a year that the sentence has stated."""
    return mention.year_from == "this" and walk.context.estimated and not walk.context.forward


def _same_elsewhere(walk: Walk, n: int) -> PeriodMention | None:
    """`exported 7.9 billion in the same period of 2023`: a level of its own in another year."""
    if walk.statements[n].reading.measure != "level" or walk.statements[n].reading.role != "main":
        return None
    for items in (walk.rights[n], walk.lefts[n]):
        for before, item in zip(items, items[1:], strict=False):
            led = before.is_word("in", "during", "for", "the")
            if item.kind == "period" and item.data.same and led and item.data.year_from in ("stated", "last"):
                mention: PeriodMention = item.data
                return mention
    return None


def _listed_times(walk: Walk) -> None:
    """`627.4, 717.3 and 775.3 billion in the first, second and third quarter`: a period for each of a run."""
    mentions: Sequence[PeriodMention] | None = None
    for run in lists.runs(walk.statements, walk.items):
        named = timing.plain_periods(walk.lefts[run[0]]), timing.plain_periods(walk.rights[run[-1]])
        # A second run of the same length (`with growth of ..., respectively`) has the periods of the first.
        last = mentions if mentions is not None and len(mentions) == len(run) else None
        mentions = next((found for found in named if len(found) == len(run)), last)
        for n, mention in zip(run, mentions or [], strict=False):
            timing.set_period(walk.statements[n], mention, walk.context, own=True)


def _inherit_time(walk: Walk, statement: Statement, n: int) -> None:
    aside = next((k for k in range(n + 1, len(walk.at)) if _aside(walk.lefts[k])), len(walk.at))
    # `up by 0.1%, after rises of 1.2% in November and 8.4% in October`: what follows an aside belongs to it.
    later = [walk.statements[k] for k in range(n + 1, aside) if _lends_time(walk, statement, k)]
    if later and later[0].reading.role != "base":
        mention = _own_time(walk, walk.statements.index(later[0])) or timing.plain_periods(walk.items)[0]
        timing.set_period(statement, mention, walk.context, own=False)
        narrowed.narrow(walk, statement, mention)
        return
    rest = [] if aside < len(walk.at) else _behind_all(walk)
    if n + 1 < len(walk.at) and base_times.base_between(walk, n + 1, len(walk.at) - 1):
        rest = []
    if rest and n + 1 < len(walk.at) and _ahead_of(walk, statement, -1, rest[0]):
        rest = []
    if rest and not any(s.reading.role == "base" for s in walk.statements[-1:]):
        timing.set_period(statement, rest[0], walk.context, own=False)
        return
    context = walk.context
    whole = context.key.flow == "total" and context.key_paragraph == context.paragraph
    if whole and statement.key.flow in ("exports", "imports") and not walk.statements[:n] and context.last_period:
        # `Trade reached 18.27 billion from January to May. Imports were ...`: the parts have the period of their whole.
        statement.period, statement.period_basis = context.last_period, "context"
        return
    statement.period, statement.period_basis = narrowed.month_of(walk, n), context.period_basis


def _lends_time(walk: Walk, statement: Statement, k: int) -> bool:
    """Whether the period of the later figure k holds for `statement` too: not one that is only expected (`and expects
    43 percent this year`), nor one to compare with."""
    own, left = _own_time(walk, k), walk.lefts[k]
    if base_times.base_between(walk, walk.statements.index(statement) + 1, k) or _based(walk, k):
        return False
    if own is not None and own.kind == "past" and own.period.months == 1 and walk.context.period is not None:
        # `1.14 per cent of it in the past month`
        return False
    if own is None or timing.steps_back(own) or earlier.possessed(left) or _aside(left):
        return False
    if any(item.text in (";", "(") for item in left) and own in timing.plain_periods(left):
        # `...; in 8M 2014 these were 12.7% and 14.2%`
        return False
    return not _ahead_of(walk, statement, k, own)


def _ahead_of(walk: Walk, statement: Statement, k: int, own: PeriodMention) -> bool:
    """`Debt was cut to 1.3 billion, and spending will be 550 million in 1988`: what is expected lies ahead."""
    expected = any(item.kind == "status" for item in walk.lefts[k])
    return statement.status == "A" and expected and own.kind == "year" and own.year_from in ("this", "stated", "next")


def _aside(left: Sequence[Item]) -> bool:
    """`while ...`, `the largest since a 0.4% slide in 2002`"""
    return any(item.is_word(*_CONTRASTS) or item.is_word("since") for item in left) or _on_top(left)


def _behind_all(walk: Walk) -> list[PeriodMention]:
    """The periods behind the last figure that may hold for all: not those of another clause (`but that of 2010`), nor
    the one before (`having been flat the month before`)."""
    behind = [] if _based(walk, len(walk.at) - 1) else walk.items[walk.at[-1] + 1 :]
    cut = next((i for i, item in enumerate(behind) if item.is_word(*_ASIDES) or _gives_reason(behind, i)), len(behind))
    known = walk.context.period is not None
    found = (mention for mention in timing.plain_periods(behind[:cut]) if not timing.steps_back(mention))
    return [mention for mention in found if not (mention.kind == "past" and mention.period.months == 1 and known)]


def _gives_reason(items: Sequence[Item], i: int) -> bool:
    """`exports rose 44.9%, as much of the economy had been shut in May 2020`"""
    return items[i].is_word("as", "because") and i > 0 and items[i - 1].text == ","


def _on_top(items: Sequence[Item]) -> bool:
    """`fell 9%, on top of 8.2% in August`: the month before."""
    pairs = zip(items, items[1:], strict=False)
    return any(one.is_word("on") and other.lower.startswith("top") for one, other in pairs)


def _own_time(walk: Walk, n: int) -> PeriodMention | None:
    if walk.statements[n].reading.measure == "multiple" and walk.rights[n] and walk.rights[n][0].is_word("the", "that"):
        # `1.6 times the 2022 one`
        return None
    periods = timing.plain_periods(walk.lefts[n]) + timing.plain_periods(walk.rights[n])
    return periods[0] if periods else None
