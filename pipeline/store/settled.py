"""A run's documents as they are published: with the findings between documents and the decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.store.across import all_shared, checked_anew, shared_findings, shared_ids
from pipeline.store.again import (
    as_kept,
    checked_again,
    documents_of,
    series_touched,
    settled,
    settled_across,
    with_findings,
)
from pipeline.store.manifest import Manifest
from pipeline.store.parts import read_result
from pipeline.store.result import DocumentResult
from pipeline.store.shelf import Shelf
from pipeline.write.decided import standing_decisions
from pipeline.write.decisions import live
from pipeline.write.machine import Block
from pipeline.write.rulings import rulings_of


class Settling:
    """Puts findings between documents and decisions to the results of a run, document by document.

    Only documents that decisions speak of are reconciled again, and only series that this changes are compared again
    between documents. `own` collects the machine's own version of what decisions changed (`pipeline.write.machine`).
    """

    def __init__(self, manifest: Manifest, parts: Shelf, temporary: Path, decisions: Sequence[Decision]) -> None:
        self.manifest, self.parts, self.temporary = manifest, parts, temporary
        self.own: list[Block] = []
        entries = self._placed(live(decisions))
        touched = sorted({document for entry in entries for document in documents_of(entry)})
        results = {name: result for name in touched if (result := self._result(name)) is not None}
        records = {record.id: record for result in results.values() for record in result.records}
        self.standing = standing_decisions((), records, entries)
        self._of: dict[str, list[Decision]] = defaultdict(list)
        for entry in self.standing:
            for document in documents_of(entry):
                self._of[document].append(entry)
        self._checked = {name: checked_again(result, self._of[name]) for name, result in results.items()}
        self._compare_anew(results)

    def _compare_anew(self, results: dict[str, DocumentResult]) -> None:
        rulings = rulings_of(self.standing)
        figures = {name: settled(name, self._checked[name], (), self._of[name]).records for name in results}
        series: set[str] = set()
        for name, result in results.items():
            series |= series_touched(result.records, figures[name], rulings_of(self._of[name]))
        self._stale = shared_ids(self.manifest, series)
        self._anew = list(checked_anew(self.manifest, self.parts, self.temporary, series, figures, rulings))
        self._anew_of: dict[str, list[Finding]] = defaultdict(list)
        for finding in self._anew:
            for document in finding.documents:
                self._anew_of[document].append(finding)

    def _result(self, document: str) -> DocumentResult | None:
        entry = self.manifest.entry_of(document)
        return read_result(self.parts, entry) if entry is not None else None

    def _placed(self, entries: Sequence[Decision]) -> list[Decision]:
        """The entries, each with its case or its document: one that came without is looked for in all results."""
        sought = {name for e in entries if not documents_of(e) for name in (e.finding, e.record) if name}
        if not sought:
            return list(entries)
        cases = {finding.id: finding for finding in all_shared(self.manifest) if finding.id in sought}
        homes: dict[str, str] = {}
        for planned, entry in self.manifest.results():
            result = read_result(self.parts, entry)
            cases.update((finding.id, finding) for finding in result.findings if finding.id in sought)
            homes.update((record.id, planned.id) for record in result.records if record.id in sought)
        return [
            e
            if documents_of(e)
            else msgspec.structs.replace(e, case=cases.get(e.finding or ""), document=homes.get(e.record or ""))
            for e in entries
        ]

    def settle(self, document: str, result: DocumentResult) -> Block:
        """Records and findings (those between documents left out: see `findings_across`) of one document."""
        kept, _ = shared_findings(self.manifest, document)
        own = Block(document, with_findings(result.records, kept), result.findings, ())
        if document not in self._of and document not in self._anew_of and self._stale.isdisjoint(f.id for f in kept):
            return own
        shared = [finding for finding in kept if finding.id not in self._stale] + self._anew_of[document]
        checked = self._checked.get(document) or as_kept(result)
        now = settled(document, checked, sorted(shared, key=lambda f: f.id), self._of[document])
        self.own.append(msgspec.structs.replace(own, decided=now.decided))
        return now

    def findings_across(self) -> Iterator[Finding]:
        """Findings between documents as decided."""
        if not self._touches_across():
            yield from all_shared(self.manifest)
            return
        kept = list(all_shared(self.manifest))
        now = settled_across([f for f in kept if f.id not in self._stale] + self._anew, self.standing)
        if now != kept:
            self.own.append(Block(None, (), tuple(kept), ()))
        yield from now

    def _touches_across(self) -> bool:
        between = any(len(documents_of(entry)) > 1 or entry.action == "strike" for entry in self.standing)
        return between or bool(self._stale) or bool(self._anew)
