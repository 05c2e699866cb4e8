"""The machine's own output, before any decision, so that decisions can be taken back.

The public `records.jsonl` and `findings.jsonl` hold what was decided; `.work/machine/own.jsonl` holds the machine's own
version of just those documents that decisions changed, whole. Whoever publishes (a run, a reviewer) keeps both in
step: `add_machine` before the public files change, `keep_machine` after; a process killed in between loses nothing.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.errors import StoreError
from pipeline.model.finding import Finding
from pipeline.model.record import Record

RECORDS, FINDINGS = "records.jsonl", "findings.jsonl"
_T = TypeVar("_T")


class Block(msgspec.Struct, frozen=True):
    """The records and findings of one document, in the order of the files; `document` None: the findings between
    documents. `decided` are the ids of the decisions that the public files have set in it; None: nobody knows."""

    document: str | None
    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    decided: tuple[str, ...] | None = None


def machine_file(out: Path) -> Path:
    """Where the machine's own version of decided documents of the output folder `out` is kept."""
    return out / ".work" / "machine" / "own.jsonl"


def keep_machine(out: Path, blocks: Iterable[Block]) -> None:
    """Keep the machine's own version of what decisions changed, and of nothing else."""
    encode = msgspec.json.Encoder().encode
    replace_lines(machine_file(out), (encode(block) + b"\n" for block in blocks))


def add_machine(out: Path, blocks: Iterable[Block]) -> None:
    """Keep `blocks` beside those that are kept already, in place of those of the same document, while the public
    files are being written."""
    merged = kept_machine(out) | {block.document: block for block in blocks}
    keep_machine(out, (msgspec.structs.replace(block, decided=None) for block in merged.values()))


def read_public(out: Path) -> dict[str | None, Block]:
    """The public records and findings by document (None: findings between documents, always there and last).

    Raises StoreError naming the file (and line) that is missing or can't be read.
    """
    records: dict[str | None, list[Record]] = defaultdict(list)
    findings: dict[str | None, list[Finding]] = defaultdict(list)
    for record in read_lines(out / RECORDS, Record):
        records[record.document].append(record)
    for finding in read_lines(out / FINDINGS, Finding):
        findings[home_of(finding)].append(finding)
    names = [*(name for name in dict.fromkeys([*records, *findings]) if name is not None), None]
    return {n: Block(n, tuple(records[n]), tuple(findings[n]), ()) for n in names}


def home_of(finding: Finding) -> str | None:
    """The document that a finding belongs to; None for one between documents."""
    return finding.documents[0] if len(finding.documents) == 1 else None


def kept_machine(out: Path) -> dict[str | None, Block]:
    """The machine's own version of what decisions changed, by document."""
    path = machine_file(out)
    return {block.document: block for block in read_lines(path, Block)} if path.exists() else {}


def read_lines(path: Path, kind: type[_T]) -> list[_T]:
    """Every line of a `.jsonl` file as `kind`. Raises StoreError naming file and line."""
    decode = msgspec.json.Decoder(kind).decode
    rows: list[_T] = []
    try:
        rows.extend(decode(line) for line in path.read_bytes().split(b"\n") if line.strip())
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; give the folder of a finished run with --out") from error
    except msgspec.DecodeError as error:
        raise StoreError(f"{path} line {len(rows) + 1}: {error}; run again to write it anew") from error
    return rows


def replace_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write `lines` (each with its line break) in place of `path`: whole or not at all. Raises StoreError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        draft.unlink(missing_ok=True)
