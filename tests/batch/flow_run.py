"""The command `tally` with the stand-ins, in a process of its own; with DASK as first argument on a cluster
one of whose workers is killed while it works: `flow_run.py [DASK] ARGUMENTS`."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.batch import fakes

fakes.install()  # here and not below: worker processes import this file again and must have them too


def kill_one(cluster: object, out: Path) -> None:
    """Kills a worker as soon as the first part is written."""
    parts = out / ".work" / "parts"
    while not list(parts.glob("*.results")):
        time.sleep(0.01)
    worker = next(iter(cluster.workers.values()))  # type: ignore[attr-defined]
    os.kill(worker.pid, signal.SIGKILL)


if __name__ == "__main__":
    from pipeline.cli import run_command
    from pipeline.store import run

    run.CHUNK_DOCUMENTS = 5
    if sys.argv[1] != "DASK":
        raise SystemExit(run_command(sys.argv[1:]))
    from distributed import LocalCluster

    arguments = sys.argv[2:]
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        out = Path(arguments[arguments.index("--out") + 1])
        threading.Thread(target=kill_one, args=(cluster, out), daemon=True).start()
        status = run_command([*arguments, "--dask", cluster.scheduler_address])
    raise SystemExit(status)
