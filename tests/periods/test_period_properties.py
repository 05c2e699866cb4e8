"""What holds of every period and every text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.periods.dates import find_dates
from pipeline.extract.periods.find import find_periods
from pipeline.extract.periods.years import base_of, comparison_between, resolve
from pipeline.model.period import Period

_YEARS = st.one_of(st.none(), st.integers(1700, 2060))
_SPANS = st.builds(Period, _YEARS, st.integers(1, 12), st.integers(1, 130))
_DAYS = st.builds(Period, _YEARS, st.integers(1, 12), st.just(1), st.integers(1, 28), st.integers(1, 400))
_PERIODS = st.one_of(_SPANS, _DAYS)
_WORDS = re.split(
    r"\s+",
    "the first second last this previous same past half quarter month months year week period of in "
    "to from since by than over compared with and between January Feb. March May Dec. 1 12 20 2004 "
    "1986-87 2011-2015 12th five-year plan fiscal H1 3Q season ended earlier ago year-on-year so far "
    "end- ( ) , . - % $ yuan",
)
_TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join))


@given(_PERIODS, st.integers(-50, 50), st.integers(-100, 100))
def test_a_shift_and_back_changes_nothing(period: Period, years: int, months: int) -> None:
    assert period.shifted(years, months).shifted(-years, -months) == period


@given(_DAYS, st.integers(-300, 300))
def test_a_shift_by_days_keeps_the_length(period: Period, days: int) -> None:
    moved = period.shifted(days=days)
    assert moved.days == period.days
    assert moved.shifted(days=-days) == period


@given(_PERIODS)
def test_the_code_is_a_time_period(period: Period) -> None:
    assert re.fullmatch(r"(\d{4}|XXXX)(-[SQ]\d|-\d\d|-\d\d-\d\d(/P\d+[YMD])?)?", period.code())


@given(_SPANS, _SPANS)
def test_different_spans_have_different_codes(one: Period, other: Period) -> None:
    assert (one.code() == other.code()) == (one == other)


@settings(max_examples=300)
@given(_TEXTS, _PERIODS, st.sampled_from([None, "1987-03-16", "2024-02-29", "XXXX-07-21", "rubbish"]))
def test_any_text_is_read_without_overlaps(text: str, current: Period, published: str | None) -> None:
    mentions = find_periods(text)
    edges = [edge for mention in mentions for edge in (mention.start, mention.end)]
    assert edges == sorted(edges)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.role != "comparison" or mention.comparison is not None
        for context in (current, None):
            assert resolve(mention, published=published, current=context).period.code()
        assert base_of(current, mention, published=published).code()


@settings(max_examples=200)
@given(_TEXTS)
def test_dates_cover_every_period(text: str) -> None:
    dates = find_dates(text)
    assert all(before[1] <= after[0] for before, after in pairwise(dates))
    assert all(any(a <= m.start and m.end <= b for a, b in dates) for m in find_periods(text))


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("a meeting at 16:05 today", ["16:05"]),
        ("17-APR-1987 05:27:17.87 PEKING", ["17-APR-1987", "05:27:17.87"]),
        ("above the mark for three consecutive years", ["three consecutive years"]),
        ("a million for seven consecutive years", ["seven consecutive years"]),
        ("growing for the fifth month in a row", ["fifth month in a row"]),
        ("its surplus is at a six-year high", ["six-year high"]),
        ("for the 15th straight month in December", ["15th straight month", "December"]),
        ("nearly 30 years of trade", ["30 years"]),
        ("after over 20 years of it", ["20 years"]),
        ("a 13-month ban on beef", ["13-month"]),
        ("announced on the 21st that", ["the 21st"]),
        ("across the river in 6 minutes", []),
        ("the voyage takes 18 days", []),
        ("40 percent of 3,132 trains", []),
        ("the first 11 months of this year saw 12 trains", ["first 11 months of this year"]),
    ],
)
def test_spans_that_are_time_and_no_figure(text: str, covered: list[str]) -> None:
    assert [text[start:end] for start, end in find_dates(text)] == covered


@pytest.mark.parametrize(
    ("current", "base", "expected"),
    [
        (Period(2024, 7, 1), Period(2023, 7, 1), "yoy"),
        (Period(2024, 7, 1), Period(2024, 6, 1), "mom"),
        (Period(2024, 1, 1), Period(2023, 12, 1), "mom"),
        (Period(2024, 4, 3), Period(2024, 1, 3), "qoq"),
        (Period(2024, 4, 3), Period(2023, 4, 3), "yoy"),
        (Period(2024), Period(2023), "yoy"),
        (Period(2011, 1, 60), Period(2006, 1, 60), "previous"),
        (Period(1987, 2, 1, 21, 7), Period(1987, 2, 1, 14, 7), "previous"),
    ],
)
def test_what_a_comparison_with_a_base_is(current: Period, base: Period, expected: str) -> None:
    assert comparison_between(current, base) == expected
