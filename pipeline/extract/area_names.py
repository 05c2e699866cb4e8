"""Where names of the gazetteer stand in a text: the longest match, as written or ALL IN CAPITALS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon.gazetteer import WORD, Place, gazetteer, key


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name at `start`..`end`, all places of that name, each with whether it is their demonym."""

    start: int
    end: int
    places: tuple[tuple[Place, bool], ...]


def find_names(text: str) -> Iterator[NameMatch]:
    """Every name in `text` (accents already off, see gazetteer.plain), left to right, none overlapping another."""
    end = 0
    known, capitals = _first_words()
    for word in WORD.finditer(text):
        first = word.group()
        if word.start() < end or (first not in known and first not in capitals):
            continue
        match = _match(text, word.start(), first, known, capitals)
        if match is not None:
            end = match.end
            yield match


def _match(text: str, start: int, first: str, known: frozenset[str], capitals: dict[str, tuple[str, ...]]) -> NameMatch | None:
    if first in known and (found := _spellings(first).match(text, start)):
        places = gazetteer().by_name.get(key(found.group()))
        if places:
            return NameMatch(start, found.end(), tuple(places))
    if first in capitals and (found := _capital_spellings(first).match(text, start)):
        places = gazetteer().by_name.get(_capital_keys(first)[key(found.group())], [])
        return NameMatch(start, found.end(), tuple(places))
    return None


@cache
def _first_words() -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    known = gazetteer().spellings
    capitals: dict[str, tuple[str, ...]] = {}
    for word in known:
        upper = word.upper()
        if len(word) > 2:
            capitals[upper] = (*capitals.get(upper, ()), word)
    return frozenset(known), capitals


@cache
def _spellings(first: str) -> re.Pattern[str]:
    return _alternation(gazetteer().spellings[first])


@cache
def _capital_spellings(first: str) -> re.Pattern[str]:
    return _alternation([name.upper() for name in _capital_names(first)])


@cache
def _capital_keys(first: str) -> dict[str, str]:
    return {key(name.upper()): key(name) for name in reversed(_capital_names(first))}


def _capital_names(first: str) -> list[str]:
    return [name for word in _first_words()[1][first] for name in gazetteer().spellings[word]]


def _alternation(names: list[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(_pattern(name) for name in longest_first)})(?!\w)")


def _pattern(name: str) -> str:
    """A name's pattern: its blanks may be line breaks, its dots be missing. `the Amur` must not run on (`Amur Oblast`)."""
    parts = []
    for character in name:
        if character in " -":
            parts.append(r"(?:\s{1,30}|-\s?)")
        elif character == ".":
            parts.append(r"\.?\s?" if len(parts) < len(name) - 1 else r"\.?")
        else:
            parts.append(re.escape(character))
    return "".join(parts) + (r"(?!\s+[A-Z])" if name[:4] in ("the ", "The ") else "")
