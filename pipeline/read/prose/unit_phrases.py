"""Words that say nothing but a unit: `(in million US$)`, `thousand tonnes`, `Value: 100 million yuan; growth: %`.

The vocabulary is that of the lexicons of units, currencies and magnitudes. What the words are worth is left to the
extraction. Not supported: units in other languages than English, units of one letter alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon import load

NAMED = re.compile(r"\bunits?\s*(?:of\s+\w+\s*)?[:\uff1a]\s*([^()\n]+)", re.I)
"""A unit that is announced as one."""
_BRACKET = re.compile(r"[(\[\uff08]([^()\[\]\uff08\uff09]*)[)\]\uff09]")
_TAIL = re.compile(r"(?:,(?!\d)|:|\s[-\u2013\u2014])\s+(?=([^()]*)$)")
_WORD = re.compile(r"[^\s,;/()\[\]\uff08\uff09-]+")
_NUMBER = re.compile(r"10+(?:,000)*|1,000(?:,000)*|['\u2018\u2019]?000s?")
_FILLERS = frozenset(
    "in of and the at per are all values unit units figures data current prices measured expressed".split()
)
_SPOKEN_OF = re.compile(r"\b[A-Za-z]+(?: [a-z]+)?:\s")
_GAP = re.compile(r"\S(?:\t| {2,})\S")
_IN = re.compile(r"\bin\s+(?=[a-z])", re.I)
_LONGEST = 12
_LONGEST_SPOKEN = 5


@cache
def _telling() -> frozenset[str]:
    """The single words of all forms of units, currencies and magnitudes."""
    columns = (("units", "forms"), ("currencies", "before"), ("currencies", "after"), ("magnitudes", "forms"))
    forms = [form for name, column in columns for row in load.rows(name) for form in load.values(row[column])]
    glued = [form for row in load.rows("magnitudes") for form in load.values(row["glued"]) if len(form) > 1]
    signs = [s for row in load.rows("currencies") for s in load.values(row["before"]) if not s[-1:].isalnum()]
    scaled = [s + form for s in signs for row in load.rows("magnitudes") for form in load.values(row["glued"])]
    words = {word.casefold() for form in (*forms, *glued, *scaled) for word in _WORD.findall(form)}
    return frozenset({*words, *(word + "s" for word in words), "%", "percent", "pct", "cent"})


@cache
def _magnitudes() -> frozenset[str]:
    forms = [form for row in load.rows("magnitudes") for form in load.values(row["forms"])]
    return frozenset(word for form in forms for word in form.split())


def is_unit_phrase(text: str) -> bool:
    """Whether `text` names units and nothing else; a magnitude may count something (`thousand passengers`)."""
    text = _SPOKEN_OF.sub(" ", text)
    words = [word.strip(".:\u2019'").casefold() or word for word in _WORD.findall(text.replace("%", " % "))]
    if not words or len(words) > _LONGEST:
        return False
    telling = [word for word in words if word in _telling() and word not in _FILLERS]
    rest = [word for word in words if word not in _telling() and word not in _FILLERS]
    counted = rest[:-1] if rest and words[-1] == rest[-1] and words[0] in _magnitudes() else rest
    return any(len(word) > 1 or not word.isalnum() for word in telling) and all(map(_is_power, counted))


def _is_power(word: str) -> bool:
    return _NUMBER.fullmatch(word) is not None or word == "000"


def unit_in(text: str) -> str | None:
    """The unit words of a caption or unit line: announced, alone, in brackets, or behind its last commas; None where it
    has none."""
    named = NAMED.search(text)
    if named:
        return named.group(1).strip(" .)")
    if is_unit_line(text):
        return text.strip(" .()[]*_")
    bracketed = [found.group(1) for found in _BRACKET.finditer(text)]
    tails = [found.group(1) for found in _TAIL.finditer(text)]
    parts = (*bracketed[::-1], *tails, *_spoken(text))
    return next((part.strip(" .*_") for part in parts if is_unit_phrase(part)), None)


def _spoken(text: str) -> Iterator[str]:
    """What may be a unit behind `in`: `The figures in millions of crowns were`, `Exports in thousand tons`; the longest
    stretch first, each with a magnitude at its head."""
    for found in _IN.finditer(text):
        words = text[found.end() :].split()[:_LONGEST_SPOKEN]
        if words and words[0].lower().rstrip("s") in _magnitudes():
            yield from (" ".join(words[:size]).rstrip(":;,.)") for size in range(len(words), 1, -1))


def is_unit_line(text: str) -> bool:
    """Whether a line says its table's unit and nothing else."""
    bare = text.strip().lstrip("([")
    several = len(bare.split()) > 1 or not bare[:1].isalpha()
    return bare.lower().startswith("unit") or (several and not _GAP.search(bare) and is_unit_phrase(text))
