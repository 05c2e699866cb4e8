"""Changes between two periods as claims: growth rates and multiples share how they find their quantities."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.alike import agree, meant_alike, slip_apart
from pipeline.reconcile.basis import other_basis
from pipeline.reconcile.book import Book, Relation
from pipeline.reconcile.claims import Ratio, level
from pipeline.reconcile.figures import Stake
from pipeline.reconcile.group import Spot, base_span
from pipeline.reconcile.observe import change_spot, same_print, same_sentence

Make = Callable[[str, str, int], Ratio]
RATES = ("percent", "index", "percentage_point")


def add_change(book: Book, records: Sequence[Record], record: Record, rule: str, make: Make) -> None:
    """Adds what the record claims of its level and of the level it compares with; nothing where either is
    unclear."""
    spot, span = change_spot(book, record, records), base_span(record)
    if spot is None or span is None or spot.unit in RATES:
        return
    before = spot.at(span)
    sign = _sign(book, spot, before)
    if sign is None:
        return
    claim = make(book.quantity(spot), book.quantity(before), sign)
    others = [book.records[name] for known, name in book.ratios.get(claim.over, ()) if known == claim]
    if any(book.apart(other, record) for other in others):
        return
    if not others:
        best = trust.EXPLICIT if _side_by_side(book, record, claim) else trust.LIKELY
        best = trust.DOUBTFUL if other_basis(record, spot.unit) else best
        _claim(book, record, rule, claim, trust.of_records([record, *book.records_at(claim.over)], best))
    elif any(same_print(other, record) for other in others):
        book.copy(record, book.owner[next(o for o in others if same_print(o, record)).id])
    elif all(meant_alike(other, record) for other in others):
        sure = agree(others[0], record) or slip_apart(others[0], record)
        weight = trust.of_records(others, trust.EXPLICIT if sure else trust.LIKELY)
        _claim(book, record, "restated", claim, weight)
        same_rate(book, others[0], record)


def same_rate(book: Book, first: Record, record: Record) -> None:
    """Two prints of one rate observe one quantity, so that they can disagree where no level is printed."""
    quantity = rate_quantity(book, first)
    owner = frozenset({f"restated:{record.id}"})
    book.system.figures[record.id].stakes.append(Stake(level(quantity), owner, f"restated:{record.id}"))


def rate_quantity(book: Book, record: Record) -> str:
    """The quantity that a share or rate (a figure of the book) is by itself, whatever levels it relates."""
    owner = book.owner[record.id]
    quantity = f"rate {owner}"
    if not book.observed.get(quantity):
        book.observed[quantity].append(owner)
        book.system.figures[owner].stakes.append(Stake(level(quantity), frozenset(), f"restated:{owner}"))
    return quantity


def _claim(book: Book, record: Record, rule: str, claim: Ratio, weight: float) -> None:
    book.figure(record)
    book.stake(Relation(rule, f"{rule}:{record.id}", weight, claim=claim, of=record.id))


def _side_by_side(book: Book, record: Record, claim: Ratio) -> bool:
    """Whether every printed level of the claim stands in the record's own table or sentence."""
    levels = [r for q in (claim.over, claim.under) for r in book.records_at(q)[:1]]
    return all(r.table == record.table and (r.table is not None or same_sentence(r, record)) for r in levels)


def _sign(book: Book, spot: Spot, before: Spot) -> int | None:
    """The sign of both levels; None where it is mixed or, for balances, unknown."""
    if spot.series.flow in ("imports", "exports", "total"):
        return 1
    signs = {book.direction(name) for q in (spot.name, before.name) for name in book.observed.get(q, ())}
    if not signs:
        return None if spot.series.flow == "balance" else 1
    return signs.pop() if len(signs) == 1 else None
