"""The flow with a real Prefect server: the same bytes as without, on processes and on Dask with a worker
killed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.visible import visible

SCRIPT = Path(__file__).with_name("flow_run.py")
pytestmark = pytest.mark.flow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for Prefect that nobody else uses, made once."""
    return tmp_path_factory.mktemp("prefect")


def tally(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment["PREFECT_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_flow_writes_the_same_bytes_as_a_direct_run_and_is_quiet(inbox: Path, tmp_path: Path, home: Path) -> None:
    flow = tally(home, "run", str(inbox), "--out", str(tmp_path / "flow"), "--workers", "2")
    direct = tally(home, "run", str(inbox), "--out", str(tmp_path / "direct"), "--workers", "2", "--direct")
    assert (flow.returncode, direct.returncode) == (1, 1)
    assert visible(tmp_path / "flow") == visible(tmp_path / "direct")
    assert [line for line in flow.stderr.splitlines() if not re.fullmatch("[1-7] of 8 done", line)] == [
        "starting Prefect's embedded server (--direct runs without)",
        "8 documents, 8 new or changed",
        "8 of 8 done",
        "checking across documents",
        "writing records, findings and database",
    ]
    again = tally(home, "run", str(inbox), "--out", str(tmp_path / "flow"))
    assert "Prefect" not in again.stderr


def test_a_dask_worker_killed_in_the_middle_loses_and_doubles_nothing(tmp_path: Path, home: Path) -> None:
    pytest.importorskip("prefect_dask")
    folder = tmp_path / "many"
    folder.mkdir()
    for i in range(60):
        (folder / f"d{i:03}.txt").write_text(f"exports of A{i % 7} in 2021 were {i % 3}.5 USD\n" * 3)
    dask = tally(home, "KILL", "run", str(folder), "--out", str(tmp_path / "dask"), "--dask", "local")
    assert dask.returncode == 0, dask.stderr
    assert "killed a worker" in dask.stdout
    assert tally(home, "run", str(folder), "--out", str(tmp_path / "direct"), "--direct").returncode == 0
    assert visible(tmp_path / "dask") == visible(tmp_path / "direct")
