"""Keeps `tally.duckdb` in step with what a reviewer decides: only the rows that changed are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.review.store import Snapshot
from pipeline.store.layout import DATABASE
from pipeline.write.duckdb import TYPES, DuckDB, literal
from pipeline.write.load import load
from pipeline.write.rows import row_of
from pipeline.write.schema import DECISIONS, FINDINGS, RECORDS, Table

_Item = Record | Finding


class LiveDatabase:
    """The database of the output folder `out`. `known` is what it holds already; None: nobody knows."""

    def __init__(self, out: Path, known: Snapshot | None) -> None:
        self.out = out
        self._known = known

    def update(self, now: Snapshot) -> None:
        """Write what `now` has otherwise than the last time, in one transaction; nothing without a database.

        Call it after the public files are written. Raises StoreError where the database is in use or can't be
        written.
        """
        path = self.out / DATABASE
        if not path.exists():
            return
        if self._known is None:
            load(self.out, f"duckdb:///{path}")
        else:
            self._write(DuckDB(path), self._known, now)
        self._known = now

    def _write(self, database: DuckDB, known: Snapshot, now: Snapshot) -> None:
        with database.session():
            _write_rows(database, RECORDS, _new(known.records, now.records), known.records.keys() - now.records)
            _write_rows(database, FINDINGS, _new(known.findings, now.findings), known.findings.keys() - now.findings)
            _write_rows(database, DECISIONS, now.log[len(known.log) :], ())


def _new(known: Mapping[str, _Item], now: Mapping[str, _Item]) -> list[_Item]:
    """The items that are not the very ones that were known."""
    return [item for name, item in now.items() if known.get(name) is not item]


def _write_rows(database: DuckDB, table: Table, items: Iterable[object], gone: Iterable[str]) -> None:
    fresh = f"fresh_{table.name}"
    columns = ", ".join(f'"{column.name}" {TYPES[column.kind]}' for column in table.columns)
    database.execute(f"CREATE OR REPLACE TEMPORARY TABLE {fresh} ({columns})")
    database.fill(table, fresh, (row_of(msgspec.json.decode(msgspec.json.encode(item)), table) for item in items))
    database.write_changed(table, fresh, "TRUE")
    if names := ", ".join(literal(name) for name in sorted(gone)):
        database.execute(f'DELETE FROM "{table.name}" WHERE "id" IN ({names})')
