"""Which way goods go: verbs and nouns of giving, taking and moving as exports or imports of the text's reporter.

`Kenya bought machinery` and `machinery was sent to Kenya` are exports in a text on Turkey, `deliveries from Kenya` its
imports; lexicon: `movements.tsv`. Decided by who acts and by what stands behind `to`, `from`, `abroad`; where neither
is named, nothing is. Words that are only sometimes a flow (`shipments`, `balance`) are decided here too, by what the
text has spoken of. Not supported: goods that only pass through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.extract.attach.state.context import Context
from pipeline.extract.attach.state.naming import elsewhere
from pipeline.extract.words.items import Item
from pipeline.lexicon import gazetteer, load

_ABROAD = ("abroad", "overseas")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_REACH = 9


@dataclass(frozen=True, slots=True)
class _Direction:
    """`flow` of the reporter; `partner`: the item of the area that acts from the other side, or None."""

    flow: str
    partner: int | None = None


@cache
def _ways() -> dict[tuple[str, str], str]:
    return {(form, row["part"]): row["way"] for row in load.rows("movements") for form in load.values(row["forms"])}


def weak_flows(items: list[Item], context: Context) -> list[Item]:
    """`Wheat shipments` in a text that has spoken of exports are exports too; `phone shipments in China` stay there."""
    spoken = {item.data["flow"] for item in items if item.kind == "flow" and not item.data["weak"]}
    context.domestic = context.domestic or _stay_at_home(items, context)
    bought = any(item.is_word("customer", "customers", "buyer", "buyers") for item in items)
    told = [_by_customers(item) if bought else item for item in items]
    if context.fiscal:
        told = [_budgeted(item) for item in told]
    if any(item.lower in _CONTRACTS for item in items):
        told = [_contracted(item) for item in told]
    return [
        item if item.kind != "flow" or _of_another(told, i) else _meant(item, context, spoken)
        for i, item in enumerate(told)
    ]


def _budgeted(item: Item) -> Item:
    """The gap, the shortfall in a text on a budget"""
    if item.kind != "flow" or item.data["flow"] != "balance":
        return item
    return Item("word", item.start, item.end, item.text, item.tag or "NN")


_CONTRACTS = ("contract", "contracts", "projects")


def _contracted(item: Item) -> Item:
    """`signed new contracts worth 12.56 billion and completed a turnover of 4.6 billion`: that of works."""
    if item.kind != "flow" or item.lower != "turnover":
        return item
    return Item("word", item.start, item.end, item.text, item.tag or "NN")


def _by_customers(item: Item) -> Item:
    """`Brazil is the biggest customer, with 6.3 billion of purchases`: what customers purchase is sold to them."""
    if item.kind != "flow" or item.lower != "purchases":
        return item
    return replace(item, data=dict(item.data, flow="exports", weak=""))


def _of_another(items: Sequence[Item], i: int) -> bool:
    """`balance of payments`, `the current account was in surplus`"""
    if items[i].lower in ("in surplus", "in deficit", "in the red", "in the black"):
        return any(item.is_word("account", "budget", "accounts") for item in items[max(0, i - 5) : i])
    return items[i].lower == "balance" and i + 1 < len(items) and items[i + 1].is_word("of")


def _meant(item: Item, context: Context, spoken: set[str]) -> Item:
    if context.domestic and item.lower.startswith(("ship", "deliver")):
        return Item("word", item.start, item.end, item.text, item.tag)
    goes_on = item.data["weak"] and _goes_on(item, context, spoken)
    return replace(item, data=dict(item.data, weak="")) if goes_on else item


def _goes_on(item: Item, context: Context, spoken: set[str]) -> bool:
    if item.lower == "turnover":
        return context.opening is not None and context.opening.flow in ("total", "balance")
    flows = {*context.flows, *spoken}
    if item.lower in ("earnings", "receipts", "proceeds"):
        return context.opening is not None and context.opening.flow == "exports"
    if item.data["flow"] == "balance":
        gap = context.opening is not None and context.opening.flow == "balance"
        return gap or flows >= {"exports", "imports"}
    if item.lower.endswith(" bill"):
        gap = context.opening is not None and context.opening.flow == "balance"
        return gap or bool(flows & {"imports", "balance"})
    if item.lower == "deliveries" and context.opening is not None and not (context.opening.flow or context.key.flow):
        # `Deliveries of newsprint` in the results of a company
        return False
    return item.lower in ("shipments", "deliveries", "supplies", "purchases") and item.data["flow"] in flows


def with_directions(items: list[Item], context: Context) -> list[Item]:
    """The items, words that move goods over the reporter's border as flows, areas that act from beyond as partners."""
    abroad = any(item.is_word(*_ABROAD) for item in items)
    if not ((context.trade or abroad) and context.main):
        return items
    out = list(items)
    for i, item in enumerate(items):
        part = _part(item)
        way = _ways().get((item.lower, part)) if part else None
        if way is None or not _counted(items, i) or _both_ways(items, i):
            continue
        found = _direction(items, i, way, context.main)
        if found is None or (found.partner is not None and found.flow not in context.flows):
            continue
        data = {"flow": found.flow, "part": part, "sign": "1", "weak": "", "item": "flow"}
        out[i] = Item("flow", item.start, item.end, item.text, item.tag, data)
        if found.partner is not None:
            acting = items[found.partner]
            out[found.partner] = replace(acting, data=replace(acting.data, form="partner"))
    return out


