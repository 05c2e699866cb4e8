"""What the benchmark reads: the project's own plain texts, and their sentences as Tally parts them."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.extract.clean import clean
from pipeline.extract.words.sentences import sentences
from pipeline.model.document import PassageKind
from pipeline.read import read_text

ROOT = Path(__file__).resolve().parents[2]
_UNREAD = (PassageKind.FURNITURE, PassageKind.TABLE)


def texts() -> list[str]:
    """The texts of corpus/ (all that need no parser of their own) and of the development gold."""
    corpus = ROOT / "corpus"
    plain = [*sorted(corpus.glob("*.txt")), *sorted(corpus.glob("*.md"))]
    streams = [line for path in sorted(corpus.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    gold = sorted((ROOT / "tests" / "gold" / "texts").glob("*.txt"))
    return [path.read_text("utf-8") for path in [*plain, *gold]] + [json.loads(line)["text"] for line in streams]


def sentences_of(text: str) -> list[str]:
    """The sentences of the passages that are read; page furniture, tables and repeats left out."""
    document = read_text(text)
    found = []
    for passage in document.passages:
        if passage.kind in _UNREAD or passage.repeats is not None:
            continue
        prose = clean(document.text, passage.segments).text
        found += [prose[start:end] for start, end in sentences(prose)]
    return found
