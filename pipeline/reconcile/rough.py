"""Propagation in floats, to pass over the rows that clearly narrow nothing: most of them, most of the time.

No end is ever taken from here: where a row may narrow a quantity, it is worked out in fractions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pipeline.reconcile.intervals import Range
from pipeline.reconcile.system import Row

MARGIN = 1e-9
"""Of the size of the terms: far above the error of sums in floats, far below any printed digit."""

Rough = tuple[float, float]


def rough_range(room: Range) -> Rough:
    """Both ends as floats, infinite where open or too large."""
    return _rough(room.lower, -math.inf), _rough(room.upper, math.inf)


def _rough(end: Fraction | None, beyond: float) -> float:
    if end is None:
        return beyond
    try:
        return float(end)
    except OverflowError:
        return beyond


@dataclass(frozen=True, slots=True)
class RoughRow:
    """A row in floats."""

    terms: tuple[tuple[str, float], ...]
    bounds: Rough

    @classmethod
    def of(cls, row: Row) -> RoughRow:
        """The outline of an exact row."""
        return cls(tuple((name, float(coefficient)) for name, coefficient in row.terms), rough_range(row.bounds))

    def may_narrow(self, rough: Mapping[str, Rough]) -> bool:
        """Whether the row may narrow one of its quantities; False only where it certainly does not."""
        parts = [_times(rough[name], coefficient) for name, coefficient in self.terms]
        lows, highs = [low for low, _ in parts], [high for _, high in parts]
        if any(math.isnan(end) for end in (*lows, *highs)):
            return True
        lower, upper = self.bounds
        known = [end for end in (*lows, *highs, lower, upper) if math.isfinite(end)]
        margin = MARGIN * sum(map(abs, known))
        return _reaches(lows, highs, lower, margin) or _reaches([-h for h in highs], [-x for x in lows], -upper, margin)


def _times(room: Rough, coefficient: float) -> Rough:
    low, high = room[0] * coefficient, room[1] * coefficient
    return (low, high) if coefficient > 0 else (high, low)


def _reaches(lows: list[float], highs: list[float], lower: float, margin: float) -> bool:
    """Whether `sum >= lower` lifts the lower end of some term, the others at their highest."""
    if lower == -math.inf or highs.count(math.inf) > 1:
        return False
    known = sum(high for high in highs if high != math.inf)
    only = math.inf in highs
    return any(
        lower - (known - (0.0 if high == math.inf else high)) > low - margin
        for low, high in zip(lows, highs, strict=True)
        if high == math.inf or not only
    )
