"""A run's output in memory as decided, document by document.

A decision is set at once in its own case and figures (`take`), which costs little. What it means for the other
figures is worked out after that (`settle`): its document is reconciled again, and the series that this changes are
compared again with other documents. Whoever wants the whole truth settles first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.model.decision import STATUS_AFTER, Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.model.result import Equation, Reconciliation
from pipeline.review.between import Between, Group
from pipeline.review.docket import Docket
from pipeline.store.again import as_kept, checked_again, series_touched, settled, settled_across
from pipeline.store.lookup import find_result
from pipeline.store.result import DocumentResult
from pipeline.store.series import series_group
from pipeline.write.decided import decided_finding
from pipeline.write.machine import Block, kept_machine, read_public
from pipeline.write.rulings import rulings_of

_Named = TypeVar("_Named", Record, Finding)

RESULTS = 200
"""Kept results of so many documents stay in memory."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be checked again under decisions."""

    document: str
    result: DocumentResult | None
    standing: tuple[Decision, ...]

    def done(self) -> Reconciliation | None:
        """The document under its decisions; None where the run kept nothing to check it again from."""
        return checked_again(self.result, self.standing) if self.result is not None else None


class Live:
    """`records`, `findings` (id -> as decided), `cases` (id -> before a decision on it), `blocks` (by document, None:
    between documents; as published), `base` (the machine's own), `docket`.

    Not safe for threads: the store's lock is. Where the folder's `.work` is gone nothing can be checked again: there
    a decision touches its own case alone. Raises StoreError for files that can't be read.
    """

    def __init__(self, out: Path, order: Iterable[str], entries: Sequence[Decision]) -> None:
        self._result = lru_cache(RESULTS)(lambda document: find_result(out, document))
        public, own = read_public(out), kept_machine(out)
        added = {entry.record for entry in entries if entry.action == "add"}
        names = dict.fromkeys(name for name in [*order, *public, *own] if name is not None)
        self.base: dict[str | None, Block] = {
            name: _undecided(own.get(name) or public.get(name) or Block(name), added) for name in (*names, None)
        }
        self.base_records = {record.id: record for block in self.base.values() for record in block.records}
        self.blocks = dict(self.base)
        self.records = dict(self.base_records)
        self.findings = {finding.id: finding for block in self.base.values() for finding in block.findings}
        self.cases = dict(self.findings)
        self.between = Between(self.base)
        self.docket = Docket(self.base_records, self.findings)
        self.dirty: dict[str, None] = {}
        """Documents whose decisions have not reached their other figures yet."""
        self.changed: set[str | None] = set()
        """Blocks that are no longer as the files have them."""
        self.raised = 0
        """Counts every change of which findings there are."""
        self._checked: dict[str, Reconciliation] = {}
        self._from_files: set[str] = set()
        self._stale: dict[str, None] = {}
        self._series: dict[str, set[str]] = {}
        self._changing: dict[str, set[str]] = defaultdict(set)
        self.docket.take(entries)
        self._start(public, own)

    def _start(self, public: Mapping[str | None, Block], own: Mapping[str | None, Block]) -> None:
        """What the files have of the decisions is taken from them; the rest is to be settled."""
        for name in self.base:
            ids = tuple(entry.id for entry in self.docket.of(name)) if name is not None else ()
            if name is None or (name not in own and not ids):
                continue
            if name in own and own[name].decided == ids:
                self._put(msgspec.structs.replace(public.get(name) or Block(name), decided=ids))
                self._note_series(name)
                self._from_files.add(name)
            else:
                self.dirty[name] = None
                self._put(self._settled(name))
        for series in self._changing:
            self.between.put(series, self._group(series).found())
        self._put_between()
        self.changed = {None, *self.dirty} if self.dirty else set()

    def take(self, entries: Sequence[Decision]) -> None:
        """New entries of the log: each is set in its case and its figures, and its documents wait to be settled."""
        before = self.docket.across()
        touched = self.docket.take(entries)
        self._mark_between(before)
        for name in touched:
            if name not in self.base:
                continue
            self.dirty[name] = None
            self._put(self._settled(name))

    def _mark_between(self, before: Sequence[Decision]) -> None:
        """Sets new decisions in findings between documents; the block of all of them follows when it is asked for."""
        now = self.docket.across()
        if now == before:
            return
        self.changed.add(None)
        for entry in (*before, *now):
            name = entry.finding
            if name is not None and name in self.findings:
                self.findings[name] = decided_finding(self.cases[name], self.docket.standing.get(name))

    def complete(self) -> None:
        """Brings the block of findings between documents in line with what was decided about them."""
        if None in self.changed:
            self._put_between()

    def task(self, document: str) -> Task:
        """What is to be done to settle a document; doing it touches nothing here."""
        return Task(document, self._result(document), self.docket.of(document))

    def settle(self, document: str) -> None:
        """Works out the whole meaning of the decisions on a document."""
        task = self.task(document)
        self.install(task, task.done())
        self.compare()

    def compare(self) -> bool:
        """Compares what decisions have changed with other documents; tells whether there was anything."""
        begun = bool(self._stale)
        while (group := self.next_group()) is not None:
            self.install_group(group, group.found())
        return begun

    def install(self, task: Task, checked: Reconciliation | None) -> bool:
        """Takes in the outcome of a task; False where decisions have come in between, and it is to be done again."""
        name = task.document
        if task.standing != self.docket.of(name):
            return False
        self.dirty.pop(name, None)
        self._from_files.discard(name)
        if checked is not None:
            self._checked[name] = checked
        self._put(self._settled(name))
        if checked is None:
            return True
        self._stale.update(dict.fromkeys(sorted(self._series.get(name, set()) | self._note_series(name))))
        self.complete()
        return True

    def next_group(self) -> Group | None:
        """A group of series that decisions have changed, to be compared again between documents; None: no more."""
        series = next(iter(self._stale), None)
        if series is None:
            return None
        del self._stale[series]
        return self._group(series)

    def install_group(self, group: Group, findings: tuple[Finding, ...] | None) -> None:
        """Takes in what the comparison of a group has found."""
        affected = self.between.put(group.series, findings)
        for other in affected:
            self._put(self._settled(other))
        if affected:
            self._put_between()

    def _group(self, series: str) -> Group:
        return self.between.group(series, self._figures(series), self.docket.of)

    def _note_series(self, document: str) -> set[str]:
        """The groups of series in which decisions have changed the document."""
        rulings = rulings_of(self.docket.of(document))
        now = series_touched(self.base[document].records, self.blocks[document].records, rulings)
        for name in self._series.get(document, set()) - now:
            self._changing[name].discard(document)
        for name in now:
            self._changing[name].add(document)
        self._series[document] = now
        return now

    def _figures(self, series: str) -> dict[str, list[Record]]:
        """The figures in a group of those documents that decisions have changed there."""
        return {
            name: [record for record in self.blocks[name].records if series_group(record) == series]
            for name in self._changing.get(series, ())
        }

    def _settled(self, document: str) -> Block:
        standing = self.docket.of(document)
        if not standing and self.between.as_run(document):
            return self.base[document]
        return settled(document, self._arithmetic(document), self.between.of(document), standing)

    def _arithmetic(self, document: str) -> Reconciliation:
        """What is known of a document before decisions are set in it: checked again, or as the run left it, or, until
        it is checked again, as earlier decisions left it in the files."""
        if document in self._checked:
            return self._checked[document]
        block = self.blocks[document] if document in self._from_files else self.base[document]
        result = self._result(document) if document not in self._from_files else None
        return as_kept(result) if result is not None else Reconciliation(block.records, block.findings)

    def equations(self, document: str) -> tuple[Equation, ...]:
        """Every equation that was tested in a document, the last time it was checked; () where the run kept none."""
        if document in self._checked:
            return self._checked[document].equations
        result = self._result(document) if document in self.base else None
        return result.equations if result is not None else ()

    def _put_between(self) -> None:
        """Findings between documents as decided."""
        wide = self.docket.across()
        if not wide and not self.between.changed:
            self._put(self.base[None])
            return
        self._put(Block(None, (), tuple(settled_across(self.between.all(), wide)), ()))

    def _put(self, block: Block) -> None:
        """Replaces what is known of a document."""
        old = self.blocks[block.document]
        if block is old:
            return
        self.blocks[block.document] = block
        self.changed.add(block.document)
        _replace(self.records, old.records, block.records)
        self.raised += _replace(self.findings, old.findings, block.findings)
        for finding in old.findings:
            self.cases.pop(finding.id, None)
        name = block.document
        standing = self.docket.across() if name is None else self.docket.of(name)
        cases = {e.finding: e.case for e in standing if e.case is not None and e.action in STATUS_AFTER}
        self.cases.update((finding.id, cases.get(finding.id, finding)) for finding in block.findings)

    def own(self) -> list[Block]:
        """The machine's own version of what decisions changed; of a document that is not settled yet it says so."""
        return [
            msgspec.structs.replace(self.base[name], decided=None if name in self.dirty else block.decided)
            for name, block in self.blocks.items()
            if block is not self.base[name]
        ]


def _undecided(block: Block, added: set[str | None]) -> Block:
    """The block of the machine: what was added is no part of it."""
    records = tuple(record for record in block.records if record.id not in added)
    return msgspec.structs.replace(block, records=records, decided=())


def _replace(known: dict[str, _Named], old: Sequence[_Named], new: Sequence[_Named]) -> bool:
    """Puts `new` in place of `old`; tells whether there are others now than before."""
    gone = {item.id for item in old} - {item.id for item in new}
    for name in gone:
        known.pop(name, None)
    known.update((item.id, item) for item in new)
    return bool(gone) or len(new) != len(old)
