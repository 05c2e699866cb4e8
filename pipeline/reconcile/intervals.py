"""Closed intervals of exact fractions, open ends allowed; and the interval that a printed figure stands
for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.model.record import Record

ABOUT = Fraction(5, 100)
"""How far `about`, `nearly` and `almost` may miss: five hundredths of the value."""


@dataclass(frozen=True, slots=True)
class Range:
    """`lower <= x <= upper`; None is an end that nothing bounds. Empty when the ends cross."""

    lower: Fraction | None = None
    upper: Fraction | None = None

    @classmethod
    def exactly(cls, value: Fraction) -> Range:
        """The one value."""
        return cls(value, value)

    @property
    def empty(self) -> bool:
        """Whether no value fits."""
        return self.lower is not None and self.upper is not None and self.lower > self.upper

    @property
    def bounded(self) -> bool:
        """Whether both ends are known."""
        return self.lower is not None and self.upper is not None

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Both ends of a bounded range; ValueError where one is open."""
        if self.lower is None or self.upper is None:
            raise ValueError("a range with an open end has no two ends")
        return self.lower, self.upper

    @property
    def middle(self) -> Fraction:
        """The centre of a bounded range."""
        lower, upper = self.ends
        return (lower + upper) / 2

    @property
    def width(self) -> Fraction:
        """Upper less lower end of a bounded range."""
        lower, upper = self.ends
        return upper - lower

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, Fraction | Decimal | int):
            return False
        at = Fraction(value)
        return (self.lower is None or self.lower <= at) and (self.upper is None or at <= self.upper)

    def __add__(self, other: Range) -> Range:
        return Range(
            None if self.lower is None or other.lower is None else self.lower + other.lower,
            None if self.upper is None or other.upper is None else self.upper + other.upper,
        )

    def __sub__(self, other: Range) -> Range:
        return self + other.scaled(Fraction(-1))

    def scaled(self, factor: Fraction) -> Range:
        """Every value times `factor`; a negative factor turns the ends round, zero gives zero."""
        if factor == 1:
            return self
        lower, upper = self.lower, self.upper
        if factor == -1:
            return Range(None if upper is None else -upper, None if lower is None else -lower)
        if factor == 0:
            return Range.exactly(Fraction(0))
        low = None if lower is None else lower * factor
        high = None if upper is None else upper * factor
        return Range(low, high) if factor.numerator > 0 else Range(high, low)

    def meet(self, other: Range) -> Range:
        """The values in both; may be empty."""
        lower, upper = self.lower, self.upper
        if lower is None or (other.lower is not None and other.lower > lower):
            lower = other.lower
        if upper is None or (other.upper is not None and other.upper < upper):
            upper = other.upper
        return Range(lower, upper)

    def touches(self, other: Range) -> bool:
        """Whether some value is in both."""
        return not self.meet(other).empty

    def times(self, other: Range) -> Range:
        """The product of two bounded ranges."""
        corners = [a * b for a in self.ends for b in other.ends]
        return Range(min(corners), max(corners))

    def over(self, other: Range) -> Range:
        """The quotient of two bounded ranges; open on both sides where the divisor may be zero."""
        if Fraction(0) in other:
            return Range()
        corners = [a / b for a in self.ends for b in other.ends]
        return Range(min(corners), max(corners))


def of_record(record: Record) -> Range:
    """What the printed figure says: its rounding interval, opened by `more than` and widened by `about`."""
    printed = Range(Fraction(record.lower), Fraction(record.upper))
    value = Fraction(record.obs_value)
    match record.bound:
        case "=" | "range":
            return printed
        case "~":
            slack = abs(value) * ABOUT
            return Range(printed.ends[0] - slack, printed.ends[1] + slack)
        case ">" | ">=":
            return Range(printed.lower, None) if value >= 0 else Range(None, printed.upper)
        case "<" | "<=":
            return Range(None, printed.upper) if value >= 0 else Range(printed.lower, None)


def from_digits(printed: str, decimals: int | None) -> Range:
    """The closed interval of a number rounded to `decimals` places (None: exact; negative: tens,
    hundreds)."""
    value = Fraction(Decimal(printed))
    half = Fraction(0) if decimals is None else Fraction(1, 2) * Fraction(10) ** -decimals
    return Range(value - half, value + half)


ZERO = Range.exactly(Fraction(0))
NOT_NEGATIVE = Range(Fraction(0), None)
