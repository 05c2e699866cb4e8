"""Turns of business stories: losses of companies, prices of things, what moved to where."""

from __future__ import annotations

import regex

from pipeline.extract.attach.context import Key
from pipeline.extract.attach.evidence import Reading, sign_of
from pipeline.extract.attach.walk import Walk
from pipeline.extract.words import indicators
from pipeline.extract.words.subject import Subject

_PRICES = regex.compile(r"\b(?:prices?|inflation|cost of living|CPI)\b", regex.I)
_PRICED = regex.compile(rf"{_PRICES.pattern}|\b(?:index|costs?)\b", regex.I)
_LOSING = ("lost before", "loses before", "losing before", "lose before", "loss of", "losses of")


def is_loss(walk: Walk, n: int, reading: Reading, subject: Subject) -> bool:
    """`The airline lost 87 million dollars`, `with a loss of 87 million`: the result of a company, not a change."""
    quantity = walk.items[walk.at[n]].data
    if quantity.kind != "money" or not quantity.number.scaled or reading.rule not in _LOSING:
        return False
    return not subject.flow and not indicators.is_statistic(subject.indicator or "")


def priced(walk: Walk, reading: Reading, trial: Key) -> Key:
    """`Clothing and shoes gained 10%` in a text on consumer prices: the prices of these things."""
    title, noun = walk.context.title, trial.indicator
    if reading.measure != "growth" or trial.flow or not noun or indicators.is_statistic(noun) or walk.context.trade:
        return trial
    opening = walk.context.opening
    if not _PRICES.search(title) or opening is None or not _PRICED.search(opening.indicator or ""):
        return trial
    return Key(indicator=walk.context.named.get("prices", "prices"), commodity=noun, ref=trial.ref)


def moved(walk: Walk, n: int) -> Reading | None:
    """`lifted its net income 30% to 7.3 billion`: a percent between what was moved and where it went."""
    ahead = walk.items[walk.at[n] + 1 : walk.at[n] + 3]
    if len(ahead) < 2 or not ahead[0].is_word("to") or ahead[1].kind != "quantity" or ahead[1].data.kind == "percent":
        return None
    verbs = [item for item in walk.lefts[n] if item.kind == "change" and item.data["part"] == "verb"]
    return Reading("growth", sign_of(verbs[-1]), "main", "moved to") if verbs and sign_of(verbs[-1]) else None
