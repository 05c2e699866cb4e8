"""Reading: bytes to Document (text, passages worth reading, tables, publication date).

    for item in read_path(Path("corpus/briefs.txt")): ...

`read_path` yields one Document for most files and a stream for `.jsonl`. A file that cannot be read raises
UnreadableDocument at the first step; a bad line of a `.jsonl` is *yielded* as an UnreadableDocument (not
raised), so that the lines after it are still read.

A module here is a format. Rooms, of which each knows only those named before it: `prose` (lines to passages),
`text_tables`, `page` (characters and rules of a PDF page or scan), `page_tables`, `page_text` (pages to a text).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document
from pipeline.read.assemble import assemble
from pipeline.read.formats import Source, ending_of, endings, fingerprint, format_of, id_of

__all__ = ["ending_of", "endings", "read_path", "read_text"]


def read_path(
    path: Path, *, published: str | None = None, root: Path | None = None
) -> Iterator[Document | UnreadableDocument]:
    """The documents of one file, in order.

    `published` (`YYYY[-MM[-DD]]`) is the publication date for documents that don't state one, and gives the
    year to those that state only month and day. The document's id is the file's stem, or with `root` the path
    below `root` without its ending (for runs in which stems collide).

    Raises UsageError for an ending that no reader knows and UnreadableDocument for a file that holds no text.
    """
    return format_of(path).read(Source(path, id_of(path, root), published))


def read_text(text: str, *, id: str = "text", published: str | None = None) -> Document:
    """A document of a string, read like a plain text file; never fails (an empty string has no passages)."""
    sha256 = fingerprint(text.encode("utf-8", "surrogatepass"))
    return assemble(text, id=id, path=id, sha256=sha256, kind="text", given=published)
