"""What a stretch of words says the next figure is about: flow, product, reporter, partner, indicator.

A stretch is what stands between two quantities (or the beginning of the sentence and the first). It is read once,
without context: whatever it does not say stays None and is inherited by the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.numbers.units import currency_of
from pipeline.extract.words.commodity import commodity
from pipeline.extract.words.governing import flow_index
from pipeline.extract.words.indicators import is_statistic
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_left, phrase_right, product, words
from pipeline.extract.words.roles import read_roles
from pipeline.extract.words.spoken import spoken_of

_PRICED = (
    "price",
    "prices",
    "orders",
    "tariff",
    "tariffs",
    "tax",
    "taxes",
    "duties",
    "capacity",
    "unit",
    "offers",
    "quotes",
    "quotations",
)
_TOTAL = frozenset(["total", "overall", "whole", "entire", "all"])


@dataclass(frozen=True, slots=True)
class Subject:
    """The parts of a series key that the words give. `partners` and `reporters` keep the order of the text.

    `partner_open` says that a partner is named that has no code (Africa, the rest of the world). `whole` says that
    the words speak of the total, so that no product or partner is inherited. `products` parts a coordination.
    """

    flow: str | None = None
    sign: int = 1
    commodity: str | None = None
    indicator: str | None = None
    reporters: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    partner_open: bool = False
    whole: bool = False
    takers: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    subject_area: str | None = None
    within: tuple[str, ...] = ()
    head: int | None = None
    verbal: bool = False
    owner: str | None = None
    sourced: bool = False
    mode: str | None = None
    relative: bool = False

    @property
    def empty(self) -> bool:
        """Whether the words say nothing about the subject."""
        named = self.flow or self.mode or self.commodity or self.indicator or self.reporters or self.partners
        return not (named or self.partner_open or self.takers or self.subject_area)


def read_subject(items: Sequence[Item], flow_hint: str | None = None) -> Subject:
    """The subject that `items` (no quantities among them) name. `flow_hint` is the flow in force, for `from`
    and takers."""
    said = {item.lower for item in items}
    money = _currency(items) if "the" in said else None
    if money is not None:
        return money
    head = flow_index(items)
    priced = _priced(items, head)
    if priced is not None:
        head = None
    flow = items[head].data["flow"] if head is not None else None
    if "difference" in said and _is_difference(items):
        return Subject(flow="balance", sign=-1, reporters=tuple(dict.fromkeys(read_roles(items, flow, head).reporters)))
    mode = (
        next((item.text for item in reversed(items) if item.kind == "mode" and not _is_sector(item)), None)
        if head is None
        else None
    )
    roles = read_roles(items, flow or flow_hint, head)
    return Subject(
        flow=flow,
        mode=mode,
        relative="of" in said and not said.isdisjoint(("that", "those")) and _is_relative(items),
        sign=int(items[head].data["sign"]) if head is not None else 1,
        commodity=commodity(items, head) if head is not None else None,
        indicator=None if head is not None else priced or _changed_own(items) or spoken_of(items),
        reporters=tuple(dict.fromkeys(roles.reporters)),
        owner=min(roles.owners)[1] if roles.owners else None,
        sourced=roles.sourced,
        within=tuple(roles.within),
        partners=tuple(dict.fromkeys(roles.partners)),
        partner_open=roles.partner_open,
        whole=head is not None and _is_whole(items, head),
        takers=tuple(dict.fromkeys(roles.takers)),
        flows=tuple(item.data["flow"] for item in items if item.kind == "flow"),
        subject_area=roles.subject_area,
        head=head,
        verbal=head is not None and items[head].data["part"] == "verb",
    )


def _is_relative(items: Sequence[Item]) -> bool:
    """`that of rice`, `those of rice`"""
    return any(a.is_word("that", "those") and b.is_word("of") for a, b in pairwise(items))


def _currency(items: Sequence[Item]) -> Subject | None:
    """`The euro slipped 0.6% to $1.2989`: a currency as the subject is its exchange rate, in its own country."""
    for i, item in enumerate(items[:10]):
        if item.kind == "flow":
            return None
        if not item.is_word("the"):
            continue
        named = next((k for k in range(i + 1, min(i + 3, len(items))) if currency_of(items[k].lower)), None)
        if named is None or items[named].kind != "word" or items[named].lower in _OTHER_WORDS:
            continue
        if named + 1 < len(items) and not _moves(items[named + 1]):
            return None
        code, word = currency_of(items[named].lower) or "", items[named].lower
        home = ("EA" if code == "EUR" else code[:2],) if word not in _SHARED_NAMES else ()
        return Subject(indicator=f"{word} exchange rate", reporters=home)
    return None


_OTHER_WORDS = ("sum", "mark", "marks", "pound", "som")
_SHARED_NAMES = ("dollar", "peso", "crown", "krone", "krona", "franc", "pound", "dinar", "rupee")


def _moves(item: Item) -> bool:
    return item.kind in ("change", "level") or item.tag.startswith(("VB", "MD")) or item.text == ","


def _is_difference(items: Sequence[Item]) -> bool:
    """`the difference between what the UK exported and imported`"""
    for i, item in enumerate(items):
        if item.is_word("difference") and i + 1 < len(items) and items[i + 1].is_word("between"):
            return {x.data["flow"] for x in items[i + 2 :] if x.kind == "flow"} in ({"exports", "imports"}, {"total"})
    return False


def _is_sector(item: Item) -> bool:
    """Goods or services alone make no flow of trade (`retail sales of consumer goods`)."""
    return item.lower in ("goods", "services", "merchandise")


def _priced(items: Sequence[Item], head: int | None) -> str | None:
    """`the average import price`: a statistic of trade other than its amount."""
    if head is None or head + 1 >= len(items) or not items[head + 1].is_word(*_PRICED):
        return None
    begin, _ = phrase_left(items, head)
    return words(items[begin : head + 2])


def _is_whole(items: Sequence[Item], head: int) -> bool:
    begin, _ = phrase_left(items, head)
    if [item.lower for item in items[head + 1 : head + 4]] == ["as", "a", "whole"]:
        return True
    return any(item.lower in _TOTAL for item in items[begin:head]) and product(words(items[begin:head])) is None


def _changed_own(items: Sequence[Item]) -> str | None:
    """`Households cut their consumption by`: what somebody changed of his own."""
    for i, item in enumerate(items[:-2]):
        if item.kind == "change" and item.data["part"] == "verb" and items[i + 1].tag == "PRP$":
            text = phrase_right(items, i + 2)[1]
            return text if text and is_statistic(text) else None
    return None
