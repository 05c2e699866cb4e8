"""Where tables lie in plain text: runs of data lines with what belongs to them above, between and below.

1. Data lines of like width, parted by at most a few blank or short lines, make a run.
2. Above a run: header lines, the unit line and the caption, as far as they are not prose.
3. Between its rows: fragments of wrapped labels, and section heads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.read.prose.unit_phrases import NAMED, is_unit_line
from pipeline.read.text_tables.lines import YEAR, DataLine, Line, data_line, is_hollow, segments_of

CAPTION = re.compile(
    r"^\W*(?:table|tab\.|exhibit|schedule)\s*(?:no\.?\s*)?([0-9]+(?:[.-][0-9]+)*|[IVXLC]+)\b[.:]?", re.I
)
_SENTENCE_END = re.compile(r"[.!?;:,]$")
_NOTE = re.compile(r"^\W*(?:notes?|sources?|data sources?|remarks?)\b", re.I)
_MOST_BETWEEN = 3
_LONGEST_FRAGMENT = 7
_MOST_ABOVE = 9


@dataclass(frozen=True, slots=True)
class Block:
    """Indices into the list of lines: the first and last data row, and the rows themselves by index."""

    rows: dict[int, DataLine]

    @property
    def first(self) -> int:
        return min(self.rows)

    @property
    def last(self) -> int:
        return max(self.rows)


def is_fragment(line: Line) -> bool:
    """A short line that may be part of a label or a section head: no sentence, note, caption or unit line."""
    text = line.text.strip()
    words = text.split()
    return bool(
        words
        and len(words) <= _LONGEST_FRAGMENT
        and not re.search(r"[.!?;]$", text)
        and not is_hollow(line)
        and not (_NOTE.match(text) or CAPTION.match(text) or NAMED.search(text))
    )


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Runs of rows in reading order: at least two rows of two values, or three aligned rows of one."""
    found: list[Block] = []
    current: dict[int, DataLine] = {}
    between = 0
    for index, line in enumerate(lines):
        row = _row(line)
        if row is not None:
            current[index] = row
            between = 0
        elif not line.blank and not is_hollow(line):
            between += 1
            if current and (between > _MOST_BETWEEN or not is_fragment(line)):
                found += _checked(current)
                current = {}
    return found + _checked(current)


def _row(line: Line) -> DataLine | None:
    row = data_line(line)
    if row is None or len(row.label) > 10 or CAPTION.match(line.text) or NAMED.search(line.text):
        return None
    if row.only_years or (row.label and row.label[-1].text.endswith(":")):
        return None
    return row if row.numbers >= 2 or len(row.values) >= 2 or row.gapped else None


def _checked(rows: dict[int, DataLine]) -> list[Block]:
    """The run as a block where enough of its rows agree in width; odd rows at its ends are let go."""
    if not rows:
        return []
    rows = _with_year_labels(rows)
    widths = [len(row.values) for row in rows.values()]
    usual = max(set(widths), key=lambda w: (widths.count(w), w))
    needed = 2 if usual >= 2 else 3
    if widths.count(usual) < needed or not any(row.label or len(row.values) > 2 for row in rows.values()):
        return []
    if usual == 1 and not all(row.gapped for row in rows.values()):
        return []
    return [Block({i: row for i, row in rows.items() if len(row.values) <= usual + 1 or row.label})]


def _with_year_labels(rows: dict[int, DataLine]) -> dict[int, DataLine]:
    """Rows without labels whose first value is a year are labelled by it, where all such rows begin so."""
    bare = [row for row in rows.values() if not row.label]
    if len(bare) < 2 or not all(len(row.values) > 1 and YEAR.fullmatch(row.values[0].text) for row in bare):
        return rows
    return {
        index: row if row.label else replace(row, label=row.values[:1], values=row.values[1:])
        for index, row in rows.items()
    }


def heads_above(lines: Sequence[Line], first: int, floor: int) -> list[int]:
    """Indices of the lines above row `first` that may be header, unit line or caption, nearest last."""
    found: list[int] = []
    blanks = 0
    for index in range(first - 1, max(floor, first - _MOST_ABOVE) - 1, -1):
        line = lines[index]
        if line.blank:
            blanks += 1
            if blanks > 2:
                break
            continue
        found.append(index)
        if CAPTION.match(line.text):
            break
        if _is_prose(line) and not NAMED.search(line.text):
            found.pop()
            break
    return found[::-1]


def _is_prose(line: Line) -> bool:
    text = line.text.strip()
    if len(segments_of(line)) > 2 or is_unit_line(text):
        return False
    return bool(_SENTENCE_END.search(text)) or (len(text.split()) > 14 and "  " not in text) or bool(_NOTE.match(text))
