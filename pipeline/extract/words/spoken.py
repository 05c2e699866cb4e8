"""The noun phrase that a stretch of words speaks of: which of its phrases is the statistic, and which frames it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.words.indicators import is_company, is_statistic, rate_of
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import is_nominal, phrase_right

_ASPECTS = (
    "physical volume",
    "tonnage",
    "money",
    "weight",
    "money terms",
    "physical terms",
    "quantity",
    "volume",
    "value",
)


def _names_nothing(items: Sequence[Item], end: int, text: str, *, governed: bool) -> bool:
    """`at a seasonally adjusted annual rate of 1.36 mln`, `Workers' remittances`, `Toyota was 6.7 percent ahead`: no
    statistic of its own."""
    following = items[end] if end < len(items) else None
    owner = following is not None and following.tag == "POS" and end + 1 < len(items) and is_statistic(text)
    pace = governed and text.lower() in _PACES and following is not None and following.is_word("of")
    return owner or pace or is_company(text)


_PACES = ("rate", "annual rate", "adjusted annual rate", "seasonally adjusted annual rate", "pace", "annual pace")


def spoken_of(items: Sequence[Item]) -> str | None:
    """The noun phrase that a predicate speaks of: the first that is a statistic, else the first that no preposition
    governs. A phrase of names alone (a person, a ministry) is none."""
    free, bound = _noun_phrases(items)
    closing = items[-2].lower if bound and len(items) > 1 and items[-1].is_word("of") else ""
    if closing and closing == bound[-1].lower().split()[-1] and closing not in ("rate", "rates", "level"):
        # `is building a factory at a cost of`
        return bound[-1]
    if (amount := _amount_of(items, free)) is not None:
        return amount
    rates = [text for text in bound if rate_of(text) is not None]
    if rates and not any(is_statistic(text) for text in free):
        # `hopes of a cut in bank base rates from 10 pct`
        return rates[-1]
    return next((text for text in free if is_statistic(text)), free[0] if free else bound[-1] if bound else None)


def _noun_phrases(items: Sequence[Item]) -> tuple[list[str], list[str]]:
    """The noun phrases that no preposition governs, and the statistics that one governs. Names alone are none."""
    free: list[str] = []
    bound: list[str] = []
    i = 0
    while i < len(items):
        if not is_nominal(items[i]) or items[i].text == "-" or _leading(items, i):
            i += 1
            continue
        end, text = phrase_right(items, i)
        governed = i > 0 and _governed(items, i)
        terms = i > 1 and items[i - 1].is_word("of") and items[i - 2].is_word("terms")
        if end > i and _names_nothing(items, end, text, governed=governed):
            i = end
            continue
        if governed and text.lower() in _ASPECTS and (terms or items[i - 1].is_word("in", "by")):
            # `2.3% up in tonnage; in money 18.6 billion`: only how it is measured.
            i = end
            continue
        worded = any(
            item.tag.startswith("NN") or item.kind == "mode" or item.is_word("former", "latter")
            for item in items[i:end]
        )
        if end > i and governed and worded and is_statistic(text):
            bound.append(text)
        if end > i and worded and not governed:
            label = items[i].start == 0 and (
                end == len(items)
                or (end + 1 == len(items) and items[end].text == ",")
                or (end + 2 == len(items) and items[end].text == "," and items[end + 1].is_word("at"))
                or (end == i + 1 and _predicate(items[_past_adverb(items, end)]))
            )
            named = not label and all(item.tag.startswith("NNP") for item in items[i:end])
            # `king crab`, which a tagger takes for a name
            named = named and not (end > i + 1 and text.islower())
            text, end = _with_of(items, end, text)
            if is_statistic(text) or not named:
                free.append(text)
        i = max(end, i + 1)
    return free, bound


_MEASURES = ("rate", "rates", "pace", "level", "average", "value", "total", "volume")


def _amount_of(items: Sequence[Item], free: Sequence[str]) -> str | None:
    """`The budget assumes an average oil price of`: the statistic right before the amount, not who speaks of it."""
    led = len(items) > 1 and items[-1].is_word("of") and bool(free) and is_statistic(free[-1])
    return free[-1] if led and _ends_with(items[:-1], free[-1]) else None


def _ends_with(items: Sequence[Item], text: str) -> bool:
    head = text.lower().split()[-1]
    return bool(items) and items[-1].lower == head and head not in _MEASURES


_LEADING = frozenset("leaving giving taking bringing putting making pushing cutting lifting sending driving".split())


def _leading(items: Sequence[Item], i: int) -> bool:
    """`..., leaving carryover stocks of 2.9 mln`: the participle is no part of the noun phrase, nor is an owner (`the
    area's economy`)."""
    if i + 1 >= len(items):
        return False
    owner = items[i + 1].tag == "POS" and any(is_nominal(item) for item in items[i + 2 : i + 4])
    return owner or (items[i].tag == "VBG" and items[i].lower in _LEADING)


_CLAUSES = frozenset("that while whereas whilst when of if because although though".split())
_SAYING = frozenset("said says stated noted added reported told stressed explained announced believes thinks".split())


def _past_adverb(items: Sequence[Item], i: int) -> int:
    return i + 1 if items[i].tag == "RB" and i + 1 < len(items) else i


def _predicate(item: Item) -> bool:
    """Whether a first word, whose capital tells nothing, is a noun: what predicate it has (`Shrimp remained`)."""
    return item.kind in ("level", "change", "share") or (item.tag in ("VBD", "VBZ") and item.lower not in _SAYING)


def _governed(items: Sequence[Item], i: int) -> bool:
    k = i - 1
    while k > 0 and (items[k].tag in ("DT", "PRP$", "POS", "JJ", "CD", "HYPH") or items[k].kind == "area"):
        k -= 1
    item = items[k]
    if item.is_word("of") and k and items[k - 1].kind in ("period", "date"):
        return True
    return item.kind == "word" and item.tag in ("IN", "TO") and item.lower not in _CLAUSES


def _with_of(items: Sequence[Item], end: int, text: str) -> tuple[str, int]:
    while end + 1 < len(items) and items[end].is_word("of") and items[end + 1].kind != "area":
        after, more = phrase_right(items, end + 1)
        if not more:
            break
        text, end = f"{text} of {more}", after
    behind = [item.lower for item in items[end : end + 3]]
    if behind == ["out", "of", "work"] or behind[:2] == ["without", "work"]:
        # `the number of people out of work`
        width = 3 if behind[0] == "out" else 2
        return f"{text} {' '.join(behind[:width])}", end + width
    return text, end
