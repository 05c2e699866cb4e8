"""The product that a flow of trade is confined to, from the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.words.indicators import is_statistic
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_left, phrase_right, product


def commodity(items: Sequence[Item], head: int) -> str | None:
    """The product a flow is confined to: `NP exports`, `exports of NP`, `exported ... of NP`, `NP exported`."""
    begin, before = phrase_left(items, head)
    if items[head].data["part"] == "verb":
        parts = _part_of(items, head) or items[0].is_word("among")
        listed = _shared_product(items, head) if parts else None
        told = listed or _complement(items, head) or _object(items, head)
        return told or _passive_subject(items, begin, before) or _of_makers(items, head)
    if items[head].lower.startswith("bill for"):
        return _object(items, head)
    if items[head].lower.endswith(" bill"):
        return items[head].lower.removesuffix(" bill")
    nouns = any(item.tag.startswith(("NN", "JJ")) or item.kind == "mode" for item in items[begin:head])
    named = product(before) if nouns or before.lower().startswith("non") else None
    after = _of_phrase(items, head + 1)
    return (
        after
        or _mode_behind(items, head)
        or named
        or _mode_near(items)
        or _leader(items, begin)
        or _topical(items, begin)
        or repeated(items, head)
        or _mainstay(items, head)
        or _complement(items, head)
        or _shared_product(items, head)
    )


def _passive_subject(items: Sequence[Item], begin: int, before: str) -> str | None:
    """`rubber tires exported`, `iron ore has been imported`: the product is the subject unless an area is."""
    i = begin
    while (
        i > 0
        and items[i - 1].kind in ("word", "level")
        and (items[i - 1].tag.startswith(("VB", "RB", "MD")) or items[i - 1].kind == "level")
    ):
        i -= 1
    if i < begin or not before:
        _, before = phrase_left(items, i)
    # `the government shipped 21,310 tonnes`: who did it is no product.
    return None if acts(before) else product(before)


def acts(noun: str) -> bool:
    """Whether a noun is somebody that trades, not what is traded."""
    agent = (noun.lower().split() or [""])[-1]
    return agent in _AGENTS or agent.endswith(("makers", "producers", "shippers", "millers", "buyers", "sellers"))


def _of_makers(items: Sequence[Item], head: int) -> str | None:
    """`Rice millers in the south, ..., could export`: who makes a thing and ships it ships that thing."""
    end, text = phrase_right(items, 0)
    made, _, maker = text.rpartition(" ")
    named = (end > 1 and items[end - 2].tag.startswith("NN")) or made.lower() in _BRANCHES
    if not made or end > head or maker.lower() not in _MAKERS or not named:
        return None
    return product(made.lower() if items[0].start == 0 else made)


_BRANCHES = ("automotive", "chemical", "textile", "electronic", "electrical", "ceramic")
_MAKERS = frozenset("mills millers growers producers makers refiners exporters shippers farmers miners".split())
_AGENTS = frozenset(
    "corporation "
    "government exporters importers company companies firm firms country enterprises traders producers mills group "
    "growers farmers manufacturers suppliers private ship ships vessel vessels trains port mines refiners refineries "
    "plants".split()
)


def _object(items: Sequence[Item], head: int) -> str | None:
    _, text = phrase_right(items, head + 1)
    return product(text)


_PLACES = ("border", "city", "port", "town", "county", "province", "region", "neighbour", "neighbor", "hub", "republic")


def _of_phrase(items: Sequence[Item], i: int) -> str | None:
    """`of NP` behind a flow (and its `value`, `volume`), unless the NP is an area."""
    while i < len(items) and items[i].is_word("value", "volume", "values", "volumes", "here", "there"):
        i += 1
    # `the deficit in energy products`
    gap = i > 0 and items[i - 1].kind == "flow" and items[i - 1].data["flow"] == "balance"
    if i + 1 >= len(items) or not (items[i].is_word("of") or (gap and items[i].is_word("in", "for", "on"))):
        return None
    if not items[i].is_word("of") and items[i + 1].kind in ("period", "date", "area"):
        return None
    if items[i].is_word("on") and any(item.is_word("basis") for item in items[i + 1 : i + 6]):
        # `the surplus on a customs-cleared basis`
        return None
    if items[i + 1].kind == "area" and items[i + 1].data.form == "demonym":
        i += 1
    end, text = phrase_right(items, i + 1)
    if not any(item.tag.startswith("NN") or item.kind == "mode" for item in items[i + 1 : end]):
        return None
    if not text or (end < len(items) and items[end].kind == "area" and items[i + 1].kind == "area"):
        return None
    if end < len(items) and items[end].kind == "area" and text.lower().split()[-1] in _PLACES:
        # `foreign trade of border city Suifenhe`
        return None
    if text.lower() in ("products", "goods", "output") and end < len(items) and items[end].is_word("of"):
        # `the export of products of the food industry`
        of_what = phrase_right(items, end + 1)[1]
        return f"{text} of {of_what}" if of_what else product(text)
    return product(text)


def _mode_behind(items: Sequence[Item], head: int) -> str | None:
    """`the deficit for goods alone`, `the surplus on trade-in-services`."""
    near = items[head + 1 : head + 4]
    return (
        next((item.text for item in near if item.kind == "mode"), None)
        if near and near[0].is_word("for", "on", "in")
        else None
    )


def _leader(items: Sequence[Item], begin: int) -> str | None:
    """`Agricultural products follow with imports of $92.92 million`: the product is the subject of the clause."""
    start = 0
    if items[0].is_word("in", "among", "as"):
        # `In terms of export commodities, machinery performed well, with exports of ...`
        start = next((i + 1 for i, item in enumerate(items[:begin]) if item.text == ","), 0)
    first = items[start]
    if begin < 2 or not items[begin - 1].is_word("with") or first.tag in ("IN", "TO") or first.kind != "word":
        return None
    end, text = phrase_right(items, start)
    if not text or is_statistic(text) or end >= len(items) or not items[end].tag.startswith("VB"):
        return None
    return product(text)


def _topical(items: Sequence[Item], begin: int) -> str | None:
    """`For power-station coal, imports plunged`"""
    if not items[0].is_word("for") or begin < 2 or items[begin - 1].text != ",":
        return None
    end, text = phrase_right(items, 1)
    whole = end == begin - 1 and any(item.tag.startswith("NN") for item in items[1:end])
    return product(text) if whole and not is_statistic(text) and not acts(text) else None


def _states(item: Item) -> bool:
    if item.lower.startswith(("prevail", "predominat", "dominat")):
        return True
    return item.kind in ("level", "change", "share") or item.is_word("took", "takes", "had", "has")


_MAINSTAYS = frozenset("mainstay basis item items bulk backbone core majority lion share part place structure".split())


def _complement(items: Sequence[Item], head: int) -> str | None:
    """`The main goods exported are chemical products 64.3%`, `The main exported goods were metals - 24.1%`"""
    while head + 2 < len(items) and items[head + 1].lower in ("goods", "products", "items", "commodities"):
        head += 1
    if head + 2 >= len(items) or items[head + 1].lower not in ("is", "are", "was", "were"):
        return None
    end, text = phrase_right(items, head + 2)
    noun = any(item.tag.startswith("NN") for item in items[head + 2 : end])
    closed = all(item.text in ("-", "–", ":", "(") for item in items[end:])
    return product(text) if noun and closed and not is_statistic(text) else None


def _places(item: Item) -> bool:
    """Whether a word only says where the trade goes or when it was."""
    placed = item.kind in ("area", "period", "date") or item.tag in ("IN", "TO", "DT", "POS")
    return placed or item.is_word("value", "countries", "regions")


def _part_of(items: Sequence[Item], head: int) -> bool:
    """`In what the region exports to China, timber went down`"""
    return any(item.is_word("what") for item in items[1:head])


_TRADED_THINGS = ("product", "item", "article", "commoditie", "commodity")


def _mainstay(items: Sequence[Item], head: int) -> str | None:
    """`Machinery remained the mainstay of exports: 2.21 trillion yuan`, `Metals prevail in exports`, `The basis of
    exports is fish`."""
    if head > 1 and items[head].lower.split()[-1].rstrip("s") in _TRADED_THINGS:
        # `Electricity remained the main export product`
        end, text = phrase_right(items, 0)
        return product(text) if text and end < head and items[end].tag.startswith("VB") else None
    begin, before = phrase_left(items, head)
    if before and product(before) is None and begin > 2 and items[begin - 1].is_word("the", "a"):
        # `Vehicles were the star export`
        end, text = phrase_right(items, 0)
        stood = text and end == begin - 2 and _states(items[end])
        return product(text) if stood and not is_statistic(text.split()[-1] + " x") else None
    if head < 2 or not items[head - 1].is_word("of", "in"):
        return None
    word = items[head - 2]
    if not (word.lower in _MAINSTAYS or word.lower.startswith(("prevail", "dominat"))):
        return None
    end, text = phrase_right(items, 0)
    if text and end < head - 2 and not is_statistic(text) and text.lower().split()[-1] not in _MAINSTAYS:
        return product(text)
    named = next((i for i in range(head + 1, len(items)) if items[i].kind == "level"), None)
    return product(phrase_right(items, named + 1)[1]) if named is not None else None


def _shared_product(items: Sequence[Item], head: int) -> str | None:
    """`In imports, machinery had the largest share`, `in imports the share of machinery was`: a part of the flow."""
    comma = next((i for i in range(head + 1, len(items)) if items[i].text == ","), None)
    if (stood := _standing_out(items, head)) is not None:
        return stood
    as_for = items[0].is_word("as") and len(items) > 1 and items[1].is_word("for")
    led = as_for or items[0].is_word("in", "among") or items[head].lower.endswith(" side") or _part_of(items, head)
    if led and comma and all(_places(item) for item in items[head + 1 : comma]):
        end, text = phrase_right(items, comma + 1)
        if text and end < len(items) and (_states(items[end]) or _part_of(items, head)):
            # `In imports, agricultural products came to 9.9 billion yuan`
            return product(text)
    rest = range(head + 1, len(items))
    share = next((i for i in rest if items[i].is_word("share") or items[i].kind == "share"), None)
    if share is None or not items[0].is_word("in", "among"):
        return None
    if items[share].lower.endswith(" of"):
        return product(phrase_right(items, share + 1)[1])
    if share + 1 < len(items) and items[share + 1].is_word("of"):
        return product(phrase_right(items, share + 2)[1])
    start = head + 2 if items[head + 1].text == "," else head + 1
    return product(phrase_right(items, start)[1]) if start < share else None


def _standing_out(items: Sequence[Item], head: int) -> str | None:
    """`Among the exports of 2019 salt stood out`: what stands behind the flow and its period without a comma."""
    begin = next((i for i in range(head + 1, len(items)) if not _places(items[i])), None)
    if begin is None or begin == head + 1 or not items[0].is_word("among"):
        return None
    end, text = phrase_right(items, begin)
    verb = end < len(items) and items[end].tag in ("VBD", "VBZ", "VBP")
    return product(text) if text and verb and not is_statistic(text) else None


def repeated(items: Sequence[Item], head: int) -> str | None:
    """`the export of cable increased, with exports of ...`: the same flow named twice is the same trade."""
    for i in range(head - 1, -1, -1):
        if items[i].kind == "flow" and items[i].data["flow"] == items[head].data["flow"]:
            noun_as_verb = items[i].data["part"] == "noun" and items[i].tag.startswith("VB")
            return _object(items, i) if noun_as_verb else commodity(items, i)
    return None


def _mode_near(items: Sequence[Item]) -> str | None:
    """`In general trade, exports were ...`: a mode of trade in the same stretch confines the flow."""
    head = next((i for i, item in enumerate(items) if item.kind == "flow"), 0)
    modes = [item for item in items[max(0, head - 6) :] if item.kind == "mode"]
    return modes[-1].text if modes else None
