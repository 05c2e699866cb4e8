"""What one printed figure claims about quantities, as rows it owns and as the value the other figures would
give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pipeline.reconcile.intervals import Range
from pipeline.reconcile.system import Row, Terms, total


@dataclass(frozen=True, slots=True)
class Linear:
    """The figure is a weighted sum of quantities: a level (one term), a difference (two)."""

    terms: Terms

    def rows(self, seen: Range, owners: frozenset[str], label: str) -> list[Row]:
        """One row."""
        return [Row(self.terms, seen, owners, label)]

    def implied(self, box: Mapping[str, Range]) -> Range:
        """The figure's range where the quantities lie in `box`."""
        return total(self.terms, box)


@dataclass(frozen=True, slots=True)
class Ratio:
    """`over / under = offset + factor * figure`: growth (1, 1/100), share (0, 1/100), multiple and rate (0,
    1).

    The rows are linear because the ratio's own interval gives constant coefficients; exact where `under` has
    the sign `sign` throughout (a deficit grows with `sign` -1). Not supported: a base that may change its
    sign.
    """

    over: str
    under: str
    offset: Fraction
    factor: Fraction
    sign: int = 1

    def rows(self, seen: Range, owners: frozenset[str], label: str) -> list[Row]:
        """A row for each known end of the ratio."""
        ratio = self.ratio(seen)
        rows = []
        if ratio.lower is not None:
            rows.append(self._row(ratio.lower, Range(Fraction(0), None), owners, label))
        if ratio.upper is not None:
            rows.append(self._row(ratio.upper, Range(None, Fraction(0)), owners, label))
        return rows

    def _row(self, end: Fraction, bounds: Range, owners: frozenset[str], label: str) -> Row:
        sign = Fraction(self.sign)
        if end == 0:
            return Row(((self.over, sign),), bounds, owners, label)
        return Row(((self.over, sign), (self.under, -sign * end)), bounds, owners, label)

    def ratio(self, seen: Range) -> Range:
        """`over / under` for a figure within `seen`."""
        return Range.exactly(self.offset) + seen.scaled(self.factor)

    def implied(self, box: Mapping[str, Range]) -> Range:
        """The figure's range where the quantities lie in `box`; open where the base is unknown or may be
        zero."""
        over, under = box[self.over], box[self.under]
        if not over.bounded or not under.bounded:
            return Range()
        ratio = over.over(under)
        return (ratio - Range.exactly(self.offset)).scaled(1 / self.factor) if ratio.bounded else Range()


Claim = Linear | Ratio


def growth(now: str, before: str, sign: int = 1) -> Ratio:
    """Growth in percent from `before` to `now`."""
    return Ratio(now, before, Fraction(1), Fraction(1, 100), sign)


def share(part: str, whole: str, sign: int = 1) -> Ratio:
    """`part` as a percentage of `whole`."""
    return Ratio(part, whole, Fraction(0), Fraction(1, 100), sign)


def multiple(now: str, before: str, sign: int = 1) -> Ratio:
    """`now` as a multiple of `before`."""
    return Ratio(now, before, Fraction(0), Fraction(1), sign)


def level(quantity: str) -> Linear:
    """The quantity itself."""
    return Linear(((quantity, Fraction(1)),))


def difference(now: str, before: str) -> Linear:
    """`now` less `before`, in their unit."""
    return Linear(((now, Fraction(1)), (before, Fraction(-1))))
