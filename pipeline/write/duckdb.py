"""The embedded database `tally.duckdb`: the tables of `schema` with typed columns, keys and comments, and
the view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.write.observations import observations_sql
from pipeline.write.rows import Row, batches, rows
from pipeline.write.schema import ALL, PRECISION, SCALE, VERSION, Column, Table

TYPES = {
    "text": "VARCHAR",
    "decimal": f"DECIMAL({PRECISION}, {SCALE})",
    "integer": "BIGINT",
    "real": "DOUBLE",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "texts": "VARCHAR[]",
    "json": "VARCHAR",
}


def write_database(target: Path, folder: Path, decisions: Path) -> None:
    """Writes a new database at `target` from the lines in `folder` and the decision log in `decisions`.

    Equal lines make databases of equal content; the bytes differ, because DuckDB puts a random identifier
    into each.
    """
    import duckdb

    target.unlink(missing_ok=True)
    with duckdb.connect(str(target), config={"threads": 1, "memory_limit": "600MB"}) as db:
        db.execute("BEGIN")
        for table in ALL:
            db.execute(create_table(table))
            insert(db, table, rows(decisions if table.file == "decisions.jsonl" else folder, table))
        db.execute(f"CREATE VIEW observations AS {observations_sql()}")
        _comment(db)
        db.execute(f"CREATE TABLE tally_schema AS SELECT {VERSION} AS version")
        db.execute("COMMIT")


def create_table(table: Table, name: str | None = None) -> str:
    """The CREATE TABLE statement."""
    columns = ", ".join(_column(column) for column in table.columns)
    return f'CREATE TABLE "{name or table.name}" ({columns}, PRIMARY KEY ({quoted(table.key)}))'


def _column(column: Column) -> str:
    return f'"{column.name}" {TYPES[column.kind]}{" NOT NULL" if column.required else ""}'


def quoted(names: tuple[str, ...]) -> str:
    """Names as a quoted, comma-parted list."""
    return ", ".join(f'"{name}"' for name in names)


def insert(db: Any, table: Table, items: Iterator[Row], name: str | None = None) -> int:
    """Inserts rows batch by batch; returns how many."""
    count = 0
    for batch in batches(items):
        db.register("batch", arrow(table, batch))
        db.execute(f'INSERT INTO "{name or table.name}" FROM batch')
        db.unregister("batch")
        count += len(batch)
    return count


def arrow(table: Table, batch: list[Row]) -> Any:
    """Rows as an Arrow table with the types of the schema."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "json": pa.string(),
        "decimal": pa.decimal128(PRECISION, SCALE),
        "integer": pa.int64(),
        "real": pa.float64(),
        "date": pa.date32(),
        "boolean": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }
    columns: list[Any] = list(zip(*batch, strict=True)) if batch else [() for _ in table.columns]
    arrays = [pa.array(values, types[c.kind]) for c, values in zip(table.columns, columns, strict=True)]
    return pa.table(arrays, names=list(table.column_names()))


def _comment(db: Any) -> None:
    for table in ALL:
        db.execute(f'COMMENT ON TABLE "{table.name}" IS {literal(table.comment)}')
        for column in table.columns:
            db.execute(f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {literal(column.comment)}')
    db.execute(
        "COMMENT ON VIEW observations IS 'One row per series key, period and unit: level, growth, share'"
    )


def literal(text: str) -> str:
    """Text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
