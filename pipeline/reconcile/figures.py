"""Figures as claimants in a system: what each printed number says of which quantities, and what may be
freed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.reconcile.claims import Claim
from pipeline.reconcile.intervals import Range
from pipeline.reconcile.system import Row


@dataclass(frozen=True, slots=True)
class Stake:
    """One claim of a figure, with the relations (owners) that it rests on besides the figure."""

    claim: Claim
    owners: frozenset[str]
    label: str


@dataclass
class Figure:
    """A printed number. `weight` is the cost of calling it wrong; `exact` says that its digits are not
    rounded, `clean` that they were not read from a scan."""

    name: str
    quote: str
    value: Decimal
    seen: Range
    weight: float = 1.0
    exact: bool = False
    blamable: bool = True
    clean: bool = False
    stakes: list[Stake] = field(default_factory=list)

    def rows(self, seen: Range | None = None) -> list[Row]:
        """The rows that the figure owns, for what is printed or for another reading of it."""
        own = frozenset({self.name}) if self.blamable else frozenset()
        at = self.seen if seen is None else seen
        return [row for s in self.stakes for row in s.claim.rows(at, own | s.owners, s.label)]


@dataclass
class System:
    """Figures, the relations between quantities, and the cost of blaming each."""

    figures: dict[str, Figure] = field(default_factory=dict)
    relations: list[Row] = field(default_factory=list)
    relation_weights: dict[str, float] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        """Every row, figures first, in a fixed order."""
        return [row for figure in self.figures.values() for row in figure.rows()] + self.relations

    def weights(self) -> dict[str, float]:
        """The cost of every owner."""
        return {name: figure.weight for name, figure in self.figures.items()} | self.relation_weights


def around(rows: Sequence[Row], quantities: Iterable[str], steps: int = 4, most: int = 400) -> list[Row]:
    """The rows within `steps` relations of the quantities, at most about `most` of them; all rows if they
    are few."""
    if len(rows) <= most:
        return list(rows)
    reached = set(quantities)
    kept: set[int] = set()
    for _ in range(steps):
        fresh = [
            i
            for i, row in enumerate(rows)
            if i not in kept and not row.observes and any(name in reached for name, _ in row.terms)
        ]
        if not fresh or len(kept) + len(fresh) > most:
            break
        kept.update(fresh)
        reached.update(name for i in fresh for name, _ in rows[i].terms)
    seen = {i for i, row in enumerate(rows) if row.observes and row.terms[0][0] in reached}
    return [rows[i] for i in sorted(kept | seen)]
