"""The step across documents: figures of one series that several documents print, checked group by group.

Groups that only one document has, and groups whose documents have not changed since they were last checked, are
left alone. No group has to do with another, so that workers check them side by side, some thousand figures (or one
group) at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.errors import StoreError
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.model.rulings import NONE, Rulings
from pipeline.store.grouping import Group, grouping
from pipeline.store.manifest import Manifest, Shared
from pipeline.store.pieces import Mapper, in_process
from pipeline.store.series import series_group
from pipeline.store.shelf import Shelf

PIECE_FIGURES = 2000
_record = msgspec.json.Decoder(Record).decode
_records = msgspec.json.Decoder(tuple[Record, ...]).decode
_finding = msgspec.json.Decoder(Finding).decode


class Checked(NamedTuple):
    """What the check of a group found."""

    series: str
    digest: str
    found: list[Shared]


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups for one worker to check."""

    groups: tuple[Group, ...]

    def done(self) -> list[Checked]:
        """What was found in each."""
        return [Checked(group.series, group.digest, _found(group)) for group in self.groups]

    def singles(self) -> list[Groups]:
        """Every group for itself."""
        return [Groups((group,)) for group in self.groups]

    def given_up(self) -> list[Checked]:
        """Raises StoreError: findings can't be left out in silence."""
        raise StoreError(
            f"the check between documents of {len(self.groups[0].documents)} documents that speak of one series"
            " brings the worker process down; run again with more memory or fewer workers"
        )


def check_across(manifest: Manifest, parts: Shelf, mapper: Mapper, temporary: Path) -> None:
    """Brings the findings between documents up to date in the manifest; `mapper` does the checks, `temporary`
    takes what does not fit into memory."""
    with grouping(manifest, parts, temporary) as figures:
        if figures is None:
            manifest.keep_groups(())
            return
        manifest.set_groups(chain.from_iterable(_mapped(mapper, _pieces(figures.stale()))))
        manifest.keep_groups(figures.current())


def _mapped(mapper: Mapper, pieces: Iterator[Groups]) -> Iterator[list[Checked]]:
    """A single piece isn't worth a process."""
    first = list(islice(pieces, 2))
    return in_process(iter(first)) if len(first) < 2 else mapper(chain(first, pieces))


def _pieces(groups: Iterator[Group]) -> Iterator[Groups]:
    piece: list[Group] = []
    figures = 0
    for group in groups:
        piece.append(group)
        figures += sum(map(len, group.documents))
        if figures >= PIECE_FIGURES:
            yield Groups(tuple(piece))
            piece, figures = [], 0
    if piece:
        yield Groups(tuple(piece))


def _found(group: Group) -> list[Shared]:
    documents = [tuple(map(_record, records)) for records in group.documents]
    records = {record.id: record for of_one in documents for record in of_one}
    by_document = {of_one[0].document: of_one for of_one in documents}
    return [_shared(finding, records) for finding in compared(by_document)]


def checked_anew(
    manifest: Manifest,
    parts: Shelf,
    temporary: Path,
    series: Collection[str],
    figures: Mapping[str, Sequence[Record]],
    rulings: Rulings,
) -> Iterator[Finding]:
    """The findings of the groups `series` where documents say what decisions have made of them.

    `figures` are the figures of those documents (id -> all of them, in order) in place of what the run kept;
    `temporary` takes what does not fit into memory.
    """
    if not series:
        return
    members = _members(manifest, parts, temporary, series)
    for document, records in figures.items():
        for group in members.values():
            group.pop(document, None)
        for record in records:
            if (name := series_group(record)) in series:
                members[name].setdefault(document, []).append(record)
    for name in sorted(members):
        yield from compared(members[name], rulings)


def _members(
    manifest: Manifest, parts: Shelf, temporary: Path, series: Collection[str]
) -> dict[str, dict[str, list[Record]]]:
    found: dict[str, dict[str, list[Record]]] = defaultdict(dict)
    with grouping(manifest, parts, temporary) as figures:
        for name, document, record in figures.members(series) if figures else ():
            found[name].setdefault(document, []).append(_record(record))
    return found


def compared(by_document: Mapping[str, Sequence[Record]], rulings: Rulings = NONE) -> tuple[Finding, ...]:
    """The findings of one group: its figures by document. A group of one document has none."""
    from pipeline.reconcile import reconcile_across

    if len(by_document) < 2:
        return ()
    return reconcile_across([by_document[name] for name in sorted(by_document)], rulings)


def _shared(finding: Finding, records: dict[str, Record]) -> Shared:
    spoken_of = [records[name] for name in dict.fromkeys(finding.figures) if name in records]
    return Shared(finding.id, finding.documents, msgspec.json.encode(finding), msgspec.json.encode(spoken_of))


def shared_findings(manifest: Manifest, document: str) -> tuple[list[Finding], dict[str, Record]]:
    """Findings between a document and others, by id, and the records (id -> record) that they speak of."""
    rows = manifest.shared_with(document)
    spoken_of = {record.id: record for _, records in rows for record in _records(records)}
    return [_finding(finding) for finding, _ in rows], spoken_of


def shared_ids(manifest: Manifest, series: Collection[str]) -> set[str]:
    """Ids of the kept findings between documents that belong to one of the groups."""
    return {name for name, group in manifest.shared_groups() if group in series} if series else set()


def all_shared(manifest: Manifest) -> Iterator[Finding]:
    """Every finding between documents, by documents and id."""
    return map(_finding, manifest.shared())
