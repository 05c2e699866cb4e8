"""What a whole text is about, and what a sentence hands on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.extract.attach.state.context import Context, Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.numbers.units import Quantity
from pipeline.extract.words import indicators
from pipeline.extract.words.amounts import of_output, unnamed_amount
from pipeline.extract.words.indicators import is_amount
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_right, product
from pipeline.extract.words.subject import Subject


def topic(opening: Key, context: Context) -> str | None:
    """The product that a text is about: the opening's where the title names it too, or that of the title's trade."""
    named = _confirmed(opening, context.title) or _titled(opening, context)
    return None if named and named.lower() in ("goods", "merchandise") else named


def _confirmed(opening: Key, title: str) -> str | None:
    made = is_amount((opening.indicator or "").lower())
    named = opening.commodity if opening.flow or (made and opening.commodity) else of_amount(opening.indicator)
    if not named:
        return None
    stems = [word.lower().rstrip("s") for word in named.split() if len(word) > 2]
    initials = regex.findall(r"\b[A-Z]{2,5}\b", title)
    short = [word for word in regex.findall(r"\p{L}{4,}", title.lower()) if any(s.startswith(word) for s in stems)]
    said = bool(short) or any(stem in title.lower() for stem in stems if stem not in ("product", "good"))
    return named if said or any(_abbreviates(one, named) for one in initials) else None


def _abbreviates(letters: str, phrase: str) -> bool:
    """`RMG` for readymade garments: the letters stand in the phrase in this order, the first at its beginning."""
    rest = iter(phrase.upper())
    return phrase[:1].upper() == letters[0] and all(letter in rest for letter in letters)


def of_amount(indicator: str | None) -> str | None:
    """`palm oil stocks`: the product of an amount."""
    words = (indicator or "").split()
    return product(" ".join(words[:-1])) if len(words) > 1 and is_amount(words[-1]) else None


def carried(key: Key, context: Context, *, listed: bool, verbal: bool) -> Key:
    """The key that the next sentence inherits: without a partner behind a list of them; after `China shipped 1.87
    million tonnes to India` in a text on India it is India's imports from China."""
    if listed:
        return replace(key, partner=None)
    mirror = {"exports": "imports", "imports": "exports"}.get(key.flow or "")
    if mirror and verbal and context.main and key.partner == context.main and context.key.ref == context.main:
        return replace(key, flow=mirror, ref=key.partner, partner=key.ref)
    return key


def _titled(opening: Key, context: Context) -> str | None:
    """The product of the title's trade or amount, where the opening speaks of the same without a product."""
    flow, commodity = context.titled
    alike = bool(opening.flow) or is_amount((opening.indicator or "").lower())
    return commodity if alike and flow == opening.flow and not opening.commodity else None


def of_all(key: Key, subject: Subject, told: Sequence[Key]) -> Key:
    """`Exports grew 24%, imports 34% as the oil bill ballooned; the gap widened`: the gap is that of the flows, of no
    product that only one of them had."""
    flows = [one for one in told if one.flow in ("exports", "imports")]
    mixed = len({one.commodity for one in flows}) > 1 and len({one.flow for one in flows}) > 1
    if subject.flow != "balance" or subject.commodity or not mixed:
        return key
    return replace(key, commodity=None)


def lend_product(walk: Walk) -> None:
    """`World production is expected to go down` in a text on cotton: amounts that name no thing are of the text's
    product; `Stocks stood at 9.87 mln tonnes of wheat, 3.05 mln of barley`: of the thing behind them."""
    named = walk.context.product
    if named and _another_product([*(s.key for s in walk.statements), walk.context.key], named):
        named = None
    for statement, right in zip(walk.statements, walk.rights, strict=True):
        key = statement.key
        if key.flow is None and key.commodity is None and unnamed_amount(key.indicator):
            massed = statement.quantity.kind in ("mass", "volume", "bare") and right and right[0].is_word("of")
            behind = product(phrase_right(right, 1)[1]) if massed else None
            statement.key = replace(key, commodity=behind or named)


def _another_product(keys: Sequence[Key], named: str) -> bool:
    """Whether the sentence, or the one before it, speaks of another thing than the text's product."""
    spoken = (key.commodity or of_output(key.indicator) for key in keys)
    return any(one is not None and one.lower() != named.lower() for one in spoken)


def unbalanced(key: Key, left: Sequence[Item]) -> Key:
    """`The value for July alone was 95.9 billion` after a surplus: a value is that of the trade."""
    valued = key.flow == "balance" and any(item.is_word("value", "volume", "turnover") for item in left)
    summed = any(
        a.is_word("the") and b.is_word("total") and c.tag.startswith(("VB", "MD"))
        for a, b, c in zip(left, left[1:], left[2:], strict=False)
    )
    valued = valued or (summed and key.flow in ("exports", "imports"))
    return replace(key, flow="total", sign=1) if valued else key


_MANY = 1000


def of_the_kind(quantity: Quantity, last: Key, context: Context) -> Key:
    """`The jobless rate rose to 7.2%. Economists had forecast a loss of 550,000`: of jobs, spoken of before; `That
    compares with 25%`, after how many are out of work: their rate."""
    rate = last.flow is None and indicators.rate_of(last.indicator) is not None
    if quantity.kind == "bare" and quantity.number.value >= _MANY and rate and context.counts is not None:
        return context.counts
    counted = last.flow is None and indicators.counted_noun(last.indicator) is not None
    return context.rates if quantity.kind == "percent" and counted and context.rates is not None else last


def last_key(context: Context) -> Key:
    """What a sentence that names nothing speaks of: the last key, at a new paragraph what the text opened with."""
    if context.opening is None or context.key_paragraph == context.paragraph:
        return context.key
    return context.opening


_WORKFORCE = ("workforce", "labour force", "labor force", "working population", "work force")
_OUT_OF_WORK = ("unemployed", "jobless", "unemployment", "out of work", "job seekers")


def of_workforce(walk: Walk, statement: Statement) -> None:
    """`The unemployed numbered 24,918, equivalent to 0.8 pct of the workforce`: the unemployment rate."""
    whole, spoken = statement.share_of, walk.statements[-1].key if walk.statements else statement.key
    out = (spoken.indicator or "").lower().endswith(_OUT_OF_WORK)
    if out and whole is not None and (whole.indicator or "").lower() in _WORKFORCE:
        statement.key = walk.key = replace(statement.key, indicator="unemployment rate")


_BUDGET = regex.compile(
    r"\b(?:budget|fiscal|public finances|tax revenues?|government spending|public spending)\b", regex.I
)


def on_a_budget(texts: Sequence[str], items: Sequence[Item]) -> bool:
    """Whether a text is on the budget of a state and says nothing of trade: its gaps are between what the state takes
    in and spends."""
    traded = any(item.kind == "flow" and item.data["flow"] != "balance" for item in items)
    return not traded and any(_BUDGET.search(text) for text in texts)
