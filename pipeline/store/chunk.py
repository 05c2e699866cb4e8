"""A chunk of documents through all stages, in a worker: results go to a part file, what comes back is where
they lie."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import msgspec

from pipeline.errors import DocumentError, UsageError
from pipeline.model.document import Document, Table
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.stages import Outcome, ocr_tables, process
from pipeline.store.fingerprint import versions
from pipeline.store.manifest import Entry, Planned
from pipeline.store.parts import Keyed, keyed, write_part
from pipeline.store.result import CellDamage, DocumentResult, DocumentRow, Failure, TableRow, plain_record
from pipeline.store.shelf import shelf_at

_Named = TypeVar("_Named", Record, Finding)
_TEXT_KINDS = ("text", "markdown")
_KILLED = "this document brings the worker process down (memory or a fault in a library); take it out or mend it"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Work for one worker: documents, for those of a stream their line, and the path or
    URL that takes the part."""

    documents: tuple[tuple[Planned, bytes | None], ...]
    parts: str
    published: str | None

    def done(self) -> list[Entry]:
        """Where the results of every document lie, written as one part; a bad document is a failure, never an
        exception.

        Doing a chunk again writes the same part. Raises StoreError where the part can't be written.
        """
        results = [_keyed(planned, line, self.published) for planned, line in self.documents]
        return write_part(shelf_at(self.parts), results)

    def singles(self) -> list[Chunk]:
        """A chunk for each document."""
        return [replace(self, documents=(document,)) for document in self.documents]

    def given_up(self) -> list[Entry]:
        """Where the failure lies of a document that kills whatever process does it."""
        planned = self.documents[0][0]
        return write_part(shelf_at(self.parts), [keyed(planned.key, failed(planned, "extract", _KILLED, passing=True))])


def _keyed(planned: Planned, line: bytes | None, published: str | None) -> Keyed:
    try:
        return keyed(planned.key, result_of(planned, line, published))
    except UnicodeEncodeError as error:
        return keyed(planned.key, failed(planned, "read", f"holds characters that are no text: {error.reason}"))


def result_of(planned: Planned, line: bytes | None, published: str | None) -> DocumentResult:
    """The result of one document; `line` is its line where it comes from a stream."""
    begun = time.perf_counter()
    if planned.problem:
        return failed(planned, "read", planned.problem, passing=True)
    try:
        document = _read(planned, line, published)
        outcome = process(replace(document, id=planned.id))
        result = _kept(outcome, time.perf_counter() - begun)
        return msgspec.structs.replace(result, text=document.text) if _needs_text(document, line) else result
    except DocumentError as error:
        vanished = line is None and not Path(planned.path).exists()
        return failed(planned, error.stage, error.reason, passing=vanished)
    except UsageError as error:
        return failed(planned, "read", str(error).removeprefix(f"{planned.path}: "))
    except MemoryError:
        return failed(
            planned,
            "read",
            "needs more memory than there is; run it alone or with fewer workers",
            passing=True,
        )
    except (Exception, RecursionError) as error:
        return failed(planned, "read", f"cannot be read ({type(error).__name__}: {error})".replace("\n", " ")[:300])


def failed(planned: Planned, stage: str, reason: str, *, passing: bool = False) -> DocumentResult:
    """The result of a document that could not be processed; `passing` where the next run should try again."""
    return DocumentResult(failure=Failure(path=planned.path, stage=stage, reason=reason), passing=passing)


def _read(planned: Planned, line: bytes | None, published: str | None) -> Document:
    if line is None:
        return _one(planned, Path(planned.path), published)
    with TemporaryDirectory(prefix="tally-") as folder:
        path = Path(folder) / "line.jsonl"
        path.write_bytes(line)
        return _one(planned, path, published)


def _one(planned: Planned, path: Path, published: str | None) -> Document:
    from pipeline.read import read_path

    for document in read_path(path, published=published, root=None):
        if isinstance(document, DocumentError):
            raise document
        return replace(document, path=planned.path, sha256=planned.sha256)
    raise DocumentError(planned.path, "read", "holds no document; remove it or put one in")


