"""Turns of business stories: losses of companies, prices of things, what moved to where."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.extract.attach.state import nouns
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.evidence import Reading, sign_of
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words import indicators
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right, product
from pipeline.extract.words.subject import Subject, read_subject
from pipeline.lexicon import gazetteer

_PRICES = regex.compile(r"\b(?:prices?|inflation|cost of living|CPI)\b", regex.I)
_PRICED = regex.compile(rf"{_PRICES.pattern}|\b(?:index|costs?)\b", regex.I)
_LOSING = ("lost before", "loses before", "losing before", "lose before", "loss of", "losses of")


def is_loss(walk: Walk, n: int, reading: Reading, subject: Subject) -> bool:
    """`The airline lost 87 million dollars`, `with a loss of 87 million`: the result of a company, not a change."""
    quantity = walk.items[walk.at[n]].data
    if quantity.kind != "money" or not quantity.number.scaled or reading.rule not in _LOSING:
        return False
    return not subject.flow and not indicators.is_statistic(subject.indicator or "")


_JOBS = ("jobs", "posts", "positions", "workers", "staff", "employees")
_CUTS = ("cut", "cuts", "cutting", "shed", "sheds", "shedding", "axe", "axed", "axing", "eliminate", "eliminated")


def cuts_jobs(walk: Walk, n: int, reading: Reading) -> bool:
    """`The airline will cut 900 jobs`: how many go, not how the number of jobs changed."""
    behind = walk.items[walk.at[n] + 1 : walk.at[n] + 4]
    jobs = next((i for i, item in enumerate(behind) if item.lower in _JOBS), None)
    if jobs is None or not all(item.kind == "word" for item in behind[:jobs]):
        return False
    return reading.measure == "difference" and reading.rule.split()[0] in _CUTS


def per_share(walk: Walk, n: int) -> Key | None:
    """`Holders are to receive 1.20 a share`: the dividend."""
    paid = any(item.is_word("receive", "receives", "pay", "pays", "paid", "distribute") for item in walk.lefts[n][-4:])
    behind = [item.lower for item in walk.items[walk.at[n] + 1 : walk.at[n] + 3]]
    return Key(indicator="dividend") if paid and behind in (["a", "share"], ["per", "share"]) else None


def paid_for(walk: Walk, n: int) -> Key | None:
    """`The board pays farmers 400 francs a kilo`, `Producers get 130 dollars a tonne`: the price that growers get."""
    if walk.items[walk.at[n]].data.kind != "rate" or len(walk.items[walk.at[n]].data.unit.split(" ")[0]) != 3:
        return None
    left = walk.lefts[n]
    growers = any(item.lower in _GROWERS for item in left)
    paid = any(item.is_word("pay", "pays", "paid", "get", "gets", "receive", "receives") for item in left)
    return Key(indicator="producer price", commodity=walk.context.product) if growers and paid else None


_GROWERS = ("farmers", "growers", "producers", "planters", "smallholders", "miners", "fishermen")
_HELD = ("had", "held", "kept", "hold", "have", "has")
_STORES = frozenset("tanks tank storage stock store warehouses silos elevators".split())


def held(walk: Walk, n: int, kind: str) -> str | None:
    """`The refiners had 30 million barrels of crude in their tanks`: stocks."""
    kept = any(item.lower in _HELD for item in walk.lefts[n][-3:])
    return "stocks" if kept and kind in ("mass", "volume") and _STORES & {x.lower for x in walk.rights[n]} else None


def earned_from(walk: Walk, n: int, subject: Subject) -> Key | None:
    """`Ghana earned 1.2 billion dollars from cocoa`: what a country earns from a product are its exports."""
    right = walk.rights[n]
    if subject.subject_area is None or gazetteer.kind_of(subject.subject_area) != "country":
        return None
    if not right or not right[0].is_word("from"):
        return None
    named = product(phrase_right(right, 1)[1])
    return Key(flow="exports", commodity=named, ref=subject.subject_area) if named else None


def earns(walk: Walk, n: int, subject: Subject) -> Key | None:
    """`Sugar is expected to earn 133.7 million dollars` in a text on sugar: what a product earns are its exports."""
    known = walk.context.product
    named = nouns.settle(subject.indicator)
    if not known or not named or known.lower() not in named.lower() or indicators.is_statistic(named):
        return None
    return Key(flow="exports", commodity=named, ref=walk.context.main)


_OUT = ("sold", "exported", "shipped", "sells", "exports", "ships")
_IN = ("bought", "imported", "buys", "imports")


def outsold(walk: Walk, n: int) -> int:
    """`Canada sold 254 million dollars more abroad than it bought`: the sign of the balance that is meant, or 0."""
    left, behind = walk.lefts[n], walk.items[walk.at[n] + 1 : walk.at[n] + 16]
    than = next((i for i, item in enumerate(behind) if item.is_word("than")), None)
    if walk.items[walk.at[n]].data.kind != "money" or than is None or not any(x.lower == "more" for x in behind[:2]):
        return 0
    did, other = {x.lower for x in left[-5:]}, {x.lower for x in behind[than:]}
    if did & set(_OUT) and other & set(_IN):
        return 1
    return -1 if did & set(_IN) and other & set(_OUT) else 0


def moved_too(walk: Walk, n: int) -> bool:
    """`Oman lifted output by 25,000 to 415,000 and Iran by 10,000 to 2.3 million`, `tin rose 2,150 to 21,475 and zinc
    225 to 30,600`: the verb goes on."""
    left, ahead = walk.lefts[n], walk.items[walk.at[n] + 1 : walk.at[n] + 3]
    by_area = len(left) > 1 and left[-1].is_word("by") and left[-2].kind == "area"
    to_level = len(ahead) == 2 and ahead[0].is_word("to") and ahead[1].kind == "quantity"
    named = bool(left) and left[0].is_word("and") and all(item.tag.startswith(("NN", "JJ")) for item in left[1:])
    before = [s.reading for s in walk.statements[-2:]]
    goes_on = named and len(before) == 2 and before[0].measure == "difference" and before[1].rule == "to"
    return to_level and (goes_on or (by_area and any(s.reading.measure == "difference" for s in walk.statements)))


def same_at(walk: Walk, n: int, reading: Reading) -> bool:
    """`Oman at 1.05 mln and Qatar at 0.2 mln were unchanged`: what the text spoke of, in other places."""
    left, quantity = walk.lefts[n], walk.items[walk.at[n]].data
    if reading.measure != "level" or quantity.kind != "bare" or not quantity.number.scaled:
        return False
    here = [item for item in left if not item.is_word("and", "while")]
    return len(here) == 2 and here[0].kind == "area" and here[1].is_word("at") and walk.context.key.flow is None


def begins(walk: Walk, n: int, subject: Subject) -> bool:
    """`..., while the fuel branch went down from 41.6% to 36%`: a base that a subject and a verb of its own lead to."""
    left = walk.lefts[n]
    moved = any(item.kind == "change" and item.tag.startswith("VB") for item in left)
    return moved and left[-1].is_word("from") and bool(subject.flow or nouns.settle(subject.indicator))


def brought(walk: Walk, n: int, subject: Subject) -> bool:
    """`..., taking the jobless rate from 10.8% to 12.1%`: a statistic of its own, no base of what is before."""
    account = "account" in (walk.statements[-1].key.indicator or "")
    if begins(walk, n, subject) or (subject.flow == "balance" and not account):
        # `swung to a deficit from a surplus of 250 million`: a gap has a sign of its own.
        return True
    last, unit = walk.statements[-1].unit, walk.items[walk.at[n]].data.unit
    own = subject.flow is None and indicators.is_statistic(subject.indicator or "")
    verb = any(item.is_word("taking", "taken", "bringing", "brought", "pushing", "cutting") for item in walk.lefts[n])
    return own and verb and unit == "percent" and last != unit


def before_colon(left: Sequence[Item]) -> Subject | None:
    """`House prices ran out of steam: they dipped 0.2%`: what stands before the colon."""
    colon = next((i for i, item in enumerate(left) if item.text in (":", ";")), None)
    subject = read_subject(left[:colon]) if colon else Subject()
    return subject if indicators.is_statistic(subject.indicator or "") or subject.flow else None


_SALES = ("turnover", "revenue", "revenues", "sales")


def on_sales(walk: Walk, n: int) -> Subject | None:
    """`a profit of 97.4 mln dlrs on turnover of`: what a company earned it on."""
    before = [item.lower for item in walk.items[max(0, walk.at[n] - 4) : walk.at[n]]]
    sold = n > 0 and len(before) > 2 and before[-1] == "of" and before[-2] in _SALES and "on" in before[:-2]
    return Subject(indicator=before[-2]) if sold else None


_CHEAPER = ("cheaper", "dearer", "costlier")


def priced(walk: Walk, reading: Reading, trial: Key) -> Key:
    """`Clothing and shoes gained 10%` in a text on consumer prices: the prices of these things."""
    title, noun = walk.context.title, trial.indicator
    if reading.rule.split()[0] in _CHEAPER and not indicators.is_statistic(noun or ""):
        # `White sugar was 0.8% cheaper`
        return Key(indicator="price", commodity=noun or trial.commodity, ref=trial.ref)
    if reading.measure != "growth" or trial.flow or not noun or indicators.is_statistic(noun) or walk.context.trade:
        return trial
    opening = walk.context.opening
    if not _PRICES.search(title) or opening is None or not _PRICED.search(opening.indicator or ""):
        return trial
    return Key(indicator=walk.context.named.get("prices", "prices"), commodity=noun, ref=trial.ref)


def moved(walk: Walk, n: int) -> Reading | None:
    """`lifted its net income 30% to 7.3 billion`: a percent between what was moved and where it went."""
    ahead = walk.items[walk.at[n] + 1 : walk.at[n] + 3]
    if len(ahead) < 2 or not ahead[0].is_word("to") or ahead[1].kind != "quantity" or ahead[1].data.kind == "percent":
        return None
    verbs = [item for item in walk.lefts[n] if item.kind == "change" and item.data["part"] == "verb"]
    return Reading("growth", sign_of(verbs[-1]), "main", "moved to") if verbs and sign_of(verbs[-1]) else None
