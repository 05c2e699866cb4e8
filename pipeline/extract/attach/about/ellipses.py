"""Statistics that a sentence leaves out: `Greece topped the table with 1.1%`, `Output in Spain` in a text on growth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.attach.about import openings
from pipeline.extract.attach.state import naming, nouns
from pipeline.extract.attach.state.context import Context, Key
from pipeline.extract.attach.state.evidence import Reading
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import is_nominal, product, words
from pipeline.extract.words.subject import Subject
from pipeline.lexicon import gazetteer


def of_another_area(walk: Walk, n: int, subject: Subject, trial: Key) -> Key:
    """`Greece topped the table with 1.1%`, `Poland managed 1.2%`: the rate that the text spoke of before, of an area
    that alone is named."""
    last, quantity = walk.context.key, walk.items[walk.at[n]].data
    if quantity.kind in ("mass", "volume", "bare"):
        amount = _amount_elsewhere(walk, n, subject, trial) or _another_product(walk, n, subject)
        return amount or trial
    if quantity.kind != "percent" or walk.statements or trial.flow or last.flow or not last.indicator:
        return trial
    named = subject.owner or subject.subject_area or subject.reporters
    if not named or nouns.settle(trial.indicator) is not None or _part(walk, n):
        return trial
    known = indicators.rate_of(last.indicator) is not None or walk.context.measure == "growth"
    return replace(trial, indicator=last.indicator, commodity=last.commodity) if known else trial


def _amount_elsewhere(walk: Walk, n: int, subject: Subject, trial: Key) -> Key | None:
    """`San Pedro took 241,000 tonnes of the total and Abidjan 337,000` in a text on arrivals: those of its places."""
    last = walk.statements[-1].key if walk.statements else walk.context.key
    main, places = walk.context.main, [*subject.takers, *([subject.subject_area] if subject.subject_area else [])]
    if trial.flow or last.flow or not last.indicator or not indicators.is_amount(last.indicator) or len(places) != 1:
        return None
    if nouns.settle(trial.indicator) is not None or main is None or naming.elsewhere(places[0], main):
        return None
    total = [item.lower for item in walk.rights[n][:3]] == ["of", "the", "total"]
    if not (total or walk.statements) or walk.items[walk.at[n]].data.number.scaled:
        return None
    return replace(last, ref=places[0], partner=None)


def _another_product(walk: Walk, n: int, subject: Subject) -> Key | None:
    """`Crude stocks were 321.7 mln barrels, distillate 139.2 mln and gasoline 224.5 mln`: stocks of each."""
    last = walk.statements[-1].key if walk.statements else Key()
    label = [item for item in walk.lefts[n] if not (item.text == "," or item.is_word("and", "while", "at", "with"))]
    noun = nouns.settle(subject.indicator) or (label[0].text if [item.tag for item in label] == ["JJ"] else None)
    if last.flow or not last.indicator or not indicators.is_amount(last.indicator) or noun is None:
        return None
    head = last.indicator.split(" of ")[0].split()
    if len(head) < 2 or indicators.is_statistic(noun) or not all(is_nominal(item) for item in label):
        return None
    return Key(indicator=f"{noun} {head[-1]}", ref=last.ref)


def yearly_rate(walk: Walk, n: int, trial: Key) -> Key:
    """`Prices edged up 0.1 pct, bringing the year-on-year rate to 1.0 pct`: that of the same thing."""
    rates = any(
        b.is_word("rate") and (a.is_word("annual", "yearly") or (a.kind == "period" and a.data.kind == "phrase"))
        for a, b in pairwise(walk.lefts[n])
    )
    last = walk.statements[-1] if walk.statements else None
    if not rates or last is None or last.reading.measure != "growth" or (trial.indicator or "rate") not in _RATES:
        return trial
    return last.key


_RATES = ("rate", "annual rate", "yearly rate")


def as_growth(walk: Walk, reading: Reading, bare: Key, trial: Key) -> Reading:
    """The reading of a percent whose statistic `trial` was left out in `bare`: what the text's last one was."""
    if reading.rule != "bare percent" or trial == bare or walk.context.measure != "growth":
        return reading
    return Reading("growth", 1, "main", "as in the sentence before")


def whole_economy(reading: Reading, subject: Subject, trial: Key, context: Context) -> Key:
    """`Output in Germany dipped by 0.2%` in a text on the growth of economies: that of the whole economy."""
    opening = context.opening
    if _grows(reading, subject, trial, context):
        return Key(indicator="economic growth", ref=trial.ref)
    bare = (trial.indicator or "").lower() == "output" and trial.commodity is None and reading.measure == "growth"
    owned = subject.owner or subject.reporters or subject.subject_area or (opening and trial.ref != opening.ref)
    if not (bare and owned) or opening is None or not indicators.is_economy(opening.indicator):
        return trial
    return replace(trial, indicator=opening.indicator)


def growth_of(left: Sequence[Item]) -> str | None:
    """`aims at profit growth of 15%`, `M-2 growth`: what is said to grow; None where that is the economy."""
    at = next((i for i in range(len(left) - 1, -1, -1) if left[i].kind == "change" and left[i].lower == "growth"), None)
    if at is None:
        return None
    begin = at
    while begin and left[begin - 1].kind == "word" and _grown(left[begin - 1]):
        begin -= 1
    return words(left[begin:at]) if begin < at else None


