"""The development gold agrees with its texts and with the marked sources it is built from."""

import importlib.util
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).resolve().parent
SCRIPT = GOLD.parent.parent / "scripts" / "mark_gold.py"
MEASURES = {"level", "growth", "share", "multiple", "difference", "rank", "*"}
BOUNDS = {"=", "~", ">", "<", ">=", "<=", "range", "*"}


def load_script() -> Any:
    """The script as a module (scripts/ is no package)."""
    spec = importlib.util.spec_from_file_location("mark_gold", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_gold(name: str) -> list[dict[str, Any]]:
    """The objects of a gold file."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def _alternatives(value: str | list[str]) -> set[str]:
    return {value} if isinstance(value, str) else set(value)


@pytest.mark.parametrize("path", sorted((GOLD / "marked").glob("*.txt")), ids=lambda p: p.stem)
def test_gold_is_what_the_marks_say(path: Path) -> None:
    text, figures, findings = load_script().build(path.stem, path.read_text(encoding="utf-8"))
    assert (GOLD / "texts" / path.name).read_text(encoding="utf-8") == text
    assert [g for g in read_gold("figures.jsonl") if g["document"] == path.stem] == figures
    assert [g for g in read_gold("findings.jsonl") if g["document"] == path.stem] == findings


@pytest.mark.parametrize("path", sorted((GOLD / "texts").glob("*.txt")), ids=lambda p: p.stem)
def test_spans_are_quotes_and_never_overlap(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    figures = [g for g in read_gold("figures.jsonl") if g["document"] == path.stem]
    assert figures
    for g in figures:
        assert [text[a:b].split() for a, b in g["spans"]] == [g["quote"].split()] * len(g["spans"])
        assert _alternatives(g["measure"]) <= MEASURES
        assert _alternatives(g["bound"]) <= BOUNDS
    spans = sorted(tuple(s) for g in figures for s in g["spans"])
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("4.67 billion", "4670000000"),
        ("1.42 BILLION", "1420000000"),
        ("40. 5 billion", "40500000000"),
        ("one pct", "1"),
        ("two mln", "2000000"),
        ("2.31\nbillion", "2310000000"),
        ("-14.6 pct", "-14.6"),
        ("105 thousand tons", "105000"),
        ("five million", "5000000"),
        ("+9.8%", "9.8"),
    ],
)
def test_value_of(quote: str, value: str) -> None:
    assert load_script().value_of(quote) == value


def test_what_is_counted_is_a_value_in_force() -> None:
    source = "{{@u=count|TEU;n=TEU|goods}}{{5 TEU|L}}, up {{3%|G}}; {{190|L;u=count;n=ships}} ships; {{7|L;u=EUR}}"
    _, figures, _ = load_script().build("name", source)
    assert [g.get("counted") for g in figures] == [["TEU", "goods"], None, "ships", None]
