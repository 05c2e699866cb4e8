"""No part exceeds its whole: a partner's trade the world's, a product's all products', a province's its
country's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.lexicon.load import rows, values
from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation, linear, money
from pipeline.reconcile.group import Series, Spot
from pipeline.reconcile.intervals import NOT_NEGATIVE

RULE, ORDER, PRIORITY = "part_exceeds_whole", 90, 30
LASTING = True
STATED = 0.9
"""Extraction confidence below which an area or a period is inferred from other sentences: a year's trade with a
partner then easily stands under the month before it."""
FAR = 10_000
"""A part so many times its whole is something else (an average, a price), no slip."""
FLOWS = ("imports", "exports", "total")


def apply(book: Book, records: Sequence[Record]) -> None:
    """`part <= whole` for printed trade flows in the same period and unit. The relations of one part and
    whole stand or fall together, whatever the flow: the claim that one is in the other may itself be
    wrong."""
    for spot in list(book.spots.values()):
        if spot.series.flow in FLOWS and book.observed.get(spot.name) and not spot.span.place and money(spot.unit):
            for series in wider(spot.series):
                whole = spot.of(series)
                if book.observed.get(whole.name) and whole.name != spot.name:
                    _add(book, spot, whole)


def _add(book: Book, part: Spot, whole: Spot) -> None:
    at = [*book.records_at(part.name)[:1], *book.records_at(whole.name)[:1]]
    if abs(at[0].obs_value) > FAR * abs(at[1].obs_value):
        return
    owner = f"{RULE}:{_no_flow(part)}<{_no_flow(whole)}"
    terms = linear({whole.name: 1, part.name: -1})
    weight = trust.of_records(at, trust.LIKELY)
    hint = any(record.confidence < STATED for record in at)
    name = f"{RULE}:{part.name}<{whole.name}"
    book.relate(Relation(RULE, name, weight, terms, NOT_NEGATIVE, owner=owner, hint=hint))


def _no_flow(spot: Spot) -> str:
    return spot.of(replace(spot.series, flow=None)).name


def wider(series: Series) -> Iterator[Series]:
    """The series that contain this one, each wider in one respect."""
    if series.partner:
        yield replace(series, partner=None)
        for group in _groups().get(series.partner, ()):
            yield replace(series, partner=group)
    if series.goods:
        yield replace(series, goods="")
    if series.flow in ("imports", "exports"):
        yield replace(series, flow="total")
    if series.ref and "-" in series.ref:
        yield replace(series, ref=series.ref.partition("-")[0])


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """The groups of each member, today's membership."""
    found: dict[str, list[str]] = {}
    for row in rows("groups"):
        for member in values(row.get("members", "")):
            found.setdefault(member, []).append(row["code"])
    return {member: tuple(groups) for member, groups in found.items()}
