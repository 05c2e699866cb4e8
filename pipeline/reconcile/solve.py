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
from pipeline.reconcile.hitting import FEW, MOST, Group, grouped, lightest
from pipeline.reconcile.pairs import paired_conflicts
from pipeline.reconcile.system import Row, components, rows_at_work

SECONDS = 2.0
"""Time for one connected group of figures; beyond it its conflicts are reported unsolved."""
LONG = 12
"""Relations of more terms (the totals of a large table) are left out at first: what hangs together without them
is small and soon solved."""


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
    solved: dict[frozenset[frozenset[str]], list[frozenset[str]]] = field(default_factory=dict)

    def note(self, local: Sequence[int]) -> None:
        owners = frozenset().union(*(self.rows[i].owners for i in local))
        self.found.setdefault(owners, Conflict(tuple(self.where[i] for i in local), owners))

    def late(self) -> bool:
        return time.thread_time() > self.deadline

    def groups(self) -> list[Group]:
        return grouped(list(self.found), self.first)

    def first(self, conflicts: Sequence[frozenset[str]]) -> list[frozenset[str]]:
        key = frozenset(conflicts)
        if key not in self.solved:
            self.solved[key] = self.lightest(conflicts, MOST if len(conflicts) <= FEW else 1)
        return self.solved[key]

    def lightest(self, conflicts: Sequence[frozenset[str]], most: int = MOST) -> list[frozenset[str]]:
        return lightest(conflicts, self.weights, self.slack, most, self.deadline)

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
    _solve_parts(search)
    _first_explanation(search)
    return _all_explanations(search)


def _solve_parts(search: _Search) -> None:
    """Notes the contradictions of every part that hangs together without long relations: small ones, soon
    solved."""
    short = [i for i, row in enumerate(search.rows) if len(row.terms) <= LONG]
    if not search.found or len(short) == len(search.rows):
        return
    for where in components([search.rows[i] for i in short]):
        local = [short[i] for i in where]
        rows = [search.rows[i] for i in local]
        alone = lone_conflicts(rows)
        if search.late() or not alone:
            continue
        part = _Search(rows, local, search.weights, search.slack, search.deadline)
        for conflict_rows in alone:
            part.note(conflict_rows)
        _first_explanation(part)
        for conflict in part.found.values():
            search.note(conflict.rows)


def _first_explanation(search: _Search) -> None:
    """Steps 2 to 4: conflicts are added until the lightest explanation of all of them leaves no
    contradiction."""
    while not search.late():
        if not search.collect(_choice([group.sets for group in search.groups()])):
            return


def _choice(sets: Sequence[Sequence[frozenset[str]]]) -> frozenset[str]:
    return frozenset().union(*(options[0] for options in sets if options))


def _all_explanations(search: _Search) -> list[Cluster]:
    """Step 5; a new contradiction behind one of the sets sends the search back to step 2."""
    passed: set[frozenset[str]] = set()
    while True:
        groups = search.groups()
        for group in groups:
            if len(group.conflicts) > FEW:
                group.sets = search.lightest(group.conflicts)
        if not _refuted(search, [group.sets for group in groups], passed) or search.late():
            break
        _first_explanation(search)
    return [_cluster(search, group) for group in groups]


def _refuted(search: _Search, options: list[list[frozenset[str]]], passed: set[frozenset[str]]) -> bool:
    """Whether any of the sets leaves a contradiction; all of them are tried, so that one round brings many
    cuts."""
    passed |= _passed_together(search, options)
    news = False
    for i, sets in enumerate(options):
        for one in sets[1:]:
            freed = _with(options, i, one)
            if freed in passed or any(freed.isdisjoint(owners) for owners in search.found):
                continue
            if search.late():
                return news
            if search.collect(freed):
                news = True
            else:
                passed.add(freed)
    return news


def _passed_together(search: _Search, options: list[list[frozenset[str]]]) -> set[frozenset[str]]:
    """The sets that leave no contradiction when every group is explained by its second, third ... set at once:
    mostly all of them, for the price of a few programmes."""
    passed: set[frozenset[str]] = set()
    several = [i for i, sets in enumerate(options) if len(sets) > 1]
    for k in range(1, max(map(len, options), default=0) if len(several) > 1 else 0):
        freed = frozenset().union(*(sets[min(k, len(sets) - 1)] for sets in options if sets))
        if not search.late() and search.contradiction(freed) is None:
            passed.update(_with(options, i, options[i][k]) for i in several if k < len(options[i]))
    return passed


def _with(options: list[list[frozenset[str]]], i: int, one: frozenset[str]) -> frozenset[str]:
    """The first set of every group, but `one` of the group `i`."""
    return one.union(*(sets[0] for k, sets in enumerate(options) if k != i and sets))


def _cluster(search: _Search, group: Group) -> Cluster:
    conflicts = tuple(search.found[owners] for owners in group.conflicts)
    return Cluster(conflicts, tuple(group.sets), bool(group.sets) and not search.late())
