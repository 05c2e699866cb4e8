"""Text set in columns side by side on the same lines: each column's lines are put one below the other.

A gutter is a stretch of three or more spaces at (nearly) the same place on four lines or more, with words on
both sides. Tables have gutters too, but their cells are short or numbers; such lines are left as they are.

Not supported: columns parted by tabs or by fewer than three spaces on every line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.prose.lines import Line, line_at

_GAP = re.compile(r"\S( {3,})(?=\S)")
_DRIFT = 2
_FEWEST = 4
_WORDS_A_CELL = 3
_FIGURE_CELL = re.compile(r"[\d.,%$€£¥()\s+-]+")


def unfold(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines in reading order: regions of columns side by side are replaced by one column after the
    other."""
    found: list[Line] = []
    at = 0
    while at < len(lines):
        region = _region(lines, at)
        if region is None:
            found.append(lines[at])
            at += 1
            continue
        end, gutter = region
        for column in _split(text, lines[at:end], gutter):
            found += [Line(lines[at].start, lines[at].start, 0, ""), *unfold(text, column)]
        found.append(Line(lines[end - 1].end, lines[end - 1].end, 0, ""))
        at = end
    return found


def _region(lines: Sequence[Line], at: int) -> tuple[int, int] | None:
    """Where the columns that begin at a line end, and the place of their gutter; None if none begin here."""
    for gutter in _right_starts(lines[at]):
        end, pairs = _extent(lines, at, gutter)
        if len(pairs) >= _FEWEST and _is_prose(pairs):
            return end, gutter
    return None


def _right_starts(line: Line) -> list[int]:
    """The places on the page at which text begins after a gap."""
    if "   " not in line.text:
        return []
    return [line.column + gap.end() for gap in _GAP.finditer(line.text)]


def _extent(lines: Sequence[Line], at: int, gutter: int) -> tuple[int, list[tuple[str, str]]]:
    """The end of a region (after its last line on both sides or adjacent to one), and its cells left and
    right."""
    end = at
    pairs = []
    for index in range(at, len(lines)):
        line = lines[index]
        cut = _cut(line, gutter)
        if cut is None:
            break
        left, right = line.text[:cut].strip(), line.text[cut:].strip()
        if left and right:
            pairs.append((left, right))
        if line.text and (lines[index - 1].text or (left and right)):
            end = index + 1
    return end, pairs


def _cut(line: Line, gutter: int) -> int | None:
    """The index in the line's text at which the right column begins; None if the line crosses the gutter."""
    if line.column >= gutter - _DRIFT:
        return 0
    if line.column + len(line.text) < gutter:
        return len(line.text)
    for start in _right_starts(line):
        if abs(start - gutter) <= _DRIFT:
            return start - line.column
    return None


def _is_prose(pairs: Sequence[tuple[str, str]]) -> bool:
    """Both sides hold several words a line, hardly ever a number alone."""
    cells = [cell for pair in pairs for cell in pair]
    if sum(1 for cell in cells if _FIGURE_CELL.fullmatch(cell)) > len(cells) // 8:
        return False
    return all(sum(len(pair[side].split()) for pair in pairs) >= _WORDS_A_CELL * len(pairs) for side in (0, 1))


def _split(text: str, lines: Sequence[Line], gutter: int) -> tuple[list[Line], list[Line]]:
    left, right = [], []
    for line in lines:
        cut = _cut(line, gutter) or 0
        left.append(line_at(text, line.start, line.start + cut, line.column))
        right.append(line_at(text, line.start + cut, line.end, line.column + cut))
    return left, right
