"""The number grammar: one row a case."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.numbers import find_numbers

CASES = [
    ("worth 59.95 billion yuan", "59.95 billion", "59950000000", "plain", "="),
    ("1,234.5 tonnes", "1,234.5", "1234.5", "plain", "="),
    ("one million passengers", "one million", "1000000", "plain", "="),
    ("a share of 1/3", "1/3", "33.3333", "fraction", "="),
    ("two thirds of the total", "two thirds", "66.6667", "fraction", "="),
    ("growth of -57.5 percent", "-57.5 percent", "-57.5", "percent", "="),
    ("(+29.3%)", "+29.3%", "29.3", "percent", "="),
    ("10-1/2 pct", "10-1/2 pct", "10.5", "percent", "="),
    ("3½ percent", "3½ percent", "3.5", "percent", "="),
    ("$63.8bn", "63.8bn", "63800000000", "plain", "="),
    ("£29.32m", "29.32m", "29320000", "plain", "="),
    ("between 3 and 4 percent", "3 and 4 percent", "3.5", "percent", "range"),
    ("40-50 million tonnes", "40-50 million", "45000000", "plain", "range"),
    ("went up to 57.1 billion", "57.1 billion", "57100000000", "plain", "="),
    ("as much as 40 pct", "40 pct", "40", "percent", "<="),
    ("more than 3.2%", "3.2%", "3.2", "percent", ">"),
    ("nearly US$30 billion", "30 billion", "30000000000", "plain", "~"),
    ("at least 12 ports", "12", "12", "plain", ">="),
    ("less than 5 percent", "5 percent", "5", "percent", "<"),
    ("surpassing the mark of 29.7 billion", "29.7 billion", "29700000000", "plain", ">"),
    ("4.2 percentage points", "4.2 percentage points", "4.2", "percentage_point", "="),
    ("25 basis points", "25 basis points", "25", "basis_point", "="),
    ("grew 6.2 times", "6.2 times", "6.2", "times", "="),
    ("a two-fold rise", "two-fold", "2", "times", "="),
    ("27,175.3 hundred million yuan", "27,175.3 hundred million", "2717530000000", "plain", "="),
    ("12,53,400 crore", "12,53,400 crore", "12534000000000", "plain", "="),
    ("half a million tonnes", "half a million", "500000", "plain", "="),
    ("eight pct", "eight pct", "8", "percent", "="),
    ("20.1trillion", "20.1trillion", "20100000000000", "plain", "="),
    ("a 3.2-percent rise", "3.2-percent", "3.2", "percent", "="),
]


@pytest.mark.parametrize(("text", "quote", "value", "kind", "bound"), CASES)
def test_number(text: str, quote: str, value: str, kind: str, bound: str) -> None:
    [mention] = find_numbers(text)
    assert text[mention.start : mention.end] == quote
    assert abs(mention.value - Decimal(value)) < Decimal("0.001")
    assert (mention.kind, mention.bound) == (kind, bound)


@pytest.mark.parametrize(
    "text", ["5G networks", "an A320 jet", "the 25th meeting", "Q3 results", "COVID-19", "no numbers here"]
)
def test_no_number(text: str) -> None:
    assert find_numbers(text) == []


def test_rounding_interval_is_half_a_printed_unit() -> None:
    [mention] = find_numbers("4.67 billion")
    assert (mention.lower, mention.upper) == (Decimal(4665000000), Decimal(4675000000))


@given(st.text(alphabet="0123456789.,%-() abmnoiltx/$£", max_size=60))
def test_mentions_are_ordered_disjoint_and_inside(text: str) -> None:
    found = find_numbers(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(m.lower <= m.value <= m.upper for m in found)


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_grouped_and_plain_digits_read_alike(whole: int, decimals: int) -> None:
    text = f"{Decimal(whole).scaleb(-decimals):,}"
    [mention] = find_numbers(text)
    assert mention.value == Decimal(whole).scaleb(-decimals)
