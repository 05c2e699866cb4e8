"""The pages without a browser: what a request may do, and what it leaves on the disk."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import msgspec
import pytest
from starlette.testclient import TestClient

from pipeline.errors import DecisionError, StoreError, UsageError
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.review import serve
from pipeline.review.app import create_app
from pipeline.review.pages import typed_value
from pipeline.review.safety import MAX_BODY
from pipeline.review.store import Store
from pipeline.store.result import DocumentRow
from pipeline.write.decisions import load
from pipeline.write.duckdb import write_database
from pipeline.write.machine import read_lines
from tests.review import folder
from tests.review.conftest import BASE, Reviewer


def public(out: Path) -> tuple[dict[str, Record], dict[str, Finding]]:
    records = {r.id: r for r in read_lines(out / "records.jsonl", Record)}
    return records, {f.id: f for f in read_lines(out / "findings.jsonl", Finding)}


def test_accept_goes_to_the_next_case_and_to_the_files(out: Path, reviewer: Reviewer) -> None:
    reviewer.open("/case?id=growth")
    page = reviewer.post("/decide", action="accept", reason="the levels say so")
    assert reviewer.status == 200
    assert "Sum of shares" in page
    reviewer.client.__exit__()
    records, findings = public(out)
    assert findings["growth"].status == "accepted"
    assert records[findings["growth"].suspects[0]].obs_value == Decimal("19.0")
    (entry,) = load(out)
    assert (entry.reason, entry.value, entry.evidence) == (
        "the levels say so",
        Decimal("19.0"),
        entry.evidence,
    )
    assert findings["growth"].decision == entry.id


def test_undo_restores_the_files_byte_for_byte(out: Path) -> None:
    before = [(out / name).read_bytes() for name in ("records.jsonl", "findings.jsonl")]
    with TestClient(create_app(out), base_url=BASE) as client:
        person = Reviewer(client)
        person.open("/case?id=growth")
        person.post("/decide", action="accept")
    assert before != [(out / name).read_bytes() for name in ("records.jsonl", "findings.jsonl")]
    with TestClient(create_app(out), base_url=BASE) as client:
        person = Reviewer(client)
        person.open("/case?id=growth")
        person.post("/undo", entry="D1")
        assert "Growth against levels" in person.page
    assert before == [(out / name).read_bytes() for name in ("records.jsonl", "findings.jsonl")]


def test_a_case_that_changed_is_not_overwritten(out: Path, reviewer: Reviewer) -> None:
    reviewer.open("/case?id=growth")
    other = Reviewer(TestClient(reviewer.client.app, base_url=BASE))
    other.open("/case?id=growth")
    other.post("/decide", action="reject")
    page = reviewer.post("/decide", action="accept")
    assert reviewer.status == 409
    assert "decided &#39;reject&#39; since the case was shown" in page
    assert [e.action for e in load(out)] == ["reject"]
    reviewer.post("/decide", action="accept")
    assert [e.action for e in load(out)] == ["reject", "accept"]


def test_a_decision_comes_back_open_when_a_new_run_changes_the_figure(out: Path, reviewer: Reviewer) -> None:
    reviewer.open("/case?id=growth")
    reviewer.post("/decide", action="reject")
    assert "rejected" in reviewer.open("/case?id=growth")
    records, _ = public(out)
    name = next(f for f in public(out)[1] if f == "growth")
    figure = public(out)[1][name].figures[1]
    records[figure] = msgspec.structs.replace(records[figure], obs_value=Decimal(6400000))
    folder.write_lines(out / "records.jsonl", list(records.values()))
    page = reviewer.open("/case?id=growth")
    assert "it is open again" in page
    assert "<strong>0</strong> of 5 reviewed" in page


def test_a_repair_by_the_program_is_not_reviewed(reviewer: Reviewer) -> None:
    page = reviewer.open("/cases")
    assert "repaired by the program, not reviewed" in page
    assert "<strong>0</strong> of 5 reviewed" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "override", "value": "a lot", "record": "x"},
        {"action": "override", "value": "7", "record": "no-such-figure"},
        {"action": "explode"},
        {"choice": "9"},
        {"action": "accept"},
    ],
)
def test_what_cannot_be_decided_is_refused(out: Path, reviewer: Reviewer, fields: dict[str, str]) -> None:
    reviewer.open("/case?id=shares")
    reviewer.post("/decide", **fields)
    assert reviewer.status == 409
    assert load(out) == []


def test_a_typed_value_with_its_scale(out: Path, reviewer: Reviewer) -> None:
    reviewer.open("/case?id=apples")
    suspect = public(out)[1]["apples"].suspects[0]
    reviewer.post("/decide", action="override", value="2.8 million", record=suspect)
    assert load(out)[0].value == Decimal(2800000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15.9", "15.9"),
        (" 59,950,000,000 ", "59950000000"),
        ("59.95 Billion", "59950000000"),
        ("−4.2 %", "-4.2"),
    ],
)
def test_typed_values(text: str, value: str) -> None:
    assert typed_value(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "x", "1e999", "NaN", "1 2 3", "5 gazillion", "1.2.3", "inf"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(DecisionError):
        typed_value(text)


def test_a_figure_is_corrected_struck_out_and_added(out: Path, reviewer: Reviewer) -> None:
    suspect = public(out)[1]["growth"].suspects[0]
    reviewer.open(f"/record?id={suspect}")
    reviewer.post("/correct", record=suspect, comparison="previous")
    assert reviewer.status == 200
    reviewer.open(f"/record?id={suspect}")
    reviewer.post("/strike", record=suspect)
    assert "Struck out" in reviewer.page
    assert reviewer.open("/case?id=growth") and reviewer.status == 404
    reviewer.open("/add?document=harbour&quote=July%2020")
    reviewer.post("/add", obs_value="20", measure="level", unit_measure="count", indicator="days")
    assert reviewer.status == 200
    reviewer.client.__exit__()
    records, findings = public(out)
    assert suspect not in records and "growth" not in findings
    (added,) = [r for r in records.values() if r.extraction == "reviewer"]
    assert folder.HARBOUR[added.char_start : added.char_end] == added.quote == "July 20"
    store = Store(out)
    assert store.records == records
    for entry in list(store.log.entries):
        store.undo(entry.id, "anna")
    assert set(store.records) == {r.id for r in read_lines(folder.small(out.parent / "new") / "records.jsonl", Record)}


@pytest.mark.parametrize(
    "path", ["/cases", "/case?id=growth", "/documents", "/series", "/help", "/nope", "/document?id=hostile"]
)
def test_every_page_forbids_scripts_and_styles_of_others(reviewer: Reviewer, path: str) -> None:
    response = reviewer.client.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in response.text and " style=" not in response.text and " onclick=" not in response.text
    assert "<script>" not in response.text


def test_a_forged_form_is_refused(out: Path, reviewer: Reviewer) -> None:
    reviewer.open("/case?id=growth")
    fields = {"finding": "growth", "action": "reject", "csrf": "guess"}
    assert reviewer.client.post("/decide", data=fields).status_code == 403
    page = reviewer.open("/case?id=growth")
    token = page.split('name="csrf" value="')[1].split('"')[0]
    stranger = {"origin": "http://evil.example"}
    response = reviewer.client.post("/decide", data={**fields, "csrf": token}, headers=stranger)
    assert response.status_code == 403
    assert load(out) == []


def test_only_this_machine_without_a_token(out: Path) -> None:
    with TestClient(create_app(out), base_url="http://evil.example") as client:
        assert client.get("/cases").status_code == 421
    with pytest.raises(UsageError, match="needs a token"):
        serve(out, host="0.0.0.0")


def test_a_token_opens_the_page_elsewhere(out: Path) -> None:
    with TestClient(create_app(out, token="s3cret"), base_url="http://desk.example") as client:
        assert client.get("/cases").status_code == 401
        assert client.get("/cases?token=wrong").status_code == 401
        assert client.get("/cases", headers={"authorization": "Bearer s3cret"}).status_code == 200
        response = client.get("/cases?token=s3cret&status=all")
        assert response.status_code == 200
        assert str(response.url) == "http://desk.example/cases?status=all"
        assert client.get("/documents").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/document?id=../../etc/passwd",
        "/image?document=../../../etc/passwd",
        "/image?document=harbour&page=1",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/record?id=..",
        "/peek?id=x",
    ],
)
def test_no_file_by_its_path(reviewer: Reviewer, path: str) -> None:
    assert reviewer.client.get(path).status_code == 404


def test_an_id_never_leaves_the_text_folder(out: Path) -> None:
    (out / "text").mkdir()
    (out / "secret.txt").write_text("secret")
    with (out / "documents.jsonl").open("a") as stream:
        stream.write('{"id": "../secret", "path": null}\n')
    store = Store(out)
    assert store.text("../secret") is None


@pytest.fixture
def paper(out: Path) -> str:
    """A figure on a page of a PDF; returns its id."""
    from reportlab.pdfgen.canvas import Canvas

    path = out / "source" / "paper.pdf"
    canvas = Canvas(str(path), pagesize=(400, 300))
    canvas.drawString(50, 200, "Output was 59.95 tons.")
    canvas.save()
    records, findings = public(out)
    old = records[findings["growth"].suspects[0]]
    figure = msgspec.structs.replace(
        old, id="paper-1", document="paper", page=1, bbox=(100.0, 90.0, 140.0, 102.0), findings=()
    )
    folder.write_lines(out / "records.jsonl", [*records.values(), figure])
    info = next(iter(read_lines(out / "documents.jsonl", DocumentRow)))
    row = msgspec.structs.replace(info, id="paper", path=str(path), kind="pdf")
    with (out / "documents.jsonl").open("ab") as stream:
        stream.write(msgspec.json.encode(row) + b"\n")
    return figure.id


def test_a_figure_of_a_pdf_is_shown_on_its_page(paper: str, reviewer: Reviewer) -> None:
    page = reviewer.open(f"/record?id={paper}")
    assert 'viewBox="0.0 0.0 400.0 300.0"' in page
    assert '<rect class="box suspect" x="100.0" y="90.0" width="40.0" height="12.0"/>' in page
    picture = reviewer.client.get("/image?document=paper&page=1")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert reviewer.client.get("/image?document=paper&page=2").status_code == 404


def test_large_forms_and_addresses_are_refused(reviewer: Reviewer) -> None:
    assert reviewer.client.post("/decide", data={"x": "y" * MAX_BODY}).status_code == 413
    assert reviewer.client.get("/cases?rule=" + "x" * 5000).status_code == 414


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"records\.jsonl"):
        create_app(tmp_path)


def test_hostile_text_stays_text(reviewer: Reviewer) -> None:
    for path in ("/cases", "/next", "/document?id=hostile", "/documents"):
        page = reviewer.open(path)
        assert "<script>document.title" not in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
        assert not set(page) & {"\x07", "\x1b", "\u202e"}


def test_a_decision_reaches_the_database_at_once(out: Path) -> None:
    write_database(out / "tally.duckdb", out, out)
    with TestClient(create_app(out), base_url=BASE) as client:
        person = Reviewer(client)
        person.open("/case?id=growth")
        person.post("/decide", action="accept")
    with TestClient(create_app(out), base_url=BASE) as client:
        person = Reviewer(client)
        person.open("/case?id=apples")
        suspect = public(out)[1]["apples"].suspects[0]
        person.post("/strike", record=suspect)
    with duckdb.connect(str(out / "tally.duckdb"), read_only=True) as db:
        assert db.execute("SELECT status FROM findings WHERE id = 'growth'").fetchall() == [("accepted",)]
        assert db.execute("SELECT count(*) FROM findings WHERE id = 'apples'").fetchall() == [(0,)]
        value = "SELECT obs_value, published_value FROM records WHERE quote = '190 percent'"
        assert db.execute(value).fetchall() == [(19, 190)]
        assert db.execute("SELECT action FROM decisions ORDER BY id").fetchall() == [("accept",), ("strike",)]
        assert db.execute("SELECT count(*) FROM records").fetchall() == [(len(public(out)[0]),)]
