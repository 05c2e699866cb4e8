"""The number grammar: one row a case."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.numbers.find import find_numbers

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
    ("close to 1,200 trips", "1,200", "1200", "plain", "~"),
    ("well over 300 mln dlrs", "300 mln", "300000000", "plain", ">"),
    ("in excess of two billion", "two billion", "2000000000", "plain", ">"),
    ("no more than 5 pct", "5 pct", "5", "percent", "<="),
    ("500 or more trucks", "500", "500", "plain", ">="),
    ("under a billion dollars", "a billion", "1000000000", "plain", "<"),
    ("just under $40 bn", "40 bn", "40000000000", "plain", "<"),
    ("3 to 4 percent", "3 to 4 percent", "3.5", "percent", "range"),
    ("between $1.1 billion and $1.3 billion", "1.1 billion and $1.3 billion", "1200000000", "plain", "range"),
    ("12 to 14 days", "12 to 14", "13", "plain", "range"),
    ("twenty-five vessels", "twenty-five", "25", "word", "="),
    ("three quarters of the total", "three quarters", "75", "fraction", "="),
    ("a fifth of exports", "a fifth", "20", "fraction", "="),
    ("sales doubled", "doubled", "2", "times", "="),
    ("more than tripled", "tripled", "3", "times", ">"),
    ("0.7 of a percentage point", "0.7 of a percentage point", "0.7", "percentage_point", "="),
    ("50bps lower", "50bps", "50", "basis_point", "="),
    ("2.39 lakh crore rupees", "2.39 lakh crore", "2390000000000", "plain", "="),
    ("1.3 trn won", "1.3 trn", "1300000000000", "plain", "="),
    ("½ percent", "½ percent", "0.5", "percent", "="),
    ("12.5 per cent", "12.5 per cent", "12.5", "percent", "="),
    ("+1,250 tonnes", "+1,250", "1250", "plain", "="),
    ("-.5 pct", "-.5 pct", "-0.5", "percent", "="),
]

SEVERAL = [
    ("12% less than the 3.5 billion of a year before", [("12%", "="), ("3.5 billion", "=")]),
    ("46 percent more than the 5 million tonnes of May", [("46 percent", "="), ("5 million", "=")]),
    ("more than 300 million yuan, over 20% up", [("300 million", ">"), ("20%", ">")]),
    ("rose 3 percent over 200 million", [("3 percent", "="), ("200 million", "=")]),
    ("about 12 ports and 30 ships", [("12", "~"), ("30", "=")]),
    ("from 3.2 billion to 4.1 billion", [("3.2 billion", "="), ("4.1 billion", "=")]),
    ("by 3 pct to 40 pct", [("3 pct", "="), ("40 pct", "=")]),
    ("1.2 million, 0.9 million and 0.7 million", [("1.2 million", "="), ("0.9 million", "="), ("0.7 million", "=")]),
    ("0.23 billion yuan, -4%", [("0.23 billion", "="), ("-4%", "=")]),
]
KNOWN_FAILURES: dict[str, str] = {
    "1.3 trn won": "`trn` is known only glued to the digits",
}


def _rows(cases: list[tuple[Any, ...]]) -> list[ParameterSet]:
    known = [(case, KNOWN_FAILURES.get(case[0])) for case in cases]
    return [
        pytest.param(*case, id=case[0], marks=[pytest.mark.xfail(reason=why, strict=True)] if why else [])
        for case, why in known
    ]


@pytest.mark.parametrize(("text", "mentions"), _rows(SEVERAL))
def test_several_numbers(text: str, mentions: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], m.bound) for m in find_numbers(text)] == mentions


@pytest.mark.parametrize(("text", "quote", "value", "kind", "bound"), _rows(CASES))
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
