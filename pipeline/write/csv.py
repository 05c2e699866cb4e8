"""CSV (RFC 4180, UTF-8), one file a table, safe to open in a spreadsheet: no cell of foreign text can start a
formula."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.write.rows import rows
from pipeline.write.schema import ALL, Table

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write(out: Path, folder: Path) -> None:
    """Every table of the run in `out` as `folder/TABLE.csv`."""
    for table in ALL:
        write_table(out, folder / f"{table.name}.csv", table)


def write_table(out: Path, path: Path, table: Table) -> None:
    """One table with a header row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.column_names())
        writer.writerows([cell(value) for value in row] for row in rows(out, table))


def cell(value: Any) -> str:
    """A value as a cell: numbers and dates in plain notation, lists as JSON, nothing for null; text that a
    spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.lstrip(" ").startswith(_FORMULA) else text
