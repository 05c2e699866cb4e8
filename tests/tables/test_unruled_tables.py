"""Tables without rules, whole and damaged, and what is no table."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest
from drawn_pages import WORDS, Rows, canvas_bytes, tables_of, two_columns
from made_reports import LAYOUTS, page
from made_tables import Sheet, damaged, empty_some, make
from reportlab.pdfgen.canvas import Canvas


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


@pytest.mark.parametrize(
    "draw", [chart, bar_chart, contents, numbered_contents, bullets, two_columns, three_columns, authors]
)
@pytest.mark.parametrize("index", [0, 1, 2])
def test_what_is_no_table(draw: object, index: int) -> None:
    assert tables_of(canvas_bytes(draw, 3), index) == []
