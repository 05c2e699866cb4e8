"""A balance is exports less imports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation, linear
from pipeline.reconcile.intervals import ZERO

RULE, ORDER, PRIORITY = "balance", 60, 90


def apply(book: Book, records: Sequence[Record]) -> None:
    """`balance = exports - imports` wherever the three are printed or implied. A deficit is negative."""
    for spot in list(book.spots.values()):
        if spot.series.flow != "balance" or spot.branch:
            continue
        sold, bought = (spot.of(replace(spot.series, flow=flow)).name for flow in ("exports", "imports"))
        if all(book.known(q) for q in (spot.name, sold, bought)):
            at = [r for q in (spot.name, sold, bought) for r in book.records_at(q)]
            rule = RULE if all(book.observed.get(q) for q in (spot.name, sold, bought)) else "growth_of_parts"
            terms = linear({spot.name: 1, sold: -1, bought: 1})
            book.relate(Relation(rule, f"{rule}:{spot.name}", trust.of_records(at), terms, ZERO))
