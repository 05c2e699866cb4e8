"""Which lines belong to one paragraph.

A line either is a paragraph of its own (texts with long lines) or one of several hard-wrapped ones. The width
at which a text was wrapped is estimated from its lines: a line that had no room for the first word of the
next one was wrapped.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.read.prose.lines import Line, begins_low, ends_hanging, ends_open

# Wider lines are nobody's hard wrap: such a text has a paragraph a line.
_WIDEST_WRAP = 140
_HYPHENS = "-–—"
_FULL = 0.82
_WIDE = 40
_ITEM = re.compile(
    r"(?:[-–—*+•·●▪◦■□➢►]|\(?\d{1,2}[.)、]|\(?[a-zA-Z][.)])\s+\S|（\d{1,2}）|[①-⑳]|[一二三四五六七八九十]+、"
)
_SECTION = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s+[A-Z]")
_CAPTION = re.compile(r"(?:Tables?|Tab\.|Figures?|Fig\.|Charts?|Graph|Exhibit|Box|Annex)\s*\d+(?:\.\d+)*\b", re.I)
_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]*\.?"
_NAME = r"(?!(?:On|In|By|As|From|Since|Until|At|The)\b)[A-Z][\w.'’-]*"
_PLACE = rf"{_NAME}(?: (?:{_NAME}|de|da|do|del|la|am|an|upon|on))*(?:, ?{_NAME}(?: {_NAME})?)?"
_DAY = rf"[,.]? ?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? ?\d{{4}})?"
_AGENCY = r"[(/][A-Z][\w/ .,:'’-]{1,40}[)/]\.?"
_DATELINE = re.compile(
    rf"\(?{_PLACE}(?:{_DAY}\)?(?: ?{_AGENCY}| ?[-–—.:])"
    rf"| ?{_AGENCY}(?= ?[-–—]))(?: ?(?:{_AGENCY})? ?[-–—.:]+)?(?=\s|$)"
)


def is_item(text: str) -> bool:
    """Whether a line begins with a bullet or a counter."""
    return _ITEM.match(text) is not None


def is_section(text: str) -> bool:
    """Whether a line begins like a numbered section heading."""
    return _SECTION.match(text) is not None


def begins_caption(text: str) -> bool:
    """Whether a line begins like the caption of a table or figure."""
    return _CAPTION.match(text) is not None


def begins_dateline(text: str) -> bool:
    """Whether a line begins with place and date or agency, as wire stories do."""
    return dateline_end(text) > 0


def dateline_end(text: str) -> int:
    """Where the place and date at the beginning of a text end; 0 if it has none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def wrap_width(lines: Sequence[Line]) -> int:
    """The width at which a text is wrapped, in characters; 0 where it isn't.

    Lines that break off before a line in small letters were wrapped; nine in ten of them are no longer than
    the width.
    """
    lengths = sorted(
        len(before.text)
        for before, after in itertools.pairwise(lines)
        if after.text and begins_low(after.text) and before.text and ends_open(before.text)
    )
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    return width if (len(lengths) > 1 or width >= _WIDE) and width <= _WIDEST_WRAP else 0


def runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Stretches of lines without a blank one between."""
    found: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def run_width(run: Sequence[Line], page_width: int) -> int:
    """The width at which a run of lines was wrapped: its own where it shows one, else that of the whole
    text."""
    return wrap_width(run) or (page_width if max(len(line.text) for line in run) <= 1.2 * page_width else 0)


def paragraphs(run: Sequence[Line], page_width: int) -> list[list[Line]]:
    """The paragraphs of a run of adjacent lines; `page_width` is the width of the whole text
    (`wrap_width`)."""
    width = run_width(run, page_width)
    base = min(line.column for line in run)
    found = [[run[0]]]
    for before, line in itertools.pairwise(run):
        if _indented(before, line, base) or not follows(before.text, line.text, width):
            found.append([line])
        else:
            found[-1].append(line)
    return found


def _indented(before: Line, line: Line, base: int) -> bool:
    """An indent begins a paragraph, but for the hanging indent of an item or a sentence that runs on."""
    if line.column - base < 2 or (begins_low(line.text) and ends_open(before.text)):
        return False
    if is_item(before.text) and before.column < line.column:
        return False
    return not (is_item(before.text) is False and before.column == line.column and _runs_on(before, line))


def _runs_on(before: Line, line: Line) -> bool:
    return ends_hanging(before.text) and not is_item(line.text)


def follows(before: str, after: str, width: int) -> bool:
    """Whether a line goes on in the next one, in a text wrapped at `width`."""
    if is_item(after) or is_section(after) or begins_dateline(after):
        return False
    if before.isupper() != after.isupper():
        return False
    opened = ends_open(before)
    if begins_caption(after) and not opened:
        return False
    if opened and begins_low(after):
        return True
    if ends_hanging(before) and before[-1] not in _HYPHENS and (after[:1].isdigit() or len(before) >= _WIDE):
        return True
    if not width or len(before) > 1.2 * width:
        return False
    if ends_hanging(before) and len(before) > width // 2:
        return True
    room = len(before) + 1 + len(after.split(None, 1)[0])
    return room >= _FULL * width if opened else room >= 0.9 * width
