"""Tables and text of PDF pages."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from drawn_pages import canvas_bytes, tables_of, two_columns
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document, PassageKind
from pipeline.read.formats import Source
from pipeline.read.page.page import read_page
from pipeline.read.pdf import read

REPOSITORY = Path(__file__).parents[2]
SHARED = Path(os.environ.get("TALLY_SHARED", REPOSITORY.parent / "shared"))


def ruled(canvas: Canvas, _page: int) -> None:
    """A grid with a header over two columns and a label of two lines."""
    xs, ys = (72, 200, 300, 400), (700, 680, 660, 630)
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in (xs[0], xs[1], xs[3]):
        canvas.line(x, ys[0], x, ys[-1])
    canvas.line(xs[2], ys[1], xs[2], ys[-1])
    canvas.drawString(280, 686, "Tons")
    canvas.drawString(210, 666, "2021")
    canvas.drawString(310, 666, "2022")
    canvas.drawString(76, 648, "Fish, frozen")
    canvas.drawString(76, 634, "or dried")
    canvas.drawString(210, 641, "1,204")
    canvas.drawString(310, 641, "-")


def test_grid_with_span_and_wrapped_label() -> None:
    assert tables_of(canvas_bytes(ruled)) == [
        [["", "Tons", ""], ["", "2021", "2022"], ["Fish, frozen or dried", "1,204", "-"]]
    ]


PROGRAMMES = [
    (["Rural water", "systems"], ["Loans and grants for", "small towns"], "1,204"),
    (["Bridges"], ["Repair of bridges on", "county roads and", "state highways"], "88"),
    (["Harbours"], ["Dredging of channels", "and new piers"], "73"),
]


def wrapped(canvas: Canvas, _page: int) -> None:
    """Cells of several lines, rows told apart by space alone."""
    canvas.setFont("Times-Roman", 9)
    y = 700
    for x, head in ((72, "Programme"), (200, "Purpose")):
        canvas.drawString(x, y, head)
    canvas.drawRightString(480, y, "Funding")
    for label, purpose, amount in PROGRAMMES:
        y -= 17
        canvas.drawRightString(480, y, amount)
        for k in range(max(len(label), len(purpose))):
            for x, lines in ((72, label), (200, purpose)):
                canvas.drawString(x, y - 11 * k, lines[k] if k < len(lines) else "")
        y -= 11 * (len(purpose) - 1)


def test_rows_told_apart_by_space() -> None:
    rows = [[" ".join(label), " ".join(purpose), amount] for label, purpose, amount in PROGRAMMES]
    assert tables_of(canvas_bytes(wrapped)) == [[["Programme", "Purpose", "Funding"], *rows]]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("page_turn", [0, 90])
def test_sideways_tables_are_turned_upright(turn: int, page_turn: int) -> None:
    def draw(canvas: Canvas, _page: int) -> None:
        canvas.setPageRotation(page_turn)
        canvas.translate(300, 400)
        canvas.rotate(turn)
        for row in range(5):
            canvas.drawString(-200, 100 - 20 * row, "Cargo " + "ABCDE"[row])
            for column in range(4):
                canvas.drawRightString(60 * column, 100 - 20 * row, f"{100 * row + column}.5")

    (table,) = tables_of(canvas_bytes(draw))
    assert table[0] == ["Cargo A", "0.5", "1.5", "2.5", "3.5"]
    assert len(table) == 5


def test_letters_printed_twice_are_read_once() -> None:
    def bold(canvas: Canvas, _page: int) -> None:
        for shift in (0, 0.4):
            canvas.drawString(72 + shift, 700, "Goods of the harbour")

    with pdfium.PdfDocument(canvas_bytes(bold)) as pdf:
        assert [word.text for word in read_page(pdf[0], 1).words] == ["Goods", "of", "the", "harbour"]


def document(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "sample.pdf"
    path.write_bytes(data)
    (found,) = read(Source(path, "sample"))
    assert isinstance(found, Document)
    return found


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    found = document(tmp_path, canvas_bytes(two_columns, 3))
    places = [found.text.index(f"c{page}{column} ") for page in range(3) for column in (0, 1)]
    assert places == sorted(places)
    furniture = [p for p in found.passages if p.kind is PassageKind.FURNITURE]
    texts = {found.text[slice(*p.segments[0])] for p in furniture}
    assert texts == {"Notes on Harbours", "1", "2", "3"}
    body = [p for p in found.passages if p.kind is PassageKind.BODY]
    assert len(body) == 1 and len(body[0].segments) >= 3


def test_every_character_has_a_page_and_a_box(tmp_path: Path) -> None:
    found = document(tmp_path, canvas_bytes(ruled))
    (table,) = found.tables
    cell = table.rows[2][1]
    assert cell.span is not None and found.text[slice(*cell.span)] == "1,204"
    (page,) = found.pages
    box = page.box(*cell.span)
    assert page.page == 1 and box is not None
    assert box[0] == pytest.approx(210, abs=2)
    assert box[1] < A4[1] - 641 < box[3]
    assert page.box(len(found.text), len(found.text) + 1) is None


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 and then nothing", b"plain text"])
def test_what_is_no_pdf_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=r"broken\.pdf"):
        list(read(Source(path, "broken")))


@pytest.mark.skipif(not (SHARED / "icdar2013-eu").is_dir(), reason="the competition's files are not here")
@pytest.mark.parametrize(
    ("name", "page", "table", "row"),
    [
        ("eu-002", 1, 0, ["2004", "34.7", "36.2", "44.5", "51.3", "166.7"]),
        ("eu-016", 3, 0, ["Czech Republic", "98.6", "1.4", "0", "17,655"]),
        ("eu-027", 3, 0, ["Household size", "2.43", "1.22", "1", "9"]),
    ],
)
def test_rows_of_published_tables(name: str, page: int, table: int, row: list[str]) -> None:
    data = (SHARED / "icdar2013-eu" / f"{name}.pdf").read_bytes()
    assert row in tables_of(data, page - 1)[table]
