"""From a cluster of contradictions to a verdict: who is suspect, how sure that is, and what was probably
meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book
from pipeline.reconcile.figures import Surroundings
from pipeline.reconcile.hitting import clusters
from pipeline.reconcile.intervals import Range
from pipeline.reconcile.readings import Reading, digits_of
from pipeline.reconcile.repair import Mend, mends
from pipeline.reconcile.rules import lasting
from pipeline.reconcile.solve import Cluster

NO_SLIP = 1.0
CLEAR = 0.16
"""A slip cheaper by so much than every other explanation's decides between them."""
TELLING = 0.25
PLAUSIBLE = 0.42
"""Without a slip up to this cost, a pairing made from names alone is wrong rather than a figure."""
WEAK_KINDS, LONG = ("misread digit", "stray digit", "lost digit"), 3
ALIKE, RIVAL = 0.2, 0.1
"""A slip so common outweighs the suspicion that the pairing is wrong."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`suspects` are claimants (first records), `relations` blamed relations; `mends` for the suspects, best
    first."""

    cluster: Cluster
    suspects: tuple[str, ...]
    relations: tuple[str, ...]
    ambiguous: bool
    sure: bool
    mends: tuple[Mend, ...]


def parted(cluster: Cluster) -> list[Cluster]:
    """A cluster as smaller ones: each element common to all explanations by itself, the rest by the
    conflicts that share candidates; without any explanation each contradiction that adds to the others."""
    if not cluster.sets:
        return _one_by_one(cluster)
    core = frozenset.intersection(*cluster.sets)
    if len(cluster.sets[0]) == 1:
        return [cluster]
    parts = [
        Cluster(tuple(c for c in cluster.conflicts if name in c.owners), (frozenset({name}),), cluster.solved)
        for name in sorted(core)
    ]
    candidates = frozenset().union(*cluster.sets) - core
    left = [c for c in cluster.conflicts if core.isdisjoint(c.owners)]
    for group in clusters([c.owners & candidates for c in left]):
        reach = frozenset().union(*group)
        sets = tuple(dict.fromkeys(one & reach for one in cluster.sets if one & reach))
        parts.append(Cluster(tuple(c for c in left if c.owners & reach), sets, cluster.solved))
    return parts


def _one_by_one(cluster: Cluster) -> list[Cluster]:
    told: frozenset[str] = frozenset()
    parts = []
    for conflict in sorted(cluster.conflicts, key=lambda c: (len(c.rows), c.rows)):
        if not conflict.owners <= told:
            told |= conflict.owners
            parts.append(Cluster((conflict,), (), solved=False))
    return parts


def judge(book: Book, system: Surroundings, cluster: Cluster, others: frozenset[str]) -> Verdict | None:
    """The verdict on a cluster while the suspects of the other clusters (`others`) are left out; None: stay
    silent.

    Silence where the cheapest explanation is a doubtful relation.
    """
    if not cluster.sets:
        return _unsolved(book, cluster)
    weights = book.system.weights()
    if any(weights[name] <= trust.DOUBTFUL for name in cluster.sets[0]):
        return None
    figures = [one for one in cluster.sets if all(name in book.system.figures for name in one)]
    blamed = tuple(sorted({n for one in cluster.sets for n in one if n not in book.system.figures}))
    mended = [(one, _mends(book, system, one, others)) for one in figures]
    tried = sorted(mended, key=lambda t: (_cost(t[1]), sorted(t[0])))
    if not tried:
        if not _lasting(book, blamed):
            return None
        return Verdict(cluster, _of_relations(book, blamed, cluster), blamed, False, False, ())
    return _among(book, system, cluster, tried, blamed)


def _among(
    book: Book,
    system: Surroundings,
    cluster: Cluster,
    tried: list[tuple[frozenset[str], list[Mend]]],
    blamed: tuple[str, ...],
) -> Verdict | None:
    costs = [_cost(found) for _, found in tried]
    cheapest = tried[0][1][0].cost if tried[0][1] else NO_SLIP
    if blamed and cheapest > PLAUSIBLE and not _lasting(book, blamed):
        return None
    if blamed and cheapest > TELLING:
        doubted = {name for one, _ in tried for name in one} | set(_of_relations(book, blamed, cluster))
        found = [mend for _, mends_ in tried for mend in mends_]
        return Verdict(cluster, _in_order(book, doubted), blamed, len(doubted) > 1, False, tuple(found))
    margin = CLEAR if _decisive(book, tried[0]) else NO_SLIP * 2
    rivals = [t for t, cost in zip(tried, costs, strict=True) if cost < costs[0] + margin]
    suspects = _in_order(book, {name for one, _ in rivals for name in one})
    found = sorted((mend for _, mends_ in rivals for mend in mends_), key=lambda mend: mend.cost)
    alone = len(rivals) == 1
    certain = alone and len(suspects) == 1 and cluster.solved and bool(found) and _beyond_hints(book, cluster)
    return Verdict(
        cluster,
        suspects,
        (),
        not alone,
        certain and _plain(book, system, cluster, found[0]),
        tuple(found),
    )


