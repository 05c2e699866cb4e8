"""A multiple (`1.5 times that of …`, `grew 6.2 times`) against the two levels it compares."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.record import Record
from pipeline.reconcile.book import Book
from pipeline.reconcile.changes import add_change
from pipeline.reconcile.claims import multiple
from pipeline.reconcile.group import comparable
from pipeline.reconcile.intervals import Range

RULE = "ratio"
_GREW = re.compile(r"\b(grew|grown|grow|rose|risen|up|increas\w+|growth|soared|jumped|surged)\b", re.I)


def apply(book: Book, records: Sequence[Record]) -> None:
    """`now / before` for multiples. `grew 6.2 times` is read as 6.2 or as 7.2 times the base: texts mean either."""
    for record in comparable(records):
        if record.measure == "multiple":
            add_change(book, records, record, RULE, multiple)
            if record.id in book.system.figures and _GREW.search(record.sentence):
                figure = book.system.figures[record.id]
                figure.seen = Range(figure.seen.lower, None if figure.seen.upper is None else figure.seen.upper + 1)
