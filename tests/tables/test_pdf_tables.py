"""Tables and text of PDF pages."""

from __future__ import annotations

import io
import os
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from made_reports import LAYOUTS, page
from made_tables import Sheet, damaged, empty_some, make
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document, PassageKind
from pipeline.read.formats import Source
from pipeline.read.pdf import read
from pipeline.read.pdf_page import read_page
from pipeline.read.pdf_tables import page_tables

REPOSITORY = Path(__file__).parents[2]
SHARED = Path(os.environ.get("TALLY_SHARED", REPOSITORY.parent / "shared"))

Rows = list[list[str]]


def tables_of(data: bytes, page: int = 0) -> list[Rows]:
    with pdfium.PdfDocument(data) as document:
        drafts = page_tables(read_page(document[page], page + 1))
        return [[[cell.text for cell in row] for row in draft.rows] for draft in drafts]


def neighbours(rows: list[list[str]] | list[list[str | None]]) -> Counter[tuple[str, str, str]]:
    """Pairs of cells that stand side by side or one below the other, empty ones skipped."""
    found: Counter[tuple[str, str, str]] = Counter()
    for direction, lines in (("right", rows), ("down", list(zip(*rows, strict=True)))):
        for line in lines:
            texts = ["".join(text.split()) for text in line if text]
            found.update((a, b, direction) for a, b in pairwise(texts))
    return found


def placed(truth: list[Rows], found: list[Rows]) -> tuple[int, int, int]:
    """Neighbouring cells found right, of how many, of how many found; tables told apart count as one each."""
    wanted, given = [neighbours(rows) for rows in truth], [neighbours(rows) for rows in found]
    right, free = 0, list(given)
    for table in wanted:
        best = max(free, key=lambda other: (table & other).total(), default=Counter[tuple[str, str, str]]())
        right += (table & best).total()
        free = [other for other in free if other is not best]
    return right, sum(table.total() for table in wanted), sum(table.total() for table in given)


@pytest.mark.parametrize("layout", [*LAYOUTS, "beside", "two"])
def test_tables_of_reports(layout: str) -> None:
    counts = []
    for seed in range(12):
        data, truth = page(layout, seed)
        counts.append(placed(truth, tables_of(data)))
    right, wanted, given = (sum(count) for count in zip(*counts, strict=True))
    assert right >= 0.99 * max(wanted, given) > 0


def test_damaged_tables_without_a_grid() -> None:
    """Undamaged cells stand in their row and column though others are damaged or lost."""
    right = total = heads = columns = 0
    for seed in range(60):
        rng = random.Random(seed)
        table = make(rng)
        empty_some(rng, table, 0.1)
        clean = [list(cells) for _, cells in table.rows]
        for _, cells in table.rows:
            cells[:] = [cell and damaged(rng, cell) for cell in cells]
        sheet = Sheet(table, rng)
        (found,) = tables_of(sheet.draw())
        rows = {row[0]: row for row in found}
        for (name, cells), before in zip(table.rows, clean, strict=True):
            drawn = next(row for row in sheet.rows if row[0] == name)
            whole = [k for k, cell in enumerate(before) if cell is not None and cells[k] == cell]
            got = [*rows.get(name, [""])[1:], *[""] * table.width]
            right += sum(got[k].replace(" ", "") == str(drawn[k + 1]).replace(" ", "") for k in whole)
            total += len(whole)
        for number, head in enumerate(table.headers, 1):
            heads, columns = heads + (head in " ".join(row[number] for row in found[:3])), columns + 1
    assert right >= 0.99 * total > 1000
    assert heads >= 0.99 * columns


def canvas_bytes(draw: object, pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(pages):
        draw(canvas, number)  # type: ignore[operator]
        canvas.showPage()
    canvas.save()
    return out.getvalue()


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


def chart(canvas: Canvas, _page: int) -> None:
    for step in range(8):
        canvas.drawString(80, 300 + 40 * step, str(50 * step))
        canvas.drawString(120 + 50 * step, 280, str(2010 + step))
    canvas.drawString(200, 420, "31.5")
    canvas.drawString(330, 480, "47.0")


TITLES = ["Introduction", "The port", "The railway", "Trade by sea", "Outlook"]


def contents(canvas: Canvas, dots: int) -> None:
    for step, title in enumerate(TITLES):
        canvas.drawString(72, 700 - 16 * step, title + ("", " " + "." * 60, " ." * 50)[dots])
        canvas.drawString(450, 700 - 16 * step, str(3 + 4 * step))


def numbered_contents(canvas: Canvas, _page: int) -> None:
    for step, title in enumerate(TITLES):
        canvas.drawString(72, 700 - 16 * step, f"{step + 1}.1")
        canvas.drawString(100, 700 - 16 * step, title + "." * 50 + str(3 + 4 * step))


def bullets(canvas: Canvas, _page: int) -> None:
    for step in range(6):
        canvas.drawString(72, 700 - 16 * step, f"{step + 1}.")
        canvas.drawString(100, 700 - 16 * step, "goods that moved over the river in the season")


def three_columns(canvas: Canvas, _page: int) -> None:
    rng = random.Random(0)
    canvas.setFont("Times-Roman", 9)
    for column in range(3):
        for line in range(30):
            text = " ".join(rng.choice(WORDS) for _ in range(9))
            canvas.drawString(50 + 175 * column, 760 - 12 * line, text[:38].capitalize())


def authors(canvas: Canvas, _page: int) -> None:
    lines = (
        ("Anna Lind", "Boris Moor", "Carl Voss"),
        ("Harbour School", "River Institute", "Coast Survey"),
        ("12 Quay Street", "4 Mill Lane", "9 Tower Road"),
        ("anna@harbour.example", "boris@river.example", "carl@coast.example"),
    )
    for row, texts in enumerate(lines):
        for column, text in enumerate(texts):
            canvas.drawString(72 + 160 * column, 760 - 12 * row, text)


def bar_chart(canvas: Canvas, _page: int) -> None:
    """Bars with their figures, years at the side, percent below."""
    for row, year in enumerate((2001, 2005, 2010, 2015)):
        canvas.drawString(72, 500 - 30 * row, str(year))
        for column in range(3):
            canvas.drawString(140 + 110 * column + 9 * row, 500 - 30 * row, f"{20 + 7 * column + row}.4")
    for mark in range(8):
        canvas.drawString(100 + 50 * mark, 385, f"{10 * mark}%")
    for x, name in ((140, "Men"), (240, "Women"), (340, "Children")):
        canvas.drawString(x, 368, name)


SENTENCE = "the harbour master wrote that ships came late and left early in a year of high water"
WORDS = SENTENCE.split()


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


@pytest.mark.parametrize(
    "draw", [chart, bar_chart, contents, numbered_contents, bullets, two_columns, three_columns, authors]
)
@pytest.mark.parametrize("index", [0, 1, 2])
def test_what_is_no_table(draw: object, index: int) -> None:
    assert tables_of(canvas_bytes(draw, 3), index) == []


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
