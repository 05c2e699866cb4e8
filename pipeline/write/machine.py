"""The machine's own output, before any decision: kept in `.work/machine` so that decisions can be taken back.

The run writes it beside the public files; whoever decides reads it, applies the log (`pipeline.write.decided.apply`)
and rewrites the public `records.jsonl` and `findings.jsonl`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.errors import StoreError
from pipeline.model.finding import Finding
from pipeline.model.record import Record

RECORDS, FINDINGS = "records.jsonl", "findings.jsonl"
_T = TypeVar("_T")


def machine_folder(out: Path) -> Path:
    """Where the machine's own `records.jsonl` and `findings.jsonl` of the output folder `out` are kept."""
    return out / ".work" / "machine"


def write_machine(out: Path, records: Iterable[Record], findings: Iterable[Finding]) -> None:
    """Keep the machine's own records and findings of a run; each file appears whole or not at all."""
    encode = msgspec.json.Encoder().encode
    replace_lines(machine_folder(out) / RECORDS, map(encode, records))
    replace_lines(machine_folder(out) / FINDINGS, map(encode, findings))


def read_machine(out: Path) -> tuple[list[Record], list[Finding]]:
    """The machine's own records and findings; those of the public files where nothing was kept beside them.

    Raises StoreError naming the file (and line) that is missing or can't be read.
    """
    folder = machine_folder(out) if (machine_folder(out) / RECORDS).exists() else out
    return read_lines(folder / RECORDS, Record), read_lines(folder / FINDINGS, Finding)


def read_lines(path: Path, kind: type[_T]) -> list[_T]:
    """Every line of a `.jsonl` file as `kind`. Raises StoreError naming file and line."""
    decode = msgspec.json.Decoder(kind).decode
    rows: list[_T] = []
    try:
        for line in path.read_bytes().split(b"\n"):
            if line.strip():
                rows.append(decode(line))
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
