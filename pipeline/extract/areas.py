"""Areas in a text: countries, provinces, cities, blocs, regions and rivers, told from bodies and currencies.

1. Names of the gazetteer are found, longest first (area_names).
2. What only looks like an area is dropped: currencies (`Hong Kong dollars`), streets, persons.
3. A river, sea or part (`X River`, `northern X`) becomes a feature or a region without a code.
4. An ambiguous name is settled: by its type word (`Jilin City`), by the country named after it, by the country of the
   document, by size.
5. Its form is settled: pair, possessive, organisation, demonym, noun.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.area_context import (
    Context,
    after_as_feature,
    drop,
    in_organisation,
    part_of,
    type_after,
    type_before,
)
from pipeline.extract.area_names import NameMatch, find_names
from pipeline.lexicon.gazetteer import CITY_TYPES, Place, gazetteer, place_fits, plain
from pipeline.model.area import AreaForm, AreaMention

POSSESSIVE = re.compile(r"'\s?[sS]\b|(?<=[sS])'(?!\w)")


def find_areas(text: str, *, home: str | None = None) -> list[AreaMention]:
    """The areas that `text` names, in order; two mentions of form `pair` share a span.

    `home` is the ISO 3166-1 code of the document's country where known: it decides between places of one name.
    Not supported: names torn by a hyphen at a line's end (cleaning mends them before), abbreviations of
    subdivisions (`Calif.`), persons with an area's name beyond the commonest cues.
    """
    folded = plain(text)
    names = list(find_names(folded))
    mentions: list[AreaMention] = []
    index = 0
    while index < len(names):
        run = _pair_run(folded, names, index)
        mentions += _pair(folded, run, home) if len(run) > 1 else _single(folded, names, index, home)
        index += len(run)
    return mentions


def _pair_run(text: str, names: list[NameMatch], index: int) -> list[NameMatch]:
    """The names from `index` on that hyphens join: `China-Mongolia-Russia`."""
    run = [names[index]]
    for following in names[index + 1 :]:
        between = text[run[-1].end : following.start]
        if between != "-" and not (between in ("/", "- ", " - ") and _closes_pair(text, following, between)):
            break
        run.append(following)
    return run


def _closes_pair(text: str, following: NameMatch, between: str) -> bool:
    """A loose hyphen joins two areas only before `trade` and its like: `EU - China trade`."""
    return between != "- " and re.match(r"\s(?:trade|bilateral|border|relations|commerce)\b", text[following.end :]) is not None


def _pair(text: str, run: list[NameMatch], home: str | None) -> list[AreaMention]:
    start, end = run[0].start, run[-1].end
    context = Context(text, start, end)
    if drop(context):
        return []
    form: AreaForm = "organisation" if in_organisation(context) else "pair"
    mentions = []
    for name in run:
        place, others = _choose(name, None, home)
        place = gazetteer().by_code[place.parent] if place.type == "prefix" and place.parent else place
        mentions.append(_mention(place, start, end, form, others))
    return mentions


def _single(text: str, names: list[NameMatch], index: int, home: str | None) -> list[AreaMention]:
    name = names[index]
    context = Context(text, name.start, name.end)
    if drop(context) or _only_prefix(name):
        return []
    if feature := after_as_feature(context):
        return [AreaMention(name.start, feature, None, "feature", text[name.start : feature])]
    noun, end = type_after(context)
    fitting = [place for place, _ in name.places if noun and place_fits(place, noun)]
    end = end if fitting else name.end
    wanted = noun if fitting else type_before(context)
    following = names[index + 1] if index + 1 < len(names) else None
    place, others = _choose(name, wanted, _named_after(text, name, following) or home)
    if start := part_of(context):
        label = " ".join(text[start:end].split())
        return [AreaMention(start, end, None, "region", label, _form(text, context, name, place, end), _codes([place]))]
    return [_mention(place, name.start, end, _form(text, context, name, place, end), others)]


def _only_prefix(name: NameMatch) -> bool:
    return all(place.type == "prefix" for place, _ in name.places)


def _named_after(text: str, name: NameMatch, following: NameMatch | None) -> str | None:
    """The country that follows after a comma, as in `Cordoba, Argentina`."""
    if following is None or not re.fullmatch(r",\s+|\s+\(", text[name.end : following.start]):
        return None
    countries = {place.country() for place, _ in following.places} & {place.country() for place, _ in name.places}
    return next(iter(sorted(country for country in countries if country)), None)


def _choose(name: NameMatch, noun: str | None, country: str | None) -> tuple[Place, list[Place]]:
    """The likeliest place of a name and the others."""
    places = [place for place, _ in name.places if place.type != "prefix"] or [place for place, _ in name.places]
    ranked = sorted(places, key=lambda place: _rank(place, places, noun, country))
    return ranked[0], ranked[1:]


def _rank(place: Place, places: list[Place], noun: str | None, country: str | None) -> tuple[object, ...]:
    return (
        not (noun and place_fits(place, noun)),
        not (country and place.country() == country),
        place.kind not in ("country", "group", "region"),
        _shadowed(place, places),
        -place.size,
        place.order,
    )


def _shadowed(place: Place, places: list[Place]) -> bool:
    """Of a province and its city of the same name (`Irkutsk`) the bare name means the city, unless they are one."""
    same = [other for other in places if other is not place and other.country() == place.country()]
    if place.kind == "subdivision" and place.type not in CITY_TYPES:
        return any(other.kind == "city" or other.type in CITY_TYPES for other in same) and not place.leads
    return place.kind == "city" and any(other.kind == "subdivision" and other.type in CITY_TYPES for other in same)


def _form(text: str, context: Context, name: NameMatch, place: Place, end: int) -> AreaForm:
    if in_organisation(replace(context, end=end)):
        return "organisation"
    if POSSESSIVE.match(text, end):
        return "possessive"
    return "demonym" if any(demonym for one, demonym in name.places if one is place) else "noun"



def _mention(place: Place, start: int, end: int, form: AreaForm, others: list[Place]) -> AreaMention:
    codes = tuple(code for code in _codes(others) if code != place.code)
    return AreaMention(start, end, place.code, place.kind, place.name, form, codes)


def _codes(places: list[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.code for place in places if place.code))
