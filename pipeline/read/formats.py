"""Which file of this package reads which file ending.

A document format is one module of `pipeline/read/` that declares

    ENDINGS = (".txt",)                                        # lower case, with the dot; ".jsonl.gz" is possible
    def read(source: Source) -> Iterator[Document | UnreadableDocument]

Nothing else has to be told of it: every module of the package that has both is found here. A format module
keeps imports of heavy libraries inside its functions, because all of them are imported to learn their
endings.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from pipeline.errors import UnreadableDocument, UsageError
from pipeline.model.document import Document


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is, the id of its document, and the publication date that the user gave.

    `published` is `YYYY-MM-DD` or less of it, and speaks only where the document itself doesn't. `progress` is called
    with the number of each page that had to be recognised.
    """

    path: Path
    id: str
    published: str | None = None
    progress: Callable[[int], None] | None = None

    def progressed(self, page: int) -> None:
        """Tells whoever waits that a slow page (one that was recognised, seconds each) is done."""
        if self.progress is not None:
            self.progress(page)

    @property
    def name(self) -> str:
        """The path for messages and for `Document.path`."""
        return self.path.as_posix()

    def data(self) -> bytes:
        """All bytes of the file; raises UnreadableDocument where the system refuses them."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise UnreadableDocument(self.name, f"cannot be opened: {error.strerror or error}") from error


class Format(Protocol):
    """What a format module offers."""

    ENDINGS: tuple[str, ...]

    def read(self, source: Source) -> Iterator[Document | UnreadableDocument]:
        """The documents of one file; a bad line of a stream is yielded as an error, a bad file raises it."""
        ...


@cache
def _by_ending() -> dict[str, Format]:
    found: dict[str, Format] = {}
    package = __name__.rpartition(".")[0]
    folder = Path(__file__).parent
    for entry in sorted(pkgutil.iter_modules([str(folder)]), key=lambda entry: entry.name):
        module = importlib.import_module(f"{package}.{entry.name}")
        if hasattr(module, "ENDINGS") and hasattr(module, "read"):
            found.update(dict.fromkeys(module.ENDINGS, cast(Format, module)))
    return found


def endings() -> tuple[str, ...]:
    """Every file ending that some module reads, sorted."""
    return tuple(sorted(_by_ending()))


def ending_of(path: Path) -> str | None:
    """The longest known ending of the file's name (`.jsonl.gz` before `.gz`), or None."""
    name = path.name.lower()
    return max((ending for ending in _by_ending() if name.endswith(ending)), key=len, default=None)


def format_of(path: Path) -> Format:
    """The module that reads `path`; raises UsageError for an ending that none reads."""
    ending = ending_of(path)
    if ending is None:
        known = " ".join(endings())
        raise UsageError(f"{path.as_posix()}: no reader for this kind of file; known endings are {known}")
    return _by_ending()[ending]


def id_of(path: Path, root: Path | None) -> str:
    """The stem of the file's name, or with `root` the path below it without its ending, parted by `/`."""
    ending = ending_of(path) or path.suffix
    name = path.relative_to(root).as_posix() if root else path.name
    return name[: len(name) - len(ending)] if ending else name


def fingerprint(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
