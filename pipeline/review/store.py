"""A run's output in memory, with every decision applied, kept in step with the log and with the files on
the disk.

A decision touches one finding and its few figures: only those are worked out anew, so that the next case
comes at once
however long the queue is. Corrections of records (rare) work everything out anew. Files follow in the
background
(`writer`): what counts is the log, which is on the disk before anything else happens.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from pipeline.errors import DecisionError
from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record, series_key
from pipeline.model.result import Equation
from pipeline.review.files import DocumentInfo, TableInfo, Text, read_documents, read_tables, read_text
from pipeline.store.lookup import find_result
from pipeline.write.decided import apply, decided_finding, decided_record, stands
from pipeline.write.decisions import Log, evidence_hash, live, record_hash
from pipeline.write.machine import FINDINGS, RECORDS, changed, read_machine

_RANK = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the files should hold: records and findings as decided, the log, and the machine's version of
    what changed.
    """

    records: dict[str, Record]
    findings: dict[str, Finding]
    log: list[Decision]
    own_records: list[Record]
    own_findings: list[Finding]


class Store:
    """One output folder. `findings` and `records` (id -> as decided), `order` the finding ids worst first."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.lock = threading.RLock()
        self._stamp: tuple[int, ...] = ()
        self._being_written = False
        self.version = 0
        """Counts every change of what is shown: what was worked out of it holds until the next."""
        self._load()

    def fresh(self) -> Store:
        """This store after a look at the disk: a new run is read anew, entries of other reviewers are taken
        in.
        """
        with self.lock:
            if not self._being_written and self._stamp != self._stamp_now():
                self._load()
            elif new := self.log.refresh():
                self._take(new)
        return self

    def decide(self, decision: Decision, *, seen: str | None = None, check: bool = False) -> Decision:
        """Append a decision and take it in; returns the entry.

        The evidence is filled in. Raises DecisionError for an unknown finding or record, or a case that has
        changed
        since `seen` (see `Log.append`).
        """
        with self.lock:
            entry = self.log.append(self._with_evidence(decision), seen=seen, check=check)
            self._take(self.log.entries[self._taken :])
        return entry

    def undo(self, target: str, who: str) -> Decision:
        """Take back the entry `target`; raises DecisionError where it is no longer in force."""
        return self.decide(Decision(action="undo", who=who, undoes=target))

    def entry(self, name: str | None) -> Decision | None:
        """The log entry with that id."""
        return next((e for e in reversed(self.log.entries) if e.id == name), None)

    def decision_of(self, finding: str) -> Decision | None:
        """The decision in force for a finding; None while it is open or where its evidence has changed."""
        return self.standing.get(finding)

    def stale(self, finding: str) -> Decision | None:
        """The live decision of a finding whose evidence has changed since, so that the case is open again."""
        last = self.log.current().get(finding)
        return last if last is not None and finding not in self.standing else None

    def reviewed(self, finding: str) -> bool:
        """Whether a person has settled the case; a repair by the machine, or a skip, does not count."""
        decision = self.standing.get(finding)
        return decision is not None and decision.action != "skip"

    def history(self, finding: str) -> list[Decision]:
        """Every entry about a finding, undos included, oldest first."""
        mine = {e.id for e in self.log.entries if e.finding == finding}
        return [e for e in self.log.entries if e.id in mine or e.undoes in mine]

    def corrections(self) -> list[Decision]:
        """The live entries that correct, strike out or add figures."""
        return list(self._corrections)

    def text(self, document: str) -> Text | None:
        """The text of a document, or None where it can't be had."""
        info = self.documents.get(document)
        return read_text(self.out, info) if info is not None else None

    def equations(self, document: str) -> tuple[Equation, ...]:
        """Every equation that was tested in a document; () where the run kept none."""
        if document not in self._equations:
            result = find_result(self.out, document)
            self._equations[document] = result.equations if result is not None else ()
        return self._equations[document]

    def snapshot(self) -> Snapshot:
        """What the files should hold now."""
        with self.lock:
            findings = {name: self.findings[name] for name in self._file_order if name in self.findings}
            return Snapshot(
                dict(self.records), findings, list(self.log.entries),
                changed(self.base_records.values(), self.records), changed(self.base_findings.values(),
                findings),
            )  # fmt: skip

    @contextmanager
    def being_written(self) -> Iterator[None]:
        """While the block rewrites the public files (the run's lock held), their new times are no new run."""
        self._being_written = True
        try:
            yield
        finally:
            with self.lock:
                self._stamp = self._stamp_now()
                self._being_written = False

    def _stamp_now(self) -> tuple[int, ...]:
        paths = [self.out / name for name in (RECORDS, FINDINGS, "documents.jsonl", "tables.jsonl")]
        return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in paths)

    def _load(self) -> None:
        self._stamp = self._stamp_now()
        self.log = Log(self.out)
        self.log.refresh()
        records, findings = read_machine(self.out, self.log.entries)
        self.base_records = {record.id: record for record in records}
        self.base_findings = {finding.id: finding for finding in findings}
        self._file_order = [finding.id for finding in findings]
        self.order = [f.id for f in sorted(findings, key=_badness)]
        self.place = {name: i for i, name in enumerate(self.order)}
        self.documents: dict[str, DocumentInfo] = read_documents(self.out)
        for record in records:
            self.documents.setdefault(record.document, DocumentInfo(id=record.document))
        self.tables: dict[tuple[str, str], TableInfo] = read_tables(self.out)
        self._equations: dict[str, tuple[Equation, ...]] = {}
        self.findings_of = _findings_of(findings)
        self.observations = _by_observation(records)
        self._all_anew()

    def _all_anew(self) -> None:
        decided, findings = apply(list(self.base_records.values()), list(self.base_findings.values()), self.log.entries)
        self.records = {record.id: record for record in decided}
        self.findings = {finding.id: finding for finding in findings}
        last = self.log.current()
        self.standing = {f: d for f, d in last.items() if stands(d, self.base_findings, self.base_records, last)}
        self._corrections = [e for e in live(self.log.entries) if e.finding is None]
        self._index_documents()
        self._taken = len(self.log.entries)
        self.version += 1

    def _index_documents(self) -> None:
        self.records_of: dict[str, list[str]] = defaultdict(list)
        for record in self.records.values():
            self.records_of[record.document].append(record.id)

    def _take(self, entries: Iterable[Decision]) -> None:
        touched = [target for e in entries if (target := self.entry(e.undoes) if e.action == "undo" else e)]
        if any(e.finding is None for e in touched):
            self._all_anew()
            return
        for name in dict.fromkeys(e.finding for e in touched if e.finding in self.findings):
            self._settle(name or "")
        self._taken = len(self.log.entries)
        self.version += 1

    def _settle(self, finding: str) -> None:
        """Work out one finding and the figures it touches from the log as it is now."""
        last = self.log.current().get(finding)
        self.standing.pop(finding, None)
        if last is not None and stands(last, self.base_findings, self.base_records, {finding: last}):
            self.standing[finding] = last
        base = self.base_findings[finding]
        self.findings[finding] = decided_finding(base, self.standing.get(finding))
        for record in dict.fromkeys((*base.figures, *base.suspects, *(p.record for p in base.proposals))):
            if record in self.base_records and record in self.records:
                self.records[record] = self._decided(record)

    def _decided(self, record: str) -> Record:
        base = self.base_records[record]
        entries = [self.standing[f] for f in self.findings_of.get(record, ()) if f in self.standing]
        entries += [e for e in self._corrections if e.record == record]
        entries.sort(key=lambda e: int(e.id[1:]))
        return decided_record(base, entries, self.findings, self.standing)

    def _with_evidence(self, decision: Decision) -> Decision:
        if decision.finding is not None:
            case = self.base_findings.get(decision.finding)
            if case is None:
                raise DecisionError(f"{decision.finding}: no such finding in {self.out}; see its findings.jsonl")
            return msgspec.structs.replace(decision, evidence=evidence_hash(case, self.base_records))
        if decision.action in ("edit", "strike"):
            record = self.base_records.get(decision.record or "")
            if record is None:
                raise DecisionError(f"{decision.record}: no such figure in {self.out}; see its records.jsonl")
            return msgspec.structs.replace(decision, evidence=record_hash(record))
        return decision


