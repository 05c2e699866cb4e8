"""A decision reaches the other figures of its document: it settles their cases, changes them, raises new ones."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipeline import run
from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.review.store import Store
from pipeline.review.writer import Writer
from pipeline.write.decided import accepted
from pipeline.write.machine import read_lines

GROWTH = """OSLO, January 20, 2022 -- Norway's imports of timber came to 7.5 billion dollars in 2021, up 190 percent \
from 6.3 billion dollars in 2020.
"""
SUM = """OSLO, January 20, 2022 -- Norway's foreign trade reached 61.2 billion dollars in 2021.
Exports stood at 30.1 billion dollars in 2021, up 7.5 percent from 28.0 billion dollars in 2020.
Imports stood at 21.1 billion dollars in 2021.
"""


def files(out: Path) -> list[bytes]:
    return [(out / name).read_bytes() for name in ("records.jsonl", "findings.jsonl")]


def findings(out: Path) -> dict[str, Finding]:
    return {f.id: f for f in read_lines(out / "findings.jsonl", Finding)}


def records(out: Path) -> dict[str, Record]:
    return {r.quote: r for r in read_lines(out / "records.jsonl", Record)}


def done(tmp_path: Path, **texts: str) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir(exist_ok=True)
    for name, text in texts.items():
        (inbox / f"{name}.txt").write_text(text)
    run(inbox, out=tmp_path / "out")
    return tmp_path / "out"


def decide(out: Path, **fields: object) -> Decision:
    store = Store(out)
    entry = store.decide(Decision(who="anna", **fields))  # type: ignore[arg-type]
    Writer(store).flush()
    return entry


def only(out: Path, rule: str) -> Finding:
    (found,) = [f for f in findings(out).values() if f.rule == rule and f.status == "open"]
    return found


def quotes(out: Path, finding: Finding) -> set[str]:
    by_id = {r.id: r.quote for r in read_lines(out / "records.jsonl", Record)}
    return {by_id[name] for name in finding.suspects}


Step = Callable[[Path, Finding], dict[str, object]]


def accept(out: Path, case: Finding) -> dict[str, object]:
    proposal = accepted(case)
    assert proposal is not None
    return {"action": "accept", "finding": case.id, "record": proposal.record, "value": proposal.obs_value}


def typed(quote: str, value: str) -> Step:
    return lambda out, case: {
        "action": "override", "finding": case.id, "record": records(out)[quote].id, "value": Decimal(value)
    }  # fmt: skip


def edit(quote: str, **fields: str) -> Step:
    return lambda out, case: {"action": "edit", "record": records(out)[quote].id, "fields": fields}


def strike(quote: str) -> Step:
    return lambda out, case: {"action": "strike", "record": records(out)[quote].id}


def plain(action: str) -> Step:
    return lambda out, case: {"action": action, "finding": case.id}


@pytest.mark.parametrize(
    ("text", "rule", "step", "check", "open_suspects"),
    [
        # The value that mends a case confirms the figures beside it, and leaves nothing open.
        (GROWTH, "growth_vs_levels", accept, {"7.5 billion": "confirmed", "6.3 billion": "confirmed"}, []),
        (GROWTH, "growth_vs_levels", typed("190 percent", "19.0"), {"190 percent": "repaired"}, []),
        (GROWTH, "growth_vs_levels", edit("190 percent", obs_value="19.0"), {"7.5 billion": "confirmed"}, []),
        # Another value does not mend it: now the levels are asked about.
        (GROWTH, "growth_vs_levels", typed("190 percent", "25.0"), {"190 percent": "repaired"},
         [{"7.5 billion", "6.3 billion"}]),
        # The printed figure is right: one of the others must be wrong.
        (GROWTH, "growth_vs_levels", plain("reject"), {"7.5 billion": "conflicting"},
         [{"7.5 billion", "6.3 billion"}]),
        # A wrong claim, and a figure that is none, speak neither for nor against others.
        (GROWTH, "growth_vs_levels", plain("claim_wrong"),
         {"190 percent": "conflicting", "7.5 billion": "unchecked"}, []),
        (GROWTH, "growth_vs_levels", strike("190 percent"), {"7.5 billion": "unchecked"}, []),
        (GROWTH, "growth_vs_levels", plain("not_comparable"), {"190 percent": "unchecked"}, []),
    ],
)  # fmt: skip
def test_what_a_decision_means_for_the_other_figures(
    tmp_path: Path, text: str, rule: str, step: Step, check: dict[str, str], open_suspects: list[set[str]]
) -> None:
    out = done(tmp_path, timber=text)
    before = files(out)
    case = only(out, rule)
    entry = decide(out, **step(out, case))
    found = findings(out)
    assert {quote: records(out)[quote].check for quote in check} == check
    assert [quotes(out, f) for f in found.values() if f.status == "open"] == open_suspects
    if entry.finding is not None:
        assert found[case.id].decision == entry.id
    decided = files(out)
    run(tmp_path / "inbox", out=out)
    assert files(out) == decided
    run(tmp_path / "inbox", out=out, fresh=True)
    assert files(out) == decided
    with duckdb.connect(str(out / "tally.duckdb"), read_only=True) as db:
        rows = dict(db.execute("SELECT id, status FROM findings").fetchall())
        assert rows == {name: f.status for name, f in found.items()}
    decide(out, action="undo", undoes=entry.id)
    assert files(out) == before


def test_one_decision_settles_another_case_and_raises_it_again_when_undone(tmp_path: Path) -> None:
    out = done(tmp_path, sums=SUM)
    case = only(out, "sum_of_parts")
    rise = records(out)["30.1 billion"].id
    raised = decide(out, action="edit", record=rise, fields={"obs_value": "40.1e9"})
    assert {f.rule for f in findings(out).values() if f.status == "open"} == {"growth_vs_levels"}
    assert case.id not in findings(out)
    assert records(out)["61.2 billion"].check == "confirmed"
    decide(out, action="undo", undoes=raised.id)
    assert findings(out)[case.id] == case


def test_a_raised_case_is_decided_and_stays_when_the_figures_no_longer_raise_it(tmp_path: Path) -> None:
    out = done(tmp_path, timber=GROWTH)
    first = decide(out, action="reject", finding=only(out, "growth_vs_levels").id)
    raised = next(f for f in findings(out).values() if f.status == "open")
    second = decide(out, action="reject", finding=raised.id)
    assert {f.status for f in findings(out).values()} == {"rejected"}
    assert len(findings(out)) == 2
    decide(out, action="undo", undoes=first.id)
    assert findings(out)[raised.id].decision == second.id
    assert Store(out).reviewed(raised.id)


def test_figures_that_are_not_comparable_are_never_paired_again(tmp_path: Path) -> None:
    """The pair stays apart under every rule, and on every later run, though other texts bring its documents back."""
    out = done(tmp_path, one=GROWTH, two=GROWTH.replace("7.5 billion", "9.5 billion").replace("190", "50.8"))
    between = next(f for f in findings(out).values() if len(f.documents) == 2)
    decide(out, action="not_comparable", finding=between.id)
    pair = set(between.figures)

    def paired() -> list[Finding]:
        return [f for f in findings(out).values() if pair <= set(f.figures) and f.status == "open"]

    assert paired() == []
    done(tmp_path, three="OSLO, January 21, 2022 -- Norway's imports of timber came to 7.5 billion dollars in 2021.\n")
    assert paired() == []
    assert findings(out)[between.id].status == "rejected"


def test_a_decided_value_is_compared_with_other_documents(tmp_path: Path) -> None:
    other = "OSLO, January 21, 2022 -- Norway's imports of timber came to 7.5 billion dollars in 2021.\n"
    out = done(tmp_path, one=GROWTH, two=other)
    before = files(out)
    assert not any(len(f.documents) == 2 for f in findings(out).values())
    value = next(r for r in read_lines(out / "records.jsonl", Record) if r.document == "two")
    entry = decide(out, action="edit", record=value.id, fields={"obs_value": "5.7e9"})
    (between,) = [f for f in findings(out).values() if f.rule == "cross_document"]
    assert value.id not in between.suspects
    decided = files(out)
    run(tmp_path / "inbox", out=out, fresh=True)
    assert files(out) == decided
    decide(out, action="undo", undoes=entry.id)
    assert files(out) == before


def test_a_page_that_died_before_it_wrote_is_caught_up_with(tmp_path: Path) -> None:
    out = done(tmp_path, timber=GROWTH)
    Store(out).decide(Decision(action="reject", who="anna", finding=only(out, "growth_vs_levels").id))
    behind = files(out)
    Writer(Store(out)).flush()
    written = files(out)
    assert written != behind
    run(tmp_path / "inbox", out=out)
    assert files(out) == written
