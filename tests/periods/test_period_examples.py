"""Wordings of time and the periods they name: one row of `examples.tsv` a case.

Columns: date of publication, the period spoken of at that place (SDMX code), the text, and the codes of its
mentions, each followed by its role where that is not `plain`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.extract.periods.dates import find_dates
from pipeline.extract.periods.find import find_periods
from pipeline.extract.periods.years import resolve
from pipeline.lexicon.load import rows, values
from pipeline.model.period import Period


def _rows() -> list[list[str]]:
    lines = (Path(__file__).parent / "examples.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line and not line.startswith("#")]


def period_of(code: str) -> Period | None:
    """The period that an SDMX code names."""
    match = re.fullmatch(r"(\d{4}|XXXX)(?:-([SQ])(\d)|-(\d\d)(?:-(\d\d)(?:/P(\d+)([YMD]))?)?)?", code)
    if match is None:
        return None
    year = None if match[1] == "XXXX" else int(match[1])
    if match[2]:
        length = 6 if match[2] == "S" else 3
        return Period(year, (int(match[3]) - 1) * length + 1, length)
    if not match[4]:
        return Period(year)
    month = int(match[4])
    if not match[5]:
        return Period(year, month, 1)
    count, unit = int(match[6] or 1), match[7] or "D"
    if unit == "D":
        return Period(year, month, 1, int(match[5]), count)
    return Period(year, month, count * (12 if unit == "Y" else 1))


@pytest.mark.parametrize(("published", "current", "text", "expected"), _rows())
def test_mentions_and_their_periods(published: str, current: str, text: str, expected: str) -> None:
    context = period_of(current)
    found = [
        resolve(mention, published=published or None, current=context).period.code()
        + ("" if mention.role == "plain" else f"/{mention.role}")
        for mention in find_periods(text)
    ]
    assert found == expected.split()


def test_there_are_examples_enough() -> None:
    assert len(_rows()) >= 250


_LEXICON = [(row, example) for row in rows("period_words") for example in values(row["examples"])]


@pytest.mark.parametrize(("row", "example"), _LEXICON)
def test_every_row_of_the_lexicon_proves_itself(row: dict[str, str], example: str) -> None:
    found = find_periods(example)
    if row["kind"] == "month":
        assert [(mention.period.month, mention.period.months) for mention in found] == [(int(row["value"]), 1)]
    elif row["kind"] == "phrase":
        assert [(mention.role, mention.comparison) for mention in found] == [("comparison", row["value"])]
    elif row["kind"] == "lead":
        roles = {"from": "comparison", "over": "comparison", "on": "comparison", "as": "comparison"}
        assert [mention.role for mention in found] == [roles.get(row["value"], row["value"])]
    elif found:
        assert any(_counts(mention.period, int(row["value"])) for mention in found)
    else:
        assert [example[start:end].split()[0] for start, end in find_dates(example)] == [row["word"]]


def _counts(period: Period, number: int) -> bool:
    return number in (period.months, (period.month + 2) // 3, ((period.year or 0) - 1966) // 5 + 3)
