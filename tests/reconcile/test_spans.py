"""Periods on a line: what they cover, what they lie in, and which are the same."""

from __future__ import annotations

import pytest

from pipeline.reconcile.spans import span_of

SAME = [
    ("2021-S1", "2021-01-01/P6M"),
    ("2020-Q3", "2020-07-01/P3M"),
    ("2023", "2023-01-01/P1Y"),
    ("2023-04", "2023-04-01/P1M"),
    ("XXXX-S1", "XXXX-01-01/P6M"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_span_for_two_spellings(one: str, other: str) -> None:
    assert span_of(one) == span_of(other)


INSIDE = [
    ("2021-03", "2021-Q1", True),
    ("2021-Q1", "2021", True),
    ("2021", "2021", False),
    ("2020-12", "2021", False),
    ("XXXX-03", "2000", False),
    ("2024-12-01/P20D", "2024-12", False),
]


@pytest.mark.parametrize(("part", "whole", "inside"), INSIDE)
def test_within(part: str, whole: str, inside: bool) -> None:
    assert span_of(part).within(span_of(whole)) is inside


SHIFTED = [
    ("2021-S1", -12, "2020-S1"),
    ("2021-01", -1, "2020-12"),
    ("2020-Q1", -3, "2019-Q4"),
    ("2024-12-01/P20D", -12, "2023-12-01/P20D"),
]


@pytest.mark.parametrize(("code", "months", "other"), SHIFTED)
def test_shifted(code: str, months: int, other: str) -> None:
    assert span_of(code).shifted(months) == span_of(other)


def test_without_a_period_only_the_same_place_agrees() -> None:
    assert span_of(None, "table 1") == span_of(None, "table 1")
    assert span_of(None, "table 1") != span_of(None, "table 2")
