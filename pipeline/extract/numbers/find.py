"""Numbers in clean text: step 3. One grammar: sign, digits or words, fraction, scale word, percent, range, bound.

`find_numbers` returns every number mention with its value, the interval that rounding leaves open, and its bound.
Whether a mention is a figure is not decided here. Not supported: numbers written in other alphabets than Latin,
words above `ninety-nine` without a scale word, roman numerals.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

import regex

from pipeline.extract.numbers.bounds import bound_of
from pipeline.extract.numbers.compound import with_compounds
from pipeline.extract.numbers.number import Kind, NumberMention, scales
from pipeline.extract.numbers.ranges import with_ranges
from pipeline.model.document import Span

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {w: i for i, w in enumerate(_ONES.split(), 1)} | {w: 10 * i for i, w in enumerate(_TENS.split(), 2)}
_PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
          "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "tenth": 10, "tenths": 10}  # fmt: skip
_FOLD = {"doubled": 2, "doubling": 2, "double": 2, "tripled": 3, "tripling": 3, "triple": 3,
         "trebled": 3, "quadrupled": 4, "quintupled": 5, "twice": 2, "twofold": 2, "threefold": 3, "fourfold": 4,
         "fivefold": 5, "sixfold": 6, "tenfold": 10}  # fmt: skip
_VULGAR = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}

_DIGITS = r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)(?:\.\d+)?|\.\d+"
# `5,8 billion`: a comma before one or two digits is a decimal point where a scale word, a percent or a mass follows.
_COMMA = r"\d{1,3},\d{1,2}"
_MEASURED = r"percent|per\s?cent|pct|%|times|tons?|tonnes?|kg|km|hectares|cubic"
_PERCENT = r"(?:%(?![a-z])|(?:percent|per\s?cent|pct|pc|p\.c\.)\b)"


@cache
def _pattern() -> regex.Pattern[str]:
    _, spaced, glued = scales()
    words = "|".join(sorted(_WORDS, key=len, reverse=True))
    scale = rf"(?:[ -]?(?P<scale>{spaced})\b|(?P<glued>{glued})(?![A-Za-z]))"
    points = r"(?:of\sa\s)?percentage[ -]points?|pct points?|percent points?|pps?\b|p\.p\.|pts?\b"
    tail = (
        rf"(?:[\s-]?(?P<percent>{_PERCENT})|\s(?P<pp>{points})|\s?(?P<bp>basis points|bps?\b)"
        rf"|[ -](?P<times>times|fold)\b)"
    )
    number = (
        rf"(?P<digits>{_COMMA}(?=\s?(?:{spaced}|{_MEASURED})(?!\w))|{_DIGITS})(?:(?:\s|-)(?P<mixed>\d/[1-9]\d?)(?!\d)|(?P<vulgar>[{''.join(_VULGAR)}])|(?P<slash>/[1-9]\d?(?![\d/])))?"
        rf"|(?P<bare_vulgar>[{''.join(_VULGAR)}])"
        rf"|\b(?P<half>half)\s(?:a|an)(?=\s(?:{spaced})\b)"
        rf"|\b(?P<words>(?:{words})(?:[- ](?:{words}))?)(?P<word_point>\spoint\s(?:{words}))?\b"
        rf"|\b(?P<article>an?)(?=\s(?:{spaced})\b)"
    )
    sign = r"(?P<sign>(?<![\w.)])[-+](?=\d|\.\d)|\b(?:minus|plus)\s(?=\d))"
    return regex.compile(rf"{sign}?(?:{number}){scale}?{tail}?", regex.I)


# pence, megatons
_GLUED = regex.compile(r"p(?![\w.])|p\.(?=\s|$)|[kM]t(?!\w)")
_FACTOR = regex.compile(r"\bby a factor of\s?$")
_FRACTION = regex.compile(
    r"\b(?:(?P<count>one|two|three|four|a|an)[- ])?(?P<part>thirds?|quarters?|fourths?|fifths?|sixths?|tenths?|half)\b",
    regex.I,
)
_POINT = regex.compile(r"(?:[ -]of)?(?: an?)?[ -](?:percentage[ -])?point\b", regex.I)
_HALF_SCALE = regex.compile(r"half\san?\s(?:hundred|thousand|million|mln|billion|bln|bn|trillion|dozen)\b", regex.I)
_MULTIPLE = regex.compile(rf"\b(?P<fold>{'|'.join(_FOLD)})\b", regex.I)


def find_numbers(text: str, times: Sequence[Span] = ()) -> list[NumberMention]:
    """Every number mention of `text` in order, without overlaps; ranges are one mention.

    `times` are spans of periods and dates: their digits begin no range (`in 2023 to 126 trillion yuan`).
    """
    worded = _worded(text)
    plain = [m for match in _pattern().finditer(text) if (m := _mention(text, match)) is not None]
    plain = [m for m in plain if all(m.end <= w.start or m.start >= w.end for w in worded)]
    dated = [m for m in plain if any(m.start < end and m.end > start for start, end in times)]
    plain = with_ranges(text, with_compounds(text, [m for m in plain if m not in dated]))
    return sorted(plain + dated + worded, key=lambda m: m.start)


def _mention(text: str, match: regex.Match[str]) -> NumberMention | None:
    if _inside_word(text, match):
        return None
    dash = match["sign"] == "-" and _is_range_dash(text, match.start())
    sign = -1 if match["sign"] and match["sign"].strip().lower() not in ("+", "plus") and not dash else 1
    start, end = match.start() + (1 if dash else 0), match.end()
    number, step = _value(match)
    factor = _factor(match)
    value, half_step = sign * number * factor, step * factor
    bound, bound_start, _ = bound_of(text, start, end)
    if match["times"] == "times" and match["words"] and bound == "=":
        # `ten times as many` says no more than about ten.
        bound = "~"
    return NumberMention(
        start=start,
        end=end,
        bound_start=bound_start,
        value=value,
        lower=value - half_step,
        upper=value + half_step,
        bound=bound,
        kind="times" if _FACTOR.search(text, max(0, start - 20), start) else _kind(match),
        scaled=bool(match["scale"] or match["glued"]),
        signed=bool(match["sign"]),
        bracketed=_bracketed(text, start, end),
        scale=factor,
    )


_MONEY_BEFORE = regex.compile(r"(?:US|RMB|Rs|Sh|Shs|Tk|Rp|EUR|USD|CNY|HK|DM|RM)$")


def _inside_word(text: str, match: regex.Match[str]) -> bool:
    start, end = match.start(), match.end()
    before = text[start - 1] if start else " "
    after = text[end : end + 1]
    if match["digits"] is None:
        return before.isalnum() or (match["article"] is not None and not match["scale"])
    if before.isalpha() and not _is_currency(text, match):
        return True
    return (
        before in "/_#"
        or (after.isalpha() and not match["scale"] and not match["percent"] and not _GLUED.match(text, end))
        or (before == "-" and text[start - 2 : start - 1].isalpha() and not match["sign"] and not match["percent"])
    )


_LETTERS = regex.compile(r"(?<![\p{L}\d])[NRP]$")


def _is_currency(text: str, match: regex.Match[str]) -> bool:
    """Whether the letters glued to a number are a currency's; one letter (`N8.6tn`, not `N95 masks`) where a scale
    follows."""
    before = text[max(0, match.start() - 4) : match.start()]
    scaled = bool(match["scale"] or match["glued"])
    return _MONEY_BEFORE.search(before) is not None or (scaled and _LETTERS.search(before) is not None)


def _is_range_dash(text: str, start: int) -> bool:
    return start > 0 and text[start - 1].isalnum()


def _value(match: regex.Match[str]) -> tuple[Decimal, Decimal]:
    """The number without its scale, and half a unit of its last printed digit (0 for exact fractions)."""
    if match["digits"] is not None:
        return _digits_value(match)
    if match["half"] or match["bare_vulgar"]:
        return (_ratio(_VULGAR[match["bare_vulgar"]]) if match["bare_vulgar"] else Decimal("0.5")), Decimal(0)
    if match["article"]:
        return Decimal(1), Decimal("0.5")
    parts = [_WORDS[w] for w in regex.split(r"[- ]", match["words"].lower())]
    value = Decimal(parts[0] if len(parts) == 1 or parts[0] < 20 or parts[1] > 9 else sum(parts))
    return value, Decimal("0.5")


def _digits_value(match: regex.Match[str]) -> tuple[Decimal, Decimal]:
    decimal = regex.fullmatch(_COMMA, match["digits"]) is not None
    printed = match["digits"].replace(",", "." if decimal else "")
    value = Decimal("0" + printed if printed.startswith(".") else printed)
    if match["slash"]:
        return 100 * value / Decimal(match["slash"][1:].lstrip("0") or 1), Decimal(0)
    if match["mixed"] or match["vulgar"]:
        return value + _ratio(match["mixed"] or _VULGAR[match["vulgar"]]), Decimal(0)
    decimals = len(printed.partition(".")[2])
    return value, Decimal(1).scaleb(-decimals) / 2


def _ratio(text: str) -> Decimal:
    top, bottom = text.split("/")
    return Decimal(top) / Decimal(bottom)


def _factor(match: regex.Match[str]) -> Decimal:
    word = match["scale"] or match["glued"]
    return scales()[0][regex.sub(r"\s+", " ", word.lower())] if word else Decimal(1)


def _kind(match: regex.Match[str]) -> Kind:
    for group, kind in (
        ("percent", "percent"),
        ("pp", "percentage_point"),
        ("bp", "basis_point"),
        ("times", "times"),
    ):
        if match[group]:
            return kind  # type: ignore[return-value]
    if match["slash"]:
        return "fraction"
    return "word" if match["digits"] is None and not (match["scale"] or match["bare_vulgar"]) else "plain"


def _bracketed(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "(" and text[end : end + 1] == ")"


def _worded(text: str) -> list[NumberMention]:
    out = []
    for match in _FRACTION.finditer(text):
        if _HALF_SCALE.match(text, match.start()):
            continue
        count = (match["count"] or "a").lower()
        top = {"a": 1, "an": 1}.get(count) or _WORDS[count]
        if match["part"].lower() == "half" and top != 1:
            continue
        point = _POINT.match(text, match.end())
        end = point.end() if point else match.end()
        kind: Kind = "percentage_point" if point else "fraction"
        value = Decimal(top if point else 100 * top) / _PARTS[match["part"].lower()]
        bound, bound_start, _ = bound_of(text, match.start(), end)
        out.append(NumberMention(match.start(), end, bound_start, value, value, value, bound, kind, False, False))
    for match in _MULTIPLE.finditer(text):
        value = Decimal(_FOLD[match["fold"].lower()])
        bound, bound_start, _ = bound_of(text, match.start(), match.end())
        half = Decimal("0.5")
        out.append(
            NumberMention(
                match.start(),
                match.end(),
                bound_start,
                value,
                value - half,
                value + half,
                bound,
                "times",
                False,
                False,
            )
        )
    return out
