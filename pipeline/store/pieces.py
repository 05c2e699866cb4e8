"""Work in pieces, and what does them: this process, worker processes, Prefect's tasks or a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

R = TypeVar("R")


class Piece(Protocol[R]):
    """Work for one worker, which gets it pickled."""

    def done(self) -> list[R]:
        """Does the work; doing it again changes nothing. Raises StoreError where results can't be written."""
        ...

    def singles(self) -> Sequence[Piece[R]]:
        """The same work in the smallest pieces, to find the one that kills its process."""
        ...

    def given_up(self) -> list[R]:
        """The result of a smallest piece that kills whatever process does it; raises StoreError where there
        can be none."""
        ...


class Mapper(Protocol):
    """Does pieces and gives their results in the same order."""

    def __call__(self, pieces: Iterator[Piece[R]]) -> Iterator[list[R]]:
        """Results as they come; no more than a few pieces are in memory."""
        ...


def in_process(pieces: Iterator[Piece[R]]) -> Iterator[list[R]]:
    """Every piece in this process, one after another."""
    return (piece.done() for piece in pieces)
