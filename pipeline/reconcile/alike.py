"""Whether two printed values may be one figure: within rounding, nearly, or one slip apart."""

from __future__ import annotations

import re
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile.intervals import of_record
from pipeline.reconcile.readings import digits_of, readings

NEAR_LEVEL, NEAR_POINTS = Fraction(10, 100), Fraction(3)
NEAR_BOUND = Fraction(25, 100)
LIKELY_SLIP = 0.3
HEADLINE, LONG = 160, 4
"""Characters in which a headline ends; digits that make two numbers alike by more than chance."""
_REVISED = re.compile(r"\b(revis\w+|preliminary|provisional|initial\w*|earlier estimate|previously)\b", re.I)


def agree(one: Record, other: Record) -> bool:
    """Whether the two printed intervals share a value; at the same precision the digits must be the same."""
    if same_precision(one, other):
        return one.obs_value == other.obs_value
    return of_record(one).touches(of_record(other))


def same_precision(one: Record, other: Record) -> bool:
    """Whether both are rounded alike, without `about` or `more than`."""
    return one.bound == other.bound == "=" and one.upper - one.lower == other.upper - other.lower


def slip_apart(one: Record, other: Record, digits: int = 2) -> bool:
    """Whether a single common slip in either makes the two agree. Numbers of fewer than `digits` digits
    (zeros in front not counted) tell nothing."""
    if any(len((digits_of(r.quote) or "").replace(".", "").lstrip("0")) < digits for r in (one, other)):
        return False
    for first, second in ((one, other), (other, one)):
        near = readings(first.quote, first.obs_value, near=of_record(second))
        if any(reading.cost <= LIKELY_SLIP for reading in near):
            return True
    return False


def close(one: Record, other: Record, by: Fraction = NEAR_LEVEL) -> bool:
    """Whether the values are nearly equal: levels within a tenth, percentages within three points."""
    apart = abs(Fraction(one.obs_value) - Fraction(other.obs_value))
    if one.measure != "level":
        return apart <= NEAR_POINTS
    return apart <= by * max(abs(Fraction(one.obs_value)), abs(Fraction(other.obs_value)))


def meant_alike(one: Record, other: Record) -> bool:
    """Whether the two can be prints of one figure, one of them perhaps in error.

    Text and table: close, or one slip apart. Two places of the text: one slip apart, where the first is the
    headline or the numbers are long; a figure and its revision, or two figures of one sentence, never.
    """
    if agree(one, other):
        return close(one, other, NEAR_BOUND)
    if _REVISED.search(one.sentence) or _REVISED.search(other.sentence):
        return False
    if (one.table is None) != (other.table is None):
        return close(one, other) or slip_apart(one, other)
    if one.table is not None or one.sentence == other.sentence:
        return False
    headline = min(one.char_start, other.char_start) < HEADLINE
    return slip_apart(one, other, 2 if headline else LONG)
