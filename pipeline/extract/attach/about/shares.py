"""Shares: the part, and the whole that it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.about import topics
from pipeline.extract.attach.about.ellipses import part_of_topic
from pipeline.extract.attach.about.wholes import of_area, of_whole
from pipeline.extract.attach.kind.measures import COMPOSED
from pipeline.extract.attach.state import naming, nouns
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right, product
from pipeline.extract.words.subject import Subject, read_subject

_TRADED = ("turnover", "total", "value", "volume")


def read_share(walk: Walk, statement: Statement, right: Sequence[Item], part: Subject | None) -> None:
    """The whole of a share: `of the province's total foreign trade`; it lends its flow where the part has none."""
    if statement.reading.rule.startswith(COMPOSED) and right and statement.key.flow:
        # `The export consisted by 38% of food`: the part stands behind.
        named = product(phrase_right(right, int(right[0].is_word("of")))[1])
        statement.share_of, statement.key = statement.key, replace(statement.key, commodity=named)
        return
    if part is None and part_of_topic(walk, walk.at.index(statement.position)):
        return
    _of_the_side(walk, statement)
    if _of_it(walk, statement, right):
        return
    right, thing = _being(right) if part is None else (right, None)
    _read_whole(walk, statement, right, part)
    if any(x.is_word("together", "combined", "jointly") for x in walk.lefts[walk.at.index(statement.position)]):
        # `Japan, the EU and Korea had 24, 19 and 13 billion, together 39% of the whole`
        statement.key = walk.key = replace(statement.key, partner=None, partner_open=True)
    source = read_subject(right, statement.key.flow).partners if right and right[0].is_word("from") else ()
    _of_the_text(walk, statement, right)
    topics.of_workforce(walk, statement)
    _fit_whole(walk, statement)
    if len(source) == 1 and statement.key.flow == "imports":
        # `of which 67% from Germany`
        statement.key = replace(statement.key, partner=source[0])
    if thing is not None and statement.key.flow in ("exports", "imports", "total"):
        statement.key = walk.key = replace(statement.key, commodity=thing)


def before(walk: Walk) -> Key | None:
    """`33.3 pct of imports of 41 billion against 34.4 pct of 31.58 billion`: what the share before is of."""
    return next((s.key for s in reversed(walk.statements) if s.reading.measure == "share"), None)


def _of_the_side(walk: Walk, statement: Statement) -> None:
    """`trade was worth 1 billion, so that China's share equalled 86.7%`: a share of the reporter's, the partner's."""
    left, key, main = walk.lefts[walk.at.index(statement.position)], statement.key, walk.context.main
    owner = next((a.data.code for a, b, c in zip(left, left[1:], left[2:], strict=False) if _owns(a, b, c)), None)
    if owner and main and key.flow and key.ref == owner and walk.statements and naming.elsewhere(owner, main):
        statement.key = walk.key = replace(key, ref=main, partner=owner)


def _owns(area: Item, mark: Item, share: Item) -> bool:
    return area.kind == "area" and mark.tag == "POS" and share.kind == "share"


def _of_it(walk: Walk, statement: Statement, right: Sequence[Item]) -> bool:
    """`GDP amounted to 14.6 billion; farming made up 3.4% of it`: a part of what the sentence gave before."""
    rest = walk.items[statement.position + 1 :]
    end = next((i for i, x in enumerate(rest) if x.kind not in ("quantity", "mark") and not x.is_word("and")), None)
    its = end is not None and [x.lower for x in rest[end : end + 2]] == ["of", "it"]
    level = next((s for s in reversed(walk.statements) if s.reading.measure == "level"), None)
    if not its or level is None or level.key.flow or not indicators.is_statistic(level.key.indicator or ""):
        return False
    statement.share_of, statement.key = level.key, level.key
    return True


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


def _of_every_good(walk: Walk, statement: Statement, right: Sequence[Item], whole: Subject) -> Key:
    """`The US took 26% of all exports` after a sentence on textiles: the key of the share, without its product."""
    key = statement.key
    every = [item.lower for item in right[:2]] in (["of", "all"], ["of", "total"]) and whole.flow is not None
    if key.commodity and key.partner and every and not walk.statements:
        statement.key = walk.key = replace(key, commodity=whole.commodity)
    return statement.key


def _traded(walk: Walk) -> bool:
    first = walk.context.first_trade
    return first is not None and first.flow in ("total", "balance")


def _whole(walk: Walk, statement: Statement, right: Sequence[Item], part: Subject | None) -> tuple[Subject, Key]:
    """The whole that the words behind a share name, and its key."""
    given = any(item.lower.startswith("contribut") for item in walk.lefts[walk.at.index(statement.position)][-3:])
    led = bool(right) and (right[0].is_word("of", "in") or (given and right[0].is_word("to")))
    subject = read_subject(right[1:] if led else right, statement.key.flow)
    whole = naming.named(Key(ref=statement.key.ref), subject, walk.context, fresh=True)
    main, owner = walk.context.main, part.owner if part is not None else None
    if part is not None and (whole.indicator or "").lower().endswith("turnover") and _traded(walk):
        whole = Key(flow="total", ref=whole.ref, partner=whole.partner)
    if whole.flow and owner and main and whole.ref == owner and not subject.reporters and naming.elsewhere(owner, main):
        # `China's share in the turnover` of the text's reporter
        whole = replace(whole, ref=main)
    return subject, whole


def _of_flow(walk: Walk, statement: Statement, whole: Key) -> None:
    """The flow that a share says it is of, where the part's own words name none."""
    if whole.flow == statement.key.flow:
        return
    if _inherited(walk):
        # `ICT products, worth 2.1 billion, accounted for 25.6 percent of total exports` after a sentence on imports.
        _turn(walk, statement, str(whole.flow), whole.sign)
    elif statement.explicit and not walk.flowing:
        # `Oil imports cost 1.79 billion, while industrial goods made up 78.3 pct of exports`
        statement.key = walk.key = replace(statement.key, flow=whole.flow, sign=whole.sign)


def _read_whole(walk: Walk, statement: Statement, right: Sequence[Item], part: Subject | None) -> None:
    whole_subject, whole = _whole(walk, statement, right, part)
    statement.share_of = whole
    key = _of_every_good(walk, statement, right, whole_subject)
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
        statement.key = walk.key = of_whole(key, whole)
        return
    if key.flow and whole.flow:
        _of_flow(walk, statement, whole if whole_subject.flow else key)
    elif whole.flow:
        area = key.ref if whole.ref != key.ref else key.partner
        commodity = key.indicator if key.indicator and not indicators.is_statistic(key.indicator) else key.commodity
        statement.key = of_area(whole, area, whole.commodity or commodity)
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
