"""What there is to read: every document below the given paths, in the order of their paths.

A file is one document; a `.jsonl` is a stream of them. Ids are made from the set of inputs alone, never from
the order in which they came: the first of these that no other document of the run has:

1. the stem of the file's name, or a line's `id`;
2. the path below the given folder, without its ending (and the line's `id`);
3. the path as given, without its ending (and the line's `id`);
4. the path as given (and the line's number).
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.errors import UsageError
from pipeline.store.layout import WORK

STREAMS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Input:
    """A document to read. `line` counts from 1 in a stream and is 0 for a file; `names` are its ids, best
    first.

    `problem` says why it cannot be read at all (a folder that may not be listed, a file that vanished).
    """

    path: str
    line: int
    names: tuple[str, str, str, str]
    sha256: str
    ending: str
    problem: str | None = None


class _Head(msgspec.Struct):
    """The part of a `.jsonl` line that names it."""

    id: str | int | None = None


_head = msgspec.json.Decoder(_Head).decode


def scan(paths: Iterable[Path], out: Path) -> Iterator[Input]:
    """Every input below `paths`, sorted by path; hidden files, the output folder and unknown endings left
    out.

    A file that is named itself is an input whatever its ending: reading says what is wrong with it. Raises
    UsageError for a path that does not exist.
    """
    given = list(paths)
    require(given)
    seen: set[Path] = set()
    for path in sorted(given):
        root = path if path.is_dir() else None
        for found in _files(path, out) if root else [path]:
            if isinstance(found, Input):
                yield found
            elif (real := found.resolve()) not in seen:
                seen.add(real)
                yield from _inputs(found, root)


def require(paths: Iterable[Path]) -> None:
    """Raises UsageError for the first path that does not exist."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; check the path")


def _files(folder: Path, out: Path) -> Iterator[Path | Input]:
    from pipeline.read import ending_of

    refused: list[OSError] = []
    avoid = out.resolve()
    for base, folders, names in os.walk(folder, onerror=refused.append):
        here = Path(base)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_output(here / name, avoid))
        for name in sorted(names):
            if not name.startswith(".") and ending_of(Path(name)):
                yield here / name
    for error in refused:
        path = str(error.filename or folder)
        yield Input(path, 0, (path,) * 4, "", "", f"the folder cannot be listed: {error.strerror}")


def _is_output(path: Path, avoid: Path) -> bool:
    return path.resolve() == avoid or (path / WORK / "manifest.sqlite").exists()


def _inputs(path: Path, root: Path | None) -> Iterator[Input]:
    from pipeline.read import ending_of

    ending = ending_of(path) or path.suffix
    below = path.relative_to(root).as_posix() if root else path.as_posix()
    stems = tuple(name.removesuffix(path.name[len(path.name) - len(ending) :]) if ending else name
                  for name in (path.name, below, path.as_posix()))  # fmt: skip
    try:
        if ending in STREAMS:
            yield from _lines(path, ending, stems)
        else:
            yield Input(str(path), 0, (stems[0], stems[1], stems[2], path.as_posix()), _sha256(path), ending)
    except OSError as error:
        reason = f"cannot be opened: {error.strerror or error}"
        yield Input(str(path), 0, (stems[0], stems[1], stems[2], path.as_posix()), "", ending, reason)


def _lines(path: Path, ending: str, stems: tuple[str, ...]) -> Iterator[Input]:
    number = 0
    try:
        for number, line in lines(path):
            name = _id(line)
            names = (
                (name, f"{stems[1]}/{name}", f"{stems[2]}/{name}") if name else (f"{stem}-{number}" for stem in stems)
            )
            first, second, third = names
            yield Input(str(path), number, (first, second, third, f"{path.as_posix()}:{number}"),
                        hashlib.sha256(line).hexdigest(), ending)  # fmt: skip
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        name = f"{path.as_posix()}:{number + 1}"
        yield Input(str(path), number + 1, (name,) * 4, "", ending, f"the compressed file is damaged: {error}")


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a `.jsonl` or `.jsonl.gz` with their numbers from 1, blank ones left out, in constant
    memory."""
    with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if content := line.removeprefix(_MARK).strip():
                yield number, content


def _id(line: bytes) -> str | None:
    try:
        name = _head(line).id
    except msgspec.DecodeError:
        return None
    return None if name is None or name == "" else str(name)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
