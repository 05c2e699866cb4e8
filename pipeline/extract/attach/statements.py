"""The walker: reads a sentence of items from left to right into statements: steps 4 to 7.

At each quantity the words before it say what it is about and what kind of statistic it is, the words behind it add
what follows (`of timber`, `to Russia`, `in November`). A statement inherits what its own words leave out from the
statement before it in the sentence, the first one from the document's context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.about import behind, ellipses, leading, notes, openings, pairs, partners, shares, topics
from pipeline.extract.attach.kind import amounts, counting, elided, lists, money, status, stories
from pipeline.extract.attach.kind.measures import read_measure, shared_change
from pipeline.extract.attach.kind.restated import restated_change
from pipeline.extract.attach.kind.signs import settle_sign
from pipeline.extract.attach.state import naming, nouns
from pipeline.extract.attach.state.context import Context, Key
from pipeline.extract.attach.state.evidence import Reading
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.attach.when import times
from pipeline.extract.numbers.units import Quantity
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.subject import Subject
from pipeline.lexicon import gazetteer

_MASSES = ("mass", "volume")


def read_statements(items: Sequence[Item], context: Context) -> list[Statement]:
    """The statements of one sentence, in order; `context` is brought up to date."""
    walk = Walk(items, context)
    _begin(walk)
    for n in range(len(walk.at)):
        _quantity(walk, n)
    lists.pair(walk.statements, items, walk.lefts, context)
    partners.falling(walk)
    partners.led_with(walk)
    pairs.settle(walk)
    times.settle_times(walk)
    amounts.share_units(walk)
    money.scale_bases(walk)
    amounts.link_pairs(walk)
    ellipses.kinds_of(walk)
    ellipses.things_of(walk)
    topics.lend_product(walk)
    notes.leave(walk)
    return walk.statements


def _begin(walk: Walk) -> None:
    """The key that the sentence begins with: the topic for `of which`, the last key for pronouns, else the reporter."""
    if openings.opens_with_therein(walk.items):
        walk.key, walk.fresh = walk.context.topic, False
    elif openings.opens_with_anaphor(walk.items) and not walk.context.partners:
        walk.key, walk.fresh = walk.context.key, False
    else:
        walk.key = Key(ref=walk.context.key.ref or walk.context.main)


def _in_money(walk: Walk) -> bool:
    found = [walk.items[i].data for i in walk.at]
    in_money = (walk.context.unit or "").isupper()
    # `cars doubled to 640 mln and ships plunged 18 pct to 350 mln` in a text that counts in money
    return any(q.kind == "money" or (in_money and q.kind == "bare" and q.number.scaled) for q in found)


def _in_mass(walk: Walk) -> bool:
    kinds = {walk.items[i].data.kind for i in walk.at}
    return bool(kinds & set(_MASSES)) and "money" not in kinds


def _quantity(walk: Walk, n: int) -> None:
    item = walk.items[walk.at[n]]
    quantity: Quantity = item.data
    left, right = walk.lefts[n], walk.rights[n]
    before = walk.statements[-1].reading if walk.statements else None
    walk.context.massed = quantity.kind in _MASSES
    walk.context.in_mass = walk.context.massed or (quantity.kind in ("percent", "times") and _in_mass(walk))
    walk.context.money = quantity.kind == "money" or (
        quantity.kind in ("percent", "percentage_point") and _in_money(walk)
    )
    subject, whole = leading.subject_of(walk, n)
    listed = partners.listed(walk, n, subject)
    subject, bare = listed or (subject, _trial(walk, n, subject))
    trial = ellipses.of_another_area(walk, n, subject, bare)
    trial = ellipses.yearly_rate(walk, n, trial)
    rate = indicators.rate_of(trial.indicator)
    reading = read_measure(quantity, left, right, before, rate["reads"] if rate else None)
    reading = restated_change(walk, n) or _in_partners(walk, quantity, _linked(walk, n, reading))
    reading = replace(reading, role="base") if _of_base_share(walk, n) else reading
    reading = ellipses.as_growth(walk, reading, bare, trial)
    unnamed = trial.flow is None and nouns.settle(trial.indicator) is None
    unnamed = unnamed or (
        reading.rule == "growth of" and trial.flow is None and not indicators.is_statistic(trial.indicator or "")
    )
    vague = subject.empty or not (subject.flow or indicators.is_statistic(subject.indicator or ""))
    if reading.rule.startswith("growth") and vague and (unnamed or (reading.rule == "growth before" and subject.empty)):
        trial = Key(indicator=ellipses.growth_of(left) or "economic growth", ref=trial.ref)
    if sign := stories.outsold(walk, n):
        reading = Reading("level", 0, "main", "outsold")
        trial = Key(flow="balance", sign=sign, ref=trial.ref)
    elif stories.is_loss(walk, n, reading, subject):
        reading, trial = Reading("level", 0, "main", "loss"), Key(indicator="loss", ref=trial.ref)
    elif stories.cuts_jobs(walk, n, reading):
        reading, trial = Reading("level", 0, "main", "job cuts"), Key(indicator="job cuts", ref=trial.ref)
    elif (paid := stories.per_share(walk, n) or stories.paid_for(walk, n)) is not None:
        trial = replace(paid, ref=trial.ref)
    reading = counting.on_land(walk, n, reading)
    trial = ellipses.whole_economy(reading, subject, stories.priced(walk, reading, trial), walk.context)
    key = _key(walk, n, reading, subject, trial)
    if reading.measure == "multiple" and quantity.kind == "percent":
        quantity = replace(quantity, kind="times", unit="ratio", factor=quantity.factor / 100)
    statement = Statement(quantity, walk.at[n], key, reading, unit="", explicit=not subject.empty)
    statement.listed, statement.overall = listed is not None, pairs.is_overall(subject, left)
    walk.flowing = bool(subject.flow or subject.mode)
    amounts.settle_unit(walk, statement, n)
    if whole and reading.measure in ("share", "difference"):
        # `China's share of Russian imports rose by 3.2 points`
        shares.read_share(walk, statement, whole, subject)
    else:
        behind.read_behind(walk, statement, right)
    settle_sign(walk, statement, n)
    status.read_status(walk, statement, n)
    amounts.settle_dimension(walk, statement, subject)
    if statement.counted is not None:
        elided.pass_by(walk, n, trial.ref)
    if (origin := partners.aside(walk, n)) is not None:
        walk.key = trial
        statement.key = replace(statement.key, partner=origin)
    walk.statements.append(statement)


def _trial(walk: Walk, n: int, subject: Subject) -> Key:
    """The key that the words before quantity n give, before it is known what kind of statistic it is."""
    done = counting.done(walk, n, subject)
    if done is not None:
        return done
    if _expected_growth(walk, n, subject):
        said = subject.subject_area or subject.owner
        named = said if said and gazetteer.kind_of(said) == "country" else None
        grown = ellipses.growth_of(walk.lefts[n]) or "economic growth"
        return Key(indicator=grown, ref=named or walk.context.key.ref or walk.context.main)
    if not subject.empty:
        key = naming.named(walk.key, subject, walk.context, fresh=walk.fresh)
        return topics.of_all(key, subject, [s.key for s in walk.statements])
    whole = _of_the_whole(walk, n)
    if whole is not None:
        return whole
    if not (walk.fresh and not walk.statements):
        return topics.unbalanced(walk.key, walk.lefts[n])
    quantity: Quantity = walk.items[walk.at[n]].data
    return topics.unbalanced(topics.of_the_kind(quantity, topics.last_key(walk.context), walk.context), walk.lefts[n])


def _expected_growth(walk: Walk, n: int, subject: Subject) -> bool:
    """`She is forecasting growth of just 1.8% this year`: growth expected of nothing that is named is the economy's."""
    if walk.statements or subject.flow or indicators.is_statistic(subject.indicator or ""):
        return False
    near = [*walk.lefts[n], *walk.rights[n][:1]]
    return any(x.kind == "status" for x in near) and any(x.kind == "change" and x.lower == "growth" for x in near)


