"""Figures of several documents come by group, in whatever pieces they are sorted."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.store.grouping import Group, grouping
from pipeline.store.inputs import scan
from pipeline.store.layout import Folder
from pipeline.store.manifest import Manifest
from pipeline.store.pieces import in_process
from pipeline.store.run import Settings, run_batch
from pipeline.store.shelf import shelf_of

AREAS = ("CN", "RU", "JP", "BR", "IN")


@pytest.fixture
def finished(tmp_path: Path, out: Path) -> Manifest:
    """The manifest of a run whose documents speak of five areas in turn, and of one area each that no other has."""
    source = tmp_path / "in"
    source.mkdir()
    for number in range(20):
        of = (AREAS[number % 5], AREAS[number % 3], f"X{number}")
        text = "".join(f"exports of {area} in 2021 were {number}.5 USD\n" for area in of)
        (source / f"d{number:02}.txt").write_text(text)
    run_batch(Settings((source,), out), in_process)
    manifest = Manifest(Folder(out).manifest)
    manifest.plan(scan([source], out), None)
    return manifest


def stale(manifest: Manifest, out: Path, span_bytes: int) -> list[Group]:
    with grouping(manifest, shelf_of(manifest, Folder(out)), Folder(out).staging) as figures:
        assert figures is not None
        return list(figures.stale(span_bytes))


def test_groups_are_the_same_in_whatever_spans_they_are_sorted(finished: Manifest, out: Path) -> None:
    assert stale(finished, out, 10**8) == [], "a finished run has checked them all"
    finished.keep_groups(())
    whole = stale(finished, out, 10**8)
    assert len(whole) == len(AREAS)
    assert sum(len(group.documents) for group in whole) == 20 + 20 - 6, (
        "documents 0, 1, 2, 15, 16 and 17 name one twice"
    )
    assert stale(finished, out, 1) == stale(finished, out, 3000) == whole


def test_groups_are_stale_when_one_of_their_documents_changes(finished: Manifest, tmp_path: Path, out: Path) -> None:
    before = dict(finished.groups())
    finished.close()
    lines = ("exports of IN in 2021 were 99.5 USD", "exports of RU in 2021 were 4.5 USD")
    (tmp_path / "in" / "d04.txt").write_text("\n".join(lines))
    run_batch(Settings((tmp_path / "in",), out), in_process)
    after = Manifest(Folder(out).manifest)
    changed = [series for series, digest in after.groups() if before[series] != digest]
    assert len(changed) == 2
