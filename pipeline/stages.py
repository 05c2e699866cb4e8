"""One document through all stages, without Prefect: read, extract, reconcile.

    for read in read_path(path): outcome = process(read)

The stages are imported when they are first used: a command that needs none of them answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pipeline.errors import DocumentError, ExtractionFailed
from pipeline.model.decision import Decision
from pipeline.model.document import Document
from pipeline.model.record import Record
from pipeline.model.result import Extraction, Reconciliation


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the stages made of one document: everything that was found, and everything that was tested."""

    document: Document
    extraction: Extraction
    reconciliation: Reconciliation


def process(document: Document) -> Outcome:
    """Figures of `document`, checked against one another.

    Raises ExtractionFailed (a DocumentError) where a stage breaks on it; no other document is affected.
    """
    from pipeline.extract import extract_document
    from pipeline.reconcile import reconcile_document

    stage = "extract"
    try:
        extraction = extract_document(document)
        stage = "reconcile"
        ocr = ocr_tables(document)
        reconciliation = reconcile_document(extraction.records, ocr_tables=ocr)
    except DocumentError:
        raise
    except (Exception, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}".replace("\n", " ")[:300]
        raise ExtractionFailed(document.path, stage, f"this document breaks the stage: {reason}") from error
    return Outcome(document, extraction, reconciliation)


def ocr_tables(document: Document) -> frozenset[str]:
    """Names of the tables whose digits were recognised from an image, where a repair may be applied; `*` for
    all of the document."""
    return frozenset({"*"} if document.ocr else (table.name for table in document.tables if table.ocr))


def reconsider(
    printed: Sequence[Record],
    repaired: Sequence[Record],
    ocr: frozenset[str],
    standing: Sequence[Decision],
) -> Reconciliation:
    """The figures of one document checked again under the decisions in force (`standing`), without extraction.

    `printed` are its records as extracted, in the order of the text, `repaired` those that the program mended, as
    mended. Returned records have the values from before any decision (`pipeline.write.decided` sets those that were
    decided), struck ones among them and added ones at the end.
    """
    from pipeline.reconcile import reconcile_document
    from pipeline.write.rulings import ruled_records, rulings_of

    mended = {record.id: record for record in repaired}
    ruled = ruled_records(printed, mended, standing)
    rulings = rulings_of(standing)
    checked = reconcile_document(ruled, ocr_tables=ocr, rulings=rulings)
    done = {before.id: (before, after) for before, after in zip(ruled, checked.records, strict=True)}
    own = [_undecided(r, mended.get(r.id), *done.pop(r.id)) if r.id in done else r for r in printed]
    records = (*own, *(after for _, after in done.values()))
    return Reconciliation(records, checked.findings, checked.equations)


def _undecided(printed: Record, mended: Record | None, ruled: Record, checked: Record) -> Record:
    """The checked record with its value from before any decision; a repair that was let stand is still one."""
    if ruled is mended:
        return msgspec.structs.replace(checked, check="repaired")
    if ruled is printed:
        return checked
    return msgspec.structs.replace(printed, check=checked.check, findings=checked.findings)


def process_text(text: str, *, published: str | None = None) -> Outcome:
    """The same for a string; the document's id is `text`."""
    from pipeline.read import read_text

    return process(read_text(text, id="text", published=published))