def _in_partners(walk: Walk, quantity: Quantity, reading: Reading) -> Reading:
    """`Korea with 1.26 billion dollars (16.2%)`: in a list of partners a percent without a sign is the share."""
    if not walk.statements or not walk.statements[-1].listed or quantity.number.signed:
        return reading
    if reading.rule != "brackets" or reading.measure != "growth":
        return reading
    return Reading("share", 0, "main", "brackets in a list")


def _key(walk: Walk, n: int, reading: Reading, subject: Subject, trial: Key) -> Key:
    if reading.role == "alternative" and walk.statements:
        return walk.statements[-1].key
    if reading.role == "base" and walk.statements and not stories.brought(walk, n, subject):
        share = shares.before(walk) if [item.lower for item in walk.rights[n]] == ["of"] else None
        share = share or (trial if _of_base_share(walk, n) else None)
        return share or _owning(partners.base_key(walk, n), subject, walk.lefts[n])
    if partners.takes_on(walk, n, subject) and counting.done(walk, n, subject) is None:
        walk.key = naming.named(partners.taken(walk, n), partners.places(subject), walk.context, fresh=False)
    elif subject.empty and walk.fresh and not walk.statements:
        # Nothing named: `It fell to 9.6%`, `up 5 percent`, a fragment of a headline.
        walk.key = replace(trial, ref=trial.ref or walk.context.main)
    else:
        walk.key = trial
    if stories.same_at(walk, n, reading):
        last = walk.context.key
        walk.key = replace(last, ref=walk.key.ref, partner=last.partner)
    elif reading.measure == "growth" and walk.key.flow is None and nouns.settle(walk.key.indicator) is None:
        # `The Netherlands did no better (-0.1%)`: the statistic of the sentence before.
        last = walk.context.key
        walk.key = replace(walk.key, flow=last.flow, sign=last.sign, indicator=last.indicator, commodity=last.commodity)
    if (
        reading.measure == "share"
        and walk.fresh
        and subject.empty
        and walk.rights[n][:1]
        and walk.rights[n][0].is_word("of")
    ):
        walk.key = Key(ref=walk.key.ref)
    walk.fresh = False
    partners.mutual(walk, n)
    return walk.key


