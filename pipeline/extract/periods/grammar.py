"""The pieces of which the wordings of time are made: regular expressions by name, and their readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from pipeline.lexicon.load import rows, values
from pipeline.model.period import PeriodMention

Match = re.Match[str]
Reading = Callable[[Match], PeriodMention | None]
Rows = Iterable[tuple[Iterable[str], str, Reading]]


def _forms(kind: str) -> dict[str, int]:
    return {word: int(row["value"]) for row in rows("period_words") if row["kind"] == kind
            for word in values(row["word"])}  # fmt: skip


def _any(words: list[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


MONTHS: Final = _forms("month")
CARDINALS: Final = _forms("cardinal")
ORDINALS: Final = _forms("ordinal")
PHRASES: Final = [(word, row["value"]) for row in rows("period_words") if row["kind"] == "phrase"
                  for word in values(row["word"])]  # fmt: skip

# Only an abbreviation takes the point after it: that of a full name ends the sentence.
MONTH: Final = rf"(?-i:{_any(list(MONTHS))})(?!\w)" + (
    r"(?:(?<![a-z]{5})(?<!June)(?<!July)(?<!JUNE)(?<!JULY)(?<![A-Z]{5})(?<!May)(?<!MAY)\.)?"
)
# Beyond the sixties of this century a number is likelier a count than a year.
YEAR: Final = r"(?:1[6-9]\d|20[0-6])\d(?![\d%]|[.,]\d|[-–—/]\d)"
DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
CARDINAL: Final = rf"(?:{_any(list(CARDINALS))}(?:[- ](?:one|two|five))?|\d{{1,3}})(?!\w)"
ORDINAL: Final = rf"(?:{_any(list(ORDINALS))}|\d{{1,2}}(?:st|nd|rd|th))(?!\w)"
DASH: Final = r"\s*[-–—~]+\s*"
TO: Final = rf"(?:{DASH}|-(?:to|through)-|\s*/\s*" + (
    r"|\s+(?:to|through|thru|till|until|and)\s+(?:the\s+(?:end\s+of\s+)?)?)"
)
RELATIVE: Final = (
    r"this\s+year|last\s+year|next\s+year|the\s+(?:past|previous|preceding|prior|same|current|following|next)\s+year"
    r"|that\s+year|the\s+year\s+(?:before|earlier)|(?:a|one)\s+year\s+(?:earlier|ago|before)|(?:of|in)\s+the\s+year"
)
AGO: Final = r"(?:earlier|ago|before|previously)"


def year_clause(number: str = "") -> str:
    """What may follow a month or quarter to give its year: ` of 2004`, `, 2004`, ` last year`; groups y, rel."""
    words = r"(?:of|in)\s+(?:the\s+)?(?:fiscal\s+|calendar\s+|financial\s+)?(?:year\s+)?"
    return (
        rf"(?:(?:,?\s+|\s*,\s*|[-–'’]|\s+{words})(?:(?P<y{number}>{YEAR})"
        rf"|(?P<split{number}>(?:19|20)\d\d[-–/](?:\d\d|(?:19|20)\d\d))(?![-–/\d]|[.,]\d))"
        rf"|,?\s+(?:(?:of|in)\s+)?(?P<rel{number}>{RELATIVE}))"
    )


OPEN_YEAR: Final = r"(?:1[6-9]|20)\d\d"
ORDINAL_WORDS: Final = (*ORDINALS, "#")
CARDINAL_WORDS: Final = (*CARDINALS, "#")
MONTH_GROUP: Final = f"(?P<m>{MONTH})"
MONTH_2_GROUP: Final = f"(?P<m2>{MONTH})"
YEARED: Final = f"(?:{year_clause()})?"
PART: Final = r"(?P<o>first|second|third|fourth|final|last|latter)[-\s]+(?P<part>half|quarter)\b"


def compiled(source: str) -> re.Pattern[str]:
    """The pattern, blind to case but for month names."""
    return re.compile(source, re.IGNORECASE)


@cache
def month_number(word: str) -> int:
    """1 to 12 of a month's name or abbreviation."""
    return MONTHS[word.rstrip(".")]


def number_of(word: str) -> int:
    """The value of a number word, an ordinal or digits (`eleven`, `twenty-one`, `3rd`, `12`)."""
    lowered = word.lower()
    if lowered[0].isdigit():
        return int("".join(sign for sign in lowered if sign.isdigit()))
    parts = lowered.replace("-", " ").split()
    return sum(CARDINALS.get(part, ORDINALS.get(part, 0)) for part in parts)


def relative_year(words: str) -> tuple[str, int]:
    """`year_from` and `years_back` of `last year`, `the year before`, `that year`; whitespace is free."""
    lowered = words.lower()
    if lowered.startswith(("this", "the current")):
        return "this", 0
    if lowered.startswith(("last", "the past")):
        return "last", 1
    if "next" in lowered or "following" in lowered:
        return "next", -1
    if lowered.startswith(("that", "the same")):
        return "same", 0
    if lowered.endswith("the year") and lowered.startswith(("of", "in")):
        return "none", 0
    return "before", 1
