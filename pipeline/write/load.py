"""`tally load URL`: the tables of an output folder into a database, in one transaction, as often as one
likes.

1. The schema is made, or an older one of Tally's is brought up to date.
2. Every table's rows go into a temporary table.
3. Rows that the database has of the run's own documents, and the run no longer has, are deleted; with
`prune`, rows of
   all other documents too.
4. Rows that are new or differ are written. A second load of the same folder writes and deletes none.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import StoreError, UsageError
from pipeline.write.observations import observations_sql
from pipeline.write.rows import Row, rows
from pipeline.write.schema import ALL, DECISIONS, DOCUMENTS, FINDINGS, VERSION, Column, Table

SCHEMES = ("postgresql", "duckdb", "sqlite")


class Database(Protocol):
    """What a database must offer; one file of this package each."""

    types: dict[str, str]
    number: str
    all_documents_known: str

    def session(self) -> AbstractContextManager[None]:
        """One transaction: kept at the end of the block, undone where it raises. Raises StoreError."""
        ...

    def execute(self, sql: str) -> int:
        """Runs a statement; returns the number of rows that it changed."""
        ...

    def value(self, sql: str) -> object:
        """The first value of the first row of a query, or None."""
        ...

    def column_names(self, table: str) -> tuple[str, ...]:
        """Columns of a table that is there; () where it is not."""
        ...

    def fill(self, table: Table, name: str, items: Iterable[Row]) -> None:
        """Puts rows into the empty table `name`, which has the columns of `table`."""
        ...

    def write_changed(self, table: Table, source: str, changed: str) -> int:
        """Inserts or replaces the rows of `source` (alias s) that meet the condition `changed`; returns how
        many."""
        ...

    def describe(self, table: Table) -> None:
        """Puts the comments of the schema on a table, where the database has such."""
        ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did to one table: rows of the run, rows written, rows deleted."""

    table: str
    rows: int
    written: int
    deleted: int


def load(folder: Path, url: str, *, prune: bool = False) -> list[Loaded]:
    """Loads the output folder into the database at `url`; returns what was changed, table by table.

    `postgresql://user@host/name`, `duckdb:///file` or `sqlite:///file` (four slashes for an absolute path).
    Raises UsageError for another URL or a folder without a run, StoreError where the database refuses.
    """
    if not (folder / DOCUMENTS.file).exists():
        raise UsageError(f"{folder}: holds no finished run; do 'tally run' first, or name the folder with --out")
    database = connect(url)
    with database.session():
        _make_schema(database)
        for table in ALL:
            _stage(database, folder, table)
        deleted = {table.name: _delete(database, table, prune) for table in reversed(ALL)}
        return [_write(database, table, deleted[table.name]) for table in ALL]


def connect(url: str) -> Database:
    """The database at `url`. Raises UsageError for a scheme that Tally doesn't know."""
    scheme, _, rest = url.partition("://")
    if scheme in ("postgresql", "postgres"):
        from pipeline.write.postgres import Postgres

        return Postgres(url)
    if scheme not in SCHEMES or not rest.startswith("/") or len(rest) < 2:
        raise UsageError(
            f"{url.split('@')[-1]}: no such database; write postgresql://…, duckdb:///FILE or sqlite:///FILE"
        )
    path = Path(rest[1:])
    if scheme == "duckdb":
        from pipeline.write.duckdb import DuckDB

        return DuckDB(path)
    from pipeline.write.sqlite import SQLite

    return SQLite(path)


def _make_schema(database: Database) -> None:
    """Steps from what is there to the schema of this version; a later version only ever adds nullable
    columns."""
    there = database.column_names("tally_schema")
    version = int(str(database.value("SELECT MAX(version) FROM tally_schema") or 0)) if there else 0
    if version > VERSION:
        raise StoreError(
            f"the database has schema {version}, made by a later Tally; update this one (it knows {VERSION})"
        )
    if version == VERSION:
        return
    database.execute("DROP VIEW IF EXISTS observations")
    for table in ALL:
        _make_table(database, table, named_tally=bool(there))
        database.describe(table)
    database.execute(f"CREATE VIEW observations AS {observations_sql(database.number)}")
    database.execute("CREATE TABLE IF NOT EXISTS tally_schema (version INTEGER NOT NULL)")
    database.execute("DELETE FROM tally_schema")
    database.execute(f"INSERT INTO tally_schema VALUES ({VERSION})")


