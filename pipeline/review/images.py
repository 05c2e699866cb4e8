"""Pages of PDFs and scans as PNG, rendered from the source."""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from pathlib import Path

SCALE = 2
MAX_PIXELS = 40_000_000
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
    return _picture(path)


def page_size(path: Path, page: int) -> tuple[float, float] | None:
    """Width and height in the units of a figure's `bbox` (points of a PDF, pixels of an image); None: no
    image.
    """
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
