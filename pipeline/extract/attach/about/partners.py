"""Who trades with whom in a sentence: partners in lists, takers, the pair that a text speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.attach.state import naming, nouns
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.naming import elsewhere
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.numbers.units import Quantity
from pipeline.extract.words import indicators
from pipeline.extract.words.commodity import acts
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right, product
from pipeline.extract.words.subject import Subject, read_subject
from pipeline.lexicon import gazetteer

_MUTUAL = ("bilateral", "mutual", "two-way")
_PARTIES = ("countries", "nations", "sides", "neighbours", "neighbors", "economies", "partners")
_OPENERS = ("(", "[", "-", "–", "—", ":")
_RANKS = tuple("almost nearly about some with the second third fourth fifth place and in at".split())
_PARTNER_NOUNS = {
    "total": ("partner", "partners", "turnover"),
    "exports": (
        "buyer buyers importer importers customer customers market markets outlet outlets destination destinations"
    ).split(),
    "imports": "supplier suppliers source sources exporter exporters seller sellers supplied".split(),
}


def listed(walk: Walk, n: int, subject: Subject) -> tuple[Subject, Key] | None:
    """The partner right before a bracket, a dash or `with` (`China ($1.04 bln), the USA ($860 mln)`, `followed by Japan
    with 1.24 billion`): what is said of partners alone, and the key. None where it is an area of the reporter's own."""
    main = walk.context.main
    if subject.takers and main in subject.partners and not subject.flow:
        # `Russia bought goods from Kyrgyzstan for 612.5 million dollars` in a text on Kyrgyzstan
        return Subject(partners=subject.takers[:1]), Key(flow="exports", ref=main, partner=subject.takers[0])
    own = _own_region(walk, n, subject)
    if own is not None:
        return own
    if (supplied := _supplied(walk, n, subject)) is not None:
        return supplied
    named, just_named = _named(walk, walk.items[: walk.at[n]]), _named(walk, walk.lefts[n])
    code = _before_amount(walk.lefts[n]) or _ranked(walk.lefts[n])
    code = code or (subject.subject_area if named and not subject.flow else None)
    main = main or walk.key.ref
    if code is None or main is None or code == main or gazetteer.country_of(code) == gazetteer.country_of(main):
        return None
    goes_on = walk.key if walk.statements and walk.key.flow else walk.context.key
    flow = subject.flow or just_named or (goes_on.flow if walk.statements else None) or named or walk.context.trade
    if flow is None and _cargo(walk) and _before_amount(walk.lefts[n]):
        # `ahead of Singapore (304,000 boxes)` in a text on the cargo of a port
        return Subject(partners=(code,)), replace(goes_on, ref=main, partner=code)
    if flow is None or flow == "balance":
        return None
    commodity = subject.commodity or _sold(walk, n)
    if commodity is None and flow == goes_on.flow:
        here = walk.statements or walk.context.key_paragraph == walk.context.paragraph
        commodity = (goes_on.commodity if here else None) or walk.context.product
    elif commodity is None and walk.context.opening is not None and flow == walk.context.opening.flow:
        commodity = walk.context.product
    return Subject(partners=(code,)), Key(flow=flow, commodity=commodity, ref=main, partner=code)


_MOVED = ("deliveries", "shipments", "supplies", "purchases", "cargoes")


def _supplied(walk: Walk, n: int, subject: Subject) -> tuple[Subject, Key] | None:
    """`Russia supplied 5.1 million tons`, `Deliveries from Russia` in a text on China's imports of coal: China's from
    Russia, of coal."""
    main, last = walk.context.main, walk.context.key
    moved = subject.verbal or any(item.kind == "flow" and item.lower in _MOVED for item in walk.lefts[n])
    if not (main and moved and subject.flow == last.flow) or last.ref != main or last.flow == "total":
        return None
    if subject.reporters or len(subject.partners) != 1 or not naming.elsewhere(subject.partners[0], main):
        return None
    here = walk.context.key_paragraph == walk.context.paragraph or bool(walk.statements)
    # A paragraph of its own goes on with the text's product, not with another that was named last.
    product_here = last.commodity if here else walk.context.product or last.commodity
    if any(item.kind == "flow" and item.lower.endswith(" goods") for item in walk.lefts[n]) and not here:
        # `Mongolia bought goods for 46 million` after a paragraph on flour
        product_here = walk.context.product
    return subject, replace(last, partner=subject.partners[0], commodity=subject.commodity or product_here)


def _own_region(walk: Walk, n: int, subject: Subject) -> tuple[Subject, Key] | None:
    """`Omsk Oblast (35%), Irkutsk Region (31%)` in a text on the trade of their country: each has a part of its own."""
    code, main, last = _before_amount(walk.lefts[n]), walk.context.main, walk.context.key
    last = walk.key if walk.statements and walk.key.flow else last
    if code is None or main is None or subject.flow or last.flow not in ("exports", "imports", "total"):
        return None
    if code == main or gazetteer.kind_of(code) != "subdivision" or gazetteer.country_of(code) != main:
        return None
    return Subject(reporters=(code,)), replace(last, ref=code)


