"""A run's output in memory, with every decision applied, kept in step with the log and with the files on
the disk.

A decision is shown at once in its own case; its documents are reconciled again right after that (`settle_next`, in
the background) or as soon as somebody looks at the whole (`fresh`), so that the next case comes at once however long
the queue is. Files follow in the background (`writer`): what counts is the log, which is on the disk before anything
else happens.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from pipeline.errors import DecisionError
from pipeline.model.decision import Decision
from pipeline.model.finding import Finding, Interval
from pipeline.model.record import Record
from pipeline.model.result import Equation
from pipeline.review.files import DocumentInfo, TableInfo, Text, read_documents, read_tables, read_text
from pipeline.review.keys import badness, by_observation
from pipeline.review.live import Live
from pipeline.write.decisions import Log, evidence_hash, record_hash
from pipeline.write.machine import FINDINGS, RECORDS, Block

QUICK = 2
"""So many cases of a document are reconciled again before the next one is shown (a few hundredths of a second each);
where there are more, the reviewer does not wait."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the files should hold: blocks as decided (None, last: findings between documents), which of them have
    changed since the last snapshot, the log, and the machine's own version of what decisions changed."""

    blocks: dict[str | None, Block]
    changed: frozenset[str | None]
    log: list[Decision]
    own: list[Block]


