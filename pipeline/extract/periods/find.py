"""Finds every span of time that a text names: months, quarters, years, plans, seasons, comparisons.

Steps: a word that can begin a span is looked up, the longest shape that fits is read (`periods_shapes.py`),
and the words before it give its role (`in`, `than in`, `since`, `by`, `at the end of`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final, cast

from pipeline.extract.periods.grammar import PHRASES
from pipeline.extract.periods.shapes import SHAPES, Shape
from pipeline.lexicon.load import rows, values
from pipeline.model.period import Comparison, Period, PeriodMention, Role

_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+")
_WINDOW: Final = 64
_ARTICLES: Final = (
    r"(?:(?:(?:the\s+)?(?:whole|all|full|entire|rest|remainder|course|month|year|calendar|duration)(?:\s+year)?"
    r"(?:\s+of)?\s+)?(?:the|a|an|one|its|their|all|full|calendar|fiscal|financial)?\s*(?:calendar\s+|year\s+)?[\"“'‘]?)"
)
_POINT: Final = r"(?P<point>(?:(?:the\s+)?(?:end|close|start|beginning|middle|turn)(?:\s+of)?|mid|early|late)[-\s]+)?"


def _leads() -> dict[str, str]:
    leads = (row for row in rows("period_words") if row["kind"] == "lead")
    return {" ".join(word.lower().split()): row["value"] for row in leads for word in values(row["word"])}


_LEADS: Final = _leads()


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w)))


_LEFT: Final = re.compile(
    rf"(?<![\w-])(?:(?P<lead>{_alternatives(list(_LEADS))})\s+)?{_POINT}(?P<articles>{_ARTICLES})$",
    re.IGNORECASE,
)
_PHRASE_OF: Final = {" ".join(word.lower().split()): value for word, value in PHRASES}


def _phrases() -> dict[str, re.Pattern[str]]:
    """The fixed phrases of comparison, one pattern for all that begin with the same word."""
    words: dict[str, list[str]] = {}
    for phrase, _ in PHRASES:
        words.setdefault(re.split(r"\W", phrase.lower())[0], []).append(phrase)
    return {first: re.compile(rf"(?:{_alternatives(all_)})(?!\w)", re.IGNORECASE) for first, all_ in words.items()}


_PHRASE: Final = _phrases()
_NO_PHRASE_BEFORE: Final = re.compile(r"\s+(?:to\s+date|ago|earlier|before)\b", re.IGNORECASE)
_REPEATED: Final = re.compile(
    r"(?:in|over|during|for|throughout|within)\s+(?:the|this|that)\s+"
    r"(?:(?:[a-z]+|\d+)[-\s]+(?:day|month|week|year)\s+|reporting\s+|review\s+|said\s+|reported\s+)?"
    r"(?P<unit>period|month|week|fortnight|quarter|season)\b(?!\s+(?:of|from|since|between|ended|ending|to|that|which|before|earlier|ago)\b)",
    re.IGNORECASE,
)
_LENGTHS: Final = {"month": 1, "quarter": 3}
_REPEAT_STARTS: Final = frozenset(("in", "over", "during", "for", "throughout", "within"))
_UNIT_AFTER: Final = re.compile(
    r"\s*(?:%|percent|per\s?cent|pct|tons?\b|tonnes?\b|yuan|dollars?|dlrs?|mln|bln|million|billion|trillion|people|"
    r"persons|barrels|units|kilo|vehicles|trains?\b|trips|yen\b|euros?\b|rupees|won\b|points?\b|hectares|km\b|kg\b|mt\b"
    r"|TEUs?\b|bpd|workers|enterprises|companies|times\b|hundred|thousand)",
    re.IGNORECASE,
)
_MONEY_BEFORE: Final = re.compile(r"(?:[$€£¥₩₹]|US\$|\b(?:RMB|USD|CNY|EUR|No\.?|Rs\.?))\s*$")
_PLURAL_AFTER: Final = re.compile(
    r"\s+(?!levels|figures|results|exports|imports|sales|plans|prices|rates|earnings|was)[a-z]+[^s\W]s\b"
)
_COUNT_BEFORE: Final = re.compile(r"\b(?:to|by|of|than|over|about|nearly|some|total(?:ed|ing)?|were|was|reached)\s+$")
_WHOLE_OF: Final = re.compile(r"\b(?:whole|all|rest|remainder|most|course|end|start|middle)\s+of\s+$", re.I)
_BEFORE_MAY: Final = re.compile(
    r"(?:\b(?:in|the|of|from|to|since|by|until|for|during|over|than|and|last|this|early|late|mid|end|through|with|between)[\s-]+)$",
    re.IGNORECASE,
)
_ONWARD: Final = re.compile(r"\s+(?:on(?:wards?)?|onwards?)\b(?!\s+(?:the|a|year))", re.IGNORECASE)


_STARTS: Final = frozenset(SHAPES) | _REPEAT_STARTS | frozenset(_PHRASE)
_AFTER_DIGITS: Final = re.compile(
    r"(?:st|nd|rd|th)\b|[hq](?![a-z])|m(?=\s?\d\d|\b)|[./]\d|\s*[-–—/]\s*\w|\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|months?\b|years?\b|quarters?\b|weeks?\b|of\b)",
    re.IGNORECASE,
)
_DATE_ROLES: Final[dict[str, Role]] = {"since": "since", "deadline": "deadline", "point": "point"}


def find_periods(text: str) -> list[PeriodMention]:
    """Every mention of a span of time in `text` (one line, cleaned), in order and without overlaps.

    Spans cover the digits that belong to the wording (`the first 11 months of this year`), without the
    preposition. Not supported: weekdays, seasons of the year (`last spring`), lunar calendars, quarters of
    other calendars.
    """
    return list(_found(text))


@lru_cache(maxsize=2048)
def _found(text: str) -> tuple[PeriodMention, ...]:
    """Kept, because context, habit, figures and dates all ask for the spans of the same sentence."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[PeriodMention]:
    position = 0
    for token in _TOKEN.finditer(text):
        word = token[0].lower()
        if word not in _STARTS and (word[0] > "9" or not _may_be_date(text, word, token.end())):
            continue
        start = token.start()
        if start < position:
            continue
        found = _at(text, start, word)
        if found is not None:
            position = found.end
            yield found


