"""What decisions make of the machine's output: pure functions, used by the batch run, the terminal and the
review page.

The base is the machine's own output, as if nobody had decided anything. What comes out is a function of the base
and the log alone, so decisions survive every re-run, an undo restores what was there, and a decision whose evidence
has changed does nothing: its case is open again. What a decision means for the other figures of its document is
worked out before (`pipeline.write.rulings` and `pipeline.stages.reconsider`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pipeline.errors import DecisionError
from pipeline.model.decision import STATUS_AFTER, Decision
from pipeline.model.finding import Finding, Proposal
from pipeline.model.record import Check, Record
from pipeline.write.corrected import added_record, as_printed, edited, with_value
from pipeline.write.decisions import current, evidence_hash, live, record_hash

_VALUE_ACTIONS = ("accept", "override")
_PRINTED_ACTIONS = ("reject", "claim_wrong", "not_comparable")


def apply(
    records: Sequence[Record], findings: Sequence[Finding], decisions: Iterable[Decision]
) -> tuple[list[Record], list[Finding]]:
    """Records and findings as decided, from the machine's own `records` and `findings` and the whole log.

    See `decided`. A decision on evidence that has changed, or on a finding that nobody knows, is passed over.
    """
    base = {record.id: record for record in records}
    return decided(records, findings, standing_decisions(findings, base, decisions))


def decided(
    records: Sequence[Record], findings: Sequence[Finding], standing: Sequence[Decision]
) -> tuple[list[Record], list[Finding]]:
    """Records and findings with the entries in force (`standing`, in order) applied.

    Struck records are left out, and with them the findings they take part in; added records come at the end
    of their document; decided cases that `findings` lacks come behind them. Order is otherwise kept.
    """
    by_record = entries_by_record(standing)
    by_finding = current(standing)
    struck = {e.record for e in standing if e.action == "strike"}
    known = {finding.id for finding in findings}
    kept = [
        decided_finding(f, by_finding.get(f.id))
        for f in _with_cases(findings, by_finding)
        if struck.isdisjoint(f.figures)
    ]
    kept_by_id = {finding.id: finding for finding in kept}
    returned = [finding for finding in kept if finding.id not in known]
    there = {record.id for record in records}
    added = [added_record(e) for e in standing if e.action == "add" and e.record not in there]
    return [
        decided_record(_named(record, returned), by_record.get(record.id, ()), kept_by_id, by_finding)
        for record in _with_added(records, added)
        if record.id not in struck
    ], kept


def _with_cases(findings: Sequence[Finding], decisions: Mapping[str, Decision]) -> list[Finding]:
    """The findings, decided ones as they were when they were decided, whether or not the figures still raise them."""
    cases: dict[str | None, Finding] = {
        name: entry.case for name, entry in decisions.items() if entry.case is not None and entry.action in STATUS_AFTER
    }
    there = [cases.pop(finding.id, finding) for finding in findings]
    return there + list(cases.values())


def _named(record: Record, returned: Sequence[Finding]) -> Record:
    """The record with the findings entered that decisions have brought back."""
    names = [finding.id for finding in returned if record.id in finding.figures]
    if not names:
        return record
    return msgspec.structs.replace(record, findings=tuple(dict.fromkeys((*record.findings, *names))))


def standing_decisions(
    findings: Iterable[Finding], records: Mapping[str, Record], decisions: Iterable[Decision]
) -> list[Decision]:
    """The entries in force: not undone, the last of their finding, and taken on the evidence as it is now.

    `records` (id -> Record) are the machine's own; `findings` too: they are the cases of entries that came without.
    """
    cases = {finding.id: finding for finding in findings}
    entries = [_with_case(entry, cases) for entry in live(decisions)]
    last = current(entries)
    return [entry for entry in entries if stands(entry, records, last)]


def _with_case(entry: Decision, cases: Mapping[str, Finding]) -> Decision:
    case = cases.get(entry.finding or "")
    return entry if entry.case is not None or case is None else msgspec.structs.replace(entry, case=case)


def stands(entry: Decision, records: Mapping[str, Record], last: Mapping[str, Decision]) -> bool:
    """Whether a live entry is in force: the `last` of its finding, on the evidence as it is now."""
    if entry.finding is not None:
        latest = last[entry.finding].id == entry.id
        return latest and entry.case is not None and entry.evidence in (None, evidence_hash(entry.case, records))
    if entry.action == "add":
        return True
    record = records.get(entry.record or "")
    return record is not None and entry.evidence in (None, record_hash(record))


def entries_by_record(standing: Iterable[Decision]) -> dict[str, list[Decision]]:
    """Which standing entries touch which record: by naming it, or by settling a finding in whose equation
    it stands.
    """
    touched: dict[str, list[Decision]] = defaultdict(list)
    for entry in standing:
        names = dict.fromkeys(entry.case.figures if entry.case is not None else ())
        if entry.record is not None:
            names[entry.record] = None
        for name in names:
            touched[name].append(entry)
    return dict(touched)


def decided_finding(finding: Finding, decision: Decision | None) -> Finding:
    """The finding with the status and decision id that the standing `decision` gives it."""
    if decision is None or decision.action not in STATUS_AFTER:
        return finding
    return msgspec.structs.replace(finding, status=STATUS_AFTER[decision.action], decision=decision.id)


def decided_record(
    record: Record,
    entries: Sequence[Decision],
    findings: Mapping[str, Finding],
    decisions: Mapping[str, Decision],
) -> Record:
    """The record with what `entries` (standing, in order) set in it, and its check status made to agree.

    `findings` are the decided ones by id, `decisions` the standing ones by finding id.
    """
    result = record
    for entry in entries:
        result = _with_entry(result, entry)
    kept = tuple(name for name in record.findings if name in findings)
    if result is record and kept == record.findings and not any(name in decisions for name in kept):
        return record
    check = _check_after(record, entries, [findings[name] for name in kept], decisions)
    return msgspec.structs.replace(result, findings=kept, check=check)


def _with_entry(record: Record, entry: Decision) -> Record:
    if entry.action in _PRINTED_ACTIONS and entry.case is not None and record.id in entry.case.suspects:
        return as_printed(record)
    return with_own_entry(record, entry)


def with_own_entry(record: Record, entry: Decision) -> Record:
    """The record with the fields or the value that `entry` gives it; as it is where the entry names another one."""
    if entry.record != record.id:
        return record
    if entry.action == "edit":
        return edited(record, entry.fields)
    if entry.action in _VALUE_ACTIONS and entry.value is not None:
        return with_value(record, entry.value)
    return record


def _check_after(
    record: Record,
    entries: Sequence[Decision],
    findings: Sequence[Finding],
    decisions: Mapping[str, Decision],
) -> Check:
    if any(e.record == record.id and e.value is not None for e in entries):
        return "repaired"
    suspected = {decisions[f.id].action for f in findings if f.id in decisions and record.id in f.suspects}
    if record.check == "repaired" and not suspected.isdisjoint(_PRINTED_ACTIONS):
        return "conflicting" if "claim_wrong" in suspected else "unchecked"
    if record.check != "conflicting" or any(_still_conflicts(f, record.id, decisions) for f in findings):
        return record.check
    taken = {decisions[f.id].action for f in findings if f.id in decisions}
    return "unchecked" if taken.isdisjoint(_VALUE_ACTIONS) else "confirmed"


def _still_conflicts(finding: Finding, record: str, decisions: Mapping[str, Decision]) -> bool:
    decision = decisions.get(finding.id)
    if decision is None or decision.action == "skip":
        return finding.severity != "info" and finding.status == "open"
    return decision.action == "claim_wrong" and record in finding.suspects


def accepted(finding: Finding, choice: int = 0) -> Proposal | None:
    """The proposal that an `accept` takes: number `choice`, best first; None where a repair already made
    stands.

    Raises DecisionError where there is nothing to accept.
    """
    if finding.proposals[choice : choice + 1]:
        return finding.proposals[choice]
    if finding.status == "repaired":
        return None
    raise DecisionError(f"{finding.id}: proposes nothing to accept; give a value with override")


def _with_added(records: Sequence[Record], added: Sequence[Record]) -> list[Record]:
    found = list(records)
    for record in added:
        ends = [i for i, other in enumerate(found) if other.document == record.document]
        found.insert(ends[-1] + 1 if ends else len(found), record)
    return found
