"""Cell texts mended by form alone, and the readings that only arithmetic can choose between.

Mended here and named in `Cell.damage`: `split number` (`40. 5`), `stray mark` (`_12`, `3.28 |`), `full
width`, `sign form` (`−`, `–` for `-`) and `confused letter` (`O` or `o` for 0, `l` or `I` for 1 inside a
number). A lost point, a lost minus and a point for a comma leave a well-formed number: they are alternative
readings with a cost, never decided.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.document import Cell, Span

_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\uff0d": "-", "~": "-", "\u2010": "-"})
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_STRAY = "_|=`'\"\u00ac\u00b0"
_TORN = re.compile(r"(?<=[\d.,]) +(?=\d)|(?<=\d) +(?=[.,]\d)")
_SIGN_GAP = re.compile(r"^(-) +(?=\d)")
_DECIMALS = re.compile(r"^-?\d[\d,]*\.(\d+)%?$")
_INTEGER = re.compile(r"^-?\d{2,}$")
_POINT_GROUP = re.compile(r"^-?\d{1,3}\.\d{3}$")
LOST_POINT, LOST_MINUS, POINT_FOR_COMMA = 0.5, 0.6, 0.4
"""Costs of a reading: the rarer the slip in counts over scanned tables, the dearer."""


def number_cell(raw: str, span: Span | None) -> Cell:
    """The cell of a number as printed: mended by form, the damage named."""
    damage: list[str] = []
    text = unicodedata.normalize("NFKC", raw)
    if text != raw and any("\uff00" <= c <= "\uffef" for c in raw):
        damage.append("full width")
    steps = (
        ("stray mark", lambda t: t.strip(_STRAY + " ")),
        ("sign form", lambda t: _SIGN_GAP.sub(r"\1", t.translate(_SIGNS))),
        ("confused letter", lambda t: t.translate(_LETTERS)),
        ("split number", lambda t: _TORN.sub("", t)),
    )
    for name, step in steps:
        mended = step(text)
        if mended != text:
            damage.append(name)
        text = mended
    return Cell(text=text, span=span, damage=tuple(damage))


def with_readings(column: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of one column of a damaged table, each with the readings its neighbours make thinkable."""
    decimals = [len(m.group(1)) for cell in column if (m := _DECIMALS.match(cell.text))]
    negative = any(cell.text.startswith("-") for cell in column)
    usual = max(set(decimals), key=lambda d: (decimals.count(d), d)) if decimals else 0
    return tuple(replace(cell, readings=_readings(cell.text, usual, negative)) for cell in column)


def _readings(text: str, decimals: int, negative: bool) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float]] = []
    if decimals and _INTEGER.match(text):
        sign, digits = ("-", text[1:]) if text[0] == "-" else ("", text)
        found += [(f"{sign}{digits[:-n]}.{digits[-n:]}", LOST_POINT) for n in range(1, min(len(digits) - 1, 2) + 1)]
    if negative and re.match(r"^\d", text):
        found.append((f"-{text}", LOST_MINUS))
    if _POINT_GROUP.match(text) and decimals != 3:
        found.append((text.replace(".", ","), POINT_FOR_COMMA))
    return tuple(found)
