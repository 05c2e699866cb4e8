"""What the review page reads of an output folder besides records and findings: documents, tables, texts,
sources.

A path never comes from a request: a document's id is looked up in `documents.jsonl`, and only what stands
there (or
the folder's own `text/ID.txt`) is opened.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.errors import UnreadableDocument
from pipeline.store.layout import Folder
from pipeline.write.machine import read_lines

MAX_SOURCE = 64 * 2**20
"""Bytes of a source file that are read at most; a longer one is shown by its sentences alone."""


class DocumentInfo(msgspec.Struct, frozen=True):
    """What the page shows of a line of `documents.jsonl`; `path` is the source as the run was given it."""

    id: str
    path: str | None = None
    sha256: str | None = None
    kind: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    published_basis: str | None = None


class CellDamage(msgspec.Struct, frozen=True):
    """What was mended by form in one cell; `row` and `column` count from 0."""

    row: int
    column: int
    damage: tuple[str, ...] = ()


class TableInfo(msgspec.Struct, frozen=True):
    """What the page shows of a line of `tables.jsonl`."""

    document: str
    table: str
    rows: tuple[tuple[str, ...], ...]
    page: int | None = None
    caption: str | None = None
    unit: str | None = None
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text as read; `changed` where the source is no longer the file that the run read."""

    text: str
    changed: bool = False


def read_documents(out: Path) -> dict[str, DocumentInfo]:
    """The documents of a run by id; {} where the run wrote none."""
    path = out / "documents.jsonl"
    return {row.id: row for row in read_lines(path, DocumentInfo)} if path.exists() else {}


def read_tables(out: Path) -> dict[tuple[str, str], TableInfo]:
    """The tables of a run by document id and table name; {} where the run wrote none."""
    path = out / "tables.jsonl"
    return {(row.document, row.table): row for row in read_lines(path, TableInfo)} if path.exists() else {}


def read_text(out: Path, document: DocumentInfo) -> Text | None:
    """The text that the offsets of a document's records point into; None where it can't be had any more."""
    written = Folder(out).text(document.id)
    if written.is_file():
        return Text(written.read_bytes().decode("utf-8"))
    source = source_file(out, document)
    if source is None or source.suffix.lower() not in (".txt", ".md"):
        return None
    from pipeline.read.encodings import decode  # late: the readers take longer to load than all pages together

    content = source.read_bytes()
    changed = document.sha256 is not None and hashlib.sha256(content).hexdigest() != document.sha256
    try:
        return Text(decode(content, source.name), changed)
    except UnreadableDocument:
        return None


def source_file(out: Path, document: DocumentInfo) -> Path | None:
    """The file that a document was read from, if it is still there and not too large; relative paths as the
    run saw them.
    """
    if not document.path:
        return None
    for base in (Path.cwd(), out.resolve().parent):
        path = base / document.path
        if path.is_file() and path.stat().st_size <= MAX_SOURCE:
            return path
    return None