def _make_table(database: Database, table: Table, *, named_tally: bool) -> None:
    there = database.column_names(table.name)
    if there and not named_tally:
        raise StoreError(f"the database has a table '{table.name}' that is not Tally's; load into another database")
    if not there:
        extra = database.all_documents_known if table.name == "records" else ""
        database.execute(create_table(table, database.types, extra=extra))
        return
    for column in table.columns:
        if column.name not in there:
            database.execute(f'ALTER TABLE "{table.name}" ADD COLUMN "{column.name}" {database.types[column.kind]}')


def create_table(table: Table, types: dict[str, str], *, name: str | None = None, extra: str = "") -> str:
    """The CREATE TABLE statement with key and not-null columns; `extra` is put before the closing bracket."""
    columns = ", ".join(_column(column, types) for column in table.columns)
    return f'CREATE TABLE "{name or table.name}" ({columns}, PRIMARY KEY ({quoted(table.key)}){extra})'


def _column(column: Column, types: dict[str, str]) -> str:
    return f'"{column.name}" {types[column.kind]}{" NOT NULL" if column.required else ""}'


def quoted(names: Iterable[str], prefix: str = "") -> str:
    """Names as a quoted, comma-parted list, each after `prefix`."""
    return ", ".join(f'{prefix}"{name}"' for name in names)


def _staged(table: Table) -> str:
    return f"staged_{table.name}"


def _stage(database: Database, folder: Path, table: Table) -> None:
    columns = ", ".join(f'"{column.name}" {database.types[column.kind]}' for column in table.columns)
    database.execute(f"CREATE TEMPORARY TABLE {_staged(table)} ({columns})")
    database.fill(table, _staged(table), rows(folder, table))


def _delete(database: Database, table: Table, prune: bool) -> int:
    """Deletes what the run no longer has: of its own documents, or with `prune` of any."""
    gone = f"NOT EXISTS (SELECT 1 FROM {_staged(table)} s WHERE {_same_key(table)})"
    if prune:
        return database.execute(f'DELETE FROM "{table.name}" WHERE {gone}')
    if table in (DOCUMENTS, DECISIONS):
        return 0
    if table is FINDINGS:
        return database.execute(f'DELETE FROM "{table.name}" WHERE {gone} AND {_of_this_run(database)}')
    documents = f"SELECT id FROM {_staged(DOCUMENTS)}"
    return database.execute(f'DELETE FROM "{table.name}" WHERE {gone} AND "document" IN ({documents})')


def _of_this_run(database: Database) -> str:
    """A condition on `findings`: every document that it speaks of is in the run."""
    documents = database.types["texts"]
    each = {
        "TEXT[]": "SELECT d FROM unnest(findings.documents) AS u(d)",
        "VARCHAR[]": "SELECT unnest(findings.documents) AS d",
    }.get(documents, "SELECT value AS d FROM json_each(findings.documents)")
    return f"NOT EXISTS (SELECT 1 FROM ({each}) e WHERE e.d NOT IN (SELECT id FROM {_staged(DOCUMENTS)}))"


def _same_key(table: Table) -> str:
    return " AND ".join(f's."{name}" = "{table.name}"."{name}"' for name in table.key)


def _write(database: Database, table: Table, deleted: int) -> Loaded:
    same = " AND ".join(f't."{name}" IS NOT DISTINCT FROM s."{name}"' for name in table.column_names())
    key = " AND ".join(f't."{name}" = s."{name}"' for name in table.key)
    changed = f'NOT EXISTS (SELECT 1 FROM "{table.name}" t WHERE {key} AND {same})'
    count = int(str(database.value(f"SELECT COUNT(*) FROM {_staged(table)}")))
    written = database.write_changed(table, _staged(table), changed)
    database.execute(f"DROP TABLE {_staged(table)}")
    return Loaded(table.name, count, written, deleted)
