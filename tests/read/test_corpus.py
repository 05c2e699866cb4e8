"""The reference documents, read in place where they lie beside the repository: every figure "
"can be reached."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.document import Document, Passage, PassageKind
from pipeline.read import read_path

SHARED = Path(os.environ.get("TALLY_SHARED", Path(__file__).parents[3] / "shared"))
FILES = sorted((SHARED / "corpus").glob("*.txt"))
PUBLISHED = {
    "china-russia-review": "2021-02-02",
    "heilongjiang-russia": "XXXX-07-21",
    "liaoning-jilin-russia": "2024-01-29",
    "reuters-china-trade-q1-1987": "1987-04-17",
    "reuters-guangxi-sugar-1987": "1987-04-04",
    "inner-mongolia-eight-months": "2022-09-14",
    "national-first-half-2024": "2024-07-15",
    "russia-china-seven-months": "2024-08-07",
    "port-briefs": "2022-11-12",
    "steel-september": "2022-10-26",
    "korea-december": "2024-12-23",
    "trade-mode-august": "2019-09-23",
    "yiwu-four-months": "2023-05-26",
    "xinjiang-november": None,
    "heihe-port-paper": None,
    "bbc-uk-trade-gap-2004": None,
}

pytestmark = pytest.mark.skipif(not FILES, reason="no reference documents beside the repository")


@cache
def document(path: Path) -> Document:
    (item,) = read_path(path)
    assert isinstance(item, Document)
    return item


def gold(name: str) -> Iterator[dict[str, Any]]:
    for path in sorted((SHARED / "gold").glob("figures*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            figure = json.loads(line)
            if figure["document"] == name and figure["required"]:
                yield figure


def holders(read: Document, span: list[int]) -> list[Passage]:
    start, end = span
    return [p for p in read.passages if any(a <= start and end <= b for a, b in p.segments)]


def is_reachable(read: Document, figure: dict[str, Any]) -> bool:
    passages = [passage for span in figure["spans"] for passage in holders(read, span)]
    if "table" in figure:
        return any(passage.kind is PassageKind.TABLE for passage in passages)
    unread = (PassageKind.TABLE, PassageKind.FURNITURE)
    return any(passage.kind not in unread and passage.repeats is None for passage in passages)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_required_figure_is_reachable(path: Path) -> None:
    read = document(path)
    lost = [(figure["quote"], figure["spans"]) for figure in gold(path.stem) if not is_reachable(read, figure)]
    assert lost == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_offsets_are_those_of_the_file(path: Path) -> None:
    assert document(path).text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_publication_date(name: str) -> None:
    published = document(SHARED / "corpus" / f"{name}.txt").published
    assert (published.date if published else None) == PUBLISHED[name]
