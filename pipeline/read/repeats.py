"""Passages that say what another passage of the document says already.

A passage repeats another if it is word for word the same, if it has the same numbers in the same order and
nearly the same words, or if every one of its sentences stands in an earlier passage. A teaser that breaks off
(`…`) or stands whole inside a longer paragraph repeats that paragraph, even where the paragraph comes later.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.model.document import Passage, PassageKind

_READ = frozenset({PassageKind.HEADLINE, PassageKind.BODY, PassageKind.LIST_ITEM, PassageKind.CAPTION})
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])[\"'”’)\]]*\s+(?=[^a-z\s])")
_DATELINE = re.compile(r"^.{2,60}?(?:\([\w/ .'’-]{2,40}\)|\d)\s*(?:--|[-–—])\s+")
_SHORTEST_TEASER = 8
_ALIKE = 0.9
_OPENING = 6


@dataclass(slots=True)
class _Seen:
    """What has been read so far: the passage in which a text, a sentence or a row of numbers first stood."""

    whole: dict[str, int] = field(default_factory=dict)
    sentences: dict[str, int] = field(default_factory=dict)
    numbers: dict[tuple[str, ...], list[tuple[int, Counter[str]]]] = field(default_factory=dict)


def mark_repeats(text: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, those that repeat another pointing at it."""
    seen = _Seen()
    marked = [
        _marked(index, passage, _joined(text, passage), seen) if passage.kind in _READ else passage
        for index, passage in enumerate(passages)
    ]
    return tuple(_with_teasers(text, marked))


def _joined(text: str, passage: Passage) -> str:
    return " ".join(text[start:end] for start, end in passage.segments)


def _marked(index: int, passage: Passage, words: str, seen: _Seen) -> Passage:
    sentences = [_key(part) for part in _SENTENCE_END.split(_DATELINE.sub("", words))]
    sentences = [sentence for sentence in sentences if sentence]
    first = _first(passage, _key(words), sentences, seen)
    if first is not None:
        return replace(passage, repeats=first)
    seen.whole.setdefault(_key(words), index)
    if passage.kind is not PassageKind.HEADLINE:
        for sentence in sentences:
            seen.sentences.setdefault(sentence, index)
        _remember_numbers(index, sentences, seen)
    return passage


def _first(passage: Passage, whole: str, sentences: list[str], seen: _Seen) -> int | None:
    """The earlier passage that this one repeats."""
    if whole in seen.whole:
        return seen.whole[whole]
    if passage.kind is PassageKind.HEADLINE or not sentences:
        return None
    if all(sentence in seen.sentences for sentence in sentences):
        return seen.sentences[max(sentences, key=len)]
    return _nearly(sentences, seen)


def _nearly(sentences: list[str], seen: _Seen) -> int | None:
    """A passage with the same numbers in the same order and nine in ten of its words."""
    words = " ".join(sentences).split()
    bag = Counter(words)
    for index, other in seen.numbers.get(_numbers(words), []):
        if 2 * (bag & other).total() >= _ALIKE * (bag.total() + other.total()):
            return index
    return None


def _remember_numbers(index: int, sentences: list[str], seen: _Seen) -> None:
    words = " ".join(sentences).split()
    numbers = _numbers(words)
    if numbers and len(words) >= _SHORTEST_TEASER:
        seen.numbers.setdefault(numbers, []).append((index, Counter(words)))


def _numbers(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word[0].isdigit())


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _with_teasers(text: str, passages: list[Passage]) -> list[Passage]:
    """Teasers that stand whole in another paragraph, found by their opening words."""
    bodies = [
        (index, _key(_joined(text, passage)))
        for index, passage in enumerate(passages)
        if passage.kind is PassageKind.BODY and passage.repeats is None
    ]
    openings: dict[str, list[tuple[int, str]]] = {}
    for index, words in bodies:
        if words.count(" ") + 1 >= _SHORTEST_TEASER:
            openings.setdefault(_opening(words), []).append((index, words))
    for index, words in bodies:
        for teaser, held in _held(words, openings):
            if teaser != index and len(held) < len(words) and passages[teaser].repeats is None:
                passages[teaser] = replace(passages[teaser], repeats=index)
    return passages


def _opening(words: str) -> str:
    return " ".join(words.split(" ", _OPENING)[:_OPENING])


def _held(words: str, openings: dict[str, list[tuple[int, str]]]) -> list[tuple[int, str]]:
    """The teasers that stand in a paragraph at a word's beginning."""
    parts = words.split(" ")
    found = []
    for at in range(len(parts) - _OPENING + 1):
        for index, teaser in openings.get(" ".join(parts[at : at + _OPENING]), ()):
            if parts[at : at + teaser.count(" ") + 1] == teaser.split(" "):
                found.append((index, teaser))
    return found
