"""Pages to the text of a document: lines, paragraphs with their spans, tables with cell spans, boxes of
characters.

A paragraph ends at a gap wider than its lines are set, a change of size, an indent, or a short line that
ends a sentence. Words broken at line ends stay broken in the text; cleaning joins them. A table's rows
stand in the text a line each, cells parted by two blanks.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from pipeline.model.document import Cell, PageBox, PassageKind, Table
from pipeline.read.page_tables.header import header_count
from pipeline.read.page_tables.words import Draft, DraftCell, text_lines
from pipeline.read.page_text.continued import joined
from pipeline.read.page_text.parts import PageParts, Runs, TextLine, box_of, runs_of
from pipeline.read.prose.kinds import kind_of
from pipeline.read.prose.lines import Line
from pipeline.read.prose.paragraphs import is_section
from pipeline.read.prose.torn import Block
from pipeline.read.prose.unit_phrases import unit_in
from pipeline.read.text_tables.blocks import CAPTION
from pipeline.read.text_tables.damage import number_cell, with_readings
from pipeline.read.text_tables.lines import is_number

_SENTENCE_END = re.compile(r"[.!?:;。！？][\"'”’)\]]*$")
_FOOTNOTE = re.compile(r"^\(?(?:\d{1,3}|[*\u2020\u2021]+)\)?\.?\s")
_CAPTION_REACH = 4


@dataclass
class TextBuilder:
    """The text as it grows, and what was found in it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    footnotes: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    boxes: list[PageBox] = field(default_factory=list)
    last_table: int = 0
    """The page of the last table, or of its last part."""

    def turn_to(self, page: int) -> None:
        """What is placed from here on stands on `page`."""
        self.boxes.append(PageBox(page, array("I"), array("I"), array("d")))

    def place(self, start: int, runs: Runs) -> None:
        """Where the text written from `start` on stands."""
        boxes = self.boxes[-1]
        at = start
        for end, box in runs:
            boxes.starts.append(at)
            at = start + end
            boxes.ends.append(at)
            boxes.corners.extend(box)

    def write(self, text: str) -> int:
        """Appends `text` and returns where it starts."""
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return start

    def add_table(self, table: Table) -> None:
        """A table of the page turned to: one of its own, or the last one going on from the page before."""
        page = self.boxes[-1].page
        whole = None
        if self.tables and page == self.last_table + 1:
            since = takewhile(lambda block: block.kind is not PassageKind.TABLE, reversed(self.blocks))
            between = [block.text for block in since if block.kind is not PassageKind.FURNITURE]
            whole = joined(self.tables[-1], table, between)
        if whole is None:
            self.tables.append(table)
        else:
            self.tables[-1] = whole
        self.last_table = page

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def build(pages: Iterable[PageParts]) -> TextBuilder:
    """The text of all pages, pages parted by a blank line."""
    builder = TextBuilder()
    for page in pages:
        if page.parts:
            builder.turn_to(page.number)
            _add_page(builder, page)
            builder.write("\n")
    return builder


def _add_page(builder: TextBuilder, page: PageParts) -> None:
    paragraph: list[TextLine] = []
    for index, part in enumerate(page.parts):
        if isinstance(part, Draft):
            _add_paragraph(builder, page, paragraph)
            paragraph = []
            _add_table(builder, page, part, _lines_above(page.parts, index))
        elif part.furniture:
            _add_paragraph(builder, page, paragraph)
            paragraph = []
            _add_paragraph(builder, page, [part], PassageKind.FURNITURE)
        else:
            if paragraph and _parts(paragraph, part):
                _add_paragraph(builder, page, paragraph)
                paragraph = []
            paragraph.append(part)
    _add_paragraph(builder, page, paragraph)


def _parts(paragraph: Sequence[TextLine], line: TextLine) -> bool:
    """Whether `line` begins a new paragraph."""
    last = paragraph[-1]
    if line.zone != last.zone or abs(line.size - last.size) > 0.12 * last.size:
        return True
    gap, size = line.box[1] - last.box[3], max(last.size, 1.0)
    usual = paragraph[1].box[1] - paragraph[0].box[3] if len(paragraph) > 1 else 0.45 * size
    if gap > max(usual + 0.35 * size, 0.3 * size) or gap < -1.5 * size:
        return True
    if len(paragraph) == 1 and is_section(last.text) and last.box[2] < line.box[2] - 2 * size:
        return True
    ended = bool(_SENTENCE_END.search(last.text))
    left = min(part.box[0] for part in paragraph[-3:])
    width = max(part.box[2] for part in paragraph) - left
    indented = line.box[0] > left + 0.8 * size and len(paragraph) > 1
    short = last.box[2] < left + 0.8 * width or (len(paragraph) > 1 and last.box[2] < left + 0.9 * width)
    return bool(CAPTION.match(line.text)) or (ended and (indented or short))


