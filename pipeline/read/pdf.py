"""PDF files: born-digital pages by their text layer, pages without one by character recognition.

Paragraphs that a column or a page breaks are one passage with several segments. Every character of the text has its
page and the box of its word. Not supported: encrypted files, forms, text at an angle.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document, Passage, PassageKind
from pipeline.read.assemble import assemble
from pipeline.read.formats import Source, fingerprint
from pipeline.read.passages import segments_of
from pipeline.read.pdf_page import Page, read_page
from pipeline.read.pdf_parts import PageParts, mark_furniture, page_parts
from pipeline.read.pdf_text import TextBuilder, build
from pipeline.read.repeats import mark_repeats
from pipeline.read.torn import Block, joined

ENDINGS = (".pdf",)

_LEAST_WORDS = 3


def read(source: Source) -> Iterator[Document | UnreadableDocument]:
    """One document."""
    data = source.data()
    pages = list(_pages(data, source))
    if not any(page.parts for page in pages):
        raise UnreadableDocument(source.name, "no text on any page; is it a picture of something other than text?")
    mark_furniture(pages)
    recognised = sum(page.recognised for page in pages) * 2 > len(pages)
    yield document_of(source, data, build(pages), "scan" if recognised else "pdf", recognised)


def document_of(source: Source, data: bytes, built: TextBuilder, kind: str, recognised: bool) -> Document:
    """The document of built pages."""
    text = built.text
    document = assemble(
        text,
        id=source.id,
        path=source.name,
        sha256=fingerprint(data),
        kind=kind,
        given=source.published,
        passages=mark_repeats(text, [_passage(text, block) for block in _in_order(built)]),
        tables=tuple(built.tables),
        pages=tuple(built.boxes),
        ocr=recognised,
    )
    return document


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
            recognised = len(upright.words) < _LEAST_WORDS
            if recognised:
                upright = _recognised(page, upright)
            page.close()
            yield page_parts(upright, recognised and bool(upright.words))


def _reason(error: pdfium.PdfiumError) -> str:
    text = str(error).lower()
    return "it needs a password" if "password" in text else "damaged or of another kind"


def _recognised(page: pdfium.PdfPage, upright: Page) -> Page:
    """The page read as a picture, where it shows one; otherwise as it is."""
    import pypdfium2.raw as raw

    from pipeline.read.ocr import recognise

    if not any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        return upright
    return recognise(page, upright)
