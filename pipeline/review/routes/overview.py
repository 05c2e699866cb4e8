"""Documents with their counts, and the series of the run as plots."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from fastapi import APIRouter, Request
from starlette.responses import Response

from pipeline.review.files import DocumentInfo
from pipeline.review.pages import ThePages
from pipeline.review.plot import Series, draw, find_series
from pipeline.review.store import Store

router = APIRouter()
DOCUMENTS_A_PAGE = 100
PLOTS_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """How the figures and cases of a document stand."""

    info: DocumentInfo
    figures: int
    checks: Counter[str]
    cases: int
    undecided: int


@router.get("/documents")
def documents(request: Request, pages: ThePages, page: int = 1) -> Response:
    """Every document: figures, confirmed, conflicting, repaired, cases; most undecided first."""
    store = pages.store
    counted = sorted(document_counts(store), key=lambda c: (-c.undecided, c.info.id))
    last = max(1, -(-len(counted) // DOCUMENTS_A_PAGE))
    page = min(max(page, 1), last)
    shown = counted[(page - 1) * DOCUMENTS_A_PAGE : page * DOCUMENTS_A_PAGE]
    total: Counter[str] = Counter()
    for count in counted:
        total.update(count.checks)
    return pages.page(
        request, "documents.html", counted=shown, total=total, documents=len(counted), figures=total.total(),
        page=page, last=last,
    )  # fmt: skip


@router.get("/series")
def series(request: Request, pages: ThePages, page: int = 1) -> Response:
    """The series of the run: printed levels against what growth rates imply, conflicts marked."""
    store = pages.store
    found = _series(store, store.version)
    last = max(1, -(-len(found) // PLOTS_A_PAGE))
    page = min(max(page, 1), last)
    plots = [draw(s) for s in found[(page - 1) * PLOTS_A_PAGE : page * PLOTS_A_PAGE]]
    return pages.page(request, "series.html", plots=plots, found=len(found), page=page, last=last)


@lru_cache(maxsize=1)
def _series(store: Store, version: int) -> list[Series]:
    """The series of a version of the store: worked out once, looked at page by page."""
    return find_series(store)


def document_counts(store: Store) -> list[DocumentCount]:
    """The counts of every document of the run."""
    cases: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    for finding in store.findings.values():
        for document in dict.fromkeys(finding.documents):
            cases[document] += 1
            undecided[document] += not store.reviewed(finding.id)
    return [_count(store, info, cases[name], undecided[name]) for name, info in store.documents.items()]


def _count(store: Store, info: DocumentInfo, cases: int, undecided: int) -> DocumentCount:
    checks = Counter(record.check for record in store.records_of(info.id))
    return DocumentCount(info, checks.total(), Counter(checks), cases, undecided)