def _counted(items: Sequence[Item], i: int) -> bool:
    """Whether item i is said of an amount, and not of a part (`the share of gas in what Russia sold`)."""
    before = items[max(0, i - _REACH) : i]
    cut = max((k for k, x in enumerate(before) if x.text in (";", ":", ".")), default=-1)
    amounts = any(x.kind == "quantity" for x in (*before[cut + 1 :], *_clause(items, i)))
    return amounts and not any(x.kind == "share" for x in items[:i])


def _both_ways(items: Sequence[Item], i: int) -> bool:
    """`436,000 vehicles entered and left the port`"""
    near = [x.lower for x in items[max(0, i - 2) : i + 3]]
    ways = {_ways().get((word, "verb")) for word in near}
    return {"go", "come"} <= ways and ("and" in near or "or" in near)


def _stay_at_home(items: Sequence[Item], context: Context) -> bool:
    """`Mobile phone shipments in China` in a text on China: what is shipped goes to shops and not over the border."""
    return any(
        item.lower in ("shipments", "deliveries")
        and lead.is_word("in")
        and place.kind == "area"
        and place.data.code is not None
        and place.data.code in (context.main, context.home)
        for item, lead, place in zip(items, items[1:], items[2:], strict=False)
    )


def _part(item: Item) -> str | None:
    if item.kind == "flow":
        return str(item.data["part"])
    if item.kind != "word" and item.lower != "brought in":
        return None
    return "verb" if item.tag.startswith("VB") else "noun" if item.tag.startswith("NN") else None


def _direction(items: Sequence[Item], i: int, way: str, main: str) -> _Direction | None:
    behind = _clause(items, i)
    goal, source = _beyond(behind, ("to", "for", "into"), main), _beyond(behind, ("from",), main)
    if way == "come":
        here = _home_goal(behind, main)
        return _Direction("imports") if source or here else None
    if way == "go":
        left = _home_goal(behind[:3], main) if items[i].lower == "left" else goal
        return _Direction("exports") if left or goal else None
    acting = _actor(items, i, main)
    if way == "give":
        if goal or _there(behind) or _beyond([x for x in items[:i][:6] if not x.is_word(*_ABROAD)], ("to",), main):
            return _Direction("exports")
        return _Direction("imports", acting) if source or acting is not None else None
    if source or _there(behind):
        return _Direction("imports")
    return _Direction("exports", acting) if acting is not None else None


def _clause(items: Sequence[Item], i: int) -> Sequence[Item]:
    """What stands behind item i up to the next verb, the end of its clause, or too far away."""
    behind = items[i + 1 : i + 1 + _REACH]
    ends = (k for k, x in enumerate(behind) if (x.kind == "word" and x.tag in _FINITE) or x.text in (";", ":", "."))
    return behind[: next(ends, len(behind))]


def _beyond(items: Sequence[Item], leads: Sequence[str], main: str) -> bool:
    """Whether a place beyond the reporter's border is named behind one of the prepositions, or only `abroad`."""
    for k, item in enumerate(items):
        if item.is_word(*_ABROAD):
            return ("from" in leads) == (k > 0 and items[k - 1].is_word("from"))
        if item.is_word(*leads):
            named = next((x for x in items[k + 1 : k + 5] if x.kind in ("area", "quantity")), None)
            if named is not None and named.kind == "area" and _foreign(named, main):
                return True
    return False


def _there(behind: Sequence[Item]) -> bool:
    """`what we buy there`: beyond the border, where the text has been looking."""
    return (
        bool(behind)
        and behind[0].is_word("there")
        and not any(x.lower in ("was", "were", "is", "are") for x in behind[1:2])
    )


def _home_goal(items: Sequence[Item], main: str) -> bool:
    """`entered the country`, `came to Turkey`: where the reporter or the country it lies in is the goal."""
    for k, item in enumerate(items[:4]):
        if item.kind == "area" and item.data.code and not (k and items[k - 1].is_word("from", "in", "at", "of")):
            return item.data.code in (main, gazetteer.country_of(main))
    return False


def _actor(items: Sequence[Item], i: int, main: str) -> int | None:
    """The area beyond the border that does what item i says: its subject, or its attribute (`US shipments`)."""
    k = i - 1
    while k >= 0 and (items[k].tag in ("RB", "MD", "VBZ", "VBD", "VBP", "VBN", "JJ") or items[k].tag == "POS"):
        if items[k].kind == "flow" or items[k].is_word("were", "was", "been", "be", "is", "are"):
            return None
        k -= 1
    if k < 0 or items[k].kind != "area" or not _foreign(items[k], main):
        return None
    led = k and (items[k - 1].tag in ("IN", "TO") or items[k - 1].is_word("and", "or", "than"))
    return None if led else k


def _foreign(item: Item, main: str) -> bool:
    area = item.data
    if area.form in ("organisation", "locator") or area.kind == "feature" or area.code == "WORLD":
        return False
    return area.code is None or elsewhere(area.code, main)
