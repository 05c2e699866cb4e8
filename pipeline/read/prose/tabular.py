"""Which lines of a text are a table: rows of numbers with their caption, unit line, header and notes.

A row is a short label and then numbers to the end of the line, whether the columns stand aligned, parted by
tabs or bars, or were flattened to single spaces. Prose hardly ever ends a line in two numbers; a table does
it again and again.

Not supported: tables with a cell a line, and tables of words alone (but for Markdown's, which name
themselves).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.prose.furniture import is_furniture
from pipeline.read.prose.lines import Line, begins_low
from pipeline.read.prose.paragraphs import begins_caption
from pipeline.read.prose.unit_phrases import is_unit_line, unit_in

_NUMBER = re.compile(r"[-+−–~≈<>*]?\(?[-+−]?[$€£¥]?\d[\dOolI.,'’:/–-]*\)?%?[*†)a-z]?")
_HOLLOW = frozenset(
    {"-", "--", "---", "–", "—", "...", "…", "..", ":", "n/a", "na", "n.a.", "x", "*", "|", "%", "=", "~"}
)
_BULLET = re.compile(r"[-–—*•·●▪■►➢]\s")
_HOLLOW_TAIL = re.compile(r"(?:\t| {2,})(?:n\.a\.|n/a|na)$", re.I)
_LEADER = re.compile(r"(?:\s?\.){3,}")
_CELLS = re.compile(r"\s{2,}|\t|\s*\|\s*")
_SENTENCE = re.compile(r"[a-z)]{2}[.!?]\s+[A-Z]|[.:;!?]$")
_SET_APART = re.compile(r"\S(?:\t| {3,})[-+(]?\d\S*(?:\t| {3,})")
_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?|[-=_+|\s]{6,}")
_NOTE = re.compile(
    r"[\[(（_*\s]*(?:notes?|(?:data )?sources?(?: \w+)?|remarks?|p|r|e|\*+|†|\d\)|注|资料来源)"
    r"\s*(?:[:：.)]|\s(?=\())",
    re.I,
)
_FOOTNOTE = re.compile(r"(\((?:[a-z]|\d{1,2})\)|[*\u2020\u2021]+)\s?(?=\w)")
_COUNTED_NOTE = re.compile(r"\(?\d{1,2}[.)]\s")
_DIGIT = re.compile(r"\d")
_LONGEST = 240
_LONGEST_LABEL = 10
_HEADER_REACH = 4
_MOST_LOOSE = 4


def table_runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The tables of a text as ranges of line indices, from caption or unit line to the last row or note."""
    weights = [_weight(line.text) for line in lines]
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if weights[at] == 0:
            at += 1
            continue
        end = _last_row(lines, weights, at) + 1
        start = _first_line(lines, at, found[-1][1] if found else 0)
        if _is_table([weights[index] for index in range(at, end)], _has_caption(lines[start:at])):
            end = _last_note(lines, start, end)
            found.append((start, end))
        at = end
    return found


def _weight(text: str) -> int:
    """How much a line looks like a row: 0 no, 1 one number at its end, 2 one in a column, 3 two numbers or
    more."""
    text = _HOLLOW_TAIL.sub("  0", text)
    last = text[-1:]
    if last == "." and text[-2:-1] != ".":
        return 0
    if last.isalpha() and not text[-2:-1].isdigit() and last not in "axX" and "  " not in text and "\t" not in text:
        return 0
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return 3 if text.count("|") >= 2 and _RULE.fullmatch(text) else 0
    weight = _row_weight(_LEADER.sub("  ", text))
    return weight if weight and not is_furniture(text, alone=False) else 0


def _row_weight(text: str) -> int:
    numbers, label = _tail(text.replace("|", " | ").split())
    if (text.startswith("|") and text.count("|") >= 3) or (
        numbers >= 2 and len(label) <= _LONGEST_LABEL and (_SET_APART.search(text) or not _is_sentence(label))
    ):
        return 3
    if _BULLET.match(text):
        return 0
    if _is_pair(text):
        return 2
    return 1 if numbers and len(label) <= 6 and not _is_sentence(label) and not begins_low(text) else 0


def _tail(tokens: Sequence[str]) -> tuple[int, Sequence[str]]:
    """How many numbers end a line, hollow cells among them aside, and the words before them."""
    numbers = 0
    at = len(tokens)
    while at and (_NUMBER.fullmatch(tokens[at - 1]) or tokens[at - 1].lower() in _HOLLOW):
        numbers += _DIGIT.search(tokens[at - 1]) is not None
        at -= 1
    return numbers, tokens[:at]


def _is_sentence(label: Sequence[str]) -> bool:
    """Words before the numbers that are prose: a full stop within them, or many small words."""
    inner = " ".join(label)
    return bool(re.search(r"[a-z]{2}[.;?!]\s|,\s[a-z]", inner)) or inner.endswith((" in", " to", " of", " and", ","))


