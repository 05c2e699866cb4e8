"""Files appear whole or not at all; what the system refuses becomes one line that says what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import StoreError

_MENDS = {
    errno.ENOSPC: "no space left; free some and run the same command again, it goes on from here",
    errno.EDQUOT: "the disk quota is used up; free some and run the same command again, it goes on from here",
    errno.EROFS: "the file system is read-only; give another folder with --out",
    errno.EACCES: "not allowed; check the permissions or give another folder with --out",
    errno.EPERM: "not allowed; check the permissions or give another folder with --out",
    errno.ENOTDIR: "a file stands where a folder is needed; move it or give another folder with --out",
    errno.EEXIST: "a file stands where a folder is needed; move it or give another folder with --out",
    errno.EFBIG: "a file may not grow this large here; raise the limit or give another folder with --out",
}


def store_error(path: Path | str, error: OSError) -> StoreError:
    """The StoreError for a system error at `path`."""
    reason = _MENDS.get(error.errno or 0, error.strerror or str(error))
    return StoreError(f"{path}: {reason}")


@contextmanager
def writing(path: Path | str) -> Iterator[None]:
    """Turns an OSError raised inside into a StoreError that names `path`."""
    try:
        yield
    except OSError as error:
        raise store_error(path, error) from error


@contextmanager
def replacing(path: Path, *, durable: bool = True) -> Iterator[IO[bytes]]:
    """A binary file that takes the place of `path` when the block ends well, and vanishes when it does not.

    The new content is on the disk before the name points at it (`durable=False` spares that wait for files
    that the next run would write again). Raises StoreError.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                yield file
                file.flush()
                if durable:
                    os.fsync(file.fileno())
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def move(source: Path, target: Path) -> None:
    """Moves a finished file into place. Raises StoreError."""
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
