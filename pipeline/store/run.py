"""One run: what is there, what of it is new, do that, check across documents, publish.

1. `scan` lists the inputs; the manifest gives each its id and the key of its result.
2. `chunks` makes work of those that have no result; a mapper does it (here, in processes, by Prefect, on
   Dask).
3. `check_across` brings the findings between documents up to date for the groups that changed, by the same
   mapper.
4. `Publisher` writes the visible folder, unless it is up to date already.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import msgspec

from pipeline.model.finding import Finding
from pipeline.store import layout
from pipeline.store.across import check_across
from pipeline.store.atomic import replacing, writing
from pipeline.store.chunk import Chunk
from pipeline.store.fingerprint import program, versions
from pipeline.store.inputs import STREAMS, lines, require, scan
from pipeline.store.layout import Folder
from pipeline.store.lock import locked
from pipeline.store.manifest import Manifest, Planned
from pipeline.store.parts import sweep
from pipeline.store.pieces import Mapper
from pipeline.store.publish import Publisher, Summary, is_whole, state_of
from pipeline.store.shelf import Shelf, shelf_of

CHUNK_DOCUMENTS = 64
CHUNK_BYTES = 2_000_000
CHUNKS = 16
"""At least so many where there are as many documents: a folder of twelve keeps every worker busy too."""


class Progress(Protocol):
    """Where a run says how far it is."""

    def start(self, documents: int, todo: int) -> None:
        """So many documents, of which so many are new or changed."""

    def advance(self, documents: int) -> None:
        """So many more are done."""

    def say(self, text: str) -> None:
        """A step begins."""


class Silent:
    """Says nothing."""

    def start(self, documents: int, todo: int) -> None:
        """Nothing."""

    def advance(self, documents: int) -> None:
        """Nothing."""

    def say(self, text: str) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user asks of a run."""

    paths: tuple[Path, ...]
    out: Path
    published: str | None = None
    fresh: bool = False
    parts: str | None = None
    """Where results are kept: a path or URL; None is where the folder has them, at first its own `.work`."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: the closing table, how many documents were done anew, wall seconds, and the first
    hundred `error` findings that were not there before."""

    summary: Summary
    redone: int
    seconds: float
    new_errors: tuple[Finding, ...] = ()


def run_batch(settings: Settings, mapper: Mapper, progress: Progress | None = None) -> Report:
    """Does a run into `settings.out`; killed at any moment and started again it ends the same.

    Raises UsageError (a path that does not exist), RunLocked (another run is in the folder), StoreError
    (disk full, no permission). Documents that fail raise nothing: they are in `failures.jsonl`.
    """
    begun, started = time.perf_counter(), datetime.now(UTC)
    folder = Folder(settings.out)
    progress = progress or Silent()
    require(settings.paths)
    with locked(folder.work, folder.path), _manifest(folder, settings) as (manifest, parts):
        manifest.plan(scan(settings.paths, settings.out), settings.published)
        redone = _do_undone(parts.address, manifest, settings, mapper, progress)
        progress.say("checking across documents")
        check_across(manifest, parts, mapper, folder.staging)
        publisher = Publisher(folder, parts, manifest)
        summary = _publish(publisher, progress)
        manifest.forget_others()
        sweep(parts, manifest.parts())
        seconds = round(time.perf_counter() - begun, 3)
        report = Report(summary, redone, seconds, tuple(publisher.new_errors))
        _write_run(folder, settings, report, started)
    return report


def anything_new(settings: Settings) -> bool:
    """Whether some document has no result yet; raises as `run_batch` does."""
    folder = Folder(settings.out)
    require(settings.paths)
    if settings.fresh or not folder.manifest.exists():
        return True
    with locked(folder.work, folder.path), _manifest(folder, settings) as (manifest, _):
        manifest.plan(scan(settings.paths, settings.out), settings.published)
        return manifest.count()[1] > 0


@contextmanager
def _manifest(folder: Folder, settings: Settings) -> Iterator[tuple[Manifest, Shelf]]:
    with writing(folder.path):
        folder.parts.mkdir(parents=True, exist_ok=True)
        manifest = Manifest(folder.manifest)
    try:
        if settings.fresh:
            manifest.forget_all()
        if settings.parts:
            manifest.set_meta("parts", settings.parts)
        parts = shelf_of(manifest, folder)
        manifest.forget_missing(parts.names())
        yield manifest, parts
    finally:
        manifest.close()


def _do_undone(parts: str, manifest: Manifest, settings: Settings, mapper: Mapper, progress: Progress) -> int:
    total, todo = manifest.count()
    progress.start(total, todo)
    if todo:
        for entries in mapper(chunks(manifest, parts, settings.published, todo)):
            manifest.enter(entries)
            progress.advance(len(entries))
    return todo


def chunks(manifest: Manifest, parts: str, published: str | None, todo: int) -> Iterator[Chunk]:
    """Work for the `todo` documents that have no result, in order, no more than a chunk of it in memory."""
    most = min(CHUNK_DOCUMENTS, max(1, todo // CHUNKS))
    batch: list[tuple[Planned, bytes | None]] = []
    size = 0
    for planned, line in _with_lines(manifest.undone()):
        batch.append((planned, line))
        size += len(line) if line is not None else _file_size(planned.path)
        if len(batch) >= most or size >= CHUNK_BYTES:
            yield Chunk(tuple(batch), parts, published)
            batch, size = [], 0
    if batch:
        yield Chunk(tuple(batch), parts, published)


def _with_lines(undone: Iterator[Planned]) -> Iterator[tuple[Planned, bytes | None]]:
    """Each document with its line where it comes from a stream; streams are read once, beside the plan."""
    path = ""
    stream: Iterator[tuple[int, bytes]] = iter(())
    for planned in undone:
        if planned.ending not in STREAMS or planned.problem:
            yield planned, None
            continue
        if planned.path != path:
            path, stream = planned.path, lines(Path(planned.path))
        yield planned, next((line for number, line in stream if number == planned.line), b"")


def _file_size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _publish(publisher: Publisher, progress: Progress) -> Summary:
    folder, manifest = publisher.folder, publisher.manifest
    state = state_of(folder, manifest)
    kept = manifest.meta("summary")
    if kept and manifest.meta("published") == state and is_whole(folder):
        return msgspec.json.decode(kept, type=Summary)
    progress.say("writing records, findings and database")
    manifest.set_meta("published", "")
    summary = publisher.publish()
    manifest.set_meta("summary", msgspec.json.encode(summary).decode())
    manifest.set_meta("published", state)
    shutil.rmtree(folder.staging, ignore_errors=True)
    return summary


def _write_run(folder: Folder, settings: Settings, report: Report, started: datetime) -> None:
    counts = msgspec.to_builtins(report.summary)
    del counts["worst"]
    content = {
        "versions": {**versions(), "python": sys.version.split()[0]},
        "program": program(),
        "settings": {"paths": [str(path) for path in settings.paths], "published": settings.published},
        "counts": {name: value for name, value in msgspec.to_builtins(report.summary).items() if name != "worst"},
        "times": {
            "started": started.isoformat(timespec="seconds"),
            "seconds": report.seconds,
            "redone": report.redone,
        },
    }
    with replacing(folder.path / layout.RUN) as file:
        file.write(msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")
