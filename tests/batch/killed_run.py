"""A run with the stand-ins in a process of its own, for tests that kill it: `killed_run.py IN OUT
[WORKERS]`."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.batch import fakes

fakes.install()  # here and not below: worker processes import this file again and must have them too

if __name__ == "__main__":
    from pipeline.store import across, run
    from pipeline.store.pieces import in_process
    from pipeline.store.workers import in_workers

    run.CHUNK_DOCUMENTS, across.PIECE_FIGURES = 5, 2
    workers = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    settings = run.Settings((Path(sys.argv[1]),), Path(sys.argv[2]))
    with in_workers(workers) if workers else nullcontext(in_process) as mapper:
        run.run_batch(settings, mapper)
