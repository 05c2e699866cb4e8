"""Names of places that are words or persons first (`Reading`, `Bush`, `Jordan`): they need more than a
capital.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.areas.context import Context
from pipeline.lexicon.load import rows
from pipeline.lexicon.places import Place, index

AT_PLACE = frozenset({"in", "from", "to", "at", "via", "through", "near", "of", "between", "for", "with", "into"})
NO_PERSON = frozenset(
    (
        "in from to at via through near of and the with for by as on or but while when if into between against among "
        "after said exports imports trade shipments sales both except including over under that than where also only"
    ).split()
)
TITLES = frozenset(
    {"Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "Sir", "Lord", "Lady", "Reporter", "reporter"}
)
OFFICES = frozenset(
    (
        "President Premier Chancellor Minister Senator Governor Secretary Chairman Director Representative Ambassador "
        "Justice Mayor General economist analyst spokesman spokeswoman spokesperson"
    ).split()
)
SURNAMES = frozenset(
    (
        "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Song Tang "
        "Deng Han Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Yao Shen Lyu "
        "Kim Park Nguyen Tran Pham Le"
    ).split()
)
SURNAME_BIGGEST = 2_000_000
NEXT_NAME = re.compile(r"\s+(?!Province|City|State|Region|Port|Customs)[A-Z][a-z]+\b")
DATELINE = re.compile(r",\s+[A-Z][a-z]{2,8}\.?\s+\d|\s*\(|\s*[-,]\s")
COMPASS = re.compile(r"(?:(?:north|south|east|west|central)(?:ern)?[ -]?){1,2}", re.IGNORECASE)


@cache
def _word_names() -> dict[str, str]:
    return {row["name"]: row["kind"] for row in rows("area_words")}


def doubtful(context: Context, chosen: Place, home: str | None) -> bool:
    """Whether nothing beside the name says that the place is meant, where the name alone doesn't."""
    written = context.text[context.start : context.end]
    previous = context.previous()
    if previous.rstrip(".") in TITLES or (chosen.kind in ("city", "subdivision") and previous in OFFICES):
        return True
    if chosen.kind == "city" and chosen.size < SURNAME_BIGGEST and previous in SURNAMES:
        return True
    if written.isupper() and chosen.kind in ("city", "subdivision") and len(written) < 5 and written not in index().ids:
        return not _among_capitals(context)
    if COMPASS.fullmatch(written) and home != chosen.country():
        # `Only the North East bucked the trend`: of whatever country the text is on
        return True
    kind = _word_names().get(written if not written.isupper() else written.capitalize())
    if kind == "word" and chosen.kind != "country":
        return True
    return kind is not None and _as_person(context, chosen, home)


def _among_capitals(context: Context) -> bool:
    """Whether a short name in capitals stands in a headline or opens a dateline, so is no abbreviation."""
    following = re.match(r"(?:'S)?\s+(\w{3,})", context.text[context.end : context.end + 24])
    previous = context.previous()
    beside = (previous, following.group(1) if following else "")
    return any(word.isupper() and len(word) > 1 for word in beside) or bool(DATELINE.match(context.text, context.end))


def _as_person(context: Context, chosen: Place, home: str | None) -> bool:
    """Whether a name that persons bear stands like a person's: `Michael Jordan`, `Lincoln said`."""
    previous = context.previous()
    given = previous[:1].isupper() and previous[1:].islower() and previous.lower() not in NO_PERSON
    if chosen.kind == "country" or chosen.size > SURNAME_BIGGEST:
        return given
    if given or NEXT_NAME.match(context.text, context.end):
        return True
    return previous not in AT_PLACE and home != chosen.country()
