"""Areas found in sentences of the genres, in the examples of the lexicon, and in any text at all."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.areas.find import find_areas
from pipeline.lexicon.load import rows, values
from pipeline.lexicon.places import plain

LINES = (Path(__file__).parent / "sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]
SENTENCES = [line.split("\t") for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_sentence(sentence: str, expected: str) -> None:
    """The mentions of a sentence, in order, as `code/form`; `-` stands for no code."""
    assert [f"{one.code or '-'}/{one.form}" for one in find_areas(sentence)] == expected.split()


@pytest.mark.parametrize(
    ("table", "code", "name", "example"),
    [
        (table, row["code"], row["name"], example)
        for table in ("areas", "groups")
        for row in rows(table)
        for example in values(row["examples"])
    ],
)
def test_lexicon_example(table: str, code: str, name: str, example: str) -> None:
    """Each example of a row names the row's area."""
    found = find_areas(example)
    assert any(one.code == code if code else one.code is None or one.form == "pair" for one in found), (
        table,
        name,
    )


@pytest.mark.parametrize("row", rows("area_words"), ids=lambda row: row["name"])
def test_word_is_no_area(row: dict[str, str]) -> None:
    """In each example of such a row the name is a word or a person."""
    assert [find_areas(example) for example in values(row["examples"])] == [[]]


@pytest.mark.parametrize(
    ("sentence", "home", "code"),
    [
        ("exports of Georgia rose", None, "GE"),
        ("exports of Georgia rose", "US", "US-GA"),
        ("trade of Valencia fell", "ES", "geonames:2509954"),
        ("the city of Jilin exported less", "CN", "geonames:2036502"),
        ("Punjab exported rice", "PK", "PK-PB"),
        ("Punjab exported rice", "IN", "IN-PB"),
    ],
)
def test_home_decides(sentence: str, home: str | None, code: str) -> None:
    """An ambiguous name means the place in the document's country."""
    assert [one.code for one in find_areas(sentence, home=home)] == [code]


@settings(deadline=None)  # the first call loads the gazetteer
@given(
    st.lists(
        st.sampled_from(
            [
                "China",
                "the U.S.",
                "Sino-",
                "-",
                "'s ",
                " ",
                "\n",
                "Amur ",
                "River",
                "“",
                "é",
                "HONG KONG",
                ", ",
            ]
        )
    )
)
def test_spans_slice_the_text(parts: list[str]) -> None:
    """Spans lie in the text, in order, overlap only in pairs, and never hold a possessive."""
    text = "".join(parts)
    found = find_areas(text)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert not text[one.start : one.end].endswith("'s")
    for first, second in pairwise(found):
        assert second.start >= first.end or (first.start, first.end) == (second.start, second.end)


@given(st.text())
def test_plain_keeps_offsets(text: str) -> None:
    """Folding changes no length, so spans of the folded text are spans of the text."""
    assert len(plain(text)) == len(text)
