"""Tables in plain text: structure, spans, damage."""

from __future__ import annotations

import random

import pytest
from made_tables import Made, aligned, damaged, empty_some, flattened, make, piped

from pipeline.model.document import Table
from pipeline.read.text_tables.damage import number_cell, with_readings
from pipeline.read.text_tables.find import find_tables

LAYOUTS = {"aligned": (aligned, 0.08), "flattened": (flattened, 0.03), "piped": (piped, 0.08)}

BORDER = """Table 4 Trade over the bridge in two years (Unit: million dollars,%)

2021 2022
Absolute =~ Growth Absolute Growth
Amount Rate Amount Rate
Export
and 6.10 12 7.32 20
Import
_Export 2.60 -4.5 2.86 10
Import 3.50 28.1 4.46 27.4

(Data sources: the customs house)
"""

RANKED = """Table 5 Leading goods of 2022 (Unit: million dollars,%)

Ranking Product Name Total Amount YoY Ratio
1 Timber 15.60 -3 30

2 Frozen Fish 12. 48 2041 24

3 Peat 4.16 |

4 Cotton Yarn 1.04 -9 2
"""


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_flattened_table_with_torn_label_and_groups() -> None:
    (table,) = find_tables(BORDER)
    assert (table.name, table.unit, table.header_rows, table.ocr) == ("4", "million dollars,%", 3, True)
    assert grid(table) == [
        ["", "2021", "2021", "2022", "2022"],
        ["", "Absolute", "Growth", "Absolute", "Growth"],
        ["", "Amount", "Rate", "Amount", "Rate"],
        ["Export and Import", "6.10", "12", "7.32", "20"],
        ["Export", "2.60", "-4.5", "2.86", "10"],
        ["Import", "3.50", "28.1", "4.46", "27.4"],
    ]


def test_ranked_table_with_missing_cells_and_split_number() -> None:
    (table,) = find_tables(RANKED)
    assert grid(table)[0] == ["Ranking", "Product Name", "Total Amount", "YoY", "Ratio"]
    assert grid(table)[2:4] == [["2", "Frozen Fish", "12.48", "2041", "24"], ["3", "Peat", "4.16", "", ""]]
    assert table.rows[2][2].damage == ("split number",)


@pytest.mark.parametrize("text", [BORDER, RANKED], ids=["border", "ranked"])
def test_spans_slice_to_the_number(text: str) -> None:
    (table,) = find_tables(text)
    for row in table.rows[table.header_rows :]:
        for cell in row[-2:]:
            if cell.span:
                assert text[slice(*cell.span)].replace(" ", "") == cell.text


def test_spans_confine_the_search() -> None:
    text = BORDER + "\nProse without figures stands here.\n\n" + RANKED
    assert [table.name for table in find_tables(text)] == ["4", "5"]
    assert [table.name for table in find_tables(text, [(len(BORDER), len(text))])] == ["5"]


@pytest.mark.parametrize(
    "text",
    [
        "In 2021 the port sold goods for 12 million and in 2022 for 14 million.\n" * 3,
        "TEL: 86 371 5550123\nFAX: 86 371 5550124\nMobile: +86 5550125\n",
        "1 Introduction\n2 Methods\n3 Results\n",
    ],
    ids=["prose", "telephones", "headings"],
)
def test_no_table(text: str) -> None:
    assert find_tables(text) == ()


@pytest.mark.parametrize(
    ("raw", "text", "damage"),
    [
        ("12.5", "12.5", ()),
        ("12. 5", "12.5", ("split number",)),
        ("_12.5", "12.5", ("stray mark",)),
        ("12.5|", "12.5", ("stray mark",)),
        ("−3.1", "-3.1", ("sign form",)),
        ("– 3.1", "-3.1", ("sign form",)),
        ("1O.5", "10.5", ("confused letter",)),
        ("１２", "12", ("full width",)),
        ("1, 024.5", "1,024.5", ("split number",)),
    ],
)
def test_mended_by_form(raw: str, text: str, damage: tuple[str, ...]) -> None:
    cell = number_cell(raw, None)
    assert (cell.text, cell.damage) == (text, damage)


def test_readings_are_offered_and_not_decided() -> None:
    column = with_readings([number_cell(text, None) for text in ("-5.2", "159", "12.4", "1.024")])
    assert [cell.text for cell in column] == ["-5.2", "159", "12.4", "1.024"]
    readings = [{text for text, _ in cell.readings} for cell in column]
    assert readings[0] == set()
    assert {"15.9", "1.59", "-159"} == readings[1]
    assert {"1,024", "-1.024"} == readings[3]


def found_rows(table: Table, width: int) -> dict[str, list[str]]:
    return {row[-width - 1].text: [cell.text for cell in row[-width:]] for row in table.rows[table.header_rows :]}


def right_cells(table: Made, clean: list[list[str | None]], found: Table) -> tuple[int, int]:
    """How many undamaged cells stand in their row and column, of how many."""
    rows = found_rows(found, table.width)
    cells = [
        (rows.get(name, [""] * table.width)[column], before)
        for (name, after), row in zip(table.rows, clean, strict=True)
        for column, before in enumerate(row)
        if before is not None and after[column] == before
    ]
    return sum(got == want for got, want in cells), len(cells)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_structure_of_damaged_tables(layout: str) -> None:
    draw, missing = LAYOUTS[layout]
    right = total = heads = columns = 0
    for seed in range(60):
        rng = random.Random(seed)
        table = make(rng)
        empty_some(rng, table, missing)
        clean = [list(cells) for _, cells in table.rows]
        for _, cells in table.rows:
            cells[:] = [cell and damaged(rng, cell) for cell in cells]
        (found,) = find_tables(f"The port sold more.\n\n{draw(table)}\nA good year for all.\n")
        counts = right_cells(table, clean, found)
        right, total = right + counts[0], total + counts[1]
        for column, head in enumerate(table.headers, -table.width):
            path = " ".join(row[column].text for row in found.rows[: found.header_rows])
            heads, columns = heads + (head in path), columns + 1
        assert found.unit == table.unit
    assert right >= 0.99 * total > 1000
    assert heads >= 0.99 * columns
