"""Areas by code and by name: countries, first-level subdivisions, cities, groups, regions without a code, rivers.

Three tables are merged by code: `gazetteer.tsv` (written by scripts/make_gazetteer.py), `areas.tsv` and `groups.tsv`
(kept by hand; their names come first). Codes: ISO 3166-1 alpha-2 (also the withdrawn `SU`, `YU`, `CS`, `DD`, `AN`),
ISO 3166-2, the group codes of groups.tsv, `geonames:ID`. Not supported: second-level subdivisions, the members of a
group at an earlier date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from pipeline.errors import LexiconError
from pipeline.lexicon.load import rows, values
from pipeline.model.area import AreaKind

WORD = re.compile(r"\w+")
KINDS = ("country", "subdivision", "city", "group", "region", "feature")
CITY_TYPES = frozenset(
    {
        "municipality", "city", "port", "special city", "metropolitan city", "capital city", "autonomous city",
        "state city", "special self-governing city", "metropolitan administration", "capital district",
        "federal district", "federal territory", "town",
    }
)  # fmt: skip
# What texts call a subdivision, by the type that ISO 3166-2 or areas.tsv gives it: translations are loose.
LOOSE_NOUNS = {
    "oblast": {"oblast", "region", "province", "state"},
    "krai": {"krai", "kray", "territory", "region", "province"},
    "republic": {"republic", "region"},
    "autonomous region": {"autonomous region", "region"},
    "autonomous okrug": {"autonomous okrug", "autonomous district", "okrug", "district", "region"},
    "autonomous oblast": {"autonomous oblast", "autonomous region", "oblast", "region"},
    "land": {"land", "state"},
    "union territory": {"union territory", "territory"},
    "voivodship": {"voivodship", "voivodeship", "province", "region"},
    "autonomous community": {"autonomous community", "community", "region", "province"},
    "metropolitan region": {"region"},
    "administrative region": {"region", "oblast", "province"},
    "regional state": {"region", "state"},
    "governorate": {"governorate", "province"},
    "geographical unit": {"island", "region"},
}


# Provinces so much bigger than their city of the same name that the bare name means the province.
LEADING = {"CN-JL"}


@dataclass(slots=True)
class Place:
    """A row of the gazetteer. `parent` is the code next above, `size` people (0 unknown), `order` breaks ties."""

    code: str | None
    kind: AreaKind
    type: str
    name: str
    parent: str | None
    size: int
    order: int
    leads: bool = False
    """The bare name means this one, though a city of that name lies in it (`Jilin`)."""
    names: list[str] = field(default_factory=list)
    demonyms: list[str] = field(default_factory=list)

    def country(self) -> str | None:
        """The ISO 3166-1 code of the country it lies in; None for groups and regions of several countries."""
        if self.kind == "country":
            return self.code
        return self.parent[:2] if self.parent else None


@dataclass(slots=True)
class Gazetteer:
    """All places; `by_name` has, by `key(name)`, the places of that name and whether it is their demonym."""

    places: list[Place] = field(default_factory=list)
    by_code: dict[str, Place] = field(default_factory=dict)
    by_name: dict[str, list[tuple[Place, bool]]] = field(default_factory=dict)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    """First word of a name -> the names (accents off) that begin with it."""
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)


def key(name: str) -> str:
    """What two spellings of a name have in common: its words, parted by single spaces, accents already off."""
    return name if name.isalpha() else " ".join(WORD.findall(name))


@cache
def accents_off() -> dict[int, str]:
    """A table for `str.translate` that keeps every offset: letters without accents, plain quotes, dashes, spaces."""
    import unicodedata

    table = {}
    for number in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(number))[0]
        if base.isascii():
            table[number] = base
    table |= dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4\u2032\u02bb\u02be\u02bf`"), "'")
    table |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
    table |= dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u3000"), " ")
    table |= dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb"), '"')
    return table | {ord("\u0131"): "i", ord("\u00f8"): "o", ord("\u00d8"): "O", ord("\u0142"): "l", ord("\u0141"): "L"}


def plain(text: str) -> str:
    """`text` with the same length, accents off, quotes, dashes and spaces in their plain forms."""
    return text if text.isascii() else text.translate(accents_off())


@cache
def gazetteer() -> Gazetteer:
    """The merged tables; raises LexiconError for a kind it doesn't know."""
    book = Gazetteer()
    for table in ("areas", "gazetteer"):
        for row in rows(table):
            _add(book, row)
    for row in rows("groups"):
        _add(book, {**row, "kind": "group"})
        book.members[row["code"]] = values(row["members"])
    for place in book.places:
        _index(book, place)
    return book


