"""What a sentence leaves behind for the next ones, whether or not it holds a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.attach.about import openings, topics
from pipeline.extract.attach.about.reporters import CAPITALS
from pipeline.extract.attach.state import naming
from pipeline.extract.attach.state.clauses import clause
from pipeline.extract.attach.state.context import Context, Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.attach.when import spans, timing
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right
from pipeline.extract.words.subject import Subject, read_subject
from pipeline.lexicon import gazetteer


def coordinated(items: Sequence[Item]) -> tuple[str, str] | None:
    """The two things that a sentence begins with, for `the former` and `the latter`."""
    plus = next((i for i, item in enumerate(items[:16]) if item.is_word("plus")), None)
    if plus is not None:
        return phrase_right(items, 0)[1], phrase_right(items, plus + 1)[1]
    parts = phrase_right(items, 0)[1].split(" and ")
    return (parts[0], parts[1]) if len(parts) == 2 else None


def listed_areas(items: Sequence[Item], context: Context) -> tuple[str, ...]:
    """The areas outside the reporter's country that a sentence begins with (`ASEAN, the EU and Japan are the largest
    partners`), two or more."""
    main = context.main
    end = next((i for i, item in enumerate(items) if item.kind == "level" or item.tag.startswith("VB")), len(items))
    named = [item.data.code for item in items[:end] if item.kind == "area" and item.data.form == "noun"]
    codes = tuple(dict.fromkeys(code for code in named if code and main and naming.elsewhere(code, main)))
    return codes if len(codes) > 1 else ()


def _asked(items: Sequence[Item]) -> str | None:
    """`What does Xiamen buy?`: the flow that the answer is about."""
    if not items or items[-1].text != "?" or not items[0].is_word("what"):
        return None
    verbs = {item.lower for item in items}
    return "imports" if verbs & {"buy", "import"} else "exports" if verbs & {"sell", "export"} else None


def _turn(items: Sequence[Item], context: Context) -> None:
    """`Berlin has other worries.` `France fared worse.`: at the head of a paragraph of a text that is not on trade the
    country that it turns to, where a capital stands for its country."""
    first = items[0] if items else None
    if first is None or first.kind != "area" or first.data.form != "noun" or context.trade or context.key.flow:
        return
    verb = items[1] if len(items) > 1 else first
    if context.key_paragraph == context.paragraph or not (
        verb.tag in ("VBZ", "VBD", "VBP", "MD") or verb.kind == "level"
    ):
        return
    code = first.data.code
    area = gazetteer.country_of(code) if code in CAPITALS else code
    if area and context.main and area != context.main and gazetteer.kind_of(area) == "country":
        context.key = replace(context.key, ref=area)


def _listed_flow(items: Sequence[Item], predicate: int | None) -> Subject | None:
    """`Table 3 lists the main imports.`: what the sentences behind it are about."""
    if predicate is None or not items[0].lower.startswith(("table", "figure", "chart", "annex")):
        return None
    subject = read_subject(items[predicate + 1 :])
    return subject if subject.flow in ("exports", "imports") and not subject.partners else None


def note(items: Sequence[Item], context: Context) -> None:
    """A sentence without figures still says what the next one speaks of: its subject, and when."""
    context.coordination = coordinated(items) or context.coordination
    context.partners = listed_areas(items, context)
    _turn(items, context)
    if (asked := _asked(items)) is not None:
        context.key = Key(flow=asked, ref=context.key.ref or context.main)
        context.trade, context.topic, context.key_paragraph = asked, context.key, context.paragraph
        return
    predicate = next(
        (
            i
            for i, item in enumerate(items)
            if i and (item.tag.startswith("VB") or item.kind == "level") and item.tag != "VBG"
        ),
        None,
    )
    periods = timing.plain_periods(items[:predicate])
    told = any(item.is_word("cover", "covers", "covering", "relate", "relates", "refer", "refers") for item in items)
    told = told or bool(context.partners)
    if not periods and (told or any(item.kind == "change" and item.data["part"] == "verb" for item in items)):
        periods = timing.plain_periods(items)
    if periods and predicate is not None:
        context.period, context.period_basis = timing.resolved(periods[0], context)
        context.lengths |= {context.period.months: context.period} if context.period.days is None else {}
    _, subject = clause(list(items[:predicate]))
    listed = _listed_flow(items, predicate)
    if listed is not None:
        subject, context.trade = listed, listed.flow
    if predicate is None or not (
        subject.flow or subject.mode or (subject.indicator and indicators.is_statistic(subject.indicator))
    ):
        return
    context.key = naming.named(Key(ref=context.key.ref or context.main), subject, context, fresh=True)
    context.topic, context.key_paragraph = context.key, context.paragraph
    if context.key.flow in ("exports", "imports", "total"):
        # `Vehicle exports to Peru surged. 41,200 cars left for Peru.`
        context.trade = context.trade or context.key.flow
        context.flows.add(context.key.flow)


def _remember_kinds(mains: Sequence[Statement], context: Context) -> None:
    """What was counted last, and the last rate: for figures of that kind that name nothing."""
    for statement in mains:
        if statement.unit == "count" and statement.key.flow is None:
            context.counts = statement.key
        elif statement.unit == "percent" and indicators.rate_of(statement.key.indicator) is not None:
            context.rates = statement.key


def leave(walk: Walk) -> None:
    """Brings the context of the walk up to date with what its statements said."""
    walk.context.partners = ()
    mains = [s for s in walk.statements if s.reading.role in ("main", "gapped")]
    for statement in mains:
        if statement.quantity.kind in ("money", "mass", "volume", "energy") and statement.unit:
            walk.context.unit, walk.context.unit_of = statement.unit, statement.key.indicator
        elif statement.quantity.kind == "rate" and not statement.unit.split(" ")[0].isupper():
            # `17.3 mln barrels per day`, not the price of a barrel
            walk.context.unit, walk.context.unit_of = statement.unit, statement.key.indicator
        if statement.reading.measure == "level" and statement.unit != "percent":
            walk.context.key_unit = statement.unit
    if not mains:
        return
    # `99% of it went to Peru, at 128 dollars a ton`: a price in passing is not what the text goes on with.
    traded = [s for s in mains if s.key.flow] if " / " in mains[-1].unit and not mains[-1].key.flow else []
    last = traded[-1] if traded else mains[-1]
    walk.context.measure = last.reading.measure
    _remember_kinds(mains, walk.context)
    if last.reading.measure == "share":
        # A share of somebody else's trade looks aside: the text goes on about the reporter it had.
        level = next((s for s in reversed(mains) if s.reading.measure != "share"), last)
        last = level if level.key.ref != last.key.ref else last
    walk.context.coordination = coordinated(walk.items) or walk.context.coordination
    therein = openings.opens_with_therein(walk.items)
    verbal = any(item.kind == "flow" and item.data["part"] == "verb" for item in walk.items)
    walk.context.key = topics.carried(last.key, walk.context, listed=last.run >= 0, verbal=verbal)
    walk.context.key = _of_market(walk.context, mains[-1])
    walk.context.key_paragraph = walk.context.paragraph
    if walk.context.opening is None:
        walk.context.opening = _of_the_country(mains[0].key, walk.context)
        walk.context.product = topics.topic(mains[0].key, walk.context)
    if not therein:
        walk.context.topic = mains[0].key
    earlier = walk.context.sentence_keys if therein else []
    levels = (s.key for s in mains if s.reading.measure == "level")
    walk.context.sentence_keys = list(dict.fromkeys([*earlier, *levels]))
    for statement in mains:
        of = statement.share_of if statement.reading.measure == "share" else None
        whole = "total" if of and (of.indicator or "").endswith("turnover") else of.flow if of else None
        # After `exports make up 75% of the turnover` the text still speaks of the turnover.
        _remember(replace(statement.key, flow=whole) if whole == "total" else statement.key, walk.context)
    _carry_period(walk, mains)


def _of_market(context: Context, last: Statement) -> Key:
    """After a price in a city the text goes on about the country that it is on."""
    priced = " / " in last.unit and not context.key.flow
    return _of_the_country(context.key, context) if priced else context.key


def _of_the_country(key: Key, context: Context) -> Key:
    """A price in a city (`Spot rebar in Beijing`) opens a text on its country: what goes on is the country's."""
    country = gazetteer.country_of(key.ref) if key.ref else None
    return replace(key, ref=country) if country == context.main else key


def _remember(key: Key, context: Context) -> None:
    if key.indicator:
        context.named[key.indicator.split(" of ")[0].split()[-1].lower()] = key.indicator
    if key.ref and key.partner:
        context.pair = (key.ref, key.partner)
    if key.flow in ("exports", "imports", "total"):
        context.trade = key.flow
        context.flows.add(key.flow)


def _looks_back(walk: Walk, statement: Statement) -> bool:
    """`In March prices had increased 0.1 pct`, after a look at April: the text goes on about April."""
    now, then = walk.context.period, statement.period
    if now is None or then is None or not ((now.days, now.months) == (then.days, then.months) or now.days):
        return False
    earlier = (then.year or 0, then.month, then.day or 0) < (now.year or 0, now.month, now.day or 0)
    left = walk.lefts[walk.statements.index(statement)]
    stepped = any(timing.steps_back(mention) for mention in timing.plain_periods(left))
    return earlier and (stepped or any(item.is_word("had") for item in left))


def _sums_up(walk: Walk, statement: Statement) -> bool:
    """`profits climbed 27% to 10.7 billion, taking the total for 2005 to 36.1 billion`: the text goes on about the
    quarter."""
    left = walk.lefts[walk.statements.index(statement)]
    led = any(a.is_word("taking", "bringing") and b.is_word("the") for a, b in pairwise(left))
    return led and walk.statements[0] is not statement


def _carry_period(walk: Walk, mains: list[Statement]) -> None:
    timed = [s for s in mains if s.period is not None and s.period_basis and s.status in ("A", "E")]
    if walk.context.period is None:
        # A text that only looks ahead speaks of what it expects.
        timed = [s for s in mains if s.period is not None and s.period_basis]
    timed = [s for s in timed if not spans.is_rolling(s.period, walk.context.period) and not _sums_up(walk, s)]
    before = [s.period for s in timed if _looks_back(walk, s)]
    timed = [s for s in timed if s.period not in before]
    walk.context.lengths |= {s.period.months: s.period for s in timed if s.period and s.period.days is None}
    if timed and walk.context.paragraph_period is None and timed[0].status in ("A", "E"):
        walk.context.paragraph_period = timed[0].period
    if timed:
        walk.context.last_period = timing.latest([s.period for s in timed if s.period])
        walk.context.period, walk.context.period_basis = walk.context.last_period, "context"
