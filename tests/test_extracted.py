"""`extracted/` is what a run over `corpus/` writes, byte for byte; `make extracted` writes it anew.

The boxes of figures on scanned pages are left out of the comparison: recognition computes them in binary floating
point, whose last digits differ between processors.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.store.pieces import in_process
from pipeline.store.run import Settings, run_batch

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "extracted"
FILES = ("records.jsonl", "findings.jsonl", "tables.jsonl", "failures.jsonl")
UPDATE = "TALLY_UPDATE_EXTRACTED"
_BOX = re.compile(r'"bbox":\[[^\]]*\]')
_SHOWN = 40


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a run over `corpus/`, from nothing; with the update switch it becomes `extracted/`."""
    out = tmp_path_factory.mktemp("run") / "extracted"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        run_batch(Settings((Path("corpus"),), out), in_process)
    if os.environ.get(UPDATE) == "1":
        replace_kept(out)
    yield out


def replace_kept(out: Path) -> None:
    """Puts the compared files of `out` in place of those that are kept."""
    KEPT.mkdir(exist_ok=True)
    for name in FILES:
        shutil.copyfile(out / name, KEPT / name)
    shutil.rmtree(KEPT / "text", ignore_errors=True)
    shutil.copytree(out / "text", KEPT / "text")


@pytest.mark.parametrize("name", FILES)
def test_a_run_reproduces(fresh: Path, name: str) -> None:
    scans = scanned(fresh)
    kept, now = (comparable(folder / name, scans) for folder in (KEPT, fresh))
    assert kept == now, difference(kept, now)


def test_a_run_reproduces_the_texts(fresh: Path) -> None:
    kept, now = ({path.name: path.read_bytes() for path in (folder / "text").iterdir()} for folder in (KEPT, fresh))
    assert kept == now


def test_every_figure_slices_back_to_its_characters(fresh: Path) -> None:
    """Of the documents whose text is written out: `quote` stands at `char_start`..`char_end`."""
    texts = {path.stem: path.read_text("utf-8") for path in (KEPT / "text").iterdir()}
    records = [json.loads(line) for line in lines(KEPT / "records.jsonl")]
    checked = [record for record in records if record["document"] in texts]
    assert checked
    for record in checked:
        piece = texts[record["document"]][record["char_start"] : record["char_end"]]
        assert piece.split() == record["quote"].split(), record["id"]


def scanned(out: Path) -> frozenset[str]:
    """Ids of the documents whose characters were recognised from images."""
    rows = map(json.loads, lines(out / "documents.jsonl"))
    return frozenset(row["id"] for row in rows if row["ocr"])


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def comparable(path: Path, scans: frozenset[str]) -> list[str]:
    """The lines of a file, without the boxes where the document is a scan."""
    return [_BOX.sub('"bbox":0', line) if json.loads(line).get("document") in scans else line for line in lines(path)]


def difference(kept: list[str], now: list[str]) -> str:
    """What was lost, gained and changed, a line each, and how to accept it."""
    before, after = ({key(json.loads(line)): json.loads(line) for line in found} for found in (kept, now))
    told = [f"lost    {said(before[k])}" for k in before if k not in after]
    told += [f"gained  {said(after[k])}" for k in after if k not in before]
    told += [f"changed {said(after[k])}: {changes(before[k], after[k])}"
             for k in after if k in before and before[k] != after[k]]  # fmt: skip
    rest = [f"... and {len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
    return "\n".join([f"{len(told)} differences", *told[:_SHOWN], *rest, "if they are meant: make extracted"])


def key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ("document", "id", "table", "path") if row.get(name) is not None)


def said(row: dict[str, Any]) -> str:
    where = row.get("document") or ", ".join(row.get("documents", [])) or row.get("path")
    return f"{where}: {row.get('quote') or row.get('equation') or row.get('table') or row.get('reason')}"


def changes(before: dict[str, Any], after: dict[str, Any]) -> str:
    fields = [name for name in after if before.get(name) != after[name]]
    return "; ".join(f"{name} {before.get(name)} -> {after[name]}"[:200] for name in fields)
