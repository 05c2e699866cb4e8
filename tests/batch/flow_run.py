"""The command `tally` with the stand-ins, in a process of its own; with DASK as first argument on a cluster
one of whose workers is killed while it works: `flow_run.py [DASK] ARGUMENTS`."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.batch import fakes

fakes.install()  # here and not below: worker processes import this file again and must have them too


def kill_one(out: Path) -> None:
    """Kills a worker as soon as the first part is written."""
    import psutil

    parts = out / ".work" / "parts"
    while not list(parts.glob("*.results")):
        time.sleep(0.01)
    for process in psutil.Process().children(recursive=True):
        if "spawn_main" in " ".join(process.cmdline()):
            process.kill()
            sys.stdout.write("killed a worker\n")
            return


if __name__ == "__main__":
    from pipeline.cli import run_command
    from pipeline.store import across, run

    run.CHUNK_DOCUMENTS, across.PIECE_FIGURES = 5, 2
    arguments = sys.argv[1:]
    if arguments[0] == "KILL":
        arguments = arguments[1:]
        out = Path(arguments[arguments.index("--out") + 1])
        threading.Thread(target=kill_one, args=(out,), daemon=True).start()
    raise SystemExit(run_command(arguments))
