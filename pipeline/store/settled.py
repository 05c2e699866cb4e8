"""A document's records and findings as they are published: with the findings between documents and the
decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.store.across import all_shared, shared_findings
from pipeline.store.manifest import Manifest
from pipeline.store.result import DocumentResult, plain_record
from pipeline.write.decided import apply
from pipeline.write.machine import changed


@dataclass
class Settling:
    """Puts findings between documents and decisions to the results of a run, document by document."""

    manifest: Manifest
    decisions: Sequence[Decision]
    settled_across: dict[str, Finding | None] = field(default_factory=dict)
    own_records: list[Record] = field(default_factory=list)
    own_findings: dict[str, Finding] = field(default_factory=dict)
    """The machine's own version of what decisions changed: see `pipeline.write.machine`."""

    def __post_init__(self) -> None:
        self._named = {name for d in self.decisions for name in (d.finding, d.record, d.document) if name}

    def settle(self, document: str, result: DocumentResult) -> tuple[list[Record], list[Finding]]:
        """Records and findings (those between documents left out: see `findings_across`) of one document."""
        shared, spoken_of = shared_findings(self.manifest, document)
        records = with_findings(result.records, shared)
        if not self._is_decided(document, records, [*result.findings, *shared]):
            return list(records), list(result.findings)
        # Records of other documents too: the evidence of a shared decision rests on them.
        foreign = [record for record in spoken_of.values() if record.document != document]
        settled, findings = apply([*records, *foreign], [*result.findings, *shared], self.decisions)
        self._keep_own(document, records, settled, [*result.findings, *shared], findings)
        between = {finding.id for finding in shared}
        self.settled_across.update(dict.fromkeys(between))
        self.settled_across.update((finding.id, finding) for finding in findings if finding.id in between)
        own = [plain_record(record) for record in settled if record.document == document]
        return own, [finding for finding in findings if finding.id not in between]

    def _keep_own(
        self,
        document: str,
        records: Sequence[Record],
        settled: Sequence[Record],
        findings: Sequence[Finding],
        decided: Sequence[Finding],
    ) -> None:
        now = {record.id: record for record in settled if record.document == document}
        self.own_records += changed(records, now)
        own = changed(findings, {finding.id: finding for finding in decided})
        self.own_findings.update((finding.id, finding) for finding in own)

    def _is_decided(self, document: str, records: Sequence[Record], findings: Sequence[Finding]) -> bool:
        if not self._named:
            return False
        return document in self._named or not self._named.isdisjoint(
            [*(r.id for r in records), *(f.id for f in findings)]
        )

    def findings_across(self) -> Iterator[Finding]:
        """Findings between documents as decided; to be asked once every document is settled."""
        settled = (self.settled_across.get(finding.id, finding) for finding in all_shared(self.manifest))
        return (finding for finding in settled if finding is not None)


def with_findings(records: Sequence[Record], findings: Sequence[Finding]) -> tuple[Record, ...]:
    """`records` with the findings between documents entered: an open error or warning puts its suspects in
    conflict."""
    if not findings:
        return tuple(records)
    return tuple(_with_findings(record, findings) for record in records)


def _with_findings(record: Record, findings: Sequence[Finding]) -> Record:
    touching = [finding for finding in findings if record.id in finding.figures]
    if not touching:
        return record
    names = tuple(dict.fromkeys((*record.findings, *(finding.id for finding in touching))))
    suspect = any(
        finding.status == "open" and finding.severity == "error" and record.id in finding.suspects
        for finding in touching
    )
    check = "conflicting" if suspect and record.check != "repaired" else record.check
    return msgspec.structs.replace(record, findings=names, check=check)
