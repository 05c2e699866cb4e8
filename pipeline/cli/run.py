"""`tally run`: progress while it works, the closing table after."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.output import clean, say
from pipeline.cli.text import checked_date
from pipeline.errors import UsageError
from pipeline.store.layout import WORK

if TYPE_CHECKING:
    from pipeline.store.run import Progress, Report, Settings

EVERY_SECONDS = 10.0


def run_command(
    paths: list[Path],
    out: Path,
    *,
    workers: int | None,
    dask: str | None,
    parts: str | None,
    published: str | None,
    fresh: bool,
    direct: bool,
) -> int:
    """Does a run and prints its closing table; returns 1 where documents failed, else 0."""
    from pipeline.store.inputs import require
    from pipeline.store.run import Settings

    if direct and dask:
        raise UsageError("--direct and --dask exclude each other; leave one out")
    require(paths)
    settings = Settings(tuple(paths), out, checked_date(published), fresh, parts)
    with progress() as shown:
        report = _done(settings, workers or os.cpu_count() or 1, dask, direct, shown)
    say_report(report, out)
    return 1 if report.summary.failed else 0


def _done(settings: Settings, workers: int, dask: str | None, direct: bool, shown: Progress) -> Report:
    from pipeline.store.run import anything_new, run_batch

    if direct or not anything_new(settings):
        # Starting Prefect's server takes far longer than finding that there is nothing for it to do.
        from pipeline.store.workers import in_workers

        with in_workers(workers) as mapper:
            return run_batch(settings, mapper, shown)
    _quiet_prefect(settings.out)
    shown.say("starting Prefect's embedded server (--direct runs without)")
    from pipeline.flows import run_flow

    return run_flow(settings, workers=workers, dask=dask, progress=shown)


def _quiet_prefect(out: Path) -> None:
    """Prefect's settings for a run of its own: no accounts, no analytics, a home apart from the user's other
    flows, and time enough for the embedded server to start on a busy machine. What the user has set
    stands."""
    wanted = {
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_COLORS": "false",
    }
    if "PREFECT_API_URL" not in os.environ:
        wanted["PREFECT_HOME"] = str(_prefect_home(out))
        wanted["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "true"
    for name, value in wanted.items():
        os.environ.setdefault(name, value)


def _prefect_home(out: Path) -> Path:
    """Where Prefect keeps its database: in the user's cache, or beside the run where that can't be
    written."""
    from platformdirs import user_cache_path

    home = user_cache_path("tally") / "prefect"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        home = out.resolve() / WORK / "prefect"
        home.mkdir(parents=True, exist_ok=True)
    return home


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on a terminal, plain lines otherwise."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    bar = Bar()
    with bar.bar:
        yield bar


class Lines:
    """Progress as lines: at the start, now and then, at each step."""

    def __init__(self) -> None:
        self._done = self._todo = 0
        self._last = time.monotonic()

    def start(self, documents: int, todo: int) -> None:
        """So many documents, of which so many are new or changed."""
        self._todo, self._last = todo, time.monotonic()
        self.say(f"{documents} documents, {todo} new or changed")

    def advance(self, documents: int) -> None:
        """So many more are done."""
        self._done += documents
        if time.monotonic() - self._last >= EVERY_SECONDS or self._done == self._todo:
            self._last = time.monotonic()
            self.say(f"{self._done} of {self._todo} done")

    def say(self, text: str) -> None:
        """A step begins."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


class Bar:
    """Progress as a bar with the time that is left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self.bar.add_task("looking", total=None)

    def start(self, documents: int, todo: int) -> None:
        """So many documents, of which so many are new or changed."""
        self.bar.update(self._task, description=f"{documents} documents, new or changed", total=todo)

    def advance(self, documents: int) -> None:
        """So many more are done."""
        self.bar.advance(self._task, documents)

    def say(self, text: str) -> None:
        """A step begins."""
        self.bar.update(self._task, description=text)


def say_report(report: Report, out: Path) -> None:
    """The closing table and the worst findings as equations."""
    summary = report.summary
    rows = ("documents", "figures", "confirmed", "conflicting", "repaired", "failed")
    say(f"{out} ({report.redone} done anew, {report.seconds:.1f} s)")
    for name in rows:
        say(f"  {name:<12}{getattr(summary, name):>9,}")
    if summary.failed:
        say(f"  why documents failed: {out / 'failures.jsonl'}")
    if summary.worst:
        say("worst findings:")
    for finding in summary.worst:
        say(f"  {finding.severity:<8}{finding.id}  {', '.join(finding.documents)}: {clean(finding.equation)}")