def _is_pair(text: str) -> bool:
    cells = [cell for cell in _CELLS.split(text.strip("| ")) if cell]
    if len(cells) != 2 or len(cells[0].split()) > _LONGEST_LABEL or cells[0].endswith("."):
        return False
    tokens = cells[1].split()
    return bool(_NUMBER.fullmatch(tokens[0])) and len(tokens) <= 2


def _last_row(lines: Sequence[Line], weights: Sequence[int], first: int) -> int:
    """The last row of the table that begins at `first`: blank lines and wrapped labels may stand between
    rows."""
    last = first
    blanks = loose = 0
    barred = lines[first].text.startswith("|")
    for index in range(first + 1, len(lines)):
        if barred and "|" not in lines[index].text and lines[index].text:
            break
        if weights[index]:
            last, blanks, loose = index, 0, 0
        elif lines[index].blank:
            blanks += 1
        elif _is_label(lines[index].text) and not begins_caption(lines[index].text):
            loose += 1
        else:
            break
        if blanks > 1 or loose > _MOST_LOOSE:
            break
    return last


def _is_label(text: str) -> bool:
    """A row's label on a line of its own, a wrapped part of one, or a second line of headers."""
    if text.endswith((".", "。", "!", "?", ",")):
        return False
    return len(text.split()) <= 6 or _is_header(text, adjacent=True)


def _has_caption(lines: Sequence[Line]) -> bool:
    return any(_names_table(line.text) for line in lines)


def _is_table(weights: Sequence[int], captioned: bool) -> bool:
    """Two rows of numbers, three of one aligned number, or any rows below a caption or unit line."""
    aligned = sum(1 for weight in weights if weight >= 2)
    return (
        weights.count(3) >= 2 or aligned >= 3 or (captioned and (3 in weights or len(weights) - weights.count(0) > 1))
    )


def _first_line(lines: Sequence[Line], first: int, floor: int) -> int:
    """The caption, unit line or first header line above a table's first row."""
    start = first
    index = first - 1
    reach = 0
    while index >= floor and reach < _HEADER_REACH:
        text = lines[index].text
        if begins_caption(text):
            return index
        if not text:
            if start < first and not _leads_up(lines, index, floor):
                break
        elif (
            _is_header(text, bool(lines[index + 1].text))
            or _is_heading(lines, index, floor)
            or (index == first - 1 and begins_low(lines[first].text) and _is_label(text))
        ):
            start = index
            reach += 1
        else:
            break
        index -= 1
    return start


def _leads_up(lines: Sequence[Line], blank: int, floor: int) -> bool:
    """Whether a caption, wrapped or not, or a unit line stands above a blank line."""
    above = lines[blank - 1].text if blank > floor else ""
    before = lines[blank - 2].text if blank - 1 > floor else ""
    return _names_table(above) or (begins_caption(before) and not above.endswith("."))


def _names_table(text: str) -> bool:
    """Whether a line is a table's caption or says its unit."""
    if begins_caption(text) or is_unit_line(text):
        return True
    return bool(text) and not _SENTENCE.search(text) and unit_in(text) is not None


def _is_header(text: str, adjacent: bool) -> bool:
    if _BULLET.match(text) or text.endswith((".", "。", "?", "!", ";")) or len(text) > 200:
        return False
    if _names_table(text) or _RULE.fullmatch(text) or len([c for c in _CELLS.split(text) if c]) >= 3:
        return True
    words = text.split()
    capital = sum(1 for word in words if not word[0].islower())
    return adjacent and capital * 10 >= len(words) * 6


def _is_heading(lines: Sequence[Line], index: int, floor: int) -> bool:
    """A short line on top of a table, with nothing above it."""
    text = lines[index].text
    on_top = bool(lines[index + 1].text) and (index == floor or lines[index - 1].blank)
    return on_top and len(text.split()) <= _LONGEST_LABEL and text[-1] not in ".:;,?!。：" and not begins_low(text)


def _last_note(lines: Sequence[Line], start: int, end: int) -> int:
    """The end of the notes and source lines below a table; `end` where it has none. A footnote is one whose mark the
    table has."""
    table = [line.text for line in lines[start:end]]

    def is_note(text: str) -> bool:
        mark = _FOOTNOTE.match(text)
        return _NOTE.match(text) is not None or (mark is not None and any(mark[1] in row for row in table))

    index = end
    while index < len(lines) and index <= end + 1 and lines[index].blank:
        index += 1
    if index >= len(lines) or not is_note(lines[index].text):
        return end
    index += 1
    while index < len(lines) and (is_note(lines[index].text) or _COUNTED_NOTE.match(lines[index].text)):
        index += 1
    return index
