"""The value of a table cell: sign, brackets for minus, grouping, and the interval that its rounding leaves
open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_PLAIN = re.compile(
    r"^(?P<sign>[-+]?)(?P<open>\()?(?P<sign2>-?)(?P<digits>\d[\d,. ]*|\.\d+)"
    r"(?P<close>\))?(?P<percent>%)?\)?\*?$"
)
_GROUPED = re.compile(r"^\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$")
_POINTS = re.compile(r"^\d{1,3}(?:\.\d{3}){2,}$")


@dataclass(frozen=True, slots=True)
class CellNumber:
    """A cell's number before its column's scale: `value` and half a unit of its last printed digit."""

    value: Decimal
    half_step: Decimal
    percent: bool


def cell_number(text: str) -> CellNumber | None:
    """The number of a cell, None where it holds none. Brackets mean minus. Not supported: decimal commas."""
    match = _PLAIN.match(text.strip())
    if match is None:
        return None
    digits = match["digits"].strip()
    if _GROUPED.match(digits) or _POINTS.match(digits):
        digits = digits.replace(" ", "").replace(",", "")
        digits = digits.replace(".", "") if digits.count(".") > 1 else digits
    digits = digits.replace(",", "")
    if " " in digits or digits.count(".") > 1 or digits.endswith("."):
        return None
    negative = "-" in (match["sign"], match["sign2"]) or bool(match["open"] and match["close"])
    value = Decimal(digits)
    decimals = len(digits.partition(".")[2])
    return CellNumber(-value if negative else value, Decimal(1).scaleb(-decimals) / 2, bool(match["percent"]))
