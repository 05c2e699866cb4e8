"""Writes decided records and findings to the output folder in the background, behind the reviewer's back.

The log is the truth; these files follow it within a moment. A process that dies in between loses nothing:
the next
`Writer` (or the next run) brings the files in line with the log.
"""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from pipeline.errors import StoreError
from pipeline.review.store import Snapshot, Store
from pipeline.write.machine import FINDINGS, RECORDS, keep_machine, replace_lines

SETTLE_SECONDS = 0.3
"""How long the writer waits for the next decision before it writes: a quick reviewer causes one write, not
ten.
"""
RETRY_SECONDS = 5


class Writer:
    """Keeps the files of `store.out` in step with `store`. `error` holds the last failure to write, for the
    page.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.error: str | None = None
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="tally-writer", daemon=True)

    def start(self) -> None:
        """Begin; brings the files in line with the log if an earlier process was stopped before it could."""
        if self.store.log.entries:
            self._wake.set()
        self._thread.start()

    def poke(self) -> None:
        """There is something to write; returns at once."""
        self._wake.set()

    def close(self) -> None:
        """Write what is left and stop."""
        self._stop.set()
        self._wake.set()
        self._thread.join(timeout=60)

    def flush(self) -> None:
        """Write now, in this thread; raises StoreError where the folder can't be written."""
        with _run_excluded(self.store.out):
            now = self.store.fresh().snapshot()
            with self.store.being_written():
                write_public(self.store.out, now)

    def _work(self) -> None:
        while not self._stop.is_set():
            self._wake.wait()
            self._stop.wait(SETTLE_SECONDS)
            self._wake.clear()
            try:
                self.flush()
                self.error = None
            except StoreError as error:
                self.error = str(error)
                if not self._stop.wait(RETRY_SECONDS):
                    self._wake.set()


def write_public(out: Path, now: Snapshot) -> None:
    """Rewrite `records.jsonl` and `findings.jsonl` of `out`; what they were before any decision is kept
    first.
    """
    encode = msgspec.json.Encoder().encode
    keep_machine(out, now.own_records, now.own_findings)
    replace_lines(out / RECORDS, map(encode, now.records.values()))
    replace_lines(out / FINDINGS, map(encode, now.findings.values()))


@contextmanager
def _run_excluded(out: Path) -> Generator[IO[str], None, None]:
    """Hold the run's lock, so that a run and a reviewer never rewrite the same files at once."""
    work = out / ".work"
    try:
        work.mkdir(parents=True, exist_ok=True)
        with (work / "lock").open("a+") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield stream
    except OSError as error:
        raise StoreError(f"{work}: cannot be written ({error.strerror})") from error
