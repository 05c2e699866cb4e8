"""Words that bound a number: `more than`, `nearly`, `up to`, `or so`."""

from __future__ import annotations

from functools import cache

import regex

from pipeline.extract.wording import alternation
from pipeline.lexicon import load
from pipeline.model.record import Bound

_COMPARES = regex.compile(
    r"(?:%|percent|per cent|pct|points?|times|million|billion|tons|tonnes)\s(?:more|less|fewer|lower|higher)\sthan$",
    regex.I,
)
_MOVED = regex.compile(
    r"\b(?:add\w*|sum\w*|went|rose|rises?|shot|swung|was|were|is|are|crept|be|been|goes?|(?:edge|inch|creep|climb|jump|move|tick|push|nudge|go)s?|\p{L}{3,}ed|\p{L}{3,}ing)\s+up\s+to\b",
    regex.I,
)
_MEASURED = regex.compile(r"(?:%|percent|per cent|pct|points?|tonnes|tons|/\p{L}+|\d)\s$", regex.I)
_ARTICLE = regex.compile(r"\s+the\b(?!\s+(?:record|mark)\b)", regex.I)
_PASSIVE = regex.compile(r"\b(?:was|were|been|be|is|are|being)\s$", regex.I)
_MARK = regex.compile(r"\b(?:mark|level|threshold|line|barrier|milestone|limit)\b", regex.I)
_NOT_OVER = regex.compile(
    r"\b(?:rose|fell|grew|increased?|decreased?|growth|rise|fall|(?<!\bma(?:de|kes?|king)\s)up|down|%|percent|pct)\s+over\b.{0,6}$",
    regex.I,
)


@cache
def _bounds(side: str) -> tuple[dict[str, Bound], regex.Pattern[str]]:
    kinds: dict[str, Bound] = {}
    for row in load.rows("bounds"):
        if row["side"] == side:
            for form in load.values(row["forms"]):
                kinds[form.lower()] = row["bound"]  # type: ignore[assignment]
    body = alternation(list(kinds))
    if side == "before":
        fillers = r"(?:\s(?:a|an|the|record|total|of|mark|another|its|their|his|this|RMB|US|U\.S\.|us))*"
        between = rf"{fillers}\s?[\"'(\[]?(?:[A-Z]{{1,3}}\.?\s?)?[$£€¥₹₩]?\s?"
        return kinds, regex.compile(rf"\b(?P<form>{body}){between}$", regex.I)
    return kinds, regex.compile(rf"^(?:,\s|\s)?(?P<form>{body})(?!\w)", regex.I)


def bound_of(text: str, start: int, end: int) -> tuple[Bound, int, int]:
    window = text[max(0, start - 48) : start]
    kinds, pattern = _bounds("before")
    match = pattern.search(window)
    if match and not _moved(text, start, match["form"].lower(), window, match.start()):
        return kinds[match["form"].lower()], start - len(window) + match.start(), end
    bound, behind = bound_behind(text, end)
    return bound, start, behind


def bound_behind(text: str, end: int) -> tuple[Bound, int]:
    """The bound of the words right behind `end` (`500 or so`, `3 billion dollars, more or less`), and where they
    end."""
    kinds, pattern = _bounds("after")
    match = pattern.search(text[end : end + 20])
    return (kinds[match["form"].lower()], end + match.end()) if match else ("=", end)


def _moved(text: str, start: int, form: str, window: str, at: int) -> bool:
    """`went up to 57.1 billion` bounds nothing, nor does `rose 3 percent over 2003`."""
    if _COMPARES.search(window[: at + len(form)]):
        return True
    place = form in ("below", "above", "under", "over")
    measured = place and (_MEASURED.search(window[:at]) or not _MARK.search(text[start : start + 45]))
    passed = form.startswith(("exceed", "surpass", "topp"))
    if (measured or passed or form.endswith("than")) and _ARTICLE.match(window, at + len(form)):
        # `fewer than the 190,000 hoped for`, `8.8% below the 375.8 tonnes of 2003` compare with a number of its own.
        return True
    if form == "top" and window[:at].rstrip().lower().endswith("on"):
        # `on top of 8.2% in August`
        return True
    if form.startswith(("passed", "crossed")) and _PASSIVE.search(window[:at]):
        # `The port was passed by 5.96 million persons`
        return True
    if form == "up to":
        return bool(_MOVED.search(window))
    if form in ("over", "above", "below", "under", "around"):
        return bool(_NOT_OVER.search(window[: at + len(form)]))
    return False
