"""Every example of every row of the lexicons that extraction reads, through the finder of its table."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from _pytest.mark import ParameterSet

from pipeline.extract import extract_document
from pipeline.extract.numbers.find import NumberMention, find_numbers
from pipeline.extract.numbers.units import quantities
from pipeline.extract.words.indicators import is_statistic, rate_of
from pipeline.extract.words.items import Item, itemise
from pipeline.extract.words.tagging import tagged
from pipeline.lexicon import load
from pipeline.read import read_text

Row = dict[str, str]

KNOWN_POOR: dict[tuple[str, str], str] = {
    ("flows", "bilateral turnover hit a record"): "shows the row above; better: `turnover hit a record`",
    (
        "indicators",
        "operating capacity was 78.1 pct",
    ): "no form of the row; better: `use of operating capacity was 78.1 pct`",
}
"""Examples (table, example) that do not show what their row says, with the reason."""

_WRITTEN = (
    "changes",
    "predicates",
    "flows",
    "trade_modes",
    "indicators",
    "indicator_heads",
    "bounds",
    "magnitudes",
    "rate_units",
)


def _examples(*tables: str) -> list[ParameterSet]:
    return [
        _parameters(table, number, row, example)
        for table in tables
        for number, row in enumerate(load.rows(table), 1)
        for example in load.values(row["examples"])
    ]


def _parameters(table: str, number: int, row: Row, example: str) -> ParameterSet:
    poor = KNOWN_POOR.get((table, example))
    marks = [pytest.mark.xfail(reason=poor, strict=True)] if poor else []
    return pytest.param(row, example, id=f"{table}-{number}-{example}", marks=marks)


def _items(text: str) -> list[Item]:
    numbers = [
        Item("quantity", q.start, q.end, text[q.start : q.end], "", q) for q in quantities(text, find_numbers(text))
    ]
    return itemise(text, tagged([text])[0], numbers)


def _cue(text: str, fits: Callable[[Item], bool], forms: str) -> None:
    """`text` holds a cue of one of `forms` that fits."""
    known = {form.lower() for form in load.values(forms)}
    assert [item for item in _items(text) if fits(item) and item.lower in known], _items(text)


@pytest.mark.parametrize("table", _WRITTEN)
def test_every_table_has_examples(table: str) -> None:
    assert sum(bool(row["examples"]) for row in load.rows(table)) >= 0.8 * len(load.rows(table))


@pytest.mark.parametrize(("row", "example"), _examples("changes"))
def test_word_of_change(row: Row, example: str) -> None:
    _cue(
        example,
        lambda i: i.kind == "change" and (i.data["part"], i.data["sign"]) == (row["part"], row["sign"]),
        row["forms"],
    )


@pytest.mark.parametrize(("row", "example"), _examples("predicates"))
def test_predicate(row: Row, example: str) -> None:
    kind = row["kind"] if row["kind"] in ("level", "share") else "status"
    _cue(example, lambda i: i.kind == kind and i.data["kind"] == row["kind"], row["forms"])


@pytest.mark.parametrize(("row", "example"), _examples("flows"))
def test_flow(row: Row, example: str) -> None:
    _cue(
        example, lambda i: i.kind == "flow" and all(i.data[c] == row[c] for c in ("flow", "part", "sign")), row["forms"]
    )


@pytest.mark.parametrize(("row", "example"), _examples("movements"))
def test_movement(row: Row, example: str) -> None:
    """In a text on Turkey's trade goods go to Kenya, or come from there."""
    text = f"Turkey's exports were 900 million dollars and its imports 800 million. In May, {example}."
    records = extract_document(read_text(text, published="2024-06-20")).records[2:]
    out = row["way"] == "go" or "to Kenya" in example or example.startswith("Kenya bought")
    wanted = ("exports" if out else "imports", "TR", "KE")
    assert {(r.flow, r.ref_area, r.counterpart_area) for r in records} == {wanted}


@pytest.mark.parametrize(("row", "example"), _examples("trade_modes"))
def test_trade_mode(row: Row, example: str) -> None:
    _cue(example, lambda i: i.kind == "mode", row["forms"])


@pytest.mark.parametrize(("row", "example"), _examples("indicators"))
def test_indicator_reads(row: Row, example: str) -> None:
    words = [item.lower for item in _items(example) if item.kind in ("word", "flow", "mode")]
    runs = [" ".join(words[a:b]) for a in range(len(words)) for b in range(len(words), a, -1)]
    known = [found for run in runs if run in load.values(row["forms"].lower()) and (found := rate_of(run))]
    assert known and known[0]["name"] == row["name"]


