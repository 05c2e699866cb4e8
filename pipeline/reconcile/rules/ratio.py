"""A multiple (`1.5 times that of …`, `grew 6.2 times`) against the two levels it compares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile.book import Book
from pipeline.reconcile.changes import add_change
from pipeline.reconcile.claims import multiple
from pipeline.reconcile.group import comparable
from pipeline.reconcile.intervals import Range

RULE, ORDER, PRIORITY = "ratio", 20, 60
HALF = Fraction(1, 2)
_AS_MUCH = re.compile(
    r"\b(?:times|double|triple) (?:that|those|the|as|its|their|more than)\b|\bof (?:a year|that)\b", re.I
)


def apply(book: Book, records: Sequence[Record]) -> None:
    """`now / before` for multiples. `grew 6.2 times` is read as 6.2 or as 7.2 times the base: texts mean
    either, unless they say `times that of`, `times as much`."""
    for record in comparable(records):
        if record.measure == "multiple":
            add_change(book, records, record, RULE, multiple)
            if record.id in book.system.figures:
                figure = book.system.figures[record.id]
                figure.seen = _loose(record, figure.seen)


def _loose(record: Record, seen: Range) -> Range:
    """Whole multiples and words (`tenfold`) are round, downwards to the next whole; the base may be counted in."""
    value = Fraction(record.obs_value)
    if value.denominator == 1:
        seen = Range(
            None if seen.lower is None else min(seen.lower, value - HALF),
            None if seen.upper is None else max(seen.upper, value + 1),
        )
    if not _AS_MUCH.search(record.sentence):
        seen = Range(seen.lower, None if seen.upper is None else seen.upper + 1)
    return seen
