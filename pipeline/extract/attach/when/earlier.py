"""Changes that a sentence only mentions as what went before: `fell 3 percent after rising 2 percent`."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.attach.when import timing
from pipeline.extract.attach.when.narrowed import CHANGES
from pipeline.extract.words.items import Item

_FOLLOWED = ("followed", "follows", "following")


def settle_earlier(walk: Walk) -> None:
    """Such a change without a time of its own was in the span of the same length before."""
    for n, statement in enumerate(walk.statements):
        if statement.reading.measure not in CHANGES or statement.reading.role == "base" or not _goes_before(walk, n):
            continue
        if timing.plain_periods(walk.lefts[n]) or timing.plain_periods(walk.rights[n]):
            continue
        if n and _named(walk.statements[n - 1]) != _named(statement):
            continue
        period = statement.period
        if period is not None and period.days is None and period.months in (1, 3, 12):
            statement.period, statement.period_basis = period.shifted(months=-period.months), "context"


def _named(statement: Statement) -> tuple[str | None, str | None, str | None]:
    return statement.key.flow, statement.key.indicator, statement.key.commodity


def _goes_before(walk: Walk, n: int) -> bool:
    left = [item for item in walk.lefts[n] if item.text != ","]
    if n and len(left) > 1 and left[0].is_word("after", "following") and left[1].tag == "VBG":
        return True
    return any(one.is_word(*_FOLLOWED) for one in left[:2]) and any(item.is_change("noun") for item in left)


def looks_back(walk: Walk, n: int, statement: Statement) -> bool:
    """`The deficit, 6.6 billion dollars in July 2014, grew by 6.5%`, `In June it had been 44.7 billion, so it became
    5.2 billion smaller`: the period before holds for this amount alone."""
    if n + 1 >= len(walk.at):
        return False
    left, following = walk.lefts[n], walk.lefts[n + 1]
    if n and left and left[0].is_word("after", "following") and _changes_back(walk, n, statement):
        # `grew 0.7 pct in June after a 1.4 pct rise in May, and was 13.9 pct higher than a year before`
        return True
    if any(item.is_word("had") for item in left):
        return any(item.tag == "VBD" for item in following) and not any(item.is_word("had") for item in following)
    between = walk.items[walk.at[n] + 1 : walk.at[n + 1]]
    aside = bool(left) and left[-1].text == "," and any(item.text == "," for item in between)
    aside = aside or possessed(left)
    now, then = walk.context.period, statement.period
    return aside and now is not None and then is not None and (then.year or 0) < (now.year or 0)


def _changes_back(walk: Walk, n: int, statement: Statement) -> bool:
    """Whether a change lies before the one that it stands behind."""
    before = walk.statements[n - 1].period
    now = statement.period
    if statement.reading.measure != "growth" or before is None or now is None or before.months != now.months:
        return False
    return (now.year or 0, now.month) < (before.year or 0, before.month)


def possessed(items: Sequence[Item]) -> bool:
    """`last year's deficit of 39.1 billion`: a period of that figure alone."""
    return any(a.kind == "period" and b.tag == "POS" for a, b in zip(items, items[1:], strict=False))
