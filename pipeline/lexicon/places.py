"""The places that areas are read from: three tables merged by code, indexed by name, built when first asked
for.

`gazetteer.tsv` is written by scripts/make_gazetteer.py (a row a country, its subdivisions and cities as
entries); `areas.tsv` and `groups.tsv` are kept by hand, and what they say of a code goes before what the
script found.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from pipeline.errors import LexiconError
from pipeline.lexicon.load import rows, values
from pipeline.model.area import AreaKind

WORD = re.compile(r"\w+")
KINDS = ("country", "subdivision", "city", "group", "region", "feature")


@dataclass(frozen=True, slots=True)
class Place:
    """A place. `code` is None for regions and features; `parent` is the code next above, `size` people (0
    unknown).
    """

    code: str | None
    kind: AreaKind
    type: str
    name: str
    parent: str | None
    size: int
    leads: bool = False
    """The bare name means this one, though a city of that name lies in it (`Jilin`)."""

    def country(self) -> str | None:
        """The ISO 3166-1 code of the country it lies in; None for groups and regions of several countries."""
        if self.kind == "country":
            return self.code
        return self.parent[:2] if self.parent else None


@dataclass(slots=True)
class Index:
    """Names and raw rows. An id is the code, or `~name` where there is none."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    """By `key(name)`, the ids of that name, those kept by hand first."""
    spellings: dict[str, list[str]] = field(default_factory=dict)
    """By first word, the names (accents off) that begin with it."""
    demonyms: set[tuple[str, str]] = field(default_factory=set)
    """(key, id) of names that are adjectives or peoples."""
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    found: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """By id, kind, country and entry of gazetteer.tsv."""


def key(name: str) -> str:
    """What two spellings of a name have in common: its words, parted by single spaces (accents off)."""
    return name if name.isalpha() else " ".join(WORD.findall(name))


def plain(text: str) -> str:
    """`text` with the same length, accents off, quotes, dashes and spaces in their plain forms."""
    return text if text.isascii() else text.translate(_plain_forms())


@cache
def _plain_forms() -> dict[int, str]:
    table = {}
    for number in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(number))[0]
        if base.isascii():
            table[number] = base
    for forms, form in (
        ("‘’ʼ´′ʻʾʿ`", "'"),
        ("‐‑‒–—−", "-"),
        ("\u00a0\u2009\u202f\u3000", " "),
        ("“”„«»", '"'),
    ):
        table |= dict.fromkeys(map(ord, forms), form)
    return table | {ord(letter): base for letter, base in zip("ıøØłŁđĐ", "ioOlLdD", strict=True)}


@cache
def index() -> Index:
    """All names; raises LexiconError for a row kept by hand whose kind isn't known."""
    built = Index()
    for row in rows("areas"):
        _keep(built, row)
    for row in rows("groups"):
        _keep(built, {**row, "kind": "group"})
    for row in rows("gazetteer"):
        _find(built, row)
    return built


@cache
def place(ident: str) -> Place | None:
    """The place of an id; None for one that no table has."""
    kept, found = index().kept.get(ident), index().found.get(ident)
    if found is None:
        return None if kept is None else _from_kept(kept)
    base = _from_found(ident, *found)
    if kept is None:
        return base
    kind = cast(AreaKind, kept["kind"])
    return Place(
        ident,
        kind,
        kept["type"],
        kept["name"],
        kept.get("parent") or base.parent,
        base.size,
        bool(kept.get("leads")),
    )


@cache
def places_named(name: str) -> tuple[tuple[Place, bool], ...]:
    """The places of a name (by its key), each with whether it is their demonym."""
    named = [(place(ident), (name, ident) in index().demonyms) for ident in index().ids.get(name, ())]
    return tuple((one, demonym) for one, demonym in named if one is not None)


def _keep(built: Index, row: dict[str, str]) -> None:
    if row["kind"] not in KINDS:
        raise LexiconError(f"areas.tsv: {row['name']} has the kind {row['kind']!r}; use one of {', '.join(KINDS)}")
    ident = row["code"] or f"~{row['name']}"
    built.kept[ident] = row
    nouns = (row["name"], *values(row["other_names"]))
    for name in nouns:
        _enter(built, name, ident)
        if name.startswith("the "):
            _enter(built, f"The {name[4:]}", ident)
    for demonym in values(row.get("demonyms", "")):
        people = demonym + "s" if demonym[-1] in "nicktdbe" and not demonym.endswith("ese") else demonym
        for name in (demonym, people):
            common = _enter(built, name, ident)
            if name not in nouns:
                built.demonyms.add((common, ident))


def _find(built: Index, row: dict[str, str]) -> None:
    country = row["code"]
    built.found[country] = ("country", country, f"{row['name']};{row['size']}")
    for name in (row["name"], *values(row["other_names"])):
        _enter(built, name, country)
    for entry in values(row["subdivisions"]):
        own, _, _, *names = entry.split(";")
        ident = f"{country}-{own}"
        built.found[ident] = ("subdivision", country, entry)
        for name in names:
            _enter(built, name, ident)
    for entry in values(row["cities"]):
        ident = "geonames:" + entry[: entry.index(";")]
        built.found[ident] = ("city", country, entry)
        _enter(built, entry[entry.rindex(";") + 1 :], ident)


def _enter(built: Index, name: str, ident: str) -> str:
    """Enters a name and returns its key."""
    spelled = plain(name)
    common = key(spelled)
    known = built.ids.get(common)
    if known is None:
        built.ids[common] = [ident]
    elif ident in known:
        return common
    else:
        known.append(ident)
    built.spellings.setdefault(common.partition(" ")[0], []).append(spelled)
    return common


def _from_kept(row: dict[str, str]) -> Place:
    kind = cast(AreaKind, row["kind"])
    return Place(
        row["code"] or None,
        kind,
        row["type"],
        row["name"],
        row.get("parent") or None,
        0,
        bool(row.get("leads")),
    )


def _from_found(ident: str, kind: str, country: str, entry: str) -> Place:
    fields = entry.split(";")
    if kind == "country":
        return Place(ident, "country", "country", fields[0], None, int(fields[1]))
    if kind == "subdivision":
        return Place(ident, "subdivision", fields[1], fields[3], country, int(fields[2]))
    parent = f"{country}-{fields[1]}" if fields[1] else country
    return Place(ident, "city", "city", fields[3], parent, int(fields[2]))
