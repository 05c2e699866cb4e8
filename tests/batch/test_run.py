"""A run does what is new, gives the same bytes however it came about, and lets no document harm another."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from pipeline.errors import RunLocked, StoreError, UsageError
from pipeline.model.decision import Decision
from pipeline.store.chunk import unlike_ids
from pipeline.store.layout import text_name
from pipeline.store.lock import locked
from pipeline.store.pieces import in_process
from pipeline.store.run import Report, Settings, run_batch
from pipeline.write import decisions as log
from pipeline.write.decisions import evidence_hash
from tests.batch import fakes
from tests.batch.visible import visible

LEVEL = "exports of CN in 2021 were 4.67 USD\n"


def do(source: Path | list[Path], out: Path, **settings: object) -> Report:
    paths = tuple(source) if isinstance(source, list) else (source,)
    return run_batch(Settings(paths, out, **settings), in_process)  # type: ignore[arg-type]


def lines(out: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / name).read_text(encoding="utf-8").splitlines()]


def test_one_bad_document_leaves_the_others_alone(inbox: Path, out: Path) -> None:
    report = do(inbox, out)
    assert (report.summary.documents, report.summary.failed) == (8, 3)
    failures = {failure["path"]: failure["stage"] for failure in lines(out, "failures.jsonl")}
    assert failures == {
        str(inbox / "crash.txt"): "extract",
        f"{inbox}/stream.jsonl:2": "read",
        f"{inbox}/stream.jsonl:3": "read",
    }
    assert [document["id"] for document in lines(out, "documents.jsonl")] == [
        "../x",
        "a",
        "page",
        "sub/a",
        "x1",
    ]


def test_a_second_run_does_nothing_and_changes_nothing(inbox: Path, out: Path) -> None:
    do(inbox, out)
    before = visible(out)
    assert do(inbox, out).redone == 0
    assert visible(out) == before


def test_only_what_is_new_or_changed_is_done(inbox: Path, out: Path) -> None:
    do(inbox, out)
    (inbox / "new.txt").write_text(LEVEL)
    (inbox / "page.html").write_text("<p>exports of RU in 2021 were 3.3 USD</p>")
    assert do(inbox, out).redone == 2


@pytest.mark.parametrize("first", ["a.txt", "sub", "stream.jsonl"])
def test_order_of_arrival_leaves_no_trace(inbox: Path, out: Path, tmp_path: Path, first: str) -> None:
    do(inbox / first, out)
    do(inbox, out)
    do(inbox, tmp_path / "at once")
    assert visible(out) == visible(tmp_path / "at once")


def test_a_document_that_is_gone_leaves_nothing_behind(inbox: Path, out: Path, tmp_path: Path) -> None:
    do(inbox, out)
    (inbox / "page.html").unlink()
    do(inbox, out)
    do(inbox, tmp_path / "at once")
    assert visible(out) == visible(tmp_path / "at once")
    assert not (out / "text/page.txt").exists()


def test_fresh_does_everything_again(inbox: Path, out: Path) -> None:
    do(inbox, out)
    before = visible(out)
    assert do(inbox, out, fresh=True).redone == 8
    assert visible(out) == before


def test_other_settings_do_everything_again(inbox: Path, out: Path) -> None:
    do(inbox, out)
    do(inbox, out, published="2022-01-05")
    dates = {document["published"] for document in lines(out, "documents.jsonl")}
    assert dates == {"2022-01-05"}


def test_compressed_streams_are_the_same_as_plain_ones(inbox: Path, out: Path, tmp_path: Path) -> None:
    do(inbox / "stream.jsonl", out)
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress((inbox / "stream.jsonl").read_bytes()))
    do(packed, tmp_path / "packed")
    assert (out / "records.jsonl").read_bytes() == (tmp_path / "packed/records.jsonl").read_bytes()


def test_a_damaged_stream_loses_only_what_it_lost(inbox: Path, out: Path) -> None:
    whole = gzip.compress("".join(f'{{"id":"n{i}","text":"{i * 7919} apples"}}\n' for i in range(3000)).encode())
    packed = inbox / "cut.jsonl.gz"
    packed.write_bytes(whole[: len(whole) // 2])
    report = do(packed, out)
    assert report.summary.failed == 1
    assert 100 < report.summary.documents < 3000
    assert "damaged" in str(lines(out, "failures.jsonl")[0]["reason"])


def test_a_line_that_stands_twice_is_one_document(tmp_path: Path, out: Path) -> None:
    stream = tmp_path / "twice.jsonl"
    stream.write_text('{"id":"d","text":"exports of CN in 2021 were 4.67 USD"}\n' * 3)
    assert do(stream, out).summary.documents == 1


def test_unlike_lines_with_one_id_are_told_apart(tmp_path: Path, out: Path) -> None:
    stream = tmp_path / "same.jsonl"
    stream.write_text('{"id":"d","text":"exports of CN in 2021 were 1 USD"}\n{"id":"d","text":"noon 3"}\n')
    do(stream, out)
    assert len({document["id"] for document in lines(out, "documents.jsonl")}) == 2


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("a", "a.txt"),
        ("sub/a", "sub/a.txt"),
        ("../x", "%2E%2E/x.txt"),
        ("/etc/passwd", "%00/etc/passwd.txt"),
        ("a\x00b:c", "a%00b%3Ac.txt"),
        ("出口", "出口.txt"),
    ],
)
def test_text_names_stay_inside_the_folder(name: str, file: str) -> None:
    assert text_name(name) == file


def test_long_names_are_cut_and_told_apart() -> None:
    one, other = text_name("x" * 500), text_name("x" * 501)
    assert one != other
    assert len(one) < 100


def test_the_second_run_into_a_folder_is_refused_by_name(inbox: Path, out: Path) -> None:
    with (
        locked(out / ".work", out),
        pytest.raises(RunLocked, match=r"out: process \d+ on .* is running here"),
    ):
        do(inbox, out)
    assert do(inbox, out).redone == 8


def test_a_path_that_does_not_exist_is_named(tmp_path: Path, out: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: no such file or folder"):
        do(tmp_path / "nowhere", out)
    assert not out.exists()


def test_a_file_where_the_folder_should_be_is_named(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file: a file stands where a folder is needed"):
        do(inbox, tmp_path / "file")


def test_a_vanished_file_fails_now_and_is_tried_again(inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pipeline.read

    read = pipeline.read.read_path

    def vanishing(path: Path, **options: object) -> object:
        if path.name == "a.txt" and path.parent == inbox:
            path.unlink()
        return read(path, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.read.read_path", vanishing)
        do(inbox, out)
    assert str(inbox / "a.txt") in {failure["path"] for failure in lines(out, "failures.jsonl")}
    (inbox / "a.txt").write_text(LEVEL)
    do(inbox, out)
    assert str(inbox / "a.txt") not in {failure["path"] for failure in lines(out, "failures.jsonl")}


def test_a_damaged_manifest_or_part_costs_time_not_results(inbox: Path, out: Path) -> None:
    do(inbox, out)
    before = visible(out)
    (out / ".work/manifest.sqlite").write_bytes(b"not a database" * 500)
    do(inbox, out)
    assert visible(out) == before
    next((out / ".work/parts").glob("*.results")).unlink()
    do(inbox, out)
    assert visible(out) == before


def test_double_ids_are_told_apart() -> None:
    text = "exports of CN in 2021 were 1 USD"
    record = next(iter(fakes.extract_document(fakes.read_text(text, id="d", published=None)).records))
    assert [item.id for item in unlike_ids([record, record, record])] == ["d:27", "d:27-2", "d:27-3"]


def test_findings_between_documents_mark_both(inbox: Path, out: Path) -> None:
    do(inbox, out)
    found = [f for f in lines(out, "findings.jsonl") if f["rule"] == "cross_document" and "a" in f["documents"]]  # type: ignore[operator]
    assert found[0]["documents"] == ["a", "sub/a"]
    records = {record["id"]: record for record in lines(out, "records.jsonl")}
    assert all(found[0]["id"] in records[name]["findings"] for name in found[0]["figures"])  # type: ignore[operator, attr-defined]


def test_a_decision_is_applied_survives_and_comes_back_when_the_evidence_changes(inbox: Path, out: Path) -> None:
    do(inbox, out)
    case = next(f for f in lines(out, "findings.jsonl") if f["documents"] == ["a", "sub/a"])
    import msgspec

    from pipeline.model.finding import Finding
    from pipeline.model.record import Record

    finding = msgspec.convert(case, Finding, strict=False)
    records = {r.id: r for r in (msgspec.convert(line, Record, strict=False) for line in lines(out, "records.jsonl"))}
    proposal = finding.proposals[0]
    log.append(
        out,
        Decision(
            action="accept",
            who="me",
            finding=finding.id,
            record=proposal.record,
            value=proposal.obs_value,
            evidence=evidence_hash(finding, records),
        ),
    )
    for fresh in (False, True):
        assert do(inbox, out, fresh=fresh).redone == (8 if fresh else 0)
        decided = {f["id"]: f for f in lines(out, "findings.jsonl")}[finding.id]
        changed = {r["id"]: r for r in lines(out, "records.jsonl")}[proposal.record]
        assert (decided["status"], decided["decision"]) == ("accepted", "D1")
        assert (changed["obs_value"], changed["published_value"], changed["check"]) == (
            "4.67",
            "4.69",
            "repaired",
        )
    (inbox / "sub/a.txt").write_text("exports of CN in 2021 were 4.71 USD\n")
    do(inbox, out)
    assert {f["id"]: f for f in lines(out, "findings.jsonl")}[finding.id]["status"] == "open"
