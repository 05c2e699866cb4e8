"""Units behind and before numbers, and every example of every unit lexicon."""

from importlib.resources import files

import pint
import pytest

from pipeline.extract.numbers.find import find_numbers
from pipeline.extract.numbers.units import quantities
from pipeline.lexicon import load

CASES = [
    ("59.95 billion yuan", "CNY"),
    ("US$104.1 per mt", "USD / metric_ton"),
    ("US$1,399.8/mt", "USD / metric_ton"),
    ("18 dollars a barrel", "USD / barrel"),
    ("12.17 mln barrels per day", "barrel / day"),
    ("3.98 mln bpd", "barrel / day"),
    ("7.45 billion H.K. Dlrs", "HKD"),
    ("imported us $2.82 million", "USD"),
    ("RMB 21.17 trillion yuan", "CNY"),
    ("360,000 cubic meters", "meter ** 3"),
    ("3.342 billion kilowatt-hours", "kilowatt_hour"),
    ("22,201bn yen", "JPY"),
    ("4.2 percentage points", "percentage_point"),
    ("up 13.7 times", "ratio"),
    ("3,132 train trips", None),
    ("US$5.6 billion", "USD"),
    ("HK$300 million", "HKD"),
    ("EUR 118.6 billion", "EUR"),
    ("£31.9bn", "GBP"),
    ("CHF 22.3 billion", "CHF"),
    ("1.3 trillion won", "KRW"),
    ("2.1bn Swedish kronor", "SEK"),
    ("4.3 million Norwegian crowns", "NOK"),
    ("3,560 yuan per tonne", "CNY / metric_ton"),
    ("$431 a ton", "USD / metric_ton"),
    ("16.85 ringgit a kilo", "MYR / kilogram"),
    ("55 cents per pound", "USD / pound"),
    ("6,247 kilograms per hectare", "kilogram / hectare"),
    ("21.4 million hectares", "hectare"),
    ("0.87 square kilometers", "kilometer ** 2"),
    ("500 MWh", "megawatt_hour"),
    ("25 basis points", "percentage_point or basis_point"),
    ("Rs 1,250 crore", "INR"),
    ("14.4 trillion naira", "NGN"),
    ("3 million short tons", "short_ton"),
    ("16 working days", "day"),
    ("12 ports", None),
]


@pytest.mark.parametrize(("text", "unit"), CASES)
def test_unit(text: str, unit: str | None) -> None:
    [quantity] = quantities(text, find_numbers(text))
    assert quantity.unit in (unit.split(" or ") if unit else [None])


def _examples(name: str) -> list[tuple[str, str]]:
    return [
        (row.get("code") or row["unit"], example) for row in load.rows(name) for example in load.values(row["examples"])
    ]


@pytest.mark.parametrize(("code", "example"), _examples("currencies") + _examples("units"))
def test_lexicon_examples(code: str, example: str) -> None:
    found = {q.unit for q in quantities(example, find_numbers(example)) if q.unit}
    assert any(unit == code or unit.startswith(f"{code} /") for unit in found)


@pytest.mark.xfail(reason="a currency between two numbers is taken by both, so that one of them is lost", strict=True)
@pytest.mark.parametrize("text", ["China 28.3 USD 10.9 billion", "0 € 0"])
def test_quantities_do_not_overlap(text: str) -> None:
    one, other = quantities(text, find_numbers(text))
    assert one.end <= other.start


def test_every_unit_is_one_of_pint() -> None:
    registry = pint.UnitRegistry()
    registry.load_definitions(str(files("pipeline.lexicon") / "units_pint.txt"))
    codes = {row["code"] for table in ("currencies", "currency_names") for row in load.rows(table)} | {
        row["unit"] for row in load.rows("units")
    }
    for code in codes | {"percent", "percentage_point", "ratio", "count", "index", "USD / metric_ton"}:
        registry.parse_units(code)
    assert registry.parse_units("metric_ton") != registry.parse_units("ton")
