"""An absolute change (`up by 300 million dollars`, `an increase of 0.3 points`) against the two levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation
from pipeline.reconcile.claims import difference
from pipeline.reconcile.group import base_span, comparable, unit_of
from pipeline.reconcile.observe import change_spot, same_sentence

RULE, ORDER, PRIORITY = "difference", 30, 70


def apply(book: Book, records: Sequence[Record]) -> None:
    """`now - before`, where both levels are printed. Not supported: differences of shares and of growth
    rates."""
    for record in comparable(records):
        if record.measure == "difference":
            _add(book, records, record)


def _add(book: Book, records: Sequence[Record], record: Record) -> None:
    spot, span = change_spot(book, record, records), base_span(record)
    unit = "percent" if record.unit_measure == "percentage_point" else unit_of(record)
    if spot is None or span is None or replace(spot, unit=unit) != spot or spot.series.flow == "balance":
        return
    now, before = spot.name, spot.at(span).name
    if not (book.observed.get(now) and book.observed.get(before)):
        return
    levels = [*book.records_at(now)[:1], *book.records_at(before)[:1]]
    together = all(same_sentence(record, level) and level.table is None for level in levels)
    weight = trust.of_records([record, *levels], trust.LIKELY if together else trust.DOUBTFUL)
    book.figure(record)
    book.stake(Relation(RULE, f"{RULE}:{record.id}", weight, claim=difference(now, before), of=record.id))
