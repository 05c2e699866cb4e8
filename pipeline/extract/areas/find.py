"""Areas in a text: countries, provinces, cities, blocs, regions and rivers, told from bodies, currencies,
persons.

1. Names of the gazetteer are found, longest first (area_names); names that hyphens join are pairs.
2. What only looks like an area is dropped: currencies (`Hong Kong dollars`), streets, persons, words
   (`Reading`).
3. A river or sea becomes a feature; a part or complement (`northern X`, `non-X`) a region without a code.
4. An ambiguous name is settled: by its type word (`Jilin City`), by the country named after it, by the
   country of
the document, by size.
5. Its form is settled: organisation, locator, possessive, demonym, noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.areas.choice import Hints, choose, subdivisions_named
from pipeline.extract.areas.context import (
    Context,
    TypeWord,
    drop,
    feature_end,
    in_organisation,
    part_start,
    type_word,
)
from pipeline.extract.areas.doubt import doubtful
from pipeline.extract.areas.names import NameMatch, find_names
from pipeline.lexicon.gazetteer import parent_of, place_fits
from pipeline.lexicon.places import Place, place, plain
from pipeline.model.area import AreaForm, AreaMention

POSSESSIVE = re.compile(r"'\s?[sS]\b|(?<=[sS])'(?!\w)")
LOOSE_PAIR = re.compile(r"\s(?:trade|bilateral|border|relations|commerce)\b")
LOCATOR_BEFORE = re.compile(r"'s\s+|\s+(?:province|port|city|region|state|island)\s+of\s+")
PLACED_IN = re.compile(r",\s+(?:in\s+)?(?:the\s+)?|\s+\(|\s+in\s+(?:the\s+)?")
ON_A_BORDER_IN = re.compile(
    r",?\s+(?:which\s+)?(?:lies\s+|located\s+)?(?:on|at|near)\s+(?:the|its)\s+[^,.;]{0,40}\bborder\s+(?:in|of)\s+"
)
BORDER = re.compile(r"\s+(?:land\s+)?border\b")
ALONG = re.compile(r"\b(?:on|at|near|along)\s+(?:the|its)\s+$")


def find_areas(text: str, *, home: str | None = None) -> list[AreaMention]:
    """The areas that `text` names, in order; the mentions of form `pair` share a span.

    `home` is the ISO 3166-1 code of the document's country where known: it decides between places of one
    name. Not supported: names torn by a hyphen at a line's end (cleaning mends them before), abbreviations
    of subdivisions (`Calif.`), persons who bear an area's name beyond the commonest cues.
    """
    folded = plain(text)
    names = list(find_names(folded))
    hints = Hints(home=home, near=subdivisions_named(names))
    mentions: list[AreaMention] = []
    index = 0
    while index < len(names):
        run = _joined(folded, names, index)
        if len(run) > 1:
            mentions += _pair(folded, run, hints)
        else:
            beside = _country_beside(folded, names, index)
            mentions += _single(folded, names[index], replace(hints, beside=beside))
        index += len(run)
    mentions = _apart(mentions)
    return [replace(m, form="locator") if _BASED.match(folded, m.end) else m for m in _with_locators(folded, mentions)]


def _apart(mentions: list[AreaMention]) -> list[AreaMention]:
    """The mentions without those that begin inside of the one before (`China River-Amur`); a pair shares its span."""
    out: list[AreaMention] = []
    for mention in mentions:
        inside = (
            bool(out) and mention.start < out[-1].end and (mention.start, mention.end) != (out[-1].start, out[-1].end)
        )
        if not inside:
            out.append(mention)
    return out


def _joined(text: str, names: list[NameMatch], index: int) -> list[NameMatch]:
    """The names from `index` on that hyphens join: `China-Mongolia-Russia`, `EU - China trade`."""
    run = [names[index]]
    for following in names[index + 1 :]:
        between = text[run[-1].end : following.start]
        if between != "-" and not (between in ("/", " - ") and LOOSE_PAIR.match(text, following.end)):
            break
        run.append(following)
    return run


def _pair(text: str, run: list[NameMatch], hints: Hints) -> list[AreaMention]:
    context = Context(text, run[0].start, run[-1].end)
    if drop(context):
        return []
    form: AreaForm = "organisation" if in_organisation(context) else "pair"
    mentions = []
    for name in run:
        chosen, others = choose(name, hints)
        whole = place(chosen.parent) if chosen.type == "prefix" and chosen.parent else chosen
        mentions.append(_mention(whole or chosen, context.start, context.end, form, others))
    return mentions


def _single(text: str, name: NameMatch, hints: Hints) -> list[AreaMention]:
    context = Context(text, name.start, name.end)
    if drop(context) or all(one.type == "prefix" for one, _ in name.places):
        return []
    if end := feature_end(context):
        return [AreaMention(name.start, end, None, "feature", " ".join(text[name.start : end].split()))]
    kind_word = _fitting(type_word(context), name)
    chosen, others = choose(name, replace(hints, noun=kind_word.noun if kind_word else None))
    if kind_word is None and hints.beside is None and doubtful(context, chosen, hints.home):
        return []
    end = kind_word.end if kind_word and kind_word.end else name.end
    form = _form(replace(context, end=end), name, chosen)
    start = part_start(context)
    if start is not None and text.startswith("rest of", start) and chosen.kind == "group" and chosen.code != "WORLD":
        # `exports to the rest of the European Union`: the other members are still the union.
        return [_mention(chosen, name.start, end, "partner", others)]
    if start is None:
        return [_mention(chosen, name.start, end, form, others)]
    return [AreaMention(start, end, None, "region", " ".join(text[start:end].split()), form, _codes([chosen]))]


def _fitting(word: TypeWord | None, name: NameMatch) -> TypeWord | None:
    """The type word beside the name, if a place of that name could be called so."""
    return word if word and any(place_fits(one, word.noun) for one, _ in name.places) else None


def _country_beside(text: str, names: list[NameMatch], index: int) -> str | None:
    """The country that goes with the name, as in `Cordoba, Argentina`; None if nothing fits."""
    name = names[index]
    if index + 1 < len(names) and PLACED_IN.fullmatch(text, name.end, names[index + 1].start):
        wider = {one.country() for one, _ in names[index + 1].places}
        if found := next((c for c in _countries(name, "country") if c in wider), None):
            return found
    if index and PLACED_IN.fullmatch(text, names[index - 1].end, name.start):
        wider = {one.country() for one, _ in name.places}
        return next((c for c in _countries(names[index - 1], "country", "subdivision") if c in wider), None)
    return None


def _countries(name: NameMatch, *without: str) -> list[str]:
    """The countries of the places of a name, those of the kinds `without` left out."""
    return [country for one, _ in name.places if one.kind not in without and (country := one.country())]


def _form(context: Context, name: NameMatch, chosen: Place) -> AreaForm:
    if in_organisation(context):
        return "organisation"
    if POSSESSIVE.match(context.text, context.end):
        return "possessive"
    return "demonym" if any(demonym for one, demonym in name.places if one is chosen) else "noun"


def _mention(chosen: Place, start: int, end: int, form: AreaForm, others: list[Place]) -> AreaMention:
    codes = tuple(code for code in _codes(others) if code != chosen.code)
    if chosen.code is None and (country := chosen.country()):
        # A part of a country without a code of its own (`northeast China`)
        codes = (*codes, country)
    return AreaMention(start, end, chosen.code, chosen.kind, chosen.name, form, codes)


def _codes(places: list[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.code for one in places if one.code))


_BASED = re.compile(r"-based\b")


def _with_locators(text: str, mentions: list[AreaMention]) -> list[AreaMention]:
    """Marks the areas that only say where another one lies: `China's` in `east China's Zhejiang`."""
    marked = list(mentions)
    for number, (first, second) in enumerate(pairwise(mentions)):
        if "organisation" in (first.form, second.form) or first.end > second.start:
            continue
        between = text[first.end : second.start]
        if LOCATOR_BEFORE.fullmatch(between):
            if _lies_in(second, first):
                marked[number] = replace(first, form="locator")
        elif PLACED_IN.fullmatch(between) and _lies_in(first, second):
            marked[number + 1] = replace(second, form="locator")
    for number, (inner, country, outer) in enumerate(zip(marked, marked[1:], marked[2:], strict=False)):
        # `Tongjiang in China's Heilongjiang Province`
        placed = PLACED_IN.fullmatch(text[inner.end : country.start]) and _lies_in(inner, outer)
        if placed and country.form == "locator" and LOCATOR_BEFORE.fullmatch(text[country.end : outer.start]):
            marked[number + 2] = replace(outer, form="locator")
    return [replace(one, form="locator") if _bordering(text, mentions, n) else one for n, one in enumerate(marked)]


def _bordering(text: str, mentions: Sequence[AreaMention], number: int) -> bool:
    """`Dongxing, on the China-Vietnam border in Guangxi`: the border and what it lies in."""
    one = mentions[number]
    if BORDER.match(text, one.end) and ALONG.search(text, 0, one.start):
        return True
    before = mentions[max(0, number - 3) : number]
    return any(_lies_in(m, one) and ON_A_BORDER_IN.fullmatch(text[m.end : one.start]) for m in before)


def _lies_in(inner: AreaMention, outer: AreaMention) -> bool:
    """Whether the gazetteer puts `inner` into `outer` or into the country that `outer` is a part of."""
    wholes = {outer.code, *(outer.alternatives if outer.code is None else ())} - {None}
    above = parent_of(inner.code) if inner.code else None
    return above is not None and (above in wholes or above[:2] in wholes)
