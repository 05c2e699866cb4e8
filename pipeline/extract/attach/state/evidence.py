"""The words around a quantity as evidence of what it is: what stands right before it, what a change word means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.numbers.units import Quantity
from pipeline.extract.words.items import Item

_SKIPPED_TAGS = ("DT", "RB", "RBR", "PDT", "PRP$", "JJ", "JJS", "JJR", "RBS")
_SKIPPED_WORDS = frozenset(
    (
        "a an the record new total another further only just some about around nearly revised slight sharp modest "
        "whopping mere massive had has have high low peak value year-on-year yoy average sum us rmb about. amount its "
        "between their mark level seasonally"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """`measure` of a quantity; `sign` of its change (0 where the words give none); `role`: main, base (the level or
    rate it is compared with), alternative (the same in another unit, in brackets), gapped (a verb left out), link
    (`X or Y% more`: reads as the next one). `rule` names the evidence."""

    measure: str
    sign: int
    role: str
    rule: str


def tail(left: Sequence[Item], bound_start: int) -> list[Item]:
    """The items before a quantity, nearest first, without articles, adverbs and the words that bound it."""
    out = [item for item in reversed(left) if item.start < bound_start]
    while out and (_skipped(out[0]) or _adjusted(out) or _between_adjectives(out)):
        out.pop(0)
    return out


def _between_adjectives(out: Sequence[Item]) -> bool:
    """The comma of `rose a provisional, seasonally adjusted 0.6 pct`"""
    return out[0].text == "," and len(out) > 2 and _skipped(out[1]) and out[2].is_word("a", "an")


def _adjusted(out: Sequence[Item]) -> bool:
    """`by a seasonally adjusted 0.5 per cent`, `rose a slower 17.8 pct`"""
    if out[0].kind == "change" and out[0].tag == "JJR" and len(out) > 2 and out[1].is_word("a", "an"):
        return out[2].kind == "change"
    return out[0].lower == "adjusted" and len(out) > 1 and out[1].is_word("seasonally", "inflation")


def _skipped(item: Item) -> bool:
    if item.kind == "mark":
        return item.text in ("$", "£", "€", '"', "'", "``", "''", "[", "+", "=")
    if item.kind == "date":
        return False
    if item.kind == "status":
        # `rose a provisional 1.9 pct`
        return item.tag.startswith(("JJ", "VBN")) and item.lower in ("provisional", "preliminary", "estimated")
    return (
        item.kind == "word"
        and (item.lower in _SKIPPED_WORDS or item.tag in _SKIPPED_TAGS)
        and item.lower not in ("up", "down", "off", "compared", "respectively", "abroad", "overseas")
    )


def sized(quantity: Quantity) -> str:
    """What a change of this size is: relative in percent, absolute otherwise."""
    return "growth" if quantity.kind in ("percent", "fraction") else "difference"


def sign_of(item: Item) -> int:
    return {"+": 1, "-": -1}.get(item.data["sign"], 0)


def is_close(right: Sequence[Item], position: int) -> bool:
    return all(
        item.kind in ("word", "period", "flow", "area")
        and item.tag in ("JJ", "RB", "NN", "NNP", "", "POS", "HYPH", "NNS")
        for item in right[:position]
    )


_STANDARDS = ("level", "levels", "figure", "peak", "high", "record", "target", "forecast", "plan", "year's", "year")


def compares(right: Sequence[Item], position: int) -> bool:
    """A comparative compares where `than`, a period or the end of the clause follows, and not in `up to`."""
    if position + 1 >= len(right):
        return True
    following = right[position + 1]
    counted = right[position].lower in ("fewer", "more") and following.tag == "NNS" and len(right) > position + 2
    if counted and right[position + 2].is_word("than"):
        # `14,037 fewer cars than a year ago`
        return True
    if right[position].lower in ("short", "under"):
        # `21.4% short of December 2008`, `3.3 percent under year-ago levels`; not `tonnes under the convention`
        near = right[position + 1 : position + 4]
        return any(item.kind == "period" or item.is_word(*_STANDARDS) for item in near)
    return (
        following.is_word("than", "on", "over", "year", "against", "in", "the", "a")
        or following.kind in ("period", "mark", "date", "area")
        or right[position].lower in ("above", "below")
    )


def lead_word(back: list[Item]) -> tuple[str, list[Item]] | None:
    """The preposition that leads to the quantity over a short noun phrase, and what stands before it."""
    for k, item in enumerate(back[:6]):
        if (item.kind == "word" and item.tag in ("IN", "TO")) or item.is_word("versus", "vs", "after", "against"):
            return item.lower, back[k + 1 :]
        if item.kind in ("area", "period", "date", "flow") or (
            item.kind == "word" and item.tag in ("NN", "NNS", "NNP", "POS", "JJ", "VBN", "CD")
        ):
            continue
        if item.kind == "mark" and item.text in ("'s", "'"):
            continue
        return None
    return None


def change_near(back: list[Item], preposition: str) -> Item | None:
    """A change word up to seven items before `by` or `of`, over `in NP`, periods and adverbs, not over marks."""
    for position, item in enumerate(back[:9]):
        if item.kind == "change" and item.data["part"] == "comparative" and _adverb(back, position):
            # `increased less noticeably - by`
            continue
        if item.kind == "change" and preposition == "of" and item.data["part"] in ("adverb", "comparative"):
            # `set up a zone with an area of`
            return None
        if item.kind == "change":
            if (
                preposition in ("of", "at", "in")
                and item.data["part"] == "verb"
                and item.tag.startswith("VB")
                and position
            ):
                return None
            if preposition in ("at", "in", "about", "a") and position:
                return None
            return item
        if (item.kind == "mark" and item.text not in ("-", "'s", '"', "(", ")")) or item.kind in (
            "quantity",
            "level",
            "share",
        ):
            return None
    return None


def _adverb(back: Sequence[Item], position: int) -> bool:
    """Whether the word behind a comparative is an adverb that it belongs to."""
    return position > 0 and back[position - 1].tag == "RB" and back[position - 1].lower.endswith("ly")


def says_comparison(item: Item) -> bool:
    """`5.1% y/y`"""
    return item.kind == "period" and item.data.kind == "phrase" and item.data.comparison is not None


_CROSSED = ("below", "above", "under", "beyond", "past")


def crosses(item: Item, quantity: Quantity) -> bool:
    """Whether a word says that a mark was passed."""
    return item.lower in _CROSSED and quantity.kind not in ("percentage_point", "basis_point")


def crossing(rate: str | None, quantity: Quantity) -> Reading:
    """`slipped below 75 dollars`, `inflation fell below 3%`: where a change arrived, not how large it was."""
    grows = rate == "growth" and quantity.kind == "percent"
    return Reading("growth" if grows else "level", int(grows), "main", "crossed")
