"""Sums of money: whose dollars they are, and which of them are prices of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import regex

from pipeline.extract.attach.state.context import Context
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.numbers.units import Quantity, generic_of, unit_of_price
from pipeline.extract.words.items import Item

_SINCE = date(1970, 1, 1)
_SHARES = regex.compile(r"\b(?:shares?|stock|dividend)$", regex.I)


@cache
def _national(word: str, country: str | None) -> str | None:
    """The currency of `country`, or the last one that it had, whose name has the word in it (`crowns` in Norway);
    source: Unicode CLDR."""
    if country is None or word in ("dollar", "yen"):
        return None
    from babel.numbers import get_currency_name, get_territory_currencies

    # Iceland's is a króna in CLDR, a crown in texts.
    word = "króna" if (word, country) == ("kron", "IS") else word
    codes = get_territory_currencies(country, start_date=_SINCE, end_date=date.max)
    return next((code for code in reversed(codes) if word in get_currency_name(code, locale="en").lower()), None)


_OWN_DOLLARS = {"AU": "AUD", "CA": "CAD", "NZ": "NZD"}
_AMERICAN = regex.compile(r"US\s?\$|\bUSD\b|\b(?:US|U\.S\.?|American)\s(?:dollars?|dlrs)")


def own_dollar(home: str | None, texts: Sequence[str]) -> str | None:
    """The dollar that a text on Australia, Canada or New Zealand counts in where it names no American one."""
    own = _OWN_DOLLARS.get(home or "")
    return None if any(_AMERICAN.search(text) for text in texts) else own


_CENTS = frozenset("HKD SGD TWD CAD AUD NZD FJD MYR ZAR KES LKR".split())


def name_dollars(quantities: Sequence[Item], context: Context) -> None:
    """Keeps what `dollars` and `cents` mean from here on: the dollar last named in full, the money that has cents."""
    for item in quantities:
        unit = (item.data.unit or "").split(" ")[0]
        named = item.data.generic is None
        if named and unit and item.data.kind == "money" and (word := generic_of(item.text)):
            context.dollars[word] = unit
        if unit in _CENTS and item.data.generic not in ("dollar", "cent"):
            # `HK$22 billion ... 44 cents a share`, `16.85 ringgit a kilo, up seven cents`
            context.dollars["cent"] = unit


@cache
def currency_at_home(country: str | None) -> str | None:
    """The currency of a country, or None."""
    from babel.numbers import get_territory_currencies

    codes = get_territory_currencies(country) if country and len(country) == 2 else []
    return codes[-1] if codes else None


def price(walk: Walk, quantity: Quantity, unit: str) -> str:
    """After `18 dlrs a barrel` a small sum of the same money is a price too, until the paragraph ends."""
    known = walk.context.price_unit
    if quantity.kind == "rate" and len(unit.split(" ")[0]) == 3:
        walk.context.price_unit = unit
    elif known and quantity.kind == "money" and known.startswith(f"{unit} / ") and not _scaled(walk, quantity):
        return unit if _SHARES.search(walk.key.indicator or "") else known
    return unit


def _scaled(walk: Walk, quantity: Quantity) -> bool:
    """Whether the number has a scale word, or the list that it stands in ends with one (`$1.14, $0.55 and $0.89
    billion`)."""
    n = len(walk.statements)
    while not quantity.number.scaled and walk.runs_on(n):
        n += 1
        quantity = walk.items[walk.at[n]].data
    return quantity.number.scaled


_COSTS = frozenset(
    "cost costs costing earned earns fetched fetches brought brings sells sold averaged went goes".split()
)
_NO_PRICE = ("day", "week", "month", "hour", "hectare", "USD", "EUR")


def per_unit(walk: Walk, n: int) -> str | None:
    """The unit that quantity n is the price of: `the average price per tonne, 663 ringgit`, `a litre of milk costs`,
    `of every ton 99% went to Peru, at 128 dollars`."""
    left = walk.lefts[n]
    if walk.items[walk.at[n]].data.number.scaled:
        return None
    costs = any(item.lower in _COSTS for item in left)
    at = bool(left) and left[-1].is_word("at")
    for items, leads in ((left, ("a", "an", "every", "each") if costs else ()), (walk.items, ("every",) if at else ())):
        for i, item in enumerate(items[:-1]):
            priced = items is left and item.is_word("per") and i and left[i - 1].is_word("price", "cost", "value")
            of_a = items is left and i > 1 and item.is_word("a", "one") and left[i - 1].is_word("of")
            priced = priced or (of_a and left[i - 2].is_word("price", "cost", "value"))
            if not (priced or item.is_word(*leads)) or item.start > walk.items[walk.at[n]].start:
                continue
            begin = (
                i + 2 if items[i + 1].tag in ("VBN", "JJ") and not items[i + 1].is_word("cubic", "square") else i + 1
            )
            unit = unit_of_price(" ".join(x.lower for x in items[begin : begin + 2]))
            if unit is not None and unit not in _NO_PRICE:
                return unit
    return None


def dollar(walk: Walk, quantity: Quantity) -> str:
    """The unit of a sum: `dollars` are those that the text has named."""
    unit = quantity.unit or ""
    word = quantity.generic
    if word is None:
        return unit
    known = walk.context.dollars.get(word) or _national(word, walk.context.home)
    if word == "cent" and known is None:
        known = walk.context.dollars.get("dollar")
    if walk.context.dollar_sign and walk.items[walk.at[len(walk.statements)]].text.startswith("$"):
        return unit
    last = walk.statements[-1] if walk.statements else None
    opened = [item.text for item in walk.lefts[len(walk.statements)][:1]] in (["("], ["["])
    if last is not None and last.unit == known and opened:
        # `13.7 billion Australian dollars ($10.6bn)`: in brackets the same in another currency.
        walk.context.dollar_sign = True
        return unit
    return unit.replace(unit.split(" ")[0], known, 1) if known else unit


def settle_moves(walk: Walk) -> None:
    """`crude slid 1.38 dollars to 49.24 dollars a barrel`: a price moves by its own unit."""
    for n, one in enumerate(walk.statements):
        if one.reading.measure != "difference" or not one.unit:
            continue
        near = (s for s in walk.statements[max(0, n - 1) : n + 3] if s.key.indicator == one.key.indicator)
        one.unit = next((s.unit for s in near if s.unit.startswith(f"{one.unit} / ")), one.unit)


_FOREIGN = {"dollar": "USD", "dollars": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY"}


def exchanged(right: Sequence[Item]) -> str | None:
    """`8.30 to the dollar`: the currency that one unit of is priced."""
    if len(right) > 1 and right[0].is_word("per", "a"):
        return _FOREIGN.get(right[1].lower)
    if len(right) < 3 or not right[0].is_word("to"):
        return None
    return _FOREIGN.get(right[2].lower)


def scale_bases(walk: Walk) -> None:
    """`grew to 17.8 billion from 12.1`, `18.3 cents, up from 14.1`: what an amount is compared with is as large."""
    for one, other in pairwise(walk.statements):
        if other.reading.role == "base" and other.unit == one.unit and _in_cents(one.quantity, other.quantity):
            other.quantity = replace(other.quantity, factor=one.quantity.factor)
            continue
        base, shared = other.quantity, one.quantity.number.scale
        bare = base.kind == "bare" and not base.number.scaled and base.number.value < 1000
        close = one.quantity.number.value and shared * base.number.value * 20 > abs(one.quantity.number.value)
        if other.reading.role == "base" and bare and shared >= 1000 and close and other.unit == one.unit:
            other.quantity = replace(base, factor=base.factor * shared, scale=shared)


def _in_cents(quantity: Quantity, base: Quantity) -> bool:
    return quantity.kind == "money" and quantity.factor < 1 and base.kind == "bare" and base.factor == 1