@pytest.mark.parametrize(("row", "example"), _examples("indicator_heads"))
def test_indicator_head(row: Row, example: str) -> None:
    heads = {head.lower() for head in load.values(row["heads"])}
    words = example.lower().split()
    phrases = [" ".join(words[: i + 1]) for i, word in enumerate(words) if word in heads]
    assert phrases and any(is_statistic(phrase) for phrase in phrases)


@pytest.mark.parametrize(("row", "example"), _examples("bounds"))
def test_bound(row: Row, example: str) -> None:
    assert _number(example).bound == row["bound"]


@pytest.mark.parametrize(("row", "example"), _examples("magnitudes"))
def test_magnitude(row: Row, example: str) -> None:
    mention = _number(example)
    assert mention.scaled and mention.scale == Decimal(row["factor"])


@pytest.mark.parametrize(("row", "example"), _examples("rate_units"))
def test_rate_unit(row: Row, example: str) -> None:
    [quantity] = quantities(example, find_numbers(example))
    assert quantity.unit is not None and quantity.unit.split(" / ")[1:] == [row["unit"]]


@pytest.mark.parametrize(("row", "example"), _examples("units", "currencies", "currency_names"))
def test_unit(row: Row, example: str) -> None:
    code = row.get("code") or row["unit"]
    found = [q.unit for q in quantities(example, find_numbers(example)) if q.unit]
    assert any(unit == code or unit.startswith(f"{code} /") for unit in found)


def _number(text: str) -> NumberMention:
    [mention] = find_numbers(text)
    return mention


_FORMS = [
    pytest.param(table, form, id=f"{table}-{form}")
    for table in ("changes", "predicates", "flows", "trade_modes")
    for row in load.rows(table)
    for form in load.values(row["forms"])
]


@pytest.mark.parametrize(("table", "form"), _FORMS)
def test_forms_are_plain(table: str, form: str) -> None:
    assert form == " ".join(form.split())


@pytest.mark.parametrize(
    ("row", "form"),
    [(row, form) for row in load.rows("bounds") for form in load.values(row["forms"]) if row["side"] == "before"],
)
def test_every_bound_before_a_number(row: Row, form: str) -> None:
    assert _number(f"worth {form} 300 million yuan").bound == row["bound"]


@pytest.mark.parametrize(
    ("row", "form"),
    [(row, form) for row in load.rows("magnitudes") for form in load.values(row["forms"])],
)
def test_every_scale_word(row: Row, form: str) -> None:
    assert _number(f"worth 7 {form} yuan").value == 7 * Decimal(row["factor"])


@pytest.mark.parametrize(
    ("row", "form"),
    [(row, form) for row in load.rows("magnitudes") for form in load.values(row["glued"])],
)
def test_every_glued_scale(row: Row, form: str) -> None:
    assert _number(f"worth $7.25{form} in May").value == Decimal("7.25") * Decimal(row["factor"])


@pytest.mark.parametrize(
    ("row", "form"), [(row, form) for row in load.rows("indicators") for form in load.values(row["forms"])]
)
def test_every_form_of_an_indicator(row: Row, form: str) -> None:
    found = rate_of(form)
    assert found is not None and found["reads"] == row["reads"]


@pytest.mark.parametrize("form", [form for row in load.rows("indicator_heads") for form in load.values(row["heads"])])
def test_every_head_makes_a_statistic(form: str) -> None:
    assert is_statistic(f"national {form}") and is_statistic(f"{form} of the province")


@pytest.mark.parametrize(
    "noun", ["rubber tires", "soybeans", "mechanical and electrical products", "iron ore", "frozen fish"]
)
def test_a_product_is_no_statistic(noun: str) -> None:
    assert not is_statistic(noun)


@pytest.mark.parametrize(("row", "example"), _examples("companies"))
def test_company(row: Row, example: str) -> None:
    """A company is never what a figure is of."""
    names = set(load.values(row["names"]))
    records = extract_document(
        read_text(f"Car sales fell 3 percent in May. {example}.", published="2001-06-05")
    ).records
    assert any(name in example for name in names)
    assert records[1:] and not names & {str(record.indicator) for record in records}
