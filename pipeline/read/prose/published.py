"""When a document was published, by its own words.

In this order: a label with a date (`Publish Time: 2021-02-02`), a date that stands alone among the furniture
above the body, a label of a change (`Updated: ...`), a dateline (`HARBIN, Nov. 12 -`; its year from a
masthead such as `November 2022`), the month of a masthead or of a first line (`NAIROBI, March 2011`). A dateline whose
year nobody says gives `XXXX-MM-DD`.
Dates in captions and in the body are never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from pipeline.model.document import Passage, PassageKind, Published
from pipeline.read.prose.dates import FoundDate, find_dates, writes_month_first
from pipeline.read.prose.paragraphs import dateline_end

_LABEL = re.compile(
    r"publish|publication date|releas|issue|posted|post (?:date|time)|embargo|input|\bdate\b"
    r"|registered|uploaded"
    r"|发布|日期|입력|등록|작성",
    re.I,
)
_RUN_ON = re.compile(r"\s*(?:date|publish(?:ed)?(?: time| date)?|posted|released)(?: on)?\s*[:：]?\s*(?=\d)", re.I)
_CHANGE = re.compile(r"updat|modified|review|revis|수정|更新", re.I)
_OTHER = re.compile(r"next|received|accepted|available|copyright|©|upcoming|previous|expir|deadline", re.I)
_HEAD = 5_000
_HEAD_BODIES = 3
_LABEL_REACH = 40
_BYLINE = 120
_PLACE_WORDS = 4
_SENTENCE = re.compile(r"[.!?]\s*(?:\([^()]*\)\s*)?$")
"""How a sentence ends, a caption's with its photographer."""


class _Rank(IntEnum):
    """How well a date says when the document was published; the lowest wins, then the first."""

    LABELLED = 0
    ALONE = 1
    CHANGED = 2
    DATELINE = 3
    MASTHEAD = 4


_Ranked = tuple[_Rank, Published]


def published_of(text: str, passages: Sequence[Passage], given: str | None) -> Published | None:
    """The date that the text states, else the one that the user gave, else what a dateline leaves of one,
    else None."""
    month_first = writes_month_first(text[:_HEAD])
    dates = list(_stamps(text, passages, month_first))
    mastheads = [stated.date for rank, stated in dates if rank is _Rank.MASTHEAD]
    dates += [*_run_on(text, passages), *_datelines(text, passages, mastheads)]
    best = min(dates, key=lambda ranked: ranked[0])[1] if dates else None
    if given and (best is None or best.date.startswith("XXXX")):
        return Published(given, "given")
    return best


def _stamps(text: str, passages: Sequence[Passage], month_first: bool) -> Iterator[_Ranked]:
    """The dates in furniture: labelled ones anywhere, others above the body only."""
    bodies = 0
    for passage in passages:
        start, end = passage.segments[0][0], passage.segments[-1][1]
        byline = not bodies and end - start <= _BYLINE and not _SENTENCE.search(text[start:end])
        bodies += passage.kind is PassageKind.BODY and not byline
        if passage.kind is not PassageKind.FURNITURE and not byline:
            continue
        for found in find_dates(text[start:end], month_first):
            rank = _rank(text[max(start, start + found.start - _LABEL_REACH) : start + found.start], found, bodies == 0)
            first = passage is passages[0] and _heads(text[start:end], found)
            if rank is not None and (first or passage.kind is PassageKind.FURNITURE or found.day is not None):
                yield rank, Published(found.code, "stated", (start + found.start, start + found.end))


def _run_on(text: str, passages: Sequence[Passage]) -> Iterator[_Ranked]:
    """The label with a date that the first paragraph runs on behind (`date 2022-08-07 According to ...`)."""
    body = next((p for p in passages if p.kind in (PassageKind.BODY, PassageKind.DATELINE)), None)
    label = _RUN_ON.match(text, *body.segments[0]) if body else None
    found = next(find_dates(text[label.end() : label.end() + _LABEL_REACH]), None) if label else None
    if label and found and not found.start and found.year and found.day:
        yield _Rank.LABELLED, Published(found.code, "stated", (label.end(), label.end() + found.end))


def _heads(line: str, found: FoundDate) -> bool:
    """Whether a line is a place and a month, or the month alone (`NAIROBI, March 2011`)."""
    before, behind = line[: found.start].strip(), line[found.end :].strip()
    return not behind and (not before or (before.endswith(",") and len(before.split()) <= _PLACE_WORDS))


def _rank(before: str, found: FoundDate, head: bool) -> _Rank | None:
    """The rank of a date in furniture with `before` in front of it on its line; None if it is another
    day's."""
    if found.year is None or _OTHER.search(before):
        return None
    if found.day is None:
        return _Rank.MASTHEAD if head else None
    if _CHANGE.search(before):
        return _Rank.CHANGED
    if _LABEL.search(before):
        return _Rank.LABELLED
    return _Rank.ALONE if head else None


def _datelines(text: str, passages: Sequence[Passage], mastheads: Sequence[str]) -> Iterator[_Ranked]:
    """The datelines of the first body paragraphs."""
    bodies = [p for p in passages if p.kind in (PassageKind.BODY, PassageKind.DATELINE)][:_HEAD_BODIES]
    for passage in bodies:
        start, end = passage.segments[0]
        line = text[start : start + dateline_end(text[start:end])]
        for found in find_dates(line):
            if found.day:
                date = _with_year(found, mastheads)
                yield _Rank.DATELINE, Published(date, "dateline", (start + found.start, start + found.end))


def _with_year(found: FoundDate, mastheads: Sequence[str]) -> str:
    """The dateline's date, with the year of a masthead of the same month."""
    for masthead in mastheads:
        if found.year is None and int(masthead[5:7]) == found.month:
            return masthead[:4] + found.code[4:]
    return found.code
