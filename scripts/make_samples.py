"""Makes the PDF samples of corpus/ from the project's own texts: `python scripts/make_samples.py
[corpus]`.

    heihe-port-paper-print.pdf   the paper as a journal prints it: two columns, running heads, three tables
    heihe-port-paper-scan.pdf    the same as a poor scan: 150 dpi, askew, blurred, noisy, JPEG, no text layer
    vellmark-release.pdf         the press release of vellmark-port-third-quarter.html on one page

The bytes are the same on every run (fixed dates, seeds and ids).
"""

from __future__ import annotations

import io
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from pipeline.model.document import Document, PassageKind
from pipeline.model.document import Table as ReadTable
from pipeline.read.formats import Source, format_of

WIDTH, HEIGHT = A4
MARGIN, GUTTER = 50.0, 20.0
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=9.5, leading=11.5, alignment=4, firstLineIndent=10)
HEAD = ParagraphStyle("head", fontName="Times-Bold", fontSize=10.5, leading=13, spaceBefore=6, spaceAfter=3)
CAPTION = ParagraphStyle("caption", fontName="Times-Italic", fontSize=8.5, leading=10, spaceBefore=6, spaceAfter=2)
TITLE = ParagraphStyle("title", fontName="Times-Bold", fontSize=15, leading=19, alignment=1)
_MOST_COLUMNS = 8
"""A table of more columns stands over both columns of the page."""


@dataclass(frozen=True)
class Scan:
    """How poor the scan is."""

    dpi: int = 150
    degrees: float = 0.7
    blur: float = 0.6
    noise: float = 9.0
    quality: int = 55


def main(folder: Path) -> None:
    """Writes the three samples into `folder`."""
    paper = _document(folder / "heihe-port-paper.txt")
    printed = two_columns(paper, "The Port of Heihe and its Trade across the Border")
    (folder / "heihe-port-paper-print.pdf").write_bytes(printed)
    (folder / "heihe-port-paper-scan.pdf").write_bytes(scanned(printed, Scan()))
    release = _document(folder / "vellmark-port-third-quarter.html")
    (folder / "vellmark-release.pdf").write_bytes(one_page(release))


def _document(path: Path) -> Document:
    read = next(iter(format_of(path).read(Source(path, path.stem))))
    if not isinstance(read, Document):
        raise read
    return read


def two_columns(document: Document, title: str) -> bytes:
    """The document in two columns with its tables set where they stand in the text."""
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=A4, invariant=1, title=title)
    low, tall = 60.0, HEIGHT - 120
    head = Frame(MARGIN, HEIGHT - 125, WIDTH - 2 * MARGIN, 55, id="title")
    wide = [_wide(table) for table in document.tables if len(table.rows[0]) > _MOST_COLUMNS]
    room = sum(part.wrap(WIDTH - 2 * MARGIN, tall)[1] + 8 for parts in wide for part in parts)
    first = [Frame(MARGIN + i * (COLUMN + GUTTER), low, COLUMN, tall - 70, 0, 0, 0, 0) for i in (0, 1)]
    later = [Frame(MARGIN + i * (COLUMN + GUTTER), low, COLUMN, tall - room, 0, 0, 0, 0) for i in (0, 1)]

    def second(canvas: Canvas, page: BaseDocTemplate) -> None:
        _running(canvas, page)
        if page.page == 2:
            _draw(canvas, [part for parts in wide for part in parts], HEIGHT - 60)

    template.addPageTemplates(
        [PageTemplate("first", [head, *first], onPage=_running), PageTemplate("second", later, onPage=second)]
    )
    story: list[Flowable] = [Paragraph(escape(title), TITLE), NextPageTemplate("second"), FrameBreak()]
    template.build(story + list(_story(document, COLUMN)))
    return out.getvalue()


def _wide(table: ReadTable) -> list[Flowable]:
    return _table(table, WIDTH - 2 * MARGIN)


def _draw(canvas: Canvas, parts: list[Flowable], top: float) -> None:
    """The parts one below the other from `top`, over both columns."""
    for part in parts:
        _, tall = part.wrapOn(canvas, WIDTH - 2 * MARGIN, HEIGHT)
        top -= tall + 4
        part.drawOn(canvas, MARGIN, top)


def _running(canvas: Canvas, template: BaseDocTemplate) -> None:
    canvas.setFont("Times-Italic", 8)
    canvas.drawString(MARGIN, HEIGHT - 40, "Papers on Border Trade, Volume 3")
    canvas.drawCentredString(WIDTH / 2, 35, str(template.page))


