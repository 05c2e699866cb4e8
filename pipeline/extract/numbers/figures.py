"""Which number mentions are figures; a date, a name, an ordinal or mere structure is put aside with its reason."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.extract.numbers.number import NumberMention
from pipeline.extract.numbers.units import Quantity
from pipeline.model.document import Span

_NAME_BEFORE = regex.compile(
    r"(?:\b(?:No|Nos|Table|Tab|Figure|Fig|Article|Section|Chapter|Annex|Part|Phase|Issue|Vol|Flight|Route|Group|Class|Form|Room|Road|Line|Boeing|Airbus|ISO|HS|Tel|Fax|QQ|Postcode|Zip|Page|Gate)\.?:?\s*(?<!\b[Ll]ine:\s)|base\s|[#№]\s?)$",
    regex.I,
)
_AGE_BEFORE = regex.compile(
    r"\b(?:those|people|persons|men|women|youths?|workers|aged|anyone|everyone|children)\s"
    r"(?:aged\s)?(?:under|over|above|below|between|aged|of)\s(?:the\sage\sof\s)?(?:\d\d\s(?:to|and)\s)?$",
    regex.I,
)
"""`among those under 25`, `people aged 65`"""
_LISTED_NAME = regex.compile(r"\b(?:Exhibit|Table|Figure|Chart|Annex|Article|Page)s?\s(?:\d+(?:,\s?|\s)(?:and\s)?)*$")
_NAME_AFTER = regex.compile(
    r"^(?:st|nd|rd|th|G|K|D)\b|^-(?:year|month|day|week|point|member|nation|hour|minute|foot|inch|kilo|kg|pound|lb|tonne|ton|litre|liter|gallon|strong|digit|story|storey|party)\b|^(?:\.\d+)+\s|^\s?(?:a\.m\.|p\.m\.|am\b|pm\b|o'clock)|^:\d\d",
    regex.I,
)
_STRUCTURE = regex.compile(
    r"^\s?(?:countries|sides|nations|members|places|reasons|stages|phases|parts|aspects|kinds|types|steps|points"
    r"|main|of them|ways)\b",
    regex.I,
)
_SECTION = regex.compile(r"^(?:\(?\d{1,2}[.)]|\(\d{1,2}\))\s+\p{L}")
_SCANNED_HEADING = regex.compile(
    r"^\d{1,2}(?:\.\d{1,2})*\s+(?:The|On|In|An?|What|How|Why|Of|Summary|Introduction|Conclusions?|Discussion|Results|Methods?"
    r"|History|Current|Background|References)\b"
)
_HEADING_NUMBER = regex.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}")
_ENUMERATED = regex.compile(r"^\)\s+\p{Lu}\p{L}+")
_CHANGED_BY = regex.compile(
    r"(?:ros|rise|fell|fall|drop|grew|grow|declin|increas|decreas|shrank|shrunk|slump|plung|jump|surg|cut|down|up)\w*"
    r"(?:\s\p{Ll}+){0,1}\sby\s(?:(?:about|almost|nearly|more than|over|around|some|roughly|just over|just under)\s)?$",
    regex.I,
)
_SHARE_NEAR = regex.compile(
    r"(?:account\w*|share|proportion|represent\w*|ma[kd]e\w* up|constitut\w*|compris\w*|contribut\w*|up|down|by|fell"
    r"|rose"
    r"|grew|increas\w*|declin\w*|cut|drop\w*|took|for)\b[^.;]{0,40}$",
    regex.I,
)
# `five more than a year ago`
_OF_OR_THE = regex.compile(r"\s+(?:of|the)\b")
_ACCOUNTS_FOR = regex.compile(r"account\w* for\s*$")
_DOUBLE_NAMES = regex.compile(r"\s(?:digit|digits|taxation|track|quotes|check)")
_COMPARED_WITH = regex.compile(r"\s*(?:that|the|as|more|higher|larger|greater)")
_COUNTRIES = regex.compile(r"\s(?:countries|nations|of them)\b")
_HYPHEN_BEFORE = regex.compile(r"[A-Za-z]-$")
_HYPHEN_AFTER = regex.compile(r"-[A-Za-z]")
_YEAR_LIKE = regex.compile(r"(?:1[89]|20)\d\d")
_SMALL_LETTER = regex.compile(r"\s+\p{Ll}")
_MORE_THAN = regex.compile(r"\s(?:more|fewer)\sthan\s(?:an?|the|in|last)\b")
_MULTIPLE_BEHIND = regex.compile(
    r"^\s*(?:rise|increase|growth|jump|surge|gain|that|those|the|as|more|higher|larger|greater|over|to|of|in|by|and|its|,|\.|;|\(|$|year|from|what|compared|on|for|times)",
    regex.I,
)
_TIMES_BEFORE = regex.compile(
    r"(?:grew|grow\w*|ros\w*|rise\w*|increas\w*|up|jump\w*|by|was|were|is|are|expan\w*|surg\w*|soar\w*|multipl\w*|fell|dropp\w*|declin\w*|decreas\w*|shr[au]nk|reduc\w*|\w\s[-–—]|of|to|about|nearly|almost|than|over|some|growth)\s*$",
    regex.I,
)


def figure_mentions(
    text: str, found: Sequence[Quantity], times: Sequence[Span], heading: bool
) -> tuple[list[Quantity], list[tuple[Quantity, str]]]:
    """`found` parted into figures and others with a reason. `times` are the spans of dates and periods; `heading` says
    that the sentence is a heading, whose leading number counts sections."""
    figures: list[Quantity] = []
    others: list[tuple[Quantity, str]] = []
    for quantity in found:
        reason = _reason(text, quantity, times, heading)
        if reason is None:
            figures.append(quantity)
        else:
            others.append((quantity, reason))
    return figures, others


def _reason(text: str, quantity: Quantity, times: Sequence[Span], heading: bool) -> str | None:
    number = quantity.number
    before, after = text[max(0, number.start - 60) : number.start], text[number.end : number.end + 24]
    if any(number.start < end and number.end > start for start, end in times):
        return "date"
    counted = quantity.unit is not None and number.scaled
    if (_NAME_BEFORE.search(before) and not counted) or _LISTED_NAME.search(before) or _NAME_AFTER.match(after):
        return "name"
    if not before.strip() and (
        _SECTION.match(text) or _SCANNED_HEADING.match(text) or (heading and _HEADING_NUMBER.match(text))
    ):
        return "structure"
    if quantity.unit is None and _is_mark(number, before, after):
        return "structure"
    if quantity.kind == "times":
        return _multiple_reason(text, quantity, before, after)
    if number.kind == "fraction" and not any(c.isdigit() for c in text[number.start : number.end]):
        shared = _SHARE_NEAR.search(before) and _OF_OR_THE.match(after) and number.bound != "="
        if shared or _ACCOUNTS_FOR.search(before) or _CHANGED_BY.search(before):
            return None
        return "structure"
    if number.kind == "word" and quantity.unit is None:
        return None if number.value > 1 and _MORE_THAN.match(after) else "structure"
    if quantity.unit is None and not number.scaled:
        return _bare_reason(text, quantity, before, after)
    return None


def _is_mark(number: NumberMention, before: str, after: str) -> bool:
    """`8.97 billion dollars [12]`, `(2) Trade modes: ...`: a reference, the number of a paragraph."""
    if before.endswith("[") and after.startswith("]"):
        return True
    return number.bracketed and number.value < 30 and _ENUMERATED.match(after) is not None


def _multiple_reason(text: str, quantity: Quantity, before: str, after: str) -> str | None:
    words = text[quantity.number.start : quantity.number.end].lower()
    if words.startswith(("doubl", "tripl", "trebl", "quadrupl", "quintupl")):
        return "name" if _DOUBLE_NAMES.match(after) or words in ("double", "triple") else None
    if before.endswith("(") and after.startswith(")"):
        # `11.3 million (2.7 times)`
        return None
    if _MULTIPLE_BEHIND.match(after) and (
        _TIMES_BEFORE.search(before) or "fold" in words or quantity.number.bound != "=" or _COMPARED_WITH.match(after)
    ):
        return None
    return "structure"


def _bare_reason(text: str, quantity: Quantity, before: str, after: str) -> str | None:
    if quantity.number.value < 100 and _AGE_BEFORE.search(before):
        return "name"
    many = quantity.number.value >= 10 and _COUNTRIES.match(after)
    if _STRUCTURE.match(after) and not many:
        return "structure"
    if _HYPHEN_BEFORE.search(before) or _HYPHEN_AFTER.match(after):
        return "name"
    digits = text[quantity.number.start : quantity.number.end]
    if _YEAR_LIKE.fullmatch(digits) and not _SMALL_LETTER.match(after):
        return "date"
    return None
