"""Prefect round the run: what `tally run` and the deployments of `prefect.yaml` start. Nothing else imports
Prefect.

A task is a chunk of documents, or of series that several documents speak of, done by plain functions in worker
processes of this machine or on Dask; what comes back is where the results lie. Provenance is in the run's own
manifest, never in Prefect's database.
"""

from __future__ import annotations

import errno
import gc
import logging
import os
import pickle
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from threading import Thread
from typing import Any, Generic

import uvicorn
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.events import emit_event
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

from pipeline.errors import StoreError
from pipeline.model.finding import Finding
from pipeline.store.pieces import Mapper, Piece, R
from pipeline.store.run import Progress, Report, Settings, run_batch
from pipeline.store.workers import Workers, bounded, prepare

_PASSING = {errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ECONNRESET, errno.EAGAIN, errno.EBUSY}
_progress: ContextVar[Progress | None] = ContextVar("progress", default=None)
_own_server: ContextVar[bool] = ContextVar("own_server", default=False)
DASK_ADDRESS = "TALLY_DASK_ADDRESS"
CHUNKS_AHEAD = 64
SECONDS_TO_STOP = 10


def may_pass(_task: Any, _run: Any, state: Any) -> bool:
    """Whether trying again can help: a network or storage fault can pass, a full disk or a wrong path
    can't."""
    error = state.result(raise_on_failure=False)
    while isinstance(error, BaseException):
        if isinstance(error, ConnectionError | TimeoutError):
            return True
        if isinstance(error, OSError):
            return error.errno in _PASSING
        error = error.__cause__
    return False


@task(
    name="chunk",
    retries=3,
    retry_delay_seconds=[5, 20, 60],
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def do_chunk(packed: bytes, workers: Workers | None = None) -> list[Any]:
    """Results of a piece of work, by `workers` or in this process; doing it again writes the same.

    The piece comes pickled, so that neither Prefect nor Dask searches it for results of other tasks.
    """
    piece: Piece[Any] = pickle.loads(packed)
    return workers(piece) if workers else piece.done()


def submitted(workers: Workers | None, ahead: int) -> Mapper:
    """A mapper that submits every piece as a task, with no more than `ahead` of them under way."""

    def mapper(pieces: Iterator[Piece[R]]) -> Iterator[list[R]]:
        return bounded(lambda piece: Submitted(piece, workers), pieces, ahead)

    return mapper


class Submitted(Generic[R]):
    """A piece under way. Where a cluster's workers die of it time and again, it is done in the smallest
    pieces, and the one that kills is given up."""

    def __init__(self, piece: Piece[R], workers: Workers | None) -> None:
        self.piece = piece
        self._future = do_chunk.submit(pickle.dumps(piece), workers)

    def result(self) -> list[R]:
        """What the work gave."""
        try:
            return self._future.result()
        except Exception as error:
            if type(error).__name__ != "KilledWorker":
                raise
            singles = self.piece.singles()
            if len(singles) == 1:
                return self.piece.given_up()
            return [each for single in singles for each in Submitted(single, None).result()]


@flow(name="batch", persist_result=False, log_prints=False)
def batch(
    paths: list[str],
    out: str = "extracted",
    workers: int | None = None,
    published: str | None = None,
    fresh: bool = False,
    parts: str | None = None,
) -> Report:
    """Everything new below `paths` into `out`, in worker processes of this machine. Options as in `tally
    run`."""
    count = workers or os.cpu_count() or 1
    settings = Settings(tuple(map(Path, paths)), Path(out), published, fresh, parts)
    with Workers(count) as pool:
        return _ran(settings, submitted(pool, count + 1))


@flow(name="batch-dask", persist_result=False, log_prints=False)
def batch_dask(
    paths: list[str],
    out: str = "extracted",
    published: str | None = None,
    fresh: bool = False,
    parts: str | None = None,
    address: str | None = None,
) -> Report:
    """The same on a Dask cluster: the scheduler at `address` (or in TALLY_DASK_ADDRESS), or one of this
    machine.

    Its workers must see `paths` under the same names (but for streams, whose lines they are sent), and `parts`
    or without it `out`; Tally must be installed there.
    """
    on_dask = chunks_on_dask.with_options(task_runner=dask_runner(address))
    report: Report = on_dask(paths=paths, out=out, published=published, fresh=fresh, parts=parts)
    return report


@flow(name="chunks-on-dask", persist_result=False, log_prints=False)
def chunks_on_dask(paths: list[str], out: str, published: str | None, fresh: bool, parts: str | None) -> Report:
    """The part of `batch_dask` that has the cluster for its task runner."""
    settings = Settings(tuple(map(Path, paths)), Path(out).resolve(), published, fresh, parts)
    return _ran(settings, submitted(None, CHUNKS_AHEAD))


def dask_runner(address: str | None = None) -> Any:
    """The task runner for `batch_dask`: the scheduler at `address` (or in TALLY_DASK_ADDRESS), or, for
    `local` and where neither is given, a cluster on this machine."""
    from prefect_dask import DaskTaskRunner

    where = address or os.environ.get(DASK_ADDRESS) or "local"
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if where == "local":
        quiet = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": logging.CRITICAL}
        return DaskTaskRunner(cluster_kwargs=quiet)
    return DaskTaskRunner(address=where)


def run_flow(settings: Settings, *, workers: int, dask: str | None, progress: Progress) -> Report:
    """Runs the flow from the command line: `batch` with `workers` processes, or `batch_dask` on `dask`."""
    common: dict[str, Any] = {
        "paths": [str(path) for path in settings.paths],
        "out": str(settings.out),
        "published": settings.published,
        "fresh": settings.fresh,
        "parts": settings.parts,
    }
    token = _progress.set(progress)
    if not dask:
        prepare()  # beside the start of the server, which takes as long
    try:
        # Workers on other machines could not reach it.
        with own_server() if dask in (None, "local") else nullcontext():
            report: Report = batch_dask(**common, address=dask) if dask else batch(**common, workers=workers)
    finally:
        _progress.reset(token)
    return report


@contextmanager
def own_server() -> Iterator[None]:
    """A server for this run alone, in a thread of this process, unless the user has named one.

    Client and server share most of what they import, which is nearly all that a server costs. Raises StoreError
    where it doesn't start.
    """
    if get_current_settings().api.url:
        yield
        return
    server = _server()
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = Thread(target=server.run, args=([door],), daemon=True)
        thread.start()
        _wait_for(server, thread)
        token = _own_server.set(True)
        try:
            with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{door.getsockname()[1]}/api"}):
                yield
        finally:
            _own_server.reset(token)
            server.should_exit = True
            thread.join(SECONDS_TO_STOP)


def _server() -> uvicorn.Server:
    """Prefect's server without its page and its services: schedules, late runs and events are the business of a
    lasting one."""
    gc.disable()  # the thousands of classes that the import makes all stay
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=True, webserver_only=True, final=True)
    gc.freeze()
    gc.enable()
    return uvicorn.Server(uvicorn.Config(app, log_config=None, log_level="critical"))


