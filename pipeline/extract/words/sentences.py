"""Sentence boundaries in clean text: step 2. Rules for the genre, where `U.S.`, `Nov.` and `No. 11` are common.

Not supported: scripts without Latin full stops; quotations are not nested sentences.
"""

from __future__ import annotations

from collections.abc import Collection

import regex

from pipeline.model.document import Span

_END = regex.compile(r"""[.!?;。！？]["')\]]*(?=\s|$)|(?<=[\p{Ll}\d%)])\.["')\]]*(?=["'(\[]?\p{Lu}\p{Ll})|\s-{2,}\s""")
_ABBREVIATION = regex.compile(
    r"(?:\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Gen|Gov|Sen|Rep|St|No|Nos|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|Inc|Corp|Co|Ltd|Bros|vs|etc|approx|est|cf|al|Fig|Tab|Vol|pp|e\.g|i\.e|U\.S|U\.K|H\.K|Dlrs|Rs|mt))\.$"
)
_HARD_AFTER = regex.compile(r"""\s+["'(\[]?(?:\p{Lu}|\d|\$|£|€|¥)""")
_NEVER_BREAKS = regex.compile(
    r"(?:No|Nos|Mr|Mrs|Ms|Dr|Prof|St|vs|Fig|Tab|Vol|pp|Rs|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.$"
)
_SCALE = regex.compile(r"\d\s?(?:mln|bln|bn|trln|mio|thou)\.$")
_UNIT = regex.compile(
    r"\s+(?:(?:US|U\.S\.)\s)?(?:tons?|tonnes?|dollars?|dlrs|rubles?|roubles?|euros?|yuan|cubic|units|pieces)\b", regex.I
)
_TONS = regex.compile(r"(?:\d|\b[mb]ln|million|thousand|thou)\s?m?t\.$|/mt\.$")
_NUMBERING = regex.compile(r"\(?\d{1,2}[.)]")
# `176,000 to the U.S. China's purchases slumped`
_OWNER_AFTER = regex.compile(r"\s+\p{Lu}\p{Ll}+['’]s\s\p{Ll}")
_STARTERS = frozenset(
    (
        "The A An In On At This That These Those It Its He She They We I But And However For From By Exports Imports "
        "Total Trade Among Of Meanwhile During According As While With Overall Last"
    ).split()
)

_MONTH_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{L}*\.?\s*\d{1,2}(?:,\s*\d{4})?"
_AGENCY = r"(?:\s*[(/\[][^)/\]]{1,40}[)/\]])"
_DASH = r"(?:--?|—|–)"
_PLACE = r"\p{Lu}[\p{L}.'-]+(?:\s(?:d[aeo]s?\s|del\s|la\s)?\p{Lu}[\p{L}.'-]+){0,2}(?:,\s\p{Lu}\p{L}+)?"
_DATELINE = regex.compile(
    rf"^(?:\p{{Lu}}[\p{{L}} .,'/-]{{1,40}}?,\s*{_MONTH_DAY}{_AGENCY}?\s*(?:{_DASH}|\.(?=\s\p{{Lu}}|$)|(?<=[)/\]]))"
    rf"|[\p{{Lu}}][\p{{Lu}} .'/-]{{2,30}}(?:,\s\p{{Lu}}\p{{L}}+)?{_AGENCY}?\s*{_DASH}"
    r"|(?i:date|published|posted|released)(?:\son)?\s?:?\s?\d{4}-\d\d-\d\d(?:\s\d{1,2}:\d\d(?::\d\d)?)?)(?:\s+|$)"
)
_PLACE_LINE = regex.compile(rf"^(?P<place>{_PLACE}){_AGENCY}?\s{_DASH}\s+(?=\p{{Lu}}|[\"“])")


def behind_dateline(text: str, places: Collection[str] = ()) -> int:
    """Where a sentence begins behind its dateline (`HARBIN, Nov. 12 -`) or its label with a date.

    In small letters and without a date (`São Paulo –`) only one of the `places` named in the text is a dateline.
    """
    line = _DATELINE.match(text)
    if line is None and (named := _PLACE_LINE.match(text)) and named["place"].split(",")[0] in places:
        line = named
    return line.end() if line else 0


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of `text`, in order, without the white space between them. A semicolon does not
    end one."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(";") or not _ends(text, start, match.start(), match.end()):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append((begin, begin + len(stripped)))


def _ends(text: str, sentence_start: int, start: int, end: int) -> bool:
    if text[start] != "." or end >= len(text):
        return True
    before = text[max(0, start - 12) : start + 1]
    following = text[end : end + 40]
    if following[:1] and not following[0].isspace():
        return not _ABBREVIATION.search(before)
    if not _HARD_AFTER.match(following) or _NUMBERING.fullmatch(text[sentence_start : start + 1].strip()):
        return False
    if _NEVER_BREAKS.search(before) or (_SCALE.search(before) and _UNIT.match(following)):
        return False
    if _ABBREVIATION.search(before) and not _TONS.search(before):
        word = regex.match(r"""\s+["'(\[]?(\w+)""", following)
        return word is not None and (word[1] in _STARTERS or _OWNER_AFTER.match(following) is not None)
    return True