def _before_amount(left: Sequence[Item]) -> str | None:
    i, opened = len(left) - 1, False
    while i >= 0 and (left[i].text in _OPENERS or left[i].is_word(*_RANKS)):
        opened = opened or left[i].text in _OPENERS or left[i].is_word("with")
        i -= 1
    if not opened or i < 0 or left[i].kind != "area" or left[i].data.form in ("possessive", "demonym"):
        return None
    code: str | None = left[i].data.code
    return code


_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "place", "runner-up", "next")


def _ranked(left: Sequence[Item]) -> str | None:
    """`China takes the second line: 331 million`, `Peru came third with`: a partner by its place in the list."""
    for i, item in enumerate(left):
        if item.kind == "area" and item.data.form == "noun" and not (i and left[i - 1].tag in ("IN", "TO")):
            behind = left[i + 1 :]
            ranked = any(x.is_word(*_PLACES) for x in behind[1:6]) and behind[0].tag.startswith(("VB", "MD"))
            return str(item.data.code) if ranked and item.data.code else None
    return None


def _named(walk: Walk, items: Sequence[Item]) -> str | None:
    """The flow that the last noun for partners tells: they buy exports, supply imports, trade both ways."""
    for item in reversed(items):
        flow = next((flow for flow, words in _PARTNER_NOUNS.items() if item.lower in words), None)
        if flow is not None and (walk.context.trade or item.lower != "supplied"):
            # The `largest importers` of a text on imports are those that it imports from.
            either = item.lower.startswith(("importer", "exporter"))
            return walk.context.trade if either and walk.context.trade in ("exports", "imports") else flow
    return None


def _sold(walk: Walk, n: int) -> str | None:
    """`the largest buyer of Vietnamese seafood`"""
    items = walk.items[: walk.at[n]]
    for i, item in enumerate(items[:-1]):
        if item.lower in (*_PARTNER_NOUNS["exports"], *_PARTNER_NOUNS["imports"]) and items[i + 1].is_word("of", "for"):
            start = i + 3 if i + 2 < len(items) and items[i + 2].kind == "area" else i + 2
            return product(phrase_right(items, start)[1])
    return None


def takes_on(walk: Walk, n: int, subject: Subject) -> bool:
    """`Saudi Arabia took 90,944 tonnes`, `six ships are loading 120,000 tonnes of wheat`: the flow of the text
    goes on."""
    if subject.flow or walk.key.flow or _amount_goes_on(walk, subject):
        return False
    if subject.takers and goes_on(walk).flow in ("exports", "imports"):
        return True
    quantity: Quantity = walk.items[walk.at[n]].data
    going = goes_on(walk) if quantity.kind == "bare" else walk.context.key
    if going.flow not in ("exports", "imports"):
        return False
    packed = quantity.kind == "bare" and bool(walk.rights[n]) and walk.rights[n][0].is_word("bags", "bales", "sacks")
    if not (quantity.kind in ("mass", "volume") or packed) or (subject.indicator and _fixed(subject.indicator)):
        return False
    right = walk.rights[n][packed:]
    if len(right) > 1 and right[0].is_word("of") and right[1].is_word("which"):
        # `Rapeseed oil, 63,000 tonnes of which entered`
        return False
    if len(right) > 1 and right[0].is_word("of") and right[1].is_word("cargo", "freight"):
        # `In the containers there were 1.06 million tonnes of cargo`: what is carried is not what is traded.
        return False
    named = nouns.settle(subject.indicator)
    if named is not None and not acts(named) and not (right and right[0].is_word("of")):
        # `Copper ore 55,300 tons`: what is traded is named.
        return False
    dated = len(right) > 1 and right[0].is_word("by", "in", "during") and any(x.kind == "period" for x in right[1:4])
    return not right or dated or right[0].is_word("of", "for", "at")


def _amount_goes_on(walk: Walk, subject: Subject) -> bool:
    """`Brazil's production is set to jump 20% to 2.4 million tonnes`: the amount that the sentence is on."""
    named = (walk.key.indicator or "").lower()
    moved = any(word in named for word in ("shipment", "deliver", "arrival"))
    return bool(walk.statements) and subject.empty and indicators.is_amount(named) and not moved


def goes_on(walk: Walk) -> Key:
    """The trade that a sentence without a flow goes on with: that of the sentence before, else the text's first."""
    last, opening = walk.context.key, walk.context.opening
    if (last.indicator or "").lower().endswith("shipments"):
        # `Shipments fell to 22,400 tonnes. The Netherlands bought 9,100`
        return replace(last, flow="exports", indicator=None, commodity=last.commodity or walk.context.product)
    return opening if last.flow is None and opening is not None and opening.flow else last


def taken(walk: Walk, n: int) -> Key:
    """The trade of which a partner takes a part: `China took 1.5 billion dollars of the goods` is of no product."""
    right = [item.lower for item in walk.rights[n][:3]]
    key = replace(goes_on(walk), partner=None)
    return replace(key, commodity=None) if right in (["of", "the", "goods"], ["of", "the", "exports"]) else key


