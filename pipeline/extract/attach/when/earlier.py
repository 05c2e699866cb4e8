"""Changes that a sentence only mentions as what went before: `fell 3 percent after rising 2 percent`."""

from __future__ import annotations

from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.attach.when import timing
from pipeline.extract.attach.when.narrowed import CHANGES

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
