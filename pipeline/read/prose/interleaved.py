"""Two columns of a page read across: a line that holds the end of one column's line and the start of
another's.

Where OCR or a PDF's text took two columns for one, a line of each is glued together and the text is far wider
there than the page was wrapped. Before it the right column breaks off in mid-sentence, and where the right
column began a paragraph begins in mid-sentence:

    (right column's top)  the rate, exports fell; tools ...        goes on from the left column's last line
    (its last full line)  ... sold for 3 million; rubber
    (glued)               In view of prices, due to gloves sold for 2 million, up 7%
    (glued)               the fall of year-on-year.

The glued lines are parted again if the words on both sides of every cut can stand together: a pair of
neighbouring words that the document has elsewhere too proves a seam, and most seams must be proved. Between
cuts equally well proved the one that fills the left column wins, as columns are. Else everything stays as it
was. No word is lost either way.

Not supported: more than four glued lines at a place, glued lines of more than two columns.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.document import PassageKind
from pipeline.read.prose.lines import Line, begins_low, ends_open
from pipeline.read.prose.torn import Block

_WIDER = 1.25
_MOST_LINES = 4
_PROSE = frozenset({PassageKind.BODY, PassageKind.HEADLINE})
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[$€£¥]?\d[\d.,]*%?")
_DIGITS = re.compile(r"\d[\d.,]*")

Cut = tuple[Line, Line]


def parted(blocks: Sequence[Block], width: int) -> list[Block]:
    """The blocks, with columns that were read across put in order; `width` is the text's wrap (0: nothing is
    done)."""
    if not width:
        return list(blocks)
    pairs: set[tuple[str, str]] = set()
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        glued = _glued(blocks, at, width) if found and _breaks_off(found[-1]) else []
        if glued:
            pairs = pairs or _neighbours(blocks)
            cuts = _best_cuts(found[-1], [block.lines[0] for block in glued], width, pairs)
            if cuts:
                found[-1] = _mended(found[-1], cuts)
                at += len(glued)
                continue
        found.append(blocks[at])
        at += 1
    return found


def _glued(blocks: Sequence[Block], at: int, width: int) -> list[Block]:
    """The glued lines that begin at a block: each a paragraph of its own, much wider than the wrap."""
    found = list(itertools.takewhile(lambda block: _is_wide(block, width), blocks[at : at + _MOST_LINES + 1]))
    return found if len(found) <= _MOST_LINES else []


def _is_wide(block: Block, width: int) -> bool:
    wide = _WIDER * width <= len(block.lines[0].text) <= 2 * width + 4
    return block.kind in _PROSE and len(block.lines) == 1 and wide


def _breaks_off(block: Block) -> bool:
    """A column that begins and ends in mid-sentence."""
    return block.kind in _PROSE and begins_low(block.lines[0].text) and ends_open(block.lines[-1].text)


def _neighbours(blocks: Sequence[Block]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for block in blocks:
        words = [_plain(word) for word in _WORD.findall(block.text)]
        found.update(itertools.pairwise(words))
    return found


def _plain(word: str) -> str:
    return _DIGITS.sub("0", word.lower())


def _best_cuts(right: Block, glued: Sequence[Line], width: int, pairs: set[tuple[str, str]]) -> Sequence[Cut]:
    """The best way of parting all glued lines; empty where too few of its seams are proved."""
    best: tuple[int, int, Sequence[Cut]] = (len(glued), 0, ())
    for cuts in itertools.product(*(_cuts(line, width) for line in glued)):
        rank = _proved(right, cuts, pairs), sum(len(left.text) for left, _ in cuts)
        if rank[0] > len(glued) and rank > best[:2]:
            best = (*rank, cuts)
    return best[2]


def _cuts(line: Line, width: int) -> list[Cut]:
    """The ways to part a line between two words so that both parts fit the columns."""
    found = []
    for gap in re.finditer(r"\s+", line.text):
        left, right = line.text[: gap.start()], line.text[gap.end() :]
        if width // 2 <= len(left) <= width + 2 and len(right) <= width + 2:
            middle = line.start + gap.end()
            found.append((Line(line.start, line.start + gap.start(), 0, left), Line(middle, line.end, 0, right)))
    return found


def _proved(right: Block, cuts: Sequence[Cut], pairs: set[tuple[str, str]]) -> int:
    """How many of the seams made by these cuts join words that stand side by side elsewhere."""
    lefts = [cut[0].text for cut in cuts] + [right.lines[0].text]
    rights = [right.lines[-1].text] + [cut[1].text for cut in cuts]
    seams = [*itertools.pairwise(lefts), *itertools.pairwise(rights)]
    return sum((_last_word(before), _first_word(after)) in pairs for before, after in seams)


def _last_word(text: str) -> str:
    return _plain(_WORD.findall(text)[-1]) if _WORD.search(text) else ""


def _first_word(text: str) -> str:
    found = _WORD.search(text)
    return _plain(found.group()) if found else ""


def _mended(right: Block, cuts: Sequence[Cut]) -> Block:
    lines = [cut[0] for cut in cuts] + list(right.lines) + [cut[1] for cut in cuts]
    return replace(right, kind=PassageKind.BODY, lines=tuple(lines))
