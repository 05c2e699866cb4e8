"""Levels become observations of quantities; changes and shares find the level that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.alike import HEADLINE, agree, meant_alike, same_precision, slip_apart
from pipeline.reconcile.book import Book, Relation
from pipeline.reconcile.claims import Linear, level
from pipeline.reconcile.figures import Stake
from pipeline.reconcile.group import Series, Spot, base_span, comparable, hash_free, series_of, spot_of
from pipeline.reconcile.intervals import Range
from pipeline.reconcile.regions import region_of

PRIORITIES = {"text_vs_table": 10, "restated": 20}
"""The rules of observation itself, and their rank among the others (see `rules`)."""
LASTING = frozenset({"text_vs_table"})
COPIES = 0.25
"""How much the second print of the same value adds to a figure's weight: prints are copied with their
errors."""
BRACKET = 60
"""Characters within which an amount in another currency stands beside the first."""


def observe_levels(book: Book, records: Sequence[Record]) -> None:
    """Every level becomes an observation of its quantity.

    Prints of one key that agree or may be meant alike observe the same quantity, tied by a `restated` or
    `text_vs_table` relation; others are set apart (the key lacks something), the first keeping the quantity.
    """
    spots: dict[str, list[tuple[Spot, Record]]] = defaultdict(list)
    subjects = {series_of(r).subject for r in records if r.flow is None}
    for record in comparable(records):
        if record.measure == "level":
            spot = _in_full(level_spot(record), record, subjects)
            spots[spot.name].append((spot, record))
    for entries in spots.values():
        branches: list[list[Record]] = []
        for spot, record in entries:
            branch = next((b for b in branches if _joins(book, b, record)), None)
            if branch is None:
                branch = []
                branches.append(branch)
            branch.append(record)
            _observe(book, replace(spot, branch=branches.index(branch)), branch, record)


def level_spot(record: Record) -> Spot:
    """The quantity of a level; a partner without a code is kept apart from the world."""
    spot = spot_of(record)
    region = region_of(record)
    return replace(spot, series=replace(spot.series, partner=region)) if region else spot


def _in_full(spot: Spot, record: Record, subjects: set[str]) -> Spot:
    """A headline names things shortly (`reserves`): it means the fuller name of the text, if there is just
    one."""
    own = set(spot.series.subject.split())
    fuller = [s for s in sorted(subjects) if own and own < set(s.split())]
    if record.flow or record.char_start > HEADLINE or len(fuller) != 1:
        return spot
    return replace(spot, series=replace(spot.series, subject=fuller[0]))


def _joins(book: Book, branch: Sequence[Record], record: Record) -> bool:
    """Whether the record may be one more print of the branch's figure; in one table a key stands once."""
    if any(book.apart(first, record) for first in branch):
        return False
    if any(first.table is not None and first.table == record.table and not agree(first, record) for first in branch):
        return False
    return all(meant_alike(first, record) for first in branch)


def _observe(book: Book, spot: Spot, branch: list[Record], record: Record) -> None:
    quantity = book.quantity(spot)
    book.home[record.id] = quantity
    for earlier in branch[:-1]:
        if same_print(earlier, record):
            owner = book.owner[earlier.id]
            book.copy(record, owner)
            book.system.figures[owner].weight += COPIES
            return
    figure = book.figure(record)
    book.observed[quantity].append(record.id)
    first = branch[0]
    if same_precision(first, record):
        figure.seen = _inside(figure.seen)
    if len(branch) == 1:
        book.system.figures[record.id].stakes.append(Stake(level(quantity), frozenset(), "printed"))
        return
    rule = "text_vs_table" if (first.table is None) != (record.table is None) else "restated"
    best = trust.EXPLICIT if agree(first, record) or slip_apart(first, record) else trust.LIKELY
    weight = trust.of_records([first, record], best)
    book.stake(Relation(rule, f"{rule}:{record.id}", weight, claim=level(quantity), of=record.id))


def _inside(seen: Range) -> Range:
    """A hair less than the printed interval: prints of one figure at one precision must show the same
    digits, and closed intervals of neighbouring digits share an end."""
    hair = seen.width / 1000
    return Range(seen.ends[0] + hair, seen.ends[1] - hair)


def same_print(one: Record, other: Record) -> bool:
    """Whether two records print the same value to the same precision."""
    return (one.lower, one.upper, one.bound) == (other.lower, other.upper, other.bound)


