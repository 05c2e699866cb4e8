"""The unit of a number that has none of its own: what is counted, or the unit of the figures around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from pipeline.extract.attach.kind import money
from pipeline.extract.attach.kind.counting import MADE, UNITS_OF_COUNT, done, measured, packed, unit_of
from pipeline.extract.attach.state import naming, nouns
from pipeline.extract.attach.state.clauses import clause
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import is_nominal, phrase_right
from pipeline.extract.words.subject import read_subject
from pipeline.model.record import Bound


def _bound(walk: Walk, statement: Statement, n: int) -> None:
    """`7.7 million boxes at most`"""
    behind = " ".join(item.lower for item in walk.items[walk.at[n] + 1 : walk.at[n] + 5])
    bound: Bound | None = "<=" if " at most" in behind else ">=" if " at least" in behind else None
    quantity = statement.quantity
    if bound is not None and quantity.number.bound == "=":
        statement.quantity = replace(quantity, number=replace(quantity.number, bound=bound))


def _things(walk: Walk, statement: Statement, n: int) -> str | None:
    counted = indicators.counted_noun(statement.key.indicator)
    return counted or (indicators.counted_noun(statement.key.commodity) if _go(walk, n) else None)


def _go(walk: Walk, n: int) -> bool:
    """`Vehicles were the star export: 18,300 crossed the border`: what acts is counted."""
    number, behind = walk.items[walk.at[n]].data.number, walk.items[walk.at[n] + 1 : walk.at[n] + 2]
    return not number.scaled and bool(behind) and behind[0].kind in ("word", "flow") and behind[0].tag == "VBD"


_UNSCALED = 1000
_LASTING = {"days": "day", "weeks": "week", "months": "month", "years": "year"}
_NEVER_WEIGHED = ("countries", "nations", "people", "passengers", "persons", "trips", "trains", "vehicles")
_INDEX = regex.compile(r"\bindex\b|\bPMI\b", regex.I)
_FOREIGN = {"dollar": "USD", "dollars": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY"}


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


def _lasts(walk: Walk, statement: Statement, n: int) -> bool:
    """`equal to 96 days of consumption`, after tonnes: how long the stocks last."""
    lasting = _LASTING.get(walk.rights[n][0].lower) if walk.rights[n] else None
    if lasting is None:
        return False
    statement.unit = lasting
    if statement.key.indicator and statement.key.indicator.lower() in _LASTING:
        statement.key = walk.key = walk.statements[-1].key if walk.statements else walk.context.key
    return True


def settle_bare(walk: Walk, statement: Statement, n: int) -> None:
    if _by_turns(walk, statement, n) or _led_on(walk, statement, n) or _of_them(walk, statement, n):
        return
    if _lasts(walk, statement, n):
        return
    noun = _counted(walk, walk.rights[n])
    previous = _before_brackets(walk)
    indicator = statement.key.indicator
    if not noun and _numbered(walk, statement, n):
        statement.unit, statement.counted = "count", statement.key.commodity or indicator
    elif noun and not _elided(walk, statement, previous, noun):
        statement.unit, statement.counted = "count", noun
        _count(walk, statement, n, noun)
        _bound(walk, statement, n)
    elif statement.reading.role == "base" and previous is not None and not noun and _lends_base(statement, previous):
        statement.unit, statement.counted = previous.unit, previous.counted
    elif not noun and (known := unit_of(walk, n, indicator)):
        statement.unit = known
    elif not noun and (things := _things(walk, statement, n)):
        statement.unit, statement.counted = "count", things
    elif indicator and _INDEX.search(indicator):
        statement.unit = "index"
    elif previous is not None and _lends_unit(statement, previous):
        statement.unit = previous.unit
    else:
        statement.unit = _amount_unit(walk) if _same_amount(walk, statement) else "count"


def _before_brackets(walk: Walk) -> Statement | None:
    """The figure before; but `1.38bn rupees ($43.4m; £23m), against 6.92bn`: not what a bracket says in other money."""
    for statement in reversed(walk.statements):
        marks = [item.text for item in walk.items[: statement.position]]
        if statement.quantity.kind != "money" or marks.count("(") <= marks.count(")"):
            return statement
    return walk.statements[-1] if walk.statements else None


def _led_on(walk: Walk, statement: Statement, n: int) -> bool:
    """`doubled from 31.7 to 69.6 million tons`: unit and scale of what a change led to."""
    ahead = walk.items[walk.at[n] + 1 : walk.at[n] + 3]
    if statement.reading.role != "base" or len(ahead) < 2 or not ahead[0].is_word("to") or ahead[1].kind != "quantity":
        return False
    one, other = statement.quantity, ahead[1].data
    if other.unit is None or other.kind not in ("money", "mass", "volume", "energy", "area"):
        return False
    if not one.number.scaled and other.number.scaled and one.number.value < _UNSCALED:
        statement.quantity = replace(one, factor=one.factor * other.number.scale, scale=other.number.scale)
    statement.unit = money.dollar(walk, other) if other.kind == "money" else other.unit
    return True


def pass_by(walk: Walk, n: int, ref: str | None) -> None:
    """`Inventories of rebar at 35 cities had built to`: the things that a preposition leads to are not what the
    sentence goes on about, but the statistic before them."""
    left = walk.lefts[n]
    if n or len(left) < 2 or not left[-1].is_word("at", "among", "in", "across", "of", "from"):
        return
    subject = read_subject(left[:-1])
    if subject.flow or indicators.is_statistic(subject.indicator or ""):
        walk.key = naming.named(Key(ref=ref), subject, walk.context, fresh=True)


def _of_them(walk: Walk, statement: Statement, n: int) -> bool:
    """`Notebooks remain the mainstay: 6.2 million of them went abroad`: what the sentence began with."""
    right = [item.lower for item in walk.rights[n][:2]]
    end, noun = phrase_right(walk.items, 0)
    if right != ["of", "them"] or n or not noun or not walk.items[end - 1].tag.endswith("S"):
        return False
    statement.unit, statement.counted = "count", noun
    key = statement.key
    flow = key.flow if key.flow != "balance" else None
    statement.key = walk.key = replace(key, commodity=noun) if flow else Key(indicator=noun, ref=key.ref)
    return True


def _numbered(walk: Walk, statement: Statement, n: int) -> bool:
    """`trucks numbered 4,370`, `the number of cars sold abroad jumped to 62,400` in a text that counts in money"""
    if any(item.lower in ("numbered", "numbering") for item in walk.lefts[n][-3:]):
        return True
    if not statement.key.flow or statement.reading.role == "base":
        return False
    led = walk.lefts[n - 1] if n and [item.lower for item in walk.lefts[n]] == ["to"] else walk.lefts[n]
    return any(a.is_word("number") and b.is_word("of") for a, b in pairwise(led))


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


def _count(walk: Walk, statement: Statement, n: int, noun: str) -> None:
    """What is counted is what is measured, unless it is traded (`exported 1,200 vehicles`), made or sold."""
    _, subject = clause(walk.lefts[n])
    deed = done(walk, n, subject)
    if (deed is not None and deed.indicator in MADE) or _of_the_amount(walk, statement, n, subject.indicator):
        return
    held = packed(walk.rights[n], noun)
    named = nouns.settle(subject.indicator)
    stated = any(item.tag.startswith("VB") for item in walk.lefts[n]) or measured(named)
    total = [item.lower for item in walk.rights[n][1:4]] == ["of", "the", "total"]
    if named and (not stated or total) and walk.context.trade and not subject.flow and noun.lower() in UNITS_OF_COUNT:
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


_MEASURED_IN = frozenset("output production sales capacity shipments deliveries registrations throughput".split())


def _of_the_amount(walk: Walk, statement: Statement, n: int, named: str | None) -> bool:
    """`Car output rose 5% to 300,000 cars`, `capacity was raised to 9 million bags`: what an amount is counted in."""
    head = (statement.key.indicator or "").lower().split(" of ")[0].split()[-1:]
    led = [item.lower for item in walk.lefts[n]] in (["to"], ["from"]) or named == statement.key.indicator
    return statement.key.flow is None and bool(head) and head[0] in _MEASURED_IN and led


def _amount_unit(walk: Walk) -> str:
    for statement in reversed(walk.statements):
        if statement.unit not in ("percent", "percentage_point", "ratio", "basis_point", ""):
            return statement.unit
    if walk.key == walk.context.key and walk.context.key_unit:
        # `Output was 4 million bags. It may reach 4.5 million`
        return walk.context.key_unit
    return walk.context.unit or "count"


def _counted(walk: Walk, right: Sequence[Item]) -> str | None:
    while right and right[0].kind == "area" and right[0].data.form in ("pair", "demonym"):
        # `13,817 China-Europe trips`
        right = right[1:]
    if (
        not right
        or not (right[0].kind in ("word", "mode") or is_nominal(right[0]))
        or right[0].tag.startswith(("IN", "TO", "VB", "DT", "CC"))
    ):
        return None
    end, text = phrase_right(right, 0)
    if text.lower().startswith("equivalent unit"):
        # `twenty-foot equivalent units`, whose number is the size
        return "TEU"
    return text or None if end else None


def _elided(walk: Walk, statement: Statement, previous: Statement | None, noun: str) -> bool:
    """`China 87,259 wheat`: tonnes again, after a quantity in tonnes, where the words before only name a taker."""
    if previous is None or previous.unit in ("count", "", "percent") or previous.unit.isupper():
        return False
    words = noun.lower().split()
    if words[0] in UNITS_OF_COUNT or words[-1] in _NEVER_WEIGHED:
        return False
    return not statement.quantity.number.scaled or statement.quantity.unit is None