def _story(document: Document, width: float) -> list[Flowable]:
    story: list[Flowable] = []
    tables = list(document.tables)
    for passage in document.passages:
        if passage.kind is PassageKind.FURNITURE or passage.repeats is not None:
            continue
        if passage.kind is PassageKind.TABLE and tables:
            table = tables.pop(0)
            story += _table(table, width) if len(table.rows[0]) <= _MOST_COLUMNS or width > COLUMN else []
        elif passage.kind is not PassageKind.TABLE:
            text = " ".join(" ".join(document.text[a:b] for a, b in passage.segments).split())
            if not any(table.caption and table.caption.startswith(text[:40]) for table in document.tables):
                story.append(Paragraph(escape(text), HEAD if passage.kind is PassageKind.HEADLINE else BODY))
    return story


def _table(table: ReadTable, width: float) -> list[Flowable]:
    rows = [[cell.text for cell in row] for row in table.rows]
    size, heads = 7.5, min(table.header_rows, 2)
    shown = Table(_without_repeats(rows, table.header_rows), spaceAfter=4)
    commands: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), "Times-Roman", size),
        ("LEADING", (0, 0), (-1, -1), size + 1.4),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LEFTPADDING", (0, 0), (-1, -1), size - 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), size - 5),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEBELOW", (0, heads - 1), (-1, heads - 1), 0.4, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, colors.black),
    ]
    label = 1 if rows and rows[-1][0].isdigit() else 0
    commands.append(("ALIGN", (label, 0), (label, -1), "LEFT"))
    for a, b in _groups(rows[0]):
        commands += [("SPAN", (a, 0), (b, 0)), ("ALIGN", (a, 0), (b, 0), "CENTER")]
    shown.setStyle(TableStyle(commands))
    return [Paragraph(escape(table.caption or ""), CAPTION), shown, Spacer(1, 6)]


def _groups(header: list[str]) -> list[tuple[int, int]]:
    """Runs of the same text in the first header row: a header over several columns."""
    found: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(header) + 1):
        if index == len(header) or header[index] != header[start]:
            if index - start > 1 and header[start]:
                found.append((start, index - 1))
            start = index
    return found


def _without_repeats(rows: list[list[str]], headers: int) -> list[list[str]]:
    """Header lines of one column joined, and a header over a group written once."""
    spans = {i for a, b in _groups(rows[0]) for i in range(a + 1, b + 1)} if headers > 1 else set()
    first = [["" if i in spans else text for i, text in enumerate(rows[0])]]
    if headers < 3:
        return [*first, *rows[1:]]
    joined = [" ".join(filter(None, column)) for column in zip(*rows[1:headers], strict=True)]
    return [*first, [text.replace(" ", "\n") for text in joined], *rows[headers:]]


def one_page(document: Document) -> bytes:
    """A press release: headline, paragraphs and tables in one column."""
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=A4, invariant=1, title=document.title or document.id)
    frame = Frame(70, 60, WIDTH - 140, HEIGHT - 120, 0, 0, 0, 0)
    template.addPageTemplates([PageTemplate("page", [frame])])
    template.build(_story(document, WIDTH - 140))
    return out.getvalue()


def scanned(pdf: bytes, scan: Scan) -> bytes:
    """Pictures of the pages of `pdf` as a PDF without a text layer."""
    rng = np.random.default_rng(7)
    tilt = random.Random(7)
    pages = []
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=scan.dpi / 72).to_pil().convert("L")
            pages.append((poor(picture, scan, scan.degrees * tilt.choice((-1, 1)), rng), picture.size))
    return _picture_pdf(pages, scan.dpi)


def poor(picture: Image.Image, scan: Scan, turn: float, rng: np.random.Generator) -> bytes:
    """A grey picture of a page turned by `turn` degrees, blurred and noisy, as JPEG."""
    turned = picture.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC)
    soft = turned.filter(ImageFilter.GaussianBlur(scan.blur))
    grain = np.asarray(soft, float) + rng.normal(0, scan.noise, (soft.height, soft.width))
    squeezed = io.BytesIO()
    Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8)).save(squeezed, "JPEG", quality=scan.quality)
    return squeezed.getvalue()


def _picture_pdf(pages: list[tuple[bytes, tuple[int, int]]], dpi: int) -> bytes:
    from reportlab.lib.utils import ImageReader

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for data, (width, height) in pages:
        size = width * 72 / dpi, height * 72 / dpi
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(io.BytesIO(data)), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "corpus")
