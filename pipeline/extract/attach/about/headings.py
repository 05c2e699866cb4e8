"""Lines and sentences without a predicate that only say what follows: `Exports.`, `(2) Partners.`, `Crude oil: ...`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.state import nouns
from pipeline.extract.attach.state.context import Context, Key
from pipeline.extract.words.indicators import is_statistic
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right, product

_PARTNERS = ("partners", "partner", "markets", "countries", "destinations")
_LENGTH = 6


def head(items: Sequence[Item], context: Context) -> bool:
    """Takes what a heading says into the context; whether the sentence is one."""
    items = _unnumbered(items)
    if context.trade is None or not items:
        return False
    colon = next((i for i, item in enumerate(items) if item.text == ":"), None)
    named = items[: len(items) - 1 if colon is None and items[-1].text in (".", "—") else colon]
    if not named or len(named) > _LENGTH or any(item.tag.startswith(("VB", "MD")) for item in named):
        return False
    key = _key(named, context, labelled=colon is not None)
    if key is None:
        return False
    context.trade, context.key, context.topic = key.flow, key, key
    context.key_paragraph = context.paragraph
    return True


def _unnumbered(items: Sequence[Item]) -> Sequence[Item]:
    """The items behind a number in brackets, a dash or the like."""
    begin = next(
        (i for i, item in enumerate(items) if item.kind != "mark" and item.tag not in ("CD", "LS")), len(items)
    )
    return items[begin:]


def _key(named: Sequence[Item], context: Context, *, labelled: bool) -> Key | None:
    ref = context.main or context.key.ref
    flows = [item.data["flow"] for item in named if item.kind == "flow" and not item.data["weak"]]
    if flows:
        alone = len(set(flows)) == 1 and flows[0] in ("exports", "imports") and not labelled
        return Key(flow=flows[0], ref=ref) if alone else None
    end, text = phrase_right(named, 0)
    if text.lower().split()[-1:] and text.lower().split()[-1] in _PARTNERS:
        whole = context.first_trade or context.key
        return Key(flow=whole.flow or context.trade, ref=ref)
    thing = nouns.settle(text)
    if not labelled or end != len(named) or thing is None or is_statistic(thing):
        return None
    return replace(Key(flow=context.trade, ref=ref), commodity=product(thing))