def _grown(item: Item) -> bool:
    return item.tag.startswith("NN") or (item.tag == "JJ" and any(c.isdigit() for c in item.text))


_GROWTH = frozenset("grew grow grows growing shrank shrink shrinking contracted contracting expanded expanding".split())


def _grows(reading: Reading, subject: Subject, trial: Key, context: Context) -> bool:
    """`France and Germany both grew by 0.3%` at the beginning of a text: a country that grows is its economy."""
    if trial.flow or reading.measure != "growth" or context.key.flow or context.key.indicator:
        return False
    area = subject.subject_area or subject.owner or next(iter(subject.reporters), None)
    grown = reading.rule.split()[0] in _GROWTH and nouns.settle(trial.indicator) is None
    return grown and area is not None and gazetteer.kind_of(area) in ("country", "group", "subdivision")


def gapped(walk: Walk, n: int) -> Reading | None:
    """`Exports of cars fell 11% to 5.6 billion, and those of light trucks 16.5%`: the verb of the change goes on."""
    left = walk.lefts[n]
    those = any(a.is_word("those", "that") and b.is_word("of", "from", "to", "in") for a, b in pairwise(left))
    # `Iron ore exports climbed 37% to $4.7bn, and exports of cars 26%`
    arrived = bool(walk.statements) and walk.statements[-1].reading.rule == "to"
    another = arrived and bool(left) and (left[0].is_word("and") or left[0].text == ",")
    those = those or (another and any(item.kind == "flow" for item in left))
    verbs = any(x.kind in ("level", "share", "change", "status") or x.tag in ("VBD", "VBZ", "VBP", "MD") for x in left)
    changes = [s for s in walk.statements if s.reading.measure == "growth" and s.reading.role != "base"]
    if not those or verbs or not changes:
        return None
    return Reading("growth", changes[-1].reading.sign, "gapped", "those of, verb left out")


_OF_THAT = ("this", "that", "these", "those", "them", "which")


def kinds_of(walk: Walk) -> None:
    """`Among them were 27 million 5G phones`, `5G phones made up 81.6% of this` after a sentence on shipments: the same
    amount, of the thing named."""
    whole = walk.context.topic if openings.opens_with_therein(walk.items) else None
    if whole is None and any(_of_that(walk, n) for n in range(len(walk.at))):
        whole = walk.context.key
    if whole is None or whole.flow or not indicators.is_amount((whole.indicator or "").lower()):
        return
    for statement in walk.statements:
        key = statement.key
        noun = product(key.indicator or statement.counted or "")
        if key.flow is None and key.commodity is None and noun and not indicators.is_statistic(noun):
            statement.key = replace(whole, commodity=noun, ref=key.ref or whole.ref)


_DONE = ("output", "production", "sales", "registrations", "shipments")
_MADE = frozenset("build builds built make makes made making produce produced building".split())
_SHOWN = frozenset("launched introduced unveiled presented showed recalled scrapped stolen registered".split())
_THINGS = frozenset(
    "vehicles cars models units trucks tractors phones handsets machines buses motorcycles vans".split()
)


def things_of(walk: Walk) -> None:
    """`Electric models numbered 24,719`, `plants will make 911,000 vehicles` in a text on the output of cars: what is
    counted is what was made."""
    opening = walk.context.opening
    head = (opening.indicator or "").lower().split(" of ")[0].split()[-1:] if opening and not opening.flow else []
    other = _SHOWN if head[:1] in (["output"], ["production"]) else _SHOWN | _MADE
    if opening is None or not head or head[0] not in _DONE or any(item.is_word(*other) for item in walk.items):
        return
    for statement in walk.statements:
        key, noun = statement.key, statement.key.indicator or statement.counted or ""
        if key.flow or key.commodity or noun.lower().split()[-1:] == [] or noun.lower().split()[-1] not in _THINGS:
            continue
        kind = product(noun) if len(noun.split()) > 1 else None
        statement.key = replace(key, indicator=opening.indicator, commodity=kind or opening.commodity)


def _of_that(walk: Walk, n: int) -> bool:
    """`81.6% of this`"""
    right, kind = walk.rights[n], walk.items[walk.at[n]].data.kind
    return kind in ("percent", "fraction") and len(right) > 1 and right[0].is_word("of") and right[1].is_word(*_OF_THAT)


def part_of_topic(walk: Walk, n: int) -> bool:
    """`It sold 287,000 vehicles. Of these, 69% were shipped overseas`: a part of what was sold, no trade of its own."""
    topic, quantity = walk.context.topic, walk.items[walk.at[n]].data
    counted = topic.flow is None and topic.indicator is not None
    return counted and not n and quantity.kind in ("percent", "fraction") and openings.opens_with_therein(walk.items)


def _part(walk: Walk, n: int) -> bool:
    """`Greece has 1.1% of ...`: a part of a whole."""
    right = walk.rights[n]
    return bool(right) and right[0].is_word("of")
