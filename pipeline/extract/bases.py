"""What a figure is compared with: bases behind `from`, `than`, `against`, in brackets, of a period before."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.evidence import Reading, lead_word
from pipeline.extract.items import Item
from pipeline.extract.units import Quantity

_BASE_LEADS = frozenset(["from", "than", "against", "versus", "vs"])
_OWNED_LEADS = frozenset(["on", "over", "below", "above", "than", "from"])


def multiplied(left: Sequence[Item], before: Reading | None) -> bool:
    """`half the 18.4% of 2003`, `three times the 460,000 bags of April 1986`"""
    if not left or not left[-1].is_word("the"):
        return False
    if len(left) == 1:
        return before is not None and before.measure == "multiple"
    return left[-2].is_word("times", "half", "twice", "double", "triple")


def comparison_base(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`from 10.8 billion`, `compared with 9.5 pct`, `higher than 2003's 496.5`, `(May 2022: 10.63 million)`: what is
    compared with."""
    if len(back) > 2 and back[0].text == ":" and back[1].kind == "period" and back[2].text in ("(", ";", ","):
        return base_reading(quantity, before, rate, "period in brackets")
    if len(back) > 1 and back[0].text in ("(", "[") and back[1].kind == "period" and before is not None:
        return base_reading(quantity, before, rate, "behind the period compared with")
    if len(back) > 2 and back[0].tag == "POS" and back[1].kind == "period" and back[2].lower in _OWNED_LEADS:
        return base_reading(quantity, before, rate, "of a period before")
    if before is not None and before.role == "base" and back and back[0].is_word("and") and _dated(right):
        # `up from 38,900 ounces in the previous quarter and 30,100 ounces a year earlier`
        return base_reading(quantity, before, rate, "as the base before")
    if len(back) > 3 and back[0].is_word("of") and back[1].kind == "change" and back[2].is_word("with", "to"):
        # `compares with growth of 0.6% in the previous quarter`
        return base_reading(quantity, before, rate, "compares with") if _compares(back[3]) else None
    if len(back) > 2 and back[0].kind == "level" and back[1].is_word("it", "figure", "they") and _when(back[2:4]):
        return base_reading(quantity, before, rate, "when it was")
    lead = lead_word(back)
    if lead is None:
        return None
    word, rest = lead
    if word == "from" and rest and rest[0].kind == "flow":
        # `imports from Korea 0.55 billion`
        return None
    compared = word in ("with", "to") and any(
        item.is_word("compared", "comparison", "compares", "compare") for item in rest[:3]
    )
    over = word == "over" and quantity.kind != "percent" and any(item.kind == "change" for item in rest[:2])
    # `up on the 285,800 of July 1986`, `an improvement on the 1.4% of 2003`
    over = over or (word == "on" and bool(rest) and rest[0].kind == "change")
    if not (compared or over or word in _BASE_LEADS or (word == "after" and before is not None)):
        return None
    return base_reading(quantity, before, rate, f"{word} before")


def _compares(item: Item) -> bool:
    return item.is_word("compared", "compares", "comparing", "compare")


def _when(back: Sequence[Item]) -> bool:
    """`2.4% more than a year earlier, when the figure was 34.45 million`"""
    return any(item.is_word("when") for item in back)


def _dated(right: Sequence[Item]) -> bool:
    return any(item.kind == "period" for item in right[:4])


def base_reading(quantity: Quantity, before: Reading | None, rate: str | None, rule: str) -> Reading:
    measure = before.measure if before is not None else rate or "growth"
    if quantity.kind not in ("percent", "fraction") or (rate == "level" and measure in ("difference", "growth")):
        measure = "level"
    return Reading("growth" if measure == "multiple" else measure, 0, "base", rule)
