"""Captions and units of plain-text tables, above the rows or, where nothing stands above, right below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.document import Span, Table
from pipeline.read.prose.paragraphs import dateline_end
from pipeline.read.prose.unit_phrases import is_unit_line, unit_in
from pipeline.read.text_tables.blocks import CAPTION
from pipeline.read.text_tables.lines import Line

_REACH = 300
_NOTE = re.compile(r"^\W*(?:notes?|remarks?)\W+", re.I)
_RUNS_ON = re.compile(r"^\W*[a-z0-9(]")


def caption_above(lines: Sequence[Line], spare: Sequence[int], free: Sequence[int]) -> tuple[str | None, str | None]:
    """The caption (a numbered one first, else the nearest unused line) and the unit words. `spare` are the indices
    of the lines above a table that are no headers, `free` those of them that are no labels either."""
    titles = [i for i in free if not is_unit_line(lines[i].text)]
    numbered = [i for i in titles if CAPTION.match(lines[i].text)]
    caption = None
    if numbered or titles:
        caption = _whole(lines, titles, numbered[-1]) if numbered else _from_its_start(lines, titles)
    said = [lines[i].text for i in spare]
    unit = next((found for text in (*said[::-1], caption or "") if (found := unit_in(text))), None)
    return caption, unit


def _whole(lines: Sequence[Line], titles: Sequence[int], first: int) -> str:
    """A numbered caption with the lines that it was wrapped to."""
    last = first
    while last + 1 in titles and not CAPTION.match(lines[last + 1].text):
        last += 1
    return _joined(lines[first : last + 1])


def _from_its_start(lines: Sequence[Line], titles: Sequence[int]) -> str:
    first = last = titles[-1]
    while first - 1 in titles and _RUNS_ON.match(lines[first].text):
        first -= 1
    return _joined(lines[first : last + 1])


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in lines)


def completed(text: str, tables: Sequence[Table]) -> list[Table]:
    """The tables, those without caption or unit given what stands right around them: a numbered caption below that is
    no other table's, the line that leads up to the table, and the unit that a line above or a note below says."""
    starts = [table.span[0] for table in tables if table.span]
    return [_completed(text, table, table.span, starts) if table.span else table for table in tables]


def _completed(text: str, table: Table, span: Span, starts: Sequence[int]) -> Table:
    following = min((start for start in starts if start >= span[1]), default=len(text))
    below = _lines(text[span[1] : min(following, span[1] + _REACH)])[:2]
    above = _lines(text[max(0, span[0] - _REACH) : span[0]])[-1:]
    named = CAPTION.match(table.caption or "")
    caption = table.caption if named else next((line for line in below if CAPTION.match(line)), table.caption)
    caption = caption or next((_lead_in(line) for line in above if line.endswith(":") and "|" not in line), None)
    said = [line for line in above if is_unit_line(line.rstrip(".")) or line.endswith(":")]
    said += [_NOTE.sub("", line.split(". ")[0].rstrip(".")) for line in below]
    unit = table.unit or next((found for line in said if (found := unit_in(line))), None)
    return replace(table, caption=caption, unit=unit)


def _lead_in(line: str) -> str:
    """What a line says that leads up to the table, its place and date left out."""
    return line[dateline_end(line) :].strip(" -\u2013\u2014:")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