def change_spot(book: Book, record: Record, records: Sequence[Record]) -> Spot | None:
    """The quantity that a growth, share, multiple or difference speaks of, with its unit; None where it is
    unclear.

    The level it relates to; else the level of the same key in its row or sentence (where as many changes as
    levels stand in a sentence they pair in order); else the only unit in which the document gives the key.
    """
    own = level_spot_of_change(record)
    same = [r for r in records if r.id in book.home and _speaks_of(book, r, own)]
    near = [r for r in same if _together(r, record)]
    if record.measure == "share" and near:
        return book.spots[book.home[_paired(book, near, record, records).id]]
    related = book.home.get(record.relates_to or "")
    if related and book.spots[related].series == own.series:
        if book.spots[related].span == own.span:
            return book.spots[related]
        return replace(own, unit=book.spots[related].unit)
    if near:
        return book.spots[book.home[_paired(book, near, record, records).id]]
    units = sorted({book.spots[book.home[r.id]].unit for r in same})
    if len(units) > 1:
        units = sorted(
            {
                book.spots[book.home[r.id]].unit
                for r in records
                if r.id in book.home and _together(r, record) and _series_at(book, r) == own.series
            }
        )
        if len(units) != 1:
            return None
    if units:
        return replace(own, unit=units[0])
    return _unit_from_elsewhere(book, own)


def level_spot_of_change(record: Record) -> Spot:
    """The quantity of a change without a unit yet."""
    spot = spot_of(record, unit="?")
    region = region_of(record)
    return replace(spot, series=replace(spot.series, partner=region)) if region else spot


def _series_at(book: Book, record: Record) -> Series:
    return book.spots[book.home[record.id]].series


def _speaks_of(book: Book, other: Record, own: Spot) -> bool:
    spot = book.spots[book.home[other.id]]
    return spot.series == own.series and spot.span == own.span


def _together(one: Record, other: Record) -> bool:
    if one.table is not None or other.table is not None:
        return one.table == other.table and one.row == other.row
    return same_sentence(one, other)


def same_sentence(one: Record, other: Record) -> bool:
    """Whether two prose records stand in one sentence."""
    return hash_free(one.sentence) == hash_free(other.sentence)


def _paired(book: Book, near: Sequence[Record], record: Record, records: Sequence[Record]) -> Record:
    """The level of the sentence that the change belongs to: in order where the numbers match, else the
    nearest."""
    own = level_spot_of_change(record)
    changes = [
        r
        for r in records
        if r.measure == record.measure
        and _together(r, record)
        and (level_spot_of_change(r).series, r.time_period) == (own.series, record.time_period)
    ]
    if len(changes) == len(near) > 1:
        return near[changes.index(record)]
    before = [r for r in near if r.char_start < record.char_start] or list(near)
    span = base_span(record)
    based = [r for r in before if span and book.observed.get(book.spots[book.home[r.id]].at(span).name)]
    if based:
        return based[0]
    last = min(before, key=lambda r: abs(r.char_start - record.char_start))
    return min((r for r in before if same_amount(r, last)), key=lambda r: r.char_start)


def same_amount(one: Record, other: Record) -> bool:
    """Whether the second may be the first in another currency, as in `16.03 billion yuan ($2.52 billion)`."""
    both = {one.unit_measure, other.unit_measure}
    return one is other or (
        len(both) == 2
        and all(len(u) == 3 and u.isupper() for u in both)
        and abs(one.char_start - other.char_start) < BRACKET
    )


def _unit_from_elsewhere(book: Book, own: Spot) -> Spot:
    """The unit in which the same area's trade, or the same indicator, stands in other periods; `?` if
    nowhere."""
    units = {
        spot.unit
        for spot in book.spots.values()
        if (spot.series.flow, spot.series.subject, spot.series.goods, spot.series.ref, spot.series.partner)
        == (own.series.flow, own.series.subject, own.series.goods, own.series.ref, own.series.partner)
    }
    if not units and own.series.flow:
        units = {
            spot.unit
            for spot in book.spots.values()
            if spot.series.flow and spot.series.ref == own.series.ref and len(spot.unit) == 3
        }
    return replace(own, unit=units.pop() if len(units) == 1 else "?")


def orient_balances(book: Book) -> None:
    """Turns printed balances round where exports less imports say so: texts print deficits without a sign.

    A balance without exports and imports of its own is turned like the others of its series.
    """
    turned: set[tuple[str | None, ...]] = set()
    balances = [s for s in book.spots.values() if s.series.flow == "balance" and book.observed.get(s.name)]
    for spot in balances:
        sold, bought = (book.records_at(spot.of(replace(spot.series, flow=f)).name) for f in ("exports", "imports"))
        own = book.records_at(spot.name)
        if sold and bought and _turned_fits(sold[0].obs_value - bought[0].obs_value, own[0].obs_value):
            turned.add((spot.series.code(), spot.unit))
    for spot in balances:
        if (spot.series.code(), spot.unit) in turned:
            _turn(book, spot.name)


def _turned_fits(difference: Decimal, printed: Decimal) -> bool:
    """Whether the balance is about what it should be but for its sign: a number of another size is another balance."""
    return difference * printed < 0 and abs(difference + printed) <= abs(printed) / 2


def _turn(book: Book, quantity: str) -> None:
    for name in book.observed[quantity]:
        figure = book.system.figures[name]
        figure.stakes[:] = [
            replace(s, claim=Linear(((quantity, Fraction(-1)),))) if s.claim == level(quantity) else s
            for s in figure.stakes
        ]
