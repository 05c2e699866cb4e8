"""A difference in percentage points against the two shares or rates: `rose 2.3 points to 25.1% from 22.8%`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation
from pipeline.reconcile.changes import rate_quantity
from pipeline.reconcile.claims import difference
from pipeline.reconcile.group import comparable, series_of
from pipeline.reconcile.observe import same_sentence

RULE, ORDER, PRIORITY = "point_difference", 35, 75
RATES = ("share", "growth")
POINTS = ("percentage_point", "index")
NEAR = 120
"""Characters within which the three figures stand."""
_BASE = re.compile(
    r"\b(?:from|than|against|versus|vs\.?|compared (?:with|to)|up on|down on|over|above|below)\b[^%;]{0,60}$"
)


def apply(book: Book, records: Sequence[Record]) -> None:
    """`now - before` of one share, one growth rate or one percentage, all three in one sentence of the text, the
    base behind a word that makes it one.

    Not supported: rates in different sentences, bases that only levels imply, sentences with more rates of the
    same thing than two.
    """
    usable = comparable(records)
    for record in usable:
        if record.measure == "difference" and record.unit_measure in POINTS and record.table is None:
            pair = _pair(record, [r for r in usable if _rate(r) and same_sentence(r, record)])
            if pair is not None:
                _add(book, record, *pair)


def _rate(record: Record) -> bool:
    percent = record.unit_measure == "percent" and (record.measure in RATES or record.measure == "level")
    return percent and record.table is None


def _pair(record: Record, rates: Sequence[Record]) -> tuple[Record, Record] | None:
    """The rate that changed and its base; None unless the sentence leaves just one such pair."""
    own = series_of(record)
    near = [r for r in rates if abs(r.char_start - record.char_start) <= NEAR and series_of(r) == own]
    bases = [r for r in near if _is_base(r)]
    if len(bases) != 1:
        return None
    base = bases[0]
    now = [r for r in near if r is not base and r.measure == base.measure]
    undated = base.time_period is None
    return (now[0], base) if len(now) == 1 and (undated or now[0].time_period != base.time_period) else None


def _is_base(record: Record) -> bool:
    at = record.sentence.find(record.quote)
    return at >= 0 and record.sentence.count(record.quote) == 1 and bool(_BASE.search(record.sentence[:at]))


def _add(book: Book, record: Record, now: Record, base: Record) -> None:
    for figure in (record, now, base):
        book.figure(figure)
    claim = difference(rate_quantity(book, now), rate_quantity(book, base))
    weight = trust.of_records([record, now, base], trust.LIKELY)
    book.stake(Relation(RULE, f"{RULE}:{record.id}", weight, claim=claim, of=record.id, hint=True))
