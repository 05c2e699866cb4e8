"""Minimum-weight hitting sets: the cheapest sets of figures and relations that touch every contradiction."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

LEAST_SECONDS = 0.2
FEW = 16
"""Of so many conflicts all explanations are sought from the start; of more only in the end."""
MOST = 24
"""So many sets of a cluster are listed; beyond them the case is hopelessly ambiguous anyway."""


def clusters(conflicts: Sequence[frozenset[str]]) -> list[list[frozenset[str]]]:
    """Conflicts grouped so that different groups share no element, in order of their first conflict."""
    groups: list[tuple[set[str], list[frozenset[str]]]] = []
    for conflict in conflicts:
        touching = [group for group in groups if not group[0].isdisjoint(conflict)]
        merged = (
            set(conflict).union(*(g[0] for g in touching)),
            [c for g in touching for c in g[1]] + [conflict],
        )
        groups = [group for group in groups if group[0].isdisjoint(conflict)]
        groups.append(merged)
    return [group for _, group in groups]


@dataclass
class Group:
    """Conflicts with the sets that explain them lightest; other groups share none of their elements, but for
    conflicts that whatever explains this group explains as well. `core` is common to all explanations."""

    conflicts: list[frozenset[str]]
    sets: list[frozenset[str]]
    core: frozenset[str]


def grouped(
    conflicts: Sequence[frozenset[str]], lightest_of: Callable[[Sequence[frozenset[str]]], list[frozenset[str]]]
) -> list[Group]:
    """The minimal conflicts in groups that can be explained one by one, those of few elements first.

    A conflict that holds an element common to all explanations of a group is explained with it and ties
    nothing together: so the total of a large table, wrong for each of its cells, does not make one heap of
    them. `lightest_of` gives all explanations of some conflicts, or one where they are more than FEW.
    """
    kept: list[frozenset[str]] = []
    waiting = minimal(conflicts)
    groups: list[Group] = []
    while True:
        for size in sorted({len(conflict) for conflict in waiting}):
            kept += [c for c in waiting if len(c) == size and _explaining(groups, c) is None]
            groups = [_group(one, lightest_of(one)) for one in clusters(kept)]
        settled = [conflict for conflict in waiting if conflict not in kept]
        waiting = [conflict for conflict in settled if _explaining(groups, conflict) is None]
        if not waiting:
            break
    for conflict in settled:
        groups[_explaining(groups, conflict) or 0].conflicts.append(conflict)
    return groups


def _group(conflicts: list[frozenset[str]], sets: list[frozenset[str]]) -> Group:
    core = frozenset.intersection(*sets) if sets and len(conflicts) <= FEW else frozenset()
    return Group(conflicts, sets, core)


def _explaining(groups: Sequence[Group], conflict: frozenset[str]) -> int | None:
    return next((i for i, group in enumerate(groups) if not group.core.isdisjoint(conflict)), None)


def minimal(conflicts: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The conflicts without doubles and without those that contain a smaller one."""
    kept: list[frozenset[str]] = []
    for conflict in sorted(set(conflicts), key=lambda c: (len(c), sorted(c))):
        if not any(other and other <= conflict for other in kept):
            kept.append(conflict)
    return kept


def lightest(
    conflicts: Sequence[frozenset[str]],
    weights: Mapping[str, float],
    slack: float = 0.0,
    most: int = MOST,
    deadline: float = float("inf"),
) -> list[frozenset[str]]:
    """All irredundant sets that hit every conflict and weigh at most the minimum plus `slack`, lightest
    first.

    At most `most` sets, those found before `deadline` (seconds of `time.thread_time`); an empty list where a
    conflict has no element (nothing can be blamed).
    """
    if any(not conflict for conflict in conflicts):
        return []
    if len(conflicts) == 1:
        return _of_one(conflicts[0], weights, slack)[:most]
    alike = _alike(conflicts, weights)
    leading = {members[0]: pattern for pattern, members in _undominated(alike, weights).items()}
    found = _of_many(leading, len(conflicts), weights, slack, (most, deadline))
    if most == 1 or not found:
        return found
    limit = min(_weight(one, weights) for one in found) + slack + 1e-6
    spread = _spread(found, conflicts, weights, limit)
    return sorted(spread, key=lambda one: (round(_weight(one, weights), 9), sorted(one)))[:most]


