"""Writes decided records and findings to the output folder in the background, behind the reviewer's back.

The log is the truth; these files follow it within a moment. A process that dies in between loses nothing:
the next
`Writer` (or the next run) brings the files in line with the log.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

import msgspec

from pipeline.errors import RunLocked, TallyError
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.review.database import LiveDatabase
from pipeline.review.store import Snapshot, Store
from pipeline.store.layout import WORK
from pipeline.store.lock import locked
from pipeline.store.result import plain_record
from pipeline.write.machine import FINDINGS, RECORDS, keep_machine, replace_lines

SETTLE_SECONDS = 1.0
"""How long it waits for the next decision before it writes: a quick reviewer causes one write, not ten."""
PATIENCE_SECONDS = 15
"""How long it lets itself be put off by decision after decision."""
RETRY_SECONDS = 5
LOCK_SECONDS = 3

_encode = msgspec.json.Encoder().encode


class Writer:
    """Keeps the files of `store.out` in step with `store`. `error` holds the last failure to write, for the
    page.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.error: str | None = None
        self._lines: dict[str, tuple[Record | Finding, bytes]] = {}
        self._written = 0
        self._database = LiveDatabase(store.out, None if store.log.entries else store.snapshot())
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
        """Write now, in this thread; raises StoreError where that fails, RunLocked during a run."""
        with _locked_soon(self.store.out):
            now = self.store.fresh().snapshot()
            if len(now.log) == self._written:
                return
            with self.store.being_written():
                self._write_public(now)
            self._database.update(now)
            self._written = len(now.log)

    def _work(self) -> None:
        while self._wake.is_set() or not self._stop.is_set():
            self._wake.wait()
            self._wait_for_a_pause()
            try:
                self.flush()
                self.error = None
            except TallyError as error:
                self.error = str(error)
                if not self._stop.wait(RETRY_SECONDS):
                    self._wake.set()

    def _wait_for_a_pause(self) -> None:
        until = monotonic() + PATIENCE_SECONDS
        while self._wake.is_set():
            self._wake.clear()
            if monotonic() < until and not self._stop.is_set():
                self._wake.wait(SETTLE_SECONDS)

    def _write_public(self, now: Snapshot) -> None:
        """The public files; what they would be without any decision is kept first."""
        out = self.store.out
        keep_machine(out, now.own_records, now.own_findings)
        replace_lines(out / RECORDS, (self._line(record) for record in now.records.values()))
        replace_lines(out / FINDINGS, (self._line(finding) for finding in now.findings.values()))

    def _line(self, item: Record | Finding) -> bytes:
        """The line of a record or finding, encoded anew only where it has changed."""
        known = self._lines.get(item.id)
        if known is None or known[0] is not item:
            known = self._lines[item.id] = (
                item,
                _encode(plain_record(item) if isinstance(item, Record) else item),
            )
        return known[1]


@contextmanager
def _locked_soon(out: Path) -> Iterator[None]:
    """The run's lock, waited for as long as another reviewer's writer may hold it."""
    until = monotonic() + LOCK_SECONDS
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(locked(out / WORK, out))
                break
            except RunLocked:
                if monotonic() > until:
                    raise
                sleep(0.1)
        yield