def _add_paragraph(
    builder: TextBuilder, page: PageParts, lines: Sequence[TextLine], kind: PassageKind | None = None
) -> None:
    if not lines:
        return
    found = [_add_line(builder, line) for line in lines]
    builder.write("\n")
    block = Block(kind or _kind(lines, page), tuple(found))
    if kind is None and _is_footnote(lines, page):
        builder.footnotes.append(block)
    else:
        builder.blocks.append(block)


def _kind(lines: Sequence[TextLine], page: PageParts) -> PassageKind:
    """The kind by the words; but a line of the text's own size that fills its column heads nothing."""
    text = " ".join(line.text for line in lines)
    kind = kind_of(text, lead=len(lines) < 3)
    if kind is not PassageKind.HEADLINE:
        return kind
    right = max(line.box[2] for line in page.lines if line.zone == lines[-1].zone)
    full = lines[0].box[2] > right - 3 * lines[0].size and lines[0].size <= 1.1 * page.size
    return PassageKind.BODY if full else kind


def _is_footnote(lines: Sequence[TextLine], page: PageParts) -> bool:
    """Small print with a number or mark before it, in the lower half of the page."""
    first = lines[0]
    low = first.box[1] > page.height / 2
    return low and first.size < 0.93 * page.size and bool(_FOOTNOTE.match(first.text))


def _add_line(builder: TextBuilder, line: TextLine) -> Line:
    start = builder.write(line.text)
    builder.write("\n")
    builder.place(start, line.runs)
    return Line(start, start + len(line.text), 0, line.text)


def _lines_above(parts: Sequence[TextLine | Draft], index: int) -> list[TextLine]:
    """The lines right above a table, nearest first, as far as its caption may reach."""
    found: list[TextLine] = []
    for part in reversed(parts[max(0, index - _CAPTION_REACH) : index]):
        if isinstance(part, Draft):
            break
        found.append(part)
    return found


def _add_table(builder: TextBuilder, page: PageParts, draft: Draft, above: Sequence[TextLine]) -> None:
    caption, unit = _caption(above, draft)
    start, first = builder.length, len(builder.pieces)
    rows = [tuple(_add_row(builder, row)) for row in draft.rows]
    end = builder.write("\n") - 1
    headers = header_count([[cell.text for cell in row] for row in draft.rows])
    if page.recognised:
        rows = [*rows[:headers], *_with_readings(rows[headers:])]
    table = Table(
        name=_name(caption, builder.tables),
        rows=tuple(rows),
        header_rows=headers,
        page=page.number,
        bbox=draft.box,
        caption=caption,
        unit=unit or next((u for row in draft.rows[:headers] for c in row if (u := unit_in(c.text))), None),
        span=(start, end),
        ocr=page.recognised,
    )
    builder.add_table(table)
    builder.blocks.append(Block(PassageKind.TABLE, (Line(start, end, 0, "".join(builder.pieces[first:-1])[:-1]),)))


def _name(caption: str | None, before: Sequence[Table]) -> str:
    """The number in the caption; the table's place in the document where there is none or it is taken."""
    match = CAPTION.match(caption or "")
    name = match.group(1) if match else str(len(before) + 1)
    return name if all(table.name != name for table in before) else f"{name}-{len(before) + 1}"


def _with_readings(rows: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    return list(zip(*(with_readings(column) for column in zip(*rows, strict=True)), strict=True))


def _caption(above: Sequence[TextLine], draft: Draft) -> tuple[str | None, str | None]:
    """The numbered caption within reach, with the lines that go on with it; else the line right above, if it
    is short."""
    texts = [line.text for line in above if not line.furniture]
    numbered = next((i for i, text in enumerate(texts) if CAPTION.match(text)), None)
    if numbered is not None:
        whole = " ".join(reversed(texts[: numbered + 1]))
        return whole[:300], unit_in(whole)
    unit = next((u for text in texts[:2] if (u := unit_in(text))), None)
    near = (
        above[0] if above and not above[0].furniture and draft.box[1] - above[0].box[3] < 2.5 * above[0].size else None
    )
    titled = near is not None and len(near.text) < 120 and not _SENTENCE_END.search(near.text)
    return (near.text if near is not None and titled else None), unit


def _add_row(builder: TextBuilder, row: Sequence[DraftCell]) -> Iterator[Cell]:
    first = True
    for cell in row:
        if not cell.text:
            yield Cell("")
            continue
        if not first:
            builder.write("  ")
        first = False
        yield _add_cell(builder, cell)
    builder.write("\n")


def _add_cell(builder: TextBuilder, cell: DraftCell) -> Cell:
    start = builder.write(cell.text)
    ordered = [word for line in text_lines(cell.words) for word in line]
    box = box_of(ordered)
    builder.place(start, runs_of(cell.text, ordered, box))
    span = (start, start + len(cell.text))
    confidence = min(word.confidence for word in ordered)
    if is_number(cell.text.replace(" ", "")):
        made = number_cell(cell.text, span)
        return Cell(made.text, span, box, made.damage, confidence=confidence)
    return Cell(cell.text, span, box, confidence=confidence)
