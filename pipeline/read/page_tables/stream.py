"""Tables without a drawn grid, from the way words line up.

1. The blocks of `blocks` are cut to what stands between their frame's rules, notes and sources left
   out.
2. A block is a table where its pieces agree on columns and enough of them are figures, or rules part its
   rows.
3. Columns (`columns`) and rows (`rows`) make it a draft.
Not supported: tables beside running text in the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from pipeline.model.document import BBox
from pipeline.read.page.page import Page, Word
from pipeline.read.page.rules import Rule
from pipeline.read.page_tables.blocks import blocks_of, goes_on, headed, ruled_regions, within
from pipeline.read.page_tables.columns import columns_of
from pipeline.read.page_tables.evidence import has_column_of_figures, is_table, is_table_of_words
from pipeline.read.page_tables.lines import TextLine, led, pieces_of, without_leaders
from pipeline.read.page_tables.rows import rows_of
from pipeline.read.page_tables.words import Draft

_LEAST_FILLED = 0.3
"""Charts make blocks too, of axis labels far apart: a table fills more of its fields."""
_LEAST_TITLES = 5
_NOTE = re.compile(
    r"^(?:(?:\w+ )?(?:sources?|notes?)\s*:|(?:sources?|notes?|remarks?)\b)"
    r"|^\(?(?:\*+|[a-z1-9])\)|^\d{1,2}/\s|^[*\u2020\u2021]|^\(:\)",
    re.I,
)


def stream_tables(page: Page, words: Sequence[Sequence[Word]]) -> list[Draft]:
    """The tables that `words`, lines of a part of the page, make, from top to bottom."""
    dotted = [led(line) for line in words]
    leaders = {round(line[0].base) for line, dots in zip(words, dotted, strict=True) if dots}
    bares = (without_leaders(line) if dots else line for line, dots in zip(words, dotted, strict=True))
    lines = [pieces_of(bare) for bare in bares if bare]
    found: list[Draft] = []
    if sum(len(line.pieces) > 1 for line in lines) < 2:
        return found
    striped = {id(line) for box in ruled_regions(page.across) for line in lines if within(line, box)}
    blocks = blocks_of(lines, striped)
    wholes = [headed(lines, block, page.across) for block in blocks]
    for block, whole, later in zip(blocks, wholes, [*wholes, []][1:], strict=True):
        heads = {id(line) for line in later}
        own = [line for line in whole if id(line) not in heads]
        draft = block_table(own, page.across, page.down, striped) if own else None
        if draft is not None and not _is_contents(block, leaders):
            found.append(draft)
    return found


def _is_contents(block: Sequence[TextLine], leaders: set[int]) -> bool:
    """A table of contents: titles and rising page numbers, led to by dots or without a header."""
    pages = [line.pieces[-1].text for line in block if len(line.pieces) in (2, 3)]
    numbers = [int(page) for page in pages if page.isdigit()]
    if numbers != sorted(numbers) or len(numbers) * 3 <= 2 * len(block):
        return False
    led = sum(round(line.words[0].base) in leaders for line in block)
    return led * 2 > len(block) or (len(numbers) == len(block) >= _LEAST_TITLES and numbers[-1] < 1000)


def block_table(
    block: Sequence[TextLine], across: Sequence[Rule], down: Sequence[Rule], striped: Set[int]
) -> Draft | None:
    """The block as a table, or None where it is none."""
    box = _box(block)
    inner = [r for r in across if box[1] - 12 < r.at < box[3] + 12 and r.stop > box[0] and r.start < box[2]]
    block = _framed(_without_notes(block), inner, box)
    if sum(line.tabular for line in block) < 2:
        return None
    box = _box(block)
    columns = columns_of([[piece.words for piece in line.pieces] for line in block], _walls(down, box))
    ruled = 2 * sum(id(line) in striped for line in block) > len(block)
    if len(columns) < 2:
        return None
    rows = rows_of([line.words for line in block], columns, inner)
    proven = is_table(block, columns, inner) or has_column_of_figures(rows) or is_table_of_words(block, columns, rows)
    if not (ruled or proven):
        return None
    filled = sum(bool(cell.text) for row in rows for cell in row)
    several = sum(sum(bool(cell.text) for cell in row) > 1 for row in rows)
    if ruled and several < 0.6 * len(rows):
        return None
    return Draft(box, rows) if len(rows) > 1 and filled >= _LEAST_FILLED * len(rows) * len(rows[0]) else None


def _without_notes(block: Sequence[TextLine]) -> Sequence[TextLine]:
    """The block up to its first note or source below a row of figures, and without a tail that holds no
    figures."""
    first = next((i for i, line in enumerate(block) if any(p.figure for p in line.pieces[1:])), len(block))
    stop = next((i for i in range(first + 1, len(block)) if _is_note(block[i])), len(block))
    while stop > first + 1 and _is_tail(block[stop - 1], block[stop - 2]):
        stop -= 1
    if first < len(block):
        return block[:stop]
    noted = (i for i, line in enumerate(block) if i > 1 and len(line.pieces) == 1 and _is_note(line))
    return block[: next(noted, len(block))]


def _is_tail(line: TextLine, above: TextLine) -> bool:
    """One piece that does not go on with the row above, or a sentence without figures."""
    return not goes_on(line, above) if len(line.pieces) < 2 else line.text.endswith(".") and not _figures(line)


def _figures(line: TextLine) -> bool:
    return any(piece.figure for piece in line.pieces)


def _is_note(line: TextLine) -> bool:
    """A note or source; a row of figures may begin with such a word too (`Notes payable`)."""
    return bool(_NOTE.match(line.pieces[0].text)) and not any(piece.figure for piece in line.pieces[1:])


def _framed(block: Sequence[TextLine], across: Sequence[Rule], box: BBox) -> Sequence[TextLine]:
    """The lines between the first and last rule that run along the block, where there are such."""
    wide = [r.at for r in across if min(r.stop, box[2]) - max(r.start, box[0]) > 0.7 * (box[2] - box[0])]
    if len(wide) < 2:
        return block
    first = next((i for i, line in enumerate(block) if len(line.pieces) > 1 or line.bottom > min(wide)), 0)
    last = max((i for i, line in enumerate(block) if len(line.pieces) > 1 or line.top < max(wide)), default=0)
    while last + 1 < len(block) and goes_on(block[last + 1], block[last]):
        last += 1
    return block[first : last + 1]


def _walls(down: Sequence[Rule], box: BBox) -> list[float]:
    """Places of the rules between columns that run along most of the block."""
    tall = box[3] - box[1]
    return [r.at for r in down if box[0] < r.at < box[2] and min(r.stop, box[3]) - max(r.start, box[1]) > 0.5 * tall]


def _box(block: Sequence[TextLine]) -> BBox:
    return (
        min(b.x0 for b in block),
        min(b.top for b in block),
        max(b.x1 for b in block),
        max(b.bottom for b in block),
    )
