"""What is known of an area by its code: name, kind, type, country, what it lies in, whom a group has.

Codes: ISO 3166-1 alpha-2 (also the withdrawn `SU`, `YU`, `CS`, `DD`, `AN`, and `XK`), ISO 3166-2 of the
first level, the group codes of groups.tsv, `geonames:ID` for cities above 100,000 people and some border
ports. Not supported: second-level subdivisions, the members of a group at an earlier date.
"""

from __future__ import annotations

from functools import cache

from pipeline.lexicon.load import rows, values
from pipeline.lexicon.places import Place, place
from pipeline.model.area import AreaKind

CITY_TYPES = frozenset(
    [
        "municipality",
        "city",
        "port",
        "special city",
        "metropolitan city",
        "capital city",
        "autonomous city",
        "state city",
        "capital district",
        "special self-governing city",
        "metropolitan administration",
        "federal district",
        "federal territory",
        "town",
    ]
)
CITY_NOUNS = frozenset({"city", "port", "town", "municipality", "prefecture", "metropolis", "capital"})
# What texts call a subdivision, by the type that ISO 3166-2 or areas.tsv gives it: translations are loose.
LOOSE_NOUNS = {
    "oblast": {"region", "province", "state"},
    "krai": {"kray", "territory", "region", "province"},
    "republic": {"region"},
    "autonomous region": {"region"},
    "autonomous okrug": {"autonomous district", "okrug", "district", "region"},
    "autonomous oblast": {"autonomous region", "oblast", "region"},
    "land": {"state"},
    "union territory": {"territory"},
    "voivodship": {"voivodeship", "province", "region"},
    "autonomous community": {"community", "region", "province"},
    "metropolitan region": {"region"},
    "administrative region": {"region", "oblast", "province"},
    "regional state": {"region", "state"},
    "region": {"oblast", "province"},
    "governorate": {"province"},
    "geographical unit": {"island", "region"},
}
GROUP_NOUNS = frozenset({"bloc", "group", "union", "community", "zone", "area", "organisation", "organization"})
COUNTRY_NOUNS = frozenset({"country", "nation", "republic", "kingdom", "state"})


def country_of(code: str) -> str | None:
    """The ISO 3166-1 code of the country that `code` lies in (`CN` for `CN-HL`), itself for a country, else
    None.
    """
    known = place(code)
    return known.country() if known else None


def parent_of(code: str) -> str | None:
    """The code next above: a city's subdivision where known, else its country; a subdivision's country; else
    None.
    """
    known = place(code)
    return known.parent if known else None


def kind_of(code: str) -> AreaKind | None:
    """country, subdivision, city or group; None for a code that is unknown."""
    known = place(code)
    return known.kind if known else None


def type_noun(code: str) -> str | None:
    """The noun for what it is: `province`, `autonomous region`, `city`, `port`, `country`, `bloc`."""
    known = place(code)
    return known.type if known else None


@cache
def members(group: str) -> tuple[str, ...]:
    """The country codes of a group, today's; empty where the list is open (`BRI`, `WORLD`) or the code
    unknown.
    """
    return next((values(row["members"]) for row in rows("groups") if row["code"] == group), ())


def fits_type(code: str, noun: str) -> bool:
    """Whether a text could call the area `the NOUN`: `fits_type("CN-HL", "province")`; looser for translated
    types.
    """
    known = place(code)
    return known is not None and place_fits(known, noun)


def place_fits(known: Place, noun: str) -> bool:
    """`fits_type` for a place that may have no code; `noun` in any case."""
    wanted = noun.lower()
    if known.kind in ("country", "group"):
        return wanted in (COUNTRY_NOUNS if known.kind == "country" else GROUP_NOUNS)
    if wanted == known.type or wanted in LOOSE_NOUNS.get(known.type, ()):
        return True
    return (known.kind == "city" or known.type in CITY_TYPES) and wanted in CITY_NOUNS
