"""The log, and what decisions make of records and findings."""

from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import DecisionError, StoreError
from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.review.merge import before_and_after, reworded
from pipeline.review.store import Store
from pipeline.write.corrected import as_printed, interval_about, with_value
from pipeline.write.decided import apply
from pipeline.write.decisions import Log, append, current, evidence_hash, live, load
from pipeline.write.machine import read_lines
from tests.review import folder

GROWTH = "growth"


def base(out: Path) -> tuple[dict[str, Record], dict[str, Finding]]:
    records = {r.id: r for r in read_lines(out / "records.jsonl", Record)}
    return records, {f.id: f for f in read_lines(out / "findings.jsonl", Finding)}


def decided(out: Path, *decisions: Decision) -> tuple[dict[str, Record], dict[str, Finding]]:
    records, findings = base(out)
    numbered = [msgspec.structs.replace(d, id=d.id or f"D{i + 1}") for i, d in enumerate(decisions)]
    new_records, new_findings = apply(list(records.values()), list(findings.values()), numbered)
    return {r.id: r for r in new_records}, {f.id: f for f in new_findings}


def suspect(out: Path, finding: str) -> str:
    return base(out)[1][finding].suspects[0]


def test_log_keeps_every_entry_in_order_with_id_and_time(out: Path) -> None:
    for action in ("skip", "reject"):
        append(out, Decision(action=action, who="anna", finding=GROWTH))
    entries = load(out)
    assert [(e.id, e.action, e.who) for e in entries] == [("D1", "skip", "anna"), ("D2", "reject", "anna")]
    assert all(e.when for e in entries)
    assert current(entries)[GROWTH].id == "D2"


def test_a_torn_last_line_is_no_entry_and_swallows_none(out: Path) -> None:
    first = append(out, Decision(action="reject", who="anna", finding=GROWTH))
    log = out / "decisions.jsonl"
    log.write_bytes(log.read_bytes() + b'{"id":"D2","action":"acc')
    assert load(out) == [first]
    second = append(out, Decision(action="skip", who="ben", finding="shares"))
    assert load(out) == [first, second]


def test_a_line_that_is_no_decision_is_named(out: Path) -> None:
    (out / "decisions.jsonl").write_text('{"id": "D1", "action": "explode", "who": "x"}\n')
    with pytest.raises(StoreError, match=r"decisions\.jsonl: entry 1"):
        load(out)


def test_second_of_two_reviewers_is_told(out: Path) -> None:
    mine, theirs = Log(out), Log(out)
    taken = theirs.append(Decision(action="reject", who="ben", finding=GROWTH), seen=None, check=True)
    with pytest.raises(DecisionError, match=r"ben decided 'reject'"):
        mine.append(Decision(action="accept", who="anna", finding=GROWTH), seen=None, check=True)
    again = mine.append(Decision(action="accept", who="anna", finding=GROWTH), seen=taken.id, check=True)
    assert [e.id for e in load(out)] == [taken.id, again.id]


