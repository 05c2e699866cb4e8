"""The step across documents: figures of one series that several documents print, checked group by group.

DuckDB sorts the figures of all parts by group on disk; groups that only one document has, and groups whose
documents have not changed since they were last checked, are left alone. No group has to do with another, so
that workers check them side by side; memory holds a few thousand figures of them at a time (or one group).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from pipeline.errors import StoreError
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.model.rulings import NONE, Rulings
from pipeline.store.manifest import Manifest, Shared
from pipeline.store.pieces import Mapper, in_process
from pipeline.store.series import series_group
from pipeline.store.shelf import Shelf

_FIGURES = "read_parquet(getvariable('parts')) f JOIN documents d USING (key)"
_GROUPS = f"""
CREATE TABLE groups AS
SELECT series, md5(string_agg(DISTINCT key, ',' ORDER BY key)) AS digest
FROM {_FIGURES} GROUP BY series HAVING count(DISTINCT key) > 1
"""
_STALE = f"""
SELECT series, digest, d.id, f.record FROM {_FIGURES} JOIN groups USING (series)
WHERE (series, digest) NOT IN (SELECT (series, digest) FROM known)
ORDER BY series, d.id, f.place
"""
_MEMBERS = f"""
SELECT series, d.id, f.record FROM {_FIGURES} WHERE series IN (SELECT unnest(getvariable('wanted')))
ORDER BY series, d.id, f.place
"""
PIECE_FIGURES = 2000
_record = msgspec.json.Decoder(Record).decode
_records = msgspec.json.Decoder(tuple[Record, ...]).decode
_finding = msgspec.json.Decoder(Finding).decode


class Group(NamedTuple):
    """Figures that may speak of one another: the group's name, the digest of its documents, and the records
    of each document as JSON."""

    series: str
    digest: str
    documents: list[list[bytes]]


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
    import duckdb

    names = _part_names(manifest, parts)
    if not names:
        manifest.keep_groups({})
        return
    with duckdb.connect(config=_config(temporary)) as db:
        parts.show_to(db)
        _prepare(db, names, manifest)
        db.execute(_GROUPS)
        manifest.set_groups(chain.from_iterable(_mapped(mapper, _pieces(_stale_groups(db)))))
        manifest.keep_groups(dict(db.execute("SELECT series, digest FROM groups").fetchall()))


def _prepare(db: Any, names: list[str], manifest: Manifest) -> None:
    import pyarrow as pa

    documents = [(planned.key, planned.id) for planned, _ in manifest.results()]
    current = pa.table({"key": [key for key, _ in documents], "id": [id_ for _, id_ in documents]})
    known = manifest.groups()
    cached = pa.table({"series": pa.array(known, pa.string()), "digest": pa.array(known.values(), pa.string())})
    db.register("current_documents", current)
    db.register("cached_groups", cached)
    db.execute("CREATE TABLE documents AS FROM current_documents; CREATE TABLE known AS FROM cached_groups;")
    db.execute("SET VARIABLE parts = ?", [names])


def _part_names(manifest: Manifest, parts: Shelf) -> list[str]:
    return sorted(parts.place(f"{name.removesuffix('.results')}.parquet") for name in manifest.parts())


def _config(temporary: Path) -> dict[str, Any]:
    return {"memory_limit": "400MB", "temp_directory": str(temporary)}


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


def _stale_groups(db: Any) -> Iterator[Group]:
    rows = _rows(db.execute(_STALE))
    for (series, digest), group in groupby(rows, key=lambda row: (row[0], row[1])):
        by_document = groupby(group, key=lambda row: row[2])
        yield Group(series, digest, [[row[3] for row in members] for _, members in by_document])


def _rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while page := cursor.fetchmany(5000):
        yield from page


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
    import duckdb

    found: dict[str, dict[str, list[Record]]] = defaultdict(dict)
    names = _part_names(manifest, parts)
    if names:
        with duckdb.connect(config=_config(temporary)) as db:
            parts.show_to(db)
            _prepare(db, names, manifest)
            db.execute("SET VARIABLE wanted = ?", [sorted(series)])
            for name, document, record in _rows(db.execute(_MEMBERS)):
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
