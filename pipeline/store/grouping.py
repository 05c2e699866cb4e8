"""Which figures of a run belong together: DuckDB groups and sorts those of all part files, beyond memory on disk.

Figures come in spans of some 100 MB, each sorted by itself: however many there are, memory holds one span.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.store.manifest import Manifest
from pipeline.store.shelf import Shelf
from pipeline.write.duckdb import GOES_ON, telling

SPAN_BYTES = 100_000_000
_FIGURES = "read_parquet(getvariable('parts')) f JOIN documents d USING (key)"
_GROUPS = f"""
CREATE TABLE groups AS
SELECT series, concat(count(*), '-', bit_xor(md5_number(key))) AS digest
FROM (SELECT DISTINCT series, key FROM {_FIGURES}) GROUP BY series HAVING count(*) > 1
"""
_STALE = f"""
CREATE TABLE stale AS
SELECT series, digest, sum(octet_length(record)) AS bytes FROM {_FIGURES} JOIN groups USING (series)
WHERE (series, digest) NOT IN (FROM known) GROUP BY series, digest
"""
_SPANS = """
SELECT min(series), max(series)
FROM (SELECT series, sum(bytes) OVER (ORDER BY series) // ? AS span FROM stale) GROUP BY span ORDER BY span
"""
_SPAN = f"""
SELECT series, digest, d.id, f.record FROM {_FIGURES} JOIN stale USING (series)
WHERE series BETWEEN ? AND ? ORDER BY series, d.id, f.place
"""
_MEMBERS = f"""
SELECT series, d.id, f.record FROM {_FIGURES} WHERE series IN (SELECT unnest(?)) ORDER BY series, d.id, f.place
"""
_PAGE = 5000


class Group(NamedTuple):
    """Figures that may speak of one another: the group's name, the digest of its documents, and the records
    of each document as JSON."""

    series: str
    digest: str
    documents: list[list[bytes]]


class Grouping:
    """The figures of a run's documents by group; made by `grouping`."""

    def __init__(self, db: Any) -> None:
        self._db = db

    def stale(self, span_bytes: int = SPAN_BYTES) -> Iterator[Group]:
        """Groups of two documents or more that changed since they were last checked, by series; records of so many
        bytes (and of one group more) are sorted at a time."""
        self._db.execute(_GROUPS)
        self._db.execute(_STALE)
        for span in self._db.execute(_SPANS, [span_bytes]).fetchall():
            rows = _rows(self._db.execute(_SPAN, span))
            for (series, digest), group in groupby(rows, key=lambda row: (row[0], row[1])):
                by_document = groupby(group, key=lambda row: row[2])
                yield Group(series, digest, [[row[3] for row in members] for _, members in by_document])

    def current(self) -> Iterator[tuple[str, str]]:
        """Series and digest of every group there is; after `stale`."""
        return _rows(self._db.execute("SELECT series, digest FROM groups"))

    def members(self, series: Collection[str]) -> Iterator[tuple[str, str, bytes]]:
        """Series, document and record (as JSON) of every figure of these groups, in order."""
        return _rows(self._db.execute(_MEMBERS, [sorted(series)]))


@contextmanager
def grouping(manifest: Manifest, parts: Shelf, temporary: Path) -> Iterator[Grouping | None]:
    """The grouping of what the manifest plans, None where no document has a result; `temporary` takes what does not
    fit into memory. Raises StoreError where that does not suffice."""
    import duckdb

    names = sorted(parts.place(f"{name.removesuffix('.results')}.parquet") for name in manifest.parts())
    if not names:
        yield None
        return
    with (
        telling(temporary, GOES_ON),
        duckdb.connect(config={"memory_limit": "300MB", "temp_directory": str(temporary), "threads": 1}) as db,
    ):
        parts.show_to(db)
        db.execute("SET VARIABLE parts = ?", [names])
        _fill(db, "documents", ("key", "id"), ((planned.key, planned.id) for planned, _ in manifest.results()))
        _fill(db, "known", ("series", "digest"), manifest.groups())
        yield Grouping(db)


def _fill(db: Any, table: str, names: tuple[str, str], rows: Iterator[tuple[str, str]]) -> None:
    import pyarrow as pa

    db.execute(f"CREATE TABLE {table} ({names[0]} VARCHAR, {names[1]} VARCHAR)")
    while page := list(islice(rows, _PAGE)):
        columns = [pa.array(column, pa.string()) for column in zip(*page, strict=True)]
        db.register("page", pa.table(columns, names))
        db.execute(f"INSERT INTO {table} FROM page")
        db.unregister("page")


def _rows(cursor: Any) -> Iterator[Any]:
    while page := cursor.fetchmany(_PAGE):
        yield from page
