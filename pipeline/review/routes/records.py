"""A figure with all its fields: corrected field by field, struck out, or added where it was missed."""

from __future__ import annotations

from typing import get_args

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from pipeline.errors import DecisionError
from pipeline.model.decision import Decision
from pipeline.model.record import Bound, Comparison, Flow, Measure, ObsStatus, Record
from pipeline.review.case import quote_start, sheet_of
from pipeline.review.marks import stretches
from pipeline.review.pages import Pages, TheForm, ThePages, link, reason_of, see, typed_value
from pipeline.review.store import Store
from pipeline.write.corrected import EDITABLE, added_record, added_record_id, edited

router = APIRouter()
CHOICES = {
    "measure": get_args(Measure),
    "bound": get_args(Bound),
    "flow": ("", *get_args(Flow)),
    "comparison": ("", *get_args(Comparison)),
    "obs_status": get_args(ObsStatus),
}
"""The fields of a record that take one of a few values."""
MAX_FIELD = 200
MAX_FIGURE = 80


@router.get("/record")
def record(request: Request, pages: ThePages, id: str) -> Response:
    """One figure: its fields to correct, its findings, its log."""
    store = pages.store
    shown = store.records.get(id) or store.base_records.get(id)
    if shown is None:
        raise HTTPException(404, "There is no such figure in this run.")
    return _record_page(request, pages, shown)


@router.get("/peek")
def peek(request: Request, pages: ThePages, id: str) -> Response:
    """The short view of a figure for the side of a document."""
    store = pages.store
    if id not in store.records:
        raise HTTPException(404, "There is no such figure in this run.")
    return pages.page(request, "_peek.html", record=store.records[id], findings=_findings(store, id))


@router.post("/correct")
def correct(request: Request, pages: ThePages, form: TheForm) -> Response:
    """Correct the fields of a figure that differ from what it has."""
    shown = _known(pages.store, form.get("record", ""))
    try:
        fields = _changes(shown, form)
        edited(shown, fields)
        pages.decide(
            Decision(action="edit", who=pages.who(request), record=shown.id, fields=fields, reason=reason_of(form))
        )
    except DecisionError as error:
        return _record_page(request, pages, shown, problem=str(error), status=409)
    return see(request, link("record", shown.id))


@router.post("/strike")
def strike(request: Request, pages: ThePages, form: TheForm) -> Response:
    """Strike out what is no figure; the cases it takes part in go with it."""
    shown = _known(pages.store, form.get("record", ""))
    pages.decide(Decision(action="strike", who=pages.who(request), record=shown.id, reason=reason_of(form)))
    return see(request, link("document", shown.document, f"at={shown.char_start}"))


@router.get("/add")
def add_form(request: Request, pages: ThePages, document: str, start: int = -1, quote: str = "") -> Response:
    """The form for a missed figure; without `start`, the first place of `quote` that is no figure yet."""
    return _add_page(request, pages, document, _place(pages.store, document, start, quote.strip()[:MAX_FIGURE]), quote)


@router.post("/add")
def add(request: Request, pages: ThePages, form: TheForm) -> Response:
    """Add a figure that was missed."""
    store, document, quote = pages.store, form.get("document", ""), form.get("quote", "")
    start = _place(store, document, int(form["start"]) if form.get("start", "").isdigit() else -1, quote)
    try:
        decision = _addition(store, document, start, quote, form, pages.who(request))
        added_record(decision)
        pages.decide(decision)
    except DecisionError as error:
        return _add_page(request, pages, document, start, quote, problem=str(error), status=409)
    return see(request, link("document", document, f"at={start}"))


def _record_page(request: Request, pages: Pages, shown: Record, *, problem: str = "", status: int = 200) -> Response:
    store = pages.store
    start = quote_start(store, shown)
    marks = [(start, start + len(shown.quote), shown.check)] if start >= 0 else []
    return pages.page(
        request, "record.html", status=status, record=shown, problem=problem, findings=_findings(store,
        shown.id),
        sentence=list(stretches(shown.sentence, marks)), fields=EDITABLE, choices=CHOICES,
        struck=shown.id not in store.records, log=[e for e in store.log.entries if e.record == shown.id],
        sheet=sheet_of(store, shown, None),
    )  # fmt: skip


def _add_page(
    request: Request,
    pages: Pages,
    document: str,
    start: int,
    quote: str,
    *,
    problem: str = "",
    status: int = 200,
) -> Response:
    if document not in pages.store.documents:
        raise HTTPException(404, "There is no such document in this run.")
    sentence = _sentence(pages.store, document, start) if start >= 0 else ""
    return pages.page(
        request, "add.html", status=status, document=document, start=start, quote=quote.strip()[:MAX_FIGURE],
        sentence=sentence, problem=problem, fields=EDITABLE, choices=CHOICES,
    )  # fmt: skip


def _findings(store: Store, record: str) -> list[object]:
    return [store.findings[name] for name in store.findings_of(record) if name in store.findings]


def _known(store: Store, name: str) -> Record:
    if name not in store.records:
        raise HTTPException(404, "There is no such figure in this run.")
    return store.records[name]


def _changes(shown: Record, form: dict[str, str]) -> dict[str, str | None]:
    """The fields of the form that differ from the figure's own, with typed numbers written in full."""
    changes: dict[str, str | None] = {}
    for name in EDITABLE:
        given = form.get(name, "").strip()[:MAX_FIELD]
        if name == "obs_value" and given:
            given = str(typed_value(given))
        old = getattr(shown, name)
        if name in form and given != ("" if old is None else str(old)):
            changes[name] = given or None
    if not changes:
        raise DecisionError("Nothing was changed")
    return changes


def _place(store: Store, document: str, start: int, quote: str) -> int:
    """Where `quote` stands: at `start`, else its first place that is no figure yet; -1 where it stands
    nowhere.
    """
    text = store.text(document)
    if text is None or not quote:
        return -1
    if text.text[max(start, 0) :].startswith(quote) and start >= 0:
        return start
    taken = {record.char_start for record in store.records_of(document)}
    found = text.text.find(quote)
    while found in taken:
        found = text.text.find(quote, found + 1)
    return found


def _sentence(store: Store, document: str, start: int) -> str:
    """The line that offset `start` stands in, as the sentence of an added figure."""
    text = store.text(document)
    if text is None:
        return ""
    begin = text.text.rfind("\n", 0, start) + 1
    stop = text.text.find("\n", start)
    return text.text[begin : stop if stop >= 0 else len(text.text)].strip()


def _addition(store: Store, document: str, start: int, quote: str, form: dict[str, str], who: str) -> Decision:
    if start < 0 or not quote:
        raise DecisionError("The text of the figure does not stand in this document; copy it as it is printed")
    span = (start, start + len(quote))
    if any(_overlaps(record, span) for record in store.records_of(document)):
        raise DecisionError("There is a figure at this place already; correct that one")
    fields: dict[str, str | None] = {
        n: form.get(n, "").strip()[:MAX_FIELD] for n in EDITABLE if form.get(n, "").strip()
    }
    fields["obs_value"] = str(typed_value(form.get("obs_value", "")))
    fields |= {"quote": quote, "sentence": _sentence(store, document, start)}
    return Decision(
        action="add", who=who, document=document, record=added_record_id(document, *span), span=span,
        fields=fields,
        reason=reason_of(form),
    )  # fmt: skip


def _overlaps(record: Record, span: tuple[int, int]) -> bool:
    return record.char_start < span[1] and span[0] < record.char_end