def _add(book: Gazetteer, row: dict[str, str]) -> None:
    place = book.by_code.get(row["code"])
    if place is None:
        if row["kind"] not in KINDS:
            raise LexiconError(f"areas.tsv: {row['name']} has the kind {row['kind']!r}; use one of {', '.join(KINDS)}")
        kind = cast(AreaKind, row["kind"])
        place = Place(row["code"] or None, kind, row["type"], row["name"], row.get("parent") or None, 0, len(book.places))
        place.leads = row["code"] in LEADING
        book.places.append(place)
        if row["code"]:
            book.by_code[row["code"]] = place
    place.size = place.size or int(row.get("size") or 0)
    place.names += [row["name"], *values(row["other_names"])]
    place.demonyms += values(row.get("demonyms", ""))


def _index(book: Gazetteer, place: Place) -> None:
    for name in dict.fromkeys(place.names):
        _enter(book, name, place, False)
        if name.startswith("the "):
            _enter(book, f"The {name[4:]}", place, False)
    for demonym in dict.fromkeys(place.demonyms):
        _enter(book, demonym, place, True)
        if demonym[-1] in "nicktdbe" and not demonym.endswith(("ch", "sh")):
            _enter(book, demonym + "s", place, True)


def _enter(book: Gazetteer, name: str, place: Place, demonym: bool) -> None:
    name = plain(name)
    common = key(name)
    known = book.by_name.get(common)
    if known is None:
        book.by_name[common] = [(place, demonym)]
        first = common.partition(" ")[0]
        book.spellings.setdefault(first, []).append(name)
    elif all(other is not place for other, _ in known):
        known.append((place, demonym))


def country_of(code: str) -> str | None:
    """The ISO 3166-1 code of the country that `code` lies in (`CN` for `CN-HL`), itself for a country, else None."""
    place = gazetteer().by_code.get(code)
    return place.country() if place else None


def parent_of(code: str) -> str | None:
    """The code next above: a city's subdivision where known, else its country; a subdivision's country; else None."""
    place = gazetteer().by_code.get(code)
    return place.parent if place else None


def kind_of(code: str) -> AreaKind | None:
    """country, subdivision, city or group; None for a code that is unknown."""
    place = gazetteer().by_code.get(code)
    return place.kind if place else None


def name_of(code: str) -> str | None:
    """The English name, None for a code that is unknown."""
    place = gazetteer().by_code.get(code)
    return place.name if place else None


def type_noun(code: str) -> str | None:
    """The noun for what it is: `province`, `autonomous region`, `city`, `port`, `oblast`, `country`, `bloc`."""
    place = gazetteer().by_code.get(code)
    return place.type if place else None


def members(group: str) -> tuple[str, ...]:
    """The country codes of a group, today's; empty where the list is open (`BRI`, `WORLD`) or the code unknown."""
    return gazetteer().members.get(group, ())


def fits_type(code: str, noun: str) -> bool:
    """Whether a text could call the area `the NOUN`: `fits_type("CN-HL", "province")`; looser for translated types."""
    place = gazetteer().by_code.get(code)
    return place is not None and place_fits(place, noun)


def place_fits(place: Place, noun: str) -> bool:
    """`fits_type` for a place that may have no code; `noun` in any case."""
    wanted = noun.lower()
    if place.kind == "country":
        return wanted in {"country", "nation", "republic", "kingdom", "state"}
    if place.kind == "group":
        return wanted in {"bloc", "group", "union", "community", "zone", "area"}
    if place.kind == "city" or place.type in CITY_TYPES:
        return wanted in {"city", "port", "town", "municipality", "prefecture", "metropolis"} or wanted == place.type
    return wanted == place.type or wanted in LOOSE_NOUNS.get(place.type, ())
