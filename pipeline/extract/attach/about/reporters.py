"""Whose statistics a text reports, and whose country it is at home in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.extract.words.items import Item
from pipeline.extract.words.subject import read_subject
from pipeline.lexicon import gazetteer
from pipeline.model.area import AreaMention


def whose(sentences: Sequence[Sequence[Item]]) -> str | None:
    """The reporter of a text: whose statistics it gives, or the issuer of the only currency of a text without areas.

    `my country` in a text without an area of that country is the country whose currency it counts in; a capital
    that speaks for its country (`Beijing's figures`) is the country.
    """
    main = main_reporter(sentences[:10]) or main_reporter(sentences)
    spoken = any(b.is_word("country") and a.is_word("my", "our") for items in sentences for a, b in pairwise(items))
    if spoken and (own := issuer(sentences)) and (main is None or gazetteer.country_of(main) != own):
        return own
    if main is None:
        return issuer(sentences) or _only_country(sentences)
    return _of_capital(_of_market(main, sentences), sentences)


def _only_country(sentences: Iterable[Sequence[Item]]) -> str | None:
    """The country in which all places lie that a text names in passing, two at least."""
    named = [item.data.code for items in sentences for item in items if item.kind == "area" and item.data.code]
    countries = {gazetteer.country_of(code) for code in named}
    return next(iter(countries)) if len(countries) == 1 and len(set(named)) > 1 else None


def _of_market(main: str, sentences: Sequence[Sequence[Item]]) -> str:
    """The country of a city where something is only priced (`Spot rebar in Beijing`), where the text gives the figures
    of the country (`China's crude steel output`)."""
    country = gazetteer.country_of(main)
    placed = [(items, i) for items in sentences for i, item in enumerate(items) if item.kind == "area"]
    own = [(items, i) for items, i in placed if items[i].data.code == main]
    first, at = own[0] if own else ((), 0)
    if country in (None, main) or not at or not first[at - 1].is_word("in", "at"):
        return main
    if any(items[i].data.form != "noun" or items[i - 1].is_word("of") for items, i in own):
        return main
    named = (items for items, i in placed if items[i].data.code == country)
    return country if country and any(read_subject(items).owner == country for items in named) else main


def _of_capital(main: str, sentences: Iterable[Sequence[Item]]) -> str:
    """The country of a capital that is only named as its country's government is, where the text names both."""
    country = gazetteer.country_of(main)
    if country is None or main not in CAPITALS:
        return main
    named = [item.data for items in sentences for item in items if item.kind == "area"]
    own, whole = ([area for area in named if area.code == code] for code in (main, country))
    owning = len([area for area in whole if area.form in ("possessive", "demonym")])
    if len(whole) > len(own) == 1 or (owning and not any(area.form in ("possessive", "demonym") for area in own)):
        return country
    return main


CAPITALS = frozenset(
    (
        "CN-BJ RU-MOW KR-11 IN-DL KZ-71 UZ-TK KG-GB DE-BE VN-HN UA-30 MN-1 geonames:4140963 geonames:2643743 "
        "geonames:1850147 geonames:323786 geonames:2988507 geonames:6094817 geonames:2172517 geonames:1642911 "
        "geonames:2800866 geonames:625144 geonames:1176615 geonames:112931 "
        "geonames:3117735 geonames:3169070 geonames:264371 geonames:2267057 geonames:756135 AT-9 geonames:2964574 "
        "geonames:2673730 geonames:3143244 geonames:658225 geonames:2618425 HU-BU geonames:3067696"
    ).split()
)


_LATE = 4


