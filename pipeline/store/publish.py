"""From results to the visible folder: every file written beside, then moved into place; the last one is
`run.json`."""

from __future__ import annotations

import hashlib
import shutil
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Any

import msgspec

from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.store import layout
from pipeline.store.atomic import move, replacing, writing
from pipeline.store.layout import Folder
from pipeline.store.manifest import Manifest, Planned
from pipeline.store.parts import read_result
from pipeline.store.result import DocumentResult, DocumentRow
from pipeline.store.settled import Settling
from pipeline.store.shelf import Shelf
from pipeline.write import decisions as decision_log
from pipeline.write.machine import Block, add_machine, keep_machine

LINES = (layout.RECORDS, layout.FINDINGS, layout.TABLES, layout.DOCUMENTS, layout.FAILURES)
_WORST = 8
_ANNOUNCED = 100
_finding_head = msgspec.json.Decoder(dict[str, Any]).decode
_RANK = {"error": 0, "warning": 1, "info": 2}


class Summary(msgspec.Struct, kw_only=True):
    """The closing table of a run: counts, and the worst open findings first."""

    documents: int = 0
    figures: int = 0
    confirmed: int = 0
    conflicting: int = 0
    repaired: int = 0
    unchecked: int = 0
    failed: int = 0
    findings: dict[str, int] = msgspec.field(default_factory=dict)
    worst: list[Finding] = msgspec.field(default_factory=list)

    def add(self, records: Iterable[Record]) -> None:
        """Counts the records of a document."""
        checks = Counter(record.check for record in records)
        self.figures += checks.total()
        self.confirmed += checks["confirmed"]
        self.conflicting += checks["conflicting"]
        self.repaired += checks["repaired"]
        self.unchecked += checks["unchecked"]

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Counts findings and keeps the worst open ones."""
        for finding in findings:
            self.findings[finding.severity] = self.findings.get(finding.severity, 0) + 1
            if finding.status == "open" and finding.severity != "info":
                insort(self.worst, finding, key=lambda f: (_RANK[f.severity], f.ambiguous, f.id))
                del self.worst[_WORST:]


class Publisher:
    """Writes the visible files of a run. Raises StoreError where the folder can't take them."""

    def __init__(self, folder: Folder, parts: Shelf, manifest: Manifest) -> None:
        self.folder = folder
        self.parts = parts
        self.manifest = manifest
        self.summary = Summary()
        self.new_errors: list[Finding] = []
        self._known = known_errors(folder.path / layout.FINDINGS)
        self._encode = msgspec.json.Encoder().encode

    def publish(self) -> Summary:
        """Everything but `run.json`, from the manifest and the decisions; returns the closing table."""
        shutil.rmtree(self.folder.staging, ignore_errors=True)
        with writing(self.folder.staging):
            self.folder.staging.mkdir(parents=True)
            own = self._write_lines()
        self._write_database()
        # Before the public files change, so that a reviewer can take back what they decided at any moment.
        add_machine(self.folder.path, own)
        for name in (*LINES, layout.DATABASE):
            move(self.folder.staging / name, self.folder.path / name)
        keep_machine(self.folder.path, own)
        self._drop_old_texts()
        return self.summary

    def _write_lines(self) -> list[Block]:
        """Writes the lines of all files; returns the machine's own version of what decisions changed."""
        settling = Settling(self.manifest, self.parts, self.folder.staging, decision_log.load(self.folder.path))
        with ExitStack() as stack:
            files = {name: stack.enter_context((self.folder.staging / name).open("wb")) for name in LINES}
            for planned, entry in self.manifest.results():
                self._write_document(files, settling, planned, read_result(self.parts, entry))
            for finding in settling.findings_across():
                self._write_all(files[layout.FINDINGS], [finding])
                self._count_findings([finding])
        return settling.own

    def _write_document(
        self, files: Mapping[str, IO[bytes]], settling: Settling, planned: Planned, result: DocumentResult
    ) -> None:
        self.summary.documents += 1
        if result.failure is not None:
            self.summary.failed += 1
            self._write_all(files[layout.FAILURES], [msgspec.structs.replace(result.failure, path=place(planned))])
            return
        block = settling.settle(planned.id, result)
        records, findings = block.records, block.findings
        self._write_all(files[layout.RECORDS], records)
        self._write_all(files[layout.FINDINGS], findings)
        self._write_all(files[layout.TABLES], result.tables)
        self._write_all(files[layout.DOCUMENTS], document_row(planned, result, records, findings))
        self.summary.add(records)
        self._count_findings(findings)
        if result.text is not None:
            self._write_text(planned.id, result.text)

    def _count_findings(self, findings: Sequence[Finding]) -> None:
        self.summary.add_findings(findings)
        new = (f for f in findings if f.severity == "error" and f.status == "open" and f.id not in self._known)
        self.new_errors.extend(islice(new, _ANNOUNCED - len(self.new_errors)))

    def _write_all(self, file: IO[bytes], things: Iterable[object]) -> None:
        for thing in things:
            file.write(self._encode(thing))
            file.write(b"\n")

    def _write_text(self, document: str, text: str) -> None:
        path = self.folder.text(document)
        data = text.encode("utf-8")
        if not path.exists() or path.read_bytes() != data:
            with replacing(path, durable=False) as file:
                file.write(data)

    def _write_database(self) -> None:
        from pipeline.write.duckdb import write_database

        target = self.folder.staging / layout.DATABASE
        write_database(target, self.folder.staging, self.folder.path)

    def _drop_old_texts(self) -> None:
        root = self.folder.path / layout.TEXT
        if not root.exists():
            return
        wanted = {self.folder.text(planned.id) for planned, _ in self.manifest.results()}
        for path in sorted(root.rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in wanted:
                path.unlink()


def document_row(
    planned: Planned, result: DocumentResult, records: Sequence[Record], findings: Sequence[Finding]
) -> Iterator[DocumentRow]:
    """The document's line with its path in this run, and counts as published."""
    if result.row is not None:
        checks = dict(sorted(Counter(record.check for record in records).items()))
        yield msgspec.structs.replace(
            result.row, path=planned.path, figures=len(records), findings=len(findings), checks=checks
        )


def known_errors(path: Path) -> frozenset[str]:
    """Ids of the `error` findings that a folder holds already."""
    if not path.exists():
        return frozenset()
    with path.open("rb") as file:
        return frozenset(json["id"] for json in map(_finding_head, file) if json["severity"] == "error")


def place(planned: Planned) -> str:
    """The input as a user finds it: the path, for a stream with the line."""
    return f"{planned.path}:{planned.line}" if planned.line else planned.path


def state_of(folder: Folder, manifest: Manifest) -> str:
    """A digest of everything that the visible folder is made of: equal digests, equal folders."""
    digest = hashlib.sha256(publishing_program().encode())
    for planned, entry in manifest.results():
        digest.update(
            f"{planned.path}\0{planned.line}\0{planned.id}\0{planned.key}\0{entry.part}\0".encode(errors="replace")
        )
    for series, group in manifest.groups():
        digest.update(f"{series}{group}".encode())
    if folder.decisions.exists():
        digest.update(folder.decisions.read_bytes())
    return digest.hexdigest()


def publishing_program() -> str:
    """SHA-256 over the code that turns results into files."""
    root = Path(__file__).parents[1]
    paths = sorted([*(root / "store").glob("*.py"), *(root / "write").glob("*.py")])
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def is_whole(folder: Folder) -> bool:
    """Whether every visible file is there."""
    return all((folder.path / name).exists() for name in (*LINES, layout.DATABASE, layout.RUN))
