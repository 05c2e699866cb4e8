"""Sentences in the manner of trade releases, wire stories and statistics news, with the figures they should give."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet
from sentence_cases import Case, cases, differences

from pipeline.extract import extract_document
from pipeline.read import read_text


def _rows() -> list[ParameterSet]:
    return [
        pytest.param(c, id=c.name, marks=[pytest.mark.xfail(reason=c.failure, strict=True)] if c.failure else [])
        for c in cases()
    ]


@pytest.mark.parametrize("case", _rows())
def test_figures_of_a_text(case: Case) -> None:
    records = extract_document(read_text(case.text, published=case.published)).records
    assert differences(case, records) == []
