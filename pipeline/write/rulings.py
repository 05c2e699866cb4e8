"""What decisions in force mean to the arithmetic of a document: which values it starts from, and what it may doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model.decision import Decision
from pipeline.model.record import Record
from pipeline.model.rulings import Rulings
from pipeline.write.corrected import added_record
from pipeline.write.decided import entries_by_record, with_own_entry


def rulings_of(standing: Sequence[Decision]) -> Rulings:
    """What a reviewer has settled: of two entries on one figure the later one counts.

    A value that was accepted, typed, corrected or added is fixed, and so are the suspects of a rejected case, as
    printed; the suspects of a wrong claim are excluded; the suspects of a case that is not comparable are apart from
    its other figures.
    """
    fixed: dict[str, bool] = {}
    apart: set[frozenset[str]] = set()
    for entry in standing:
        suspects = entry.case.suspects if entry.case is not None else ()
        if entry.action in ("edit", "add") or (entry.action in ("accept", "override") and entry.record):
            fixed[entry.record or ""] = True
        elif entry.action in ("accept", "reject", "claim_wrong"):
            fixed.update(dict.fromkeys(suspects, entry.action != "claim_wrong"))
        elif entry.action == "not_comparable" and entry.case is not None:
            apart.update(frozenset((s, f)) for s in suspects for f in entry.case.figures if s != f)
    return Rulings(
        frozenset(name for name, right in fixed.items() if right),
        frozenset(name for name, right in fixed.items() if not right),
        frozenset(apart),
    )


def ruled_records(
    printed: Sequence[Record], repaired: Mapping[str, Record], standing: Sequence[Decision]
) -> list[Record]:
    """The records that the arithmetic starts from, in the order of the text: as `printed`, or as decided.

    `repaired` are those that the program has mended (id -> Record): they count so where a reviewer has let the
    repair stand. Struck records are left out, added ones are put in.
    """
    entries = entries_by_record(standing)
    struck = {entry.record for entry in standing if entry.action == "strike"}
    added = [added_record(entry) for entry in standing if entry.action == "add"]
    ruled = [
        _ruled(repaired.get(record.id, record) if _let_stand(record, entries) else record, entries)
        for record in [*printed, *added]
        if record.id not in struck
    ]
    return sorted(ruled, key=lambda record: record.char_start)


def _let_stand(record: Record, entries: Mapping[str, Sequence[Decision]]) -> bool:
    """Whether the last word on the figure is an accepted repair."""
    last = next((e for e in reversed(entries.get(record.id, ())) if e.action != "skip"), None)
    return last is not None and last.action == "accept" and last.value is None


def _ruled(record: Record, entries: Mapping[str, Sequence[Decision]]) -> Record:
    for entry in entries.get(record.id, ()):
        record = with_own_entry(record, entry)
    return record
