"""Pictures of pages: PNG, JPEG and TIFF (with several pages) through character recognition.

A picture that states its resolution is brought to 200 dpi; one that does not is taken for an A4 page. Not
supported: photographs of pages taken at an angle.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document
from pipeline.read.formats import Source
from pipeline.read.page_text.parts import PageParts, page_parts

ENDINGS = (".png", ".jpg", ".jpeg", ".tif", ".tiff")

_PAGE_WIDTH = 8.27
_MOST_PIXELS = 80_000_000


def read(source: Source) -> Iterator[Document | UnreadableDocument]:
    """One document."""
    from pipeline.read.pdf import document_of

    data = source.data()
    yield document_of(source, data, _pages(data, source), "no text could be recognised; is it a picture of text?")


def _pages(data: bytes, source: Source) -> Iterator[PageParts]:
    from pipeline.read.page.ocr import recognise

    for number, picture in enumerate(_pictures(data, source), 1):
        yield page_parts(recognise(picture, number), recognised=True)
        source.progressed(number)


def _pictures(data: bytes, source: Source) -> Iterator[np.ndarray]:
    from PIL import Image, ImageSequence

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data)) as image:
            for frame in ImageSequence.Iterator(image):
                yield _at_200_dpi(frame)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableDocument(source.name, f"not a picture that can be opened ({type(error).__name__})") from error


def _at_200_dpi(frame: object) -> np.ndarray:
    from PIL import Image

    from pipeline.read.page.ocr import DPI

    assert isinstance(frame, Image.Image)
    stated = frame.info.get("dpi", (0, 0))[0]
    dpi = float(stated) if 90 <= float(stated) <= 1200 else frame.width / _PAGE_WIDTH
    factor = DPI / max(dpi, 1.0)
    picture = frame.convert("RGB")
    if abs(factor - 1) > 0.02:
        picture = picture.resize((round(frame.width * factor), round(frame.height * factor)), Image.Resampling.LANCZOS)
    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
