"""Which flow governs a stretch of words: the last noun or verb of trade, weak ones only where they are made strong."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import is_nominal


def flow_index(items: Sequence[Item]) -> int | None:
    """The flow that governs: the last noun or verb of trade, weak ones only with a partner, product or possessive.
    In `the gap between exports and imports` the gap governs."""
    gap = next((i for i, item in enumerate(items) if item.kind == "flow" and item.data["flow"] == "balance"), None)
    if gap is not None and gap + 1 < len(items) and (items[gap + 1].is_word("between") or _gap_in_trade(items, gap)):
        return gap
    for i in range(len(items) - 1, -1, -1):
        if items[i].kind != "flow":
            continue
        if items[i].data["weak"] and not _strengthened(items, i):
            continue
        # `the value of exports` names one flow; `trade surplus in exports` would not be news.
        return i
    return None


def _gap_in_trade(items: Sequence[Item], gap: int) -> bool:
    """`the deficit of Turkey in foreign trade`, `the gap in goods trade`: the trade only says what the gap is in."""
    for k in range(gap + 1, len(items)):
        if items[k].kind == "flow":
            later = [item for item in items[k + 1 :] if item.kind == "flow"]
            return k > gap + 1 and items[k].data["flow"] == "total" and not later
        linked = items[k].is_word("in", "of", "the", "its") or items[k].tag == "POS"
        if not (linked or items[k].kind in ("area", "mode") or is_nominal(items[k])):
            return False
    return False


def _strengthened(items: Sequence[Item], i: int) -> bool:
    following = items[i + 1] if i + 1 < len(items) else None
    area_before = any(item.kind == "area" for item in items[max(0, i - 3) : i])
    if items[i].data["part"] == "verb":
        # `China and the states of the region traded for 94.8 billion`; shares are traded for a price too.
        return any(
            item.kind == "area" and item.data.form == "noun" and not (k and items[k - 1].tag in ("IN", "TO"))
            for k, item in enumerate(items[:i])
        )
    if items[i].lower == "shipments" and any(
        item.kind == "area" and item.data.form in ("demonym", "possessive") for item in items[max(0, i - 3) : i]
    ):
        # `Argentine grain shipments`
        return True
    if items[i].lower == "sales":
        return bool(following and following.is_word("to") and _area_follows(items, i + 1))
    return bool(
        following
        and following.is_word("to", "of", "from", "with", "in")
        and (area_before or _area_follows(items, i + 1))
    )


def _area_follows(items: Sequence[Item], i: int) -> bool:
    return any(item.kind == "area" for item in items[i : i + 5])
