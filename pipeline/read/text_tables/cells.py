"""The cell of one number as a text prints it: marks of footnotes and blanks between thousands are no part of it."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.document import Cell
from pipeline.read.text_tables.damage import number_cell

NOTE_MARK = re.compile(r"(?<=\d)(?:\*+|[\u2020\u2021\u00b9\u00b2\u00b3]|(?<=[\d.,]\d)(?:[aepr]|\([a-z\d]\)))$")
"""The mark of a footnote, of a provisional or a revised figure, behind the digits."""
BLANK_GROUPED = re.compile(r"[-+\u2212\u2013]?\(?[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?:[.,][0-9]+)?\)?%?")
_BLANK = re.compile(r"[ \u00a0\u2009\u202f]")


def value_cell(text: str, start: int) -> Cell:
    """The cell of the number `text` that stands at offset `start`, its span without marks."""
    text = NOTE_MARK.sub("", text)
    if BLANK_GROUPED.fullmatch(text):
        return replace(number_cell(_BLANK.sub("", text), None), span=(start, start + len(text)))
    cell = number_cell(text, (start, start + len(text)))
    if "stray mark" not in cell.damage:
        return cell
    bare = text.strip("_|=`'\"")
    start += text.index(bare)
    return replace(cell, span=(start, start + len(bare)))
