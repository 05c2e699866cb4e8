"""Where part files are kept: a folder, or a URL that every worker reaches (`s3://bucket/parts` with s3fs
installed, or whatever else fsspec knows).

In a folder a file appears whole or not at all; object stores promise the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import StoreError, UsageError
from pipeline.store.atomic import replacing, writing
from pipeline.store.layout import Folder
from pipeline.store.manifest import Manifest


class Shelf(Protocol):
    """Files by name. Every method raises StoreError where the storage fails."""

    address: str
    """What `shelf_at` makes the same shelf of, on any machine that reaches it."""

    def write(self, name: str, data: bytes) -> None:
        """Puts a file there, in place of one of that name."""
        ...

    def read(self, name: str, start: int, length: int) -> bytes:
        """So many bytes of a file; fewer where it ends."""
        ...

    def names(self) -> set[str]:
        """Every file."""
        ...

    def remove(self, name: str) -> None:
        """Takes a file away, if it is there."""
        ...

    def place(self, name: str) -> str:
        """The path or URL of a file."""
        ...

    def show_to(self, duckdb: Any) -> None:
        """Lets a DuckDB connection read what is at `place`."""
        ...


def shelf_at(place: str) -> Shelf:
    """The shelf at a path or URL. Raises UsageError for a URL that nothing here can open."""
    return Remote(place) if "://" in place else Local(Path(place).resolve())


def shelf_of(manifest: Manifest, folder: Folder) -> Shelf:
    """The shelf that the runs into `folder` use: that which one of them was told, or its own."""
    return shelf_at(manifest.meta("parts") or str(folder.parts))


class Local:
    """A folder of this machine, or one that all machines share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = str(folder)

    def write(self, name: str, data: bytes) -> None:
        """See `Shelf`."""
        with replacing(self._folder / name) as file:
            file.write(data)

    def read(self, name: str, start: int, length: int) -> bytes:
        """See `Shelf`."""
        path = self._folder / name
        with writing(path), path.open("rb") as file:
            file.seek(start)
            return file.read(length)

    def names(self) -> set[str]:
        """See `Shelf`."""
        return {path.name for path in self._folder.iterdir()} if self._folder.exists() else set()

    def remove(self, name: str) -> None:
        """See `Shelf`."""
        (self._folder / name).unlink(missing_ok=True)

    def place(self, name: str) -> str:
        """See `Shelf`."""
        return str(self._folder / name)

    def show_to(self, duckdb: Any) -> None:
        """DuckDB reads paths as it is."""


class Remote:
    """A URL of fsspec's."""

    def __init__(self, url: str) -> None:
        import fsspec

        self.address = url
        try:
            self._files, self._root = fsspec.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise UsageError(f"{url}: cannot be opened ({error})") from error

    def write(self, name: str, data: bytes) -> None:
        """See `Shelf`."""
        with self._trying(name):
            self._files.makedirs(self._root, exist_ok=True)
            self._files.pipe_file(f"{self._root}/{name}", data)

    def read(self, name: str, start: int, length: int) -> bytes:
        """See `Shelf`."""
        with self._trying(name):
            data: bytes = self._files.cat_file(f"{self._root}/{name}", start=start, end=start + length)
            return data

    def names(self) -> set[str]:
        """See `Shelf`."""
        # What other machines wrote since the last look is not in fsspec's memory of the folder.
        self._files.invalidate_cache()
        with self._trying(""):
            try:
                return {path.rsplit("/", 1)[-1] for path in self._files.ls(self._root, detail=False)}
            except FileNotFoundError:
                return set()

    def remove(self, name: str) -> None:
        """See `Shelf`."""
        with self._trying(name):
            self._files.rm_file(f"{self._root}/{name}")

    def place(self, name: str) -> str:
        """See `Shelf`."""
        url: str = self._files.unstrip_protocol(f"{self._root}/{name}")
        return url

    def show_to(self, duckdb: Any) -> None:
        """See `Shelf`."""
        duckdb.register_filesystem(self._files)

    @contextmanager
    def _trying(self, name: str) -> Iterator[None]:
        try:
            with writing(self.place(name)):
                yield
        except FileNotFoundError as error:
            raise StoreError(f"{self.place(name)}: no such file") from error
