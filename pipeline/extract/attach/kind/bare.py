"""What a quantity is where no word says it: what its neighbour is, or what the indicator's percent is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.state.evidence import Reading, says_comparison, sign_of
from pipeline.extract.numbers.units import Quantity
from pipeline.extract.words.items import Item


def bare(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading:
    """Nothing said: an amount is a level; a percent is what its neighbour is, or what the indicator's percent is."""
    if quantity.kind == "percentage_point":
        return Reading("difference", 1, "main", "percentage points")
    if quantity.kind not in ("percent", "fraction"):
        return Reading("level", 0, "main", "level")
    if quantity.kind == "percent" and right and says_comparison(right[0]):
        listed = before is not None and before.measure == "growth" and [x.lower for x in back] == ["and"]
        return Reading("growth", before.sign if before and listed else 1, "main", "comparison behind")
    if quantity.kind == "percent" and quantity.number.signed:
        return Reading("growth", 0, "main", "signed percent")
    if [item.lower for item in back[:2]] == ["which", "of"]:
        return Reading("share", 0, "main", "of which")
    put = bool(back) and back[0].kind == "level" and back[0].lower in ("put at", "set at")
    if quantity.kind == "percent" and back and back[0].kind == "level" and rate is None and _rose(before) and not put:
        # `gained 12% in share and reached 76.7%`: what is reached is no growth.
        return Reading("share", 0, "main", "reached")
    linked = back and (back[0].text == "," or back[0].is_word("and", "or"))
    if linked and before is not None and (same := _as_before(before)) is not None:
        return same
    return _percent_alone(put, right, before, rate)


def _rose(before: Reading | None) -> bool:
    return before is not None and before.measure in ("growth", "difference")


def _as_before(before: Reading) -> Reading | None:
    """What a percent in a list is by the one before it."""
    if before.measure in ("growth", "share"):
        return Reading(before.measure, before.sign, before.role, "as the one before")
    return Reading("growth", before.sign, "main", "as the one before") if before.measure == "difference" else None


def _percent_alone(put: bool, right: Sequence[Item], before: Reading | None, rate: str | None) -> Reading:
    if rate is not None:
        return Reading(rate, 1, "main", "rate")
    if put and before is not None and before.measure == "growth":
        # `a revised 15.8 pct drop, which the department had first put at 16.2 pct`
        return replace(before, rule="as the one before", role="main")
    change = next((item for item in right[:8] if item.kind == "change"), None)
    if change is not None and change.data["part"] != "verb":
        return Reading("growth", sign_of(change) or 1, "main", "change behind")
    if before is not None and (before.measure == "growth" or (right and right[0].is_word("to"))):
        return Reading("growth", 0, "gapped", "verb left out")
    return Reading("share", 0, "main", "bare percent")
