"""Results may be kept at any URL: the output is the same, and nothing of anybody else's is touched there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.store.lookup import find_result
from pipeline.store.pieces import in_process
from pipeline.store.run import Settings, run_batch
from pipeline.store.shelf import Shelf, shelf_at
from tests.batch.visible import visible

SCRIPT = Path(__file__).with_name("flow_run.py")


@pytest.fixture(params=["folder", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty place for part files, of each kind."""
    here = f"{tmp_path}/parts"
    yield {"folder": here, "file": f"file://{here}", "memory": f"memory:/{here}"}[request.param]
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def shelf(place: str) -> Shelf:
    """A shelf of each kind."""
    return shelf_at(place)


def test_what_is_put_there_is_found_there(shelf: Shelf) -> None:
    assert shelf.names() == set()
    shelf.write("a.results", b"0123456789")
    shelf.write("a.results", b"abcdefghij")
    shelf.write("b.results", b"")
    assert shelf_at(shelf.address).names() == {"a.results", "b.results"}
    assert (shelf.read("a.results", 2, 3), shelf.read("a.results", 8, 9)) == (b"cde", b"ij")
    shelf.remove("a.results")
    assert shelf.names() == {"b.results"}
    with pytest.raises(StoreError, match=r"a\.results: "):
        shelf.read("a.results", 0, 1)


def test_a_run_with_results_elsewhere_writes_the_same_and_finds_them_again(
    inbox: Path, tmp_path: Path, out: Path, place: str
) -> None:
    run_batch(Settings((inbox,), tmp_path / "plain"), in_process)
    shelf_at(place).write("somebody.else", b"stays")
    run_batch(Settings((inbox,), out, parts=place), in_process)
    assert visible(out) == visible(tmp_path / "plain")
    assert not list((out / ".work/parts").iterdir())
    result = find_result(out, "a")
    assert result is not None
    assert len(result.records) == 4
    assert run_batch(Settings((inbox,), out), in_process).redone == 0
    (inbox / "a.txt").write_text("exports of CN in 2021 were 77 USD\n")
    assert run_batch(Settings((inbox,), out), in_process).redone == 1
    assert len(shelf_at(place).names()) == 8 * 2 + 1


def test_worker_processes_reach_a_url(inbox: Path, tmp_path: Path) -> None:
    where = ["--parts", f"file://{tmp_path}/shared", "--direct", "--workers", "2"]
    command = [sys.executable, str(SCRIPT), "run", str(inbox), "--out", str(tmp_path / "out"), *where]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    run_batch(Settings((inbox,), tmp_path / "plain"), in_process)
    assert visible(tmp_path / "out") == visible(tmp_path / "plain")


def test_a_url_that_nothing_opens_is_told_in_a_line(inbox: Path, out: Path) -> None:
    with pytest.raises(UsageError, match="nowhere://x: cannot be opened"):
        run_batch(Settings((inbox,), out, parts="nowhere://x"), in_process)