def _owning(base: Key, subject: Subject, left: Sequence[Item]) -> Key:
    """The key of what is compared with, where it is named otherwise: `a surplus, compared with a deficit of`."""
    if subject.flow == "balance" and base.flow == "balance":
        return replace(base, sign=subject.sign)
    named = next((item.lower for item in left if item.lower in _RESULTS), None)
    return replace(base, indicator=named) if named and base.flow is None else base


_RESULTS = ("loss", "losses", "profit", "profits")


def _of_the_whole(walk: Walk, n: int) -> Key | None:
    """`25.6 percent of the country's total exports of 50.1 billion dollars`: the whole that a share was of."""
    if not n or walk.lefts[n] or not walk.rights[n - 1] or not walk.rights[n - 1][-1].is_word("of"):
        return None
    last = walk.statements[-1]
    if last.reading.rule == "past a limit":
        # `1.5 mln bpd over its ceiling of 15.8 mln`
        return Key(indicator=walk.rights[n - 1][-2].text, ref=last.key.ref)
    known = (one.share_of for one in reversed(walk.statements) if one.share_of and one.share_of.flow)
    return next(known, None) if last.reading.measure == "share" else None


def _of_base_share(walk: Walk, n: int) -> bool:
    """`33.3 pct of imports of 41 billion against 34.4 pct of 31.58 billion`: the whole of the year before."""
    last = walk.statements[-1].reading if n else None
    return last is not None and (last.role, last.measure) == ("base", "share") and _of_the_whole(walk, n) is not None


def _linked(walk: Walk, n: int, reading: Reading) -> Reading:
    """A bare percent with a verb left out, or behind `a decrease of 19 million or`, is a growth."""
    if reading.role == "link" and not _compares(walk, n):
        return Reading("level", 0, "main", "level")
    if reading.rule == "brackets" and reading.role == "alternative" and reading.measure == "difference":
        # `an increase of 9.7% over the average of the second week (1.485 billion)`: the base, not how much that is
        return replace(reading, measure="level", role="base") if walk.rights[n - 1] else reading
    if reading.rule == "bare percent" and (gapped := ellipses.gapped(walk, n)) is not None:
        return gapped
    moved = stories.moved(walk, n) if reading.rule == "bare percent" else None
    if moved is not None:
        return moved
    if reading.rule == "level" and stories.moved_too(walk, n):
        return Reading("difference", 0, "gapped", "by, verb left out")
    if reading.rule in ("bare percent", "as the one before", "verb left out") and _alike(walk, n):
        # `2.0% and 5.1% more than in the previous month`
        last = next(k for k in range(n + 1, len(walk.at)) if not walk.runs_on(k))
        return shared_change(walk.items[walk.at[last]].data, walk.rights[last]) or reading
    if reading.rule not in ("bare percent", "comparison behind") or not walk.statements:
        return reading
    if _leads_to(walk, n):
        return Reading("growth", 0, "gapped", "verb left out")
    previous = walk.statements[-1].reading
    if previous.measure == "difference" and [item.lower for item in walk.rights[n - 1]] == ["or"]:
        return Reading("growth", previous.sign, "main", "as the one before")
    return reading


def _alike(walk: Walk, n: int) -> bool:
    """Whether quantity n stands in a list with the next; `91%, 0.2 percentage point more` is none."""
    return walk.runs_on(n) and walk.items[walk.at[n + 1]].data.kind == walk.items[walk.at[n]].data.kind


def _compares(walk: Walk, n: int) -> bool:
    """Whether `X or Y%` is a change: a word of change before it, or `more` or the like behind Y."""
    ahead = walk.items[walk.at[n + 1] + 1 : walk.at[n + 1] + 3] if n + 1 < len(walk.at) else []
    return any(item.kind == "change" for item in [*walk.lefts[n][-4:], *ahead])


def _leads_to(walk: Walk, n: int) -> bool:
    """`imports 24.4 pct to 2.14 billion`: a verb left out before the percent."""
    ahead = walk.items[walk.at[n] + 1 : walk.at[n] + 3]
    return bool(ahead) and ahead[0].is_word("to") and len(ahead) > 1 and ahead[1].kind == "quantity"
