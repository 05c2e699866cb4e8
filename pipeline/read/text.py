"""Plain text files.

`Document.text` is the file as decoded, newlines kept (`\\r\\n` too), without a byte order mark.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document
from pipeline.read.assemble import assemble
from pipeline.read.encodings import decode
from pipeline.read.formats import Source, fingerprint

ENDINGS = (".txt", ".text")


def read(source: Source) -> Iterator[Document | UnreadableDocument]:
    """One document."""
    data = source.data()
    text = decode(data, source.name)
    yield assemble(text, id=source.id, path=source.name, sha256=fingerprint(data), kind="text", given=source.published)
