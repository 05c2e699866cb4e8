"""Quantities: numbers with the unit that belongs to them: step 4.

A currency stands before or behind the number, a physical unit behind it, and a rate (`a barrel`, `per day`, `/mt`)
behind that. What is counted (`freight train trips`) is a noun phrase and is found with the phrases. Not supported:
units far from their number in another sentence; compound units other than rates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from pipeline.extract.numbers.bounds import bound_behind
from pipeline.extract.numbers.number import NumberMention
from pipeline.extract.wording import alternation
from pipeline.lexicon import load


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `start`..`end` covers currency prefix, number and unit words in the clean text.

    `unit` is an ISO 4217 code, a Pint name, a rate of such, or one of `percent`, `percentage_point`, `basis_point`,
    `ratio`; None for a bare number. `generic` names a dollar, peso, ... that another mention of the document decides.
    `factor` converts the number to `unit` (cents to dollars); `scale` is a scale word shared from a later number.
    """

    number: NumberMention
    start: int
    end: int
    unit: str | None
    kind: str
    factor: Decimal = Decimal(1)
    generic: str | None = None
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Unit:
    code: str
    kind: str
    factor: Decimal
    generic: str | None = None


_GAPS = regex.compile(r"[\s-]+")
_AMOUNT_BEFORE = regex.compile(r"(?:\d|illion|thousand|hundred|[mb]ln|bn)\s?yuan\s?$", regex.I)
_NUMBER_UNITS = {
    "percent": "percent",
    "percentage_point": "percentage_point",
    "basis_point": "basis_point",
    "times": "ratio",
    "fraction": "percent",
}


@cache
def _units(name: str, column: str) -> dict[str, _Unit]:
    units: dict[str, _Unit] = {}
    # What the table by hand says goes first.
    full_names = load.rows("currency_names") if (name, column) == ("currencies", "after") else ()
    for row in (*load.rows(name), *full_names):
        unit = _Unit(
            row.get("code") or row["unit"],
            row.get("kind") or "money",
            Decimal(row.get("factor") or 1),
            row.get("generic") or None,
        )
        for form in load.values(row[column]):
            units.setdefault(form.lower(), unit)
    return units


@cache
def _signs() -> regex.Pattern[str]:
    """What stands before a number."""
    return regex.compile(rf"(?<![A-Za-z])(?P<form>{alternation(_units('currencies', 'before'))})\s?$", regex.I)


@cache
def _names(name: str, column: str) -> dict[str, regex.Pattern[str]]:
    """What stands behind a number, by its first letter: one pattern of all the world's currencies would be slow."""
    forms: dict[str, list[str]] = {}
    for form in _units(name, column):
        forms.setdefault(form[0], []).append(form)
    return {
        first: regex.compile(rf"^[\s-]?(?P<form>{alternation(those)})(?![\w$])", regex.I)
        for first, those in forms.items()
    }


@cache
def _rate() -> tuple[dict[str, str], regex.Pattern[str]]:
    units = {form.lower(): row["unit"] for row in load.rows("rate_units") for form in load.values(row["forms"])}
    return units, regex.compile(
        rf"^(?:\s(?:an?|per|to the|the)\s(?:dry\s|wet\s)?|\s?/\s?|\sper\s)(?P<form>{alternation(list(units))})(?!\w)",
        regex.I,
    )


def quantities(text: str, numbers: list[NumberMention]) -> list[Quantity]:
    """The quantities of `text`, one a number, in order."""
    found = [_quantity(text, number) for number in numbers]
    rated = [_with_rate(text, q) if q.kind in ("money", "mass", "volume", "area", "energy") else q for q in found]
    return [_with_bound(text, q) for q in rated]


def _with_bound(text: str, quantity: Quantity) -> Quantity:
    """`225 million dollars or thereabouts`: the bound behind the unit, which then belongs to the quantity."""
    bound, end = bound_behind(text, quantity.end)
    if end == quantity.end or (not text[quantity.end].isspace() and text[quantity.end] != ","):
        return quantity
    number = quantity.number
    return replace(quantity, end=end, number=replace(number, bound=bound) if number.bound == "=" else number)


def _quantity(text: str, number: NumberMention) -> Quantity:
    if number.kind in _NUMBER_UNITS:
        return Quantity(number, number.start, number.end, _NUMBER_UNITS[number.kind], number.kind)
    before, start = _before(text, number.start)
    after, end = _after(text, number)
    end = end if after else number.end
    unit = after or before
    if before and text[start - 2 : start] in ("(+", "(-"):
        number = _signed(number, -1 if text[start - 1] == "-" else 1)
    if before and after and (after.kind != "money" or text[number.end : end].lower().endswith(" mark")):
        # `US$104.1 mt`, `the £1 trillion mark`: money first, the rest belongs to what follows.
        unit, end = before, number.end
    if unit is None:
        return Quantity(number, number.start, number.end, None, "bare")
    return Quantity(number, start, end, unit.code, unit.kind, unit.factor, None if before and after else unit.generic)


