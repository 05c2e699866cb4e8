"""Parquet (zstd, typed: DECIMAL, DATE, lists), one file a table; large runs by month of publication."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.write.duckdb import arrow
from pipeline.write.rows import Row, batches, rows
from pipeline.write.schema import ALL, DOCUMENTS, RECORDS, Table

LARGE = 1_000_000
"""Records from which on the table is partitioned: `records/month=2021-07/part.parquet`."""
UNKNOWN = "unknown"


def write(out: Path, folder: Path) -> None:
    """Every table of the run in `out`."""
    months = months_of_documents(out)
    for table in ALL:
        if table is RECORDS and figures(out) >= LARGE:
            write_by_month(out, folder / table.name, months)
        else:
            write_table(table, rows(out, table), folder / f"{table.name}.parquet")


def figures(out: Path) -> int:
    """How many figures the run has, by the counts of its documents."""
    place = DOCUMENTS.column_names().index("figures")
    return sum(int(row[place]) for row in rows(out, DOCUMENTS))


def months_of_documents(out: Path) -> dict[str, str]:
    """Month of publication (`YYYY-MM`) by document, where it is known."""
    names = DOCUMENTS.column_names()
    id_, on = names.index("id"), names.index("published_on")
    return {row[id_]: f"{row[on]:%Y-%m}" for row in rows(out, DOCUMENTS) if row[on]}


def write_table(table: Table, items: Iterator[Row], path: Path) -> None:
    """One table as one file, batch by batch."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, arrow(table, []).schema, compression="zstd") as writer:
        for batch in batches(items, 50_000):
            writer.write_table(arrow(table, batch))


def write_by_month(out: Path, folder: Path, months: dict[str, str]) -> None:
    """The records as one file a month of publication, in one pass."""
    import pyarrow.parquet as pq

    document = RECORDS.column_names().index("document")
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for batch in batches(rows(out, RECORDS), 50_000):
            parted: dict[str, list[Row]] = {}
            for row in batch:
                parted.setdefault(months.get(row[document], UNKNOWN), []).append(row)
            for month, part in parted.items():
                if month not in writers:
                    path = folder / f"month={month}" / "part.parquet"
                    path.parent.mkdir(parents=True)
                    writer = pq.ParquetWriter(path, arrow(RECORDS, []).schema, compression="zstd")
                    writers[month] = stack.enter_context(writer)
                writers[month].write_table(arrow(RECORDS, part))
