"""Worker processes: none can take the run down with it, and the language model is loaded once for all."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from types import TracebackType
from typing import Protocol

from pipeline.store.pieces import Mapper, Piece, R

PRELOADED = ["pipeline.store.warm"]


class Workers:
    """`count` processes that do pieces; call it from as many threads. Where a piece kills its process, it is
    done again in smaller ones, and the one that kills is given up. Processes start with the first piece."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._lock = Lock()
        self._pool = self._new_pool(count)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    @staticmethod
    def _new_pool(count: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(count, mp_context=_context(), initializer=_end_with_parent)

    def __call__(self, piece: Piece[R]) -> list[R]:
        """The result of the piece. Raises StoreError where it can't be written."""
        pool = self._pool
        try:
            return pool.submit(_done, piece).result()
        except BrokenProcessPool:
            self._replace(pool)
            return self._one_by_one(piece)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = self._new_pool(self.count)

    def _one_by_one(self, piece: Piece[R]) -> list[R]:
        pool = self._new_pool(1)
        results: list[R] = []
        for single in piece.singles():
            try:
                results += pool.submit(_done, single).result()
            except BrokenProcessPool:
                pool = self._new_pool(1)
                results += single.given_up()
        pool.shutdown()
        return results


def _end_with_parent() -> None:
    """Without this a worker whose run was killed waits for work for ever."""
    Thread(target=_exit_after, args=(multiprocessing.parent_process(),), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _done(piece: Piece[R]) -> list[R]:
    return piece.done()


def _context() -> BaseContext:
    """How processes begin. Not by a fork of this one: beside Prefect's threads that can hang on a lock that
    no thread will ever release. Outside Linux not by a fork at all: system libraries forbid it."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def prepare() -> None:
    """Begins to load what workers need, beside whatever else is to be done first."""
    if _context().get_start_method() == "forkserver":
        forkserver.ensure_running()


@contextmanager
def in_workers(count: int) -> Iterator[Mapper]:
    """A mapper with `count` worker processes, which live as long as the block."""
    with Workers(count) as workers, ThreadPoolExecutor(count) as threads:

        def mapper(pieces: Iterator[Piece[R]]) -> Iterator[list[R]]:
            return bounded(lambda piece: threads.submit(workers, piece), pieces, count + 1)

        yield mapper


class Pending(Protocol[R]):
    """Results that a worker will have; a future of whatever kind."""

    def result(self) -> list[R]:
        """Waits for them; raises what the work raised."""
        ...


def bounded(submit: Callable[[Piece[R]], Pending[R]], pieces: Iterator[Piece[R]], ahead: int) -> Iterator[list[R]]:
    """Results in the order of the pieces, with no more than `ahead` pieces in memory."""
    waiting: deque[Pending[R]] = deque()
    for piece in pieces:
        waiting.append(submit(piece))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
