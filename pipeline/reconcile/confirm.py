"""Confirmation: a figure that took part in a satisfied relation that could have failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.reconcile.book import Book
from pipeline.reconcile.bounds import narrowed
from pipeline.reconcile.figures import Surroundings
from pipeline.reconcile.repair import quantities, room
from pipeline.reconcile.system import Row
from pipeline.reconcile.wording import Worded, narrow

PER_RELATION, MOST = 0.5, 3
"""What one confirming relation adds to the cost of blaming a figure, and how many are counted."""


def weigh(book: Book, tested: Mapping[str, Worded]) -> None:
    """Raises the weight of figures by the relations that hold for them and could have failed."""
    counts: Counter[str] = Counter()
    for test in tested.values():
        if test.holds and test.tight:
            counts.update({other for name in test.figures for other in _beside(book, name)})
    for name, count in counts.items():
        if name in book.system.figures:
            book.system.figures[name].weight += PER_RELATION * min(count, MOST)


def _one_sided(book: Book, row: Row) -> bool:
    relation = book.relations.get(row.label)
    return relation is not None and relation.rule in ("part_exceeds_whole", "rank_order")


def _tied(rows: list[Row]) -> set[str]:
    """Quantities that two independent statements reach: those left when every loose end is taken off in
    turn."""
    observed = {row.terms[0][0] for row in rows if row.observes and row.owners}
    links = {(row.label, frozenset(name for name, _ in row.terms)) for row in rows if not row.observes}
    while True:
        seen = Counter(name for _, names in links for name in names)
        loose = {link for link in links if any(seen[name] == 1 and name not in observed for name in link[1])}
        if not loose:
            return {name for _, names in links for name in names}
        links -= loose


def _beside(book: Book, name: str) -> list[str]:
    """The figure and others printed for its quantity: where a test passes for one, it would for the next."""
    home = book.home.get(name)
    return book.observed[home] if home and name in book.observed[home] else [name]


def confirmed(book: Book, tested: Mapping[str, Worded], doubted: Iterable[str]) -> set[str]:
    """Claimants confirmed by a relation at hand, or by what all other figures leave for them."""
    out = frozenset(doubted)
    found = {
        name
        for test in tested.values()
        if test.holds and test.tight and out.isdisjoint(test.figures)
        for name in test.figures
    }
    rows = [row for row in book.system.rows() if not _one_sided(book, row)]
    tied, surroundings = _tied(rows), Surroundings(rows)
    for name, figure in book.system.figures.items():
        if name in found or name in out or not quantities([figure]) <= tied:
            continue
        near = surroundings.of(quantities([figure]), {name, *out}, steps=3, most=60)
        if all(row.observes for row in near):
            continue
        seen = room(figure, narrowed(near, rounds=4))
        if narrow(book.records[name], seen) and seen.touches(figure.seen):
            found.add(name)
    return found
