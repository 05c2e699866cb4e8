"""What the words behind a figure add to its key: its object, its partner, the whole of a share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.about.shares import read_share
from pipeline.extract.attach.state import naming, nouns
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right, product
from pipeline.extract.words.subject import Subject, read_subject
from pipeline.lexicon import gazetteer

_MAKING = (
    "yielded",
    "produced",
    "produces",
    "harvested",
    "mined",
    "refined",
    "turned",
    "generated",
    "smelted",
)


_CARRIED = ("cargo", "cargoes", "freight", "goods", "containers")
_HANDLING = ("handled", "handles", "handling", "loaded", "unloaded", "processed", "moved", "throughput")


def read_behind(walk: Walk, statement: Statement, right: Sequence[Item]) -> None:
    """What the words behind the quantity add to its key."""
    reading = statement.reading
    if reading.role == "alternative" or (reading.role == "base" and walk.statements):
        return
    if reading.measure == "share" and len(right) > 2 and right[0].lower == "share" and _of_market(right):
        statement.key = walk.key = Key(indicator="market share", ref=statement.key.ref)
        return
    if reading.measure == "share":
        read_share(walk, statement, right, None)
        return
    if not right or reading.rule == "outsold":
        return
    _multiplied(walk, statement, right)
    into = next((i for i, item in enumerate(right) if item.is_word("into") or _goes_on(item)), len(right))
    content = _content(walk, statement, right[:into])
    subject = read_subject(content, statement.key.flow)
    if subject.empty:
        _object(walk, statement, right)
        return
    if reading.measure in ("growth", "difference") and not reading.rule.endswith("behind"):
        _add_to_change(walk, statement, subject, content)
        return
    if reading.rule.endswith("behind") and subject.indicator and not subject.flow:
        statement.key = walk.key = naming.named(statement.key.bare(), subject, walk.context, fresh=True)
        return
    counts = statement.counted is not None and statement.key.flow is None
    if subject.flow and not (counts and not subject.verbal):
        statement.key = naming.named(statement.key, subject, walk.context, fresh=statement.key.flow is None)
        statement.key = naming.from_abroad(statement.key, walk.context) if subject.verbal else statement.key
    elif statement.counted is None:
        _object(walk, statement, right)
        _add_places(walk, statement, subject)
    else:
        _add_places(walk, statement, subject)
    walk.key = statement.key
    statement.key = _of_a_part(statement, right)


def _of_a_part(statement: Statement, right: Sequence[Item]) -> Key:
    """`the rate was 8.9 pct in Flanders and 13.8 pct in Wallonia`: the rate of a part of the country."""
    key = statement.key
    if statement.quantity.kind != "percent" or key.flow or not indicators.is_statistic(key.indicator or ""):
        return key
    placed = len(right) > 1 and right[0].is_word("in") and right[1].kind == "area" and right[1].data.form == "noun"
    code = right[1].data.code if placed else None
    inside = code is not None and code != key.ref and gazetteer.country_of(code) == key.ref
    return replace(key, ref=code) if inside and not (right[2:3] and right[2].tag.startswith("NN")) else key


def _multiplied(walk: Walk, statement: Statement, right: Sequence[Item]) -> None:
    """`more than doubled its third-quarter net profit to 84.3 million`"""
    if statement.reading.measure != "multiple" or statement.key.flow or statement.key.indicator:
        return
    moved = read_subject(right).indicator
    if moved and indicators.is_statistic(moved):
        statement.key = walk.key = Key(indicator=moved, ref=statement.key.ref)


def _add_to_change(walk: Walk, statement: Statement, subject: Subject, content: Sequence[Item]) -> None:
    if subject.flow and not walk.flowing and content[0].is_word("for", "in"):
        # `an increase of 7.6% for exports`
        statement.key = walk.key = naming.named(statement.key.bare(), subject, walk.context, fresh=True)
    elif statement.reading.rule.startswith(("added", "adding")) and (held := _held(content)):
        # `businesses added 47.5 billion dollars to stocks`
        statement.key = walk.key = Key(indicator=held, ref=statement.key.ref)
    else:
        _add_places(walk, statement, subject)


def _held(content: Sequence[Item]) -> str | None:
    named = phrase_right(content, 1)[1] if content[0].is_word("to") else ""
    return named if named and indicators.is_statistic(named) else None


def _goes_on(item: Item) -> bool:
    """Whether a predicate of its own follows (`imports of 38.13 billion yuan gave a surplus of`)."""
    return item.kind == "word" and item.tag in ("VBD", "VBZ") and item.lower not in _MOVING


_MOVING = ("went", "goes", "came", "comes", "left", "leaves", "flowed", "flows")


def _of_market(right: Sequence[Item]) -> bool:
    """`a 34.5% share of the Russian market`"""
    return right[1].is_word("of") and any(item.is_word("market") for item in right[2:6])


# `2.3% up in tonnage`
_ONLY_MEASURED = ("in tonnage", "in weight", "in quantity", "in money", "in money terms", "in physical terms")


def _content(walk: Walk, statement: Statement, right: Sequence[Item]) -> Sequence[Item]:
    if statement.reading.rule.endswith("behind"):
        for i, item in enumerate(right):
            if item.kind == "change" and item.data["part"] == "comparative":
                return []
            if item.kind == "change":
                if " ".join(x.lower for x in right[i + 1 : i + 4]) in _ONLY_MEASURED:
                    return []
                start = i + 2 if len(right) > i + 1 and right[i + 1].is_word("in", "of", "for") else i + 1
                return right[start:] if not any(x.is_word("than") for x in right[i + 1 : i + 3]) else []
    return right


def _object(walk: Walk, statement: Statement, right: Sequence[Item]) -> None:
    """`exported 1.09 billion yuan of mechanical and electrical products`, `263,051 tonnes of wheat and barley`."""
    start = 1 if right and right[0].lower in ("of", "worth") else 0
    if len(right) > 1 and right[0].lower == "worth" and right[1].is_word("of"):
        start = 2
    if not start and not (
        right[0].kind == "word"
        and right[0].tag in ("NN", "NNS", "JJ")
        and statement.counted is None
        and statement.quantity.kind in ("mass", "bare")
    ):
        return
    if start and len(right) > start + 1 and right[start].kind == "area" and right[start].data.form == "demonym":
        # `24,000 tonnes of Malaysian palm olein`
        start += 1
    _, text = phrase_right(right, start)
    noun = nouns.settle(text)
    if noun is None or statement.counted or statement.unit == "percent":
        # `the jobless rate dropped to 9.9 pct of the workforce`
        return
    if noun.lower().split()[-1] in _CARRIED and any(item.lower in _HANDLING for item in _left(walk, statement)):
        statement.key = walk.key = Key(indicator=f"{noun} throughput", ref=statement.key.ref)
        return
    if indicators.is_statistic(noun) and statement.key.flow is None:
        statement.key = Key(indicator=noun, ref=statement.key.ref, partner=statement.key.partner)
    elif statement.key.flow:
        statement.key = replace(statement.key, commodity=_told(walk, statement.key, product(noun)))
    else:
        made = any(item.lower in _MAKING for item in _left(walk, statement))
        statement.key = replace(statement.key, indicator=f"{noun} output" if made else statement.key.indicator or noun)
    walk.key = statement.key


def _told(walk: Walk, key: Key, noun: str | None) -> str | None:
    """The product of a flow, but where the text has named what `their products` are."""
    if noun is None or noun.lower() not in ("products", "goods", "output", "produce"):
        return noun
    flow, titled = walk.context.titled
    known = key.commodity or walk.context.product or (titled if flow == key.flow else None)
    # Where services are not told apart, trade in goods is simply the trade.
    return known or (None if noun.lower() == "goods" and not walk.context.services else noun)


def _left(walk: Walk, statement: Statement) -> Sequence[Item]:
    at = walk.statements.index(statement) if statement in walk.statements else len(walk.statements)
    return walk.lefts[at]


def _add_places(walk: Walk, statement: Statement, subject: Subject) -> None:
    key = statement.key
    places = Subject(partners=subject.partners, partner_open=subject.partner_open, reporters=subject.reporters)
    if statement.key.flow or subject.partners:
        statement.key = walk.key = naming.named(key, places, walk.context, fresh=False)
