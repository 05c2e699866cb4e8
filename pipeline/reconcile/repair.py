"""Readings that restore agreement: for a set of figures found wrong, the slips that the other figures
allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from pipeline.reconcile.bounds import narrowed, shown_to_agree
from pipeline.reconcile.certificates import Programme, lone_conflicts
from pipeline.reconcile.figures import Figure, Surroundings
from pipeline.reconcile.intervals import Range
from pipeline.reconcile.readings import Reading, readings
from pipeline.reconcile.system import Row

TRIED, TRIED_TOGETHER = 12, 4
PAIR_COST = 0.2


@dataclass(frozen=True, slots=True)
class Mend:
    """Readings for all figures of one set that, together, leave no contradiction. `cost` is the dearest of
    them."""

    readings: Mapping[str, Reading]
    cost: float


def implied(system: Surroundings, figure: Figure, others: frozenset[str] = frozenset()) -> Range:
    """The range that the rows (the figure's own and those of `others` left out) leave for the figure's value."""
    return room(figure, narrowed(system.of(quantities([figure]), {figure.name} | others)))


def quantities(figures: Sequence[Figure]) -> set[str]:
    """The quantities that the figures speak of."""
    return {name for figure in figures for row in figure.rows() for name, _ in row.terms}


def room(figure: Figure, box: Mapping[str, Range]) -> Range:
    """The range that boxes of the quantities leave for the figure's value."""
    found = Range()
    known = {**dict.fromkeys(quantities([figure]), Range()), **box}
    if any(at.empty for at in known.values()):
        return found
    for stake in figure.stakes:
        found = found.meet(stake.claim.implied(known))
    return found


def mends(
    system: Surroundings,
    figures: Sequence[Figure],
    extra: Mapping[str, Sequence[Reading]],
    others: frozenset[str] = frozenset(),
) -> list[Mend]:
    """Every tried way to reread all `figures` so that the rows agree, cheapest first.

    `others` are owners whose rows are left out, being wrong as well. `extra` holds readings a table's recovery
    already proposed, by figure. One figure: up to TRIED readings; several: the pair changed round, then
    combinations of the best TRIED_TOGETHER of each (of more figures the best alone). Empty where no slip mends.
    """
    names = {figure.name for figure in figures}
    near = system.of(quantities(figures), names | others, most=150)
    if lone_conflicts(near):
        return []
    box = narrowed(near)
    options = [_allowed(room(figure, box), figure, extra.get(figure.name, ())) for figure in figures]
    most = {1: TRIED, 2: TRIED_TOGETHER}.get(len(figures), 1)
    found = [mend for mend in _changed_round(figures) if _holds(near, figures, mend, box)]
    for chosen in product(*(option[:most] for option in options)):
        mend = Mend({f.name: r for f, r in zip(figures, chosen, strict=True)}, max(r.cost for r in chosen))
        if _holds(near, figures, mend, box):
            found.append(mend)
    return sorted(found, key=lambda mend: mend.cost)


def _allowed(allowed: Range, figure: Figure, extra: Sequence[Reading]) -> list[Reading]:
    found = [*extra, *readings(figure.quote, figure.value, figure.clean, near=allowed)]
    best: dict[Fraction, Reading] = {}
    for reading in sorted(found, key=lambda r: r.cost):
        fitted = _exactly(reading) if figure.exact else reading
        if _fits(fitted.seen, allowed):
            best.setdefault(fitted.value, fitted)
    return list(best.values())


def _fits(seen: Range, allowed: Range) -> bool:
    """Whether the two share more than an end: a reading that only just touches would round the other way."""
    common = seen.meet(allowed)
    if common.empty:
        return False
    return not common.bounded or common.width > 0 or seen.width == 0 or (allowed.bounded and allowed.width == 0)


def _exactly(reading: Reading) -> Reading:
    return Reading(reading.text, reading.value, Range.exactly(reading.value), reading.kind, reading.cost)


def _changed_round(figures: Sequence[Figure]) -> list[Mend]:
    """The two figures of a pair printed in each other's place."""
    if len(figures) != 2:
        return []
    pairs = zip(figures, reversed(figures), strict=True)
    swapped = {f.name: Reading(str(o.value), Fraction(o.value), o.seen, "swapped pair", PAIR_COST) for f, o in pairs}
    return [Mend(swapped, PAIR_COST)]


def _holds(near: Sequence[Row], figures: Sequence[Figure], mend: Mend, box: Mapping[str, Range]) -> bool:
    """Whether the rows around the figures, free of lone contradictions, agree with the readings too; `box` are
    ranges that the quantities lie in."""
    rows = list(near)
    for figure in figures:
        rows.extend(figure.rows(mend.readings[figure.name].seen))
    if lone_conflicts(rows, quantities(figures)):
        return False
    return shown_to_agree(rows) or Programme(rows, box).conflict(frozenset()) is None
