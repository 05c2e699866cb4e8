"""The queue, a case, and what a reviewer decides about it."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from pipeline.errors import DecisionError
from pipeline.model.decision import STATUS_AFTER, Decision
from pipeline.model.finding import Finding
from pipeline.review.case import case_view
from pipeline.review.pages import (
    Pages,
    TheFilters,
    TheForm,
    ThePages,
    filters_from,
    link,
    reason_of,
    see,
    typed_value,
)
from pipeline.review.queue import PAGE, Filters, counts, matching, neighbour, next_undecided
from pipeline.review.store import Store
from pipeline.write.decided import accepted

router = APIRouter()
SETTLED = "That case is settled: what was decided before explains it. This is the next one."


@router.get("/cases")
def cases(request: Request, pages: ThePages, filters: TheFilters, page: int = 1) -> Response:
    """The queue, worst first, with its filters."""
    store = pages.store
    names = matching(store, filters)
    last = max(1, -(-len(names) // PAGE))
    page = min(max(page, 1), last)
    shown = [store.findings[name] for name in names[(page - 1) * PAGE : page * PAGE]]
    return pages.page(
        request, "cases.html", store=store, filters=filters, found=len(names), findings=shown, page=page,
        last=last,
        counts=counts(store),
    )  # fmt: skip


@router.get("/next")
def next_case(request: Request, pages: ThePages, filters: TheFilters, after: str = "") -> Response:
    """On to the next undecided case; to the list where there is none."""
    return see(request, _address(next_undecided(pages.store, filters, after or None), filters))


@router.get("/case")
def case(request: Request, pages: ThePages, filters: TheFilters, id: str) -> Response:
    """One finding, to be decided."""
    return case_page(request, pages, filters, _finding(pages.glance(id), id))


def case_page(
    request: Request,
    pages: Pages,
    filters: Filters,
    finding: Finding,
    *,
    problem: str = "",
    status: int = 200,
) -> Response:
    """The page of one finding; `problem` says why the last step was not taken."""
    store = pages.glance()
    return pages.page(
        request, "case.html", status=status, problem=problem, store=store, filters=filters, finding=finding,
        view=case_view(store, finding), decision=store.decision_of(finding.id), stale=store.stale(finding.id),
        history=store.history(finding.id), evidence=store.evidence(finding.id),
        before=neighbour(store, filters, finding.id, -1), behind=neighbour(store, filters, finding.id, 1),
    )  # fmt: skip


@router.post("/decide")
def decide(request: Request, pages: ThePages, form: TheForm) -> Response:
    """Take a decision and go to the next undecided case; a case that has changed is shown again instead."""
    name, filters = form.get("finding", ""), filters_from(form)
    store = pages.glance()
    if name not in store.findings and form.get("evidence"):
        return _onward(request, pages, filters, name, SETTLED)
    finding = _finding(store, name)
    try:
        _refuse_changed_evidence(store, finding, form.get("evidence", ""))
        decision = _decision(store, finding, form, pages.who(request))
        pages.decide(decision, seen=form.get("seen") or None, check=True)
    except DecisionError as error:
        shown = _finding(pages.glance(finding.id), finding.id)
        return case_page(request, pages, filters, shown, problem=str(error), status=409)
    return _onward(request, pages, filters, finding.id)


@router.post("/undo")
def undo(request: Request, pages: ThePages, form: TheForm) -> Response:
    """Take back one entry of the log and go back to what it was about."""
    store, filters = pages.store, filters_from(form)
    entry = store.entry(form.get("entry"))
    if entry is None:
        raise HTTPException(404, "There is no such decision to undo.")
    pages.decide(Decision(action="undo", who=pages.who(request), undoes=entry.id, reason=reason_of(form)))
    if entry.finding is not None and entry.finding in pages.store.findings:
        return see(request, link("case", entry.finding, filters.query()))
    return see(request, link("record", entry.record) if entry.record in pages.store.records else "/documents")


def _onward(request: Request, pages: Pages, filters: Filters, done: str, problem: str = "") -> Response:
    """The next case: at once where a script asked (one round trip) or there is a `problem` to tell, by a redirect
    otherwise. It may stand in a document with many cases, where the last decision is still being worked out: should
    that settle it, a decision on it is no less true."""
    store = pages.glance()
    name = next_undecided(store, filters, done)
    if name is None or store.settles_soon(name):
        store = pages.store if name is None else pages.glance(name)
        name = next_undecided(store, filters, done)
    if name is None or (request.headers.get("hx-request") != "true" and not problem):
        return see(request, _address(name, filters))
    response = case_page(request, pages, filters, store.findings[name], problem=problem)
    response.headers["hx-push-url"] = _address(name, filters)
    return response


def _address(name: str | None, filters: Filters) -> str:
    return link("case", name, filters.query()) if name is not None else f"/cases{filters.query()}"


def _finding(store: Store, name: str) -> Finding:
    if name not in store.findings:
        raise HTTPException(404, "There is no such case in this run; it may have been settled by a new one.")
    return store.findings[name]


def _refuse_changed_evidence(store: Store, finding: Finding, shown: str) -> None:
    if shown and shown != store.evidence(finding.id):
        raise DecisionError(f"{finding.id}: its figures have changed since the case was shown; look at it again")


def _decision(store: Store, finding: Finding, form: dict[str, str], who: str) -> Decision:
    """The entry that a form asks for; raises DecisionError where it asks for something that can't be."""
    action = form.get("action", "")
    choice = form.get("choice", "")
    plain = Decision(action="skip", who=who, finding=finding.id, reason=reason_of(form))
    if choice.isdigit() or action == "accept":
        proposal = accepted(store.live.cases[finding.id], int(choice or 0))
        value, record = (proposal.obs_value, proposal.record) if proposal else (None, None)
        return msgspec.structs.replace(plain, action="accept", value=value, record=record)
    if action == "override":
        figure = form.get("record", "")
        if figure not in (*finding.figures, *finding.suspects):
            raise DecisionError("Choose the figure that the value belongs to")
        return msgspec.structs.replace(plain, action=action, value=typed_value(form.get("value", "")), record=figure)
    if action == "skip" or action in STATUS_AFTER:
        return msgspec.structs.replace(plain, action=action)
    raise DecisionError("Choose one of the decisions offered")
