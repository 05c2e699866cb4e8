"""The queue of cases: filters, counts, progress, and which case comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from pipeline.review.store import Store

PAGE = 50
"""Cases on one page of the list."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reviewer wants to see; an empty string is no filter. `status` is `undecided`, `decided`,
    `skipped` or `all`.
    """

    rule: str = ""
    severity: str = ""
    document: str = ""
    status: str = "undecided"

    def query(self, **more: str | int) -> str:
        """The filters as a query string with its `?`, or an empty string; `more` adds to it."""
        fields = {k: v for k, v in {**asdict(self), **more}.items() if v and (k, v) != ("status", "undecided")}
        return "?" + urlencode(fields) if fields else ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the whole queue has come. `percent` is whole; a skipped case is not reviewed."""

    reviewed: int
    skipped: int
    total: int

    @property
    def percent(self) -> int:
        return self.reviewed * 100 // self.total if self.total else 100


def progress(store: Store) -> Progress:
    """Counts over every case of the run, whatever is filtered."""
    skipped = sum(d.action == "skip" for f, d in store.standing.items() if f in store.findings)
    decided = sum(f in store.findings for f in store.standing)
    return Progress(decided - skipped, skipped, len(store.findings))


def matching(store: Store, filters: Filters) -> list[str]:
    """The ids of the cases that pass the filters, worst first."""
    return [name for name in store.order if name in store.findings and _passes(store, name, filters)]


def _passes(store: Store, name: str, filters: Filters) -> bool:
    finding = store.findings[name]
    return (
        (not filters.rule or finding.rule == filters.rule)
        and (not filters.severity or finding.severity == filters.severity)
        and (not filters.document or filters.document in finding.documents)
        and _has_status(store, name, filters.status)
    )


def _has_status(store: Store, name: str, status: str) -> bool:
    if status == "undecided":
        return not store.reviewed(name)
    if status == "decided":
        return store.reviewed(name)
    decision = store.decision_of(name)
    return status != "skipped" or (decision is not None and decision.action == "skip")


def neighbour(store: Store, filters: Filters, name: str, step: int) -> str | None:
    """The case after (`step` 1) or before (-1) `name` in the filtered queue; None at the end."""
    here = store.place.get(name, -1)
    places = range(here + 1, len(store.order)) if step > 0 else range(here - 1, -1, -1)
    cases = (store.order[place] for place in places)
    return next((c for c in cases if c in store.findings and _passes(store, c, filters)), None)


def next_undecided(store: Store, filters: Filters, after: str | None = None) -> str | None:
    """The next case to decide: behind `after`, then from the top, and skipped ones last; None when all are
    done.
    """
    here = store.place.get(after or "", -1)
    behind, before = range(here + 1, len(store.order)), range(here + 1)
    around = (store.order[place] for places in (behind, before) for place in places)
    open_only = Filters(filters.rule, filters.severity, filters.document, "undecided")
    skipped = None
    for name in around:
        if name in store.findings and _passes(store, name, open_only):
            if store.decision_of(name) is None:
                return name
            skipped = skipped or name
    return skipped


def counts(store: Store) -> dict[str, Counter[str]]:
    """How many undecided cases there are by rule, severity and document, for the filters."""
    tally: dict[str, Counter[str]] = {"rule": Counter(), "severity": Counter(), "document": Counter()}
    for finding in store.findings.values():
        if not store.reviewed(finding.id):
            tally["rule"][finding.rule] += 1
            tally["severity"][finding.severity] += 1
            tally["document"].update(dict.fromkeys(finding.documents, 1))
    return tally
