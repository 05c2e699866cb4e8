"""What a reviewer's decisions mean to the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rulings:
    """Ids of records: `fixed` ones have the value that they carry and are never blamed, `excluded` ones are wrong as
    printed and say nothing of others; the two of a pair in `apart` are never related."""

    fixed: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()

    def part(self, one: str, other: str) -> bool:
        """Whether the two are not comparable."""
        return frozenset((one, other)) in self.apart

    def part_any(self, names: Iterable[str]) -> bool:
        """Whether any two of the figures are not comparable."""
        known = set(names)
        return any(pair <= known for pair in self.apart)


NONE = Rulings()
"""Nobody has decided anything."""
