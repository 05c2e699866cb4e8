"""Which decisions are in force, by finding and by document; kept up entry by entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.store.again import documents_of
from pipeline.write.decided import stands


class Docket:
    """`standing`: finding id -> the decision in force. `records` and `findings` (by id) are the machine's own; the
    latter are the cases of entries that came without."""

    def __init__(self, records: Mapping[str, Record], findings: Mapping[str, Finding]) -> None:
        self.standing: dict[str, Decision] = {}
        self._records, self._findings = records, dict(findings)
        self._known: dict[str, Decision] = {}
        self._of_document: dict[str, list[Decision]] = defaultdict(list)
        self._of_finding: dict[str, list[Decision]] = defaultdict(list)
        self._wide: list[Decision] = []
        self._sound: dict[str, bool] = {}

    def take(self, entries: Iterable[Decision]) -> dict[str, None]:
        """Takes in new entries of the log, in order; returns the documents that they speak of."""
        touched: dict[str, None] = {}
        for entry in entries:
            target = self._undone(entry) if entry.action == "undo" else self._added(entry)
            if target is not None:
                touched.update(dict.fromkeys(documents_of(target)))
                self._stand(target.finding)
        return touched

    def _added(self, entry: Decision) -> Decision:
        known = self._known[entry.id] = self._placed(entry)
        for listed in self._lists(known):
            listed.append(known)
        return known

    def _undone(self, entry: Decision) -> Decision | None:
        known = self._known.pop(entry.undoes or "", None)
        if known is not None:
            for listed in self._lists(known):
                listed.remove(known)
        return known

    def _lists(self, entry: Decision) -> list[list[Decision]]:
        lists = [self._of_document[document] for document in documents_of(entry)]
        if entry.finding is not None:
            lists.append(self._of_finding[entry.finding])
        if entry.action == "strike" or len(documents_of(entry)) > 1:
            lists.append(self._wide)
        return lists

    def _placed(self, entry: Decision) -> Decision:
        """The entry with its case, or its document."""
        if documents_of(entry):
            return entry
        record = self._records.get(entry.record or "")
        case = self._findings.get(entry.finding or "")
        return msgspec.structs.replace(entry, case=case, document=record.document if record is not None else None)

    def _stand(self, finding: str | None) -> None:
        if finding is None:
            return
        last = self.last(finding)
        self.standing.pop(finding, None)
        if last is not None and self._is_sound(last):
            self.standing[finding] = last

    def last(self, finding: str) -> Decision | None:
        """The last entry about a finding that nobody has undone, whether or not its evidence still holds."""
        entries = self._of_finding.get(finding)
        return entries[-1] if entries else None

    def _is_sound(self, entry: Decision) -> bool:
        if entry.id not in self._sound:
            self._sound[entry.id] = stands(entry, self._records, {entry.finding or "": entry})
        return self._sound[entry.id]

    def of(self, *documents: str) -> tuple[Decision, ...]:
        """The decisions in force on any of the documents, in the order of the log."""
        found = {entry.id: entry for name in documents for entry in self._of_document.get(name, ())}
        return self._in_force(found.values())

    def across(self) -> tuple[Decision, ...]:
        """The decisions in force that may touch findings between documents."""
        return self._in_force(self._wide)

    def corrections(self) -> tuple[Decision, ...]:
        """The decisions in force that correct, strike out or add figures."""
        return self._in_force(entry for entry in self._known.values() if entry.finding is None)

    def _in_force(self, entries: Iterable[Decision]) -> tuple[Decision, ...]:
        standing = [e for e in entries if (self._is_sound(e) if e.finding is None else self._stands(e))]
        return tuple(sorted(standing, key=lambda entry: int(entry.id[1:])))

    def _stands(self, entry: Decision) -> bool:
        now = self.standing.get(entry.finding or "")
        return now is not None and now.id == entry.id
