"""Paragraphs torn apart are put together again: by blank lines, by tables and captions between, by column
order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model.document import PassageKind
from pipeline.read.prose.lines import Line, begins_low, ends_hanging, ends_open

_BETWEEN = frozenset({PassageKind.FURNITURE, PassageKind.CAPTION, PassageKind.TABLE})
_SHORTEST = 40


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that make one passage of a kind."""

    kind: PassageKind
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines joined by spaces."""
        return " ".join(line.text for line in self.lines)


def joined(blocks: Sequence[Block], width: int) -> list[Block]:
    """Body paragraphs that break off in mid-sentence, with the paragraph that goes on; all other blocks as
    they are.

    The continuation begins with a small letter and stands next in the text, or behind tables, captions and
    furniture alone. `width` is the width at which the text was wrapped (0: it was not).
    """
    found: list[Block] = []
    waiting: int | None = None
    for block in blocks:
        if waiting is not None and _goes_on(block):
            found[waiting] = replace(found[waiting], lines=found[waiting].lines + block.lines)
            waiting = waiting if _breaks_off(found[waiting], width) else None
            continue
        found.append(block)
        if block.kind not in _BETWEEN:
            waiting = len(found) - 1 if _breaks_off(block, width) else None
    return found


def _goes_on(block: Block) -> bool:
    return block.kind is PassageKind.BODY and begins_low(block.lines[0].text)


def _breaks_off(block: Block, width: int) -> bool:
    """Whether a paragraph ends in mid-sentence on a line that was full or cannot be the last."""
    last = block.lines[-1].text
    if block.kind not in (PassageKind.BODY, PassageKind.LIST_ITEM) or not ends_open(last):
        return False
    return ends_hanging(last) or len(last) >= max(_SHORTEST, width * 2 // 3) or len(block.lines) > 1
