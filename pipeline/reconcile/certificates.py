"""Infeasible subsystems: found by a linear programme, proved in exact fractions.

The programme minimises the largest violation t of the rows, each measured in half-widths. A vertex of its
dual is an irreducible infeasible subsystem (Gleeson and Ryan 1990, "Identifying minimally infeasible
subsystems of inequalities"), and such a subsystem has one certificate up to scale, which Gaussian
elimination finds exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from pipeline.reconcile.bounds import narrowed
from pipeline.reconcile.intervals import Range
from pipeline.reconcile.system import Row, boxes

TOLERANCE = 1e-7
"""Violations below it (in half-widths of the widest term) are left to the exact checks."""


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a row: `sign` +1 for its upper end (terms <= bound), -1 for its lower end."""

    row: int
    sign: int


@dataclass(frozen=True, slots=True)
class Units:
    """u = (x - centre) / half for every quantity: conditioning then follows digits, not magnitude."""

    centre: dict[str, Fraction]
    half: dict[str, Fraction]


def units_of(rows: Sequence[Row], known: Mapping[str, Range] | None = None) -> Units:
    """Centres and half-widths from the observations, or from what propagation leaves; magnitudes where
    nothing does."""
    observed = boxes(rows)
    if known is None:
        known = observed if all(box.bounded for box in observed.values()) else narrowed(rows)
    centre: dict[str, Fraction] = {}
    half: dict[str, Fraction] = {}
    for name, box in observed.items():
        use = box if box.bounded and not box.empty else known.get(name, box)
        if use.bounded and not use.empty:
            centre[name] = use.middle
            half[name] = use.width / 2 or abs(use.middle) / 10**6 or Fraction(1)
    scale = max(map(abs, centre.values()), default=Fraction(1)) or Fraction(1)
    for name in observed:
        centre.setdefault(name, Fraction(0))
        half.setdefault(name, scale)
    return Units(centre, half)


class Programme:
    """The linear programme of one connected group of rows, built once and solved for any set of rows at
    work."""

    def __init__(self, rows: Sequence[Row], known: Mapping[str, Range] | None = None) -> None:
        self.rows = rows
        self.units = units_of(rows, known)
        self.names = sorted({name for row in rows for name, _ in row.terms})
        self.sides: list[Side] = []
        self.matrix, self.bound = self._build()

    def _build(self) -> tuple[Any, Any]:
        from scipy.sparse import csr_array  # late: importing SciPy takes about a second

        index = {name: i for i, name in enumerate(self.names)}
        half = {name: float(width) for name, width in self.units.half.items()}
        data: list[float] = []
        at_row: list[int] = []
        at_column: list[int] = []
        bound: list[float] = []
        for number, row in enumerate(self.rows):
            loads = [(index[n], float(c) * half[n]) for n, c in row.terms]
            scale = max((abs(load) for _, load in loads), default=1.0)
            offset = sum((c * self.units.centre[n] for n, c in row.terms), Fraction(0))
            for sign, end in ((1, row.bounds.upper), (-1, row.bounds.lower)):
                if end is None:
                    continue
                for column, load in loads:
                    at_row.append(len(bound))
                    at_column.append(column)
                    data.append(sign * load / scale)
                at_row.append(len(bound))
                at_column.append(len(self.names))
                data.append(-1.0)
                bound.append(sign * float(end - offset) / scale - (2 * TOLERANCE if row.strict else 0.0))
                self.sides.append(Side(number, sign))
        shape = (len(bound), len(self.names) + 1)
        return csr_array((data, (at_row, at_column)), shape=shape), np.array(bound)

    def conflict(self, freed: frozenset[str]) -> tuple[int, ...] | None:
        """Rows of one irreducible contradiction among those that `freed` leaves, exactly proved; None: they
        agree."""
        from scipy.optimize import linprog

        rows_left = {i for i, row in enumerate(self.rows) if freed.isdisjoint(row.owners)}
        kept = np.array([i for i, side in enumerate(self.sides) if side.row in rows_left], dtype=int)
        if kept.size == 0:
            return None
        cost = np.zeros(len(self.names) + 1)
        cost[-1] = 1.0
        limits = [(None, None)] * len(self.names) + [(0, None)]
        found = linprog(cost, A_ub=self.matrix[kept], b_ub=self.bound[kept], bounds=limits, method="highs-ds")
        if found.status != 0 or found.fun <= TOLERANCE:
            return None
        loads = -found.ineqlin.marginals
        sides = [self.sides[kept[i]] for i in np.flatnonzero(loads > 1e-9)]
        return tuple(sorted({side.row for side in sides})) if proves(self.rows, sides) else None


