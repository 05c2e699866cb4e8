"""The only code that reads lexicons: tab-separated tables beside this file, a row a thing, with its own examples.

A table begins with a header row; lines that begin with `#` are remarks; a cell with several values parts them
with ` | `. Every table has a column `examples` whose entries a test runs through the finder of that table.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pipeline.errors import LexiconError


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `name.tsv` as dictionaries by column; raises LexiconError naming file and line."""
    text = (files("pipeline.lexicon") / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        raise LexiconError(f"{name}.tsv: empty; it needs a header row")
    header = lines[0][1].split("\t")
    return tuple(_row(name, number, line.split("\t"), header) for number, line in lines[1:])


def _row(name: str, number: int, cells: list[str], header: list[str]) -> dict[str, str]:
    if len(cells) > len(header):
        raise LexiconError(f"{name}.tsv line {number}: {len(cells)} cells for {len(header)} columns; check the tabs")
    return dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several, parted by ` | `."""
    return tuple(part.strip() for part in cell.split(" | ") if part.strip())
