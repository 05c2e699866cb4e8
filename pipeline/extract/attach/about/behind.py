"""What the words behind a figure add to its key: its object, its partner, the whole of a share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.about import topics
from pipeline.extract.attach.about.ellipses import part_of_topic
from pipeline.extract.attach.kind.measures import COMPOSED
from pipeline.extract.attach.state import naming, nouns
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right, product
from pipeline.extract.words.subject import Subject, read_subject

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


_TRADED = ("turnover", "total", "value", "volume")


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
    if not right:
        return
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


def _add_to_change(walk: Walk, statement: Statement, subject: Subject, content: Sequence[Item]) -> None:
    if subject.flow and not walk.flowing and content[0].is_word("for"):
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


def _content(walk: Walk, statement: Statement, right: Sequence[Item]) -> Sequence[Item]:
    if statement.reading.rule.endswith("behind"):
        for i, item in enumerate(right):
            if item.kind == "change" and item.data["part"] == "comparative":
                return []
            if item.kind == "change":
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
    if noun is None or statement.counted:
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
    return key.commodity or walk.context.product or (titled if flow == key.flow else None) or noun


def _left(walk: Walk, statement: Statement) -> Sequence[Item]:
    at = walk.statements.index(statement) if statement in walk.statements else len(walk.statements)
    return walk.lefts[at]


def _add_places(walk: Walk, statement: Statement, subject: Subject) -> None:
    key = statement.key
    places = Subject(partners=subject.partners, partner_open=subject.partner_open, reporters=subject.reporters)
    if statement.key.flow or subject.partners:
        statement.key = walk.key = naming.named(key, places, walk.context, fresh=False)


def read_share(walk: Walk, statement: Statement, right: Sequence[Item], part: Subject | None) -> None:
    """The whole of a share: `of the province's total foreign trade`; it lends its flow where the part has none."""
    if statement.reading.rule.startswith(COMPOSED) and right and statement.key.flow:
        # `The export consisted by 38% of food`: the part stands behind.
        named = product(phrase_right(right, int(right[0].is_word("of")))[1])
        statement.share_of, statement.key = statement.key, replace(statement.key, commodity=named)
        return
    if part is None and part_of_topic(walk, walk.at.index(statement.position)):
        return
    right, thing = _being(right) if part is None else (right, None)
    _read_whole(walk, statement, right, part)
    source = read_subject(right, statement.key.flow).partners if right and right[0].is_word("from") else ()
    _of_the_text(walk, statement, right)
    topics.of_workforce(walk, statement)
    _fit_whole(walk, statement)
    if len(source) == 1 and statement.key.flow == "imports":
        # `of which 67% from Germany`
        statement.key = replace(statement.key, partner=source[0])
    if thing is not None and statement.key.flow in ("exports", "imports", "total"):
        statement.key = walk.key = replace(statement.key, commodity=thing)


def _of_the_text(walk: Walk, statement: Statement, right: Sequence[Item]) -> None:
    """`There are 2,316 private enterprises, and they contributed 74.7% of the total`, of the trade that the text is
    on."""
    opening, key = walk.context.opening, statement.key
    total = [item.lower for item in right[:3]] == ["of", "the", "total"] and len(right) == 3
    counts = bool(walk.statements) and walk.statements[-1].counted is not None
    if total and counts and opening is not None and opening.flow and key.flow is None and not statement.explicit:
        named = walk.statements[0].counted
        statement.key = walk.key = replace(opening.world(), commodity=named, ref=walk.context.main or opening.ref)


def _fit_whole(walk: Walk, statement: Statement) -> None:
    """`412 million kWh, which is 42.6% of exports to Mongolia`: the part went there too; `83 percent of what Omsk
    exported`: nothing else is named."""
    whole, key = statement.share_of, statement.key
    if whole is None or whole.flow is None or whole.flow != key.flow:
        return
    left = walk.lefts[len(walk.statements)] if len(walk.statements) < len(walk.lefts) else []
    bare = all(item.kind in ("period", "date", "mark") or item.tag in ("IN", "DT") for item in left)
    if bare and not walk.statements and whole.ref:
        statement.key = walk.key = replace(key, ref=whole.ref)
    if whole.partner is None or key.partner is not None or key.partner_open or whole.ref != key.ref:
        return
    statement.key = walk.key = replace(key, partner=whole.partner)
    for one in walk.statements:
        if (one.key.flow, one.key.commodity, one.key.partner) == (key.flow, key.commodity, None):
            one.key = replace(one.key, partner=whole.partner)


def _of_whole(key: Key, whole: Key) -> Key:
    """The key of a share of a statistic: that of the whole, but that of the part in `debt of 70% of GDP`, `farm output,
    which makes up 22% of the economy`."""
    own = key.indicator is not None and indicators.is_statistic(key.indicator)
    if own and indicators.is_economy(whole.indicator) and not indicators.is_economy(key.indicator):
        return key
    return Key(indicator=whole.indicator, ref=key.ref, partner=key.partner)


def _being(right: Sequence[Item]) -> tuple[Sequence[Item], str | None]:
    """`70% of exports is liquefied gas`, `49.6% were chemical products`: the words up to the verb and the part that it
    names."""
    at = next((i for i, item in enumerate(right) if item.lower in _BEING), None)
    if at is None or at + 1 >= len(right) or right[at + 1].tag.startswith(("IN", "TO", "RB")):
        return right, None
    noun = nouns.settle(phrase_right(right, at + 1)[1])
    return (right[:at], noun) if noun and not indicators.is_statistic(noun) else (right, None)


_BEING = ("is", "are", "was", "were")


def _turn(walk: Walk, statement: Statement, flow: str, sign: int) -> None:
    """The flow of a whole holds for all figures of the sentence that only inherited theirs."""
    before = statement.key.flow
    for one in (*walk.statements, statement):
        one.key = replace(one.key, flow=flow, sign=sign) if one.key.flow == before else one.key
    walk.key = statement.key


def _inherited(walk: Walk) -> bool:
    """Whether no word of the sentence so far names a flow, so that the one in force comes from the text."""
    return not any(item.kind == "flow" for item in walk.items[: walk.at[len(walk.statements)]])


def _read_whole(walk: Walk, statement: Statement, right: Sequence[Item], part: Subject | None) -> None:
    whole_subject = read_subject(right[1:] if right and right[0].is_word("of", "in") else right, statement.key.flow)
    whole = naming.named(Key(ref=statement.key.ref), whole_subject, walk.context, fresh=True)
    statement.share_of = whole
    key = statement.key
    if part is not None and whole.flow:
        area = part.owner or part.subject_area
        partner = area if area and area != whole.ref else whole.partner or key.partner
        statement.key = walk.key = replace(whole, partner=partner, commodity=part.commodity or key.commodity)
        return
    traded = whole_subject.flow is not None or (whole.indicator or "").lower().endswith(_TRADED)
    turnover = "total" if (whole.indicator or "").lower().endswith("turnover") else None
    main, flow = walk.context.main, whole.flow or turnover or walk.context.trade
    if main and flow and traded and part is None and not walk.flowing and naming.elsewhere(key.ref, main):
        # `The EAEU countries accounted for 36.9 percent of the turnover`: a partner of the text's reporter.
        key = statement.key = walk.key = Key(flow=flow, commodity=key.commodity, ref=main, partner=key.ref)
    if key.flow and traded and not whole.flow:
        if turnover and not walk.flowing and _inherited(walk):
            _turn(walk, statement, turnover, 1)
        return
    if not walk.flowing and not whole.flow and whole.indicator and indicators.is_statistic(whole.indicator):
        statement.key = walk.key = _of_whole(key, whole)
        return
    if key.flow and whole.flow and whole_subject.flow and key.flow != whole.flow and _inherited(walk):
        # `ICT products, worth 2.1 billion, accounted for 25.6 percent of total exports` after a sentence on imports.
        _turn(walk, statement, whole.flow, whole.sign)
    elif key.flow is None and whole.flow:
        area = key.ref if whole.ref != key.ref else key.partner
        commodity = key.indicator if key.indicator and not indicators.is_statistic(key.indicator) else key.commodity
        statement.key = replace(
            whole,
            partner=whole.partner or (area if area != whole.ref else None),
            commodity=whole.commodity or commodity,
        )
    elif key.flow is None and key.indicator is None and walk.context.topic.flow:
        area = key.ref if key.ref != walk.context.topic.ref else None
        statement.key = walk.key = replace(
            walk.context.topic, partner=area or walk.context.topic.partner, partner_open=False
        )
    elif (
        key.flow is None
        and whole.indicator
        and (key.indicator is None or not statement.explicit or not indicators.is_statistic(key.indicator))
    ):
        statement.key = replace(key, indicator=whole.indicator)
