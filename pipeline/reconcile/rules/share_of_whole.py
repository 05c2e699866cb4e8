"""A share against its part and its whole, the whole printed or implied by other shares of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.alike import meant_alike
from pipeline.reconcile.book import Book, Relation
from pipeline.reconcile.changes import same_rate
from pipeline.reconcile.claims import share
from pipeline.reconcile.group import Series, Spot, comparable, hash_free, words_of
from pipeline.reconcile.observe import change_spot, level_spot, same_print

RULE, ORDER, PRIORITY = "share_of_whole", 40, 40
FLOWS = ("imports", "exports", "total", "balance")


def apply(book: Book, records: Sequence[Record]) -> None:
    """`part / whole` in percent. The whole is what the record names (`share_of`: an id, or
    `flow/product/area/partner` in the share's own period), in a table the same series for all products or
    partners; a guessed whole can confirm a share but never refutes one. Of several shares of one part in one whole
    that cannot be one figure, the one beside the part's level is the part's own."""
    levels = {(_passage(r), level_spot(r).series) for r in records if r.id in book.home}
    shares = [r for r in comparable(records) if r.measure == "share"]
    for record in sorted(shares, key=lambda r: (_passage(r), level_spot(r).series) not in levels):
        _add(book, records, record)


def _passage(record: Record) -> str:
    """The row or sentence that a record stands in."""
    return f"{record.table}:{record.row}" if record.table is not None else hash_free(record.sentence)


def _add(book: Book, records: Sequence[Record], record: Record) -> None:
    part = change_spot(book, record, records)
    if part is None:
        return
    whole, weight = _whole(book, record, part)
    if whole is None or whole == part or part.series.flow == "balance":
        return
    claim = share(book.quantity(part), book.quantity(whole))
    others = [book.records[name] for known, name in book.ratios.get(claim.over, ()) if known == claim]
    if any(same_print(other, record) and not book.apart(other, record) for other in others):
        book.copy(record, book.owner[next(o for o in others if same_print(o, record)).id])
        return
    if not all(meant_alike(other, record) and not book.apart(other, record) for other in others):
        return
    book.figure(record)
    rule = "restated" if others else RULE
    book.stake(Relation(rule, f"{rule}:{record.id}", weight, claim=claim, of=record.id))
    if others:
        same_rate(book, others[0], record)


def _whole(book: Book, record: Record, part: Spot) -> tuple[Spot | None, float]:
    named = record.share_of
    if named and named in book.home:
        return book.spots[book.home[named]], trust.of_records([record])
    if named and "/" in named:
        whole = _series(named, part.series)
        return (part.of(whole), trust.of_records([record])) if contains(whole, part.series) else (None, 0.0)
    usual = _usual(part.series)
    if usual is None:
        return None, 0.0
    return part.of(usual), trust.EXPLICIT if record.table is not None else trust.DOUBTFUL


def _series(named: str, part: Series) -> Series:
    head, goods, ref, partner = (*named.split("/"), "", "", "")[:4]
    flow = head if head in FLOWS else None
    subject = part.subject if flow else words_of(head)
    return Series(flow, subject, words_of(goods), ref or None, None if partner == "WORLD" else partner or None)


def contains(whole: Series, part: Series) -> bool:
    """Whether the whole differs from the part, and only by being wider."""
    wider_flow = whole.flow == part.flow or (whole.flow == "total" and part.flow in ("imports", "exports"))
    goods = whole.goods in ("", part.goods)
    partner = whole.partner in (None, part.partner)
    return whole != part and wider_flow and (goods or partner)


def _usual(part: Series) -> Series | None:
    """The whole of an unnamed share: all products, else all partners."""
    if part.goods:
        return replace(part, goods="")
    return replace(part, partner=None) if part.partner else None
