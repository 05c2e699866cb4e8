"""Where tables without a drawn grid lie on a page.

1. A line is tabular where it has several short pieces; lines between rules of one length are tabular too.
2. Tabular lines near one another make a block; short lines between them (wrapped labels, section heads)
   belong to it.
3. Short lines right above, over the columns beyond the first, are headers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise, takewhile
from statistics import median

from pipeline.model.document import BBox
from pipeline.read.page.rules import Rule
from pipeline.read.page_tables.header import is_period
from pipeline.read.page_tables.lines import TextLine
from pipeline.read.page_tables.words import breaks_off

CAPTION = re.compile(r"^(?:table|tab\.|figure|fig\.|chart|graph|box|exhibit|annex)\s*[\dIVXA-Z]", re.I)
_ENDING = re.compile(r"(?:notes?|sources?)\s?[:.]|\*+\s?[A-Z]|\d{1,2}/\s", re.I)
"""The notes and sources below a table."""
_MOST_HEADERS = 6
_HEADER_REACH = 70.0
_HEADER_GAP, _LONGEST_HEADER, _BESIDE = 1.9, 8, 23.0
"""Headers stand no further above what they head, in heights of the text; have no more words; begin no further to the
left of the second column, in points."""
_TALLEST_ROW = 90.0


def blocks_of(lines: Sequence[TextLine], striped: Set[int]) -> list[list[TextLine]]:
    """Runs of lines that may be a table; `striped` are the ids of lines that rules above and below make part
    of one."""
    found: list[list[TextLine]] = []
    current: list[TextLine] = []
    waiting: list[TextLine] = []
    for line in lines:
        if (current or line.tabular) and _ends_block(line):
            found.append(_finished(current, waiting))
            current, waiting = [], []
            continue
        both = bool(current) and id(line) in striped and id((waiting or current)[-1]) in striped
        near = bool(current) and (both or _near([*current, *waiting], line))
        if line.tabular and waiting and _begins_anew(current, waiting, line):
            found.append(current)
            current, waiting = [line], []
        elif (line.tabular or both) and (not current or near):
            current += [*waiting, line]
            waiting = []
        elif current and near and len(waiting) < 2 and _may_belong(line, current):
            waiting.append(line)
        else:
            found.append(_finished(current, waiting))
            current, waiting = ([line] if line.tabular else []), []
    found.append(_finished(current, waiting))
    return [block for block in found if sum(line.tabular for line in block) >= 2]


def _ends_block(line: TextLine) -> bool:
    """Whether a line is a caption, a note or a source, and no row."""
    if any(piece.figure for piece in line.pieces[1:]):
        return False
    return is_caption(line) or _ENDING.match(line.text) is not None


def _begins_anew(above: Sequence[TextLine], title: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line below figures heads another table: it has none, and its title is set off from them."""
    if _holds_figures(line) or not any(_holds_figures(row) for row in above):
        return False
    usual = [b.top - a.bottom for a, b in pairwise(above)]
    gap = title[0].top - above[-1].bottom
    return gap > 0.8 * title[0].size and gap > 1.3 * max(usual, default=0.0)


def _finished(block: list[TextLine], waiting: Sequence[TextLine]) -> list[TextLine]:
    """The block with the lines after it that go on with cells of its last row: set under one, and beginning small."""
    starts = [piece.words[0].x0 for piece in block[-1].pieces] if block else []

    def continues(line: TextLine) -> bool:
        return goes_on(line, block[-1]) and any(-3 < line.x0 - start < 10 for start in starts)

    return [*block, *takewhile(continues, waiting)]


def goes_on(line: TextLine, above: TextLine) -> bool:
    """Whether a line can only be the rest of the one above: it begins small or with a bracket and is no formula, or
    the label above breaks off."""
    first = line.pieces[0].text[0]
    small = (first.islower() or first == "(") and "=" not in line.text
    return small or (len(above.pieces) > 1 and breaks_off(above.pieces[0].text))


def ruled_regions(across: Sequence[Rule]) -> list[BBox]:
    """Boxes with a rule at top and foot and at least two between, all of the same length: tables ruled row by
    row."""
    found: list[BBox] = []
    groups: dict[tuple[int, int], list[Rule]] = {}
    for rule in across:
        if rule.stop - rule.start > 120:
            key = next((k for k in groups if abs(k[0] - rule.start) < 5 and abs(k[1] - rule.stop) < 5), None)
            groups.setdefault(key or (round(rule.start), round(rule.stop)), []).append(rule)
    for (start, stop), rules in groups.items():
        places = sorted(rule.at for rule in rules)
        usual = median([b - a for a, b in pairwise(places)] or [0.0])
        run: list[float] = []
        for place in [*places, float("inf")]:
            if run and place - run[-1] > min(_TALLEST_ROW, 3.5 * usual):
                if len(run) >= 4:
                    found.append((start, run[0], stop, run[-1]))
                run = []
            run.append(place)
    return found


def within(line: TextLine, box: BBox) -> bool:
    """Whether a line stands in a box."""
    return box[1] - 2 < (line.top + line.bottom) / 2 < box[3] + 2 and line.x0 > box[0] - 6 and line.x1 < box[2] + 6


