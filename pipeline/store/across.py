"""The step across documents: figures of one series that several documents print, checked group by group.

DuckDB sorts the figures of all parts by group on disk; groups that only one document has, and groups whose
documents have not changed since they were last checked, are left alone. Memory holds one group at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.store.manifest import Manifest

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
_record = msgspec.json.Decoder(Record).decode
_records = msgspec.json.Decoder(tuple[Record, ...]).decode
_findings = msgspec.json.Decoder(tuple[Finding, ...]).decode


class Across(msgspec.Struct, frozen=True):
    """Findings between documents, sorted by documents and id, and the records (by id) that they speak of."""

    findings: tuple[Finding, ...]
    records: dict[str, Record]


def check_across(manifest: Manifest, parts: Path) -> None:
    """Brings the findings between documents up to date in the manifest."""
    import duckdb

    names = sorted(f"{parts}/{name.removesuffix('.results')}.parquet" for name in manifest.parts())
    if not names:
        manifest.keep_groups({})
        return
    with duckdb.connect(
        config={"memory_limit": "400MB", "temp_directory": str(parts.parent / "staging")}
    ) as db:
        _prepare(db, names, manifest)
        checked = ((series, digest, *_checked(group)) for series, digest, group in _stale_groups(db))
        manifest.set_groups(checked)
        manifest.keep_groups(dict(db.execute("SELECT series, digest FROM groups").fetchall()))


def _prepare(db: Any, names: list[str], manifest: Manifest) -> None:
    import pyarrow as pa

    documents = [(planned.key, planned.id) for planned, _ in manifest.results()]
    current = pa.table({"key": [key for key, _ in documents], "id": [id_ for _, id_ in documents]})
    known = manifest.groups()
    cached = pa.table(
        {"series": pa.array(known, pa.string()), "digest": pa.array(known.values(), pa.string())}
    )
    db.register("current_documents", current)
    db.register("cached_groups", cached)
    db.execute("CREATE TABLE documents AS FROM current_documents; CREATE TABLE known AS FROM cached_groups;")
    db.execute("SET VARIABLE parts = ?", [names])
    db.execute(_GROUPS)


def _stale_groups(db: Any) -> Iterator[tuple[str, str, dict[str, tuple[Record, ...]]]]:
    rows = _rows(db.execute(_STALE))
    for (series, digest), group in groupby(rows, key=lambda row: (row[0], row[1])):
        by_document: dict[str, tuple[Record, ...]] = {}
        for document, members in groupby(group, key=lambda row: row[2]):
            by_document[document] = tuple(_record(member[3]) for member in members)
        yield series, digest, by_document


def _rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while page := cursor.fetchmany(5000):
        yield from page


def _checked(by_document: dict[str, tuple[Record, ...]]) -> tuple[bytes, bytes]:
    from pipeline.reconcile import reconcile_across

    findings = sorted(reconcile_across(by_document), key=lambda finding: finding.id)
    named = {figure for finding in findings for figure in finding.figures}
    spoken_of = [record for records in by_document.values() for record in records if record.id in named]
    return msgspec.json.encode(findings), msgspec.json.encode(spoken_of)


def found_across(rows: Iterable[tuple[bytes, bytes]]) -> Across:
    """What the manifest keeps of the last check, put together."""
    findings: dict[str, Finding] = {}
    records: dict[str, Record] = {}
    for kept_findings, kept_records in rows:
        findings.update((finding.id, finding) for finding in _findings(kept_findings))
        records.update((record.id, record) for record in _records(kept_records))
    return Across(tuple(sorted(findings.values(), key=lambda f: (f.documents, f.id))), records)
