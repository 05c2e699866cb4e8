"""What a printed number may have been before a slip: a lost point or sign, a misread or lost digit, a
displaced point.

The costs order the slips by how often they happen in scans and in newsrooms (0 never costs, 1 is a wild
guess); digit confusions have their own table, `lexicon/glyph_confusions.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from pipeline.lexicon.load import rows
from pipeline.reconcile.intervals import Range

LOST_POINT, SIGN, DISPLACED, SWAPPED = 0.10, 0.15, 0.15, 0.25
UNLIKELY_LOSS = 0.15
SCALE, MISREAD, LEADING, DIGIT = 0.30, 0.40, 0.35, 0.45

_NUMBER = re.compile(r"(?P<sign>[-−–]?)\s*(?P<digits>\d[\d,]*(?:\.\s?\d+)?|\.\d+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that may have been meant: its text, its value and rounding interval in the figure's unit, the
    slip."""

    text: str
    value: Fraction
    seen: Range
    kind: str
    cost: float


@cache
def confusions() -> dict[tuple[str, str], float]:
    """(true glyph, glyph read) to cost, from the lexicon; both ways."""
    table = {}
    for row in rows("glyph_confusions"):
        table[row["true"], row["read"]] = table[row["read"], row["true"]] = float(row["cost"])
    return table


def digits_of(quote: str) -> str | None:
    """The number in a quotation without grouping marks, e.g. `26.8` of `$26.8 million`; None if there is
    none."""
    found = _NUMBER.search(quote)
    return found["digits"].replace(",", "").replace(" ", "") if found else None


@lru_cache(maxsize=1024)
def readings(quote: str, value: Decimal, clean: bool = False) -> tuple[Reading, ...]:
    """Every reading one slip away from the printed number, cheapest first, in the units of `value`.

    `quote` is the number as printed with its scale word; `value` what was taken from it (sign and scale
    applied). `clean` says that the text is no scan: points are seldom lost there, and never where thousands
    are grouped. Empty where the quotation has no digits (`doubled`, `one million`).
    """
    printed = digits_of(quote)
    if printed is None or not Decimal(printed):
        return ()
    factor = Fraction(value) / Fraction(Decimal(printed))
    best: dict[tuple[int, int], tuple[str, str, float]] = {}
    grouped = UNLIKELY_LOSS if "," in quote else 0.0
    dearer = {
        "lost decimal point": grouped + (UNLIKELY_LOSS if clean else 0.0),
        "displaced decimal point": grouped,
        "power of ten": grouped,
    }
    same = _normal(*_scaled(printed))
    for text, kind, slip in _slips(printed, percent="%" in quote):
        cost = slip + dearer.get(kind, 0.0)
        meant = _normal(*_scaled(text))
        if meant != same and (meant not in best or cost < best[meant][2]):
            best[meant] = (text, kind, cost)
    found = [_reading(text, kind, cost, factor) for text, kind, cost in best.values()]
    return tuple(sorted(found, key=lambda r: (r.cost, abs(r.value - Fraction(value)), r.text)))


def _scaled(text: str) -> tuple[int, int]:
    """A number as a whole number and the power of ten that divides it: `-1.50e3` is (-150, -1)."""
    mantissa, _, power = text.partition("e")
    whole, _, decimals = mantissa.partition(".")
    return int(whole + decimals), len(decimals) - int(power or 0)


def _normal(number: int, places: int) -> tuple[int, int]:
    """The same without trailing zeros, so that equal values are equal pairs."""
    while number and not number % 10:
        number, places = number // 10, places - 1
    return (number, places) if number else (0, 0)


def _reading(text: str, kind: str, cost: float, factor: Fraction) -> Reading:
    number, places = _scaled(text)
    step = factor * Fraction(10) ** -places
    value, half = number * step, abs(step) / 2
    return Reading(text, value, Range(value - half, value + half), kind, cost)


def _slips(printed: str, percent: bool) -> Iterator[tuple[str, str, float]]:
    yield "-" + printed, "lost or stray sign", SIGN
    yield from _points(printed)
    if not percent:
        for power in (3, -3):
            yield f"{printed}e{power}", "scale word", SCALE
    for digits, kind, cost in _digits(printed):
        if _well_formed(digits):
            yield digits, kind, cost


def _points(printed: str) -> Iterator[tuple[str, str, float]]:
    """A point that was lost (none is printed), or stands elsewhere; by more places it costs more."""
    whole, point, decimals = printed.partition(".")
    digits = whole + decimals
    for place in range(1, len(digits)):
        moved = abs(place - len(whole))
        text = f"{digits[:place]}.{digits[place:]}"
        if not point:
            yield text, "lost decimal point", LOST_POINT + 0.02 * moved
        elif moved and _well_formed(text):
            yield text, "displaced decimal point", DISPLACED + 0.05 * (moved - 1)
    if point:
        yield digits.lstrip("0") or "0", "stray decimal point", DISPLACED + 0.05 * (len(decimals) - 1)
    elif len(digits) < 4:
        yield f"0.{digits}", "lost decimal point", LOST_POINT + 0.1
    for power in (1, 2, -1, -2) if point else (1, 2):
        yield f"{printed}e{power}", "power of ten", DISPLACED + 0.1 * abs(power)


def _digits(printed: str) -> Iterator[tuple[str, str, float]]:
    known = confusions()
    for i, glyph in enumerate(printed):
        if glyph == ".":
            continue
        for other in "0123456789":
            if other != glyph:
                yield (
                    printed[:i] + other + printed[i + 1 :],
                    "misread digit",
                    known.get((other, glyph), MISREAD),
                )
        after = i + 2 if printed[i + 1 : i + 2] == "." else i + 1
        following = printed[after : after + 1]
        if following.isdigit() and following != glyph:
            swapped = printed[:i] + following + printed[i + 1 : after] + glyph + printed[after + 1 :]
            yield swapped, "digits changed round", SWAPPED
        yield printed[:i] + printed[i + 1 :], "stray digit", DIGIT
    for digit in "123456789":
        yield digit + printed, "lost leading digit", LEADING
    for i in range(1, len(printed) + 1):
        for digit in "0123456789":
            yield printed[:i] + digit + printed[i:], "lost digit", DIGIT


def _well_formed(text: str) -> bool:
    """Digits with at most a point inside them, and no zero in front of other digits."""
    return bool(re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d+)?", text))
