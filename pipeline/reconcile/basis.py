"""Growth on another basis than the amounts beside it: at constant prices, in another currency, like for like."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon.load import rows, values
from pipeline.model.record import Record

BEFORE, AFTER = 70, 50
"""Characters around the number in which the basis is named."""
_BASIS = (
    r"\b(?:in real terms|(?:at|in|by) (?:constant|comparable|fixed) (?:prices?|currenc\w+|exchange rates?|dollars)|"
    r"real (?:growth|terms)|inflation[- ]adjusted|adjusted for|like[- ]for[- ]like|same[- ]store|organic\w*|"
    r"comparable basis|(?:seasonally|calendar|working[- ]day)[- ]adjusted|annual(?:i[sz]ed)? rate|annuali[sz]ed|"
    r"in volume|by volume|volume terms)\b"
)
_AHEAD = re.compile(_BASIS + r"[^%;]*$", re.I)
_BEHIND = re.compile(r"^[^%;]*?" + _BASIS, re.I)
_TERMS = re.compile(r"\bin\s+(?:the\s+)?(?:U\.?S\.?\s+)?(\w+)(?:-denominated)?\s+terms\b", re.I)
_REAL = re.compile(r"\bGDP\b|\bGNP\b|gross (?:domestic|national|regional) product|value[- ]added|added value", re.I)
"""Indicators whose growth is given at constant prices by custom, beside amounts at current ones."""


def other_basis(record: Record, unit: str) -> bool:
    """Whether a growth rate is, by its words, not that of amounts in `unit` at current prices."""
    if _REAL.search(record.indicator):
        return True
    at = record.sentence.find(record.quote)
    if at < 0:
        return False
    end = at + len(record.quote)
    ahead, behind = record.sentence[max(0, at - BEFORE) : at], record.sentence[end : end + AFTER]
    if _AHEAD.search(ahead) or _BEHIND.search(behind):
        return True
    named = [_currencies().get(m[1].lower()) for text in (ahead, behind) for m in _TERMS.finditer(text)]
    return any(code is not None and code != unit for code in named)


@cache
def _currencies() -> dict[str, str]:
    """Currency codes by their names, singular and small (`yuan`, `dollar`); of a shared name the first."""
    found: dict[str, str] = {}
    for row in rows("currencies"):
        for name in values(row.get("after", "")):
            found.setdefault(name.lower().removesuffix("s"), row["code"])
    return found
