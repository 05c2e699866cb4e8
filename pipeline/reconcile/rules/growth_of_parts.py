"""The growth of a whole follows from its parts and their growth: the same sum held in the period compared
with."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.record import Record
from pipeline.reconcile.book import Book
from pipeline.reconcile.rules.sum_of_parts import add_sum

RULE, ORDER, PRIORITY = "growth_of_parts", 70, 100


def apply(book: Book, records: Sequence[Record]) -> None:
    """For every sum found, the same sum in each base period in which all its quantities are implied by
    growth."""
    spans = {spot.span for spot in book.spots.values()}
    for relation in list(book.relations.values()):
        if relation.rule != "sum_of_parts":
            continue
        names = [name for name, _ in relation.terms]
        here = book.spots[names[0]].span
        for span in sorted(spans - {here}, key=lambda s: s.code()):
            there = [book.spots[name].at(span).name for name in names]
            if all(book.known(q) for q in there) and not all(book.observed.get(q) for q in there):
                add_sum(book, RULE, there[0], there[1:], relation.weight)
