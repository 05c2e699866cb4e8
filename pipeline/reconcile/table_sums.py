"""Sums that a table shows by itself: a total row over its rows, accepted only where most of its columns
agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book
from pipeline.reconcile.group import Series, Spot, comparable
from pipeline.reconcile.intervals import Range, of_record

Sum = tuple[str, list[str], float]
Column = tuple[Record, list[Record]]


def table_sums(book: Book, records: Sequence[Record]) -> Iterator[Sum]:
    """Wholes with their parts within tables: the whole differs from all parts in one respect only (all
    products, all partners, a country over its provinces). A hypothesis holds for all columns of the table or
    for none.

    Not supported: sub-totals inside a list; a table of one column whose sum fails and that no slip mends.
    """
    tables: dict[str, list[Record]] = defaultdict(list)
    for record in comparable(records):
        if record.table is not None and record.measure == "level" and record.id in book.home:
            tables[record.table].append(record)
    for cells in tables.values():
        for respect in ("goods", "partner", "ref"):
            columns = list(_columns(book, cells, respect))
            if _trusted(columns):
                for whole, parts in columns:
                    yield book.home[whole.id], [book.home[p.id] for p in parts], trust.EXPLICIT


def _columns(book: Book, cells: Sequence[Record], respect: str) -> Iterator[Column]:
    groups: dict[tuple[str, str, str], list[tuple[Series, Record]]] = defaultdict(list)
    for record in cells:
        spot: Spot = book.spots[book.home[record.id]]
        if not spot.branch and spot.unit not in ("percent", "index"):
            rest = _without(spot.series, respect)
            groups[rest.code(), spot.span.code(), spot.unit].append((spot.series, record))
    for members in groups.values():
        column = _column(members, respect)
        if column:
            yield column


def _without(series: Series, respect: str) -> Series:
    match respect:
        case "goods":
            return replace(series, goods="")
        case "partner":
            return replace(series, partner=None)
        case _:
            return replace(series, ref=None)


def _column(members: list[tuple[Series, Record]], respect: str) -> Column | None:
    values = [getattr(series, respect) for series, _ in members]
    wholes = [r for (_, r), value in zip(members, values, strict=True) if not value or _over(value, values)]
    parts = [r for (_, r) in members if r not in wholes]
    return (wholes[0], parts) if len(wholes) == 1 and len(parts) >= 2 else None


def _over(value: str, values: Sequence[str | None]) -> bool:
    """Whether a country stands over its provinces."""
    others = [v for v in values if v != value]
    return bool(others) and all(v is not None and v.startswith(f"{value}-") for v in others)


def _trusted(columns: Sequence[Column]) -> bool:
    """Whether the sums hold in more than half of the columns, and in at least one."""
    held = sum(_holds(column) for column in columns)
    return held >= 1 and 2 * held > len(columns) - (held >= 2)


def _holds(column: Column) -> bool:
    whole, parts = column
    total = Range.exactly(Fraction(0))
    for part in parts:
        total = total + of_record(part)
    return total.touches(of_record(whole))
