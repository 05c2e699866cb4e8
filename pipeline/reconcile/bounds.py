"""Exact bound propagation: what the other figures leave open for each quantity.

Sound (the true range is never cut) and, where no two relations share two quantities round a loop, also tight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from pipeline.reconcile.intervals import Range
from pipeline.reconcile.rough import RoughRow, rough_range
from pipeline.reconcile.system import Merged, Row, boxes

ROUNDS = 12
DENOMINATOR = 10**24
"""Ends are rounded outward to this grid, so that chains of quotients keep a bearable size."""


def narrowed(rows: Sequence[Row], rounds: int = ROUNDS) -> dict[str, Range]:
    """The range of every quantity that the rows leave; some are empty where the rows contradict one
    another."""
    box = boxes(rows)
    rough = {name: rough_range(at) for name, at in box.items()}
    relations = [(row, RoughRow.of(row)) for row in rows if not row.observes]
    fresh = set(box)
    for _ in range(rounds):
        moved: set[str] = set()
        for row, outline in relations:
            if any(name in fresh or name in moved for name, _ in row.terms) and outline.may_narrow(rough):
                moved |= _pull(row, box)
                rough.update((name, rough_range(box[name])) for name, _ in row.terms)
        fresh = moved
        if not moved or any(box[name].empty for name in moved):
            break
    return box


def shown_to_agree(rows: Sequence[Row]) -> bool:
    """Whether propagation alone shows that the rows agree: only where there is no loop and no strict end."""
    if any(row.strict for row in rows) or not acyclic(rows):
        return False
    return not any(box.empty for box in narrowed(rows).values())


def acyclic(rows: Iterable[Row]) -> bool:
    """Whether the relations form no loop, so that propagation alone decides whether they agree."""
    merged, known = Merged(), set[tuple[str, frozenset[str]]]()
    for row in rows:
        link = (row.label, frozenset(name for name, _ in row.terms))
        if row.observes or link in known:
            continue
        known.add(link)
        if not all(merged.join(f"relation {len(known)}", name) for name in link[1]):
            return False
    return True


def _pull(row: Row, box: dict[str, Range]) -> set[str]:
    """Narrows each quantity of one row by the others; returns those with an end that moved by a millionth or
    more."""
    moved: set[str] = set()
    parts = [box[name].scaled(coefficient) for name, coefficient in row.terms]
    lowers, uppers = _sum([part.lower for part in parts]), _sum([part.upper for part in parts])
    for (name, coefficient), own in zip(row.terms, parts, strict=True):
        allowed = Range(
            _less(row.bounds.lower, _rest(uppers, own.upper)), _less(row.bounds.upper, _rest(lowers, own.lower))
        )
        if not _tighter(allowed, own):
            continue
        new = box[name].meet(_outward(allowed.scaled(1 / coefficient)))
        if _gained(box[name], new):
            moved.add(name)
        box[name] = new
    return moved


def _less(end: Fraction | None, rest: Fraction | None) -> Fraction | None:
    return None if end is None or rest is None else end - rest


def _tighter(allowed: Range, own: Range) -> bool:
    """Whether an end of `allowed` lies within `own`: most do not, and need no division."""
    lower = allowed.lower is not None and (own.lower is None or allowed.lower > own.lower)
    return lower or (allowed.upper is not None and (own.upper is None or allowed.upper < own.upper))


def _sum(ends: list[Fraction | None]) -> tuple[Fraction, int]:
    """The sum of the known ends, and how many are open (beyond one the sum tells nothing)."""
    missing = ends.count(None)
    return Fraction(0) if missing > 1 else sum((end for end in ends if end is not None), Fraction(0)), missing


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
        if before is None or after is None or after is before or after == before:
            continue
        if abs(after - before) > abs(before) / 10**6:
            return True
    return False