def proves(rows: Sequence[Row], sides: Sequence[Side]) -> bool:
    """Whether some non-negative weights on the sides cancel every quantity and leave `0 <= negative`,
    exactly."""
    weights = _certificate(rows, sides)
    if weights is None:
        return False
    gap, strict = Fraction(0), False
    for side, weight in zip(sides, weights, strict=True):
        end = rows[side.row].bounds.upper if side.sign > 0 else rows[side.row].bounds.lower
        if end is None:
            return False
        gap += weight * side.sign * end
        strict |= rows[side.row].strict and weight > 0
    return gap < 0 or (strict and gap == 0)


def _certificate(rows: Sequence[Row], sides: Sequence[Side]) -> list[Fraction] | None:
    """The one vector (up to scale) that cancels all terms, with all entries positive; None if there is no
    such one."""
    balance: dict[str, dict[int, Fraction]] = {}
    for column, side in enumerate(sides):
        for name, coefficient in rows[side.row].terms:
            balance.setdefault(name, {})[column] = coefficient * side.sign
    solved = _eliminated(list(balance.values()))
    free = [column for column in range(len(sides)) if column not in solved]
    if len(free) != 1:
        return None
    weights = [Fraction(1)] * len(sides)
    for column, left in reversed(solved.items()):
        weights[column] = -sum((c * weights[other] for other, c in left.items()), Fraction(0))
    return weights if all(weight > 0 for weight in weights) else None


def _eliminated(equations: list[dict[int, Fraction]]) -> dict[int, dict[int, Fraction]]:
    """Homogeneous equations solved one unknown at a time, shortest first: unknown = -(sum of the rest), the
    rest holding unknowns that are solved later or free. Sparse, as such certificates are."""
    solved: dict[int, dict[int, Fraction]] = {}
    while equations:
        pivot = equations.pop(min(range(len(equations)), key=lambda i: len(equations[i])))
        if not pivot:
            continue
        column = min(pivot, key=lambda c: (sum(c in equation for equation in equations), c))
        lead = pivot.pop(column)
        rest = {other: value / lead for other, value in pivot.items()}
        solved[column] = rest
        for equation in equations:
            factor = equation.pop(column, None)
            if factor is not None:
                _subtract(equation, rest, factor)
    return solved


def _subtract(equation: dict[int, Fraction], rest: Mapping[int, Fraction], factor: Fraction) -> None:
    for other, value in rest.items():
        left = equation.get(other, Fraction(0)) - factor * value
        if left:
            equation[other] = left
        else:
            equation.pop(other, None)


def lone_conflicts(rows: Sequence[Row], about: Collection[str] | None = None) -> list[tuple[int, ...]]:
    """Contradictions that one relation alone shows: two observations apart, or a relation that no values in
    the boxes meet; only those with a quantity of `about`, if given."""
    watch: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if row.observes:
            watch.setdefault(row.terms[0][0], []).append(i)
    found = [pair for name, at in watch.items() if about is None or name in about for pair in _apart(rows, at)]
    for i, row in enumerate(rows):
        if not row.observes and (about is None or any(name in about for name, _ in row.terms)):
            found.extend(_row_alone(rows, i, watch))
    return found


def _seen(row: Row) -> Range:
    return row.bounds.scaled(1 / row.terms[0][1])


def _apart(rows: Sequence[Row], at: list[int]) -> list[tuple[int, ...]]:
    return [(i, j) for k, i in enumerate(at) for j in at[k + 1 :] if not _seen(rows[i]).touches(_seen(rows[j]))]


def _row_alone(rows: Sequence[Row], i: int, watch: dict[str, list[int]]) -> list[tuple[int, ...]]:
    """The row with, for each term, the observation that bounds it most tightly on the side that fails."""
    row, found = rows[i], []
    for sign, end in ((1, row.bounds.upper), (-1, row.bounds.lower)):
        if end is None:
            continue
        least, used = Fraction(0), []
        for name, coefficient in row.terms:
            reach = [(_seen(rows[k]).scaled(coefficient * sign).lower, k) for k in watch.get(name, ())]
            tight = max(((low, -k) for low, k in reach if low is not None), default=None)
            if tight is None:
                break
            least += tight[0]
            used.append(-tight[1])
        else:
            strict = row.strict or any(rows[k].strict for k in used)
            if least > sign * end or (strict and least == sign * end):
                found.append(tuple(sorted({i, *used})))
    return found
