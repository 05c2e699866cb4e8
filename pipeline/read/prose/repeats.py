"""Passages that say what another passage of the document says already.

A passage repeats another if it is word for word the same, if it has the same numbers in the same order and
nearly the same words, or if every one of its sentences stands in an earlier passage. A teaser that breaks off
(`…`) or stands whole inside a longer paragraph repeats that paragraph, even where the paragraph comes later.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model.document import Passage, PassageKind
from pipeline.read.prose.paragraphs import dateline_end

_READ = frozenset({PassageKind.HEADLINE, PassageKind.BODY, PassageKind.LIST_ITEM, PassageKind.CAPTION})
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])[\"'”’)\]]*\s+(?=\S)")
_NUMBER = re.compile(r"\b\d\w*")
_SHORTEST_TEASER = 8
_ALIKE = 0.9
_OPENING = 6
_MOST_ALIKE = 8


@dataclass(slots=True)
class _Seen:
    """What has been read so far: the passage in which a text, a sentence or a row of numbers first stood."""

    whole: dict[str, int] = field(default_factory=dict)
    sentences: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, list[tuple[int, str]]] = field(default_factory=dict)


def mark_repeats(text: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, those that repeat another pointing at it."""
    seen = _Seen()
    marked = list(passages)
    bodies = []
    for index, passage in enumerate(passages):
        if passage.kind not in _READ:
            continue
        sentences = _sentences(text, passage)
        first = _first(passage.kind, sentences, seen)
        if first is not None:
            marked[index] = replace(passage, repeats=first)
            continue
        _remember(index, passage.kind, sentences, seen)
        if passage.kind is PassageKind.BODY:
            bodies.append((index, sentences))
    for teaser, index in _teasers(bodies):
        marked[teaser] = replace(marked[teaser], repeats=index)
    return tuple(marked)


def _sentences(text: str, passage: Passage) -> list[str]:
    """The words of each sentence in small letters, without punctuation; a dateline is left out."""
    words = " ".join(text[start:end] for start, end in passage.segments)
    if passage.kind is not PassageKind.HEADLINE:
        words = words[dateline_end(words) :]
    keys = [" ".join(_WORD.findall(part)) for part in _SENTENCE_END.split(words.lower())]
    return [key for key in keys if key]


def _first(kind: PassageKind, sentences: list[str], seen: _Seen) -> int | None:
    """The earlier passage that this one repeats."""
    whole = " ".join(sentences)
    if whole in seen.whole:
        return seen.whole[whole]
    if kind is PassageKind.HEADLINE or not sentences:
        return None
    if all(sentence in seen.sentences for sentence in sentences):
        return seen.sentences[max(sentences, key=len)]
    return _nearly(whole, seen)


def _remember(index: int, kind: PassageKind, sentences: list[str], seen: _Seen) -> None:
    whole = " ".join(sentences)
    seen.whole.setdefault(whole, index)
    if kind is PassageKind.HEADLINE:
        return
    for sentence in sentences:
        seen.sentences.setdefault(sentence, index)
    numbers = _numbers(whole)
    if numbers and whole.count(" ") >= _SHORTEST_TEASER:
        seen.numbers.setdefault(numbers, []).append((index, whole))


def _nearly(whole: str, seen: _Seen) -> int | None:
    """A passage with the same numbers in the same order and nine in ten of its words."""
    for index, other in seen.numbers.get(_numbers(whole), [])[-_MOST_ALIKE:]:
        bag, others = Counter(whole.split()), Counter(other.split())
        if 2 * (bag & others).total() >= _ALIKE * (bag.total() + others.total()):
            return index
    return None


def _numbers(words: str) -> str:
    return " ".join(_NUMBER.findall(words))


def _teasers(bodies: Sequence[tuple[int, list[str]]]) -> Iterator[tuple[int, int]]:
    """Paragraphs that stand whole in another one, from the beginning of one of its sentences: (teaser,
    other)."""
    openings: dict[str, list[tuple[int, str]]] = {}
    for index, sentences in bodies:
        whole = " ".join(sentences)
        if whole.count(" ") >= _SHORTEST_TEASER:
            openings.setdefault(_opening(whole), []).append((index, whole))
    for index, sentences in bodies:
        for at, sentence in enumerate(sentences):
            held = openings.get(_opening(sentence), [])
            if held == [(index, " ".join(sentences))]:
                continue
            rest = " ".join(sentences[at:])
            yield from ((teaser, index) for teaser, words in held if teaser != index and rest.startswith(words))


def _opening(words: str) -> str:
    return " ".join(words.split(" ", _OPENING)[:_OPENING])
