"""Areas that only the document explains: `the province`, `the port`, `my country`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.about.reporters import CAPITALS
from pipeline.extract.attach.state.context import Context
from pipeline.extract.attach.state.naming import elsewhere
from pipeline.extract.words.items import Item
from pipeline.lexicon import gazetteer
from pipeline.model.area import AreaMention

_NOUNS = [
    "province",
    "region",
    "autonomous-region",
    "city",
    "port",
    "country",
    "county",
    "municipality",
    "prefecture",
    "state",
    "nation",
    "oblast",
    "republic",
    "bloc",
    "territory",
]
_MEANING = frozenset(("it", "them", "neighbor", "neighbour", "nationwide", "nationally", "countrywide", *_NOUNS))
_NATIONWIDE = ("nationwide", "nationally", "countrywide")
_DEFINITE = frozenset("the this its our my whole entire said".split())


def resolve_type_nouns(items: list[Item], context: Context) -> list[Item]:
    """`the province`, `the country`, ... become areas: the nearest fitting of the reporter, its parents, the
    document's."""
    out: list[Item] = []
    for i, item in enumerate(items):
        if item.kind != "area" and not (item.kind == "word" and item.lower in _MEANING):
            out.append(item)
            continue
        mention = _type_noun(items, i, context) or _namesake(items, i, context) or _at_home(items, i, context)
        out.append(item if mention is None else Item("area", item.start, item.end, item.text, item.tag, mention))
    return out


def _at_home(items: Sequence[Item], i: int, context: Context) -> AreaMention | None:
    """`terminals in Georgia` in a text at home in the United States: the state, not the country."""
    item, home = items[i], context.home
    placed = i > 0 and (items[i - 1].is_word("in") or items[i - 1].text == ",")
    if item.kind != "area" or item.data.kind != "country" or home is None or not placed or item.data.code == home:
        return None
    own = next((code for code in item.data.alternatives if gazetteer.parent_of(code) == home), None)
    return replace(item.data, code=own, kind="subdivision", alternatives=()) if own else None


def _namesake(items: Sequence[Item], i: int, context: Context) -> AreaMention | None:
    """`Tomsk companies` in a text on Tomsk Region are the region's, not the city's."""
    item, main = items[i], context.main
    if item.kind != "area" or main is None or main not in item.data.alternatives or item.data.form == "organisation":
        return None
    attributive = i + 1 < len(items) and (items[i + 1].tag in ("NN", "NNS") or items[i + 1].kind == "flow")
    lies_in = item.data.code is not None and gazetteer.parent_of(item.data.code) == main
    return replace(item.data, code=main, kind="subdivision", alternatives=()) if attributive and lies_in else None


def _type_noun(items: Sequence[Item], i: int, context: Context) -> AreaMention | None:
    item = items[i]
    if (seat := _government(items, i)) is not None:
        return AreaMention(item.start, item.end, seat, gazetteer.kind_of(seat) or "country", item.text, "noun", ())
    if _looks_across(items, i) and not (context.partners and item.is_word("them")):
        return _partner_meant(items, i, context)
    if (side := _neighbour(items, i, context)) is not None:
        return side
    if item.is_word(*_NATIONWIDE) and context.home:
        return AreaMention(item.start, item.end, context.home, "country", item.text, "possessive", ())
    if item.kind != "word" or item.lower not in _NOUNS or i == 0:
        return None
    if not any(before.is_word(*_DEFINITE) for before in items[max(0, i - 2) : i]):
        return None
    following = items[i + 1] if i + 1 < len(items) else None
    if following is not None and (following.kind == "area" or following.is_word("of")):
        return None
    if item.is_word("state") and following is not None and following.tag in ("NN", "NNS"):
        # `the state marketing board`
        return None
    code = _fitting(item.lower, context)
    if code is None:
        return None
    possessive = following is not None and following.tag == "POS"
    return AreaMention(
        item.start,
        item.end,
        code,
        gazetteer.kind_of(code) or "country",
        item.text,
        "possessive" if possessive else "noun",
        (),
    )


def _looks_across(items: Sequence[Item], i: int) -> bool:
    pronoun = items[i].is_word("it", "them") and i > 0 and items[i - 1].is_word("with", "from", "to")
    return pronoun or (items[i].is_word("country") and _across(items, i))


def _across(items: Sequence[Item], i: int) -> bool:
    """`exports to this country`, `trade with the country`: that on the other side."""
    if i < 2 or not items[i - 1].is_word("this", "that", "the"):
        return False
    if not items[i - 1].is_word("the"):
        return items[i - 2].is_word("to", "from")
    flow = next((item.data["flow"] for item in reversed(items[max(0, i - 4) : i - 2]) if item.kind == "flow"), None)
    lead = {"exports": "to", "imports": "from"}.get(flow or "", "with")
    return flow is not None and items[i - 2].is_word(lead)


def _neighbour(items: Sequence[Item], i: int, context: Context) -> AreaMention | None:
    """`the neighbor's share` in a text on two sides."""
    item, side = items[i], context.other_side
    if not (side and i and item.is_word("neighbor", "neighbour") and items[i - 1].is_word("the")):
        return None
    owned = i + 1 < len(items) and items[i + 1].tag == "POS"
    return AreaMention(item.start, item.end, side, "country", item.text, "possessive" if owned else "noun", ())


def _government(items: Sequence[Item], i: int) -> str | None:
    """`Washington announced`, `Brussels may cap imports`: the government that sits there."""
    item, following = items[i], items[i + 1] if i + 1 < len(items) else None
    if item.kind != "area" or item.data.code not in CAPITALS or following is None:
        return None
    acts = following.kind in ("word", "status") and (following.tag == "MD" or following.lower.split()[0] in _ACTS)
    if not acts:
        return None
    return "EU" if item.data.code == _BRUSSELS else gazetteer.country_of(item.data.code)


_ACTS = frozenset(
    "announced said says wants wanted agreed threatened imposed warned pledged promised refused "
    "expects expected forecasts predicts sees hopes plans".split()
)
_BRUSSELS = "geonames:2800866"


def _partner_meant(items: Sequence[Item], i: int, context: Context) -> AreaMention | None:
    """`China is the largest partner: trade with it reached ...`"""
    item, home = items[i], context.home
    for before in reversed(items[:i]):
        if before.kind == "area" and before.data.code and home and _abroad(before.data.code, home):
            return AreaMention(item.start, item.end, before.data.code, before.data.kind, item.text, "noun", ())
    code = context.abroad or context.key.partner
    return (
        None
        if code is None
        else AreaMention(item.start, item.end, code, gazetteer.kind_of(code) or "country", item.text, "noun", ())
    )


def _abroad(code: str, home: str) -> bool:
    return code != "WORLD" and gazetteer.kind_of(home) != "group" and elsewhere(code, home)


def named_abroad(items: Sequence[Item], context: Context) -> str | None:
    """The first area outside the reporter's country that a sentence names, or None."""
    named = (item.data for item in items if item.kind == "area" and item.data.form not in ("organisation", "locator"))
    home, codes = context.home, (area.code for area in named if area.code)
    return next((code for code in codes if home and _abroad(code, home)), None)


def _fitting(noun: str, context: Context) -> str | None:
    for code in (context.key.ref, context.main):
        while code is not None:
            if gazetteer.fits_type(code, noun):
                return code
            code = gazetteer.parent_of(code)
    return context.home if context.home and noun in ("country", "nation", "state") else None
