"""Exact bound propagation: what the other figures leave open for each quantity.

Sound (the true range is never cut) and, where no two relations share two quantities round a loop, also tight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from pipeline.reconcile.intervals import Range
from pipeline.reconcile.system import Merged, Row, boxes

ROUNDS = 12
DENOMINATOR = 10**24
"""Ends are rounded outward to this grid, so that chains of quotients keep a bearable size."""


def narrowed(rows: Sequence[Row], rounds: int = ROUNDS) -> dict[str, Range]:
    """The range of every quantity that the rows leave; some are empty where the rows contradict one
    another."""
    box = boxes(rows)
    relations = [row for row in rows if not row.observes]
    fresh = set(box)
    for _ in range(rounds):
        moved: set[str] = set()
        for row in relations:
            if any(name in fresh or name in moved for name, _ in row.terms):
                moved |= _pull(row, box)
        fresh = moved
        if not moved or any(box[name].empty for name in moved):
            break
    return box


def acyclic(rows: Iterable[Row]) -> bool:
    """Whether the relations form no loop, so that propagation alone decides whether they agree."""
    links = {(row.label, frozenset(name for name, _ in row.terms)) for row in rows if not row.observes}
    merged = Merged()
    for label, names in sorted(links, key=lambda link: (link[0], sorted(link[1]))):
        for name in sorted(names):
            if not merged.join(f"relation {label} {sorted(names)}", name):
                return False
    return True


def _pull(row: Row, box: dict[str, Range]) -> set[str]:
    """Narrows each quantity of one row by the others; returns those with an end that moved by a millionth or
    more."""
    moved: set[str] = set()
    parts = [box[name].scaled(coefficient) for name, coefficient in row.terms]
    lowers, uppers = _sum([part.lower for part in parts]), _sum([part.upper for part in parts])
    for (name, coefficient), own in zip(row.terms, parts, strict=True):
        lower, upper = _rest(lowers, own.lower), _rest(uppers, own.upper)
        allowed = (row.bounds - Range(lower, upper)).scaled(1 / coefficient)
        new = box[name].meet(_outward(allowed))
        if _gained(box[name], new):
            moved.add(name)
        box[name] = new
    return moved


def _sum(ends: list[Fraction | None]) -> tuple[Fraction, int]:
    """The sum of the known ends, and how many are open."""
    return sum((end for end in ends if end is not None), Fraction(0)), sum(end is None for end in ends)


def _rest(whole: tuple[Fraction, int], own: Fraction | None) -> Fraction | None:
    """The sum of the ends less one's own; None where another end is open."""
    known, missing = whole
    if missing > (own is None):
        return None
    return known - (own or 0)


def _outward(found: Range) -> Range:
    lower, upper = found.lower, found.upper
    if lower is not None and lower.denominator > DENOMINATOR:
        lower = Fraction(lower.numerator * DENOMINATOR // lower.denominator, DENOMINATOR)
    if upper is not None and upper.denominator > DENOMINATOR:
        upper = Fraction(-(-upper.numerator * DENOMINATOR // upper.denominator), DENOMINATOR)
    return Range(lower, upper)


def _gained(old: Range, new: Range) -> bool:
    for before, after in ((old.lower, new.lower), (old.upper, new.upper)):
        if before is None and after is not None:
            return True
        if before is not None and after is not None and abs(after - before) > abs(before) / 10**6:
            return True
    return False
