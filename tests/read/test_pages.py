"""Made-up pages of many houses: every line of them is read as the kind that its mark says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.model.document import Document, Passage, PassageKind
from pipeline.read import read_text

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
KINDS = {
    "H": PassageKind.HEADLINE,
    "D": PassageKind.DATELINE,
    "B": PassageKind.BODY,
    "C": PassageKind.CAPTION,
    "L": PassageKind.LIST_ITEM,
    "T": PassageKind.TABLE,
    "F": PassageKind.FURNITURE,
}


@dataclass(frozen=True)
class Expected:
    text: str
    marks: tuple[tuple[str, int, int], ...]
    title: str | None
    published: str | None


def expected(page: Path) -> Expected:
    """The page without its marks, and the mark, start and end of every line."""
    fields: dict[str, str | None] = {}
    text, marks = "", []
    for line in page.read_text(encoding="utf-8").splitlines():
        mark, bar, body = line.partition("|")
        if not bar:
            name, _, value = line.partition(": ")
            fields[name] = None if value == "null" else value
            continue
        if mark:
            marks.append((mark, len(text) + len(body) - len(body.lstrip()), len(text) + len(body.rstrip())))
        text += body + "\n"
    return Expected(text, tuple(marks), fields["title"], fields["published"])


def passage_at(document: Document, start: int, end: int) -> Passage | None:
    """The passage that holds a stretch of text within one segment."""
    held = (p for p in document.passages if any(a <= start and end <= b for a, b in p.segments))
    return next(held, None)


def verdict(document: Document, start: int, end: int) -> str:
    passage = passage_at(document, start, end)
    if passage is None:
        return "?"
    if passage.repeats is not None:
        return "R"
    return next(mark for mark, kind in KINDS.items() if kind is passage.kind)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_is_read_as_its_kind(page: Path) -> None:
    wanted = expected(page)
    document = read_text(wanted.text)
    found = [f"{verdict(document, start, end)}|{wanted.text[start:end]}" for _, start, end in wanted.marks]
    assert found == [f"{mark}|{wanted.text[start:end]}" for mark, start, end in wanted.marks]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_title_and_date(page: Path) -> None:
    wanted = expected(page)
    document = read_text(wanted.text)
    assert document.title == wanted.title
    assert (document.published.date if document.published else None) == wanted.published
    if document.published and document.published.span:
        start, end = document.published.span
        assert wanted.text[start:end].strip() == wanted.text[start:end]