def _needs_text(document: Document, line: bytes | None) -> bool:
    """Whether offsets point into a text that the reader of the output can't see otherwise."""
    return not stream_has_text(line) if line is not None else document.kind not in _TEXT_KINDS


def _kept(outcome: Outcome, seconds: float) -> DocumentResult:
    document, checked = outcome.document, outcome.reconciliation
    records = unlike_ids(plain_record(record) for record in checked.records)
    return DocumentResult(
        row=_row(outcome, seconds),
        records=records,
        printed=tuple(_as_printed(outcome, records)),
        ocr_tables=tuple(sorted(ocr_tables(document))),
        marks=tuple(mark_in_sentence(document.text, record) for record in records),
        findings=unlike_ids(checked.findings),
        equations=checked.equations,
        skipped=outcome.extraction.skipped,
        tables=tuple(table_row(document.id, table) for table in document.tables),
    )


def _as_printed(outcome: Outcome, records: Sequence[Record]) -> Iterator[Record]:
    """The records that a repair has changed, as they were extracted."""
    for extracted, record in zip(outcome.extraction.records, records, strict=True):
        if record.published_value is not None:
            yield msgspec.structs.replace(plain_record(extracted), id=record.id)


def unlike_ids(items: Iterable[_Named]) -> tuple[_Named, ...]:
    """The records or findings of a document with the second and later of one id renamed (`ID-2`): databases
    need keys, and one double id must not cost a run."""
    seen: Counter[str] = Counter()
    unlike: list[_Named] = []
    for item in items:
        seen[item.id] += 1
        count = seen[item.id]
        unlike.append(item if count == 1 else msgspec.structs.replace(item, id=f"{item.id}-{count}"))
    return tuple(unlike)


def _row(outcome: Outcome, seconds: float) -> DocumentRow:
    document, checked = outcome.document, outcome.reconciliation
    published = document.published
    return DocumentRow(
        id=document.id,
        sha256=document.sha256,
        path=document.path,
        kind=document.kind,
        title=document.title,
        url=document.url,
        published=published.date if published else None,
        published_basis=published.basis if published else None,
        language=document.language,
        ocr=document.ocr,
        characters=len(document.text),
        passages=len(document.passages),
        tables=len(document.tables),
        figures=len(checked.records),
        findings=len(checked.findings),
        checks=dict(sorted(Counter(record.check for record in checked.records).items())),
        skipped=dict(sorted(Counter(skip.reason for skip in outcome.extraction.skipped).items())),
        seconds=round(seconds, 3),
        versions=versions(),
    )


def mark_in_sentence(text: str, record: Record) -> int:
    """Where the figure begins in its sentence (found by laying the sentence over the text about it), or -1
    where the sentence was put together from pieces and does not hold the quote."""
    sentence, start = record.sentence, record.char_start
    lowest = max(0, record.char_end - len(sentence))
    at = text.find(sentence, lowest, start + len(sentence)) if sentence else -1
    return start - at if 0 <= at <= start else sentence.find(record.quote)


def table_row(document: str, table: Table) -> TableRow:
    """The line of `tables.jsonl` for a table."""
    return TableRow(
        document=document,
        page=table.page,
        table=table.name,
        bbox=table.bbox,
        caption=table.caption,
        unit=table.unit,
        header_rows=table.header_rows,
        rows=tuple(tuple(cell.text for cell in row) for row in table.rows),
        damage=tuple(
            CellDamage(row=r, column=c, damage=cell.damage)
            for r, row in enumerate(table.rows)
            for c, cell in enumerate(row)
            if cell.damage
        ),
    )


def stream_has_text(line: bytes) -> bool:
    """Whether a `.jsonl` line brings its own text (then offsets point into it), not HTML."""
    try:
        return isinstance(msgspec.json.decode(line).get("text"), str)
    except (msgspec.DecodeError, AttributeError):
        return False
