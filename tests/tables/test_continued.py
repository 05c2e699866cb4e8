"""Tables of a PDF that go on over pages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from pipeline.model.document import Document
from pipeline.read.formats import Source
from pipeline.read.pdf import read

Rows = list[list[str]]

HEADERS = ["District", "Ships", "Cargo"]
NAMES = "Karelund Vellmark Osterwick Sundholm Ivry Caldern Lindmoor Tessaly Wintham Yarrow Zelle Pellin".split()
ROWS = [[name, f"{100 + 7 * k}", f"{k + 1},{20 * k + 104}"] for k, name in enumerate(NAMES)]
LEFTS = (72.0, 300.0, 420.0)


def drawn(parts: list[Rows], above: list[list[str]], shift: float = 0, wide: float = 0) -> bytes:
    """A page for each part, between a running head and a page number, with the lines `above` it; every other page is
    moved by `shift`, the last column of pages after the first by `wide`."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter)
    for number, (rows, lines) in enumerate(zip(parts, above, strict=True)):
        moved = shift * (number % 2)
        canvas.drawString(72 + moved, 760, "Yearbook of harbours")
        canvas.drawString(300 + moved, 30, str(number + 40))
        y = 700
        for line in lines:
            canvas.drawString(72 + moved, y, line)
            y -= 20
        for row in rows:
            canvas.drawString(LEFTS[0] + moved, y, row[0])
            for left, text in zip(LEFTS[1:], row[1:], strict=True):
                further = wide if number and left == LEFTS[-1] else 0
                canvas.drawRightString(left + 50 + moved + further, y, text)
            y -= 14
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def document(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "yearbook.pdf"
    path.write_bytes(data)
    (found,) = read(Source(path, "yearbook"))
    assert isinstance(found, Document)
    return found


CAPTION = "Table 3. Ships and cargo by district"
THREE = [[HEADERS, *ROWS[:4]], [HEADERS, *ROWS[4:8]], [HEADERS, *ROWS[8:]]]
BARE = [[HEADERS, *ROWS[:4]], ROWS[4:8], ROWS[8:]]
OTHER = [[HEADERS, *ROWS[:4]], [["District", "Crew", "Fuel"], *ROWS[4:8]], [HEADERS, *ROWS[8:]]]
ALONE = [[CAPTION], [], []]
PROSE = ["The office counted ships in all harbours of the coast and found fewer of them."]


@pytest.mark.parametrize(
    ("parts", "above", "shift"),
    [
        pytest.param(THREE, ALONE, 0, id="headers again"),
        pytest.param(THREE, [[CAPTION], [f"{CAPTION}\u2014Continued"], [f"{CAPTION} (cont'd)"]], 0, id="caption again"),
        pytest.param(THREE, [[CAPTION], ["Table 3\u2014Continued"], ["[Continued]"]], 0, id="notices"),
        pytest.param(BARE, ALONE, 0, id="no headers"),
        pytest.param(BARE, ALONE, 24, id="pages bound on either side"),
    ],
)
def test_parts_are_one_table(tmp_path: Path, parts: list[Rows], above: list[list[str]], shift: float) -> None:
    found = document(tmp_path, drawn(parts, above, shift))
    (table,) = found.tables
    rows = [[cell.text for cell in row] for row in table.rows]
    assert rows == [HEADERS, *(row for part in parts for row in part if row != HEADERS)]
    assert (table.name, table.header_rows, table.page, table.caption) == ("3", 1, 1, CAPTION)
    for number, name in ((1, NAMES[0]), (2, NAMES[4]), (3, NAMES[11])):
        (cell,) = [row[1] for row in table.rows if row[0].text == name]
        assert cell.span is not None and found.text[slice(*cell.span)] == cell.text
        page = found.page_at(cell.span[0])
        assert page is not None and page.page == number


@pytest.mark.parametrize(
    ("parts", "above", "wide"),
    [
        pytest.param(THREE, [[CAPTION], ["Table 4. Ships of lakes"], ["Table 5. Ships of the sea"]], 0, id="captions"),
        pytest.param(THREE, [[CAPTION], PROSE, PROSE], 0, id="text between"),
        pytest.param(OTHER, ALONE, 0, id="other headers"),
        pytest.param([BARE[0], BARE[1], THREE[2]], [[CAPTION], PROSE, PROSE], 60, id="other columns"),
    ],
)
def test_tables_of_their_own(tmp_path: Path, parts: list[Rows], above: list[list[str]], wide: float) -> None:
    found = document(tmp_path, drawn(parts, above, 0, wide))
    assert [len(table.rows) for table in found.tables] == [len(part) for part in parts]
