"""What a number in brackets is: the amount in another currency, a growth, a share, a change with its sign."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.attach.state.evidence import Reading
from pipeline.extract.numbers.units import Quantity
from pipeline.extract.words.items import Item

_WHOLES = ("total", "half", "quarter", "third", "share", "proportion")
_CHANGES = ("growth", "difference", "multiple")


def bracket(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """A number in brackets: the same amount in another currency, or the growth of what stands before."""
    if (
        not back
        or back[0].text not in ("(", "[", ";", "/")
        or (back[0].text in (";", "/") and (before is None or before.role != "alternative"))
    ):
        return None
    if quantity.number.signed and quantity.kind == "money" and not any(_is_balance(item) for item in back):
        # `Kyrgyzstan (+$2.9 billion)`; a surplus has a sign of its own.
        return Reading("difference", 0, "main", "brackets with a sign")
    if len(back) > 1 and quantity.kind != "percent":
        # `Russia ($4.0 billion)`: not the same amount again but that of the words before the bracket.
        return Reading("level", 0, "main", "brackets behind a name")
    if quantity.kind in ("money", "rate") or (
        quantity.kind == "bare" and before is not None and before.role == "alternative"
    ):
        measure = before.measure if before else "level"
        # `rose 8.6% ($461 million)`: how much that is
        measure = "difference" if measure in ("growth", "multiple") and quantity.kind == "money" else measure
        return Reading(measure, before.sign if before else 0, "alternative", "brackets")
    return _percent(quantity, back, right, before) if quantity.kind == "percent" else None


def _percent(quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None) -> Reading:
    """`(61.3%)`: a growth with a sign or after a change, else a share."""
    if (
        before is not None
        and before.role == "main"
        and before.measure in ("level", "share", "growth")
        and (len(back) == 1 and not quantity.number.signed and _of_another_time(right))
    ):
        # `77.8 per cent of its seats (71.3 per cent in 2001)`
        return Reading(before.measure, 0, "base", "brackets of a period before")
    if any(item.is_word("of") for item in right[:2] if not right[0].is_word("in")):
        # `More than half (56.8%) of all exports`
        return Reading("share", 0, "main", "brackets")
    named = len(back) > 1 and back[1].kind == "area" and not any(item.kind == "change" for item in back)
    if named and not quantity.number.signed and (before is None or before.measure == "level"):
        # `Irkutsk Region (31%) and Primorye Territory (13%) were in the lead`
        return Reading("share", 0, "main", "brackets behind a name")
    if quantity.number.signed or before is None or before.measure in _CHANGES:
        return Reading("growth", before.sign if before and not quantity.number.signed else 0, "main", "brackets")
    if before.measure == "share" or any(item.is_word(*_WHOLES) for item in back[1:6]):
        return Reading("share", 0, "main", "brackets")
    if len(back) == 1 and before.measure == "level" and before.role == "main":
        # `7.61 bln dollars (61.3%)`: without a sign or a word of change the part of the whole.
        return Reading("share", 0, "main", "brackets")
    return Reading("growth", 0, "main", "brackets")


def _of_another_time(right: Sequence[Item]) -> bool:
    """Whether a bracket goes on with nothing but its own year, or a step back."""
    words = [item for item in right if not item.is_word("in", "the", "of")]
    mention = words[0].data if words and words[0].kind == "period" else None
    if mention is None or mention.kind == "phrase" or (len(words) > 1 and words[1].text not in (")", "]")):
        return False
    return bool(mention.year_from in ("last", "before") or mention.period.year is not None)


def _is_balance(item: Item) -> bool:
    return item.kind == "flow" and item.data["flow"] == "balance"
