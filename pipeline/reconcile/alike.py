"""Whether two printed values may be one figure: within rounding, nearly, or one slip apart."""

from __future__ import annotations

from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile.intervals import of_record
from pipeline.reconcile.readings import readings

NEAR_LEVEL, NEAR_POINTS = Fraction(10, 100), Fraction(3)


def agree(one: Record, other: Record) -> bool:
    """Whether the two printed intervals share a value."""
    return of_record(one).touches(of_record(other))


def slip_apart(one: Record, other: Record) -> bool:
    """Whether a single slip in either makes the two agree."""
    for first, second in ((one, other), (other, one)):
        seen = of_record(second)
        if any(reading.seen.touches(seen) and reading.cost < 0.42 for reading in readings(first.quote, first.obs_value)):
            return True
    return False


def close(one: Record, other: Record) -> bool:
    """Whether the values are nearly equal: levels within a tenth, percentages within three points."""
    apart = abs(Fraction(one.obs_value) - Fraction(other.obs_value))
    if one.measure != "level":
        return apart <= NEAR_POINTS
    return apart <= NEAR_LEVEL * max(abs(Fraction(one.obs_value)), abs(Fraction(other.obs_value)))


def meant_alike(one: Record, other: Record) -> bool:
    """Whether the two can be prints of one figure, one of them perhaps in error."""
    return agree(one, other) or close(one, other) or slip_apart(one, other)
