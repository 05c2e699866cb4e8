"""Text to passages, in seven steps.

1. lines with offsets (`lines`)
2. columns side by side are put one below the other (`columns`)
3. tables are set apart (`tabular`)
4. furniture is set apart, and what follows the heading of a comment form or link list (`furniture`)
5. the other lines are joined to paragraphs (`paragraphs`), and each gets its kind (`kinds`)
6. torn paragraphs are mended (`torn`, `interleaved`)
7. repeated passages are found (`repeats`)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.document import Passage, PassageKind, Span
from pipeline.read.prose.columns import unfold
from pipeline.read.prose.furniture import is_furniture, opens_tail
from pipeline.read.prose.interleaved import parted
from pipeline.read.prose.kinds import kind_of
from pipeline.read.prose.lines import Line, begins_low, ends_open, split_lines
from pipeline.read.prose.paragraphs import follows, paragraphs, run_width, runs, wrap_width
from pipeline.read.prose.repeats import mark_repeats
from pipeline.read.prose.tabular import table_runs
from pipeline.read.prose.torn import Block, joined

_PROSE_WORDS = 25


def passages_of(text: str, lines: Sequence[Line] | None = None) -> tuple[Passage, ...]:
    """The passages of a text in reading order; `lines` are its lines where a format has cut them already."""
    lines = unfold(text, split_lines(text) if lines is None else lines)
    width = wrap_width(lines)
    blocks = joined(parted(_with_kinds(_blocks(lines, width)), width), width)
    passages = [Passage(block.kind, segments_of(text, block.lines)) for block in blocks]
    return mark_repeats(text, passages)


def _blocks(lines: Sequence[Line], width: int) -> list[Block]:
    """Tables, furniture and paragraphs; a paragraph is BODY as yet."""
    found: list[Block] = []
    at = 0
    for start, end in table_runs(lines):
        found += _prose_blocks(lines[at:start], width)
        found.append(Block(PassageKind.TABLE, tuple(line for line in lines[start:end] if line.text)))
        at = end
    return _without_tail([*found, *_prose_blocks(lines[at:], width)])


def _prose_blocks(lines: Sequence[Line], width: int) -> Iterator[Block]:
    for run in runs(lines):
        for furniture, part in _parts(run, width):
            if furniture:
                yield from (Block(PassageKind.FURNITURE, (line,)) for line in part)
            else:
                yield from (Block(PassageKind.BODY, tuple(each)) for each in paragraphs(part, width))


def _parts(run: Sequence[Line], width: int) -> list[tuple[bool, list[Line]]]:
    """A run cut where furniture begins or ends."""
    parts: list[tuple[bool, list[Line]]] = []
    width = run_width(run, width)
    before = ""
    for line in run:
        alone = not (before and ends_open(before) and follows(before, line.text, width))
        verdict = is_furniture(line.text, alone)
        before = "" if verdict else line.text
        if parts and parts[-1][0] is verdict:
            parts[-1][1].append(line)
        else:
            parts.append((verdict, [line]))
    return parts


def _without_tail(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those behind the heading of a comment form, reference list or link list made furniture.

    A form and a reference list go on to the end, a link list up to the next paragraph of prose. Above the
    first sentence such a heading is an entry of a menu.
    """
    found: list[Block] = []
    state: str | None = None
    begun = False
    for block in blocks:
        opened = opens_tail(block.text) if begun and block.kind is not PassageKind.TABLE else None
        if opened and state != "end":
            state = opened
        elif state == "rest" and _is_prose(block):
            state = None
        begun = begun or (block.kind is PassageKind.BODY and not ends_open(block.text))
        found.append(Block(PassageKind.FURNITURE, block.lines) if state else block)
    return found


def _is_prose(block: Block) -> bool:
    text = block.text
    return block.kind is PassageKind.TABLE or (len(text.split()) >= _PROSE_WORDS and not ends_open(text))


def _with_kinds(blocks: Sequence[Block]) -> list[Block]:
    """The kind of every paragraph, by its words and by whether text stands below it."""
    found: list[Block] = []
    lead = runs_on = False
    for block in reversed(blocks):
        if block.kind is PassageKind.BODY:
            text = block.text
            block = Block(PassageKind.BODY if runs_on and ends_open(text) else kind_of(text, lead), block.lines)
            runs_on = begins_low(text)
        lead = lead or block.kind in (PassageKind.BODY, PassageKind.TABLE)
        found.append(block)
    return found[::-1]


def segments_of(text: str, lines: Sequence[Line]) -> tuple[Span, ...]:
    """The spans of a passage's lines; lines with nothing but white space between them are one span."""
    spans = [(lines[0].start, lines[0].end)]
    for line in lines[1:]:
        start, end = spans[-1]
        if line.start >= end and not text[end : line.start].strip():
            spans[-1] = (start, line.end)
        else:
            spans.append((line.start, line.end))
    return tuple(spans)
