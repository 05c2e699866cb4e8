"""Pages of PDF drawn in tests and the tables found on them."""

from __future__ import annotations

import io
import random

import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.page.page import read_page
from pipeline.read.page_tables.find import page_tables

Rows = list[list[str]]
SENTENCE = "the harbour master wrote that ships came late and left early in a year of high water"
WORDS = SENTENCE.split()


def tables_of(data: bytes, page: int = 0) -> list[Rows]:
    with pdfium.PdfDocument(data) as document:
        drafts = page_tables(read_page(document[page], page + 1))
        return [[[cell.text for cell in row] for row in draft.rows] for draft in drafts]


def canvas_bytes(draw: object, pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(pages):
        draw(canvas, number)  # type: ignore[operator]
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def two_columns(canvas: Canvas, page: int) -> None:
    """Running head, two columns of prose, page number; the text goes on over columns and pages."""
    rng = random.Random(page)
    canvas.drawString(72, 810, "Notes on Harbours")
    canvas.drawString(290, 30, str(page + 1))
    for column, x in enumerate((60, 310)):
        for line in range(40):
            words = " ".join(rng.choice(WORDS) for _ in range(8))
            first = f"c{page}{column} " if line == 0 else ""
            canvas.setFont("Times-Roman", 10)
            canvas.drawString(x, 760 - 14 * line, (first + words)[:44])
