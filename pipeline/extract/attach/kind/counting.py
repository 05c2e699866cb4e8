"""What is counted, and the statistic that doing something with it makes: `produced 16.9 million units of cars`."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.attach.kind import stories
from pipeline.extract.attach.state import nouns
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.evidence import Reading
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words import indicators
from pipeline.extract.words.commodity import acts
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right, product
from pipeline.extract.words.subject import Subject

UNITS_OF_COUNT = ("teu", "teus", "units", "pieces", "sets", "head", "cases", "bags", "bales", "sacks")
MADE = ("output", "sales")
_COMPANIES = ("company", "group", "firm", "carmaker", "automaker", "airline", "miner", "retailer")
_SELLS = ("sells", "sell", "selling", "sold", "fetches", "fetched", "retails")
_TRADED = ("output", "sales", "earnings", "spending")


def packed(right: Sequence[Item], noun: str) -> str | None:
    """`1.49 million bags of coffee`: the product in a unit that counts."""
    end, _ = phrase_right(right, 0)
    if noun.lower().split()[-1] not in UNITS_OF_COUNT or end + 1 >= len(right) or not right[end].is_word("of"):
        return None
    return product(phrase_right(right, end + 1)[1])


def measured(named: str | None) -> bool:
    """Whether a subject is a statistic that is not itself a count of things."""
    return named is not None and indicators.is_statistic(named) and not indicators.counted_noun(named)


def done(walk: Walk, n: int, subject: Subject) -> Key | None:
    """`The company said it will invest 387 million`, `238,000 units were produced`: the statistic of what is done; no
    trade and nothing named."""
    kind = walk.items[walk.at[n]].data.kind
    counts = kind in ("bare", "mass", "volume")
    known = measured(subject.indicator) if counts else indicators.is_statistic(subject.indicator or "")
    if subject.flow or known:
        return None
    verbs = walk.lefts[n][-4:]
    spoken = (item for item in reversed(verbs) if item.kind in ("word", "level") and item.tag.startswith("VB"))
    verb = next((item.lower for item in spoken), "")
    if kind in ("money", "rate") and verb in _SELLS and verbs[-1].is_word("at", "for"):
        # `The average kilogramme of beef now sells at 309.85 shillings`
        return Key(indicator="price", commodity=nouns.settle(subject.indicator), ref=walk.context.key.ref)
    compared = kind == "percent" and walk.rights[n][:1] and walk.rights[n][0].is_change("comparative")
    kinds = ("money", "mass", "percent") if compared else (kind,)
    acted = next((found for one in kinds if (found := indicators.activity(verb, one))), None)
    before = acted or stories.held(walk, n, kind) or _by_role(walk.lefts[n], kind)
    indicator = before or indicators.activity(_passive(walk.rights[n]), kind)
    earned = indicator == "earnings"
    exported = stories.earned_from(walk, n, subject) or stories.earns(walk, n, subject) if earned else None
    if exported is not None:
        return exported
    traded = walk.context.trade and not any(item.is_word(*_COMPANIES) for item in walk.lefts[n])
    going_on = walk.key.flow is None and (walk.key.indicator or "").split(" of ")[0].endswith(("output", "production"))
    traded = traded and not (indicator == "output" and (going_on or acts(subject.indicator or "")))
    traded = traded and indicator != "production" and not _produces(verbs, kind)
    if indicator is None or (traded and indicator in _TRADED):
        return None
    reporters = [*subject.reporters, *([subject.subject_area] if subject.subject_area else [])]
    ref = reporters[0] if reporters else walk.context.key.ref or walk.context.main
    if kind == "bare":
        return Key(indicator=indicator, commodity=_made(walk, n, subject, passive=before is None), ref=ref)
    return Key(indicator=walk.context.named.get(indicator, indicator), ref=ref)


def _produces(verbs: Sequence[Item], kind: str) -> bool:
    """`The United States harvests 4.2 million tonnes` in a text on trade"""
    finite = ("VBD", "VBZ", "VBP", "VB")
    return kind != "money" and any(item.lower in _PRODUCING and item.tag in finite for item in verbs)


_PRODUCING = frozenset("harvested harvests harvest reaped reaps gathered gathers mined pumped pumps smelted".split())
_ROLES = {"producer": "production", "grower": "production", "consumer": "consumption", "user": "consumption"}


def _by_role(left: Sequence[Item], kind: str) -> str | None:
    """`India will be the top producer with 6 million tonnes`: what the role is in."""
    if kind not in ("mass", "volume", "rate") or not left or not left[-1].is_word("with", "at"):
        return None
    return next((_ROLES[item.lower.rstrip("s")] for item in reversed(left) if item.lower.rstrip("s") in _ROLES), None)


def _passive(right: Sequence[Item]) -> str:
    """`units were produced`, `units sold`"""
    end, noun = phrase_right(right, 0)
    rest = [item for item in right[end:] if not (item.kind == "level" or item.is_word("have", "has", "been", "being"))]
    return rest[0].lower if noun and rest and rest[0].tag in ("VBN", "VBD") else ""


def _made(walk: Walk, n: int, subject: Subject, *, passive: bool) -> str | None:
    """What was made or sold where a unit is counted: what it holds (`units of cars`), or what the sentence is about."""
    right = walk.rights[n]
    _, noun = phrase_right(right, 0)
    if noun and noun.lower().split()[-1] not in UNITS_OF_COUNT:
        return None
    held = packed(right, noun) if noun else None
    named = _topic(walk.lefts[n]) or nouns.settle(subject.indicator) if passive else None
    return held or named or (walk.key.commodity if walk.key.indicator in MADE else None)


def _topic(left: Sequence[Item]) -> str | None:
    """`As for motor coaches, 900 units were produced`"""
    led = (i for i, item in enumerate(left[:-1]) if item.is_word("as") and left[i + 1].is_word("for"))
    at = next(led, None)
    return None if at is None else product(phrase_right(left, at + 2)[1])


def unit_of(walk: Walk, n: int, indicator: str | None) -> str | None:
    """`Arrivals came to 578,000 tonnes. The board has forecast 585,000`: what is weighed is not counted; `a ratio of
    1.07` has no unit."""
    ratio = any(item.lower.startswith("ratio") for item in walk.lefts[n][-4:])
    if ratio and not walk.items[walk.at[n]].data.number.scaled:
        return "ratio"
    if not indicator:
        return None
    last = walk.statements[-1] if walk.statements else None
    if last is not None and last.key.indicator == indicator and last.quantity.kind in ("mass", "volume"):
        return last.unit
    weighed = walk.context.unit in ("metric_ton", "barrel", "kilogram", "liter")
    return walk.context.unit if weighed and walk.context.unit_of == indicator else None


def on_land(walk: Walk, n: int, reading: Reading) -> Reading:
    """`harvested 4.2 million tonnes from 4.3 million hectares`: where it grew, nothing that it is compared with."""
    quantity, last = walk.items[walk.at[n]].data, walk.statements[-1] if walk.statements else None
    grown = last is not None and last.quantity.kind in ("mass", "volume") and quantity.kind == "area"
    return Reading("level", 0, "main", "on land") if grown else reading
