"""A Frictionless data package: the CSV files with `datapackage.json`, which tells types, keys and meaning."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline.write import csv
from pipeline.write.schema import ALL, Column, Table

_TYPES = {
    "text": "string",
    "decimal": "number",
    "integer": "integer",
    "real": "number",
    "date": "date",
    "boolean": "boolean",
    "texts": "array",
    "json": "any",
}


def write(out: Path, folder: Path) -> None:
    """The tables of the run in `out` as CSV with a descriptor."""
    csv.write(out, folder)
    package = {
        "profile": "tabular-data-package",
        "name": "tally-figures",
        "title": "Figures taken out of documents, and what does not add up",
        "resources": [_resource(folder, table) for table in ALL],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(folder: Path, table: Table) -> dict[str, Any]:
    path = folder / f"{table.name}.csv"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": table.name,
        "path": path.name,
        "description": table.comment,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if any(column.name == "document" for column in table.columns) and table.name != "decisions":
        reference = {"resource": "documents", "fields": "id"}
        schema["foreignKeys"] = [{"fields": "document", "reference": reference}]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": column.comment,
    }
    if column.required and column.kind != "text":  # CSV cannot tell an empty text from none
        field["constraints"] = {"required": True}
    return field
