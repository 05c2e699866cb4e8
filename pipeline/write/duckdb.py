"""The embedded database `tally.duckdb`: the tables of `schema` with typed columns, keys and comments, and
the view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import StoreError
from pipeline.write.load import create_table, quoted
from pipeline.write.observations import observations_sql
from pipeline.write.rows import Row, batches, rows
from pipeline.write.schema import ALL, PRECISION, SCALE, VERSION, Table

_VIEW = "One row per series key, period and unit: level, growth and share side by side"

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


GOES_ON = "free disk space or memory and run the same command again, it goes on from here"


@contextmanager
def telling(place: Path, mend: str) -> Iterator[None]:
    """Turns what DuckDB refuses inside the block into a StoreError that names `place` and says what to do."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        reason = " ".join(str(error).split())[:300]
        raise StoreError(f"{place}: the database refuses ({reason}); {mend}") from error


MEMORY_MB = 600
_LINE_BYTES, _KEY_BYTES = 600, 100
"""The length of a short line, and what the key of its row may take, which DuckDB keeps in memory (55 bytes as
measured)."""


def write_database(target: Path, folder: Path, decisions: Path) -> None:
    """Writes a new database at `target` from the lines in `folder` and the decision log in `decisions`.

    Takes 600 MB of memory at most, or beyond six million records and findings what their keys need.
    Equal lines make databases of equal content; the bytes differ, because DuckDB puts a random identifier
    into each. Raises StoreError where disk or memory do not suffice.
    """
    import duckdb

    target.unlink(missing_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "memory_limit": f"{memory_mb(folder)}MB"}
    with telling(target, GOES_ON), duckdb.connect(str(target), config=config) as db:
        # Without a transaction: one would hold all rows in memory, and who breaks off leaves a file that nobody uses.
        for table in ALL:
            db.execute(create_table(table, TYPES))
            describe(db, table)
            insert(db, table, table.name, rows(decisions if table.file == "decisions.jsonl" else folder, table))
        db.execute(f"CREATE VIEW observations AS {observations_sql()}")
        db.execute(f"COMMENT ON VIEW observations IS {literal(_VIEW)}")
        db.execute(f"CREATE TABLE tally_schema AS SELECT {VERSION} AS version")


def memory_mb(folder: Path) -> int:
    """Megabytes of memory that the database of the lines in `folder` may take."""
    size = sum(path.stat().st_size for table in ALL if (path := folder / table.file).exists())
    return max(MEMORY_MB, size // _LINE_BYTES * _KEY_BYTES // 1_000_000)


def insert(db: Any, table: Table, name: str, items: Iterable[Row]) -> None:
    """Inserts rows into the table `name` batch by batch."""
    for batch in batches(iter(items)):
        db.register("batch", arrow(table, batch))
        db.execute(f'INSERT INTO "{name}" FROM batch')
        db.unregister("batch")


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


def describe(db: Any, table: Table) -> None:
    """Puts the comments of the schema on a table and its columns."""
    db.execute(f'COMMENT ON TABLE "{table.name}" IS {literal(table.comment)}')
    for column in table.columns:
        db.execute(f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {literal(column.comment)}')


def literal(text: str) -> str:
    """Text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


class DuckDB:
    """A DuckDB file to load into; made where it is missing."""

    types = TYPES
    number = "{}"
    all_documents_known = ""  # DuckDB can't replace a row that another table refers to

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: Any = None

    @contextmanager
    def session(self) -> Iterator[None]:
        """See `load.Database`."""
        import duckdb

        with telling(self._path, "nothing was changed"), duckdb.connect(str(self._path)) as self._db:
            self._db.execute("BEGIN")
            yield
            self._db.execute("COMMIT")

    def execute(self, sql: str) -> int:
        """See `load.Database`."""
        row = self._db.execute(sql).fetchone()
        return int(row[0]) if row and isinstance(row[0], int) else 0

    def value(self, sql: str) -> object:
        """See `load.Database`."""
        row = self._db.execute(sql).fetchone()
        return row[0] if row else None

    def column_names(self, table: str) -> tuple[str, ...]:
        """See `load.Database`."""
        found = self._db.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND database_name = current_database()",
            [table],
        )
        return tuple(row[0] for row in found.fetchall())

    def fill(self, table: Table, name: str, items: Iterable[Row]) -> None:
        """See `load.Database`."""
        insert(self._db, table, name, items)

    def write_changed(self, table: Table, source: str, changed: str) -> int:
        """See `load.Database`."""
        names = quoted(table.column_names())
        return self.execute(
            f'INSERT OR REPLACE INTO "{table.name}" ({names}) SELECT {names} FROM {source} s WHERE {changed}'
        )

    def describe(self, table: Table) -> None:
        """See `load.Database`."""
        describe(self._db, table)
