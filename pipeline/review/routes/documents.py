"""A document as it was read, with every figure marked by its check status; marking text adds a missed
figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from pipeline.model.record import Record
from pipeline.review.files import Text
from pipeline.review.marks import Stretch, stretches
from pipeline.review.pages import ThePages
from pipeline.review.store import Store

router = APIRouter()
WINDOW = 24_000
"""Characters of text on one page, cut at a line break: a book does not come down in one piece."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text: its stretches, line by line, and where the parts before and behind it begin (None:
    none).
    """

    lines: tuple[tuple[Stretch[Record], ...], ...]
    start: int
    before: int | None
    behind: int | None


@router.get("/document")
def document(request: Request, pages: ThePages, id: str, at: int = 0) -> Response:
    """The text with its figures; without a text (a source that is gone), the figures by sentence."""
    store = pages.store
    info = store.documents.get(id)
    if info is None:
        raise HTTPException(404, "There is no such document in this run.")
    records = store.records_of(id)
    text = store.text(id)
    window = text_window(text, records, at) if text is not None else None
    struck = [
        entry for entry in store.corrections() if entry.action == "strike" and _document_of(store, entry.record) == id
    ]
    return pages.page(
        request, "document.html", store=store, info=info, records=records, window=window, struck=struck,
        changed=text is not None and text.changed,
    )  # fmt: skip


def text_window(text: Text, records: list[Record], at: int) -> Window:
    """The part of `text` that offset `at` stands in."""
    starts = window_starts(text.text)
    number = max(i for i, start in enumerate(starts) if start <= max(at, 0))
    start = starts[number]
    stop = starts[number + 1] if number + 1 < len(starts) else len(text.text)
    marks = [(r.char_start, r.char_end, r) for r in records]
    lines: list[tuple[Stretch[Record], ...]] = []
    position = start
    for line in text.text[start:stop].splitlines(keepends=True):
        shown = line.rstrip("\r\n")
        inside = [m for m in marks if position <= m[0] and m[1] <= position + len(shown)]
        lines.append(tuple(stretches(shown, inside, position)))
        position += len(line)
    return Window(
        tuple(lines),
        start,
        starts[number - 1] if number else None,
        stop if number + 1 < len(starts) else None,
    )


def window_starts(text: str) -> list[int]:
    """Where the parts of a text begin: about every WINDOW characters, behind a line break where there is
    one.
    """
    starts = [0]
    while len(text) - starts[-1] > WINDOW * 1.2:
        cut = text.rfind("\n", starts[-1] + WINDOW // 2, starts[-1] + WINDOW) + 1
        starts.append(cut or starts[-1] + WINDOW)
    return starts


def _document_of(store: Store, record: str | None) -> str | None:
    base = store.base_records.get(record or "")
    return base.document if base is not None else None
