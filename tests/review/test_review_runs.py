"""Decisions over real runs: they survive a re-run, reach the database, come back when the text changes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from starlette.testclient import TestClient

from pipeline import run
from pipeline.model.finding import Finding
from pipeline.review.app import create_app
from pipeline.review.store import Store
from pipeline.write.decisions import load
from pipeline.write.machine import read_lines
from tests.review.conftest import BASE, Reviewer
from tests.review.test_review_browser import Serve, open_page, press

TIMBER = """BEIJING, January 20 -- China's trade with Norway reached 51.2 billion dollars in 2021.
Exports stood at 30.1 billion dollars and imports at 21.1 billion dollars in 2021.
Imports of timber from Norway came to 7.5 billion dollars in 2021, up 190 percent from 6.3 billion in 2020.
"""
SHARED = Path(os.environ.get("TALLY_SHARED", Path(__file__).parents[2].parent / "shared"))


def contents(out: Path) -> list[bytes]:
    return [(out / name).read_bytes() for name in ("records.jsonl", "findings.jsonl")]


def growth(out: Path) -> Finding:
    return next(f for f in read_lines(out / "findings.jsonl", Finding) if f.rule == "growth_vs_levels")


def status(out: Path, name: str) -> str:
    return next(f.status for f in read_lines(out / "findings.jsonl", Finding) if f.id == name)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "timber.txt").write_text(TIMBER)
    return folder


def test_a_decision_survives_a_rerun_and_is_undone_after_it(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out=out)
    before = contents(out)
    name = growth(out).id
    with TestClient(create_app(out), base_url=BASE) as client:
        person = Reviewer(client)
        person.open(f"/case?id={name}")
        person.post("/decide", action="accept")
    decided = contents(out)
    assert decided != before
    run(inbox, out=out, fresh=True)
    assert contents(out) == decided
    with duckdb.connect(str(out / "tally.duckdb"), read_only=True) as db:
        repaired = "SELECT obs_value, published_value FROM records WHERE \"check\" = 'repaired'"
        assert db.execute(repaired).fetchall() == [(19, 190)]
        assert db.execute("SELECT status FROM findings").fetchall() == [("accepted",)]
    with TestClient(create_app(out), base_url=BASE) as client:
        person = Reviewer(client)
        person.open(f"/case?id={name}")
        person.post("/undo", entry=load(out)[0].id)
    assert contents(out) == before


def test_a_case_comes_back_when_its_text_changes(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inbox, out=out)
    name = growth(out).id
    with TestClient(create_app(out), base_url=BASE) as client:
        person = Reviewer(client)
        person.open(f"/case?id={name}")
        person.post("/decide", action="reject")
    assert status(out, name) == "rejected"
    (inbox / "timber.txt").write_text(TIMBER.replace("190 percent", "191 percent"))
    run(inbox, out=out)
    assert status(out, name) == "open"
    assert len(load(out)) == 1


@pytest.mark.browser
def test_the_queue_of_the_corpus_by_keyboard(tmp_path: Path, serve: Serve, browser: Any) -> None:
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the corpus is not here")
    out = tmp_path / "out"
    run(SHARED / "corpus", out=out)
    page = open_page(browser, serve(out) + "/next")
    keys = 0
    while "/case?" in page.url:
        press(page, "rwn"[keys % 3])
        keys += 1
    assert "Every case of this run is decided" in page.locator("main").inner_text()
    assert len(load(out)) == keys
    assert page.problems == []
    decided = {entry.finding for entry in load(out)}
    assert decided >= set(Store(out).fresh().findings)
    assert msgspec.json.decode((out / "decisions.jsonl").read_bytes().splitlines()[0])["action"] == "reject"
