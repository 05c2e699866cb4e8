"""What the finders report and the walker reads: typed stretches of one clean sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark. `tag` is a Penn Treebank part of speech; `start`..`end` span the clean sentence."""

    start: int
    end: int
    text: str
    tag: str

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()