def _weight(one: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights[name] for name in one)


def _of_one(conflict: frozenset[str], weights: Mapping[str, float], slack: float) -> list[frozenset[str]]:
    ranked = sorted(conflict, key=lambda name: (weights[name], name))
    limit = weights[ranked[0]] + slack + 1e-9
    return [frozenset({name}) for name in ranked if weights[name] <= limit]


def _alike(conflicts: Sequence[frozenset[str]], weights: Mapping[str, float]) -> dict[frozenset[int], list[str]]:
    """Elements by the conflicts that they touch, the lightest of each group first: one of them stands for
    all."""
    touched: dict[str, set[int]] = defaultdict(set)
    for i, conflict in enumerate(conflicts):
        for name in conflict:
            touched[name].add(i)
    groups: dict[frozenset[int], list[str]] = defaultdict(list)
    for name in sorted(touched, key=lambda name: (weights[name], name)):
        groups[frozenset(touched[name])].append(name)
    return groups


def _undominated(
    alike: Mapping[frozenset[int], list[str]], weights: Mapping[str, float]
) -> dict[frozenset[int], list[str]]:
    """Without the groups that touch less than another one at no smaller weight."""
    return {
        pattern: members
        for pattern, members in alike.items()
        if not any(pattern < other and weights[names[0]] <= weights[members[0]] for other, names in alike.items())
    }


def _of_many(
    leaders: Mapping[str, frozenset[int]],
    conflicts: int,
    weights: Mapping[str, float],
    slack: float,
    stop: tuple[int, float],
) -> list[frozenset[str]]:
    from scipy.optimize import Bounds, LinearConstraint, milp  # late: importing SciPy takes about a second

    names = sorted(leaders)
    cost = np.array([weights[name] for name in names])
    rows = [np.array([1.0 if i in leaders[name] else 0.0 for name in names]) for i in range(conflicts)]
    least = [1.0] * conflicts
    found: list[frozenset[str]] = []
    limit, (most, deadline) = np.inf, stop
    for _ in range(3 * most):
        answer = milp(
            cost,
            integrality=np.ones(len(names)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(np.array(rows), lb=np.array(least)),
            options={"time_limit": max(LEAST_SECONDS, min(deadline - time.thread_time(), 60.0))},
        )
        if answer.x is None or answer.fun > limit:
            break
        if not found:
            limit = answer.fun + slack + 1e-6
        chosen = answer.x > 0.5
        rows.append(np.where(chosen, -1.0, 0.0))
        least.append(1.0 - chosen.sum())
        one = frozenset(name for name, at in zip(names, chosen, strict=True) if at)
        if _irredundant(one, leaders):
            found.append(one)
        if len(found) == most or time.thread_time() > deadline:
            break
    return found


def _irredundant(chosen: frozenset[str], leaders: Mapping[str, frozenset[int]]) -> bool:
    """Whether every element is needed: it alone touches some conflict."""
    return all(leaders[name] - frozenset().union(*(leaders[o] for o in chosen - {name})) for name in chosen)


def _spread(
    found: Sequence[frozenset[str]],
    conflicts: Sequence[frozenset[str]],
    weights: Mapping[str, float],
    limit: float,
) -> set[frozenset[str]]:
    """Every set reached by exchanging one element at a time; from the undominated sets that reaches all
    others."""
    known, waiting = set(found), list(found)
    while waiting and len(known) < 4 * MOST:
        one = waiting.pop(0)
        for name in sorted(one):
            rest = one - {name}
            missed = [conflict for conflict in conflicts if rest.isdisjoint(conflict)]
            for other in sorted(frozenset.intersection(*missed) - one) if missed else ():
                fresh = rest | {other}
                if fresh not in known and _weight(fresh, weights) <= limit:
                    known.add(fresh)
                    waiting.append(fresh)
    return known
