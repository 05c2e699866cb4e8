"""What a printed number may have been before a slip: a lost point or sign, a misread or lost digit, a
displaced point.

The costs order the slips by how often they happen in scans and in newsrooms (0 never costs, 1 is a wild
guess); digit confusions have their own table, `lexicon/glyph_confusions.tsv`.
"""

from __future__ import annotations

import math
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
POWERS = 3
"""Places by which a slip may shift the point beyond the digits that are printed."""

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


def readings(quote: str, value: Decimal, clean: bool = False, near: Range | None = None) -> tuple[Reading, ...]:
    """Every reading one slip away from the printed number, cheapest first, in the units of `value`.

    `quote` is the number as printed with its scale word; `value` what was taken from it (sign and scale
    applied). `clean` says that the text is no scan: points are seldom lost there, and never where thousands
    are grouped. With `near`, only readings whose interval touches it. Empty where the quotation has no digits
    (`doubled`, `one million`).
    """
    printed = digits_of(quote)
    if printed is None or not Decimal(printed):
        return ()
    factor = Fraction(value) / Fraction(Decimal(printed))
    places = len(printed) + POWERS
    lowest, highest = _within(near, factor, places)
    unit = factor / (2 * 10**places)
    return tuple(
        Reading(text, number * unit, Range(*sorted(((number - half) * unit, (number + half) * unit))), kind, cost)
        for cost, text, kind, number, half in _meant(printed, places, "%" in quote, "," in quote, clean)
        if lowest <= number + half and number - half <= highest
    )


@lru_cache(maxsize=1024)
def _meant(
    printed: str, places: int, percent: bool, grouped: bool, clean: bool
) -> tuple[tuple[float, str, str, int, int], ...]:
    """Cost, text, kind and (see `_number`) number and half a step of every reading, in order."""
    dear = UNLIKELY_LOSS if grouped else 0.0
    dearer = {
        "lost decimal point": dear + (UNLIKELY_LOSS if clean else 0.0),
        "displaced decimal point": dear,
        "power of ten": dear,
    }
    best: dict[int, tuple[float, str, str, int, int]] = {}
    own = _number(printed, places)[0]
    for text, kind, slip in _slips(printed, percent):
        number, half = _number(text, places)
        cost = slip + dearer.get(kind, 0.0)
        if number != own and (number not in best or cost < best[number][0]):
            best[number] = cost, text, kind, number, half
    return tuple(sorted(best.values(), key=lambda each: (each[0], abs(each[3] - own), each[1])))


def _number(text: str, places: int) -> tuple[int, int]:
    """A number and half a step of its last digit, both counted in halves of the last of `places` decimals: a
    figure has a hundred readings, and integers are many times as quick as fractions."""
    mantissa, _, power = text.partition("e")
    whole, _, decimals = mantissa.partition(".")
    step = 10 ** (places - len(decimals) + int(power or 0))
    return 2 * int(whole + decimals) * step, step


def _within(near: Range | None, factor: Fraction, places: int) -> tuple[float, float]:
    """The ends of `near` in the same units, inwards to the next integers."""
    inner = (near or Range()).scaled(2 * 10**places / factor)
    lowest = -math.inf if inner.lower is None else math.ceil(inner.lower)
    return lowest, math.inf if inner.upper is None else math.floor(inner.upper)


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
