"""Names of everything in an output folder. `.work` holds what a re-run needs; all else is for the reader."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

RECORDS, FINDINGS, TABLES = "records.jsonl", "findings.jsonl", "tables.jsonl"
DOCUMENTS, FAILURES, DECISIONS = "documents.jsonl", "failures.jsonl", "decisions.jsonl"
RUN, DATABASE, TEXT, WORK = "run.json", "tally.duckdb", "text", ".work"

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*%\ud800-\udfff]')


@dataclass(frozen=True, slots=True)
class Folder:
    """An output folder; its parts by name."""

    path: Path

    @property
    def work(self) -> Path:
        return self.path / WORK

    @property
    def parts(self) -> Path:
        """Where results are kept, unless a run was told of another place."""
        return self.work / "parts"

    @property
    def staging(self) -> Path:
        """Where files are written before they are moved into place."""
        return self.work / "staging"

    @property
    def manifest(self) -> Path:
        return self.work / "manifest.sqlite"

    @property
    def decisions(self) -> Path:
        return self.path / DECISIONS

    def text(self, document: str) -> Path:
        """Where the text of a document that is no plain text is written: `text/ID.txt`."""
        return self.path / TEXT / text_name(document)


def text_name(document: str) -> str:
    """The file name of a document's text below `text/`: its id, made harmless where an id holds what a path
    may not.

    `a/b` keeps its folder, `../x` and control characters are percent-encoded, long parts are cut and told
    apart by a hash. Ids of ordinary files come through unchanged.
    """
    parts = [_safe(part) for part in document.split("/")]
    return "/".join(parts) + ".txt"


def _safe(part: str) -> str:
    encoded = _UNSAFE.sub(lambda match: "".join(f"%{b:02X}" for b in match[0].encode("utf-8", "surrogatepass")), part)
    if set(encoded) <= {"."}:
        encoded = "%2E" * len(encoded) or "%00"
    if len(encoded.encode("utf-8")) > 180:
        encoded = f"{encoded[:40]}-{hashlib.sha256(part.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    return encoded
