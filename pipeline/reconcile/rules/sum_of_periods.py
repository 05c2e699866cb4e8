"""Months make quarters, quarters make years: the figures of the parts of a period add to the period's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation, linear
from pipeline.reconcile.group import Spot
from pipeline.reconcile.intervals import NOT_NEGATIVE, ZERO
from pipeline.reconcile.rules.part_exceeds_whole import STATED

RULE, ORDER, PRIORITY = "sum_of_periods", 80, 110
LASTING = True
FLOWS = ("imports", "exports", "total", "balance")


def apply(book: Book, records: Sequence[Record]) -> None:
    """For trade flows in one unit: a period tiled by printed parts is their sum, and no less than any one
    part.

    Not supported: stocks, prices and other indicators, whose parts do not add.
    """
    groups: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in book.spots.values():
        if spot.series.flow in FLOWS and not spot.branch and book.observed.get(spot.name):
            groups[spot.series.code(), spot.unit].append(spot)
    for spots in groups.values():
        for whole in spots:
            _periods(book, whole, [s for s in spots if s.span.within(whole.span)])


def _periods(book: Book, whole: Spot, inside: list[Spot]) -> None:
    tiles = _tiling(whole, inside)
    if tiles:
        at = [r for spot in (whole, *tiles) for r in book.records_at(spot.name)]
        terms = linear({whole.name: 1, **{spot.name: -1 for spot in tiles}})
        weight = trust.of_records(at, trust.LIKELY if len(tiles) == 1 else trust.EXPLICIT)
        book.relate(Relation(RULE, f"{RULE}:{whole.name}", weight, terms, ZERO))
        return
    for part in inside if whole.series.flow != "balance" else ():
        at = [*book.records_at(whole.name), *book.records_at(part.name)]
        terms = linear({whole.name: 1, part.name: -1})
        name = f"part_exceeds_whole:{part.name}<{whole.name}"
        weight = trust.of_records(at, trust.LIKELY)
        hint = any(record.confidence < STATED for record in at)
        book.relate(Relation("part_exceeds_whole", name, weight, terms, NOT_NEGATIVE, hint=hint))


def _tiling(whole: Spot, inside: Sequence[Spot]) -> list[Spot]:
    """Parts that follow one another from the whole's first to its last month, longest first; empty if there
    is a gap."""
    at, tiles = whole.span.start, []
    end = whole.span.start + whole.span.length
    while at < end:
        here = [s for s in inside if s.span.start == at]
        if not here:
            return []
        tiles.append(max(here, key=lambda s: s.span.length))
        at += tiles[-1].span.length
    return tiles if at == end else []
