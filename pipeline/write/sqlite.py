"""SQLite: decimals and dates as text, because it has neither; lists as JSON text."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.errors import StoreError
from pipeline.write.rows import Row
from pipeline.write.schema import Table


class SQLite:
    """A database file; made where it is missing."""

    types = {  # noqa: RUF012
        "text": "TEXT",
        "decimal": "TEXT",
        "integer": "INTEGER",
        "real": "REAL",
        "date": "TEXT",
        "boolean": "INTEGER",
        "texts": "TEXT",
        "json": "TEXT",
    }
    number = "CAST({} AS REAL)"
    all_documents_known = ', FOREIGN KEY ("document") REFERENCES documents (id)'

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: Any = None

    @contextmanager
    def session(self) -> Iterator[None]:
        """See `load.Database`."""
        try:
            self._db = sqlite3.connect(self._path, isolation_level=None, timeout=60)
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: cannot be opened ({error}); check the path") from error
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: the database refuses ({error}); nothing was changed") from error
        finally:
            self._db.close()

    def execute(self, sql: str) -> int:
        """See `load.Database`."""
        return max(0, int(self._db.execute(_dialect(sql)).rowcount))

    def value(self, sql: str) -> object:
        """See `load.Database`."""
        row = self._db.execute(sql).fetchone()
        return row[0] if row else None

    def column_names(self, table: str) -> tuple[str, ...]:
        """See `load.Database`."""
        return tuple(row[1] for row in self._db.execute(f'PRAGMA table_info("{table}")'))

    def fill(self, table: Table, name: str, items: Iterable[Row]) -> None:
        """See `load.Database`."""
        marks = ", ".join("?" * len(table.columns))
        self._db.executemany(f"INSERT INTO {name} VALUES ({marks})", (tuple(map(_value, row)) for row in items))

    def write_changed(self, table: Table, source: str, changed: str) -> int:
        """See `load.Database`."""
        names = ", ".join(f'"{name}"' for name in table.column_names())
        return self.execute(
            f'INSERT OR REPLACE INTO "{table.name}" ({names}) SELECT {names} FROM {source} s WHERE {changed}'
        )

    def describe(self, table: Table) -> None:
        """SQLite keeps no comments."""


def _dialect(sql: str) -> str:
    """SQLite says IS where the standard says IS NOT DISTINCT FROM (which only its newest versions know)."""
    return sql.replace(" IS NOT DISTINCT FROM ", " IS ")


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
