"""The run's own manifest: which result belongs to which document. SQLite, in `.work`, never anybody else's
database.

A result is entered after its part file is whole on the disk, so that the manifest never promises what is not
there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.store.fingerprint import key_of
from pipeline.store.inputs import Input

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (
    key TEXT PRIMARY KEY, part TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, passing
INTEGER NOT NULL ) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS across (series TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shared (
    id TEXT PRIMARY KEY, series TEXT NOT NULL, documents TEXT NOT NULL, finding BLOB NOT NULL, records BLOB
    NOT NULL
);
CREATE INDEX IF NOT EXISTS shared_series ON shared (series);
CREATE TABLE IF NOT EXISTS shared_of (document TEXT, id TEXT, PRIMARY KEY (document, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shared_of_id ON shared_of (id);
DROP TABLE IF EXISTS inputs;
CREATE TABLE inputs (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, line INTEGER NOT NULL, sha256 TEXT NOT NULL, ending TEXT
    NOT NULL, problem TEXT, level INTEGER NOT NULL DEFAULT 0, n0 TEXT, n1 TEXT, n2 TEXT, n3 TEXT, id TEXT NOT
NULL, key TEXT );
"""
_WITH_RESULT = "inputs i LEFT JOIN results r ON r.key = i.key AND NOT r.passing"
_VERSION = "2"
_TRANSACTION = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a result lies: `length` bytes from `start` of the part file `part`."""

    key: str
    part: str
    start: int
    length: int
    passing: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """An input with its id in this run and the key of its result."""

    path: str
    line: int
    sha256: str
    ending: str
    problem: str | None
    id: str
    key: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A finding between documents as it is kept: JSON, with the JSON of the records that it speaks of."""

    id: str
    documents: tuple[str, ...]
    finding: bytes
    records: bytes


