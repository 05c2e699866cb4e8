"""A document under decisions: checked again from what the last run kept of it, then with the decisions set in it.

The batch run and the review page both come here, so that they leave the same bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from pipeline.model.decision import STATUS_AFTER, Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.model.result import Reconciliation
from pipeline.model.rulings import Rulings
from pipeline.stages import reconsider
from pipeline.store.chunk import unlike_ids
from pipeline.store.result import DocumentResult, plain_record
from pipeline.store.series import series_group
from pipeline.write.decided import decided
from pipeline.write.machine import Block, home_of

_log = logging.getLogger(__name__)


def documents_of(entry: Decision) -> tuple[str, ...]:
    """The documents that a decision speaks of; () for one that does not say."""
    if entry.case is not None:
        return entry.case.documents
    return (entry.document,) if entry.document is not None else ()


def as_kept(result: DocumentResult) -> Reconciliation:
    """The document as the run left it, with nothing decided."""
    return Reconciliation(result.records, result.findings, result.equations)


def checked_again(result: DocumentResult, standing: Sequence[Decision]) -> Reconciliation:
    """The document reconciled under the decisions in force on it; nothing is extracted again."""
    if not any(entry.action in STATUS_AFTER or entry.finding is None for entry in standing):
        return as_kept(result)
    extracted = {record.id: record for record in result.printed}
    printed = [extracted.get(record.id, record) for record in result.records]
    repaired = [record for record in result.records if record.id in extracted]
    try:
        found = reconsider(printed, repaired, frozenset(result.ocr_tables), standing)
    except (Exception, RecursionError) as error:  # the decisions count all the same, in their own cases
        document = result.records[0].document if result.records else ""
        _log.warning("%s: cannot be reconciled under its decisions (%s)", document, error)
        return as_kept(result)
    return Reconciliation(tuple(map(plain_record, found.records)), unlike_ids(found.findings), found.equations)


def settled(document: str, checked: Reconciliation, shared: Sequence[Finding], standing: Sequence[Decision]) -> Block:
    """The document as it is published. `shared` are the findings between it and others, `standing` the decisions in
    force on it."""
    records = with_findings(checked.records, shared)
    if not standing:
        return Block(document, records, checked.findings, ())
    done, findings = decided(records, [*checked.findings, *shared], standing)
    own = tuple(plain_record(record) for record in done if record.document == document)
    kept = tuple(finding for finding in findings if home_of(finding) == document)
    return Block(document, own, kept, tuple(entry.id for entry in standing))


def settled_across(shared: Iterable[Finding], standing: Sequence[Decision]) -> list[Finding]:
    """The findings between documents as they are published, in the order of the file."""
    _, findings = decided((), list(shared), standing)
    between = [finding for finding in findings if home_of(finding) is None]
    return sorted(between, key=lambda finding: ("\0".join(finding.documents), finding.id))


def with_findings(records: Sequence[Record], findings: Sequence[Finding]) -> tuple[Record, ...]:
    """`records` with the findings between documents entered: an open error puts its suspects in conflict."""
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


def series_touched(kept: Iterable[Record], now: Iterable[Record], rulings: Rulings) -> set[str]:
    """The groups of series in which decisions have changed what other documents are compared with."""
    before = {record.id: record for record in kept}
    after = {record.id: record for record in now}
    settled = rulings.fixed.union(rulings.excluded, *rulings.apart)
    return {series_group(record) for record in _changed(before, after, settled)}


def _changed(before: dict[str, Record], after: dict[str, Record], settled: frozenset[str]) -> Iterator[Record]:
    for name in before | after:
        versions = [found[name] for found in (before, after) if name in found]
        plain = [msgspec.structs.replace(plain_record(v), check="unchecked", findings=()) for v in versions]
        if name in settled or len(plain) == 1 or plain[0] != plain[1]:
            yield from versions