def _may_be_date(text: str, word: str, end: int) -> bool:
    """Whether digits at the start of a word can begin a span: most numbers in a text cannot."""
    return word[0].isdigit() and (len(word) == 4 or _AFTER_DIGITS.match(text, end) is not None)


def _key(word: str) -> str:
    if not word[0].isdigit():
        return word
    return "#4" if len(word) == 4 else "#"


def _at(text: str, start: int, word: str) -> PeriodMention | None:
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return None
    if word in _REPEAT_STARTS and (repeated := _repeated(text, start)) is not None:
        return repeated
    if (
        word in _PHRASE
        and (phrase := _PHRASE[word].match(text, start)) is not None
        and (not _NO_PHRASE_BEFORE.match(text, phrase.end()))
    ):
        value = _PHRASE_OF[" ".join(phrase[0].lower().split())]
        return _phrase(phrase, value)
    shapes = SHAPES.get(_key(word))
    if shapes is None:
        return None
    best = _longest(text, start, shapes)
    return None if best is None else _in_role(text, best)


def _longest(text: str, start: int, shapes: list[Shape]) -> PeriodMention | None:
    best: PeriodMention | None = None
    for shape in shapes:
        match = shape.pattern.match(text, start)
        if match is None or (best is not None and match.end() <= best.end) or _splits_word(text, match.end()):
            continue
        best = shape.read(match) or best
    return best


def _splits_word(text: str, end: int) -> bool:
    return end < len(text) and text[end - 1].isalnum() and text[end].isalnum()


def _phrase(match: re.Match[str], value: str) -> PeriodMention:
    comparison = cast("Comparison", value)
    return PeriodMention(
        match.start(),
        match.end(),
        Period(None),
        "before",
        "comparison",
        comparison,
        False,
        "phrase",
        int(value == "yoy"),
    )


def _repeated(text: str, start: int) -> PeriodMention | None:
    """`in the period`, `during the 25 day period`, `in the week`: the current span once more."""
    match = _REPEATED.match(text, start)
    if match is None:
        return None
    unit = match["unit"].lower()
    months = _LENGTHS.get(unit, 12)
    # What changed within a week is measured against the week before.
    step: Comparison | None = "previous" if unit in ("week", "fortnight") else None
    period = Period(None, 1, months)
    return PeriodMention(match.start(), match.end(), period, "same", comparison=step, same=True, kind="same")


