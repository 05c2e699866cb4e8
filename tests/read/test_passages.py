"""Paragraphs, columns, tables, torn sentences, repeats: small texts, and properties of every text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.document import Document, PassageKind
from pipeline.read import read_text
from pipeline.read.prose.paragraphs import begins_dateline


def readings(document: Document) -> list[tuple[str, str]]:
    """Kind and words of every passage, segments joined and white space folded."""
    return [
        (passage.kind.value, " ".join(" ".join(document.text[a:b] for a, b in passage.segments).split()))
        for passage in document.passages
    ]


def bodies(text: str) -> list[str]:
    return [words for kind, words in readings(read_text(text)) if kind == "body"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("KARLA, July 13 (Nordnews) -- Exports rose", True),
        ("Karla, July 21 (Reporter Jan Rand) The office said", True),
        ("NEW ALVA, Nov. 12 - The port", True),
        ("Karla (VNA) – Exports rose", True),
        ("BLAGO, August 7. Trade rose", True),
        ("RIO DE NORTE, May 3 /TOSS/. Trade rose", True),
        ("Karla, 6 June 2024 – Exports rose", True),
        ("On May 3, 2019 the quay was opened", False),
        ("Exports, totalling 3.16 billion dlrs.", False),
        ("The talks were held in Karla, May 3.", False),
        ("In May (Figure 2), exports rose", False),
        ("The port (Karla) handled 5 tons", False),
    ],
)
def test_datelines(start: str, expected: bool) -> None:
    assert begins_dateline(start) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Exports rose by 5 percent in May as ships came in from the\nsouth. Imports fell by 2 percent "
            "to 3 billion, the\n"
            "office said.\nNothing else\nchanged.\n",
            [
                "Exports rose by 5 percent in May as ships came in from the south. "
                "Imports fell by 2 percent to "
                "3 billion, "
                "the office said.",
                "Nothing else changed.",
            ],
            id="hard wrap, new paragraph after a short line",
        ),
        pytest.param(
            "    Exports rose by 5 percent in May, the port authority said\nin its monthly report.\n"
            "    Imports fell by 2 percent.\n    Ships numbered 412.\n",
            [
                "Exports rose by 5 percent in May, the port authority said in its monthly report.",
                "Imports fell by 2 percent.",
                "Ships numbered 412.",
            ],
            id="indented paragraphs without blank lines",
        ),
        pytest.param(
            "Exports of the northern ports rose by 5.2 percent in the first half to 3.1 billion crowns, the "
            "customs office "
            "said on Friday.\nImports fell by 2 percent.\nShips numbered 412.\n",
            [
                "Exports of the northern ports rose by 5.2 percent in the first half to "
                "3.1 billion crowns, the "
                "customs office "
                "said on Friday.",
                "Imports fell by 2 percent.",
                "Ships numbered 412.",
            ],
            id="a paragraph a line",
        ),
        pytest.param(
            "In the year under review the trade of the port came to 4.1\nbillion crowns, an increase of 5 "
            "percent, which the\n\n"
            "office put down to the new quay.\n",
            [
                "In the year under review the trade of the port came to 4.1 billion crowns, an increase of 5 "
                "percent, which "
                "the office put down to the new quay."
            ],
            id="blank line in mid-sentence",
        ),
        pytest.param(
            "In the year under review the trade of the port came to 4.1\nbillion crowns, an increase of 5 "
            "percent, which the\n\n"
            "- 14 -\n\noffice put down to the new quay.\n",
            [
                "In the year under review the trade of the port came to 4.1 billion crowns, an increase of 5 "
                "percent, which "
                "the office put down to the new quay."
            ],
            id="page number in mid-sentence",
        ),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert bodies(text) == expected


TWO_COLUMNS = """\
Trade of Alva up 12 percent                 Berg ships more grain

