"""Decisions of a reviewer on findings that a run finds again."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.model.decision import Decision
from pipeline.model.finding import Finding, Status
from pipeline.model.result import Reconciliation

STATUS: dict[str, Status] = {"accept": "accepted", "reject": "rejected", "override": "overridden"}


def apply_decisions(result: Reconciliation, decisions: Sequence[Decision]) -> Reconciliation:
    """Marks each finding with the last decision on it that was not taken back. Values are left to the review
    layer."""
    undone = {entry.undoes for entry in decisions if entry.action == "undo"}
    last = {
        entry.finding: entry
        for entry in decisions
        if entry.finding and entry.action in STATUS and entry.id not in undone
    }
    findings = tuple(_decided(finding, last.get(finding.id)) for finding in result.findings)
    return Reconciliation(result.records, findings, result.equations)


def _decided(finding: Finding, entry: Decision | None) -> Finding:
    if entry is None:
        return finding
    return msgspec.structs.replace(finding, status=STATUS[entry.action], decision=entry.id)
