"""A run may be killed at any moment, and a worker too: the next one ends with the same output."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.store.atomic import replacing
from pipeline.store.pieces import in_process
from pipeline.store.run import Settings, run_batch
from tests.batch.visible import visible

SCRIPT = Path(__file__).with_name("killed_run.py")
TIMES = int(os.environ.get("TALLY_KILLS", "5"))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """120 documents in files and a stream, whose figures meet in findings."""
    folder = tmp_path / "many"
    folder.mkdir()
    for i in range(60):
        (folder / f"d{i:03}.txt").write_text(f"exports of A{i % 7} in 2021 were {i % 3}.5 USD\n" * 3)
        (folder / f"p{i:03}.html").write_text(f"<p>imports of A{i % 5} in 2020 were {i % 4}.25 USD</p>")
    return folder


def start(source: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(SCRIPT), str(source), str(out), *more], stderr=subprocess.DEVNULL)


def test_killed_at_random_times_it_ends_with_the_same_bytes(many: Path, tmp_path: Path) -> None:
    begun = time.monotonic()
    assert start(many, tmp_path / "whole").wait() == 0
    length = time.monotonic() - begun
    expected = visible(tmp_path / "whole")
    moments = random.Random(7)
    for i in range(TIMES):
        out = tmp_path / f"killed{i}"
        run = start(many, out)
        time.sleep(moments.uniform(0.25, 1) * length)
        run.send_signal(signal.SIGKILL)
        run.wait()
        run_batch(Settings((many,), out), in_process)
        assert visible(out) == expected


@pytest.mark.parametrize("name", ["records.jsonl", "documents.jsonl", "run.json", "tally.duckdb"])
def test_killed_while_files_are_moved_into_place(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    settings = Settings((many,), tmp_path / "out")
    run_batch(settings, in_process)
    (many / "d000.txt").write_text("exports of A0 in 2021 were 77 USD\n")
    from pipeline.store import atomic

    move = Path.replace

    def dying(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise KeyboardInterrupt
        return move(self, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(atomic.Path, "replace", dying)
        run_batch(settings, in_process)
    run_batch(settings, in_process)
    run_batch(Settings((many,), tmp_path / "whole"), in_process)
    assert visible(tmp_path / "out") == visible(tmp_path / "whole")


def test_workers_end_with_the_run_that_is_killed(many: Path, tmp_path: Path) -> None:
    import psutil

    run = start(many, tmp_path / "out", "2")
    while not list((tmp_path / "out").rglob("*.results")):
        time.sleep(0.01)
    others = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert others
    assert psutil.wait_procs(others, timeout=60)[1] == []


def test_a_document_that_kills_its_worker_is_the_only_failure(many: Path, tmp_path: Path) -> None:
    (many / "d010.txt").write_text("kill\n")
    assert start(many, tmp_path / "out", "2").wait() == 0
    failures = (tmp_path / "out/failures.jsonl").read_text().splitlines()
    assert len(failures) == 1
    assert "d010.txt" in failures[0]
    assert "brings the worker process down" in failures[0]
    assert len((tmp_path / "out/documents.jsonl").read_text().splitlines()) == 119


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"old")
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from pipeline.store.atomic import replacing\n"
        "from pipeline.errors import StoreError\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    with replacing(Path(sys.argv[1])) as file: file.write(b'x' * 100_000)\n"
        "except StoreError as error: print(error)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=root, capture_output=True, text=True, check=True
    )
    assert (
        done.stdout
        == f"{path}: a file may not grow this large here; raise the limit or give another folder with --out\n"
    )
    assert [entry.name for entry in tmp_path.iterdir()] == ["records.jsonl"]
    assert path.read_bytes() == b"old"


def test_what_fails_half_way_is_never_seen(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with pytest.raises(ValueError, match="half way"), replacing(path) as file:
        file.write(b"half")
        raise ValueError("half way")
    assert list(tmp_path.iterdir()) == []
