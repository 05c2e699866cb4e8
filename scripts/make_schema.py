"""Writes docs/schema/*.json: JSON Schema (2020-12) of the lines of the output files, from the types themselves.

    python scripts/make_schema.py

A decimal is a string in JSON. Which values a field may have beyond its type is said in docs/records.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.store.result import DocumentRow, Failure, TableRow

FOLDER = Path(__file__).parents[1] / "docs" / "schema"
TYPES: dict[str, type[msgspec.Struct]] = {
    "record": Record,
    "finding": Finding,
    "table": TableRow,
    "document": DocumentRow,
    "failure": Failure,
    "decision": Decision,
}


def schemas() -> dict[str, str]:
    """The text of every schema file, by the file's name."""
    return {f"{name}.json": _text(name, kind) for name, kind in TYPES.items()}


def _text(name: str, kind: type[msgspec.Struct]) -> str:
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Tally {name}"}
    return json.dumps(schema | msgspec.json.schema(kind), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
