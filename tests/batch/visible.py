"""What a reader sees of an output folder, without the times."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

DATABASE = "tally.duckdb"


def visible(out: Path) -> dict[str, object]:
    """Content by file name: bytes, but parsed and without times for the two files that hold some."""
    return {
        path.relative_to(out).as_posix(): _content(path)
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".work" not in path.parts and path.name != "decisions.jsonl"
    }


def _content(path: Path) -> object:
    if path.name == "documents.jsonl":
        return [{**json.loads(line), "seconds": 0} for line in path.read_text(encoding="utf-8").splitlines()]
    if path.name == "run.json":
        run = json.loads(path.read_text(encoding="utf-8"))
        return {name: value for name, value in run.items() if name not in ("times", "settings")}
    return _tables(path) if path.name == DATABASE else path.read_bytes()


def _tables(path: Path) -> dict[str, object]:
    """DuckDB puts a random identifier into every file, so that only the content can be compared."""
    with duckdb.connect(str(path), read_only=True) as db:
        names = ("documents", "records", "findings", "tables", "decisions", "observations")
        return {name: db.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names}
