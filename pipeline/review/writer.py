"""Works out what decisions mean and writes it to the output folder, in the background, behind the reviewer's back.

The log is the truth; these files follow it at the first pause. A process that dies in between loses nothing: the next
`Writer` (or the next run) brings the files in line with the log.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, sleep

import msgspec

from pipeline.errors import RunLocked, TallyError
from pipeline.review.database import LiveDatabase
from pipeline.review.store import Snapshot, Store
from pipeline.store.layout import WORK
from pipeline.store.lock import locked
from pipeline.write.machine import FINDINGS, RECORDS, Block, add_machine, keep_machine, replace_lines

PAUSE_SECONDS = 0.3
"""A pause so long between two decisions is used to work out what they mean for other figures."""
SETTLE_SECONDS = 1.0
"""How long it waits for the next decision before it writes: a quick reviewer causes one write, not ten."""
PATIENCE_SECONDS = 15
"""How long it lets itself be put off by decision after decision."""
RETRY_SECONDS = 5
LOCK_SECONDS = 3

_encode = msgspec.json.Encoder().encode


class Writer:
    """Keeps the files of `store.out` in step with `store`. `error` holds the last failure, for the page."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.error: str | None = None
        self._lines: dict[str | None, tuple[Block, bytes, bytes]] = {}
        self._behind = bool(store.live.changed)
        self._database = LiveDatabase(store.out, None if self._behind else store.snapshot())
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="tally-writer", daemon=True)

    def start(self) -> None:
        """Begin; brings the files in line with the log if an earlier process was stopped before it could."""
        if self._behind:
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
        """Work out everything and write it now, in this thread; raises StoreError where that fails, RunLocked during
        a run."""
        self.store.fresh()
        self._write(self.store.seen())

    def _write(self, store: Store) -> None:
        with _locked_soon(store.out):
            now = store.snapshot()
            if not now.changed:
                return
            try:
                self._write_all(now)
            except BaseException:
                store.unwritten(now.changed)
                raise

    def _write_all(self, now: Snapshot) -> None:
        """Public files, then the database; what both would be without any decision is kept first."""
        out = self.store.out
        add_machine(out, now.own)
        with self.store.being_written():
            lines = [self._lines_of(block) for block in now.blocks.values()]
            replace_lines(out / RECORDS, (records for records, _ in lines))
            replace_lines(out / FINDINGS, (findings for _, findings in lines))
        self._database.update(now)
        keep_machine(out, now.own)

    def _work(self) -> None:
        # In a process of its own: here the arithmetic would hold up the pages that are asked for meanwhile.
        while self._wake.is_set() or not self._stop.is_set():
            with ProcessPoolExecutor(1, get_context("spawn"), _undisturbed) as elsewhere:
                self._work_with(elsewhere)

    def _work_with(self, elsewhere: Executor) -> None:
        while self._wake.is_set() or not self._stop.is_set():
            self._wake.wait()
            try:
                if self._settled_in_a_pause(elsewhere):
                    self.store.fresh()
                self._write(self.store.seen())
                self.error = None
            except TallyError as error:
                self.error = str(error)
                if not self._stop.wait(RETRY_SECONDS):
                    self._wake.set()
            except BrokenExecutor:  # somebody ended that process: another takes its place
                self._stop.wait(RETRY_SECONDS)
                self._wake.set()
                return

    def _settled_in_a_pause(self, elsewhere: Executor) -> bool:
        """Settles documents while the reviewer pauses; False where no pause was long enough for all of them: then the
        files get what there is."""
        until = monotonic() + PATIENCE_SECONDS
        while monotonic() < until:
            self._wake.clear()
            if not self._stop.is_set() and self._wake.wait(PAUSE_SECONDS):
                continue
            if self.store.settle_next(elsewhere):
                continue
            if self._stop.is_set() or not self._wake.wait(SETTLE_SECONDS):
                return True
        self._wake.set()
        return False

    def _lines_of(self, block: Block) -> tuple[bytes, bytes]:
        """The lines of a document's records and findings, encoded anew only where it has changed."""
        known = self._lines.get(block.document)
        if known is None or known[0] is not block:
            known = self._lines[block.document] = (block, _encoded(block.records), _encoded(block.findings))
        return known[1], known[2]


def _undisturbed() -> None:
    """Ctrl-C is for the page alone: it lets the worker end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _encoded(items: Iterable[object]) -> bytes:
    return b"".join(_encode(item) + b"\n" for item in items)


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
