"""Which place a name means: by its type word, the country beside it or of the document, neighbours, size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.extract.areas.names import NameMatch
from pipeline.lexicon.gazetteer import CITY_TYPES, place_fits
from pipeline.lexicon.places import Place


@dataclass(frozen=True, slots=True)
class Hints:
    """What decides between places of one name.

    `home` is the document's country, `near` the subdivisions that the text names without doubt, `noun` the
    type word beside the name (`province`), `beside` the country named right beside it.
    """

    home: str | None = None
    near: frozenset[str] = frozenset()
    noun: str | None = None
    beside: str | None = None


def subdivisions_named(names: Iterable[NameMatch]) -> frozenset[str]:
    """The codes of subdivisions that a text names without doubt."""
    alone = (name.places[0][0] for name in names if len(name.places) == 1)
    return frozenset(one.code for one in alone if one.kind == "subdivision" and one.code)


def choose(name: NameMatch, hints: Hints) -> tuple[Place, list[Place]]:
    """The likeliest place of a name, and the others."""
    places = [one for one, _ in name.places if one.type != "prefix"] or [one for one, _ in name.places]
    if len(places) == 1:
        return places[0], []
    ranked = sorted(places, key=lambda one: _rank(one, places, hints))
    return ranked[0], ranked[1:]


def _rank(one: Place, places: list[Place], hints: Hints) -> tuple[bool | int, ...]:
    country = hints.beside or hints.home
    return (
        not (hints.noun and place_fits(one, hints.noun)),
        not (country and one.country() == country),
        one.parent not in hints.near,
        one.type != "port",  # of two towns a text on trade means the one at the border
        hints.noun != one.type,
        one.kind in ("subdivision", "city"),
        _shadowed(one, places),
        -one.size,
    )


def _shadowed(one: Place, places: list[Place]) -> bool:
    """Whether another place in the country has more right to the bare name.

    Of a province and its city (`Irkutsk`) it is the city, unless they are one (`Shanghai`) or
    the table says else.
    """
    same = [other for other in places if other is not one and other.country() == one.country()]
    if one.kind == "subdivision" and one.type not in CITY_TYPES:
        return not one.leads and any(other.kind == "city" or other.type in CITY_TYPES for other in same)
    if one.kind != "city":
        return False
    return any(other.leads or (other.kind == "subdivision" and other.type in CITY_TYPES) for other in same)
