"""PostgreSQL: rows by COPY, changes by upsert, one load at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.errors import StoreError
from pipeline.write.rows import Row
from pipeline.write.schema import Table

_LOCK = 8_242_559  # the advisory lock that makes a second load into the same database wait


class Postgres:
    """A database at a `postgresql://` URL; tables go to the first schema of the connection's search path."""

    types = {  # noqa: RUF012
        "text": "TEXT",
        "decimal": "NUMERIC",
        "integer": "BIGINT",
        "real": "DOUBLE PRECISION",
        "date": "DATE",
        "boolean": "BOOLEAN",
        "texts": "TEXT[]",
        "json": "JSONB",
    }
    number = "{}"
    all_documents_known = ', FOREIGN KEY ("document") REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED'

    def __init__(self, url: str) -> None:
        self._url = url
        self._db: Any = None

    @contextmanager
    def session(self) -> Iterator[None]:
        """See `load.Database`."""
        try:
            import psycopg
        except ImportError as error:
            raise StoreError("PostgreSQL needs a driver; pip install 'tally-figures[postgres]'") from error
        try:
            with psycopg.connect(self._url, connect_timeout=15, application_name="tally") as self._db:
                self._db.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                yield
        except psycopg.Error as error:
            reason = " ".join(str(error).split())[:300]
            raise StoreError(
                f"{self._url.split('@')[-1]}: the database refuses ({reason}); nothing was changed"
            ) from error

    def execute(self, sql: str) -> int:
        """See `load.Database`."""
        return max(0, int(self._db.execute(sql).rowcount))

    def value(self, sql: str) -> object:
        """See `load.Database`."""
        row = self._db.execute(sql).fetchone()
        return row[0] if row else None

    def column_names(self, table: str) -> tuple[str, ...]:
        """See `load.Database`."""
        found = self._db.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s",
            (table,),
        )
        return tuple(row[0] for row in found)

    def fill(self, table: Table, name: str, items: Iterable[Row]) -> None:
        """See `load.Database`."""
        with self._db.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in items:
                copy.write_row(row)
        self._db.execute(f"ANALYZE {name}")

    def write_changed(self, table: Table, source: str, changed: str) -> int:
        """See `load.Database`."""
        names = [f'"{name}"' for name in table.column_names()]
        listed, key = ", ".join(names), ", ".join(f'"{name}"' for name in table.key)
        updates = ", ".join(f"{name} = EXCLUDED.{name}" for name in names)
        return self.execute(
            f'INSERT INTO "{table.name}" ({listed}) SELECT {listed} FROM {source} s WHERE {changed}'
            f" ON CONFLICT ({key}) DO UPDATE SET {updates}"
        )

    def describe(self, table: Table) -> None:
        """See `load.Database`."""
        from pipeline.write.duckdb import literal

        self._db.execute(f'COMMENT ON TABLE "{table.name}" IS {literal(table.comment)}')
        for column in table.columns:
            self._db.execute(f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {literal(column.comment)}')
