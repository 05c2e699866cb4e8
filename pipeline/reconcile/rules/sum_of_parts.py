"""Imports and exports make the total; rows and columns of a table make its total rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation, linear
from pipeline.reconcile.group import Spot
from pipeline.reconcile.intervals import ZERO
from pipeline.reconcile.table_sums import table_sums

RULE, ORDER, PRIORITY = "sum_of_parts", 50, 80


def apply(book: Book, records: Sequence[Record]) -> None:
    """`total = imports + exports` wherever the three are printed or implied, and the sums that tables
    show."""
    for spot in list(book.spots.values()):
        if spot.series.flow == "total" and not spot.branch:
            parts = flows_of(book, spot)
            if parts and any(book.observed.get(q) for q in (spot.name, *parts)):
                add_sum(book, RULE, spot.name, parts)
    for whole, parts, weight in table_sums(book, records):
        add_sum(book, RULE, whole, parts, weight)


def flows_of(book: Book, total: Spot) -> list[str]:
    """The quantities of imports and exports beside a total, where the book has both."""
    parts = [total.of(replace(total.series, flow=flow)).name for flow in ("imports", "exports")]
    return parts if all(book.known(part) for part in parts) and book.known(total.name) else []


def add_sum(book: Book, rule: str, whole: str, parts: Sequence[str], weight: float = trust.EXPLICIT) -> None:
    """Adds `whole = sum of parts`."""
    records = [r for q in (whole, *parts) for r in book.records_at(q)]
    name = f"{rule}:{whole}={'+'.join(sorted(parts))}"
    terms = linear({whole: 1, **dict.fromkeys(parts, -1)})
    book.relate(Relation(rule, name, trust.of_records(records, weight), terms, ZERO))
