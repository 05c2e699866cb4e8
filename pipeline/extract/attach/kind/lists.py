"""Lists: `respectively` and runs of numbers paired with partners, products or the statements before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.extract.attach.kind.counting import UNITS_OF_COUNT
from pipeline.extract.attach.state.context import Context, Key
from pipeline.extract.attach.state.naming import elsewhere
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.words.indicators import is_statistic
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import product
from pipeline.extract.words.subject import read_subject


def pair(statements: list[Statement], items: Sequence[Item], lefts: Sequence[Sequence[Item]], context: Context) -> None:
    """Pairs every run of two or more numbers with a list of as many things. Counts must match, else nothing is
    paired."""
    respectively = any(item.is_word("respectively") for item in items)
    last: list[Key] = []
    for number, run in enumerate(runs(statements, items)):
        keys = _things(statements, run, items, lefts, context, respectively)
        if keys is None and len(last) == len(run) and all(_reaches(item) for item in lefts[run[0]]):
            # `trade with A and B rose by 19.5% and 27.1%, reaching 6.1 and 3.9 billion yuan`
            keys = last
        last = keys or last
        if keys is None:
            source = run[-1] if statements[run[-1]].reading.measure == "share" else run[0]
            for n in run:
                statements[n].key = statements[source].key
            continue
        for n, key in zip(run, keys, strict=True):
            statements[n].key = key
            statements[n].run = number


def _reaches(item: Item) -> bool:
    if item.is_word("which", "by", "and", "respectively"):
        return True
    return item.tag.startswith("VB") or item.kind == "level" or item.text == ","


def runs(statements: Sequence[Statement], items: Sequence[Item]) -> list[list[int]]:
    """Runs of two or more numbers with nothing but commas and `and` between them, as indices of statements."""
    found: list[list[int]] = []
    for n in range(1, len(statements)):
        between = items[statements[n - 1].position + 1 : statements[n].position]
        if (
            between
            and _alike(statements[n - 1], statements[n])
            and all(_lists(item) or _changed(item, between) for item in between)
        ):
            if found and found[-1][-1] == n - 1:
                found[-1].append(n)
            else:
                found.append([n - 1, n])
    return found


def _lists(item: Item) -> bool:
    return item.text == "," or item.is_word("and", "or", "by", *UNITS_OF_COUNT) or item.lower in ("up", "down")


def _changed(item: Item, between: Sequence[Item]) -> bool:
    """`increased by 7.1%, decreased by 10.2% and increased by 3.6%`"""
    parted = between[0].text == "," or between[0].is_word("and")
    if item.kind == "change" and item.data["part"] == "comparative":
        # `4.4 percent more and 2.1 percent less`
        return len(between) == 2 and between[1].is_word("and")
    return parted and item.kind == "change" and item.data["part"] == "verb"


def _alike(one: Statement, other: Statement) -> bool:
    if (" / " in one.unit) != (" / " in other.unit):
        # an amount and a price
        return False
    return one.quantity.kind == other.quantity.kind or "bare" in (one.quantity.kind, other.quantity.kind)


def _things(
    statements: Sequence[Statement],
    run: list[int],
    items: Sequence[Item],
    lefts: Sequence[Sequence[Item]],
    context: Context,
    respectively: bool,
) -> list[Key] | None:
    """The keys of a run: from a coordination of areas, products or flows before it, or from the statements
    before it."""
    size = len(run)
    key = statements[run[0]].key
    subject = read_subject(lefts[run[0]], key.flow)
    meant = context.partners if any(item.is_word("them", "these", "those") for item in lefts[run[0]]) else ()
    for codes in (subject.partners, subject.takers, meant):
        if len(codes) == size:
            return [replace(key, partner=code, partner_open=False) for code in codes]
    behind = _areas_behind(items, statements[run[-1]].position, key)
    if len(behind) == size and not any(item.kind == "area" for item in lefts[run[0]]):
        return [replace(key, partner=code, partner_open=code is None) for code in behind]
    areas = [i.data.code for i in lefts[run[0]] if i.kind == "area" and i.data.form == "noun"]
    if key.flow is None and respectively and len(areas) == size and all(areas):
        # `France and Spain grew by 0.7% and 0.8% respectively`
        return [replace(key, ref=code) for code in areas]
    named = [code for code in areas if key.ref and (code is None or elsewhere(code, key.ref))]
    if len(named) == size and any(named):
        # `ASEAN, South Korea and the United States were the top partners, with trade of ...`
        return [replace(key, partner=code, partner_open=code is None) for code in named]
    if len(subject.reporters) == size:
        return [replace(key, ref=code, partner_open=False) for code in subject.reporters]
    products = _parts(key.commodity)
    if len(products) == size:
        return [replace(key, commodity=part) for part in products]
    if len(subject.flows) == size and respectively:
        return [replace(key, flow=flow) for flow in subject.flows]
    statistics = _statistics(key)
    if len(statistics) == size:
        last = statements[run[0] - 1].key if run[0] else key
        known = last.commodity if last.flow is None else None
        return [replace(one, commodity=one.commodity or known) for one in statistics]
    silent = not (subject.flow or subject.mode or subject.takers) and _generic(subject.indicator)
    return _earlier(statements, run, context, respectively, silent)


def _areas_behind(items: Sequence[Item], position: int, key: Key) -> list[str | None]:
    """`Shares of 12.4%, 17.1% and 27.7% belonged to the CIS, Iran and the APEC countries`: the partners behind."""
    rest = items[position + 1 :]
    if not key.ref or len(rest) < 3 or not rest[0].tag.startswith("VB") or not rest[1].is_word("to"):
        return []
    end = next((i for i, item in enumerate(rest) if item.kind == "quantity" or item.text in (";", ".")), len(rest))
    named = [item.data.code for item in rest[:end] if item.kind == "area" and item.data.form != "possessive"]
    return [code for code in named if code is None or elsewhere(code, key.ref)]


def _statistics(key: Key) -> list[Key]:
    """`passenger vehicle production and sales`: each by itself, with what both are of as its product."""
    head, _, behind = (key.indicator or "").partition(" of ")
    parts = _parts(head)
    if key.flow or len(parts) < 2 or not all(is_statistic(part) for part in parts):
        return []
    *lead, _ = parts[0].split()
    if any(len(part.split()) > 1 for part in parts[1:]):
        return [replace(key, indicator=part) for part in parts]
    shared = product(behind or " ".join(lead))
    return [replace(key, indicator=part.split()[-1], commodity=key.commodity or shared) for part in parts]


def _earlier(
    statements: Sequence[Statement], run: list[int], context: Context, respectively: bool, silent: bool
) -> list[Key] | None:
    size = len(run)
    mains = [s for s in statements[: run[0]] if s.reading.role in ("main", "gapped")]
    before = [s.key for s in mains if s.reading.measure == "level"]
    before = before or [s.key for s in mains if s.reading.measure == statements[run[0]].reading.measure == "share"]
    distinct = list(dict.fromkeys(before))
    if not silent:
        return None
    if len(distinct) >= size:
        return distinct[-size:]
    if respectively and len(context.sentence_keys) == size:
        return list(context.sentence_keys)
    return None


def _generic(noun: str | None) -> bool:
    return noun is None or noun.lower().split()[-1] in (
        "rates",
        "rate",
        "values",
        "figures",
        "shares",
        "increases",
        "proportions",
        "ratios",
    )


def _parts(text: str | None) -> list[str]:
    parts: list[str] = []
    for part in regex.split(r",\s*(?:and\s+)?|\s+and\s+", text or ""):
        if parts and regex.fullmatch(r"\w+(?:al|ic)", parts[-1]):
            # `mechanical and electrical products` are one thing.
            parts[-1] = f"{parts[-1]} and {part}"
        elif part:
            parts.append(part)
    return parts
