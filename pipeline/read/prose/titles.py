"""The title of a document."""

from __future__ import annotations

from pipeline.model.document import Passage, PassageKind


def title_of(text: str, passages: tuple[Passage, ...]) -> str | None:
    """The first headline above the body that has four words or more, else the first; its lines joined by
    spaces.

    None where the body begins without a headline. A site's or a section's name above the headline is shorter.
    """
    headlines = []
    for passage in passages:
        if passage.kind in (PassageKind.BODY, PassageKind.LIST_ITEM, PassageKind.TABLE):
            break
        if passage.kind is PassageKind.HEADLINE:
            headlines.append(" ".join(" ".join(text[start:end].split()) for start, end in passage.segments))
    return next((headline for headline in headlines if headline.count(" ") >= 3), next(iter(headlines), None))
