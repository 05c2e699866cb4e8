"""What the words that lead to a quantity say it is about, before the context is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.attach.about import ellipses, topics
from pipeline.extract.attach.about.labels import (
    aside,
    bracketed,
    dashed,
    explained,
    followed,
    headed,
    labelled,
    of_the_line,
)
from pipeline.extract.attach.kind import stories
from pipeline.extract.attach.state import naming, nouns
from pipeline.extract.attach.state.clauses import clause, shared
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words import indicators
from pipeline.extract.words.commodity import acts, repeated
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right, product
from pipeline.extract.words.subject import Subject, read_subject
from pipeline.lexicon import gazetteer


def subject_of(walk: Walk, n: int) -> tuple[Subject, list[Item]]:
    """What the words around quantity n name, and the words of the whole that a share is of."""
    if (sales := stories.on_sales(walk, n)) is not None:
        return sales, []
    subject, whole = _subject(walk, walk.lefts[n])
    subject = _of_a_place(walk, n, _aimed(walk, n, _alone(walk, n, _passive(walk, n, subject))))
    if subject.flow in ("exports", "imports") and not subject.commodity and not subject.whole:
        subject = replace(subject, commodity=_theirs(walk, n))
    return subject, whole


def _theirs(walk: Walk, n: int) -> str | None:
    """`Mobile phones remain the leading product, but their exports`: what the sentence began with is what is traded."""
    left = walk.lefts[n]
    owned = any(a.is_word("their") and b.kind == "flow" for a, b in pairwise(left))
    if not owned:
        return None
    commas = (i for i, item in enumerate(left) if item.text == ",")
    start = next(commas, -1) + 1 if left[0].tag in ("VBG", "IN", "TO") else 0
    end, text = phrase_right(left, start)
    verb = end < len(left) and (left[end].tag in ("VBD", "VBP") or left[end].kind == "level")
    if not text or not verb or acts(text) or indicators.is_statistic(text) or not left[end - 1].tag.endswith("S"):
        return None
    return product(text)


def _subject(walk: Walk, left: list[Item]) -> tuple[Subject, list[Item]]:
    """What the words before a quantity say it is about, and the words of the whole that a share is of."""
    left = _without_pace(left)
    if _pronoun(left):
        return stories.before_colon(left) or Subject(), []
    piece, subject = clause(left)
    part, whole = shared(piece)
    if whole or (subject.flow is None and walk.key.flow is not None):
        subject = read_subject(part, walk.key.flow)
    if naming.says_nothing(subject, walk.context) or _taking_part(walk, left, subject):
        subject = Subject()
    if subject.flow in ("exports", "imports") and not subject.partners:
        subject = replace(subject, partners=of_the_line(left))
    subject = _earning(left, explained(left, subject))
    if (walk.key.flow or walk.context.trade) and not subject.flow and (named := dashed(left)):
        subject = replace(subject, indicator=named)
    if subject.flow and not subject.commodity and (named := labelled(left)):
        subject = replace(subject, commodity=named)
    if walk.context.key.flow and not walk.statements and (named := headed(left)):
        return Subject(flow=walk.context.key.flow, sign=walk.context.key.sign, commodity=named), []
    subject = _of_a_list(subject, left)
    if subject.flow and not subject.commodity and not subject.whole:
        subject = replace(subject, commodity=_before_clause(left, part))
    return subject, whole


def _earning(left: list[Item], subject: Subject) -> Subject:
    """`Phones remained the biggest currency earner with`: what earns abroad is exported."""
    at = next((i for i, item in enumerate(left) if item.lower in ("earner", "earners")), 0)
    abroad = " ".join(item.lower for item in left[max(0, at - 2) : at])
    if not abroad.endswith(("export", "currency", "foreign exchange", "dollar")):
        return subject
    end, text = phrase_right(left, 0)
    verb = end < at and (left[end].kind == "level" or left[end].tag.startswith("VB"))
    return Subject(flow="exports", commodity=product(text), reporters=subject.reporters) if text and verb else subject


_PACES = ("annual", "annualised", "annualized", "yearly")


def _without_pace(left: list[Item]) -> list[Item]:
    """`Homes were sold at a seasonally adjusted annual rate of`: the words before that say what."""
    tail = [item.lower for item in left[-7:]]
    if tail[-2:] not in (["rate", "of"], ["pace", "of"]) or not set(tail).intersection(_PACES) or "at" not in tail:
        return left
    return left[: len(left) - tail[::-1].index("at") - 1]


def _of_a_list(subject: Subject, left: list[Item]) -> Subject:
    if not subject.flow:
        return Subject(indicator=named) if (named := followed(left)) else subject
    named = bracketed(left) or aside(left)
    return replace(subject, commodity=named) if named else subject


def _passive(walk: Walk, n: int, subject: Subject) -> Subject:
    """`Of tea, 54,000 tons were shipped abroad`, `4,100 trucks left for Kenya`: the flow of the verb at the end."""
    quantity, right = walk.items[walk.at[n]].data, walk.rights[n]
    # `80% of the oil was exported`
    part = quantity.kind in ("percent", "fraction") and bool(right) and right[0].is_word("of")
    silent = subject.flow is not None or part or ellipses.part_of_topic(walk, n)
    flow = None if silent else walk.passive_flow(n)
    in_force = walk.key if walk.statements else topics.last_key(walk.context)
    if flow is None or (subject.empty and in_force.flow == flow):
        return subject
    named = nouns.settle(subject.indicator)
    thing = named if named and not indicators.is_statistic(named) and not acts(named) else None
    return replace(subject, flow=flow, commodity=subject.commodity or thing, indicator=None, verbal=True)


def _of_a_place(walk: Walk, n: int, subject: Subject) -> Subject:
    """`Ruili port alone contributed 31.9 billion yuan` in a text on the trade of its province."""
    first, main, money = walk.context.first_trade, walk.context.main, walk.items[walk.at[n]].data.kind == "money"
    code = subject.subject_area or next(iter(subject.reporters), None)
    gave = any(x.lower in ("contributed", "contributes", "contributing") for x in walk.lefts[n][-2:])
    within = code is not None and main is not None and gazetteer.parent_of(code) == main
    if first is None or first.flow is None or not (money and gave and within) or subject.flow or subject.indicator:
        return subject
    partners = (first.partner,) if first.partner else ()
    return Subject(flow=first.flow, reporters=(code,) if code else (), owner=code, partners=partners)


def _aimed(walk: Walk, n: int, subject: Subject) -> Subject:
    """`The annual goal of 270 billion yuan remains unchanged`: a goal of nothing else is that of the text's trade."""
    goal = any(item.kind == "status" and item.lower in ("goal", "target") for item in walk.lefts[n])
    first, money = walk.context.first_trade, walk.items[walk.at[n]].data.kind == "money"
    if n or not (goal and money and subject.empty) or first is None or walk.context.key.flow:
        return subject
    return replace(subject, flow=first.flow, whole=walk.context.other_side is None)