def _wait_for(server: uvicorn.Server, thread: Thread) -> None:
    last = time.monotonic() + get_current_settings().server.ephemeral.startup_timeout_seconds
    while not server.started:
        if not thread.is_alive() or time.monotonic() > last:
            raise StoreError("Prefect's embedded server doesn't start; --direct runs without it, and writes the same")
        time.sleep(0.02)


def _ran(settings: Settings, mapper: Mapper) -> Report:
    report = run_batch(settings, mapper, _progress.get())
    if get_current_settings().api.url and not _own_server.get():
        create_markdown_artifact(markdown(report, settings), key="tally-run", description="What the run found")
        for finding in report.new_errors:
            announce(finding, settings)
    return report


def announce(finding: Finding, settings: Settings) -> None:
    """An event for a new `error` finding, for automations to hang on: `tally.finding.new`."""
    emit_event(
        event="tally.finding.new",
        resource={
            "prefect.resource.id": f"tally.finding.{finding.id}",
            "prefect.resource.name": finding.id,
            "tally.rule": finding.rule,
            "tally.out": str(settings.out),
        },
        payload={"equation": finding.equation, "documents": list(finding.documents), "rule": finding.rule},
    )


def markdown(report: Report, settings: Settings) -> str:
    """The closing table and the worst findings, as Markdown."""
    summary = report.summary
    names = ("documents", "figures", "confirmed", "conflicting", "repaired", "failed")
    rows = [f"| {name} | {getattr(summary, name):,} |" for name in names]
    worst = [f"- **{f.rule}** {', '.join(f.documents)}: `{f.equation.replace('`', '')}`" for f in summary.worst]
    return "\n".join(
        [f"# {settings.out}", "", "| | |", "|---|---:|", *rows, f"| done anew | {report.redone:,} |", ""]
        + (["## Worst findings", "", *worst] if worst else [])
    )
