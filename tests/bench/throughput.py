"""Sentences per CPU second: Tally's reading and extraction, bare spaCy, quantulum3, on the same text in one run.

Tally gets the raw documents, reads them and makes records; the other two get the sentences ready-made and make tokens
or quantities alone. Rounds are interleaved, so that a busy machine harms all alike; the median round counts.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable
from statistics import median

import spacy

from pipeline.extract import extract_document
from pipeline.extract.words.tagging import _MODELS
from pipeline.read import read_text
from tests.bench.texts import sentences_of, texts

Work = Callable[[], object]
BATCH = 64


def measure(seconds: float) -> tuple[int, dict[str, float]]:
    """The number of sentences of a round, and sentences per CPU second by name, after `seconds` of rounds."""
    documents = texts()
    sentences = [sentence for text in documents for sentence in sentences_of(text)]
    contenders = {
        "Tally": lambda: [extract_document(read_text(text)) for text in documents],
        "bare spaCy": _spacy(sentences),
        "quantulum3": _quantulum(sentences),
    }
    for work in contenders.values():
        work()
    times = _rounds(contenders, seconds)
    return len(sentences), {name: len(sentences) / median(spent) for name, spent in times.items()}


def _rounds(contenders: dict[str, Work], seconds: float) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in contenders}
    until = time.process_time() + seconds
    while time.process_time() < until or len(times["Tally"]) < 3:
        for name, work in contenders.items():
            begun = time.process_time()
            work()
            times[name].append(time.process_time() - begun)
    return times


def _spacy(sentences: list[str]) -> Work:
    """The model that Tally tags with, all its components switched on."""
    wanted = os.environ.get("TALLY_SPACY_MODEL")
    model = wanted or next(name for name in _MODELS if spacy.util.is_package(name))
    language = spacy.load(model)
    return lambda: list(language.pipe(sentences, batch_size=BATCH))


def _quantulum(sentences: list[str]) -> Work:
    """As installed: without its optional classifier, which costs time and settles unclear units."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantulum3 import parser
    return lambda: [parser.parse(sentence) for sentence in sentences]
