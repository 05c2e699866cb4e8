"""Part files: the results of one chunk of documents, written once and never changed.

`NAME.results` holds one zlib-compressed JSON result after another; `NAME.parquet` one row per figure with
its group, for the step across documents. NAME is a hash of the chunk's keys, so that a chunk done twice (a
killed worker, a machine that came back) writes the same files again and doubles nothing.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from typing import Any

import msgspec

from pipeline.errors import StoreError
from pipeline.store.manifest import Entry
from pipeline.store.result import DocumentResult, decode, encode
from pipeline.store.series import series_group
from pipeline.store.shelf import Shelf

_PART = re.compile(r"(?P<draft>\.?)(?P<stem>[0-9a-f]{32})\.(results|parquet)(\.\d+\.draft)?")


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


def write_part(parts: Shelf, results: Sequence[Keyed]) -> list[Entry]:
    """Writes one part and returns where each result lies in it. Raises StoreError."""
    name = hashlib.sha256("".join(each.key for each in results).encode()).hexdigest()[:32]
    parts.write(f"{name}.parquet", _figures(results))
    parts.write(f"{name}.results", b"".join(each.data for each in results))
    ends = accumulate(len(each.data) for each in results)
    return [
        Entry(each.key, f"{name}.results", end - len(each.data), len(each.data), each.result.passing)
        for each, end in zip(results, ends, strict=True)
    ]


def _figures(results: Iterable[Keyed]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: list[tuple[str, str, int, bytes]] = [
        (series_group(record), each.key, place, msgspec.json.encode(record))
        for each in results
        for place, record in enumerate(each.result.records)
    ]
    columns: list[Any] = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    types = (("series", pa.string()), ("key", pa.string()), ("place", pa.int32()), ("record", pa.binary()))
    table = pa.table({name: pa.array(column, type_) for (name, type_), column in zip(types, columns, strict=True)})
    file = BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def read_result(parts: Shelf, entry: Entry) -> DocumentResult:
    """The result at `entry`. Raises StoreError where the part file was damaged from outside."""
    data = parts.read(entry.part, entry.start, entry.length)
    try:
        return decode(zlib.decompress(data))
    except (zlib.error, msgspec.DecodeError) as error:
        raise StoreError(f"{parts.place(entry.part)}: damaged ({error}); run again with --fresh") from error


def sweep(parts: Shelf, keep: set[str]) -> None:
    """Removes part files that no document needs, and drafts of such that a killed run left; nothing else."""
    stems = {name.removesuffix(".results") for name in keep}
    for name in parts.names():
        if (part := _PART.fullmatch(name)) and (part["draft"] or part["stem"] not in stems):
            parts.remove(name)
