"""Every export is what its standard says, by the judgement of another library, and loses no digit."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.write import parquet, sdmx
from pipeline.write.csv import cell
from pipeline.write.export import export
from pipeline.write.rows import decimal, period_bounds

BIG = Decimal("1000000000000000.123")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-1.3", "'-1.3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0"),
        ("＝1", "'＝1"),
        ("1.3", "1.3"),
        ("a=b", "a=b"),
        (Decimal("-1.3"), "-1.3"),
        (Decimal("1E+9"), "1000000000"),
        (-5, "-5"),
        (None, ""),
        (True, "true"),
        (date(2021, 7, 1), "2021-07-01"),
        (["a", "ü"], '["a", "ü"]'),
    ],
)
def test_no_cell_starts_a_formula(value: object, text: str) -> None:
    assert cell(value) == text


def test_csv_holds_every_record_exactly(folder: Path) -> None:
    export(folder, "csv")
    with (folder / "export/csv/records.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [json.loads(line) for line in (folder / "records.jsonl").read_text().splitlines()]
    assert [(row["id"], row["obs_value"]) for row in rows] == [(line["id"], line["obs_value"]) for line in lines]


def test_parquet_is_typed_and_exact(folder: Path) -> None:
    import pyarrow.parquet as pq

    export(folder, "parquet")
    table = pq.read_table(folder / "export/parquet/records.parquet")
    types = {name: str(table.schema.field(name).type) for name in ("obs_value", "period_start", "findings")}
    assert types == {
        "obs_value": "decimal128(38, 12)",
        "period_start": "date32[day]",
        "findings": "list<element: string>",
    }
    assert BIG in table.column("obs_value").to_pylist()


def test_large_parquet_is_parted_by_month(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.dataset as ds

    monkeypatch.setattr(parquet, "LARGE", 1)
    monkeypatch.setattr(parquet, "months_of_documents", lambda out: {"a": "2021-07"})
    export(folder, "parquet")
    table = ds.dataset(folder / "export/parquet/records", partitioning="hive").to_table()
    months = dict(zip(table.column("document").to_pylist(), table.column("month").to_pylist(), strict=True))
    assert (months["a"], months["x1"], len(table)) == ("2021-07", "unknown", 8)


def test_the_data_package_is_valid(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frictionless = pytest.importorskip("frictionless")
    export(folder, "datapackage")
    monkeypatch.chdir(folder / "export/datapackage")
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert {task.name for task in report.tasks} == {"documents", "records", "findings", "tables", "decisions"}


def test_sdmx_is_valid_by_its_own_structure_and_exact(folder: Path) -> None:
    from pysdmx.io import read_sdmx

    export(folder, "sdmx-csv")
    target = folder / "export/sdmx-csv"
    structure = read_sdmx(target / "structure.xml", validate=True)
    definition = structure.get_data_structure_definitions()[0]
    codelists = {codelist.id: {code.id for code in codelist.items} for codelist in structure.get_codelists()}
    with (target / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["STRUCTURE_ID"] for row in rows} == {f"TALLY:{definition.id}(1.0)"}
    assert set(rows[0]) - {"STRUCTURE", "STRUCTURE_ID", "ACTION"} == {c.id for c in definition.components}
    for name in (*sdmx.FIXED, *sdmx.OPEN):
        assert {row[name] for row in rows} <= codelists[f"CL_{name}"]
    keys = [tuple(row[name] for name in sdmx.DIMENSIONS) for row in rows]
    assert len(keys) == len(set(keys)) == 5
    assert str(BIG) in {row["OBS_VALUE"] for row in rows}


def test_sdmx_data_is_read_back_by_pysdmx(folder: Path) -> None:
    from pysdmx.io import get_datasets

    export(folder, "sdmx-csv")
    target = folder / "export/sdmx-csv"
    datasets = get_datasets(target / "observations.csv", target / "structure.xml")
    assert len(datasets[0].data) == 5


def test_a_code_outside_its_list_is_refused() -> None:
    import pandas as pd

    with pytest.raises(StoreError, match="FLOW has no code 'sideways'"):
        sdmx.check_codes(pd.DataFrame({"FLOW": ["sideways"]}), {"FLOW": sdmx.FIXED["FLOW"]})


def test_codes_of_unlike_texts_differ() -> None:
    codes = sdmx.Codes()
    made = [
        codes.of(text)
        for text in (
            "rubber boots",
            "Rubber  boots",
            "rubber-boots",
            "rubber boots!",
            "出口",
            None,
            "geonames:1",
        )
    ]
    assert made[0] == "RUBBER_BOOTS"
    assert made[5] == "_Z"
    assert len({made[0], made[2], made[3], made[4]}) == 4


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        ("2023", (date(2023, 1, 1), date(2023, 12, 31))),
        ("2021-S2", (date(2021, 7, 1), date(2021, 12, 31))),
        ("2020-Q1", (date(2020, 1, 1), date(2020, 3, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-02-29", (date(2024, 2, 29), date(2024, 2, 29))),
        ("2021-01-01/P11M", (date(2021, 1, 1), date(2021, 11, 30))),
        ("2011-01-01/P5Y", (date(2011, 1, 1), date(2015, 12, 31))),
        ("2021-03-05/P10D", (date(2021, 3, 5), date(2021, 3, 14))),
        ("XXXX-11", None),
        ("2021-13", None),
        ("9999-12-01/P9Y", None),
        (None, None),
    ],
)
def test_period_bounds(code: str | None, bounds: tuple[date, date] | None) -> None:
    assert period_bounds(code) == bounds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4.67", "4.67"),
        ("9" * 26, "9" * 26),
        ("9" * 27, None),
        ("0.1234567890125", "0.123456789012"),
        ("1E-20", "0E-12"),
    ],
)
def test_decimals_fit_their_columns(text: str, value: str | None) -> None:
    assert decimal(text) == (None if value is None else Decimal(value))


def test_an_unknown_format_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="xlsx: no such format; write one of csv, parquet"):
        export(folder, "xlsx")
