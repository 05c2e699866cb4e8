"""PDF files: born-digital pages by their text layer, pages without one by character recognition.

Paragraphs that a column or a page breaks are one passage with several segments. Every character of the text
has its page and the box of its word. Not supported: encrypted files, forms, text at an angle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document, Passage, PassageKind
from pipeline.read.assemble import assemble
from pipeline.read.formats import Source, fingerprint
from pipeline.read.page.page import Page, read_page
from pipeline.read.page_text.parts import PageParts, page_parts
from pipeline.read.page_text.shelf import Shelf
from pipeline.read.page_text.text import TextBuilder, build
from pipeline.read.prose.passages import segments_of
from pipeline.read.prose.repeats import mark_repeats
from pipeline.read.prose.torn import Block, joined

ENDINGS = (".pdf",)

_LEAST_WORDS = 3


def read(source: Source) -> Iterator[Document | UnreadableDocument]:
    """One document."""
    data = source.data()
    yield document_of(
        source, data, _pages(data, source), "no text on any page; is it a picture of something other than text?"
    )


def document_of(source: Source, data: bytes, pages: Iterable[PageParts], empty: str) -> Document:
    """The document that `pages` make, taken for a scan where most of them were recognised. Raises
    UnreadableDocument, with `empty` as its reason, where no page has text."""
    shelf = Shelf(pages)
    if not shelf.filled:
        raise UnreadableDocument(source.name, empty)
    recognised = shelf.recognised * 2 > len(shelf)
    built = build(shelf)
    text = built.text
    return assemble(
        text,
        id=source.id,
        path=source.name,
        sha256=fingerprint(data),
        kind="scan" if recognised else "pdf",
        given=source.published,
        passages=mark_repeats(text, [_passage(text, block) for block in _in_order(built)]),
        tables=tuple(built.tables),
        pages=tuple(built.boxes),
        ocr=recognised,
    )


def _in_order(built: TextBuilder) -> list[Block]:
    """Blocks in the order of the text, torn paragraphs put together across footnotes."""
    return sorted([*joined(built.blocks, 0), *built.footnotes], key=lambda block: block.lines[0].start)


def _passage(text: str, block: Block) -> Passage:
    if block.kind is PassageKind.TABLE:
        return Passage(block.kind, ((block.lines[0].start, block.lines[0].end),))
    return Passage(block.kind, segments_of(text, block.lines))


def _pages(data: bytes, source: Source) -> Iterator[PageParts]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(source.name, f"not a PDF that can be opened ({_reason(error)})") from error
    with document:
        for index in range(len(document)):
            page = document[index]
            upright = read_page(page, index + 1)
            recognised = len(upright.words) < _LEAST_WORDS and _has_picture(page)
            if recognised:
                upright = _recognised(page, index + 1)
                source.progressed(index + 1)
            page.close()
            yield page_parts(upright, recognised)


def _reason(error: pdfium.PdfiumError) -> str:
    text = str(error).lower()
    return "it needs a password" if "password" in text else "damaged or of another kind"


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _recognised(page: pdfium.PdfPage, number: int) -> Page:
    from pipeline.read.page.ocr import DPI, recognise

    bitmap = page.render(scale=DPI / 72, rev_byteorder=False)
    picture = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    return recognise(picture, number)
