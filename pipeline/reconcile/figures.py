"""Figures as claimants in a system: what each printed number says of which quantities, and what may be
freed."""

from __future__ import annotations

from collections import defaultdict
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


class Surroundings:
    """The rows of a system by the quantities they tie, for looking at a few of them at a time."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.at: dict[str, list[int]] = defaultdict(list)
        for i, row in enumerate(rows):
            for name, _ in row.terms:
                self.at[name].append(i)

    def of(self, quantities: Iterable[str], without: Iterable[str] = (), steps: int = 4, most: int = 400) -> list[Row]:
        """The rows that none of `without` owns within `steps` relations of the quantities, at most about
        `most`; all that hang together with them if the system is no larger."""
        out, few = frozenset(without), len(self.rows) <= most
        reached = set(quantities)
        fresh, kept, seen = reached, set[int](), set[int]()
        while fresh and (few or steps > 0):
            beside = {i for name in fresh for i in self.at[name] if out.isdisjoint(self.rows[i].owners)}
            seen.update(i for i in beside if self.rows[i].observes)
            tied = {i for i in beside if not self.rows[i].observes} - kept
            if not few and len(kept) + len(tied) > most:
                break
            kept |= tied
            fresh = {name for i in tied for name, _ in self.rows[i].terms} - reached
            reached |= fresh
            steps -= 1
        seen.update(i for name in fresh for i in self.at[name] if self._watches(i, out))
        return [self.rows[i] for i in sorted(kept | seen)]

    def _watches(self, i: int, out: frozenset[str]) -> bool:
        return self.rows[i].observes and out.isdisjoint(self.rows[i].owners)
