"""A proposal as a merge shows it: the sentence before and after, with the characters that change."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import SequenceMatcher

from pipeline.model.record import Record
from pipeline.review.marks import Stretch, stretches
from pipeline.review.wording import number, value_of

_NUMBER = re.compile(r"\d[\d,. ]*\d|\d")
WIDTH = 70
"""Characters of the sentence shown before the figure, and behind it."""


def before_and_after(
    record: Record, value: Decimal, at: int
) -> tuple[tuple[Stretch[str], ...], tuple[Stretch[str], ...]]:
    """The sentence around the figure (its quote at `at`; -1: not in it), before and after it takes `value`.

    Changed characters are marked `del` in the one and `ins` in the other.
    """
    stop = at + len(record.quote)
    left = _last_words(record.sentence[: max(at, 0)])
    right = _first_words(record.sentence[stop:]) if at >= 0 else ""
    old, new = reworded(record, value)
    gone, come = changed(old, new)
    return (
        tuple(stretches(left + old + right, [(s + len(left), e + len(left), "del") for s, e in gone])),
        tuple(stretches(left + new + right, [(s + len(left), e + len(left), "ins") for s, e in come])),
    )


def reworded(record: Record, value: Decimal) -> tuple[str, str]:
    """The quote as printed, and as it would have been printed with another `value` (`26.8 million`, `2.68
    million`).

    Both are written out as plain values where the quote's digits don't say its value (number words, damaged
    cells).
    """
    printed = record.obs_value if record.published_value is None else record.published_value
    digits = _NUMBER.search(record.quote)
    shown = Decimal(re.sub(r"[, ]", "", digits.group())) if digits and digits.group().count(".") < 2 else Decimal(0)
    if digits is None or not shown or (printed / shown).normalize().as_tuple().digits != (1,) or value * printed < 0:
        return value_of(record, printed), value_of(record, value)
    fresh = number(abs(value) / abs(printed / shown), 0)
    return record.quote, record.quote[: digits.start()] + fresh + record.quote[digits.end() :]


def changed(old: str, new: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The spans of `old` that are gone and the spans of `new` that have come."""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone = [(a, b) for tag, a, b, _, _ in steps if tag != "equal" and b > a]
    come = [(c, d) for tag, _, _, c, d in steps if tag != "equal" and d > c]
    return gone, come


def _last_words(text: str) -> str:
    if len(text) <= WIDTH:
        return text
    cut = text[-WIDTH:]
    return "… " + cut[cut.find(" ") + 1 :]


def _first_words(text: str) -> str:
    if len(text) <= WIDTH:
        return text
    cut = text[:WIDTH]
    return cut[: cut.rfind(" ") if " " in cut else WIDTH] + " …"