def headed(lines: Sequence[TextLine], block: Sequence[TextLine], across: Sequence[Rule]) -> list[TextLine]:
    """The block with its headers: what stands between the rule above them and the block, else the lines right above
    that stand over its columns beyond the first."""
    first = next(i for i, line in enumerate(lines) if line is block[0])
    above = lines[max(0, first - _MOST_HEADERS) : first]
    framed = _under_rule(above, block, across)
    edge = _second_column(block) - _BESIDE
    if not any(piece.words[0].x0 > edge for line in framed for piece in line.pieces):
        framed = _over_columns(above, block) or framed
    return [*framed, *block]


def _over_columns(above: Sequence[TextLine], block: Sequence[TextLine]) -> list[TextLine]:
    """The lines of headers above a block, with the section head between them and it where there is one."""
    found: list[TextLine] = []
    headers = 0
    for line in reversed(above):
        below = found[-1] if found else block[0]
        if below.top - line.bottom > _HEADER_GAP * line.size or is_caption(line):
            break
        if _heads_columns(line, block):
            found.append(line)
            headers = len(found)
        elif len(found) == headers and _is_label(line, block):
            found.append(line)
        else:
            break
    return found[:headers][::-1]


def _heads_columns(line: TextLine, block: Sequence[TextLine]) -> bool:
    """Whether a line above a block may be a line of its headers: several short pieces, the last of them over columns
    beyond the first, or one that stands over these."""
    start, left, right = _second_column(block), min(b.x0 for b in block), max(b.x1 for b in block)
    last = line.pieces[-1].words[0].x0
    if _holds_figures(line) or line.x1 < start or last > right:
        return False
    if len(line.pieces) > 1:
        return max(len(piece.words) for piece in line.pieces) <= _LONGEST_HEADER
    if line.x1 > right + 12 or _is_title(line, block):
        return False
    return line.x0 > start - _BESIDE or line.x0 > (left + start) / 2


def _is_label(line: TextLine, block: Sequence[TextLine]) -> bool:
    """Whether a line above a block is a lone label of its first column: the head of the first section."""
    return len(line.pieces) == 1 and line.x1 < _second_column(block) and not line.text.endswith(".")


def _is_title(line: TextLine, block: Sequence[TextLine]) -> bool:
    """Whether a line of one piece stands over the middle of the whole block rather than that of its columns beyond
    the first, is set larger, or stands over a block of words, whose headers are one a column."""
    if line.size > 1.06 * block[0].size or not any(piece.figure for b in block for piece in b.pieces[1:]):
        return True
    left, right = min(b.x0 for b in block), max(b.x1 for b in block)
    if len(line.words) < 2:
        return False
    off = [abs((line.x0 + line.x1) / 2 - (start + right) / 2) for start in (left, _second_column(block))]
    return off[0] < off[1] and off[0] < 0.06 * (right - left)


def _holds_figures(line: TextLine) -> bool:
    """Whether a line holds figures other than years."""
    return any(piece.figure and not is_period(piece.text) for piece in line.pieces)


def is_caption(line: TextLine) -> bool:
    return CAPTION.match(line.pieces[0].text) is not None


def _under_rule(above: Sequence[TextLine], block: Sequence[TextLine], across: Sequence[Rule]) -> Sequence[TextLine]:
    """The lines between the block and the highest rule near above it that runs along it, none of them another
    table's; none at all where one is running text."""
    left, right, top = min(b.x0 for b in block), max(b.x1 for b in block), block[0].top
    wide = [r.at for r in across if min(r.stop, right) - max(r.start, left) > 0.85 * (right - left)]
    near = [at for at in wide if top - _HEADER_REACH < at < top - 2]
    found = [line for line in above if near and line.top > min(near) - 3]
    others = [i for i, line in enumerate(found) if is_caption(line) or _ENDING.match(line.text)]
    found = found[others[-1] + 1 :] if others else found
    if any(len(line.words) > 14 and len(line.pieces) == 1 for line in found):
        return []
    return found


def _second_column(block: Sequence[TextLine]) -> float:
    """Where the second pieces of the block's lines begin, at the least."""
    return min((line.pieces[1].words[0].x0 for line in block if len(line.pieces) > 1), default=0.0)


def _near(above: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line follows closely: in lines of its size, or in the steps that the block has taken so
    far."""
    usual = [b.top - a.bottom for a, b in pairwise(above[-6:])]
    size = max(line.size, above[-1].size)
    reach = max(1.9 * size, min(1.35 * max(usual, default=0.0), 3.5 * size))
    return -size < line.top - above[-1].bottom < reach


def _may_belong(line: TextLine, block: Sequence[TextLine]) -> bool:
    """A line of one piece that is shorter than the block is wide."""
    left, right = min(b.x0 for b in block), max(b.x1 for b in block)
    if CAPTION.match(line.pieces[0].text):
        return False
    outdent = max(15.0, 2.5 * line.size)
    return len(line.pieces) == 1 and line.x1 - line.x0 < 0.62 * (right - left) and line.x0 > left - outdent
