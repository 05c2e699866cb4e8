"""Row labels of plain-text tables: rank numbers, labels wrapped round their row, section heads between rows.

A fragment is joined to the next row where that row's label cannot begin one (`and`, a small letter, or no
label) and to the row before where its label cannot end one (`and`, `of`, a comma, a hyphen). Any other
fragment is a row of its own without values: a section head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.read.text_tables.blocks import Block, is_fragment
from pipeline.read.text_tables.lines import YEAR, DataLine, Line, Token

_JOINING = frozenset(("and", "or", "of", "with", "for", "from", "to", "in", "by", "the", "a", "an", "&", "other"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row's label in reading order, and its values (None for a section head)."""

    label: tuple[Token, ...]
    data: DataLine | None


def has_rank(rows: Sequence[DataLine]) -> bool:
    """Whether the rows begin with 1, 2, 3 ...: most of them with a number one higher than the row before."""
    ranks = [_leading(row) for row in rows]
    steps = sum(b is not None and a is not None and b == a + 1 for a, b in pairwise(ranks))
    return len(rows) > 1 and steps * 3 >= (len(rows) - 1) * 2 and (ranks[0] or 99) <= 31


def _leading(row: DataLine) -> int | None:
    if len(row.label) < 2 or YEAR.fullmatch(row.label[0].text):
        return None
    text = row.label[0].text.rstrip(".)")
    return int(text) if text.isdigit() and len(text) < 4 else None


def labelled_rows(lines: Sequence[Line], block: Block, above: Sequence[Line]) -> list[Labelled]:
    """The rows of a block in order, fragments joined; `above` are short unused lines right above the first
    row."""
    found: list[Labelled] = []
    pending = list(above[-1:]) if above and _cannot_begin(block.rows[block.first]) else []
    for index in range(block.first, block.last + 1):
        if index in block.rows:
            found += _with_pending(pending, block.rows[index])
            pending = []
        elif not lines[index].blank and is_fragment(lines[index]):
            if not pending and found and _cannot_end(found[-1]):
                found[-1] = replace(found[-1], label=(*found[-1].label, *_words(lines[index])))
            else:
                pending.append(lines[index])
    return found


def _with_pending(pending: Sequence[Line], row: DataLine) -> list[Labelled]:
    words = tuple(token for line in pending for token in _words(line))
    if words and _cannot_begin(row):
        return [Labelled((*words, *row.label), row)]
    heads = [Labelled(_words(line), None) for line in pending]
    return [*heads, Labelled(row.label, row)]


def _words(line: Line) -> tuple[Token, ...]:
    return tuple(token for token in line.tokens if token.kind != "stray")


def _cannot_begin(row: DataLine) -> bool:
    return not row.label or row.label[0].text[0].islower()


def _cannot_end(row: Labelled) -> bool:
    last = row.label[-1].text if row.label else ""
    return row.data is not None and (last.casefold() in _JOINING or last.endswith((",", "-", "&", "/")))
