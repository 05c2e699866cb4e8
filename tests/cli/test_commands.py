"""What a user sees: exit status, one line for what is wrong, tables, explanations."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from pipeline.cli import run_command
from pipeline.cli.output import clean
from pipeline.store.lock import locked
from pipeline.store.pieces import in_process
from pipeline.store.run import Settings, run_batch

COMMANDS = ("run", "text", "explain", "review", "decide", "check", "load", "export")
LEVEL = "exports of CN in 2021 were 4.67 USD"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def done(inbox: Path, out: Path) -> Path:
    """The output folder of a finished run."""
    run_batch(Settings((inbox,), out), in_process)
    return out


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_an_output_folder(command: str, capsys: Capture) -> None:
    assert run_command([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"Example: tally {command}" in shown
    assert "--out DIR" in shown


def test_no_arguments_show_the_commands(capsys: Capture) -> None:
    assert run_command([]) == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run"], "Missing argument 'PATH...'"),
        (["run", "nowhere"], "nowhere: no such file or folder"),
        (["run", ".", "--workers", "0"], "--workers"),
        (["run", ".", "--published", "soon"], "--published soon: no date"),
        (["run", ".", "--published", "2021-02-30"], "--published 2021-02-30: no date"),
        (["run", ".", "--direct", "--dask", "local"], "exclude each other"),
        (["frobnicate"], "No such command 'frobnicate'"),
        (["text", "  "], "no text given"),
        (["explain"], "give the id of a record or finding"),
        (["explain", "R1", "--out", "nowhere"], "nowhere/records.jsonl"),
        (["check", "nowhere.json"], "nowhere.json: cannot be opened"),
        (["decide", "F1", "maybe"], "maybe: no such decision"),
        (["decide", "F1", "override"], "a value goes with override"),
        (["decide", "F1", "accept", "--out", "nowhere"], "nowhere: holds no finished run"),
        (["load", "mysql://x", "--out", "nowhere"], "nowhere: holds no finished run"),
        (["export", "xlsx"], "xlsx: no such format"),
        (["review", "--out", "nowhere"], "nowhere: holds no finished run"),
    ],
)
def test_wrong_usage_is_status_2_and_one_line(
    arguments: list[str], message: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command(arguments) == 2
    told = capsys.readouterr().err
    assert message in told
    assert told.startswith("tally: ")
    assert told.count("\n") == 1


def test_a_stopped_command_says_that_it_goes_on(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.stages.process_text", interrupted)
    assert run_command(["text", "x"]) == 130
    assert capsys.readouterr().err == "tally: stopped; the same command goes on from here\n"


def test_an_unexpected_error_is_no_traceback(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **options: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("pipeline.stages.process_text", broken)
    assert run_command(["text", "x"]) == 2
    assert capsys.readouterr().err == ("tally: unexpected error (RuntimeError: two lines); TALLY_DEBUG=1 shows where\n")


@pytest.mark.parametrize("module", ["prefect", "spacy", "scipy", "pandas", "duckdb", "rich"])
def test_help_imports_nothing_heavy(module: str) -> None:
    code = "import sys; from pipeline.cli import run_command; run_command(['run', '--help'])"
    code += f"; print({module!r} in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "False"


def test_text_as_a_table_and_as_records(capsys: Capture) -> None:
    assert run_command(["text", LEVEL]) == 0
    assert "4.67" in capsys.readouterr().out
    assert run_command(["text", LEVEL, "--json", "--published", "2022-01"]) == 0
    assert json.loads(capsys.readouterr().out)["obs_value"] == "4.67"
    assert run_command(["text", "nothing here"]) == 0
    assert capsys.readouterr().out == "no figures found\n"


def test_the_closing_table(inbox: Path, out: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.workers.in_workers", lambda count: nullcontext(in_process))
    assert run_command(["run", str(inbox), "--out", str(out), "--direct"]) == 1
    shown = capsys.readouterr()
    words = [line.split() for line in shown.out.splitlines()]
    assert ["documents", "8"] in words
    assert ["figures", "8"] in words
    assert ["conflicting", "5"] in words
    assert ["failed", "3"] in words
    assert "4.67 = 4.69" in shown.out
    assert "8 of 8 done" in shown.err
    (inbox / "crash.txt").unlink()
    (inbox / "stream.jsonl").unlink()
    assert run_command(["run", str(inbox), "--out", str(out), "--direct"]) == 0


def test_a_second_run_into_the_folder_is_refused(inbox: Path, out: Path, capsys: Capture) -> None:
    with locked(out / ".work", out):
        assert run_command(["run", str(inbox), "--out", str(out), "--direct"]) == 2
    assert f"tally: {out}: process" in capsys.readouterr().err


def test_explain_shows_sentence_fields_equations_and_what_was_left(done: Path, capsys: Capture) -> None:
    record = next(r for r in lines(done / "records.jsonl") if r["document"] == "a")
    assert run_command(["explain", str(record["id"]), "--out", str(done)]) == 0
    shown = capsys.readouterr().out
    assert "exports of CN in 2021 were [[4.67]] USD" in shown
    assert "obs_status        A" in shown
    assert "finding cross_document" in shown
    assert run_command(["explain", "a", "--out", str(done)]) == 0
    assert "noon 12  (78-85): a date or a clock time" in capsys.readouterr().out
    assert run_command(["explain", "--text", f"{LEVEL}\nexports of CN in 2021 were 5 USD\nat noon 12"]) == 0
    shown = capsys.readouterr().out
    assert "fails          restated: 4.67 = 5" in shown
    assert "[4.665, 4.675] USD" in shown
    assert run_command(["explain", "R0", "--out", str(done)]) == 2


def test_decide_writes_log_records_and_database_and_explain_tells(done: Path, capsys: Capture) -> None:
    import duckdb

    finding = next(f for f in lines(done / "findings.jsonl") if f["documents"] == ["a", "sub/a"])
    name, wrong = str(finding["id"]), finding["figures"][1]  # type: ignore[index]
    assert run_command(["decide", name, "override", "4.67", "--out", str(done)]) == 2
    assert "say which with --record" in capsys.readouterr().err
    command = [
        "decide",
        name,
        "override",
        "4.67",
        "--record",
        str(wrong),
        "--reason",
        "seen it",
        "--out",
        str(done),
    ]
    assert run_command(command) == 0
    changed = {r["id"]: r for r in lines(done / "records.jsonl")}[wrong]
    assert (changed["obs_value"], changed["published_value"]) == ("4.67", "4.69")
    with duckdb.connect(str(done / "tally.duckdb"), read_only=True) as db:
        assert db.execute("SELECT status FROM findings WHERE id = ?", [name]).fetchone() == ("overridden",)
        assert db.execute("SELECT count(*) FROM decisions").fetchone() == (1,)
    capsys.readouterr()
    assert run_command(["explain", name, "--out", str(done)]) == 0
    assert "override 4.67: seen it" in capsys.readouterr().out


def test_decide_on_an_unknown_finding_is_refused(done: Path, capsys: Capture) -> None:
    assert run_command(["decide", "F0", "accept", "--out", str(done)]) == 2
    assert "F0: no such finding" in capsys.readouterr().err


def test_check_prints_the_engines_answer_and_names_a_bad_file(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pipeline.reconcile.check_system", lambda data: {"consistent": True, "n": len(data)}, raising=False
    )
    system = tmp_path / "system.json"
    system.write_text('{"variables": [], "constraints": []}')
    assert run_command(["check", str(system)]) == 0
    assert json.loads(capsys.readouterr().out) == {"consistent": True, "n": 2}
    system.write_text("[1")
    assert run_command(["check", str(system)]) == 2
    assert f"tally: {system}: no JSON object" in capsys.readouterr().err


def test_load_and_export_say_what_they_did(done: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run_command(["load", f"sqlite:///{tmp_path}/db", "--out", str(done)]) == 0
    assert "records           8 rows         8 written         0 deleted" in capsys.readouterr().out
    assert run_command(["export", "csv", "--out", str(done)]) == 0
    assert f"{done}/export/csv/records.csv" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\nb", "a b"), ("\x1b[31mred", "\\x1b[31mred"), ("a\u202eb", "a\\x202eb"), ("出口 4.67", "出口 4.67")],
)
def test_document_text_cannot_drive_the_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown
