"""The findings between documents of a run in memory: those of the run, and those that decisions make anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.model.rulings import NONE, Rulings
from pipeline.store.across import compared
from pipeline.store.series import series_group
from pipeline.write.machine import Block
from pipeline.write.rulings import rulings_of


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of a group of series by document (None: nothing is to be compared), and what is settled of them."""

    series: str
    members: Mapping[str, Sequence[Record]] | None
    rulings: Rulings

    def found(self) -> tuple[Finding, ...] | None:
        """The findings of the group."""
        return compared(self.members, self.rulings) if self.members is not None else None


class Between:
    """Findings between documents before any decision on them, by group of series.

    `base` are the machine's own blocks of the run; groups are worked out when they are first needed.
    """

    def __init__(self, base: Mapping[str | None, Block]) -> None:
        self._base, self._findings = base, base[None].findings
        self._members: dict[str, dict[str, list[Record]]] = {}
        self._group_of: dict[str, str] = {}
        self._own_in: dict[str, list[Finding]] = defaultdict(list)
        self._own_of = _by_document(self._findings)
        self._anew: dict[str, tuple[Finding, ...]] = {}
        self._anew_of: dict[str, list[Finding]] = {}

    def index(self) -> None:
        """Groups the figures of the run, once; takes seconds for a very large one."""
        if self._members:
            return
        members: dict[str, dict[str, list[Record]]] = defaultdict(dict)
        group_of: dict[str, str] = {}
        for block in self._base.values():
            for record in block.records:
                group_of[record.id] = group = series_group(record)
                members[group].setdefault(record.document, []).append(record)
        self._members, self._group_of = dict(members), group_of
        for finding in sorted(self._findings, key=lambda finding: finding.id):
            self._own_in[self._group(finding)].append(finding)

    def group(
        self, series: str, changed: Mapping[str, Sequence[Record]], standing: Callable[..., tuple[Decision, ...]]
    ) -> Group:
        """The group `series` as it is to be compared anew: `changed` are the figures of those documents that decisions
        have changed in it (none: it is again as the run left it), `standing` gives the decisions in force on
        documents."""
        self.index()
        if not changed:
            return Group(series, None, NONE)
        members = {d: r for d, r in {**self._members.get(series, {}), **changed}.items() if r}
        return Group(series, members, rulings_of(standing(*members)))

    def put(self, series: str, findings: tuple[Finding, ...] | None) -> set[str]:
        """Takes in what the comparison of a group has found (None: what the run had found); returns the documents whose
        findings have changed."""
        before = self._undecided(series)
        self._anew.pop(series, None)
        if findings is not None:
            self._anew[series] = findings
        after = self._undecided(series)
        if before == after:
            return set()
        self._anew_of = _by_document(f for found in self._anew.values() for f in found)
        return {document for finding in (*before, *after) for document in finding.documents}

    def _undecided(self, series: str) -> tuple[Finding, ...]:
        return self._anew[series] if series in self._anew else tuple(self._own_in.get(series, ()))

    def _group(self, finding: Finding) -> str:
        return self._group_of.get(finding.figures[0], "")

    def of(self, document: str) -> list[Finding]:
        """The findings between a document and others, by id."""
        own = [f for f in self._own_of.get(document, ()) if not self._anew or self._group(f) not in self._anew]
        return sorted([*own, *self._anew_of.get(document, ())], key=lambda finding: finding.id)

    def as_run(self, document: str) -> bool:
        """Whether the document's findings with others are those of the run."""
        own = self._own_of.get(document, ())
        return document not in self._anew_of and all(self._group(finding) not in self._anew for finding in own)

    @property
    def changed(self) -> bool:
        """Whether decisions have made any group anew."""
        return bool(self._anew)

    def all(self) -> list[Finding]:
        """All of them."""
        own = [f for f in self._findings if not self._anew or self._group(f) not in self._anew]
        return [*own, *(finding for found in self._anew.values() for finding in found)]


def _by_document(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for document in finding.documents:
            found[document].append(finding)
    return dict(found)
