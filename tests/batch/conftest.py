"""An inbox with everything that can go wrong in it, and stages that are quick."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch import fakes


@pytest.fixture(autouse=True)
def fake_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-ins of `fakes` in place of the stages."""
    for name in ("ending_of", "read_path", "read_text"):
        monkeypatch.setattr(f"pipeline.read.{name}", getattr(fakes, name), raising=False)
    monkeypatch.setattr("pipeline.extract.extract_document", fakes.extract_document, raising=False)
    for name in ("reconcile_document", "reconcile_across"):
        monkeypatch.setattr(f"pipeline.reconcile.{name}", getattr(fakes, name), raising=False)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Eight documents, three of them bad; two files with one stem, one page, one stream."""
    folder = tmp_path / "inbox"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(
        "exports of CN in 2021 were 4.67 USD\nexports of CN in 2021 grew 6.5 percent\nat noon 12\n"
        "exports of CN in 2021 were 30.1 CNY\nimports of CN in 2021-S1 were 1000000000000000.123 USD\n"
    )
    (folder / "sub/a.txt").write_text("exports of CN in 2021 were 4.69 USD\n")
    (folder / "crash.txt").write_text("crash")
    (folder / "page.html").write_text("<p>exports of RU in 2021 were 3.0 USD</p>")
    (folder / "notes.xyz").write_text("nobody reads this")
    (folder / "stream.jsonl").write_text(
        '{"id":"x1","text":"exports of RU in 2021 were 3.1 USD"}\n{"id":"x2","text":"unreadable"}\nbroken\n'
        '{"id":"../x","html":"<b>exports of RU in 2021 were 3.2 USD</b>"}\n'
    )
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that does not exist yet."""
    return tmp_path / "out"
