"""Noun phrases by part of speech: what a flow is confined to, what is counted, what is measured."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.words.items import Item

_NOMINAL = ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "HYPH", "FW", "AFX", "JJR", "VBG")
_FILLERS = frozenset(
    (
        "carryover carry-over "
        "total overall whole entire foreign bilateral mutual two-way direct chief main key major official monthly "
        "annual quarterly yearly daily weekly average cumulative accumulated combined aggregate value values volume "
        "volumes amount amounts level levels first last new same year-on-year same-period other such its their his "
        "our these those this that all both some any each every record actual net gross provisional preliminary "
        "figures figure data domestic national local more less most respective alone several various visible "
        "merchandise external rest adjusted seasonally unadjusted early latest revised single year years month months "
        "period ton tons tonne tonnes kilo kilos kilogram kilograms litre litres barrel barrels port ports "
        "province provinces city cities region regions county "
        "countries slight worth value-terms terms members further additional extra cargoes commodity commodities "
        "exported imported kilo kilos kilogram kilograms litre litres liter liters "
        "star flagship customs-cleared country nation regional provincial second third fourth fifth"
    ).split()
)
_LINKS = ("and", "or", "&", "/")


def is_nominal(item: Item) -> bool:
    """Whether the item can be part of a noun phrase (adjectives and participles among them)."""
    if item.kind == "area":
        return bool(item.data.form == "organisation")
    if item.lower in ("prevail", "predominate", "dominate"):
        # verbs, whatever the tagger says
        return False
    if item.kind == "status" and item.lower in ("quota", "quotas"):
        return True
    if item.kind == "flow" and item.data["weak"]:
        # `sales` or `supplies` that no partner makes a flow of trade.
        return True
    return (
        item.kind == "mode"
        or (item.kind == "word" and item.tag in _NOMINAL)
        or (item.kind == "mark" and item.text == "-")
    )


def phrase_left(items: Sequence[Item], end: int) -> tuple[int, str]:
    """The noun phrase that ends before index `end`: its first index and its words ('' if there is none)."""
    begin = end
    while begin > 0 and _continues_left(items, begin - 1, end):
        begin -= 1
    while begin < end and not _can_begin(items[begin]):
        begin += 1
    return begin, words(items[begin:end])


def _continues_left(items: Sequence[Item], i: int, end: int) -> bool:
    item = items[i]
    if is_nominal(item):
        return True
    if item.is_word(*_LINKS) and i + 1 < end and i > 0:
        return is_nominal(items[i + 1]) and is_nominal(items[i - 1]) and items[i - 1].tag not in ("VBN", "VBG")
    return False


def _can_begin(item: Item) -> bool:
    return (item.kind == "mode" or item.tag not in ("HYPH", "CC", "VBG")) and item.text not in ("-", "/", "&")


def phrase_right(items: Sequence[Item], begin: int) -> tuple[int, str]:
    """The noun phrase from index `begin` (determiners skipped): the index behind it and its words ('' if none)."""
    i = begin
    while i < len(items) and items[i].kind == "word" and items[i].tag in ("DT", "PRP$", "PDT", "RB", "RBR"):
        i += 1
    start = i
    while i < len(items) and _continues_right(items, i, start):
        i += 1
    while i > start and not _can_end(items[i - 1]):
        i -= 1
    return i, words(items[start:i])


def _continues_right(items: Sequence[Item], i: int, start: int) -> bool:
    item = items[i]
    if item.lower == "added" and i > start and items[i - 1].lower == "value":
        return True
    if item.kind == "word" and item.tag == "VBN":
        return i + 1 < len(items) and is_nominal(items[i + 1]) and items[i + 1].tag != "VBN"
    if is_nominal(item):
        return True
    following = items[i + 1] if i + 1 < len(items) else None
    if following is None or i == start:
        return False
    if item.is_word("and", "or", "&") or item.text in (",", "/"):
        if item.text == "," and following.is_word("and", "or") and any(x.text == "," for x in items[start:i]):
            # `machinery, vehicles, and equipment`
            return i + 2 < len(items) and is_nominal(items[i + 2])
        if following.is_word("their", "its", "other") or (item.text == "," and following.is_word("and", "or")):
            return _list_goes_on(items, i + 2, item.text == ",")
        return (
            is_nominal(following) and following.tag != "VBG" and (item.text != "," or _list_goes_on(items, i + 1, True))
        )
    return item.is_word("their", "its", "other") and items[i - 1].is_word("and", "or")


def _list_goes_on(items: Sequence[Item], i: int, comma: bool) -> bool:
    """After a comma only a list `A, B and C` belongs to the phrase: an `and` must come before anything else."""
    if not comma:
        return i < len(items) and is_nominal(items[i])
    seen = False
    for item in items[i : i + 14]:
        if item.is_word("and", "or"):
            seen = True
        elif not is_nominal(item) and item.text != "," and not (seen and item.is_word("other", "their")):
            break
    return seen and i < len(items) and (is_nominal(items[i]) or items[i].is_word("and", "or"))


def _can_end(item: Item) -> bool:
    return (
        item.kind in ("mode", "flow", "area", "status")
        or item.lower == "added"
        or (item.kind == "word" and item.tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "FW", "VBG", "VBN"))
    )


def words(items: Sequence[Item]) -> str:
    """The words of the items with single spaces, hyphens closed up."""
    text = ""
    for i, item in enumerate(items):
        glued = i > 0 and item.start == items[i - 1].end
        text += item.text if not text or glued else f" {item.text}"
    return text.strip(" -,/&")


def product(text: str) -> str | None:
    """`text` without the words that only measure or qualify (total, value, foreign ...), or None if nothing is left."""
    kept = [w for w in text.split() if w.lower() not in _FILLERS]
    while kept and kept[-1].lower() in ("and", "or", "of", "the"):
        kept.pop()
    while kept and kept[0].lower() in ("and", "or", "of", "the"):
        kept.pop(0)
    return " ".join(kept) or None
