"""Worker processes: each loads the language model once, and none can take the run down with it."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Protocol

from pipeline.store.chunk import Chunk, failed, process_chunk
from pipeline.store.manifest import Entry
from pipeline.store.parts import keyed, write_part

_KILLED = (
    "this document brings the worker process down (memory or a fault in a library); take it out or mend it"
)


class Workers:
    """`count` processes that do chunks; call it from as many threads. Where a document kills its process,
    the chunk is done again document by document, and the one that kills is a failure."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._lock = Lock()
        self._pool = self._new_pool(count)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    @staticmethod
    def _new_pool(count: int) -> ProcessPoolExecutor:
        # Not fork: a process forked beside Prefect's threads can hang on a lock that no thread will ever
        # release.
        return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))

    def __call__(self, chunk: Chunk) -> list[Entry]:
        """Where the results of the chunk lie. Raises StoreError where they can't be written."""
        pool = self._pool
        try:
            return pool.submit(process_chunk, chunk).result()
        except BrokenProcessPool:
            self._replace(pool)
            return self._one_by_one(chunk)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = self._new_pool(self.count)

    def _one_by_one(self, chunk: Chunk) -> list[Entry]:
        pool = self._new_pool(1)
        entries: list[Entry] = []
        for document in chunk.documents:
            single = replace(chunk, documents=(document,))
            try:
                entries += pool.submit(process_chunk, single).result()
            except BrokenProcessPool:
                pool = self._new_pool(1)
                entries += killed(single)
        pool.shutdown()
        return entries


def killed(single: Chunk) -> list[Entry]:
    """The failure of a chunk of one document that kills whatever process does it."""
    planned = single.documents[0][0]
    result = failed(planned, "extract", _KILLED, passing=True)
    return write_part(Path(single.parts), [keyed(planned.key, result)])


def in_process(chunks: Iterator[Chunk]) -> Iterator[list[Entry]]:
    """Every chunk in this process, one after another."""
    return map(process_chunk, chunks)


def in_workers(count: int) -> Callable[[Iterator[Chunk]], Iterator[list[Entry]]]:
    """A mapper over chunks with `count` worker processes, results as they come."""

    def mapper(chunks: Iterator[Chunk]) -> Iterator[list[Entry]]:
        with Workers(count) as workers, ThreadPoolExecutor(count) as threads:
            yield from bounded(lambda chunk: threads.submit(workers, chunk), chunks, count + 1)

    return mapper


class Pending(Protocol):
    """Entries that a worker will have; a future of whatever kind."""

    def result(self) -> list[Entry]:
        """Waits for them; raises what the work raised."""
        ...


def bounded(submit: Callable[[Chunk], Pending], chunks: Iterator[Chunk], ahead: int) -> Iterator[list[Entry]]:
    """Results in the order of the chunks, with no more than `ahead` chunks in memory."""
    waiting: deque[Pending] = deque()
    for chunk in chunks:
        waiting.append(submit(chunk))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
