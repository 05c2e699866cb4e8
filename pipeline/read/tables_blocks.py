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
from pipeline.read.pdf_rules import Rule
from pipeline.read.tables_lines import TextLine

CAPTION = re.compile(r"^(?:table|tab\.|figure|fig\.|chart|graph|box|exhibit|annex)\s*[\dIVXA-Z]", re.I)
_MOST_HEADERS = 6
_HEADER_REACH = 70.0
_TALLEST_ROW = 90.0


def blocks_of(lines: Sequence[TextLine], striped: Set[int]) -> list[list[TextLine]]:
    """Runs of lines that may be a table; `striped` are the ids of lines that rules above and below make part
    of one."""
    found: list[list[TextLine]] = []
    current: list[TextLine] = []
    waiting: list[TextLine] = []
    for line in lines:
        both = bool(current) and id(line) in striped and id((waiting or current)[-1]) in striped
        near = bool(current) and (both or _near([*current, *waiting], line))
        if (line.tabular or both) and (not current or near):
            current += [*waiting, line]
            waiting = []
        elif current and near and len(waiting) < 2 and _may_belong(line, current):
            waiting.append(line)
        else:
            found.append(_finished(current, waiting))
            current, waiting = ([line] if line.tabular else []), []
    found.append(_finished(current, waiting))
    return [block for block in found if sum(line.tabular for line in block) >= 2]


def _finished(block: list[TextLine], waiting: Sequence[TextLine]) -> list[TextLine]:
    """The block with the lines after it that go on with cells of its last row: set under one, and beginning small."""
    starts = [piece.words[0].x0 for piece in block[-1].pieces] if block else []

    def continues(line: TextLine) -> bool:
        return goes_on(line) and any(-3 < line.x0 - start < 10 for start in starts)

    return [*block, *takewhile(continues, waiting)]


def goes_on(line: TextLine) -> bool:
    """Whether a line can only be the rest of the one above: it begins small or with a bracket."""
    first = line.pieces[0].text[0]
    return first.islower() or first == "("


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


def headed(lines: Sequence[TextLine], block: Sequence[TextLine], across: Sequence[Rule]) -> Sequence[TextLine]:
    """The block with its headers: what stands between the rule above them and the block, else the short lines
    right above that stand over its columns beyond the first."""
    first = next(i for i, line in enumerate(lines) if line is block[0])
    framed = _under_rule(lines[max(0, first - _MOST_HEADERS) : first], block, across)
    if framed:
        return [*framed, *block]
    edge = _second_column(block)
    above: list[TextLine] = []
    for line in reversed(lines[max(0, first - 4) : first]):
        below = above[-1] if above else block[0]
        if below.top - line.bottom > 0.9 * line.size or line.x0 < edge - 3 or line.x1 > max(b.x1 for b in block) + 12:
            break
        if CAPTION.match(line.pieces[0].text):
            break
        above.append(line)
    return [*reversed(above), *block]


def _under_rule(above: Sequence[TextLine], block: Sequence[TextLine], across: Sequence[Rule]) -> Sequence[TextLine]:
    """The lines between the block and the highest rule near above it that runs along it; none where one of
    them is running text."""
    left, right, top = min(b.x0 for b in block), max(b.x1 for b in block), block[0].top
    wide = [r.at for r in across if min(r.stop, right) - max(r.start, left) > 0.85 * (right - left)]
    near = [at for at in wide if top - _HEADER_REACH < at < top - 2]
    found = [line for line in above if near and line.top > min(near) - 3]
    if any(len(line.words) > 14 and len(line.pieces) == 1 for line in found):
        return []
    return found


def _second_column(block: Sequence[TextLine]) -> float:
    """Where the second pieces of the block's lines begin, at the least; beyond its first pieces."""
    return min((line.pieces[1].words[0].x0 for line in block if len(line.pieces) > 1), default=0.0) - 20


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
    return len(line.pieces) == 1 and line.x1 - line.x0 < 0.62 * (right - left) and line.x0 > left - 15
