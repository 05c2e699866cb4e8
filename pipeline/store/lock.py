"""One run at a time in a folder.

The lock is the operating system's (`flock`), so a run that was killed leaves none behind; the process id and
host in the file are for the message only.
"""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import RunLocked
from pipeline.store.atomic import writing


@contextmanager
def locked(work: Path, out: Path) -> Iterator[None]:
    """Holds `work/lock` for the length of the block; raises RunLocked naming `out` and the process that
    holds it."""
    with writing(out):
        work.mkdir(parents=True, exist_ok=True)
        file = (work / "lock").open("a+")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise RunLocked(
                f"{out}: {holder} is running here; wait for it, or give another folder with --out"
            ) from error
        with writing(out):
            file.seek(0)
            file.truncate()
            file.write(f"process {os.getpid()} on {socket.gethostname()}")
            file.flush()
        yield
