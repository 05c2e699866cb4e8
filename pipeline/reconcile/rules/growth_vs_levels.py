"""A growth rate against the levels of its period and of the period it compares with, printed or implied."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.record import Record
from pipeline.reconcile.book import Book
from pipeline.reconcile.changes import add_change
from pipeline.reconcile.claims import growth
from pipeline.reconcile.group import comparable

RULE, ORDER, PRIORITY = "growth_vs_levels", 10, 50


def apply(book: Book, records: Sequence[Record]) -> None:
    """Growth in percent: `now / before - 1`. Not supported: growth without a stated or usual base; of
    percentages."""
    for record in comparable(records):
        if record.measure == "growth":
            add_change(book, records, record, RULE, growth)
