"""Amounts that are a difference without a verb of change: past a limit, or the parts of a change."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.attach.state.evidence import Reading, sized
from pipeline.extract.numbers.units import Quantity
from pipeline.extract.words.items import Item

_LIMITS = ("ceiling", "quota", "limit", "target", "allocation", "allotment")


def past_limit(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`1.5 mln bpd over its self-imposed ceiling`, `30,000 tonnes below quota`: how far something is from a limit."""
    if not right or not (right[0].is_word("over", "beyond") or right[0].lower in ("above", "below", "under")):
        return None
    end = next((i for i, item in enumerate(right[1:7], 1) if item.lower in _LIMITS), None)
    if end is None or any(item.kind in ("quantity", "mark") and item.text != "-" for item in right[1:end]):
        return None
    sign = -1 if right[0].lower in ("below", "under") else 1
    return Reading(sized(quantity), sign, "main", "past a limit")


def part_of_change(quantity: Quantity, back: Sequence[Item], before: Reading | None) -> bool:
    """`shrank by 18.3 billion, of which 9.8 billion was in demand deposits and 8.5 billion in time deposits`"""
    if before is None or before.measure != "difference" or quantity.kind in ("percent", "percentage_point", "fraction"):
        return False
    first = [item.lower for item in back[:2]] == ["which", "of"]
    return first or (before.rule == "part of the change" and len(back) > 0 and back[0].is_word("and", ","))
