"""Streams of documents, one JSON object a line, also gzipped: `{"id", "text" or "html", "published", "url",
"title"}`.

Read in constant memory. A line without an `id` gets the file's id and its number (`news-17`). Offsets point
into the line's `text`; an `html` field is read like a web page.

A bad line is yielded as an UnreadableDocument that names file and line; the lines after it are still read.
Not supported: other fields (they are ignored), JSON over several lines, encodings other than UTF-8.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import msgspec

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document, Published
from pipeline.read.assemble import assemble
from pipeline.read.formats import Source, fingerprint
from pipeline.read.html import Page, page_of
from pipeline.read.prose.dates import find_dates

ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

_MARK = b"\xef\xbb\xbf"


class _Entry(msgspec.Struct):
    id: str | int | None = None
    text: str | None = None
    html: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None


_DECODER = msgspec.json.Decoder(_Entry)


def read(source: Source) -> Iterator[Document | UnreadableDocument]:
    """A document or an error for every line that isn't blank."""
    for number, line in enumerate(_lines(source), 1):
        if not line.strip():
            continue
        place = f"{source.name}:{number}"
        try:
            yield _document(source, line, number, place)
        except UnreadableDocument as error:
            yield error


def _lines(source: Source) -> Iterator[bytes]:
    opener = gzip.open if source.path.suffix.lower() == ".gz" else open
    try:
        with opener(source.path, "rb") as stream:
            for line in stream:
                yield line.removeprefix(_MARK)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableDocument(source.name, f"cannot be read to its end: {reason}; fetch it again") from error


def _document(source: Source, line: bytes, number: int, place: str) -> Document:
    entry = _entry(line, place)
    page = page_of(entry.html, place) if entry.html is not None else Page(entry.text or "", None, None, None)
    return assemble(
        page.text,
        id=f"{source.id}-{number}" if entry.id is None else str(entry.id),
        path=place,
        sha256=fingerprint(line.strip()),
        kind="jsonl" if entry.html is None else "html",
        given=source.published,
        published=_published(entry.published or page.date, place),
        title=entry.title or page.title,
        url=entry.url or page.url,
    )


def _entry(line: bytes, place: str) -> _Entry:
    try:
        entry = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableDocument(place, f"no JSON document: {error}; one object a line is wanted") from error
    if (entry.text is None) == (entry.html is None):
        raise UnreadableDocument(place, 'needs either a field "text" or a field "html"')
    if entry.text is not None and not entry.text.strip():
        raise UnreadableDocument(place, 'the field "text" is empty')
    return entry


def _published(stated: str | None, place: str) -> Published | None:
    """The date of a `published` field: a year, a month, a day or a time stamp."""
    if not stated:
        return None
    found = next(find_dates(stated), None)
    if found is None and not stated.strip()[:7].replace("-", "").isdigit():
        raise UnreadableDocument(place, f'the field "published" is no date: {stated!r}; write YYYY-MM-DD')
    return Published(found.code if found else stated.strip()[:7], "metadata")
