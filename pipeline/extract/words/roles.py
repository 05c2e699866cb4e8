"""Who trades with whom: the part that each area plays in a stretch of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.words.indicators import is_statistic
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import is_nominal
from pipeline.model.area import AreaMention

_PARTNER_PREPOSITIONS = frozenset("with to into towards toward outside for".split())
_REPORTER_PREPOSITIONS = frozenset(["of", "in", "at", "across", "by", "within", "throughout"])
_PASSED = frozenset(["through", "via", "near", "beyond", "around", "on"])
_TAKERS = frozenset(
    "took take takes bought buy buys purchased received receives absorbed ordered buying taking got".split()
)
_OF_AREAS = frozenset(
    "whole provinces countries province city port members region state states regions cities ports".split()
)
_PHRASE_TAGS = frozenset(
    ("DT", "PRP$", "JJ", "JJS", "NN", "NNS", "NNP", "NNPS", "VBG", "VBN", "HYPH", "POS", "``", "''")
)
_MEMBERS = ("countries", "economies", "members", "partners", "regions", "nations", "markets")
_OWNED = frozenset(
    "value volume values port ports city province region total turnover part whole regions customs".split()
)


@dataclass
class Roles:
    reporters: list[str] = field(default_factory=list)
    owners: list[tuple[int, str]] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    takers: list[str] = field(default_factory=list)
    partner_open: bool = False
    sourced: bool = False
    within: list[str] = field(default_factory=list)
    subject_area: str | None = None


def read_roles(items: Sequence[Item], flow: str | None, head: int | None) -> Roles:
    roles = Roles()
    for i, item in enumerate(items):
        if item.kind != "area" or item.data.form in ("organisation", "locator") or item.data.kind == "feature":
            continue
        if _covered(items, i) or (item.data.code == "WORLD" and _ranks(items, i)):
            continue
        _place(roles, items, i, item.data, flow, head)
    return roles


def _ranks(items: Sequence[Item], i: int) -> bool:
    """`the world's second-largest producer`, `No. 1 among the world's oil companies` say nothing of the world."""
    among = any(item.is_word("among") or item.tag == "JJS" for item in items[max(0, i - 2) : i])
    following = items[i + 1 : i + 6]
    superlative = ("largest", "biggest", "top", "leading")
    return among or any(item.tag == "JJS" or item.lower.endswith(superlative) for item in following)


def _covered(items: Sequence[Item], i: int) -> bool:
    """A demonym before a more precise area of the same phrase (`the Chinese provinces of Liaoning`) says
    nothing new."""
    if items[i].data.form != "demonym":
        return False
    for item in items[i + 1 : i + 5]:
        if item.kind == "area":
            return bool(item.data.kind in ("subdivision", "city"))
        if not (is_nominal(item) or item.is_word("of")):
            return False
    return False


def _place(roles: Roles, items: Sequence[Item], i: int, area: AreaMention, flow: str | None, head: int | None) -> None:
    role = _role(items, i, area, flow, head)
    if role == "between":
        role = "partner" if roles.reporters else "pair"
    if role == "partner":
        _add(roles, area)
    elif role == "taker" and area.code is None:
        roles.partner_open = True
    elif area.code is None:
        return
    elif role == "pair":
        (roles.partners if roles.reporters else roles.reporters).append(area.code)
    elif role == "taker":
        roles.takers.append(area.code)
    elif role == "reporter":
        _own(roles, items, i, area.code, head)
    elif role == "subject":
        roles.subject_area = area.code


def _own(roles: Roles, items: Sequence[Item], i: int, code: str, head: int | None) -> None:
    lead = _lead(items, i)
    roles.reporters.append(code)
    roles.sourced |= lead == "from"
    if lead == "in":
        roles.within.append(code)
    roles.owners.append((abs(i - head) if head is not None else i, code))


def _add(roles: Roles, area: AreaMention) -> None:
    if area.code:
        roles.partners.append(area.code)
    else:
        roles.partner_open = True


def _role(items: Sequence[Item], i: int, area: AreaMention, flow: str | None, head: int | None) -> str:
    """What an area does in its stretch: reporter, partner, between, taker, subject, pair or nothing ('')."""
    if area.form in ("pair", "partner"):
        return area.form
    if head is not None and i < head and flow == "total" and items[head].data["part"] == "verb" and _coupled(items, i):
        return "pair"
    if area.form == "demonym" and _people(items, i) and _lead(items, i) in ("to", "from", "with"):
        return "partner"
    owning = area.form in ("possessive", "demonym")
    if owning and head is not None and i < head and (_attributive(items, i) or _owns(items, i, head)):
        return "reporter"
    led = _led_role(items, i, area, flow, head)
    if led is not None:
        return led
    if _is_taker(items, i):
        return "taker"
    return "reporter" if owning or _attributive(items, i) else "subject"


_PEOPLE = (
    "partners partner buyers buyer customers consumers market markets side suppliers sellers importers neighbours "
    "neighbors companies firms traders"
).split()


def _people(items: Sequence[Item], i: int) -> bool:
    """`to Chinese buyers`, `from the Russian side`: those who trade from over there."""
    return any(item.is_word(*_PEOPLE) for item in items[i + 1 : i + 3])


def _owns(items: Sequence[Item], i: int, head: int) -> bool:
    """`with the country's exports sinking`, `to China's imports`: whose flow it is, whatever leads to it."""
    between = items[i + 1 : head]
    return bool(between) and between[0].tag == "POS" and all(is_nominal(item) for item in between[1:])


def _coupled(items: Sequence[Item], i: int) -> bool:
    """`Russia and Turkey traded for 52 billion dollars`"""
    beside = [items[k] for k in (i - 2, i + 2) if 0 <= k < len(items) and items[(i + k) // 2].is_word("and")]
    return any(item.kind == "area" for item in beside)


def _led_role(items: Sequence[Item], i: int, area: AreaMention, flow: str | None, head: int | None) -> str | None:
    """The part that the preposition before an area gives it; None where there is none that decides."""
    lead = _lead(items, i)
    if lead in ("between", "among"):
        return "between"
    if lead == "for" and _as_a_whole(items, i):
        return "reporter"
    if lead in _PARTNER_PREPOSITIONS:
        # `imports of T-shirts into the European Union`
        return "reporter" if lead == "into" and flow == "imports" else "partner"
    if lead == "from":
        earned = head is not None and items[head].lower in ("earnings", "receipts", "proceeds")
        return "reporter" if flow == "exports" and not earned else "partner"
    if lead in _PASSED:
        return ""
    if lead in ("in", "of") and _bought_there(items, i, flow, head):
        return "partner"
    if lead == "of" and flow == "imports" and area.form == "demonym" and head is not None and head < i:
        # `imports of Belarusian products`
        return "partner"
    if lead == "of":
        return "between" if _of_both(items, i, head) else "reporter" if _owned(items, i) else ""
    if lead == "in" and head is None and _has_owner(items[:i], area):
        return "partner"
    return "reporter" if lead in _REPORTER_PREPOSITIONS else None


def _as_a_whole(items: Sequence[Item], i: int) -> bool:
    return [item.lower for item in items[i + 1 : i + 4]] == ["as", "a", "whole"]


_MUTUAL = ("mutual", "bilateral", "two-way")
_OF_TWO = ("trade", "trade turnover", "turnover", "trade volume", "turnover of trade")


def _of_both(items: Sequence[Item], i: int, head: int | None) -> bool:
    return head is not None and head < i and _mutual(items, head) and _coupled(items, i)


def _mutual(items: Sequence[Item], head: int) -> bool:
    """`mutual trade of Kenya and Uganda`, `the turnover of Kenya and Uganda`: what the two do with each other."""
    near = [item.lower for item in items[max(0, head - 1) : head + 1]]
    return (
        near[-1].startswith(_MUTUAL)
        or near[0] in _MUTUAL
        or (near[-1] in _OF_TWO and near[0] not in ("foreign", "external", "total"))
    )


def _bought_there(items: Sequence[Item], i: int, flow: str | None, head: int | None) -> bool:
    """`Chinese purchases in Russia`"""
    return flow == "imports" and head is not None and head < i and items[head].lower == "purchases"


def _has_owner(items: Sequence[Item], area: AreaMention) -> bool:
    """`China's direct investment in Russia`: somebody else owns the statistic."""
    owners = (
        x.data
        for i, x in enumerate(items)
        if x.kind == "area" and (x.data.form in ("possessive", "demonym") or _lead(items, i) == "of")
    )
    return any(owner.code != area.code for owner in owners)


def _owned(items: Sequence[Item], i: int) -> bool:
    """`the exports of X`, `the GDP of X`, `the port of X` own something; `the exception of the EU` does not."""
    k = next((k for k in range(i - 1, -1, -1) if items[k].is_word("of")), 0)
    before = items[k - 1] if k else None
    return before is not None and (
        before.kind in ("flow", "mode") or before.lower in _OWNED or is_statistic(before.text)
    )


def _lead(items: Sequence[Item], i: int) -> str:
    """The preposition that governs the area, looking back over its noun phrase and coordinated areas."""
    k = i - 1
    while k >= 0:
        item = items[k]
        if item.kind == "word" and item.tag in ("IN", "TO"):
            over = _within_name(items, k)
            if not over:
                return item.lower
            k -= over
        elif not _in_phrase(item) or (_joins(item) and not _joins_areas(items, k)):
            return ""
        else:
            k -= 1
    return ""


def _within_name(items: Sequence[Item], k: int) -> int:
    """How many items back a preposition leads that is part of what the areas are called (`countries along`), else 0."""
    lower, before = items[k].lower, items[k - 1].lower if k else ""
    if lower == "of" and before in _OF_AREAS:
        return 2
    if lower in ("along", "participating", "in") and before in _MEMBERS:
        return 2
    # `countries participating in the Belt and Road Initiative`
    return 3 if lower in ("in", "along") and k > 1 and items[k - 2].lower in _MEMBERS else 0


def _in_phrase(item: Item) -> bool:
    if item.kind == "area":
        return bool(item.data.form != "possessive")
    if item.kind == "word" and item.tag in _PHRASE_TAGS:
        return True
    return item.text in (",", '"', "'", "(") or item.is_word("and", "or", "both", "&")


def _joins(item: Item) -> bool:
    return item.text == "," or item.is_word("and", "or")


def _joins_areas(items: Sequence[Item], k: int) -> bool:
    if not k:
        return False
    before = items[k - 1]
    closed = before.text in (",", ")") and k > 1
    return before.kind == "area" or closed or before.lower in ("countries", "regions", "members")


def _attributive(items: Sequence[Item], i: int) -> bool:
    """An area right before a flow or a noun (`UK exports`, `Heihe port trade`)."""
    k = i + 1
    while k < len(items) and is_nominal(items[k]):
        k += 1
    if k < len(items) and items[k].kind == "flow" and items[k].data["part"] == "noun":
        return True
    return k > i + 1 and items[i + 1].tag in ("NN", "NNS", "JJ")


def _is_taker(items: Sequence[Item], i: int) -> bool:
    return any(item.lower in _TAKERS for item in items[i + 1 : i + 4] if item.kind == "word")
