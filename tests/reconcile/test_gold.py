"""The corpus beside the repository: every required finding is located with its repair, and nothing else is
an error."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.reconcile import reconcile_document
from tests.reconcile.gold_records import SHARED, gold_records

pytestmark = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the corpus is not beside the repository")


def wanted() -> list[dict[str, Any]]:
    paths = sorted(SHARED.glob("gold/findings*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[dict[str, Record], tuple[Finding, ...]]]:
    found = {}
    for name, records in gold_records().items():
        tables = frozenset(r.table for r in records if r.table)
        result = reconcile_document(records, ocr_tables=tables if name == "heihe-port-paper" else None)
        found[name] = ({r.id: r for r in result.records}, result.findings)
    return found


def touches(record: Record, spans: list[list[int]]) -> bool:
    return any(min(end, record.char_end) > max(start, record.char_start) for start, end in spans)


@pytest.mark.parametrize(
    "case", [c for c in wanted() if c["required"]], ids=lambda c: f"{c['document']}-{c['suspects']}"
)
def test_required_findings(
    case: dict[str, Any], results: dict[str, tuple[dict[str, Record], tuple[Finding, ...]]]
) -> None:
    records, findings = results[case["document"]]
    hits = [f for f in findings if any(touches(records[s], case["suspects"]) for s in f.suspects)]
    assert hits
    if case["repair"] is not None:
        options = case["repair"] if isinstance(case["repair"], list) else [case["repair"]]
        assert {float(v) for v in options} & {float(p.obs_value) for f in hits for p in f.proposals}


def test_no_false_error(results: dict[str, tuple[dict[str, Record], tuple[Finding, ...]]]) -> None:
    cases = wanted()
    for name, (records, findings) in results.items():
        near = [span for case in cases if case["document"] == name for span in case["figures"]]
        for finding in findings:
            if finding.severity == "error":
                assert any(touches(records[s], near) for s in finding.suspects), finding.equation
