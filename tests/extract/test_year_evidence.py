"""The year of a text without a date, from an amount in two currencies and the latest day that the text dates.

The rates behind the expected years are the European Central Bank's daily ones: a dollar bought 6.35 to 6.41 yuan in
October to December 2021 and in no other last quarter from 2020 on; 7.0 to 7.3 in November of 2022 and
of each later year.
"""

import pytest

from pipeline import extract

CAPTION = "A crane lifts a container at the river port on {day}. (Photo by the port office)\n\n"
CASES = [
    pytest.param("Oct. 9, 2020", "19.11 billion yuan ($3.00 billion)", "2021-11", id="one year fits"),
    pytest.param("Oct. 9, 2020", "$3.00 billion (19.11 billion yuan)", "2021-11", id="currencies swapped"),
    pytest.param("Oct. 9, 2021", "21.24 billion yuan ($3.00 billion)", "XXXX-11", id="several years fit"),
    pytest.param("Oct. 9, 2020", "15.00 billion yuan ($3.00 billion)", "XXXX-11", id="no year fits"),
    pytest.param("Oct. 9, 2020", "19 billion yuan ($3 billion)", "XXXX-11", id="rounded too coarsely for one year"),
    pytest.param("Oct. 9, 2020", "19.11 billion yuan, and exports $3 billion", "XXXX-11", id="no pair"),
]


@pytest.mark.parametrize(("day", "amount", "period"), CASES)
def test_year(day: str, amount: str, period: str) -> None:
    text = CAPTION.format(day=day) + f"In November, the region's imports came to {amount}.\n"
    figures = extract(text).records
    assert figures[0].time_period == period
    inferred = "inferred" in (figures[0].time_period_basis or "")
    assert inferred == (not period.startswith("XXXX"))
    assert all("dates 20" in (f.time_period_basis or "") for f in figures) or not inferred


def test_no_dated_day_gives_no_year() -> None:
    figures = extract("In November, the region's imports came to 19.11 billion yuan ($3 billion).\n").records
    assert {f.time_period for f in figures} == {"XXXX-11"}


def test_a_publication_date_needs_no_evidence() -> None:
    text = CAPTION.format(day="Oct. 9, 2020") + "In November, imports came to 19.11 billion yuan ($3 billion).\n"
    assert {f.time_period for f in extract(text, published="2024-12-20").records} == {"2024-11"}