def _alone(walk: Walk, n: int, subject: Subject) -> Subject:
    """`Machinery made up 61% of imports; trucks alone numbered 4,370`: a part of what the text speaks of."""
    in_force = walk.key if walk.statements else walk.context.key
    named = nouns.settle(subject.indicator)
    told = any(a.tag.startswith("NN") and b.is_word("alone") for a, b in pairwise(walk.lefts[n]))
    if subject.flow or not told or named is None or in_force.flow not in ("exports", "imports"):
        return subject
    return replace(subject, flow=in_force.flow, commodity=named, indicator=None)


def _taking_part(walk: Walk, left: Sequence[Item], subject: Subject) -> bool:
    """`The private mines accounted for 75,600 tonnes` of the output that the text speaks of."""
    named = subject.flow or subject.partners or indicators.is_statistic(subject.indicator or "")
    of_which = any(item.is_word("which") for item in left)
    return bool(left) and left[-1].kind == "share" and walk.context.massed and not named and not of_which


def _pronoun(left: Sequence[Item]) -> bool:
    """`Among people under 25 it was`, `In 2018 it stood at`: what the text spoke of before."""
    at = next((i for i in range(len(left) - 1, -1, -1) if left[i].is_word("it", "they")), None)
    governed = at is not None and at > 0 and left[at - 1].tag in ("IN", "TO")
    if at is None or governed or at + 1 >= len(left) or any(item.kind == "area" for item in left):
        return False
    if any(item.kind == "flow" for item in left[at + 1 :]):
        # `although it shipped 4.2 per cent more`
        return False
    return all(item.kind == "level" or item.tag.startswith(("RB", "VB", "MD")) for item in left[at + 1 :])


def _before_clause(left: Sequence[Item], part: Sequence[Item]) -> str | None:
    """`Iron ore has been imported since 2015, but only imported ...`: the product of the same flow a clause before."""
    if len(part) == len(left):
        return None
    head = max((i for i, item in enumerate(left) if item.kind == "flow"), default=None)
    return None if head is None else repeated(left, head)
