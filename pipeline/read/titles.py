"""The title of a document."""

from __future__ import annotations

from pipeline.model.document import Passage, PassageKind


def title_of(text: str, passages: tuple[Passage, ...]) -> str | None:
    """The first headline, its lines joined by spaces; None where the body begins without one."""
    for passage in passages:
        if passage.kind is PassageKind.HEADLINE:
            return " ".join(" ".join(text[start:end].split()) for start, end in passage.segments)
        if passage.kind in (PassageKind.BODY, PassageKind.TABLE):
            return None
    return None
