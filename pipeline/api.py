"""The functions that `from pipeline import …` gives. None of them needs Prefect."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DocumentError
from pipeline.model.result import Reconciliation

if TYPE_CHECKING:
    from pipeline.store.run import Report


def extract(text: str, published: str | None = None) -> Reconciliation:
    """The figures of `text`, checked: `.records`, `.findings`, `.equations`. `published` is `YYYY[-MM[-DD]]`.

    Raises ExtractionFailed where a stage breaks on the text.
    """
    from pipeline.stages import process_text

    return process_text(text, published=published).reconciliation


def extract_file(path: Path | str, published: str | None = None) -> Reconciliation:
    """The figures of one document (of all documents, for a `.jsonl`); raises DocumentError for the first that fails."""
    from pipeline.read import read_path
    from pipeline.stages import process

    results = []
    for document in read_path(Path(path), published=published, root=None):
        if isinstance(document, DocumentError):
            raise document
        results.append(process(document).reconciliation)
    return Reconciliation(
        tuple(record for result in results for record in result.records),
        tuple(finding for result in results for finding in result.findings),
        tuple(equation for result in results for equation in result.equations),
    )


def run(
    *paths: Path | str,
    out: Path | str = "extracted",
    workers: int = 1,
    published: str | None = None,
    fresh: bool = False,
) -> Report:
    """What `tally run PATHS --direct --out OUT` does; with one worker in this process. Returns counts and findings.

    Raises UsageError, RunLocked and StoreError.
    """
    from pipeline.store.pieces import in_process
    from pipeline.store.run import Settings, run_batch
    from pipeline.store.workers import in_workers

    given: Iterable[Path] = (Path(path) for path in paths)
    settings = Settings(tuple(given), Path(out), published, fresh)
    with nullcontext(in_process) if workers == 1 else in_workers(workers) as mapper:
        return run_batch(settings, mapper)
