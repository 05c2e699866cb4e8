"""The unit of each figure: its own, that of the run it stands in, or that of the figure before; and what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from pipeline.extract.attach.kind import money
from pipeline.extract.attach.kind.counting import MADE, UNITS_OF_COUNT, done, measured, packed, unit_of
from pipeline.extract.attach.state import nouns
from pipeline.extract.attach.state.clauses import clause
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.evidence import Reading
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.numbers.units import currency_of
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import is_nominal, phrase_right
from pipeline.extract.words.subject import Subject

_DIMENSIONS = {
    "length": "distance",
    "area": "area",
    "time": "time",
    "temperature": "temperature",
    "power": "capacity",
}
_LASTING = {"days": "day", "weeks": "week", "months": "month", "years": "year"}
_INDEX = regex.compile(r"\bindex\b|\bPMI\b", regex.I)


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
        _settle_bare(walk, statement, n)


def on_land(walk: Walk, n: int, reading: Reading) -> Reading:
    """`harvested 4.2 million tonnes from 4.3 million hectares`: where it grew, nothing that it is compared with."""
    quantity, last = walk.items[walk.at[n]].data, walk.statements[-1] if walk.statements else None
    grown = last is not None and last.quantity.kind in ("mass", "volume") and quantity.kind == "area"
    return Reading("level", 0, "main", "on land") if grown else reading


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


def _by_turns(walk: Walk, statement: Statement, n: int) -> bool:
    """`24,000 tonnes of palm oil at 369 dlrs a tonne and 15,000 of rape oil at 327`: amounts and prices."""
    if len(walk.statements) < 2:
        return False
    model, last = walk.statements[-2], walk.statements[-1]
    amount = bool(walk.rights[n]) and walk.rights[n][0].is_word("of") and " / " in last.unit
    price = [item.lower for item in walk.lefts[n]] == ["at"] and " / " in model.unit
    if not (amount or price) or model.unit == last.unit or model.quantity.kind == "bare":
        return False
    commodity = last.key.commodity if price else None
    statement.unit, statement.key = model.unit, replace(model.key, commodity=commodity)
    walk.key = statement.key
    return True


def _settle_bare(walk: Walk, statement: Statement, n: int) -> None:
    if _by_turns(walk, statement, n):
        return
    noun = _counted(walk, walk.rights[n])
    previous = walk.statements[-1] if walk.statements else None
    indicator = statement.key.indicator
    lasting = _LASTING.get(walk.rights[n][0].lower) if walk.rights[n] else None
    if lasting:
        # `equal to 96 days of consumption`, after tonnes
        statement.unit = lasting
    elif not noun and any(item.lower in ("numbered", "numbering") for item in walk.lefts[n][-3:]):
        statement.unit, statement.counted = "count", statement.key.commodity or indicator
    elif noun and not _elided(walk, statement, previous, noun):
        statement.unit, statement.counted = "count", noun
        _count(walk, statement, n, noun)
    elif statement.reading.role == "base" and previous is not None and not noun and _lends_base(statement, previous):
        statement.unit, statement.counted = previous.unit, previous.counted
    elif not noun and (known := unit_of(walk, n, indicator)):
        statement.unit = known
    elif not noun and (things := indicators.counted_noun(indicator)):
        statement.unit, statement.counted = "count", things
    elif indicator and _INDEX.search(indicator):
        statement.unit = "index"
    elif previous is not None and _lends_unit(statement, previous):
        statement.unit = previous.unit
    else:
        statement.unit = _amount_unit(walk) if _same_amount(walk, statement) else "count"


def _same_amount(walk: Walk, statement: Statement) -> bool:
    """Whether a bare number goes on in the unit of the text; `car sales rose to 449,600` after tonnes counts."""
    number, indicator = statement.quantity.number, statement.key.indicator
    amounts = any(s.unit not in ("percent", "percentage_point", "basis_point", "ratio") for s in walk.statements)
    later = (walk.items[i].data.kind for i in walk.at[len(walk.statements) + 1 :])
    if any(kind in ("mass", "volume", "energy") for kind in later):
        # `nearly halved, from 9,400 to 4,900 tons`
        return True
    if amounts or number.scaled or statement.key.flow or not indicator or number.value != int(number.value):
        return True
    return walk.context.unit_of is None or indicator == walk.context.unit_of


def _lends_unit(statement: Statement, previous: Statement) -> bool:
    """The unit of the figure before goes on; a level that a change led to (`grew 1.1% to 412,800`) is no percent."""
    if previous.unit == "count":
        return False
    relative = previous.reading.measure in ("growth", "share", "multiple")
    if relative and statement.reading.role == "base" and statement.reading.measure == "level":
        return False
    number = statement.quantity.number
    return not relative or not (number.scaled or number.value >= 1000 or statement.reading.rule == "to")


def _lends_base(statement: Statement, previous: Statement) -> bool:
    return previous.unit == "count" or _lends_unit(statement, previous)


def _settle_rate(walk: Walk, statement: Statement, n: int, foreign: str) -> None:
    named = next((c for item in reversed(walk.lefts[n]) if (c := currency_of(item.lower)) and c != foreign), None)
    own = named or money.currency_at_home(walk.context.home) or walk.context.unit or ""
    statement.unit = f"{own} / {foreign}" if len(own) == 3 and own != foreign else "ratio"
    statement.key = walk.key = Key(indicator="exchange rate", ref=walk.context.main)


def _count(walk: Walk, statement: Statement, n: int, noun: str) -> None:
    """What is counted is what is measured, unless it is traded (`exported 1,200 vehicles`), made or sold."""
    _, subject = clause(walk.lefts[n])
    deed = done(walk, n, subject)
    if deed is not None and deed.indicator in MADE:
        return
    held = packed(walk.rights[n], noun)
    named = nouns.settle(subject.indicator)
    stated = any(item.tag.startswith("VB") for item in walk.lefts[n]) or measured(named)
    if named and not stated and walk.context.trade and not subject.flow and noun.lower() in UNITS_OF_COUNT:
        # `Cars: 87,400 units` in a text on trade
        flow = statement.key.flow or walk.context.trade
        statement.key = walk.key = Key(flow=flow, commodity=named, ref=statement.key.ref)
    elif statement.key.flow and held:
        statement.key = walk.key = replace(statement.key, commodity=held)
    elif subject.flow and subject.flow != "balance":
        thing = None if noun.lower() in UNITS_OF_COUNT else noun
        statement.key = walk.key = replace(statement.key, commodity=statement.key.commodity or thing)
    elif (
        statement.reading.role != "base"
        and not (subject.indicator and indicators.is_statistic(subject.indicator) and noun.lower() in UNITS_OF_COUNT)
        and not (named is None and noun.lower() in UNITS_OF_COUNT and (statement.key.indicator or statement.key.flow))
    ):
        known = walk.context.key.indicator if noun.lower() in UNITS_OF_COUNT and not named else None
        statement.key = walk.key = Key(indicator=known or noun, ref=statement.key.ref)


def _amount_unit(walk: Walk) -> str:
    for statement in reversed(walk.statements):
        if statement.unit not in ("percent", "percentage_point", "ratio", "basis_point", ""):
            return statement.unit
    if walk.key == walk.context.key and walk.context.key_unit:
        # `Output was 4 million bags. It may reach 4.5 million`
        return walk.context.key_unit
    return walk.context.unit or "count"


def _counted(walk: Walk, right: Sequence[Item]) -> str | None:
    if (
        not right
        or not (right[0].kind in ("word", "mode") or is_nominal(right[0]))
        or right[0].tag.startswith(("IN", "TO", "VB", "DT", "CC"))
    ):
        return None
    end, text = phrase_right(right, 0)
    return text or None if end else None


def _elided(walk: Walk, statement: Statement, previous: Statement | None, noun: str) -> bool:
    """`China 87,259 wheat`: tonnes again, after a quantity in tonnes, where the words before only name a taker."""
    if previous is None or previous.unit in ("count", "", "percent") or previous.unit.isupper():
        return False
    words = noun.lower().split()
    if words[0] in UNITS_OF_COUNT or words[-1] in _NEVER_WEIGHED:
        return False
    return not statement.quantity.number.scaled or statement.quantity.unit is None


_NEVER_WEIGHED = ("countries", "nations", "people", "passengers", "persons", "trips", "trains", "vehicles")


def settle_dimension(walk: Walk, statement: Statement, subject: Subject) -> None:
    """Lengths, areas and times are no trade, whatever the text spoke of before."""
    kind = statement.quantity.kind
    price = kind == "rate" or (kind == "money" and " / " in statement.unit)
    if (
        price
        and not subject.flow
        and not (statement.key.indicator and indicators.is_statistic(statement.key.indicator))
        and statement.unit.split(" ")[0].isupper()
    ):
        key = statement.key
        # `Rebar was quoted at 52,500 rupees per tonne`: what is named is what is priced.
        priced = key.indicator if key.indicator and not indicators.is_statistic(key.indicator) else None
        statement.key = walk.key = Key(indicator="price", commodity=priced or key.commodity, ref=key.ref)
        moved = bool(walk.statements) and walk.statements[-1].reading.measure in ("growth", "difference")
        if statement.reading.rule == "to" and moved and walk.statements[-1].key == key:
            # `coal shed 17% to 131.75 dollars a tonne`: what fell was the price.
            walk.statements[-1].key = statement.key
    if statement.reading.rule == "on land":
        statement.key = replace(statement.key, indicator="area")
    if kind in _DIMENSIONS and statement.key.flow and not subject.flow:
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
        restated = following == "percent" and (walk.restated(n) or statement.quantity.number.scaled)
        if following and goes_on:
            _scale(walk, n)
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
