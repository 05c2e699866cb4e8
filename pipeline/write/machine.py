"""The machine's own output, before any decision, so that decisions can be taken back.

The public `records.jsonl` and `findings.jsonl` hold what was decided; `.work/machine` holds the machine's
own version
of just those records and findings that decisions changed. Whoever publishes (a run, a reviewer) keeps both
in step.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.errors import StoreError
from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.record import Record

RECORDS, FINDINGS = "records.jsonl", "findings.jsonl"
_T = TypeVar("_T")
_Named = TypeVar("_Named", Record, Finding)


def machine_folder(out: Path) -> Path:
    """Where the machine's own version of decided records and findings of the output folder `out` is kept."""
    return out / ".work" / "machine"


def keep_machine(out: Path, records: Iterable[Record], findings: Iterable[Finding]) -> None:
    """Keep the machine's own version of what decisions changed (see `changed`); call it before the public
    files change.
    """
    encode = msgspec.json.Encoder().encode
    replace_lines(machine_folder(out) / RECORDS, map(encode, records))
    replace_lines(machine_folder(out) / FINDINGS, map(encode, findings))


def changed(machine: Iterable[_Named], decided: Mapping[str, _Named]) -> list[_Named]:
    """Those of the machine's own records or findings that are no longer so in `decided` (id -> as decided),
    or gone.
    """
    return [own for own in machine if (now := decided.get(own.id)) is not own and now != own]


def read_machine(out: Path, decisions: Iterable[Decision]) -> tuple[list[Record], list[Finding]]:
    """The machine's own records and findings: the public ones, less what `decisions` changed, added and
    struck out.

    Raises StoreError naming the file (and line) that is missing or can't be read.
    """
    added = {entry.record for entry in decisions if entry.action == "add"}
    public = [record for record in read_lines(out / RECORDS, Record) if record.id not in added]
    records = _overlaid(public, _kept(out, RECORDS, Record))
    findings = _overlaid(read_lines(out / FINDINGS, Finding), _kept(out, FINDINGS, Finding))
    return _in_order(records), findings


def _kept(out: Path, name: str, kind: type[_T]) -> list[_T]:
    path = machine_folder(out) / name
    return read_lines(path, kind) if path.exists() else []


def _overlaid(public: Iterable[_Named], own: Iterable[_Named]) -> list[_Named]:
    """`public` with the machine's `own` in place of theirs; those that are gone from it come last."""
    merged = {item.id: item for item in public}
    merged.update((item.id, item) for item in own)
    return list(merged.values())


def _in_order(records: list[Record]) -> list[Record]:
    """Records of one document together, in the order of its text, documents as they first come."""
    place = {name: i for i, name in enumerate(dict.fromkeys(record.document for record in records))}
    return sorted(records, key=lambda record: (place[record.document], record.char_start))


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
    """Write `lines` in place of the file at `path`: whole or not at all. Raises StoreError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as stream:
            stream.writelines(line + b"\n" for line in lines)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        draft.unlink(missing_ok=True)