def _beyond_hints(book: Book, cluster: Cluster) -> bool:
    """Whether a contradiction stands without exchange rates, which are never exact, and without relations that
    words alone suggest."""
    hinted = {r.blame for r in book.relations.values() if r.hint}
    return any(hinted.isdisjoint(conflict.owners) for conflict in cluster.conflicts)


def _plain(book: Book, system: Surroundings, cluster: Cluster, best: Mend) -> bool:
    """Whether the text was damaged, or the slip is one that people make, or two relations fail by themselves: a
    digit that one relation or a chain of roundings refutes may as well be a revision or another basis."""
    if all(book.is_damaged(book.records[name]) for name in best.readings):
        return True
    rows = system.rows
    told = [{rows[i].label for i in c.rows if not rows[i].observes} for c in cluster.conflicts]
    alone = frozenset().union(*(labels for labels in told if len(labels) == 1))
    weak = best.cost > PLAUSIBLE or any(reading.kind in WEAK_KINDS for reading in best.readings.values())
    return not weak or len(alone) > 1


def _decisive(book: Book, best: tuple[frozenset[str], list[Mend]]) -> bool:
    """Whether the slip of the best explanation says more than chance: a digit of a short number proves
    nothing."""
    one, found = best
    if not found:
        return False
    digits = min(len((digits_of(book.records[name].quote) or "").replace(".", "")) for name in one)
    return digits >= LONG or all(r.kind not in WEAK_KINDS for r in found[0].readings.values())


def _lasting(book: Book, blamed: Sequence[str]) -> bool:
    return any(r.rule in lasting() for r in book.relations.values() if r.blame in blamed)


def _unsolved(book: Book, cluster: Cluster) -> Verdict:
    figures = {n for conflict in cluster.conflicts for n in conflict.owners if n in book.system.figures}
    return Verdict(cluster, _in_order(book, figures), (), True, False, ())


def _in_order(book: Book, names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (book.records[name].char_start, name)))


def _cost(found: Sequence[Mend]) -> float:
    """The cheapest slip, dearer the more other readings would do as well: then the slip proves little."""
    if not found:
        return NO_SLIP
    rivals = sum(mend.cost < found[0].cost + ALIKE and _apart(mend, found[0]) for mend in found)
    return found[0].cost + min(rivals, 3) * RIVAL


def _apart(one: Mend, other: Mend) -> bool:
    """Whether two ways to mend differ by more than rounding."""
    return any(not r.seen.touches(other.readings[name].seen) for name, r in one.readings.items())


def _mends(book: Book, system: Surroundings, one: frozenset[str], others: frozenset[str]) -> list[Mend]:
    figures = [book.system.figures[name] for name in sorted(one)]
    return mends(system, figures, {name: recovered(book.records[name]) for name in one}, others)


def recovered(record: Record) -> list[Reading]:
    """The readings that a table's recovery left open, at the record's precision."""
    half = (Fraction(record.upper) - Fraction(record.lower)) / 2
    return [
        Reading(
            str(value),
            Fraction(value),
            Range(Fraction(value) - half, Fraction(value) + half),
            "other reading of the glyphs",
            cost * 0.3,
        )
        for value, cost in record.readings
    ]


def _of_relations(book: Book, blamed: Sequence[str], cluster: Cluster) -> tuple[str, ...]:
    """The figures that a blamed relation is about: of a part and its whole the part, otherwise all of
    them."""
    found: set[str] = set()
    involved = {n for conflict in cluster.conflicts for n in conflict.owners}
    for relation in book.relations.values():
        if relation.blame not in blamed:
            continue
        quantities = [name for name, _ in relation.terms]
        if relation.rule == "part_exceeds_whole":
            quantities = quantities[1:]
        found.update(n for q in quantities for n in book.observed.get(q, ())[:1])
        found.update([relation.of] if relation.of else [])
        if relation.rule == "currency_pair" and relation.claim is not None:
            found.update(n for q in _pair(relation.claim) for n in book.observed.get(q, ())[:1])
    return _in_order(book, found & involved or found)


def _pair(claim: object) -> Mapping[str, None]:
    return dict.fromkeys(getattr(claim, name) for name in ("over", "under") if hasattr(claim, name))