def _signed(number: NumberMention, sign: int) -> NumberMention:
    """`(+$2.9 billion)`: a sign before the currency is that of the number."""
    if sign > 0:
        return replace(number, signed=True)
    return replace(number, signed=True, value=-number.value, lower=-number.upper, upper=-number.lower)


def _before(text: str, start: int) -> tuple[_Unit | None, int]:
    units = _units("currencies", "before")
    match = _signs().search(text[max(0, start - 8) : start])
    if not match:
        return None, start
    if match["form"].lower() == "yuan" and _AMOUNT_BEFORE.search(text[:start], max(0, start - 32)):
        return None, start
    if match["form"].lower() == "us $" and text[:start].endswith(f"the {match[0]}"):
        # `exports to the US $ 10.4 billion`: the country, then the amount.
        return units["$"], start - len(match[0]) + 3
    return units[match["form"].lower()], start - len(match[0])


_POINTED = regex.compile(r"(?<=[mb]ln|trln|\bbn)\.(?=\s)")


# `3.83 Mt`, `153kt`: only in these letters, and `52,000 Mt` are tons.
_MEGATONS = regex.compile(r"\s?([kM])t(?![\w])")
_MANY_MEGATONS = 1000


def _after(text: str, number: NumberMention) -> tuple[_Unit | None, int]:
    # `3.6 mln. tons`
    end = number.end
    end = end + 1 if _POINTED.match(text, end) else end
    if number.value < _MANY_MEGATONS and not number.scaled and (mega := _MEGATONS.match(text, end)):
        return _Unit("metric_ton", "mass", Decimal(1000 if mega[1] == "k" else 1000000)), mega.end()
    window = text[end : end + 32]
    first = (window[1:2] if window[:1].isspace() or window[:1] == "-" else window[:1]).lower()
    best: tuple[_Unit | None, int] = (None, end)
    for name, column in (("currencies", "after"), ("units", "forms")):
        units, pattern = _units(name, column), _names(name, column).get(first)
        match = pattern.match(window) if pattern is not None else None
        if match and end + match.end() > best[1]:
            form = match["form"].lower()
            best = (units.get(form) or units[_GAPS.sub(" ", form)], end + match.end())
    return best


# `1.2 billion a month earlier` is no rate either.
_STEP_BACK = regex.compile(r"[-\s](?:earlier|ago|before|previously)\b", regex.I)


_ASIDE = regex.compile(r"\s\([^()]{2,24}\)|(?:[;,]\s[^()\s]{2,12})?\)")


def _with_rate(text: str, quantity: Quantity) -> Quantity:
    units, pattern = _rate()
    # `123,500 VND (4.9 USD) per kilogramme`, `1,618 euros ($2,112; £1,125) per square metre`
    aside = _ASIDE.match(text, quantity.end) if quantity.kind == "money" else None
    begin = aside.end() if aside is not None else quantity.end
    match = pattern.match(text[begin : begin + 24])
    if not match or _STEP_BACK.match(text, quantity.end + match.end()):
        return quantity
    if match[0].startswith(" the ") and units[match["form"].lower()] in ("day", "week", "month", "hour"):
        # `37,481 tonnes the week before` is no rate.
        return quantity
    return replace(
        quantity,
        unit=f"{quantity.unit} / {units[match['form'].lower()]}",
        kind="rate",
        end=quantity.end + match.end() if aside is None else quantity.end,
    )


def unit_of_price(words: str) -> str | None:
    """The unit that `words` (`cubic meter of planks`, `tonne`) begin with, where prices are given of it, or None."""
    match = _rate()[1].match(f" per {words}")
    return None if match is None else _rate()[0][match["form"].lower()]


_NOTE = regex.compile(
    r"(?:all\s|figures\s)?(?:in\s)?(?P<money>USD|US\$|EUR|CNY|RMB|JPY|GBP)\s?(?P<scale>bn|bln|mn|mln|billion|million)",
    regex.I,
)


def noted(quantity: Quantity, note: str) -> Quantity:
    """A bare number in the unit that a bracket at the end of its sentence gives (`all USD bn`); else as it is."""
    match = _NOTE.fullmatch(note)
    if match is None or quantity.kind != "bare" or quantity.number.scaled:
        return quantity
    factor = Decimal(10**9 if match["scale"].lower().startswith("b") else 10**6)
    unit = _units("currencies", "before")[match["money"].lower()]
    return replace(quantity, unit=unit.code, kind="money", factor=quantity.factor * factor, scale=factor)


def currency_of(word: str) -> str | None:
    """The ISO 4217 code that a currency's name alone stands for (`yuan`, `ruble`), or None."""
    unit = _units("currencies", "after").get(word)
    return unit.code if unit is not None and unit.factor == 1 else None


def generic_of(text: str) -> str | None:
    """The generic word (`dollar`) that the amount `text` qualifies (`3 billion Hong Kong dollars`), or None."""
    unit = _units("currencies", "after").get(text.lower().rstrip(".").split()[-1])
    return unit.generic if unit is not None else None
