"""Cells to records: what headers, labels, captions and unit lines make of a number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.extract import extract_document
from pipeline.extract.tables.numbers import cell_number
from pipeline.extract.tables.wording import parse_units, wording
from pipeline.lexicon import load
from pipeline.model.record import Record
from pipeline.read.assemble import assemble

FLAT = """Foreign trade of Heihe fell in 2019.

Table 1 Foreign trade of Heihe with Russia (Unit: million dollars,%)

2018 2019
Amount Growth Amount Growth
Import
and 410.2 6.1 389.6 -5
Export
Import 150.0 2.2 160.4 6.9
Export 260.2 8.5 229.2 -11.9
"""

ALIGNED = """China's imports and exports in May 2021

Unit: 100 million yuan; %
Trade mode             Total     Export   Import   Total
                                                     YOY
Total value          1,520.4      810.0    710.4     2.6
General trade          900.3      500.2    400.1    -1.3
Others                  20.1          -     20.1       -
"""

PIPED = """# Electricity in Finland

Table 2 Output of power by source (unit: million kilowatt-hours, %)

| No. | Source | 2020 | 2021 | Share |
|---|---|---|---|---|
| 1 | Wind | 7,938 | 8,500 | 13.1 |
| 2 | Water | 15,664 | 15,500 | 23.9 |
"""


def records_of(text: str) -> dict[str, Record]:
    document = assemble(text, id="t", path="t.txt", sha256="0", kind="text")
    found = [record for record in extract_document(document).records if record.table]
    assert all(text[r.char_start : r.char_end] == r.quote for r in found)
    return {record.quote: record for record in found}


@pytest.mark.parametrize(
    ("text", "quote", "fields"),
    [
        (FLAT, "410.2", ("level", "410200000", "USD", "total", None, "RU", "2018", None)),
        (FLAT, "-5", ("growth", "-5", "percent", "total", None, "RU", "2019", "yoy")),
        (FLAT, "229.2", ("level", "229200000", "USD", "exports", None, "RU", "2019", None)),
        (FLAT, "6.9", ("growth", "6.9", "percent", "imports", None, "RU", "2019", "yoy")),
        (ALIGNED, "1,520.4", ("level", "152040000000", "CNY", "total", None, None, "2021-05", None)),
        (ALIGNED, "810.0", ("level", "81000000000", "CNY", "exports", None, None, "2021-05", None)),
        (ALIGNED, "2.6", ("growth", "2.6", "percent", "total", None, None, "2021-05", "yoy")),
        (
            ALIGNED,
            "400.1",
            ("level", "40010000000", "CNY", "imports", "general trade", None, "2021-05", None),
        ),
    ],
)
def test_trade_tables(text: str, quote: str, fields: tuple[str | None, ...]) -> None:
    record = records_of(text)[quote]
    value = fields[1]
    assert value is not None and record.obs_value == Decimal(value)
    assert (
        record.measure,
        value,
        record.unit_measure,
        record.flow,
        record.commodity,
        record.counterpart_area,
        record.time_period,
        record.comparison,
    ) == fields


def test_rounding_leaves_an_interval() -> None:
    record = records_of(FLAT)["410.2"]
    assert (record.lower, record.upper) == (Decimal(410150000), Decimal(410250000))


def test_growth_points_to_its_level_and_says_where_it_stands() -> None:
    found = records_of(FLAT)
    assert found["6.9"].relates_to == found["160.4"].id
    assert (found["6.9"].table, found["6.9"].row, found["6.9"].column) == ("1", 3, 4)


def test_physical_units_shares_and_rank_columns() -> None:
    found = records_of(PIPED)
    assert set(found) == {"7,938", "8,500", "13.1", "15,664", "15,500", "23.9"}
    wind = found["8,500"]
    assert (wind.obs_value, wind.unit_measure, wind.flow) == (Decimal(8500000000), "kilowatt_hour", None)
    assert (wind.indicator, wind.commodity, wind.time_period) == ("output of power", "wind", "2021")
    assert (found["13.1"].measure, found["13.1"].unit_measure) == ("share", "percent")
    assert found["13.1"].time_period == "2021"


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("1,024.5", "1024.5", "0.05"),
        ("-3", "-3", "0.5"),
        ("(12.0)", "-12.0", "0.05"),
        ("17 655", "17655", "0.5"),
        ("1.234.567", "1234567", "0.5"),
        (".9%", "0.9", "0.05"),
    ],
)
def test_cell_numbers(text: str, value: str, half: str) -> None:
    number = cell_number(text)
    assert number is not None
    assert (number.value, number.half_step) == (Decimal(value), Decimal(half))


@pytest.mark.parametrize("text", ["", "-", "n.a.", "23.85 2127", "Coal", "1.2.3", "5G"])
def test_what_is_no_cell_number(text: str) -> None:
    assert cell_number(text) is None


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("billion dollars,%", [("USD", "1000000000"), ("percent", "1")]),
        ("100 million yuan; %", [("CNY", "100000000"), ("percent", "1")]),
        ("in thousands of US dollars", [("USD", "1000")]),
        ("US$ million", [("USD", "1000000")]),
        ("thousand tons", [("metric_ton", "1000")]),
        ("'000 tonnes", [("metric_ton", "1000")]),
        ("Value: 100 million yuan; growth: %", [("CNY", "100000000"), ("percent", "1")]),
        ("RM billion", [("MYR", "1000000000")]),
        ("thousand TEU", [("count", "1000")]),
        ("USD/ton", [("USD / metric_ton", "1")]),
        ("€m", [("EUR", "1000000")]),
        ("US$bn", [("USD", "1000000000")]),
        ("Values are in million euros", [("EUR", "1000000")]),
        ("a pleasant remark", []),
    ],
)
def test_unit_lines(text: str, units: list[tuple[str, str]]) -> None:
    assert [(u.code, u.scale) for u in parse_units(text)] == [(code, Decimal(scale)) for code, scale in units]


@pytest.mark.parametrize(
    ("row", "example"),
    [(row, example) for row in load.rows("table_headers") for example in load.values(row["examples"])],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_header_word_proves_itself(row: dict[str, str], example: str) -> None:
    said = wording(example, trade=True)
    if row["role"] == "flow":
        assert said.flow == row["flow"] and wording(example).flow is None
    elif row["role"] == "other":
        assert said.other
    elif row["role"] == "rank":
        assert said.rank
    elif row["role"] == "total":
        assert said.total
    else:
        assert said.measure == (row["measure"] or None)
        assert said.comparison == (row["comparison"] or None)
