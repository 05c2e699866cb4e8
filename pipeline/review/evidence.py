"""What else in the run speaks for or against a figure: equations, other cases, the same figure elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.review.keys import observation_key
from pipeline.review.marks import visible
from pipeline.review.store import Store
from pipeline.review.wording import rule_name, value_of

MOST = 4
"""Items of each kind that are shown for a figure."""
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for (`agrees`) or against a figure, on the `page` (`case`, `record`) of `id`."""

    agrees: bool
    text: str
    page: str
    id: str


def evidence_for(store: Store, finding: Finding, record: Record) -> Iterator[Evidence]:
    """What speaks for or against `record` outside of `finding`'s own equation."""
    yield from islice(_from_equations(store, finding, record), MOST)
    yield from islice(_from_findings(store, finding, record), MOST)
    for other in twins(store, record):
        same = other.obs_value == record.obs_value
        text = f"{value_of(other)} in {other.document}: “{_around(other)}”"
        yield Evidence(same, visible(text), "record", other.id)


def _from_equations(store: Store, finding: Finding, record: Record) -> Iterator[Evidence]:
    """Equations that were tested and decided, those that hold first, without the case's own."""
    tested = [e for e in store.equations(record.document) if record.id in e.figures and e.holds is not None]
    for equation in sorted(tested, key=lambda e: not e.holds):
        others = [name for name in equation.figures if name != record.id and name in store.records]
        if equation.text not in finding.equation and others:
            text = visible(f"{rule_name(equation.rule)}: {_cut(equation.text)}")
            yield Evidence(bool(equation.holds), text, "record", others[0])


def _from_findings(store: Store, finding: Finding, record: Record) -> Iterator[Evidence]:
    for name in store.findings_of(record.id):
        other = store.findings.get(name)
        if other is None or name == finding.id:
            continue
        against = record.id in other.suspects and other.status in ("open", "repaired")
        text = visible(f"{rule_name(other.rule)}: {_cut(other.equation)} ({other.status})")
        yield Evidence(not against, text, "case", name)


def twins(store: Store, record: Record) -> list[Record]:
    """Other figures that claim the same thing: same series, kind, unit and period, wherever they stand."""
    key = observation_key(record)
    same = store.observations.get(key, []) if key is not None else []
    return [store.records[name] for name in same if name != record.id and name in store.records][:MOST]


def _around(record: Record, width: int = 60) -> str:
    at = max(record.sentence.find(record.quote), 0)
    begin, end = max(0, at - width), at + len(record.quote) + width // 2
    return ("…" if begin else "") + record.sentence[begin:end] + ("…" if end < len(record.sentence) else "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
