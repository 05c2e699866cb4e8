"""What decisions make of the machine's output: pure functions, used by the batch run, the terminal and the
review page.

The base is the machine's own output, as if nobody had decided anything. `apply` is a function of the base
and the log
alone, so decisions survive every re-run, an undo restores what was there, and a decision whose evidence has
changed
does nothing: its case is open again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from pipeline.errors import DecisionError
from pipeline.model.decision import STATUS_AFTER, Decision
from pipeline.model.finding import Finding, Proposal
from pipeline.model.record import Check, Record
from pipeline.write.decisions import current, evidence_hash, live, record_hash

EDITABLE = (
    "measure", "obs_value", "unit_measure", "bound", "counted", "flow", "indicator", "commodity", "ref_area",
    "counterpart_area", "time_period", "comparison", "obs_status",
)  # fmt: skip
"""The fields that a reviewer may correct; `lower` and `upper` follow `obs_value`."""

_VALUE_ACTIONS = ("accept", "override")
_PRINTED_ACTIONS = ("reject", "claim_wrong", "not_comparable")


def apply(
    records: Sequence[Record], findings: Sequence[Finding], decisions: Iterable[Decision]
) -> tuple[list[Record], list[Finding]]:
    """Records and findings as decided, from the machine's own `records` and `findings` and the whole log.

    Struck records are left out, and with them the findings they take part in; added records come at the end
    of their
    document. Order is otherwise kept. A decision on evidence that has changed, or on a finding that is
    gone, is passed over.
    """
    base = {record.id: record for record in records}
    standing = standing_decisions(findings, base, decisions)
    by_record = entries_by_record(findings, standing)
    by_finding = current(standing)
    struck = {e.record for e in standing if e.action == "strike"}
    kept = [decided_finding(f, by_finding.get(f.id)) for f in findings if struck.isdisjoint(f.figures)]
    kept_by_id = {finding.id: finding for finding in kept}
    decided = [
        decided_record(r, by_record.get(r.id, ()), kept_by_id, by_finding)
        for r in records
        if r.id not in struck
    ]
    added = [added_record(e) for e in standing if e.action == "add"]
    return _with_added(decided, [r for r in added if r.id not in base]), kept


def standing_decisions(
    findings: Iterable[Finding], records: Mapping[str, Record], decisions: Iterable[Decision]
) -> list[Decision]:
    """The entries in force: not undone, the last of their finding, and taken on the evidence as it is now.

    `findings` and `records` (id -> Record) are the machine's own.
    """
    cases = {finding.id: finding for finding in findings}
    last = current(entries := live(decisions))
    return [entry for entry in entries if stands(entry, cases, records, last)]


def stands(
    entry: Decision,
    findings: Mapping[str, Finding],
    records: Mapping[str, Record],
    last: Mapping[str, Decision],
) -> bool:
    """Whether a live entry is in force: the `last` of its finding, on the evidence as it is now."""
    if entry.finding is not None:
        case = findings.get(entry.finding)
        latest = last[entry.finding].id == entry.id
        return latest and case is not None and entry.evidence in (None, evidence_hash(case, records))
    if entry.action == "add":
        return True
    record = records.get(entry.record or "")
    return record is not None and entry.evidence in (None, record_hash(record))


def entries_by_record(findings: Iterable[Finding], standing: Iterable[Decision]) -> dict[str, list[Decision]]:
    """Which standing entries touch which record: by naming it, or by settling a finding in whose equation
    it stands.
    """
    figures = {finding.id: finding.figures for finding in findings}
    touched: dict[str, list[Decision]] = defaultdict(list)
    for entry in standing:
        names = dict.fromkeys(figures.get(entry.finding or "", ()))
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
    named = entry.record == record.id
    if named and entry.action == "edit":
        return edited(record, entry.fields)
    if named and entry.action in _VALUE_ACTIONS and entry.value is not None:
        return with_value(record, entry.value)
    if (
        entry.action in _PRINTED_ACTIONS
        and record.published_value is not None
        and entry.finding in record.findings
    ):
        return as_printed(record)
    return record


def _check_after(
    record: Record,
    entries: Sequence[Decision],
    findings: Sequence[Finding],
    decisions: Mapping[str, Decision],
) -> Check:
    if any(e.record == record.id and e.value is not None for e in entries):
        return "repaired"
    taken = {f.id: decisions[f.id].action for f in findings if f.id in decisions}
    if record.check == "repaired" and any(action in _PRINTED_ACTIONS for action in taken.values()):
        return "conflicting" if "claim_wrong" in taken.values() else "unchecked"
    if record.check != "conflicting" or any(_still_conflicts(f, record.id, decisions) for f in findings):
        return record.check
    return "confirmed" if any(action in _VALUE_ACTIONS for action in taken.values()) else "unchecked"


def _still_conflicts(finding: Finding, record: str, decisions: Mapping[str, Decision]) -> bool:
    decision = decisions.get(finding.id)
    if decision is None or decision.action == "skip":
        return finding.severity != "info" and finding.status == "open"
    return decision.action == "claim_wrong" and record in finding.suspects


def with_value(record: Record, value: Decimal) -> Record:
    """The record with another value; what was printed is kept in `published_value`, the interval follows."""
    lower, upper = interval_about(value, record)
    printed = record.obs_value if record.published_value is None else record.published_value
    return msgspec.structs.replace(record, obs_value=value, lower=lower, upper=upper, published_value=printed)


def as_printed(record: Record) -> Record:
    """The record with the value that was printed, where a repair had changed it."""
    if record.published_value is None:
        return record
    lower, upper = interval_about(record.published_value, record)
    return msgspec.structs.replace(
        record, obs_value=record.published_value, lower=lower, upper=upper, published_value=None
    )


def interval_about(value: Decimal, record: Record) -> tuple[Decimal, Decimal]:
    """The interval that rounding leaves about `value`, read with the precision that the record was printed
    with.

    A power of ten carries the precision along (159 +- 0.5 becomes 15.9 +- 0.05); otherwise the half-width
    stays, or
    shrinks by tens until the value is a multiple of the rounding step. An open-ended bound keeps its exact
    value.
    """
    half = (record.upper - record.lower) / 2
    if half <= 0 or value == record.obs_value:
        return (value, value) if half <= 0 else (record.lower, record.upper)
    shift = _power_of_ten(value, record.obs_value)
    half = half.scaleb(shift) if shift is not None else _fine_enough(half, value)
    return value - half, value + half


def _power_of_ten(value: Decimal, other: Decimal) -> int | None:
    if not value or not other or value.normalize().as_tuple().digits != other.normalize().as_tuple().digits:
        return None
    return value.adjusted() - other.adjusted()


def _fine_enough(half: Decimal, value: Decimal) -> Decimal:
    step = half * 2
    for _ in range(18):
        if value % step == 0:
            break
        step = step.scaleb(-1)
    return step / 2


def edited(record: Record, fields: Mapping[str, str | None]) -> Record:
    """The record with corrected fields. Raises DecisionError for a field or value that a record can't have.
    """
    if unknown := [name for name in fields if name not in EDITABLE]:
        raise DecisionError(f"{record.id}: no such field to correct: {', '.join(unknown)}")
    changes: dict[str, object] = {
        name: value or None for name, value in fields.items() if name != "obs_value"
    }
    result = _converted({**msgspec.to_builtins(record), **changes}, record.id)
    if (value := fields.get("obs_value")) is not None:
        result = with_value(result, _decimal(value, record.id))
    return msgspec.structs.replace(result, extraction=f"{record.extraction} + reviewer")


def added_record(decision: Decision) -> Record:
    """The record that an `add` entry makes; raises DecisionError where its fields make no record."""
    start, end = decision.span or (0, 0)
    value = _decimal(decision.fields.get("obs_value") or "", f"{decision.document}:{start}")
    made = {
        "bound": "=", "indicator": "", **{k: v for k, v in decision.fields.items() if v},
        "id": decision.record, "document": decision.document, "char_start": start, "char_end": end,
        "lower": str(value), "upper": str(value), "extraction": "reviewer", "confidence": 1.0,
    }  # fmt: skip
    return _converted(made, decision.record or "added figure")


def added_record_id(document: str, start: int, end: int) -> str:
    """The id of a figure that a reviewer added: the same document and span give the same id."""
    return f"{document}:{start}-{end}"


def _converted(fields: Mapping[str, object], name: str) -> Record:
    try:
        return msgspec.convert(fields, Record, strict=False)
    except msgspec.ValidationError as error:
        raise DecisionError(f"{name}: {error}") from error


def _decimal(text: str, name: str) -> Decimal:
    try:
        value = Decimal(text)
    except ArithmeticError as error:
        raise DecisionError(
            f"{name}: '{text}' is no number; write it in full, as 15.9 or 59950000000"
        ) from error
    if not value.is_finite():
        raise DecisionError(f"{name}: '{text}' is no number that a figure can have")
    return value


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


def _with_added(records: list[Record], added: Sequence[Record]) -> list[Record]:
    for record in added:
        ends = [i for i, other in enumerate(records) if other.document == record.document]
        records.insert(ends[-1] + 1 if ends else len(records), record)
    return records