def main_reporter(sentences: Iterable[Sequence[Item]]) -> str | None:
    """Whose statistics a document reports: the area that most often and earliest owns a flow or a statistic, is the
    subject, or is named at all; partners and pairs do not count."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for order, items in enumerate(sentences):
        for code, given in _owners(items):
            # Whose a late sentence is says less than whose the text begins with.
            weight = given if order < _LATE else min(given, 2)
            counts[code] += weight * (2 if order < 2 else 1)
            first.setdefault(code, order)
    if not counts:
        return None
    if min(first.values()) >= _LATE and max(counts.values()) <= 2:
        # Places that a story names late and in passing say nothing of whose it is.
        return None
    return min(counts, key=lambda code: (first[code] - counts[code], first[code], code))


def _owners(items: Sequence[Item]) -> Iterable[tuple[str, int]]:
    if not any(item.kind == "area" for item in items):
        return
    main = _main_clause(items)
    subject = read_subject(main)
    if subject.owner or subject.subject_area:
        items = main
    elif len(main) < len(items):
        subject = read_subject(items)
    opening = next((item for item in items[:2] if item.kind == "area"), None)
    if opening is not None and opening.data.code and opening.data.form in ("demonym", "possessive"):
        # `Danish brewer X has ...`: whose story it is.
        yield opening.data.code, 5
    yield from ((code, 5) for code in _partnered(items))
    if subject.owner:
        yield subject.owner, 5 if subject.flow else 2
    elif subject.subject_area:
        yield subject.subject_area, 2
    for i, item in enumerate(items):
        if item.kind == "area" and item.data.code and item.data.kind != "group" and not _reached(items, i):
            yield from _named_at_all(item.data, subject.partners)


def _reached(items: Sequence[Item], i: int) -> bool:
    """`sells raw materials to the PRC`: where something goes reports nothing."""
    lead = items[i - 2 : i - 1] if i > 1 and items[i - 1].is_word("the") else items[max(0, i - 1) : i]
    return items[i].data.form == "noun" and bool(lead) and lead[0].is_word("to")


def _named_at_all(area: AreaMention, partners: Sequence[str]) -> Iterable[tuple[str, int]]:
    country = gazetteer.country_of(area.code) if area.code else None
    if area.form == "organisation" and country == "GB":
        # `the Bank of England` speaks for the whole country.
        yield country, 1
    elif area.form == "locator" and area.kind == "city" and country:
        # `the Lima-based firm`
        yield country, 3
    elif area.form == "organisation" and area.kind == "city":
        # `an analyst in Richmond`
        return
    elif area.kind == "city" and area.code in CAPITALS and country:
        # `lawmakers in Washington`: named in passing a capital stands for its country.
        yield country, 1
    elif area.code and area.form != "pair" and area.code not in partners:
        yield area.code, 1


def _partnered(items: Sequence[Item]) -> Iterable[str]:
    """`the largest trading partner of Chile`: whose partners a text lists is its reporter."""
    for i, item in enumerate(items[:-2]):
        if item.lower in ("partner", "partners", "supplier", "suppliers", "buyer") and items[i + 1].is_word("of"):
            named = next((x for x in items[i + 2 : i + 4] if x.kind == "area" and x.data.code), None)
            if named is not None:
                yield named.data.code


def _main_clause(items: Sequence[Item]) -> Sequence[Item]:
    """A sentence up to its first subordinate clause, whose places are asides."""
    cut = next((i for i, item in enumerate(items) if i > 3 and _subordinates(items, i)), len(items))
    return items[:cut]


def _subordinates(items: Sequence[Item], i: int) -> bool:
    return items[i].is_word(*_SUBORDINATE) or (items[i].is_word("as") and items[i - 1].text == ",")


_SUBORDINATE = ("after", "because", "when", "while", "where", "which", "who", "although", "though", "whereas")
_ISSUERS = dict(
    pair.split(":")
    for pair in (
        "CNY:CN INR:IN JPY:JP KRW:KR RUB:RU GBP:GB BRL:BR VND:VN KZT:KZ TRY:TR THB:TH IDR:ID MYR:MY"
        " PHP:PH MXN:MX CHF:CH SEK:SE NOK:NO PLN:PL"
    ).split()
)


def issuer(sentences: Iterable[Sequence[Item]]) -> str | None:
    """The country whose own currency a text without any area counts in, or None; what stands in brackets is another."""
    units = Counter(
        b.data.unit
        for items in sentences
        for a, b in zip((None, *items), items, strict=False)
        if b.kind == "quantity" and b.data.unit in _ISSUERS and b.data.generic is None
        if a is None or a.text not in ("(", ";")
    )
    return _ISSUERS[units.most_common(1)[0][0]] if units else None


def home_country(mentions: Iterable[AreaMention], main: str | None) -> str | None:
    """The country of the document: that of its main reporter (or of the place where it was written), else the most
    frequent one."""
    if main is not None and (country := gazetteer.country_of(main)):
        return country
    counts = Counter(c for m in mentions if m.code and (c := gazetteer.country_of(m.code)))
    return counts.most_common(1)[0][0] if counts else None
