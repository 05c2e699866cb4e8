"""Shares of one whole that a sentence lists in full add to a hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation, linear
from pipeline.reconcile.claims import level
from pipeline.reconcile.figures import Stake
from pipeline.reconcile.group import comparable, hash_free
from pipeline.reconcile.intervals import Range

RULE, ORDER, PRIORITY = "shares_sum", 110, 120
LASTING = True
NEAR = 12
"""A list whose sum is so many points off a hundred is a partial list, no error."""


def apply(book: Book, records: Sequence[Record]) -> None:
    """Three or more shares in one sentence with `respectively`, of about a hundred in all.

    Not supported: partial lists and overlapping categories, which only their parts' sizes could tell.
    """
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in comparable(records):
        if record.measure == "share" and record.table is None and "respectively" in record.sentence:
            groups[hash_free(record.sentence)].append(record)
    for shares in groups.values():
        whole = sum((record.obs_value for record in shares), shares[0].obs_value * 0)
        if len(shares) >= 3 and abs(whole - 100) <= NEAR:
            _add(book, shares)


def _add(book: Book, shares: Sequence[Record]) -> None:
    names = []
    for record in shares:
        quantity = f"share {record.id}"
        figure = book.figure(record)
        figure.stakes.append(Stake(level(quantity), frozenset(), "printed"))
        book.observed[quantity].append(record.id)
        names.append(quantity)
    weight = trust.of_records(shares, trust.LIKELY)
    terms = linear(dict.fromkeys(names, 1))
    book.relate(Relation(RULE, f"{RULE}:{shares[0].id}", weight, terms, Range.exactly(Fraction(100))))
