"""Texts on the trade of two sides (`China-Tajikistan trade`): their partner goes on where a figure names no other.

A text has two sides when its title names one place beyond the reporter's border, the text names it more often than any
other such place, and its first figure is of the trade of the two. Not supported: texts on three sides and more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.naming import elsewhere
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words.items import Item
from pipeline.extract.words.subject import Subject
from pipeline.lexicon import gazetteer

_TRADE = ("exports", "imports", "total", "balance")


def other_side(titles: Sequence[Sequence[Item]], body: Sequence[Sequence[Item]], main: str | None) -> str | None:
    """The place beyond the border of `main` that the titles name alone and the text names most."""
    if main is None:
        return None
    titled = {code for items in titles for code in _beyond(items, main)}
    if len(titled) != 1:
        return None
    side = titled.pop()
    named = Counter(code for items in body for code in _beyond(items, main))
    others = max((count for code, count in named.items() if code != side), default=0)
    return side if named[side] > others else None


def _beyond(items: Sequence[Item], main: str) -> list[str]:
    """The countries and groups beyond the border of `main` that the items name."""
    codes = [
        item.data.code for item in items if item.kind == "area" and item.data.form not in ("organisation", "locator")
    ]
    return [gazetteer.country_of(code) or code for code in codes if code and code != "WORLD" and elsewhere(code, main)]


_ALL = ("total", "overall", "whole", "all", "entire", "foreign", "external", "aggregate")


def is_overall(subject: Subject, left: Sequence[Item]) -> bool:
    """`All foreign trade of the region`, `China's total soybean imports`: the trade of one side with everybody."""
    if not subject.flow or subject.partners or subject.takers or subject.partner_open:
        return False
    every = any(x.lower.split()[0] in _ALL for x in left if x.kind in ("word", "flow"))
    return subject.whole or (bool(subject.reporters) and (every or not subject.commodity))


def settle(walk: Walk) -> None:
    """Gives the figures of a text with two sides their partner, until the whole trade of one side is spoken of."""
    context, side = walk.context, walk.context.other_side
    if context.first_trade is None:
        context.first_trade = next((s.key for s in walk.statements if s.key.flow in _TRADE), None)
    if side is None or context.first_trade is None or context.first_trade.partner != side:
        return
    for n, statement in enumerate(walk.statements):
        key = statement.key
        if key.flow not in _TRADE:
            if _undertaken(key) and key.partner is None and key.ref == context.first_trade.ref:
                statement.key = replace(key, partner=side)
            continue
        overall = statement.overall or (n > 0 and walk.statements[n - 1].share_of == key)
        if overall or key.partner is not None or key.partner_open:
            context.overall = overall and key.partner is None
        elif key.ref == context.first_trade.ref and not context.overall:
            statement.key = replace(key, partner=side)


def _undertaken(key: Key) -> bool:
    """Whether it is what one side invests or builds on the other (`By the end of 2019 the stock of direct investment
    was`, `Chinese enterprises signed 167 project contracts`)."""
    return any(word in _UNDERTAKINGS for word in (key.indicator or "").lower().split())


_UNDERTAKINGS = ("investment", "contract", "contracts", "contracted", "projects")