ALVA, Nov. 3 - The port of Alva             BERG, Nov. 4 - The port of Berg
handled 1.2 million tonnes in the           shipped 340,000 tonnes of grain
first ten months of the year, an            in October, twice as much as in
increase of 12 percent. Con-                September. The harvest had been
tainers made up 31 percent.                 the best for ten years.
                                            Barley alone was 95,000 tonnes.

Next issue in December.
"""


def test_columns_side_by_side_are_read_one_after_the_other() -> None:
    read = readings(read_text(TWO_COLUMNS))
    assert [kind for kind, _ in read[:4]] == ["headline", "body", "headline", "body"]
    assert [words for _, words in read[:4]] == [
        "Trade of Alva up 12 percent",
        "ALVA, Nov. 3 - The port of Alva handled 1.2 million tonnes in the first ten months of the "
        "year, an increase of "
        "12 percent. Con- tainers made up 31 percent.",
        "Berg ships more grain",
        "BERG, Nov. 4 - The port of Berg shipped 340,000 tonnes of grain in October, twice as much as "
        "in September. The "
        "harvest had been the best for ten years. Barley alone was 95,000 tonnes.",
    ]


TABLES = [
    pytest.param(
        "Trade grew as Table 1 shows.\n\nTable 1 Trade of Alva (Unit: million crowns)\n\nYear Exports "
        "Imports\n"
        "2011 410.2 200.1\n2012 380.0 310.5\n\n2013 120.7 88.0\n(Source: yearbook)\n\nExports fell "
        "after 2012.\n",
        "Table 1",
        "yearbook)",
        id="flattened, with blank lines between rows",
    ),
    pytest.param(
        "Trade grew.\n\nUnit: million crowns\nKind            Exports   Imports\nGrain             "
        "410.2     200.1\n"
        "Timber             80.0         -\nNote: 1. Without fish.\n2. Rounded.\n\nExports fell.\n",
        "Unit:",
        "2. Rounded.",
        id="aligned, unit above, counted notes below",
    ),
    pytest.param(
        "Trade grew.\n\nExports ............ 410.2\nImports ............ 200.1\nBalance ............ "
        "210.1\n\nExports fell.\n",
        "Exports ....",
        "210.1",
        id="dot leaders",
    ),
    pytest.param(
        "Trade grew.\n\n| Kind | Exports |\n|---|---|\n| Grain | 410.2 |\n\n- Fish: 5 tons\n",
        "| Kind",
        "410.2 |",
        id="bars",
    ),
    pytest.param(
        "Trade grew.\n\nKind\tExports\tImports\nGrain\t410.2\t200.1\nFish\t5.0\t6.1\n\nExports fell.\n",
        "Kind\t",
        "6.1",
        id="tabs",
    ),
]


@pytest.mark.parametrize(("text", "first", "last"), TABLES)
def test_a_table_is_one_passage(text: str, first: str, last: str) -> None:
    document = read_text(text)
    (table,) = [passage for passage in document.passages if passage.kind is PassageKind.TABLE]
    ((start, end),) = table.segments
    assert text[start:].startswith(first)
    assert text[:end].endswith(last)


@pytest.mark.parametrize(
    "text",
    [
        "    The union took 263,051 tonnes of wheat, Alva 90,944 tonnes\nbarley, Berg 87,259 wheat, "
        "Cold 64,896, Dorn 30,000 and\n"
        "Elm 27,500, Fenn 26,700, Gard 25,124 wheat, Holm 24,683 wheat,\nInn 24,082, Jarl 21,659 and "
        "Kolb 8,797 tonnes.\n",
        "Growth was 5.2 percent in 2011, 6.1 in 2012, 7.0 in 2013 and 8.2\nin 2014, while prices rose "
        "by 1.1, 1.2, 1.3 and 1.4\n"
        "percent in the same years.\n",
    ],
)
def test_prose_full_of_numbers_is_no_table(text: str) -> None:
    assert [passage.kind for passage in read_text(text).passages] == [PassageKind.BODY]


READ_ACROSS = """\
depreciation of the crown had the same effect on the port
as in the year before. Among the goods that were sold to
the south the sale of tools was down 26% year-on-year, that
of cloth fell 58% year-on-year, and cars were down 14%
year-on-year, while tyres were sold for $2.8 million; rubber

