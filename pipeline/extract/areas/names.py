"""Where names of the gazetteer stand in a text: the longest match, as written or ALL IN CAPITALS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon.places import WORD, Place, index, key, places_named


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name at `start`..`end`, all places of that name, each with whether it is their demonym."""

    start: int
    end: int
    places: tuple[tuple[Place, bool], ...]


def find_names(text: str) -> Iterator[NameMatch]:
    """Every name in `text` (accents off, see places.plain), left to right, none overlapping another."""
    end = 0
    words = _first_words()
    for word in WORD.finditer(text):
        first = word.group()
        if first in words and word.start() >= end:
            match = _match(text, word.start(), first)
            if match is not None:
                end = match.end
                yield match


def _match(text: str, start: int, first: str) -> NameMatch | None:
    pattern, keys = _spellings(first)
    found = pattern.match(text, start)
    places = places_named(keys.get(key(found.group()), "")) if found else ()
    return NameMatch(start, found.end(), places) if found and places else None


@cache
def _first_words() -> dict[str, tuple[str, ...]]:
    """First words as they stand in texts -> as the gazetteer writes them."""
    words: dict[str, tuple[str, ...]] = {word: (word,) for word in index().spellings}
    for word in index().spellings:
        upper = word.upper()
        if upper != word:
            words[upper] = (*words.get(upper, ()), word)
    return words


@cache
def _spellings(first: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """What matches the names with this first word, and by the key of a match the key of its name."""
    written = {name: key(name) for name in index().spellings.get(first, ())}
    for word in _first_words()[first]:
        for name in index().spellings[word]:
            if len(name) > 2:  # `Ho` is a place, HO an abbreviation
                written.setdefault(name.upper(), key(name))
    longest_first = sorted(written, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?:{'|'.join(map(_pattern, longest_first))})(?!\w)")
    return pattern, {key(name): common for name, common in reversed(written.items())}


def _pattern(name: str) -> str:
    """A name's blanks may be line breaks, its dots missing; `the Amur` must not run on to `Oblast`."""
    parts = []
    for position, character in enumerate(name):
        if character == " " and name[position - 1] == ".":
            continue
        if character in " -":
            parts.append(r"(?:\s{1,30}|-\s?)")
        elif character == ".":
            parts.append(r"\.?\s?" if position < len(name) - 1 else r"\.?")
        else:
            parts.append(re.escape(character))
    return "".join(parts) + (r"(?!\s+[A-Z])" if name[:4] in ("the ", "The ") else "")
