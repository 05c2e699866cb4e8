"""Text to Document: the steps that all formats share."""

from __future__ import annotations

from pipeline.model.document import Document, PageBox, Passage, PassageKind, Published, Table
from pipeline.read.prose.language import language_of
from pipeline.read.prose.passages import passages_of
from pipeline.read.prose.published import published_of
from pipeline.read.prose.titles import title_of
from pipeline.read.text_tables.find import find_tables


def assemble(
    text: str,
    *,
    id: str,
    path: str,
    sha256: str,
    kind: str,
    given: str | None = None,
    published: Published | None = None,
    title: str | None = None,
    url: str | None = None,
    passages: tuple[Passage, ...] | None = None,
    tables: tuple[Table, ...] | None = None,
    pages: tuple[PageBox, ...] = (),
    ocr: bool = False,
) -> Document:
    """The document of a text; `published` and `title` come from metadata and stand before what the text says;
    `passages` and `tables` from a format that finds its own."""
    passages = passages_of(text) if passages is None else passages
    if tables is None:
        spans = [(p.segments[0][0], p.segments[-1][1]) for p in passages if p.kind is PassageKind.TABLE]
        tables = find_tables(text, spans)
    return Document(
        id=id,
        path=path,
        sha256=sha256,
        kind=kind,
        text=text,
        passages=passages,
        title=title or title_of(text, passages),
        published=published or published_of(text, passages, given),
        language=language_of(text),
        url=url,
        tables=tables,
        pages=pages,
        ocr=ocr,
    )