Seen from the side of prices, in view of what gloves were sold for $5.6 million, up 27%

the fall of the southern markets and of the sharp year-on-year (see the yearbook).

Rubber gloves come from Alva. The year in view of the trade
was hard, and the sharp depreciation did the rest. In view of
what gloves cost it was no wonder.
"""


def test_columns_that_were_read_across_are_parted_where_words_prove_it() -> None:
    read = bodies(
        READ_ACROSS.replace("in view of what gloves", "in view of gloves").replace("the fall", "what the fall")
    )
    assert any("tyres were sold for $2.8 million; rubber gloves were sold for $5.6 million, up 27%" in t for t in read)
    assert any(t.startswith("Seen from the side of prices, in view of what the fall of") for t in read)


def test_columns_stay_as_they_are_where_nothing_proves_the_cut() -> None:
    text = READ_ACROSS.rpartition("\n\n")[0] + "\n"
    assert "gloves were sold for $5.6 million" in " ".join(bodies(text.replace("what gloves", "gloves")))


LONG = "Exports of the northern ports rose by 5.2 percent in the first half to 3.1 billion crowns"


@pytest.mark.parametrize(
    ("paragraphs", "repeats"),
    [
        ([f"{LONG}.", f"{LONG}."], [None, 0]),
        ([f"{LONG}.", f"KARLA (Nordnews) - {LONG}."], [None, 0]),
        (
            [f"{LONG}. Imports fell by 2 percent.", "Imports fell by 2 percent.", "Ships came."],
            [None, 0, None],
        ),
        ([f"{LONG}...", f"{LONG}, the office said. Imports fell."], [1, None]),
        ([f"{LONG}.", f"{LONG.replace('northern', 'Northern')}, officials."], [None, 0]),
        ([f"{LONG}.", f"{LONG.replace('5.2', '5.3')}."], [None, None]),
        ([f"{LONG}. Imports fell by 2 percent.", f"{LONG}. Imports fell by 3 percent."], [None, None]),
        (["Northern exports up 5.2 percent", f"{LONG}."], [None, None]),
    ],
)
def test_repeats(paragraphs: list[str], repeats: list[int | None]) -> None:
    document = read_text("\n\n".join(paragraphs) + "\n")
    assert [passage.repeats for passage in document.passages] == repeats


LINES = st.lists(
    st.one_of(
        st.text(alphabet="ab C.,:|-5 \t()%$é海\u00a0\r", max_size=40),
        st.sampled_from(
            [
                "",
                "",
                "Exports rose 5%",
                "Table 1 Trade",
                "Alva 410.2 200.1",
                "Berg      340,000       5.1",
                "REUTER",
                "a long line of prose that runs on and on until it is wrapped at",
                "the width of the page, 5 percent",
                "Tel: 0451 5362 7718",
                "- item 5",
                "left words of it here        right words of it here",
                "Comments",
            ]
        ),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_every_character_is_in_exactly_one_passage(lines: list[str]) -> None:
    text = "\n".join(lines)
    document = read_text(text)
    spans = sorted(span for passage in document.passages for span in passage.segments)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    outside = list(text)
    for start, end in spans:
        outside[start:end] = " " * (end - start)
    assert not "".join(outside).strip()


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_a_repeat_points_at_a_passage_that_is_read(lines: list[str]) -> None:
    passages = read_text("\n".join(lines)).passages
    for index, passage in enumerate(passages):
        if passage.repeats is not None:
            assert passage.repeats != index
            assert passages[passage.repeats].kind not in (PassageKind.TABLE, PassageKind.FURNITURE)
