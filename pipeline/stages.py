"""One document through all stages, without Prefect: read, extract, reconcile.

    for read in read_path(path): outcome = process(read)

The stages are imported when they are first used: a command that needs none of them answers at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.errors import DocumentError, ExtractionFailed
from pipeline.model.decision import Decision
from pipeline.model.document import Document
from pipeline.model.result import Extraction, Reconciliation


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the stages made of one document: everything that was found, and everything that was tested."""

    document: Document
    extraction: Extraction
    reconciliation: Reconciliation


def process(document: Document, decisions: Sequence[Decision] = ()) -> Outcome:
    """Figures of `document`, checked against one another with the reviewer's `decisions` applied.

    Raises ExtractionFailed (a DocumentError) where a stage breaks on it; no other document is affected.
    """
    from pipeline.extract import extract_document
    from pipeline.reconcile import reconcile_document

    stage = "extract"
    try:
        extraction = extract_document(document)
        stage = "reconcile"
        ocr = ocr_tables(document)
        reconciliation = reconcile_document(extraction.records, ocr_tables=ocr, decisions=decisions)
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


def process_text(text: str, *, published: str | None = None, decisions: Iterable[Decision] = ()) -> Outcome:
    """The same for a string; the document's id is `text`."""
    from pipeline.read import read_text

    return process(read_text(text, id="text", published=published), tuple(decisions))
