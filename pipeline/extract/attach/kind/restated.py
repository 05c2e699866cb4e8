"""A change said twice, in money and in percent: `31 million, or 0.18 per cent, up at`, `lost 5 cents, or 2 percent`."""

from __future__ import annotations

from pipeline.extract.attach.state.evidence import Reading, sign_of, sized, tail
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words.items import Item

_PERCENT = ("percent", "percentage_point")
_PARTS = ("adverb", "comparative")


def restated_change(walk: Walk, n: int) -> Reading | None:
    """The reading of quantity n where it is one of two that say the same change; None where it is not."""
    first = next((k for k in (n, n - 1) if k >= 0 and _says_twice(walk, k)), None)
    if first is None:
        return None
    quantity = walk.items[walk.at[n]].data
    change = _behind(walk, first + 1) or (_before(walk, first) if n > first else None)
    return None if change is None else Reading(sized(quantity), sign_of(change) or 1, "main", f"{change.lower} twice")


def _says_twice(walk: Walk, k: int) -> bool:
    if k + 1 >= len(walk.at):
        return False
    one, other = walk.items[walk.at[k]].data, walk.items[walk.at[k + 1]].data
    between = [item for item in walk.items[walk.at[k] + 1 : walk.at[k + 1]] if item.start < other.number.bound_start]
    words = [item for item in between if item.text not in (",", "$", "£", "€")]
    kinds = (one.kind in _PERCENT, other.kind in _PERCENT)
    return len(words) == 1 and words[0].is_word("or") and kinds in ((True, False), (False, True))


def _behind(walk: Walk, k: int) -> Item | None:
    """`..., up at 17.2 billion`, `or 612 million wider than`; but `made 3.4 billion, or 1.2% less than` is a level
    and its growth."""
    rest = walk.items[walk.at[k] + 1 :]
    aside = bool(rest) and rest[0].text == ","
    if not aside and walk.items[walk.at[k]].data.kind in _PERCENT:
        return None
    after = rest[aside : aside + 1]
    changes = bool(after) and after[0].kind == "change" and after[0].data["part"] in _PARTS
    return after[0] if changes else None


def _before(walk: Walk, k: int) -> Item | None:
    """`put on 85 cents, or 17 percent`: the verb right before the first of the two, with `by` or without."""
    back = tail(walk.lefts[k], walk.items[walk.at[k]].data.number.bound_start)
    back = back[1:] if back and back[0].is_word("by") else back
    if len(back) > 1 and back[0].is_word("of") and back[1].kind == "change" and k and walk.lefts[k]:
        # `898,000, an increase of 12.4% or 99,000`
        return back[1]
    return back[0] if back and back[0].kind == "change" and back[0].data["part"] != "noun" else None
