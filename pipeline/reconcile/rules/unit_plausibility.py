"""Values that their unit rules out: a fall of more than everything, a part above the whole, a fraction of a
thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation
from pipeline.reconcile.claims import level
from pipeline.reconcile.figures import Stake
from pipeline.reconcile.group import comparable
from pipeline.reconcile.intervals import Range

RULE, ORDER, PRIORITY = "unit_plausibility", 130, 140
# A plan can be met by more than all of it.
_OF_PLAN = re.compile(
    r"\s+of\s+(?:the|its|their|an?)\s+(?:[\w-]+\s+){0,3}(?:plan|target|quota|budget|goal|forecast|level)\b", re.I
)
FLOWS = ("imports", "exports", "total")


def apply(book: Book, records: Sequence[Record]) -> None:
    """Growth of trade flows and counts is at least -100 percent; a table's share of an amount at most 100
    percent."""
    for record in comparable(records):
        room = _room(record)
        if room is not None and Fraction(record.obs_value) not in room:
            _add(book, record, room)


def _room(record: Record) -> Range | None:
    if record.table is None and not re.search(r"%|p(?:er\s?)?c(?:en)?t", record.quote, re.I):
        return None
    if record.measure == "growth" and (record.flow in FLOWS or record.unit_measure == "count"):
        return Range(Fraction(-100), None)
    if _OF_PLAN.match(record.sentence.partition(record.quote)[2]):
        return None
    if record.measure == "share" and record.unit_measure == "percent" and (record.table or record.commodity):
        return Range(Fraction(0), Fraction(100))
    return None


def _add(book: Book, record: Record, room: Range) -> None:
    figure, quantity = book.figure(record), f"value {record.id}"
    figure.stakes.append(Stake(level(quantity), frozenset(), "printed"))
    book.observed[quantity].append(record.id)
    terms = ((quantity, Fraction(1)),)
    weight = trust.of_records([record])
    book.relate(Relation(RULE, f"{RULE}:{record.id}", weight, terms, room))
