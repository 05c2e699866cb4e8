"""A finished run asked about one record, finding or document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.errors import UsageError
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.store import layout
from pipeline.store.layout import Folder
from pipeline.store.manifest import Manifest
from pipeline.store.parts import read_result
from pipeline.store.result import DocumentResult
from pipeline.store.shelf import shelf_of

_T = TypeVar("_T", Record, Finding)


def find_record(out: Path, name: str) -> Record | None:
    """The record with that id, as published."""
    return _find(out / layout.RECORDS, name, Record)


def find_records(out: Path, names: tuple[str, ...]) -> dict[str, Record]:
    """Records by id, as published."""
    return {name: record for name in names if (record := find_record(out, name))}


def find_finding(out: Path, name: str) -> Finding | None:
    """The finding with that id, as published."""
    return _find(out / layout.FINDINGS, name, Finding)


def _find(path: Path, name: str, kind: type[_T]) -> _T | None:
    start = b'{"id":' + msgspec.json.encode(name) + b","
    for line in _lines(path):
        if line.startswith(start):
            return msgspec.json.decode(line, type=kind)
    return None


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; name the folder of a finished run with --out") from error


def find_result(out: Path, document: str) -> DocumentResult | None:
    """Everything that the last run kept of a document; None where it is unknown or `.work` is gone."""
    folder = Folder(out)
    if not folder.manifest.exists():
        return None
    with closing(Manifest(folder.manifest, reading=True)) as manifest:
        entry, parts = manifest.entry_of(document), shelf_of(manifest, folder)
    return read_result(parts, entry) if entry and entry.part in parts.names() else None
