"""Figures of a title that the body gives again: the body says in full what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.state.statement import Statement

_SINGLE = ("main", "gapped")


def settle_titles(titles: Sequence[Statement], body: Sequence[Statement]) -> None:
    """Gives each figure of a title the key, time and comparison of the first figure of the body that has its value
    and its unit. Small whole numbers are no evidence: two of them are often equal by chance."""
    for one in titles:
        again = next((other for other in body if _same(one, other)), None)
        if again is not None and (again.key.flow or again.key.indicator):
            _take(one, again)


def _same(one: Statement, other: Statement) -> bool:
    if other.reading.role not in _SINGLE or one.unit.split(" ")[0] != other.unit.split(" ")[0]:
        return False
    amounts = [abs(s.quantity.number.value * s.quantity.factor) for s in (one, other)]
    return amounts[0] == amounts[1] and not (one.unit == "count" and amounts[0] < 10)


def _take(one: Statement, again: Statement) -> None:
    named = one.key.commodity if one.key.flow == again.key.flow else None
    one.key = replace(again.key, commodity=named or again.key.commodity)
    one.period, one.period_basis = again.period, again.period_basis
    one.share_of, one.counted = again.share_of, again.counted
    if one.status != "A":
        # `Output seen at 17.3 mln` that was `an estimated 17.3 mln`
        one.status = again.status
    if (one.reading.measure, again.reading.measure) != ("level", "difference"):
        one.comparison, one.base_period = again.comparison, again.base_period
        one.reading = replace(again.reading, rule=f"{again.reading.rule}, title")