class Store:
    """One output folder. `live` has its records and findings as decided, `order` the finding ids worst first."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.lock = threading.RLock()
        self._stamp: tuple[int, ...] = ()
        self._being_written = False
        self.version = 0
        """Counts every change of what is shown: what was worked out of it holds until the next."""
        self._load()

    @property
    def records(self) -> dict[str, Record]:
        """The figures as decided, by id."""
        return self.live.records

    @property
    def findings(self) -> dict[str, Finding]:
        """The cases as decided, by id."""
        return self.live.findings

    @property
    def base_records(self) -> dict[str, Record]:
        """The machine's own figures, by id."""
        return self.live.base_records

    @property
    def standing(self) -> dict[str, Decision]:
        """The decision in force for every decided case, by its id."""
        return self.live.docket.standing

    def seen(self) -> Store:
        """This store after a look at the disk: a new run is read anew, entries of other reviewers are taken in."""
        with self.lock:
            if not self._being_written and self._stamp != self._stamp_now():
                self._load()
            else:
                self.log.refresh()
                self._take()
        return self

    def fresh(self, finding: str | None = None) -> Store:
        """This store after a look at the disk, with the whole meaning of every decision worked out; with `finding`,
        of those on the documents of that case alone."""
        with self.lock:
            self.seen()
            case = self.findings.get(finding or "")
            for document in [d for d in self.live.dirty if case is None or d in case.documents]:
                self.live.settle(document)
                self._reorder()
            if self.live.compare():
                self._reorder()
        return self

    def settle_next(self, elsewhere: Executor) -> bool:
        """Settles one document that decisions have touched, or one group of series; False where none is left. That is
        worked out `elsewhere`, while the store is not locked."""
        with self.lock:
            live, name = self.live, next(iter(self.live.dirty), None)
            task = live.task(name) if name is not None else None
            group = live.next_group() if task is None else None
        if task is not None:
            checked = elsewhere.submit(task.done).result()
        elif group is not None:
            found = elsewhere.submit(group.found).result()
        else:
            return False
        with self.lock:
            if live is self.live:
                if task is not None:
                    live.install(task, checked)
                elif group is not None:
                    live.install_group(group, found)
                self._reorder()
        return True

    def decide(self, decision: Decision, *, seen: str | None = None, check: bool = False) -> Decision:
        """Append a decision and take it in; returns the entry.

        Case and evidence are filled in. Raises DecisionError for an unknown finding or record, or a case that has
        changed since `seen` (see `Log.append`).
        """
        with self.lock:
            entry = self.log.append(self._with_evidence(decision), seen=seen, check=check)
            self._take()
        return entry

    def undo(self, target: str, who: str) -> Decision:
        """Take back the entry `target`; raises DecisionError where it is no longer in force."""
        return self.decide(Decision(action="undo", who=who, undoes=target))

    def settles_soon(self, finding: str) -> bool:
        """Whether a decision on the documents of the case waits to be worked out, and that takes but a blink."""
        waiting = [name for name in self.findings[finding].documents if name in self.live.dirty]
        return bool(waiting) and all(len(self.live.blocks[name].findings) <= QUICK for name in waiting)

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

    def corrections(self) -> tuple[Decision, ...]:
        """The live entries that correct, strike out or add figures."""
        return self.live.docket.corrections()

    def evidence(self, finding: str) -> str:
        """The evidence that a decision on the case rests on now."""
        return evidence_hash(self.live.cases[finding], self.base_records)

    def text(self, document: str) -> Text | None:
        """The text of a document, or None where it can't be had."""
        info = self.documents.get(document)
        return read_text(self.out, info) if info is not None else None

    def equations(self, document: str) -> tuple[Equation, ...]:
        """Every equation that was tested in a document; () where the run kept none."""
        return self.live.equations(document)

    def findings_of(self, record: str) -> tuple[str, ...]:
        """The ids of the cases that a figure takes part in."""
        known = self.records.get(record) or self.base_records.get(record)
        return known.findings if known is not None else ()

    def records_of(self, document: str) -> list[Record]:
        """The figures of a document, as decided."""
        block = self.live.blocks.get(document)
        return list(block.records) if block is not None else []

    def snapshot(self) -> Snapshot:
        """What the files should hold now."""
        with self.lock:
            self.live.complete()
            changed, self.live.changed = frozenset(self.live.changed), set()
            return Snapshot(dict(self.live.blocks), changed, list(self.log.entries), self.live.own())

    def unwritten(self, changed: Iterable[str | None]) -> None:
        """Takes back that a snapshot's changes are in the files."""
        with self.lock:
            self.live.changed.update(changed)

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
        self.documents: dict[str, DocumentInfo] = read_documents(self.out)
        self.live = Live(self.out, self.documents, self.log.entries)
        self._taken = len(self.log.entries)
        for name in self.live.base:
            if name is not None:
                self.documents.setdefault(name, DocumentInfo(id=name))
        self.tables: dict[tuple[str, str], TableInfo] = read_tables(self.out)
        self.observations = by_observation(self.base_records.values())
        self._raised = -1
        self._ranks: dict[str, tuple[Interval | None, tuple[int, Decimal]]] = {}
        self._reorder()

    def _take(self) -> None:
        new = self.log.entries[self._taken :]
        if new:
            self._taken = len(self.log.entries)
            self.live.take(new)
            self._reorder()

    def _reorder(self) -> None:
        """Cases that came or went take their place in the queue."""
        self.version += 1
        if self._raised != self.live.raised:
            self._raised = self.live.raised
            in_file = [finding for block in self.live.blocks.values() for finding in block.findings]
            self.order = [finding.id for finding in sorted(in_file, key=self._rank)]
            self.place = {name: i for i, name in enumerate(self.order)}

    def _rank(self, finding: Finding) -> tuple[int, Decimal]:
        known = self._ranks.get(finding.id)
        if known is None or known[0] is not finding.expected:
            known = self._ranks[finding.id] = (finding.expected, badness(finding))
        return known[1]

    def _with_evidence(self, decision: Decision) -> Decision:
        if decision.finding is not None:
            case = self.live.cases.get(decision.finding)
            if case is None:
                raise DecisionError(f"{decision.finding}: no such finding in {self.out}; see its findings.jsonl")
            return msgspec.structs.replace(decision, case=case, evidence=evidence_hash(case, self.base_records))
        if decision.action in ("edit", "strike"):
            record = self.base_records.get(decision.record or "")
            if record is None:
                raise DecisionError(f"{decision.record}: no such figure in {self.out}; see its records.jsonl")
            return msgspec.structs.replace(decision, document=record.document, evidence=record_hash(record))
        return decision
