"""The unit of each figure: its own, that of the run it stands in, or that of the figure before; and what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.attach.kind import money
from pipeline.extract.attach.kind.elided import settle_bare
from pipeline.extract.attach.state import nouns
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import THINGS, Walk
from pipeline.extract.numbers.units import currency_of
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_left
from pipeline.extract.words.subject import Subject

_DIMENSIONS = {
    "length": "distance",
    "area": "area",
    "time": "time",
    "temperature": "temperature",
    "power": "capacity",
}


def settle_unit(walk: Walk, statement: Statement, n: int) -> None:
    """Gives the statement its unit and, where it counts, what it counts: written, elided, or the indicator's."""
    quantity, right = statement.quantity, walk.rights[n]
    last = walk.statements[-1] if walk.statements else None
    if quantity.unit == "index" and (_next_percent(walk, n) or (last is not None and last.unit == "percent")):
        # `climbed to 51.8 percent, a gain of 2.1 points`
        statement.unit = "percentage_point"
        sign = statement.reading.sign or 1
        statement.reading = replace(statement.reading, measure="difference", sign=sign)
    elif quantity.kind == "money" and (per := money.per_unit(walk, n)) is not None:
        statement.unit = walk.context.price_unit = f"{money.dollar(walk, quantity)} / {per}"
    elif quantity.kind in ("mass", "volume") and _daily(right):
        statement.unit = f"{quantity.unit} / day"
    elif quantity.unit is not None:
        statement.unit = money.price(walk, quantity, money.dollar(walk, quantity))
    elif (foreign := money.exchanged(right)) is not None:
        _settle_rate(walk, statement, n, foreign)
    else:
        settle_bare(walk, statement, n)


def _daily(right: Sequence[Item]) -> bool:
    """`9.4 million barrels of gasoline a day`"""
    words = [item.lower for item in right[:7]]
    return words[:1] == ["of"] and any(a in ("a", "per") and b == "day" for a, b in pairwise(words))


def _next_percent(walk: Walk, n: int) -> bool:
    """`went up by 0.7 points to 8.8 per cent`"""
    between = walk.items[walk.at[n] + 1 : walk.at[n] + 3]
    return (
        len(between) == 2
        and between[0].is_word("to")
        and between[1].kind == "quantity"
        and (between[1].data.kind == "percent")
    )


def _settle_rate(walk: Walk, statement: Statement, n: int, foreign: str) -> None:
    named = next((c for item in reversed(walk.lefts[n]) if (c := currency_of(item.lower)) and c != foreign), None)
    own = named or money.currency_at_home(walk.context.home) or walk.context.unit or ""
    statement.unit = f"{own} / {foreign}" if len(own) == 3 and own != foreign else "ratio"
    statement.key = walk.key = Key(indicator="exchange rate", ref=walk.context.main)


def _antecedent(left: Sequence[Item]) -> str | None:
    """`cheaper coal, which was declared at`"""
    at = next((i for i, item in enumerate(left) if item.is_word("which") and i > 1 and left[i - 1].text == ","), None)
    return None if at is None else nouns.settle(phrase_left(left, at - 1)[1])


def settle_dimension(walk: Walk, statement: Statement, subject: Subject) -> None:
    """Lengths, areas and times are no trade, whatever the text spoke of before."""
    kind = statement.quantity.kind
    price = kind == "rate" or (kind == "money" and " / " in statement.unit)
    if (
        price
        and not subject.flow
        and not (statement.key.indicator and indicators.is_statistic(statement.key.indicator))
        and statement.unit.split(" ")[0].isupper()
        and not (statement.key.flow and statement.unit.endswith("day"))
    ):
        key = statement.key
        # `Rebar was quoted at 52,500 rupees per tonne`: what is named is what is priced.
        priced = key.indicator if key.indicator and not indicators.is_statistic(key.indicator) else None
        thing = priced or key.commodity or _antecedent(walk.lefts[len(walk.statements)])
        statement.key = walk.key = Key(indicator="price", commodity=thing, ref=key.ref)
        moved = bool(walk.statements) and walk.statements[-1].reading.measure in ("growth", "difference")
        if statement.reading.rule == "to" and moved and walk.statements[-1].key == key:
            # `coal shed 17% to 131.75 dollars a tonne`: what fell was the price.
            walk.statements[-1].key = statement.key
    if statement.reading.rule == "on land":
        statement.key = replace(statement.key, indicator="area")
    lasting = kind == "time" and not subject.empty and indicators.is_amount(statement.key.indicator or "")
    if kind in _DIMENSIONS and (statement.key.flow or lasting) and not subject.flow:
        noun = nouns.settle(subject.indicator) or _DIMENSIONS[kind]
        statement.key = walk.key = Key(indicator=noun, ref=statement.key.ref)


def share_units(walk: Walk) -> None:
    """`26.2 billion, 12.6 billion and 4.5 billion yuan`: the unit stands behind the last of a run."""
    following = ""
    kind = ""
    for n in range(len(walk.statements) - 1, -1, -1):
        statement = walk.statements[n]
        goes_on = walk.runs_on(n) or (statement.quantity.unit is None and walk.in_parallel(n))
        if statement.quantity.unit is not None and not (following and goes_on):
            following, kind = statement.unit, statement.quantity.kind
        # `imports 0.84 billion, 4.4 percent more`: an amount with a scale word of its own is no percent.
        number = statement.quantity.number
        restated = following == "percent" and (walk.restated(n) or number.scaled or number.value >= THINGS)
        if following and goes_on:
            _scale(walk, n)
        elif not following and goes_on and walk.in_parallel(n):
            # `exports were 3.48 and imports 2.46 billion` in a text that has named its money
            _scale(walk, n)
            statement.unit = walk.statements[n + 1].unit
        if statement.quantity.unit is None and following and goes_on and not restated:
            statement.unit, statement.counted = following, None
            if kind == "percentage_point":
                statement.reading = replace(statement.reading, measure="difference", sign=statement.reading.sign or 1)
            elif kind == "percent":
                statement.reading = replace(walk.statements[n + 1].reading)
        elif statement.quantity.unit is None:
            following = ""


def _scale(walk: Walk, n: int) -> None:
    """`$1.14, $0.55 and $0.89 billion`: the scale word behind the last holds for all."""
    one, other = walk.statements[n].quantity, walk.statements[n + 1].quantity
    shared = other.scale if other.scale != 1 else other.number.scale
    if (
        one.kind in ("money", "bare")
        and other.kind in ("money", "mass", "bare")
        and not one.number.scaled
        and shared != 1
        and one.number.value < 1000
    ):
        walk.statements[n].quantity = replace(one, factor=one.factor * shared, scale=shared)


def link_pairs(walk: Walk) -> None:
    """`US$8.2 or 7.3% lower`: the first of the two has the sign and comparison of the second."""
    for one, other in zip(walk.statements, walk.statements[1:], strict=False):
        if other.reading.rule == "brackets" and one.reading.measure == "difference":
            one.comparison, one.base_period = other.comparison, other.base_period
        if one.reading.rule.endswith(" twice") and one.reading.rule == other.reading.rule:
            one.comparison, one.base_period = other.comparison, other.base_period
        if one.reading.role == "link":
            one.reading = replace(one.reading, sign=other.reading.sign)
            one.comparison, one.base_period = other.comparison, other.base_period
    money.settle_moves(walk)
