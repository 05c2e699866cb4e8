"""Questions by code, and that the tables hang together."""

from __future__ import annotations

import pytest

from pipeline.lexicon import gazetteer
from pipeline.lexicon.places import index, place


@pytest.mark.parametrize(
    ("code", "kind", "country", "parent", "noun"),
    [
        ("CN", "country", "CN", None, "country"),
        ("CN-HL", "subdivision", "CN", "CN", "province"),
        ("CN-NM", "subdivision", "CN", "CN", "autonomous region"),
        ("RU-AMU", "subdivision", "RU", "RU", "oblast"),
        ("geonames:2037013", "city", "CN", "CN-HL", "city"),
        ("geonames:2036973", "city", "CN", "CN-HL", "port"),
        ("EU", "group", None, None, "bloc"),
        ("HK", "country", "HK", None, "country"),
        ("SU", "country", "SU", None, "country"),
        ("ZZ", None, None, None, None),
    ],
)
def test_by_code(code: str, kind: str | None, country: str | None, parent: str | None, noun: str | None) -> None:
    """Kind, country, parent and type noun of a code."""
    assert gazetteer.kind_of(code) == kind
    assert gazetteer.country_of(code) == country
    assert gazetteer.parent_of(code) == parent
    assert gazetteer.type_noun(code) == noun


@pytest.mark.parametrize(
    ("code", "noun", "fits"),
    [
        ("CN-HL", "province", True),
        ("CN-NM", "region", True),
        ("CN-NM", "province", False),
        ("CN-SH", "city", True),
        ("RU-AMU", "region", True),
        ("geonames:2036973", "port", True),
        ("geonames:1814870", "city", True),
        ("CN", "country", True),
        ("CN", "province", False),
        ("EU", "bloc", True),
    ],
)
def test_fits_type(code: str, noun: str, fits: bool) -> None:
    """Whether a text could call the area so."""
    assert gazetteer.fits_type(code, noun) is fits


SIZES = {
    "EU": 27,
    "ASEAN": 11,
    "EA": 21,
    "RCEP": 15,
    "G7": 7,
    "OPEC": 12,
    "OECD": 38,
    "EAEU": 5,
    "USMCA": 3,
    "BRI": 0,
}


@pytest.mark.parametrize(("group", "number"), SIZES.items())
def test_members(group: str, number: int) -> None:
    """The members of a group are countries, as many as the group has."""
    assert len(gazetteer.members(group)) == number
    assert all(gazetteer.kind_of(code) == "country" for code in gazetteer.members(group))


def test_every_parent_is_known() -> None:
    """What a place lies in is a place itself."""
    places = [place(ident) for ident in {**index().found, **index().kept}]
    assert [one for one in places if one and one.parent and place(one.parent) is None] == []
