"""Tables without a drawn grid, from the way words line up.

1. The blocks of `tables_blocks` are cut to what stands between their frame's rules, notes and sources left
   out.
2. A block is a table where its pieces agree on columns and enough of them are figures, or rules part its
   rows.
3. Columns (`tables_columns`) and rows (`tables_rows`) make it a draft.
Not supported: tables beside running text in the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from pipeline.model.document import BBox
from pipeline.read.pdf_page import Page, Word
from pipeline.read.pdf_rules import Rule
from pipeline.read.tables_blocks import blocks_of, goes_on, headed, ruled_regions, within
from pipeline.read.tables_columns import Bands, columns_of
from pipeline.read.tables_lines import DOTS, LEADER, TextLine, pieces_of, without_leaders
from pipeline.read.tables_rows import rows_of
from pipeline.read.tables_words import Draft, DraftCell, is_figure

_LEAST_FILLED = 0.3
"""Charts make blocks too, of axis labels far apart: a table fills more of its fields."""
_NOTE = re.compile(
    r"^(?:(?:\w+ )?(?:sources?|notes?)\s*:|(?:sources?|notes?|remarks?)\b)"
    r"|^\(?(?:\*+|[a-z1-9])\)|^[*\u2020\u2021]|^\(:\)",
    re.I,
)


def stream_tables(page: Page, words: Sequence[Sequence[Word]]) -> list[Draft]:
    """The tables that `words`, lines of a part of the page, make, from top to bottom."""
    dotted = (word for line in words for word in line if word.text[-1] in DOTS)
    leaders = {round(word.base) for word in dotted if LEADER.search(word.text)}
    lines = [pieces_of(bare) for line in words if (bare := without_leaders(line) if leaders else line)]
    found: list[Draft] = []
    if sum(len(line.pieces) > 1 for line in lines) < 2:
        return found
    striped = {id(line) for box in ruled_regions(page.across) for line in lines if within(line, box)}
    for block in blocks_of(lines, striped):
        draft = block_table(headed(lines, block, page.across), page.across, page.down, striped)
        if draft is not None and not _is_contents(block, leaders):
            found.append(draft)
    return found


def _is_contents(block: Sequence[TextLine], leaders: set[int]) -> bool:
    """A table of contents: titles and rising page numbers, led to by dots."""
    pages = [line.pieces[-1].text for line in block if len(line.pieces) == 2]
    numbers = [int(page) for page in pages if page.isdigit()]
    led = sum(round(line.words[0].base) in leaders for line in block)
    return led * 2 > len(block) and len(numbers) * 3 > 2 * len(block) and numbers == sorted(numbers)


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
    if not (ruled or _is_table(block, columns, inner) or _has_column_of_figures(rows)):
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
    while stop > first + 1 and len(block[stop - 1].pieces) < 2 and not goes_on(block[stop - 1]):
        stop -= 1
    return block[:stop] if first < len(block) else block


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


def _has_column_of_figures(rows: Sequence[Sequence[DraftCell]]) -> bool:
    """Whether, of three columns or more, one beyond the first holds nothing but figures below its header, three at
    least, beside as many labels."""
    if len(rows[0]) < 3 or not any(char.isalpha() for cell in rows[0] for char in cell.text):
        return False
    labels = sum(bool(row[0].text) for row in rows[1:])
    for column in range(1, len(rows[0])):
        texts = [row[column].text for row in rows[1:] if row[column].text]
        if len(texts) >= max(3, 0.8 * labels) and labels >= 3 and all(is_figure(text) for text in texts):
            return True
    return False


def _is_table(block: Sequence[TextLine], columns: Bands, across: Sequence[Rule]) -> bool:
    tabular = [line for line in block if line.tabular]
    figures = sum(piece.figure for line in tabular for piece in line.pieces)
    pieces = sum(len(line.pieces) for line in tabular)
    framed = len(across) >= 2
    if len(tabular) < (2 if framed else 3) or not any(_named(line) for line in tabular) or _is_list(tabular):
        return False
    if figures >= (0.15 if framed else 0.35) * pieces:
        return True
    # A table of words: at least three columns of short entries between rules, hardly a field empty.
    words = sum(len(line.words) for line in tabular)
    return framed and len(columns) >= 3 and words <= 3 * pieces and pieces >= 0.8 * len(columns) * len(tabular)


def _named(line: TextLine) -> bool:
    """Whether the line has a label or header with letters: rows of bare numbers are the marks of a chart."""
    return any(char.isalpha() for char in "".join(word.text for word in line.words))


def _is_list(tabular: Sequence[TextLine]) -> bool:
    """Bullets or numbers before text."""
    listed = [
        line
        for line in tabular
        if len(line.pieces) == 2 and len(line.pieces[0].text) <= 4 and not line.pieces[1].figure
    ]
    return 2 * len(listed) > len(tabular) and sum(len(line.pieces[1].words) for line in listed) > 3 * len(listed)
