"""Part files: the results of one chunk of documents, written once and never changed.

`NAME.results` holds one zlib-compressed JSON result after another; `NAME.parquet` one row per figure with
its group, for the step across documents. NAME is a hash of the chunk's keys, so that a chunk done twice (a
killed worker, a machine that came back) writes the same files again and doubles nothing. `parts` may be a
folder or any fsspec URL that every worker reaches.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import StoreError
from pipeline.store.atomic import replacing, writing
from pipeline.store.manifest import Entry
from pipeline.store.result import DocumentResult, decode, encode
from pipeline.store.series import series_group


@dataclass(frozen=True, slots=True)
class Keyed:
    """A result with the key that it is found by, and its bytes as kept."""

    key: str
    result: DocumentResult
    data: bytes


def keyed(key: str, result: DocumentResult) -> Keyed:
    """`result` made ready to be kept. Raises UnicodeEncodeError for text that no file can hold (half a
    surrogate pair)."""
    return Keyed(key, result, zlib.compress(encode(result), 1))


def write_part(parts: Path, results: Sequence[Keyed]) -> list[Entry]:
    """Writes one part and returns where each result lies in it. Raises StoreError."""
    name = hashlib.sha256("".join(each.key for each in results).encode()).hexdigest()[:32]
    _write_figures(parts / f"{name}.parquet", results)
    entries: list[Entry] = []
    start = 0
    with replacing(parts / f"{name}.results") as file:
        for each in results:
            file.write(each.data)
            entries.append(Entry(each.key, f"{name}.results", start, len(each.data), each.result.passing))
            start += len(each.data)
    return entries


def _write_figures(path: Path, results: Iterable[Keyed]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: list[tuple[str, str, int, bytes]] = [
        (series_group(record), each.key, place, msgspec.json.encode(record))
        for each in results
        for place, record in enumerate(each.result.records)
    ]
    columns: list[Any] = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    types = (("series", pa.string()), ("key", pa.string()), ("place", pa.int32()), ("record", pa.binary()))
    table = pa.table(
        {name: pa.array(column, type_) for (name, type_), column in zip(types, columns, strict=True)}
    )
    with replacing(path) as file:
        pq.write_table(table, file, compression="zstd")


def read_result(parts: Path, entry: Entry) -> DocumentResult:
    """The result at `entry`. Raises StoreError where the part file was damaged from outside."""
    path = parts / entry.part
    with writing(path), path.open("rb") as file:
        file.seek(entry.start)
        data = file.read(entry.length)
    try:
        return decode(zlib.decompress(data))
    except (zlib.error, msgspec.DecodeError) as error:
        raise StoreError(f"{path}: damaged ({error}); run again with --fresh") from error


def sweep(parts: Path, keep: set[str]) -> None:
    """Removes part files that no document needs, and drafts that a killed run left."""
    stems = {name.removesuffix(".results") for name in keep}
    for path in parts.iterdir() if parts.exists() else ():
        if path.name.startswith(".") or path.stem not in stems:
            path.unlink(missing_ok=True)