def _fixed(indicator: str) -> bool:
    """Whether a noun is what is measured itself (`output`, `domestic sales`), so that no flow goes on under it."""
    return indicators.is_amount(indicator) or indicator.lower().split()[-1] == "sales"


def places(subject: Subject) -> Subject:
    """What a subject says of partners alone."""
    return Subject(partners=subject.partners, partner_open=subject.partner_open, takers=subject.takers)


def mutual(walk: Walk, n: int) -> None:
    """`bilateral turnover`, `the two countries traded goods worth`: the pair that the text spoke of."""
    left, pair, first = [*walk.lefts[n], *walk.rights[n][:4]], walk.context.pair, walk.context.first_trade
    if walk.context.other_side and first is not None and first.ref and first.partner == walk.context.other_side:
        # In a text on two sides `mutual` means these.
        pair = (first.ref, walk.context.other_side)
    if pair is None or walk.key.partner is not None:
        return
    parties = any(
        one.is_word("two", "both") and other.is_word(*_PARTIES) for one, other in zip(left, left[1:], strict=False)
    )
    if parties and walk.key.flow is None and any(item.lower == "traded" for item in left):
        walk.key = Key(flow="total", ref=walk.key.ref)
    if parties or any(item.lower.startswith(_MUTUAL) for item in left):
        walk.key = replace(walk.key, ref=pair[0], partner=pair[1], commodity=None if parties else walk.key.commodity)


def base_key(walk: Walk, n: int) -> Key:
    """What is compared with has the key of what is compared; a partner of its own may replace the partner."""
    key = walk.statements[-1].key if walk.statements else walk.key
    behind = read_subject(walk.rights[n], key.flow)
    other = (behind.partners or behind.takers or behind.reporters or ())[:1]
    if other and key.partner and other[0] not in (key.ref, key.partner):
        return replace(key, partner=other[0])
    if key.flow is None and key.partner is None and (area := _owner_behind(walk.rights[n])):
        # `far behind the 4.4% of the US`
        return replace(key, ref=area)
    return key


def _owner_behind(right: Sequence[Item]) -> str | None:
    """The area right behind a figure that it is of."""
    led = right[1:3] if right and right[0].is_word("of", "in", "for") else []
    at = next((item for item in led if not item.is_word("the")), None)
    code: str | None = at.data.code if at is not None and at.kind == "area" else None
    return code


def aside(walk: Walk, n: int) -> str | None:
    """`Imports of diesel, 97 percent of which came from Peru, fell`: the partner of the aside alone."""
    right = walk.rights[n]
    if len(right) < 3 or not (right[0].is_word("of") and right[1].is_word("which")):
        return None
    origin = (b.data.code for a, b in pairwise(right) if a.is_word("from", "to") and b.kind == "area")
    return next(origin, None)


def led_with(walk: Walk) -> None:
    """`With 1.6 million tons China kept first place`: the partner that the figures before it belong to."""
    if not walk.items[0].is_word("with") or not walk.statements:
        return
    first = walk.statements[0].position
    at = next((i for i, x in enumerate(walk.items) if i > first and x.kind == "area" and x.data.form == "noun"), None)
    if at is None or at + 1 >= len(walk.items) or not _acts(walk.items, at):
        return
    code = walk.items[at].data.code
    for statement in walk.statements:
        key = statement.key
        own = statement.position < at or any(x.is_word("its") for x in walk.items[at : statement.position])
        if own and code and key.ref and key.partner is None and elsewhere(code, key.ref) and (key.flow or _cargo(walk)):
            statement.key = replace(key, partner=code)


def _acts(items: Sequence[Item], at: int) -> bool:
    """Whether the area at item `at` has a verb behind it, and none stands between the figure and it."""
    behind = items[at + 1]
    led = at and items[at - 1].tag in ("IN", "TO")
    return not led and (behind.kind == "level" or behind.tag in ("VBD", "VBZ", "VBP"))


def _cargo(walk: Walk) -> bool:
    """Whether the text is on what goes through a port."""
    opening, main = walk.context.opening, walk.context.main
    if opening is None or main is None:
        return False
    return indicators.is_amount(opening.indicator or "") and gazetteer.kind_of(main) in ("city", "subdivision")


def falling(walk: Walk) -> None:
    """`The greatest part, 46 percent - $43.8 billion, falls to Kazakhstan`: the partner of the figures before it."""
    for i, item in enumerate(walk.items):
        if not item.lower.startswith("falls") and not (item.kind == "share" and item.lower.startswith("fell")):
            continue
        behind = walk.items[i + 1 : i + 4]
        goal = next((x.data.code for x in behind if x.kind == "area"), None)
        if goal is None or not (item.kind == "share" or behind[0].is_word("to", "on")):
            continue
        for statement in walk.statements:
            key = statement.key
            free = key.partner is None or (statement.reading.measure == "share" and len(walk.statements) == 1)
            if statement.position < i and key.flow and key.ref and free and elsewhere(goal, key.ref):
                statement.key = replace(key, partner=goal)
