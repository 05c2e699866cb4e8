"""Ranks in the text against the amounts beside it: `the second-largest partner` is exceeded by one other at most."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation, linear
from pipeline.reconcile.group import Spot, comparable
from pipeline.reconcile.intervals import NOT_NEGATIVE
from pipeline.reconcile.observe import same_sentence

RULE, ORDER, PRIORITY = "rank_in_words", 125, 155
LASTING = True
ORDINALS = {"": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}
FLOWS = {
    "partner": ("total",),
    "export market": ("exports",),
    "export destination": ("exports",),
    "buyer": ("exports",),
    "supplier": ("imports",),
    "source of imports": ("imports",),
    "import source": ("imports",),
}
_RANK = re.compile(
    r"\bthe\s+(?:(?P<nth>second|third|fourth|fifth|2nd|3rd|4th|5th)[ -])?(?:largest|biggest|top)\s+(?:single\s+)?"
    r"(?:trading\s+|trade\s+|foreign\s+)?"
    r"(?P<what>partner|export market|export destination|buyer|supplier|source of imports|import source)\b"
    r"(?!\s+(?:in|among|amongst|within|outside|after|behind|for|from|to|at the time)\b)",
    re.I,
)
_UNSURE = re.compile(
    r"\b(?:one of|not|no longer|once|formerly|used to|had been|would|could|may|until|if|among|ahead)\b", re.I
)


def apply(book: Book, records: Sequence[Record]) -> None:
    """For the amount of a sentence that calls its one partner the n-th largest: no more than n - 1 countries whose
    trade of the same kind, period and unit is printed exceed it.

    Not supported: ranks of products, of regions among themselves, ranks within a group (`in Asia`), ranks held
    formerly, sentences that name several partners.
    """
    amounts = [r for r in comparable(records) if r.id in book.home and r.table is None and r.counterpart_area]
    partners: dict[str, list[str]] = defaultdict(list)
    for spot in book.spots.values():
        if _country(spot.series.partner) and book.observed.get(spot.name) and not spot.branch:
            partners[_all_partners(spot)].append(spot.name)
    for record in amounts:
        rank = _rank(record)
        alone = {r.counterpart_area for r in amounts if same_sentence(r, record)} == {record.counterpart_area}
        if rank is not None and alone and not book.spots[book.home[record.id]].branch:
            _add(book, record, rank, partners)


def _country(partner: str | None) -> bool:
    return partner is not None and len(partner) == 2 and partner.isalpha() and partner not in ("EU", "EA")


def _all_partners(spot: Spot) -> str:
    return spot.of(replace(spot.series, partner=None)).name


def _rank(record: Record) -> int | None:
    """The rank that the sentence gives its partner by the record's flow; None if it gives none, or several."""
    found = list(_RANK.finditer(record.sentence))
    if len(found) != 1 or _UNSURE.search(record.sentence) or record.flow not in FLOWS[found[0]["what"].lower()]:
        return None
    return ORDINALS[(found[0]["nth"] or "").lower()]


def _add(book: Book, record: Record, rank: int, partners: Mapping[str, Sequence[str]]) -> None:
    own = book.home[record.id]
    others = [q for q in partners.get(_all_partners(book.spots[own]), ()) if q != own]
    others.sort(key=lambda q: (-book.records_at(q)[0].obs_value, q))
    if len(others) < rank:
        return
    rival = others[rank - 1]
    weight = trust.of_records([record, *book.records_at(rival)[:1]], trust.LIKELY)
    terms = linear({own: 1, rival: -1})
    book.relate(Relation(RULE, f"{RULE}:{record.id}", weight, terms, NOT_NEGATIVE, hint=True))
