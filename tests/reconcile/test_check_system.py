"""`tally check`: systems with known answers, planted errors in made-up tables, and files that are no
systems."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SystemFileError
from pipeline.reconcile import check_system
from tests.reconcile.synthetic import planted, table_system, trade_system


def variable(name: str, value: str | None, decimals: int | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "value": value, **({} if decimals is None else {"decimals": decimals}), **more}


def constraint(terms: dict[str, str], op: str, rhs: str = "0", **more: Any) -> dict[str, Any]:
    return {"text": f"{terms} {op} {rhs}", "terms": terms, "op": op, "rhs": rhs, **more}


SUM = constraint({"t": "1", "a": "-1", "b": "-1"}, "==")

CASES: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]], list[list[str]]]] = [
    ("adds up", [variable("t", "5"), variable("a", "2"), variable("b", "3")], [SUM], [[]]),
    (
        "three suspects",
        [variable("t", "9"), variable("a", "2"), variable("b", "3")],
        [SUM],
        [["a"], ["b"], ["t"]],
    ),
    (
        "rounding explains it",
        [variable("t", "5.1", 1), variable("a", "2.04", 2), variable("b", "3.01", 2)],
        [SUM],
        [[]],
    ),
    (
        "just outside",
        [variable("t", "5.1", 1), variable("a", "2.03", 2), variable("b", "3.00", 2, weight=2)],
        [SUM],
        [["a"], ["t"]],
    ),
    ("tolerance", [variable("t", "5"), variable("a", "2"), variable("b", "2")], [{**SUM, "tol": "1"}], [[]]),
    (
        "fixed is never blamed",
        [variable("t", "9", fixed=True), variable("a", "2"), variable("b", "3")],
        [SUM],
        [["a"], ["b"]],
    ),
    (
        "nobody to blame",
        [variable("t", "9", fixed=True), variable("a", "2", fixed=True)],
        [constraint({"t": "1", "a": "-1"}, "==")],
        [],
    ),
    (
        "unknown in between",
        [variable("a", "2"), variable("x", None), variable("b", "5")],
        [constraint({"a": "1", "x": "-1"}, "=="), constraint({"x": "1", "b": "-1"}, "==")],
        [["a"], ["b"]],
    ),
    (
        "strict",
        [variable("a", "2"), variable("b", "2")],
        [constraint({"a": "1", "b": "-1"}, "<")],
        [["a"], ["b"]],
    ),
    ("not strict", [variable("a", "2"), variable("b", "2")], [constraint({"a": "1", "b": "-1"}, "<=")], [[]]),
    ("at least", [variable("a", "2")], [constraint({"a": "1"}, ">=", "3")], [["a"]]),
    ("whole numbers", [variable("a", "2", 0, integer=True)], [constraint({"a": "1"}, ">=", "2.4")], [["a"]]),
    (
        "common culprit",
        [variable(n, v) for n, v in (("t", "5"), ("a", "7"), ("b", "3"), ("u", "6"), ("c", "4"))],
        [SUM, constraint({"u": "1", "a": "-1", "c": "-1"}, "==")],
        [["a"]],
    ),
    (
        "tiny beside huge",
        [variable("t", "10000000000000.01"), variable("a", "10000000000000"), variable("b", "0.02")],
        [SUM],
        [["a"], ["b"], ["t"]],
    ),
]


@pytest.mark.parametrize(("name", "variables", "constraints", "sets"), CASES, ids=[case[0] for case in CASES])
def test_sets(
    name: str, variables: list[dict[str, Any]], constraints: list[dict[str, Any]], sets: list[list[str]]
) -> None:
    answer = check_system({"variables": variables, "constraints": constraints})
    assert sorted(answer["erroneous_sets"]) == sorted(sets)
    assert answer["consistent"] == (sets == [[]])
    assert bool(answer["conflicts"]) == (sets != [[]])


SLIPS = [
    ("t", "159", 0, "15.9", "lost decimal point"),
    ("t", "-15.9", 1, "15.9", "lost or stray sign"),
    ("t", "1.59", 2, "15.9", "displaced decimal point"),
    ("t", "19.5", 1, "15.9", "digits changed round"),
    ("t", "13.9", 1, "15.9", "misread digit"),
]


@pytest.mark.parametrize(("name", "printed", "decimals", "meant", "kind"), SLIPS)
def test_slips(name: str, printed: str, decimals: int, meant: str, kind: str) -> None:
    parts = [variable("a", "7.4", 1, weight=3), variable("b", "8.5", 1, weight=3)]
    answer = check_system({"variables": [variable(name, printed, decimals), *parts], "constraints": [SUM]})
    assert answer["proposals"][0] == {"set": {name: meant}, "slips": {name: kind}}


def test_swapped_pair() -> None:
    texts = [constraint({"a": "1", "p": "-1"}, "=="), constraint({"b": "1", "q": "-1"}, "==")]
    values = [variable(n, v, weight=w) for n, v, w in (("a", "41", 1), ("b", "73", 1), ("p", "73", 9), ("q", "41", 9))]
    proposals = check_system({"variables": values, "constraints": [*texts]})["proposals"]
    assert {"set": {"a": "73"}, "slips": {}} in [{**p, "slips": {}} for p in proposals]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_one_planted_error_is_among_the_lightest_sets(seed: int) -> None:
    system = trade_system(2, seed)
    assert check_system(system)["consistent"]
    levels = {**system, "variables": [v for v in system["variables"] if not v["name"].startswith("growth")]}
    wrong = planted(levels, 1, seed)
    assert sorted(wrong) in check_system(system)["erroneous_sets"]


def test_several_planted_errors_in_a_larger_table() -> None:
    system = table_system(8, 8, 5)
    wrong = planted(system, 3, 5)
    assert check_system(system)["erroneous_sets"] == [sorted(wrong)]


BROKEN: list[tuple[dict[str, Any], str]] = [
    ({}, "variables"),
    ({"variables": [{"value": "1"}], "constraints": []}, "name"),
    ({"variables": [variable("a", "many")], "constraints": []}, "cannot be read"),
    ({"variables": [variable("a", "1"), variable("a", "2")], "constraints": []}, "given twice"),
    ({"variables": [variable("a", "NaN")], "constraints": []}, "finite"),
    ({"variables": [], "constraints": [constraint({"z": "1"}, "==")]}, "variable z"),
    ({"variables": [variable("a", "1")], "constraints": [constraint({"a": "1"}, "=")]}, "operator"),
]


@pytest.mark.parametrize(("data", "word"), BROKEN, ids=[case[1] for case in BROKEN])
def test_a_broken_system_is_refused_in_one_line(data: dict[str, Any], word: str) -> None:
    with pytest.raises(SystemFileError) as caught:
        check_system(data)
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)
