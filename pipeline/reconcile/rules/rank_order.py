"""A ranked table: each amount is at least the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation, linear
from pipeline.reconcile.group import comparable
from pipeline.reconcile.intervals import NOT_NEGATIVE

RULE, ORDER, PRIORITY = "rank_order", 120, 150
LASTING = True
LEAST_ROWS = 5


def apply(book: Book, records: Sequence[Record]) -> None:
    """Columns of at least LEAST_ROWS amounts that fall from row to row, but for one at most. The order is
    one claim, blamed as a whole. Not supported: rising orders, orders by another column."""
    columns: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for record in comparable(records):
        if record.table is not None and record.column is not None and record.id in book.home:
            columns[record.table, record.column].append(record)
    for (table, column), cells in columns.items():
        ordered = sorted(cells, key=lambda r: r.row or 0)
        if len(ordered) >= LEAST_ROWS and _falls(ordered) and len({r.unit_measure for r in ordered}) == 1:
            _add(book, f"{RULE}:{table}:{column}", ordered)


def _falls(cells: Sequence[Record]) -> bool:
    """Whether the amounts fall once at most one of them is left out."""
    values = [r.obs_value for r in cells]
    if all(a >= b for a, b in pairwise(values)):
        return True
    lines = (values[:i] + values[i + 1 :] for i in range(len(values)))
    return len(values) > LEAST_ROWS and any(all(a >= b for a, b in pairwise(v)) for v in lines)


def _add(book: Book, owner: str, cells: Sequence[Record]) -> None:
    unbroken = all(a.obs_value >= b.obs_value for a, b in pairwise(cells))
    weight = trust.LIKELY if unbroken else trust.DOUBTFUL
    for higher, lower in pairwise(cells):
        first, second = book.home[higher.id], book.home[lower.id]
        if first != second:
            terms = linear({first: 1, second: -1})
            book.relate(Relation(RULE, f"{owner}:{higher.id}", weight, terms, NOT_NEGATIVE, owner=owner))
