"""A system of linear rows over quantities, each row owned by the figures and relations that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.reconcile.intervals import Range

Terms = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`bounds.lower <= sum(coefficient * quantity) <= bounds.upper`, exact; an open end bounds nothing.

    `owners` are the figures and relations the row rests on: freeing any of them drops the row; a row without
    owners always holds. A row of one term is an observation of that quantity. `label` is the relation's text
    or name. `strict` says that the ends themselves are outside.
    """

    terms: Terms
    bounds: Range
    owners: frozenset[str]
    label: str
    strict: bool = False

    @property
    def observes(self) -> bool:
        """Whether the row speaks of one quantity alone."""
        return len(self.terms) == 1


def rows_at_work(rows: Sequence[Row], freed: Iterable[str]) -> list[int]:
    """Indices of the rows that none of `freed` owns."""
    out = frozenset(freed)
    return [i for i, row in enumerate(rows) if out.isdisjoint(row.owners)]


class Merged:
    """Names in groups that only grow together (a disjoint-set forest)."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}

    def find(self, name: str) -> str:
        """The name that stands for the group of `name`."""
        self.root.setdefault(name, name)
        while self.root[name] != name:
            self.root[name] = self.root[self.root[name]]
            name = self.root[name]
        return name

    def join(self, one: str, other: str) -> bool:
        """Puts two groups together; False if they were one before."""
        first, second = self.find(one), self.find(other)
        self.root[second] = first
        return first != second


def components(rows: Sequence[Row]) -> list[list[int]]:
    """Row indices grouped by connected quantities and owners, in order of the first row; each can be solved
    alone."""
    merged = Merged()
    keys = [[*(name for name, _ in row.terms), *(f"owner {o}" for o in sorted(row.owners))] for row in rows]
    for names in keys:
        for name in names[1:]:
            merged.join(names[0], name)
    groups: dict[str, list[int]] = defaultdict(list)
    for i, names in enumerate(keys):
        groups[merged.find(names[0]) if names else ""].append(i)
    return list(groups.values())


def boxes(rows: Iterable[Row]) -> dict[str, Range]:
    """For every quantity the intersection of its observations (empty where they contradict one another)."""
    found: dict[str, Range] = {}
    for row in rows:
        for name, _ in row.terms:
            found.setdefault(name, Range())
        if row.observes:
            name, coefficient = row.terms[0]
            found[name] = found[name].meet(row.bounds.scaled(1 / coefficient))
    return found


def total(terms: Terms, box: Mapping[str, Range], without: str | None = None) -> Range:
    """The range of the weighted sum over the boxes, one quantity left out if asked."""
    result = Range.exactly(Fraction(0))
    for name, coefficient in terms:
        if name != without:
            result = result + box[name].scaled(coefficient)
    return result