def _in_role(text: str, found: PeriodMention) -> PeriodMention | None:
    left = _LEFT.search(text, max(0, found.start - _WINDOW), found.start)
    lead = left["lead"] if left else None
    point = bool(left and left["point"])
    role = _LEADS[" ".join(lead.lower().split())] if lead else ""
    if not _plausible(text, found, role or point):
        return None
    return _with_role(text, found, role, point)


def _plausible(text: str, found: PeriodMention, led: object) -> bool:
    """Whether a bare word or number that could be something else (`May`, `2004 vehicles`) is a time here."""
    words = text[found.start : found.end]
    if found.kind == "month" and words.rstrip(".") in ("May", "MAY", "Mar", "MAR"):
        owns = text.startswith(("'s", "’s"), found.end)
        before = _BEFORE_MAY.search(text, max(0, found.start - 12), found.start) is not None
        return words.endswith(".") or owns or before
    if found.kind != "year" or not words.isdigit():
        return True
    if _UNIT_AFTER.match(text, found.end) or _MONEY_BEFORE.search(text, max(0, found.start - 6), found.start):
        return False
    if _WHOLE_OF.search(text, max(0, found.start - 20), found.start):
        return True
    counted = _COUNT_BEFORE.search(text, max(0, found.start - 12), found.start) or not led
    return not (counted and _PLURAL_AFTER.match(text, found.end))


def _with_role(text: str, found: PeriodMention, lead: str, point: bool) -> PeriodMention:
    if found.role == "date":
        return replace(found, role=_DATE_ROLES.get(lead, "date"))
    role = _role(text, found, lead, point)
    if role != "comparison":
        return replace(found, role=role)
    return replace(found, role=role, comparison=found.comparison or _comparison_by_kind(found))


def _role(text: str, found: PeriodMention, lead: str, point: bool) -> Role:
    if lead == "over" and _covers(text, found):
        return "plain"
    if lead in ("comparison", "as") or (lead in ("from", "over", "on") and _is_base(found, lead)):
        onward = lead == "from" and _ONWARD.match(text, found.end)
        return "since" if onward or (lead == "from" and found.year_from in ("this", "next")) else "comparison"
    if lead == "deadline":
        return "deadline"
    if lead == "since":
        return "since"
    return "point" if point or lead == "point" else "plain"


_WHOLE: Final = re.compile(r"\s+as\s+a\s+whole\b", re.IGNORECASE)
_OPENING: Final = re.compile(
    r"(?:^|[.;]\s)\s*over\s+|\bover\s+(?:the\s+)?(?:whole|course|full|entire|rest)\b", re.IGNORECASE
)


def _covers(text: str, found: PeriodMention) -> bool:
    """`Over the whole of last year`, `over 2004 as a whole`: the span itself, not what it is compared with."""
    if found.same or found.year_from == "before":
        return False
    opening = _OPENING.search(text, max(0, found.start - 30), found.start)
    return opening is not None or _WHOLE.match(text, found.end) is not None


def _is_base(found: PeriodMention, lead: str) -> bool:
    """Whether `from`, `over` or `on` before the span makes it the base of a change."""
    if lead == "from":
        return found.kind in ("year", "month", "quarter", "half", "week", "same", "plan", "season", "fiscal") and not (
            found.kind == "plan" and found.year_from == "stated"
        )
    if found.kind == "same":
        return found.period.year is not None or found.year_from != "none"
    if lead == "on" and found.period.days is None and found.year_from in ("stated", "last", "before"):
        # `On the first half of 2010 imports fell`: no span of months is the day of anything.
        return True
    return found.kind in ("year", "month", "week") or found.year_from in ("before", "last")


def _comparison_by_kind(found: PeriodMention) -> Comparison:
    if found.year_from != "none" or found.kind in ("year", "same", "half"):
        return "yoy"
    if found.period.months == 3 and found.period.days is None:
        return "qoq"
    by_kind: dict[str, Comparison] = {
        "month": "mom",
        "quarter": "qoq",
        "plan": "previous",
        "week": "previous",
    }
    return by_kind.get(found.kind, "yoy")