def _findings_of(findings: Iterable[Finding]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        for record in dict.fromkeys((*finding.figures, *finding.suspects, *(p.record for p in finding.proposals))):
            index[record].append(finding.id)
    return dict(index)


def observation_key(record: Record) -> tuple[object, ...] | None:
    """What a figure claims to measure; None where the period or area is not known well enough to compare."""
    if record.time_period is None or record.time_period.startswith("XXXX") or record.ref_area is None:
        return None
    return (series_key(record), record.measure, record.comparison, record.unit_measure, record.time_period)


def _by_observation(records: Iterable[Record]) -> dict[tuple[object, ...], list[str]]:
    index: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for record in records:
        if (key := observation_key(record)) is not None:
            index[key].append(record.id)
    return dict(index)


def _badness(finding: Finding) -> tuple[int, Decimal]:
    """Worst first: errors before warnings, and within them the widest miss first."""
    return _RANK[finding.severity], -miss(finding)


def miss(finding: Finding) -> Decimal:
    """How far what was observed lies outside of what was expected, as a share of the larger of the two (0
    to 2).
    """
    expected, observed = finding.expected, finding.observed
    if expected is None or observed is None:
        return Decimal(0)
    low = expected.lower if expected.lower is not None else observed
    high = expected.upper if expected.upper is not None else observed
    distance = max(low - observed, observed - high, Decimal(0))
    scale = max(abs(low), abs(high), abs(observed))
    return distance / scale if scale else Decimal(0)
