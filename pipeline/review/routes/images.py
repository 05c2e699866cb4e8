"""Pages of PDFs and scans as images, so that a figure is seen where it was printed."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from pipeline.review.files import source_file
from pipeline.review.images import page_image
from pipeline.review.pages import ThePages

router = APIRouter()


@router.get("/image")
def image(pages: ThePages, document: str, page: int = 1) -> Response:
    """Page `page` (from 1) of a document that was read from a PDF or an image, as PNG."""
    store = pages.store
    info = store.documents.get(document)
    path = source_file(store.out, info) if info is not None else None
    if path is None:
        raise HTTPException(404, "The source of this document is not where the run found it.")
    try:
        content = page_image(path, page)
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        raise HTTPException(404, "This page can't be shown as an image.") from error
    return Response(content, media_type="image/png", headers={"cache-control": "private, max-age=600"})
