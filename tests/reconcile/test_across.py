"""Checks between documents."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from pipeline.model.record import Record
from pipeline.reconcile import reconcile_across
from tests.reconcile.making import figure


def document(name: str, *records: Record) -> list[Record]:
    return [msgspec.structs.replace(r, document=name, id=f"{name}:{r.char_start}") for r in records]


def one(quote: str, **fields: Any) -> Record:
    return figure(quote, 10, **{"time_period": "2021", **fields})


PAIRS = [
    ("the same", one("42.75 billion"), one("42.75 billion"), []),
    ("the same, rounded", one("42.75 billion"), one("42.8 billion"), []),
    ("a revision", one("42.75 billion"), one("43.10 billion"), ["info"]),
    ("a point displaced", one("42.75 billion"), one("427.5 billion"), ["warning"]),
    ("another thing", one("42.75 billion"), one("1.13 billion"), []),
    ("another year", one("42.75 billion"), one("47.25 billion", time_period="2022"), []),
    (
        "an unknown year",
        one("42.75 billion", time_period="XXXX"),
        one("47.25 billion", time_period="XXXX"),
        [],
    ),
    ("unsure", one("42.75 billion"), one("47.25 billion", confidence=0.4), []),
]


@pytest.mark.parametrize(("name", "first", "second", "severities"), PAIRS, ids=[case[0] for case in PAIRS])
def test_the_same_figure_in_two_documents(name: str, first: Record, second: Record, severities: list[str]) -> None:
    found = reconcile_across([document("a", first), document("b", second)])
    assert [f.severity for f in found] == severities
    assert all(f.rule == "cross_document" and f.documents == ("a", "b") for f in found)


@pytest.mark.parametrize(("rate", "count"), [("7.0%", 0), ("70.0%", 1)])
def test_growth_against_last_years_document(rate: str, count: int) -> None:
    now = document(
        "b",
        one("10.70 billion", sentence="s"),
        msgspec.structs.replace(one(rate, measure="growth", sentence="s"), char_start=40),
    )
    found = reconcile_across([document("a", one("10.00 billion", time_period="2020")), now])
    assert len(found) == count
    assert all(f.rule == "growth_vs_levels" and f.severity == "warning" for f in found)


def test_mirrored_trade_is_only_a_note() -> None:
    sold = one("9.00 billion", flow="exports", ref_area="CN", counterpart_area="RU")
    bought = one("4.00 billion", flow="imports", ref_area="RU", counterpart_area="CN")
    [finding] = reconcile_across([document("a", sold), document("b", bought)])
    assert finding.severity == "info"


def test_order_does_not_matter() -> None:
    groups = [document("a", one("42.75 billion")), document("b", one("427.5 billion"))]
    forth, back = reconcile_across(groups), reconcile_across(groups[::-1])
    assert len(forth) == len(back) == 1
    assert set(forth[0].suspects) == set(back[0].suspects)


def test_documents_may_come_by_id() -> None:
    groups = {"a": document("a", one("42.75 billion")), "b": document("b", one("427.5 billion"))}
    assert reconcile_across(groups) == reconcile_across(list(groups.values()))
