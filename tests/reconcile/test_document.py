"""One document: what is confirmed, what is found wrong, what is repaired, and where the program stays
silent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from pipeline.model.record import Record
from pipeline.reconcile import reconcile_document
from tests.reconcile.making import figure


def trade(total: str, sold: str, bought: str) -> list[Record]:
    return [
        figure(f"{v} billion", 10 * i, flow=f, sentence="one sentence")
        for i, (v, f) in enumerate(((total, "total"), (sold, "exports"), (bought, "imports")), 1)
    ]


def with_growth(total: str, sold: str, bought: str) -> list[Record]:
    levels = trade("59.95", "4.67", "55.28")
    return levels + [
        figure(v, 10 * i, flow=f, measure="growth", sentence="one sentence")
        for i, (v, f) in enumerate(((total, "total"), (sold, "exports"), (bought, "imports")), 5)
    ]


def share(part: str, whole: str, percent: str, **fields: Any) -> list[Record]:
    return [
        figure(f"{whole} billion", 1000, flow="exports"),
        figure(f"{part} billion", 2000, flow="exports", commodity="timber", sentence="on timber"),
        figure(
            percent,
            2040,
            measure="share",
            flow="exports",
            commodity="timber",
            share_of="exports//CN-HL/",
            sentence="on timber",
            **fields,
        ),
    ]


def twice(first: str, second: str, **fields: Any) -> list[Record]:
    return [
        figure(f"{first} million", 1000, commodity="rubber tires", flow="exports"),
        figure(
            second,
            2000,
            commodity="Rubber Tire",
            flow="exports",
            scale=10**6,
            table="2",
            row=1,
            column=1,
            sentence="",
            **fields,
        ),
    ]


AGREE: list[tuple[str, list[Record], set[int]]] = [
    ("parts make the total", trade("59.95", "4.67", "55.28"), {0, 1, 2}),
    ("rounding explains the last digit", trade("5.9", "2.44", "3.50"), {0, 1, 2}),
    ("growth follows from the parts'", with_growth("18.4%", "6.5%", "19.5%"), {0, 1, 2, 3, 4, 5}),
    ("share within rounding", share("1.09", "4.67", "23.2%"), {0, 1, 2}),
    ("text and table print alike", twice("2.68", "2.68"), {0, 1}),
    ("a figure alone is not checked", [figure("4.67 billion", 1)], set()),
    (
        "a target is no figure to check",
        [figure("9 billion", 1), figure("5 billion", 2000, obs_status="T")],
        set(),
    ),
]


@pytest.mark.parametrize(("name", "records", "confirmed"), AGREE, ids=[case[0] for case in AGREE])
def test_agreement_confirms(name: str, records: list[Record], confirmed: set[int]) -> None:
    result = reconcile_document(records)
    assert result.findings == ()
    assert {i for i, r in enumerate(result.records) if r.check == "confirmed"} == confirmed


WRONG: list[tuple[str, list[Record], str, str, str]] = [
    ("digits changed round", with_growth("18.4%", "6.5%", "91.5%"), "growth_vs_levels", "91.5%", "19.5"),
    ("a lost point in a rate", with_growth("184%", "6.5%", "19.5%"), "growth_vs_levels", "184%", "18.4"),
    ("text against table and rank", twice("26.8", "2.68"), "text_vs_table", "26.8 million", "2680000"),
    ("a share of more than everything", share("1.09", "4.67", "232%"), "share_of_whole", "232%", "23.2"),
]


@pytest.mark.parametrize(("name", "records", "rule", "quote", "meant"), WRONG, ids=[case[0] for case in WRONG])
def test_the_right_reading_is_proposed(name: str, records: list[Record], rule: str, quote: str, meant: str) -> None:
    result = reconcile_document(records)
    wrong = next(r for r in result.records if r.quote == quote)
    finding = next(f for f in result.findings if wrong.id in f.suspects)
    assert Decimal(meant) in [p.obs_value for p in finding.proposals if p.record == wrong.id]
    assert finding.status == "open"
    assert wrong.check == "conflicting"
    assert finding.id in wrong.findings
    assert wrong.obs_value == next(r for r in records if r.quote == quote).obs_value


SILENT: list[tuple[str, list[Record]]] = [
    (
        "a revision",
        [figure("4.67 billion", 1), figure("4.76 billion", 2000, sentence="the revised 4.76 billion")],
    ),
    ("other things under one key", [figure("46.72 billion", 1), figure("8.1 billion", 2000)]),
    (
        "a whole that is only guessed",
        [
            r if r.measure != "share" else msgspec.structs.replace(r, share_of=None)
            for r in share("1.09", "4.67", "64.4%")
        ],
    ),
    (
        "growth at home and in dollars",
        [
            figure("100.0 billion", 1),
            figure("90.0 billion", 2000, time_period="2020-S1", unit_measure="USD"),
            figure("5.0%", 20, measure="growth", sentence="sentence 0 with 100.0 billion"),
        ],
    ),
    (
        "about",
        [
            figure("10.3 billion", 1),
            *trade("10", "4.0", "6.0")[1:],
            figure("10 billion", 3000, bound="~", commodity=None),
        ],
    ),
    (
        "a month beside its year to date",
        [
            figure("16.03 billion", 1, time_period="2021-11"),
            figure("137.66 billion", 2000, time_period="2021-01-01/P11M"),
        ],
    ),
]


@pytest.mark.parametrize(("name", "records"), SILENT, ids=[case[0] for case in SILENT])
def test_no_false_error(name: str, records: list[Record]) -> None:
    assert [f for f in reconcile_document(records).findings if f.severity == "error"] == []


def five_years(rate: str, **fields: Any) -> list[Record]:
    cells = []
    rows = (
        ("total", "3.28 15 3.81 RATE"),
        ("imports", "0.83 250 1.28 54.1"),
        ("exports", "2.45 -6.4 2.52 3"),
    )
    for row, (flow, line) in enumerate(rows):
        for column, text in enumerate(line.replace("RATE", rate).split()):
            growth = {"measure": "growth"} if column % 2 else {"scale": 10**9}
            cells.append(
                figure(
                    text,
                    row * 1000 + column * 10,
                    flow=flow,
                    table="1",
                    row=row,
                    column=column,
                    time_period=str(2011 + column // 2),
                    sentence="",
                    **growth,
                    **fields,
                )
            )
    return cells


def test_a_scan_is_repaired_and_the_printed_value_kept() -> None:
    result = reconcile_document(five_years("159"), ocr_tables=frozenset({"1"}))
    cell = next(r for r in result.records if r.quote == "159")
    assert (cell.obs_value, cell.published_value, cell.check) == (Decimal("15.9"), Decimal(159), "repaired")
    assert (cell.lower, cell.upper) == (Decimal("15.85"), Decimal("15.95"))
    [finding] = result.findings
    assert (finding.severity, finding.status) == ("info", "repaired")
    assert "3.81 / 3.28 - 1 = 15.83..16.49 %, printed 159 %" in finding.equation


def test_a_chain_through_the_year_before_confirms() -> None:
    result = reconcile_document(five_years("15.9"))
    assert next(r for r in result.records if r.quote == "250").check == "confirmed"
    refuted = [
        msgspec.structs.replace(r, obs_value=Decimal(25), lower=Decimal("24.95"), upper=Decimal("25.05"), quote="25.0")
        if r.quote == "250"
        else r
        for r in five_years("15.9")
    ]
    assert any(f.rule in ("growth_of_parts", "growth_vs_levels") for f in reconcile_document(refuted).findings)


def test_clean_text_is_never_changed() -> None:
    result = reconcile_document(five_years("159"))
    assert all(r.published_value is None for r in result.records)
    assert [f.severity for f in result.findings] == ["error"]


def test_what_nothing_decides_stays_open() -> None:
    result = reconcile_document(twice("3.23", "3.28"), ocr_tables=frozenset({"2"}))
    [finding] = result.findings
    assert finding.ambiguous
    assert len(finding.suspects) == 2
    assert all(r.published_value is None for r in result.records)


def test_a_part_above_the_whole_that_no_slip_explains_blames_the_claim() -> None:
    records = [
        figure("137.66 billion", 1),
        figure("119.81 billion", 1000, counterpart_area="BRI", sentence="with the BRI"),
        figure(
            "87.0%",
            1030,
            counterpart_area="BRI",
            measure="share",
            share_of="total//CN-HL/",
            sentence="with the BRI",
        ),
        *(
            figure(f"{v} billion", 2000 + 10 * i, counterpart_area="EU", flow=f, sentence="with the EU")
            for i, (v, f) in enumerate((("261.8", "total"), ("197.9", "exports"), ("63.9", "imports")))
        ),
    ]
    [finding] = reconcile_document(records).findings
    assert finding.rule == "part_exceeds_whole"
    assert finding.relation_suspect
    assert finding.proposals == ()
    assert finding.suspects == ("doc:2000",)


def test_a_deficit_without_a_sign_is_no_error() -> None:
    records = [
        figure("2.58 billion", 10, flow="exports"),
        figure("3.16 billion", 30, flow="imports"),
        figure("0.58 billion", 50, flow="balance"),
    ]
    result = reconcile_document(records)
    assert result.findings == ()
    assert {r.check for r in result.records} == {"confirmed"}


def test_a_balance_read_as_a_total_is_no_error() -> None:
    result = reconcile_document(trade("0.58", "2.58", "3.16"))
    assert result.findings == ()
    assert [r.flow for r in result.records] == ["total", "exports", "imports"]


def test_other_readings_of_a_cell_are_tried() -> None:
    cells = five_years("161.5")
    cells = [msgspec.structs.replace(c, readings=((Decimal("16.2"), 0.5),)) if c.quote == "161.5" else c for c in cells]
    [finding] = reconcile_document(cells).findings
    assert finding.proposals[0].obs_value in (Decimal("16.2"), Decimal("16.15"))


def test_two_runs_agree() -> None:
    records = five_years("159") + with_growth("18.4%", "6.5%", "91.5%")
    assert reconcile_document(records) == reconcile_document(records)


def test_strings_of_digits_are_no_amounts() -> None:
    records = [figure("9" * digits, 10 * digits, flow=flow) for digits, flow in ((60, "total"), (400, "exports"))]
    assert reconcile_document(records).findings == ()


def test_nothing_comes_of_nothing() -> None:
    assert reconcile_document([]).findings == ()
