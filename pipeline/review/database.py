"""Keeps `tally.duckdb` in step with what a reviewer decides: only the rows that changed are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from pipeline.review.store import Snapshot
from pipeline.store.layout import DATABASE
from pipeline.write.duckdb import TYPES, DuckDB, literal
from pipeline.write.load import load
from pipeline.write.machine import Block
from pipeline.write.rows import row_of
from pipeline.write.schema import DECISIONS, FINDINGS, RECORDS, Table


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
        pairs = [(known.blocks.get(name) or Block(name), now.blocks[name]) for name in now.blocks]
        changed = [(old, new) for old, new in pairs if old is not new]
        with database.session():
            _write_rows(database, RECORDS, [(old.records, new.records) for old, new in changed])
            _write_rows(database, FINDINGS, [(old.findings, new.findings) for old, new in changed])
            _write_rows(database, DECISIONS, [((), now.log[len(known.log) :])])


def _write_rows(database: DuckDB, table: Table, changes: Iterable[tuple[Sequence[object], Sequence[object]]]) -> None:
    """Writes the rows of a table that are otherwise in the second of each pair than in the first; drops the rest."""
    fresh: list[object] = []
    gone: set[str] = set()
    for old, new in changes:
        before = {item.id: item for item in old}  # type: ignore[attr-defined]
        fresh += [item for item in new if before.pop(item.id, None) != item]  # type: ignore[attr-defined]
        gone |= before.keys()
    staged = f"fresh_{table.name}"
    columns = ", ".join(f'"{column.name}" {TYPES[column.kind]}' for column in table.columns)
    database.execute(f"CREATE OR REPLACE TEMPORARY TABLE {staged} ({columns})")
    database.fill(table, staged, (row_of(msgspec.json.decode(msgspec.json.encode(item)), table) for item in fresh))
    database.write_changed(table, staged, "TRUE")
    if names := ", ".join(literal(name) for name in sorted(gone)):
        database.execute(f'DELETE FROM "{table.name}" WHERE "id" IN ({names})')
