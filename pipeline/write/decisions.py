"""The decision log `decisions.jsonl`: append-only, one entry a line, shared by every reviewer of an output
folder.

An entry is on the disk (fsync) before `append` returns. Two processes may append at once: the log is locked
(flock)
while the last entries are read and the new one is written, so that the second of two reviewers is told that
the case
has changed. Nothing is ever rewritten; an undo is another entry.

Not supported: logs on file systems without flock, entries edited by hand while a reviewer works.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from pipeline.errors import DecisionError, StoreError
from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record

LOG_NAME = "decisions.jsonl"

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Decision)


class Log:
    """The log of one output folder, kept in memory and topped up from the file; `entries` is in the order
    decided.
    """

    def __init__(self, out: Path) -> None:
        self.path = out / LOG_NAME
        self.entries: list[Decision] = []
        self._read = 0
        self._current: dict[str, Decision] = {}
        self._undone: set[str] = set()

    def refresh(self) -> list[Decision]:
        """Read what was appended since the last look, by whomever; returns the new entries.

        Raises StoreError naming the line for an entry that is no decision. A last line without its line
        break is
        what a power cut leaves of an append that nobody was told of: it is ignored.
        """
        if not self.path.exists():
            return []
        with self.path.open("rb") as stream:
            return self._read_from(stream)

    def current(self) -> dict[str, Decision]:
        """The decision in force for every decided finding (see the function `current`)."""
        return self._current

    def append(self, decision: Decision, *, seen: str | None = None, check: bool = False) -> Decision:
        """Append and return the entry with its `id` and `when`; it is on the disk when this returns.

        With `check`, `seen` is the id of the decision in force when the case was shown (None: it was open):
        raises
        DecisionError when another has been taken since. An undo of an entry that is no longer in force is
        refused.
        """
        with self._locked() as stream:
            self._read_from(stream)
            self._refuse_changed(decision, seen, check)
            entry = self._stamped(decision)
            stream.seek(0, os.SEEK_END)
            stream.write(self._torn_line_end(stream) + _ENCODER.encode(entry) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
            self._read_from(stream)
        return entry

    def _refuse_changed(self, decision: Decision, seen: str | None, check: bool) -> None:
        if decision.action == "undo":
            self._refuse_stale_undo(decision)
        if check and decision.finding is not None:
            standing = self._current.get(decision.finding)
            if (standing.id if standing else None) != seen:
                raise DecisionError(_changed(decision.finding, standing))

    def _refuse_stale_undo(self, decision: Decision) -> None:
        target = next((e for e in reversed(self.entries) if e.id == decision.undoes), None)
        if target is None or target.action == "undo":
            raise DecisionError(f"{decision.undoes}: no such decision to undo")
        if target.id in self._undone:
            raise DecisionError(f"{target.id}: undone already")
        standing = self._current.get(target.finding or "")
        if standing is not None and standing.id != target.id:
            raise DecisionError(_changed(target.finding or "", standing))

    def _stamped(self, decision: Decision) -> Decision:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return msgspec.structs.replace(decision, id=f"D{len(self.entries) + 1}", when=decision.when or now)

    def _read_from(self, stream: BinaryIO) -> list[Decision]:
        stream.seek(self._read)
        chunk = stream.read()
        whole = chunk[: chunk.rfind(b"\n") + 1]
        new = [entry for line in whole.splitlines() if line.strip() and (entry := self._decoded(line))]
        self._read += len(whole)
        for entry in new:
            self._take(entry)
        return new

    def _take(self, entry: Decision) -> None:
        self.entries.append(entry)
        if entry.action == "undo":
            self._undone.add(entry.undoes or "")
            self._current = current(self.entries)
        elif entry.finding is not None:
            self._current[entry.finding] = entry

    def _decoded(self, line: bytes) -> Decision | None:
        try:
            return _DECODER.decode(line)
        except msgspec.DecodeError as error:
            if "truncated" in str(error):  # a torn append that a later one closed with its line break
                return None
            number = len(self.entries) + 1
            raise StoreError(
                f"{self.path}: entry {number} is no decision ({error}); mend or remove the line"
            ) from error

    def _torn_line_end(self, stream: BinaryIO) -> bytes:
        """A line break to close a torn last line with, so that it doesn't swallow the entry that follows."""
        return b"\n" if stream.tell() > self._read else b""

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        try:
            with self.path.open("a+b") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX)
                yield stream
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written ({error.strerror}); no decision was taken") from error


def _changed(finding: str, standing: Decision | None) -> str:
    if standing is None:
        return f"{finding}: the case was reopened since it was shown; look at it again"
    return f"{finding}: {standing.who} decided '{standing.action}' since the case was shown; look at it again"


def load(out: Path) -> list[Decision]:
    """Every entry of the log of the output folder `out`, oldest first; [] where nobody has decided
    anything.
    """
    log = Log(out)
    log.refresh()
    return log.entries


def append(out: Path, decision: Decision) -> Decision:
    """Append one entry to the log of `out`; returns it with `id` and `when`. Raises DecisionError for a
    stale undo.
    """
    return Log(out).append(decision)


def live(decisions: Iterable[Decision]) -> list[Decision]:
    """The entries that nobody has undone, without the undos themselves, oldest first."""
    entries = list(decisions)
    undone = {entry.undoes for entry in entries if entry.action == "undo"}
    return [entry for entry in entries if entry.action != "undo" and entry.id not in undone]


def current(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The last live entry of every finding (finding id -> Decision); an undo brings back the one before."""
    return {entry.finding: entry for entry in live(decisions) if entry.finding is not None}


def evidence_hash(finding: Finding, records: Mapping[str, Record]) -> str:
    """The content hash of a case: its rule and what each of its figures says (`records`: id -> Record,
    undecided).

    Confidence, check status, wording of the equation and proposals don't count: a case comes back when its
    figures
    change, not when the program explains it better.
    """
    figures = [_content(records[figure]) if figure in records else [figure] for figure in sorted(finding.figures)]
    return _digest([finding.rule, *figures])


def record_hash(record: Record) -> str:
    """The content hash of a figure that a reviewer corrected or struck out: where it stands and what it
    says.
    """
    return _digest([_content(record)])


def _content(record: Record) -> Sequence[object]:
    series = (record.flow, record.indicator, record.commodity, record.ref_area, record.counterpart_area)
    printed = record.obs_value if record.published_value is None else record.published_value
    return [
        record.document,
        record.quote,
        record.sentence,
        printed,
        record.unit_measure,
        record.time_period,
        *series,
    ]


def _digest(content: Sequence[object]) -> str:
    return hashlib.sha256(_ENCODER.encode(content)).hexdigest()[:16]
