"""Location of errors by conflict cuts (implicit hitting sets).

1. every row alone, exactly: the failures are conflicts;  2. the lightest sets that hit all conflicts;
3. a linear programme with such a set freed, whose certificate is a new conflict;  4. again, until the rest
agrees; 5. all lightest sets of each cluster of conflicts, each of them tested like the first.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.reconcile.bounds import shown_to_agree
from pipeline.reconcile.certificates import Programme, lone_conflicts
from pipeline.reconcile.hitting import clusters, lightest, minimal
from pipeline.reconcile.pairs import paired_conflicts
from pipeline.reconcile.system import Row, components, rows_at_work

SECONDS = 2.0
"""Time for one connected group of figures; beyond it its conflicts are reported unsolved."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rows (indices into the system) that cannot all hold, and the figures and relations they rest on."""

    rows: tuple[int, ...]
    owners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Conflicts that share suspects. `sets` are all lightest explanations; `solved` False: time ran out or
    none exists."""

    conflicts: tuple[Conflict, ...]
    sets: tuple[frozenset[str], ...]
    solved: bool = True


@dataclass
class _Search:
    """The search in one component; `rows` are local, `where` their indices in the system."""

    rows: list[Row]
    where: list[int]
    weights: Mapping[str, float]
    slack: float
    deadline: float
    found: dict[frozenset[str], Conflict] = field(default_factory=dict)
    programme: Programme | None = None

    def note(self, local: Sequence[int]) -> None:
        owners = frozenset().union(*(self.rows[i].owners for i in local))
        self.found.setdefault(owners, Conflict(tuple(self.where[i] for i in local), owners))

    def late(self) -> bool:
        return time.thread_time() > self.deadline

    def groups(self) -> list[list[frozenset[str]]]:
        return clusters(minimal(list(self.found)))

    def contradiction(self, freed: frozenset[str]) -> tuple[int, ...] | None:
        if shown_to_agree([self.rows[i] for i in rows_at_work(self.rows, freed)]):
            return None
        if self.programme is None:
            self.programme = Programme(self.rows)
        return self.programme.conflict(freed)

    def collect(self, freed: frozenset[str]) -> bool:
        """Notes disjoint contradictions that remain when `freed` is out; tells whether there were any."""
        news = False
        while not self.late():
            rows = self.contradiction(freed)
            if rows is None:
                return news
            self.note(rows)
            news = True
            freed |= frozenset().union(*(self.rows[i].owners for i in rows))
            if all(not self.rows[i].owners for i in rows):
                return False
        return news


def locate(
    rows: Sequence[Row], weights: Mapping[str, float], slack: float = 0.0, seconds: float = SECONDS
) -> list[Cluster]:
    """All clusters of contradictions with their lightest explanations (weight within `slack` of the least).

    `weights` gives every owner's cost of being wrong. Rows without owners are never blamed.
    """
    found: list[Cluster] = []
    for where in components(rows):
        local = [rows[i] for i in where]
        if any(not row.observes for row in local) or len(local) > 1:
            search = _Search(local, where, weights, slack, time.thread_time() + seconds)
            found.extend(_component(search))
    return found


def _component(search: _Search) -> list[Cluster]:
    lone = lone_conflicts(search.rows)
    for rows in [*lone, *paired_conflicts(search.rows, lone)]:
        search.note(rows)
    if not search.found and shown_to_agree(search.rows):
        return []
    _first_explanation(search)
    return _all_explanations(search)


def _first_explanation(search: _Search) -> None:
    """Steps 2 to 4: conflicts are added until the lightest explanation of all of them leaves no
    contradiction."""
    while not search.late():
        freed = _choice(
            [lightest(group, search.weights, most=1, deadline=search.deadline) for group in search.groups()]
        )
        if not search.collect(freed):
            return


def _choice(sets: Sequence[Sequence[frozenset[str]]]) -> frozenset[str]:
    return frozenset().union(*(options[0] for options in sets if options))


def _all_explanations(search: _Search) -> list[Cluster]:
    """Step 5; a new contradiction behind one of the sets sends the search back to step 2."""
    passed: set[frozenset[str]] = set()
    while True:
        groups = search.groups()
        options = [lightest(group, search.weights, search.slack, deadline=search.deadline) for group in groups]
        if not _refuted(search, options, passed) or search.late():
            break
        _first_explanation(search)
    return [_cluster(search, group, sets) for group, sets in zip(groups, options, strict=True)]


def _refuted(search: _Search, options: list[list[frozenset[str]]], passed: set[frozenset[str]]) -> bool:
    """Whether any of the sets leaves a contradiction; all of them are tried, so that one round brings many
    cuts."""
    chosen = [sets[0] if sets else frozenset() for sets in options]
    news = False
    for i, sets in enumerate(options):
        others = frozenset().union(*(one for k, one in enumerate(chosen) if k != i))
        for one in sets[1:]:
            freed = others | one
            if freed in passed or any(freed.isdisjoint(owners) for owners in search.found):
                continue
            if search.late():
                return news
            if search.collect(freed):
                news = True
            else:
                passed.add(freed)
    return news


def _cluster(search: _Search, group: list[frozenset[str]], sets: list[frozenset[str]]) -> Cluster:
    return Cluster(tuple(search.found[owners] for owners in group), tuple(sets), bool(sets) and not search.late())
