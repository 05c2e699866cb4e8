"""Pages of PDFs and scans as PNG, rendered from the source."""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from pathlib import Path

SCALE = 2
MAX_PIXELS = 40_000_000
A4_WIDTH = 8.27
"""Inches."""
_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not made for two threads."""


def page_image(path: Path, page: int) -> bytes:
    """The page as PNG, at two pixels a point; raises OSError, ValueError or RuntimeError where there is no
    such page.
    """
    with _ONE_AT_A_TIME:
        return _rendered(path, page, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _rendered(path: Path, page: int, _stamp: int) -> bytes:
    if path.suffix.lower() == ".pdf":
        return _pdf_page(path, page)
    return _picture(path, page)


def page_size(path: Path, page: int) -> tuple[float, float] | None:
    """Width and height of a page in points, the units of `bbox`; None where there is no such page."""
    try:
        with _ONE_AT_A_TIME:
            return _pdf_size(path, page) if path.suffix.lower() == ".pdf" else _picture_size(path, page)
    except (OSError, ValueError, RuntimeError, IndexError, EOFError):
        return None


def _pdf_size(path: Path, page: int) -> tuple[float, float]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        width, height = pdf[page - 1].get_size()
        return float(width), float(height)


def _picture_size(path: Path, page: int) -> tuple[float, float]:
    """A picture's size at the resolution it was recognised at: the stated one, else that of an A4 page."""
    from PIL import Image

    with Image.open(path) as picture:
        picture.seek(page - 1)
        stated = float(picture.info.get("dpi", (0, 0))[0])
        dpi = stated if 90 <= stated <= 1200 else picture.width / A4_WIDTH
        return picture.width / dpi * 72, picture.height / dpi * 72


def _pdf_page(path: Path, page: int) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        if not 1 <= page <= len(pdf):
            raise ValueError(f"no page {page}")
        sheet = pdf[page - 1]
        width, height = sheet.get_size()
        scale = min(SCALE, (MAX_PIXELS / (width * height)) ** 0.5)
        return _png(sheet.render(scale=scale).to_pil())


def _picture(path: Path, page: int) -> bytes:
    from PIL import Image

    with Image.open(path) as picture:
        picture.seek(page - 1)
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("too large")
        return _png(picture.convert("RGB"))


def _png(picture: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")  # type: ignore[attr-defined]
    return stream.getvalue()
