"""The book of one document: its quantities, what each record claims of them, and the relations that tie
them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.model.rulings import NONE, Rulings
from pipeline.reconcile import trust
from pipeline.reconcile.claims import Claim, Ratio
from pipeline.reconcile.figures import Figure, Stake, System
from pipeline.reconcile.group import Spot
from pipeline.reconcile.intervals import Range, of_record
from pipeline.reconcile.system import Row, Terms

WHOLE_DOCUMENT = "*"
PARAGRAPH = 500


@dataclass(frozen=True, slots=True)
class Relation:
    """A printable equation: `terms` within `bounds`, among quantities; or the `claim` of the figure `of`
    about them.

    `name` owns its rows, `weight` is the cost of blaming it. `rule` is the finding's rule. A `hint` rests on words
    or rates: its failure alone is never an error.
    """

    rule: str
    name: str
    weight: float
    terms: Terms = ()
    bounds: Range = field(default_factory=Range)
    claim: Claim | None = None
    of: str | None = None
    owner: str | None = None
    hint: bool = False

    @property
    def blame(self) -> str:
        """The owner of the rows: several relations that stand or fall together share one."""
        return self.owner or self.name


@dataclass
class Book:
    """Built by `observe` and the rules. Figures are named by the first record that prints them; `copies` has
    the rest."""

    records: Mapping[str, Record]
    system: System = field(default_factory=System)
    spots: dict[str, Spot] = field(default_factory=dict)
    observed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    copies: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    owner: dict[str, str] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    ratios: dict[str, list[tuple[Ratio, str]]] = field(default_factory=lambda: defaultdict(list))
    damaged: frozenset[str] = frozenset()
    rulings: Rulings = NONE

    def quantity(self, spot: Spot) -> str:
        """The name of the quantity, made if new. Trade other than a balance is not negative."""
        if spot.name not in self.spots:
            self.spots[spot.name] = spot
            if spot.series.flow in ("imports", "exports", "total"):
                self.system.relations.append(
                    Row(((spot.name, Fraction(1)),), Range(Fraction(0), None), frozenset(), "not negative")
                )
        return spot.name

    def figure(self, record: Record) -> Figure:
        """The claimant of a record, made if new."""
        if record.id not in self.system.figures:
            self.system.figures[record.id] = Figure(
                record.id,
                record.quote,
                record.obs_value,
                of_record(record),
                blamable=record.id not in self.rulings.fixed,
                clean=not self.is_damaged(record),
            )
            self.owner[record.id] = record.id
            self.copies[record.id].append(record.id)
        return self.system.figures[record.id]

    def is_damaged(self, record: Record) -> bool:
        """Whether the record was read from a scan or a damaged table (`damaged` names tables; `*`
        everything)."""
        return WHOLE_DOCUMENT in self.damaged or (record.table is not None and record.table in self.damaged)

    def copy(self, record: Record, owner: str) -> None:
        """Another record prints the same figure: one claimant speaks for both."""
        if record.id not in self.owner:
            self.owner[record.id] = owner
            self.copies[owner].append(record.id)
            if record.id in self.rulings.fixed:
                self.system.figures[owner].blamable = False

    def apart(self, one: Record, other: Record) -> bool:
        """Whether a reviewer has said that the two are not comparable."""
        return self.rulings.part(one.id, other.id)

    def allows(self, relation: Relation) -> bool:
        """Whether the relation is new and pairs no figures that a reviewer has parted."""
        if relation.name in self.relations:
            return False
        if not self.rulings.apart:
            return True
        quantities = [name for name, _ in relation.terms]
        if isinstance(relation.claim, Ratio):
            quantities += [relation.claim.over, relation.claim.under]
        elif relation.claim is not None:
            quantities += [name for name, _ in relation.claim.terms]
        names = [name for quantity in quantities for name in self.observed.get(quantity, ())]
        names += [relation.of] if relation.of else []
        return not self.rulings.part_any(copy for name in names for copy in self.copies.get(name, [name]))

    def stake(self, relation: Relation) -> None:
        """Adds what the figure `relation.of` claims, resting on the relation."""
        if relation.claim is None or relation.of is None or not self.allows(relation):
            return
        self._note(relation)
        figure = self.system.figures[relation.of]
        figure.stakes.append(Stake(relation.claim, frozenset({relation.blame}), relation.name))
        if isinstance(relation.claim, Ratio):
            self.ratios[relation.claim.over].append((relation.claim, relation.of))
            self.ratios[relation.claim.under].append((relation.claim, relation.of))

    def relate(self, relation: Relation) -> None:
        """Adds a relation among quantities."""
        if not self.allows(relation):
            return
        self._note(relation)
        self.system.relations.append(Row(relation.terms, relation.bounds, frozenset({relation.blame}), relation.name))

    def _note(self, relation: Relation) -> None:
        names = [name for name, _ in relation.terms]
        if isinstance(relation.claim, Ratio):
            names = [relation.claim.over, relation.claim.under]
        if any(self.crowded(name) for name in names):
            best = trust.LIKELY if self._near(names, relation.of) else trust.DOUBTFUL
            relation = replace(relation, weight=min(relation.weight, best))
        self.relations[relation.name] = relation
        self.system.relation_weights[relation.blame] = relation.weight

    def records_at(self, quantity: str) -> list[Record]:
        """The records that print the quantity's level, first of each figure."""
        return [self.records[name] for name in self.observed.get(quantity, ())]

    def _near(self, names: Sequence[str], of: str | None) -> bool:
        """Whether the records of the quantities stand within one paragraph."""
        at = [r.char_start for name in names for r in self.records_at(name)[:1]]
        at += [self.records[of].char_start] if of else []
        return not at or max(at) - min(at) <= PARAGRAPH

    def direction(self, name: str) -> int:
        """The sign that a level has in the system: as printed, or turned round for a deficit without a sign."""
        figure = self.system.figures[name]
        turned = any(row.terms[0][1] < 0 for row in figure.rows() if row.observes)
        return (1 if figure.value >= 0 else -1) * (-1 if turned else 1)

    def crowded(self, quantity: str) -> bool:
        """Whether the document prints several values for the quantity's key that cannot be one figure: then
        the key lacks something, and nothing built on it is sure."""
        return f"{quantity.partition('#')[0]}#1" in self.observed

    def known(self, quantity: str) -> bool:
        """Whether the quantity is printed, or follows from a printed one by one ratio."""
        return bool(self.observed.get(quantity)) or bool(self.ratios.get(quantity))


def money(unit: str) -> bool:
    """Whether a unit is a currency, or none that arithmetic can rely on."""
    return (len(unit) == 3 and unit.isupper()) or unit in ("?", "percent", "index")


def linear(coefficients: Mapping[str, int]) -> Terms:
    """Terms with whole coefficients."""
    return tuple((name, Fraction(c)) for name, c in coefficients.items())
