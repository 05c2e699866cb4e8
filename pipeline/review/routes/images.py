"""Pages of PDFs and scans as images, so that a figure is seen where it was printed."""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from pipeline.review.files import source_file
from pipeline.review.pages import ThePages

router = APIRouter()
SCALE = 2
MAX_PIXELS = 40_000_000
_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not made for two threads."""


@router.get("/image")
def image(pages: ThePages, document: str, page: int = 1) -> Response:
    """Page `page` (from 1) of a document that was read from a PDF or an image, as PNG."""
    store = pages.store
    info = store.documents.get(document)
    path = source_file(store.out, info) if info is not None else None
    if path is None:
        raise HTTPException(404, "The source of this document is not where the run found it.")
    try:
        with _ONE_AT_A_TIME:
            content = page_image(path, page, path.stat().st_mtime_ns)
    except (OSError, ValueError, RuntimeError) as error:
        raise HTTPException(404, "This page can't be shown as an image.") from error
    return Response(content, media_type="image/png", headers={"cache-control": "private, max-age=600"})


@lru_cache(maxsize=16)
def page_image(path: Path, page: int, _stamp: int) -> bytes:
    """The page as PNG, at two pixels a point; raises ValueError or RuntimeError where there is no such page."""
    if path.suffix.lower() == ".pdf":
        return _pdf_page(path, page)
    return _picture(path)


def page_size(path: Path, page: int) -> tuple[float, float] | None:
    """Width and height in the units of a figure's `bbox` (points of a PDF, pixels of an image); None: no image."""
    try:
        if path.suffix.lower() == ".pdf":
            import pypdfium2

            with _ONE_AT_A_TIME, pypdfium2.PdfDocument(path) as pdf:
                width, height = pdf[page - 1].get_size()
                return float(width), float(height)
        from PIL import Image

        with Image.open(path) as picture:
            return float(picture.width), float(picture.height)
    except (OSError, ValueError, RuntimeError, IndexError):
        return None


def _pdf_page(path: Path, page: int) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        if not 1 <= page <= len(pdf):
            raise ValueError(f"no page {page}")
        sheet = pdf[page - 1]
        width, height = sheet.get_size()
        scale = min(SCALE, (MAX_PIXELS / (width * height)) ** 0.5)
        return _png(sheet.render(scale=scale).to_pil())


def _picture(path: Path) -> bytes:
    from PIL import Image

    with Image.open(path) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("too large")
        return _png(picture.convert("RGB"))


def _png(picture: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")  # type: ignore[attr-defined]
    return stream.getvalue()