class Manifest:
    """Opens (and, where it is damaged or of another version, begins anew) the manifest at `path`; with
    `reading` opens the last run's as it is."""

    def __init__(self, path: Path, *, reading: bool = False) -> None:
        self.path = path
        if reading:
            self.db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            return
        try:
            self._open()
        except sqlite3.DatabaseError:
            self._begin_anew()
        if self.meta("version") not in (None, _VERSION):
            self._begin_anew()
        self.set_meta("version", _VERSION)

    def _open(self) -> None:
        self.db = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.executescript(_SCHEMA)

    def _begin_anew(self) -> None:
        self.db.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self._open()

    def close(self) -> None:
        """Closes the database."""
        self.db.close()

    def meta(self, name: str) -> str | None:
        """A value kept between runs."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: str) -> None:
        """Keeps a value between runs."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def plan(self, inputs: Iterable[Input], published: str | None) -> None:
        """Takes the inputs of this run, gives each its id, and the key of its result."""
        self.db.execute("BEGIN")
        self.db.executemany(
            "INSERT INTO inputs (path, line, sha256, ending, problem, n0, n1, n2, n3, id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((i.path, i.line, i.sha256, i.ending, i.problem, *i.names, i.names[0]) for i in inputs),
        )
        self._one_of_equal_lines()
        self._unlike_ids()
        self.db.create_function("key_of", 4, key_of, deterministic=True)
        self.db.execute("UPDATE inputs SET key = key_of(id, sha256, ending, ?)", (published,))
        self.db.execute("CREATE INDEX inputs_id ON inputs (id)")
        self.db.execute("CREATE INDEX inputs_key ON inputs (key)")
        self.db.execute("COMMIT")

    def _one_of_equal_lines(self) -> None:
        """A line that stands twice, in one stream or in two, is one document."""
        self.db.execute(
            "DELETE FROM inputs WHERE line > 0 AND problem IS NULL AND number NOT IN"
            " (SELECT min(number) FROM inputs WHERE line > 0 GROUP BY n0, sha256)"
        )

    def _unlike_ids(self) -> None:
        for level in (1, 2, 3):
            self.db.execute(
                f"UPDATE inputs SET level = {level}, id = n{level} WHERE level = {level - 1} AND id IN"
                " (SELECT id FROM inputs GROUP BY id HAVING count(*) > 1)"
            )

    def forget_missing(self, there: set[str]) -> None:
        """Drops entries whose part file is not `there`."""
        for (part,) in self.db.execute("SELECT DISTINCT part FROM results").fetchall():
            if part not in there:
                self.db.execute("DELETE FROM results WHERE part = ?", (part,))

    def forget_all(self) -> None:
        """Drops every result, for a run from scratch."""
        self.db.executescript(
            "DELETE FROM results; DELETE FROM across; DELETE FROM shared;"
            " DELETE FROM shared_of; DELETE FROM meta WHERE name = 'published';"
        )

    def count(self) -> tuple[int, int]:
        """Documents of this run, and how many of them have no result yet."""
        total, done = self.db.execute(f"SELECT count(*), count(r.key) FROM {_WITH_RESULT}").fetchone()
        return total, total - done

    def undone(self) -> Iterator[Planned]:
        """Documents without a result (or with one that may pass), by path and line."""
        last = 0
        while page := self.db.execute(
            f"SELECT number, path, line, sha256, ending, problem, id, i.key FROM {_WITH_RESULT}"
            " WHERE r.key IS NULL AND number > ? ORDER BY number LIMIT 2000",
            (last,),
        ).fetchall():
            last = page[-1][0]
            yield from (Planned(*row[1:]) for row in page)

    def enter(self, entries: Iterable[Entry]) -> None:
        """Enters the results of one part, all or none."""
        self.db.execute("BEGIN")
        self.db.executemany(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)",
            [(e.key, e.part, e.start, e.length, e.passing) for e in entries],
        )
        self.db.execute("COMMIT")

    def results(self) -> Iterator[tuple[Planned, Entry]]:
        """Documents of this run with their results, by id."""
        cursor = self.db.execute(
            "SELECT path, line, sha256, ending, problem, id, i.key, part, start, length, passing"
            " FROM inputs i JOIN results r ON r.key = i.key ORDER BY id"
        )
        for row in cursor:
            yield Planned(*row[:7]), Entry(row[6], *row[7:])

    def entry_of(self, document: str) -> Entry | None:
        """Where the result of a document of the last run lies."""
        row = self.db.execute(
            "SELECT r.key, part, start, length, passing FROM results r WHERE key IN"
            " (SELECT key FROM inputs WHERE id = ?)",
            (document,),
        ).fetchone()
        return Entry(*row) if row else None

    def parts(self) -> set[str]:
        """Part files that hold a result of this run."""
        rows = self.db.execute("SELECT DISTINCT part FROM inputs i JOIN results r ON r.key = i.key")
        return {row[0] for row in rows}

    def forget_others(self) -> None:
        """Drops the results of documents that this run does not have."""
        self.db.execute("DELETE FROM results WHERE key NOT IN (SELECT key FROM inputs)")

    def groups(self) -> Iterator[tuple[str, str]]:
        """Groups checked across documents, by series, with the digest of the documents they were checked for."""
        yield from self.db.execute("SELECT series, digest FROM across ORDER BY series")

    def set_groups(self, groups: Iterable[tuple[str, str, Sequence[Shared]]]) -> None:
        """Keeps what the check of groups across documents found: series, digest, findings."""
        waiting = 0
        self.db.execute("BEGIN")
        for series, digest, found in groups:
            self._forget_group(series)
            self.db.execute("INSERT INTO across VALUES (?, ?)", (series, digest))
            for each in found:
                self._keep_shared(series, each)
            waiting += 1 + len(found)
            if waiting >= _TRANSACTION:
                self.db.execute("COMMIT")
                self.db.execute("BEGIN")
                waiting = 0
        self.db.execute("COMMIT")

    def _keep_shared(self, series: str, shared: Shared) -> None:
        place = "\0".join(shared.documents)
        row = (shared.id, series, place, shared.finding, shared.records)
        self.db.execute("INSERT OR REPLACE INTO shared VALUES (?, ?, ?, ?, ?)", row)
        rows = [(document, shared.id) for document in shared.documents]
        self.db.executemany("INSERT OR REPLACE INTO shared_of VALUES (?, ?)", rows)

    def _forget_group(self, series: str) -> None:
        self.db.execute("DELETE FROM shared_of WHERE id IN (SELECT id FROM shared WHERE series = ?)", (series,))
        self.db.execute("DELETE FROM shared WHERE series = ?", (series,))
        self.db.execute("DELETE FROM across WHERE series = ?", (series,))

    def keep_groups(self, current: Iterable[tuple[str, str]]) -> None:
        """Drops the groups that are not among `current` (series and digest)."""
        self.db.execute("BEGIN")
        self.db.execute("CREATE TEMPORARY TABLE current (series TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID")
        self.db.executemany("INSERT INTO current VALUES (?, ?)", current)
        stale = "SELECT series FROM across WHERE (series, digest) NOT IN (SELECT series, digest FROM current)"
        for (series,) in self.db.execute(stale).fetchall():
            self._forget_group(series)
        self.db.execute("DROP TABLE current")
        self.db.execute("COMMIT")

    def shared_with(self, document: str) -> list[tuple[bytes, bytes]]:
        """Findings between the document and others, with the records that they speak of, by id."""
        return self.db.execute(
            "SELECT finding, records FROM shared_of JOIN shared USING (id) WHERE document = ? ORDER BY id",
            (document,),
        ).fetchall()

    def shared_groups(self) -> list[tuple[str, str]]:
        """Every finding between documents, by id, with its group."""
        return self.db.execute("SELECT id, series FROM shared").fetchall()

    def shared(self) -> Iterator[bytes]:
        """Every finding between documents, by documents and id."""
        yield from (row[0] for row in self.db.execute("SELECT finding FROM shared ORDER BY documents, id"))