def test_appends_of_many_threads_are_all_kept(out: Path) -> None:
    def work(who: str) -> None:
        for _ in range(10):
            append(out, Decision(action="skip", who=who, finding=GROWTH))

    threads = [threading.Thread(target=work, args=(f"w{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [e.id for e in load(out)] == [f"D{i + 1}" for i in range(40)]


def test_undo_brings_back_what_was_there(out: Path) -> None:
    first = append(out, Decision(action="reject", who="anna", finding=GROWTH))
    second = append(out, Decision(action="claim_wrong", who="anna", finding=GROWTH))
    with pytest.raises(DecisionError):
        append(out, Decision(action="undo", who="anna", undoes=first.id))
    append(out, Decision(action="undo", who="anna", undoes=second.id))
    assert current(load(out)) == {GROWTH: first}
    with pytest.raises(DecisionError, match="undone already"):
        append(out, Decision(action="undo", who="anna", undoes=second.id))
    assert live(load(out)) == [first]


@pytest.mark.parametrize(
    ("action", "value", "status", "check"),
    [
        ("accept", "19.0", "accepted", "repaired"),
        ("override", "18.7", "overridden", "repaired"),
        ("reject", None, "rejected", "unchecked"),
        ("not_comparable", None, "rejected", "unchecked"),
        ("claim_wrong", None, "accepted", "conflicting"),
        ("skip", None, "open", "conflicting"),
    ],
)
def test_what_an_action_makes_of_finding_and_figure(
    out: Path, action: str, value: str | None, status: str, check: str
) -> None:
    name = suspect(out, GROWTH)
    number = Decimal(value) if value else None
    decision = Decision(action=action, who="anna", finding=GROWTH, value=number, record=name if value else None)  # type: ignore[arg-type]
    records, findings = decided(out, decision)
    assert (findings[GROWTH].status, records[name].check) == (status, check)
    assert records[name].obs_value == (number or Decimal(190))
    assert records[name].published_value == (Decimal(190) if value else None)


def test_reject_of_a_repair_restores_what_was_printed(out: Path) -> None:
    name = suspect(out, "sum")
    records, findings = decided(out, Decision(action="reject", who="anna", finding="sum"))
    assert (records[name].obs_value, records[name].published_value) == (Decimal(4820000), None)
    assert (findings["sum"].status, records[name].check) == ("rejected", "unchecked")


def test_a_decision_on_other_evidence_is_passed_over(out: Path) -> None:
    records, findings = base(out)
    good = evidence_hash(findings[GROWTH], records)
    for evidence, status in ((good, "rejected"), ("0000", "open")):
        after = decided(out, Decision(action="reject", who="anna", finding=GROWTH, evidence=evidence))[1]
        assert after[GROWTH].status == status


def test_evidence_changes_with_a_figure_and_not_with_the_wording(out: Path) -> None:
    records, findings = base(out)
    case = findings[GROWTH]
    before = evidence_hash(case, records)
    reworded = msgspec.structs.replace(case, equation="said otherwise", proposals=())
    assert evidence_hash(reworded, records) == before
    name = case.figures[1]
    moved = {**records, name: msgspec.structs.replace(records[name], obs_value=Decimal(6400000))}
    assert evidence_hash(case, moved) != before


def test_strike_takes_the_figure_and_its_cases(out: Path) -> None:
    name = suspect(out, GROWTH)
    records, findings = decided(out, Decision(action="strike", who="anna", record=name))
    assert name not in records
    assert GROWTH not in findings
    assert not any(GROWTH in record.findings for record in records.values())


def test_edit_corrects_fields_and_refuses_nonsense(out: Path) -> None:
    name = suspect(out, GROWTH)
    edit = Decision(action="edit", who="anna", record=name, fields={"comparison": "mom", "obs_value": "19.0"})
    record = decided(out, edit)[0][name]
    assert (record.comparison, record.obs_value, record.published_value) == (
        "mom",
        Decimal("19.0"),
        Decimal(190),
    )
    assert record.lower < record.obs_value < record.upper
    for fields in ({"measure": "weight"}, {"id": "x"}, {"obs_value": "NaN"}):
        with pytest.raises(DecisionError):
            decided(out, Decision(action="edit", who="anna", record=name, fields=fields))


@pytest.mark.parametrize(
    ("printed", "half", "value", "lower", "upper"),
    [
        ("159", "0.5", "15.9", "15.85", "15.95"),
        ("26800000", "50000", "2680000", "2675000", "2685000"),
        ("6", "0.5", "26", "25.5", "26.5"),
        ("25.0", "0.05", "250", "249.5", "250.5"),
        ("3.23", "0.005", "3.28", "3.275", "3.285"),
        ("40", "0.5", "41.25", "41.245", "41.255"),
    ],
)
def test_interval_follows_the_value(out: Path, printed: str, half: str, value: str, lower: str, upper: str) -> None:
    number = Decimal(printed)
    record = msgspec.structs.replace(
        next(iter(base(out)[0].values())),
        obs_value=number,
        lower=number - Decimal(half),
        upper=number + Decimal(half),
        published_value=None,
    )
    assert interval_about(Decimal(value), record) == (Decimal(lower), Decimal(upper))
    back = as_printed(with_value(record, Decimal(value)))
    assert back.obs_value == number


ACTIONS = st.sampled_from(["accept", "reject", "override", "claim_wrong", "not_comparable", "skip", "undo", "strike"])


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(ACTIONS, st.integers(0, 4)), max_size=12))
def test_the_page_and_a_rerun_agree_on_every_history(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    out = folder.small(tmp_path_factory.mktemp("run"))
    records, findings = base(out)
    names = sorted(findings)
    store = Store(out)
    for action, choice in steps:
        case = findings[names[choice]]
        try:
            if action == "undo":
                store.undo(f"D{choice + 1}", "anna")
            elif action == "strike":
                store.decide(Decision(action="strike", who="anna", record=case.suspects[0]))
            else:
                value = Decimal(7) if action in ("accept", "override") else None
                store.decide(
                    Decision(
                        action=action,  # type: ignore[arg-type]
                        who="anna",
                        finding=case.id,
                        value=value,
                        record=case.suspects[0] if value else None,
                    )
                )
        except DecisionError:
            continue
    again = apply(list(records.values()), list(findings.values()), load(out))
    assert {r.id: r for r in again[0]} == store.records
    assert {f.id: f for f in again[1]} == store.findings


@pytest.mark.parametrize(
    ("quote", "printed", "value", "old", "new"),
    [
        ("26.8 million", "26800000", "2680000", "26.8 million", "2.68 million"),
        ("190 percent", "190", "19.0", "190 percent", "19 percent"),
        ("186,000", "186000", "106000", "186,000", "106,000"),
        ("$67.17bn", "67170000000", "61770000000", "$67.17bn", "$61.77bn"),
        ("a third", "33.3", "25", "33.3 USD", "25 USD"),
        ("-4.1", "-4.1", "-1.4", "-4.1", "-1.4"),
    ],
)
def test_a_proposal_is_worded_as_the_text_would_print_it(
    out: Path, quote: str, printed: str, value: str, old: str, new: str
) -> None:
    record = msgspec.structs.replace(
        next(iter(base(out)[0].values())), quote=quote, obs_value=Decimal(printed), published_value=None
    )
    assert reworded(record, Decimal(value)) == (old, new)


def test_the_sentence_before_and_after_is_cut_between_words(out: Path) -> None:
    words = "word " * 30
    record = msgspec.structs.replace(
        base(out)[0][suspect(out, GROWTH)], sentence=f"{words}190 percent {words}", published_value=None
    )
    before, after = before_and_after(record, Decimal(19), len(words))
    text = "".join(part.text for part in after)
    assert text.startswith("… word") and text.endswith("word …") and " 19 percent " in text
    assert [part.text for part in before if part.mark] == ["0"]
