"""Slips: the lexicon's own examples, and which readings a printed number has."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.lexicon.load import rows, values
from pipeline.reconcile.intervals import Range
from pipeline.reconcile.readings import digits_of, readings

EXAMPLES = [
    (*example.split(" -> "), float(row["cost"]))
    for row in rows("glyph_confusions")
    for example in values(row["examples"])
]


@pytest.mark.parametrize(("meant", "read", "cost"), EXAMPLES)
def test_every_example_of_the_lexicon_is_read_back(meant: str, read: str, cost: float) -> None:
    found = {r.value: r for r in readings(read, Decimal(read))}
    assert found[Fraction(meant)].kind == "misread digit"
    assert found[Fraction(meant)].cost == cost


KINDS = [
    ("159", "159", "15.9", "lost decimal point"),
    ("6", "6", "26", "lost leading digit"),
    ("26.8 million", "26800000", "2680000", "displaced decimal point"),
    ("671.7bn", "671700000000", "617700000000", "digits changed round"),
    ("12.4%", "-12.4", "12.4", "lost or stray sign"),
    ("4.2 million", "4200000", "4200000000", "scale word"),
    ("1,234", "1234", "123", "stray digit"),
]


@pytest.mark.parametrize(("quote", "value", "meant", "kind"), KINDS)
def test_kinds(quote: str, value: str, meant: str, kind: str) -> None:
    found = {r.value: r.kind for r in readings(quote, Decimal(value))}
    assert found[Fraction(meant)] == kind


def test_a_reading_keeps_the_rounding_of_its_digits() -> None:
    reading = next(r for r in readings("159", Decimal(159)) if r.text == "15.9")
    assert reading.seen.ends == (Fraction("15.85"), Fraction("15.95"))


@given(
    st.decimals("0.1", "99999", places=1) | st.integers(1, 10**7).map(Decimal),
    st.sampled_from([1, -1, 1000, Decimal("0.01")]),
    st.none() | st.fractions(-2000, 2000),
    st.none() | st.fractions(-2000, 10**9),
)
def test_near_leaves_out_what_does_not_touch_and_nothing_else(
    printed: Decimal, factor: Decimal, lower: Fraction | None, upper: Fraction | None
) -> None:
    value, room = printed * factor, Range(lower, upper)
    assume(not room.empty)
    touching = tuple(r for r in readings(str(printed), value) if r.seen.touches(room))
    assert readings(str(printed), value, near=room) == touching


@pytest.mark.parametrize("quote", ["doubled", "one million", "0.0"])
def test_words_and_zero_have_no_readings(quote: str) -> None:
    assert readings(quote, Decimal(0)) == ()


def test_a_point_is_seldom_lost_in_clean_text() -> None:
    def cost(clean: bool) -> float:
        return next(r.cost for r in readings("159", Decimal(159), clean) if r.text == "15.9")

    assert cost(clean=True) > cost(clean=False)


@pytest.mark.parametrize(("quote", "digits"), [("$26.8 million", "26.8"), ("1,234.5", "1234.5"), ("40. 5", "40.5")])
def test_digits(quote: str, digits: str) -> None:
    assert digits_of(quote) == digits
