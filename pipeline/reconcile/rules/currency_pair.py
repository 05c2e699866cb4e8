"""The same amount in two currencies against the reference rates of its period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation
from pipeline.reconcile.claims import Ratio
from pipeline.reconcile.group import comparable
from pipeline.reconcile.rates import rate_between
from pipeline.reconcile.system import Row

RULE, ORDER, PRIORITY = "currency_pair", 100, 130
LASTING = True
SLACK = Fraction(4, 100)
"""Texts convert at a customs rate, a period's average or the day's rate: so far from the span of daily
rates."""
_BESIDE = re.compile(r"[^()\[\]]*[(\[][^()\[\]]*|[;/,]\W*|[\w ]{0,20} or \W*")
APART = 14
"""Characters at most between the two amounts, as in `16.03 billion yuan ($2.52 billion)`."""


def apply(book: Book, records: Sequence[Record]) -> None:
    """Amounts that stand side by side in two currencies for one series and period. Not supported: unknown
    years, amounts at constant prices, years before 1999."""
    for one, other in _pairs([r for r in comparable(records) if r.id in book.home and r.table is None]):
        span = book.spots[book.home[one.id]].span
        rate = rate_between(one.unit_measure, other.unit_measure, span)
        if rate is None or book.direction(book.owner[one.id]) != book.direction(book.owner[other.id]):
            continue
        lower, upper = rate.ends
        near = Ratio(
            book.home[other.id], book.home[one.id], Fraction(0), Fraction(1), book.direction(book.owner[one.id])
        )
        name = f"{RULE}:{one.id}+{other.id}"
        ends = type(rate)(lower * (1 - SLACK), upper * (1 + SLACK))
        _add(
            book,
            Relation(RULE, name, trust.LIKELY, bounds=ends, claim=near, hint=True),
            near.rows(ends, frozenset({name}), name),
        )


def _add(book: Book, relation: Relation, rows: list[Row]) -> None:
    if book.allows(relation):
        book.relations[relation.name] = relation
        book.system.relation_weights[relation.blame] = relation.weight
        book.system.relations.extend(rows)


def _pairs(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    for i, one in enumerate(records):
        for other in records[i + 1 : i + 3]:
            currencies = (one.unit_measure, other.unit_measure)
            money = all(len(code) == 3 and code.isupper() for code in currencies)
            beside = 0 <= other.char_start - one.char_end <= 4 * APART
            if money and currencies[0] != currencies[1] and beside and _bracketed(one, other):
                yield one, other


def _bracketed(one: Record, other: Record) -> bool:
    """Whether the second amount stands in brackets or behind `or` right after the first."""
    start = one.sentence.find(one.quote)
    end = one.sentence.find(other.quote, start + len(one.quote))
    between = one.sentence[start + len(one.quote) : end] if 0 <= start < end else ""
    return len(between) <= 4 * APART and bool(_BESIDE.fullmatch(between))
