"""The development gold, scored: floors that a change must not break, and the figures printed (`pytest -s`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from gold_score import Score, add

from pipeline.extract import extract_document
from pipeline.read import read_text

GOLD = Path(__file__).resolve().parent.parent / "gold"
FLOORS = {
    "release": (97.6, 97.6, 89.8),
    "wire": (98.0, 98.0, 94.2),
    "news": (98.0, 98.0, 94.5),
    "plain": (98.0, 98.0, 94.2),
    "fresh": (98.0, 98.0, 90.0),
    "third": (98.0, 98.0, 91.8),
    "fourth": (98.0, 97.7, 87.8),
    "fifth": (98.0, 98.0, 92.4),
    "sixth": (97.3, 97.6, 85.4),
    "seventh": (97.6, 97.8, 89.4),
    "eighth": (98.0, 97.8, 87.7),
    "ninth": (98.0, 98.0, 87.4),
    "tenth": (98.0, 98.0, 85.3),
    "eleventh": (97.8, 98.0, 83.2),
    "twelfth": (98.0, 98.0, 73.6),
}
"""Recall, precision, full by kind of text: two points below what was measured when they were set."""


def _score(kind: str) -> Score:
    figures = [json.loads(line) for line in (GOLD / "figures.jsonl").read_text(encoding="utf-8").splitlines()]
    score = Score()
    for path in sorted((GOLD / "texts").glob(f"{kind}-*.txt")):
        document = read_text(path.read_text(encoding="utf-8"), id=path.stem)
        add(score, [f for f in figures if f["document"] == path.stem], extract_document(document).records)
    return score


@pytest.mark.parametrize("kind", FLOORS)
def test_gold_keeps_its_floors(kind: str) -> None:
    score = _score(kind)
    measured = (score.recall, score.precision, score.fullness)
    figures = f"{kind}: recall {measured[0]:.1f}, precision {measured[1]:.1f}, full {measured[2]:.1f}"
    sys.stdout.write("\n".join(["", figures, *score.misses, ""]))
    assert score.required > 50
    assert all(value >= floor for value, floor in zip(measured, FLOORS[kind], strict=True)), (measured, FLOORS[kind])
