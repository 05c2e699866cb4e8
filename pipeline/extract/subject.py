"""What a stretch of words says the next figure is about: flow, product, reporter, partner, indicator.

A stretch is what stands between two quantities (or the beginning of the sentence and the first). It is read once,
without context: whatever it does not say stays None and is inherited by the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.items import Item
from pipeline.extract.indicators import is_statistic
from pipeline.extract.phrases import is_nominal, phrase_left, phrase_right, product, words
from pipeline.model.area import AreaMention

_PARTNER_PREPOSITIONS = frozenset("with to into towards toward outside".split())
_REPORTER_PREPOSITIONS = frozenset("of in at across by within throughout".split())
_PASSED = frozenset("through via near beyond around on".split())
_TAKERS = frozenset("took take takes bought buy buys purchased received receives absorbed ordered buying taking got".split())
_CLAUSE_MARKS = frozenset(", ; : ( ) - —".split())
_PRICED = ("price", "prices", "orders", "tariff", "tariffs", "tax", "taxes", "duties", "capacity", "unit")
_MEMBERS = ("countries", "economies", "members", "partners", "regions", "nations", "markets")
_OWNED = frozenset("value volume values port ports city province region total turnover part whole regions customs".split())
_TOTAL = frozenset("total overall whole entire all".split())


@dataclass(frozen=True, slots=True)
class Subject:
    """The parts of a series key that the words give. `partners` and `reporters` keep the order of the text.

    `partner_open` says that a partner is named that has no code (Africa, the rest of the world). `whole` says that
    the words speak of the total, so that no product or partner is inherited. `products` parts a coordination.
    """

    flow: str | None = None
    sign: int = 1
    commodity: str | None = None
    indicator: str | None = None
    reporters: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    partner_open: bool = False
    whole: bool = False
    takers: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    subject_area: str | None = None
    within: tuple[str, ...] = ()
    head: int | None = None
    verbal: bool = False
    owner: str | None = None
    sourced: bool = False
    mode: str | None = None
    relative: bool = False

    @property
    def empty(self) -> bool:
        """Whether the words say nothing about the subject."""
        named = self.flow or self.mode or self.commodity or self.indicator or self.reporters or self.partners
        return not (named or self.partner_open or self.takers or self.subject_area)


@dataclass
class _Roles:
    reporters: list[str] = field(default_factory=list)
    owners: list[tuple[int, str]] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    takers: list[str] = field(default_factory=list)
    partner_open: bool = False
    sourced: bool = False
    within: list[str] = field(default_factory=list)
    subject_area: str | None = None


def read_subject(items: Sequence[Item], flow_hint: str | None = None) -> Subject:
    """The subject that `items` (no quantities among them) name. `flow_hint` is the flow in force, for `from` and takers."""
    head = _flow_index(items)
    priced = _priced(items, head)
    if priced is not None:
        head = None
    flow = items[head].data["flow"] if head is not None else None
    mode = next((item.text for item in reversed(items) if item.kind == "mode"), None) if head is None else None
    roles = _roles(items, flow or flow_hint, head)
    commodity = _commodity(items, head) if head is not None else None
    return Subject(
        flow=flow,
        mode=mode,
        relative=any(a.is_word("that", "those") and b.is_word("of") for a, b in zip(items, items[1:], strict=False)),
        sign=int(items[head].data["sign"]) if head is not None else 1,
        commodity=commodity,
        indicator=None if head is not None else priced or _indicator(items),
        reporters=tuple(dict.fromkeys(roles.reporters)),
        owner=min(roles.owners)[1] if roles.owners else None,
        sourced=roles.sourced,
        within=tuple(roles.within),
        partners=tuple(dict.fromkeys(roles.partners)),
        partner_open=roles.partner_open,
        whole=head is not None and _is_whole(items, head),
        takers=tuple(dict.fromkeys(roles.takers)),
        flows=tuple(item.data["flow"] for item in items if item.kind == "flow"),
        subject_area=roles.subject_area,
        head=head,
        verbal=head is not None and items[head].data["part"] == "verb",
    )


def _flow_index(items: Sequence[Item]) -> int | None:
    """The flow that governs: the last noun or verb of trade, weak ones only with a partner, product or possessive.
    In `the gap between exports and imports` the gap governs."""
    gap = next((i for i, item in enumerate(items) if item.kind == "flow" and item.data["flow"] == "balance"), None)
    if gap is not None and gap + 1 < len(items) and items[gap + 1].is_word("between"):
        return gap
    for i in range(len(items) - 1, -1, -1):
        if items[i].kind != "flow":
            continue
        if items[i].data["weak"] and not _strengthened(items, i):
            continue
        # `the value of exports` names one flow; `trade surplus in exports` would not be news.
        return i
    return None


def _priced(items: Sequence[Item], head: int | None) -> str | None:
    """`the average import price`: a statistic of trade other than its amount."""
    if head is None or head + 1 >= len(items) or not items[head + 1].is_word(*_PRICED):
        return None
    begin, _ = phrase_left(items, head)
    return words(items[begin : head + 2])


def _strengthened(items: Sequence[Item], i: int) -> bool:
    following = items[i + 1] if i + 1 < len(items) else None
    area_before = any(item.kind == "area" for item in items[max(0, i - 3) : i])
    if items[i].lower == "sales":
        return bool(following and following.is_word("to") and _area_follows(items, i + 1))
    return bool(following and following.is_word("to", "of", "from", "with", "in") and (area_before or _area_follows(items, i + 1)))


def _area_follows(items: Sequence[Item], i: int) -> bool:
    return any(item.kind == "area" for item in items[i : i + 5])


def _is_whole(items: Sequence[Item], head: int) -> bool:
    begin, _ = phrase_left(items, head)
    return any(item.lower in _TOTAL for item in items[begin:head]) and product(words(items[begin:head])) is None


def _commodity(items: Sequence[Item], head: int) -> str | None:
    """The product a flow is confined to: `NP exports`, `exports of NP`, `exported ... of NP`, `NP exported`."""
    begin, before = phrase_left(items, head)
    if items[head].data["part"] == "verb":
        return _object(items, head) or _passive_subject(items, begin, before)
    nouns = any(item.tag.startswith(("NN", "JJ")) or item.kind == "mode" for item in items[begin:head])
    named = product(before) if nouns or before.lower().startswith("non") else None
    after = _of_phrase(items, head + 1)
    return after or _mode_behind(items, head) or named or _mode_near(items) or _repeated(items, head)


def _passive_subject(items: Sequence[Item], begin: int, before: str) -> str | None:
    """`rubber tires exported`, `iron ore has been imported`: the product is the subject unless an area is."""
    i = begin
    while i > 0 and items[i - 1].kind in ("word", "level") and (items[i - 1].tag.startswith(("VB", "RB", "MD")) or items[i - 1].kind == "level"):
        i -= 1
    if i < begin or not before:
        _, before = phrase_left(items, i)
    return product(before)


def _object(items: Sequence[Item], head: int) -> str | None:
    _, text = phrase_right(items, head + 1)
    return product(text)


def _of_phrase(items: Sequence[Item], i: int) -> str | None:
    """`of NP` behind a flow (and its `value`, `volume`), unless the NP is an area."""
    while i < len(items) and items[i].is_word("value", "volume", "values", "volumes", "here", "there"):
        i += 1
    if i + 1 >= len(items) or not items[i].is_word("of"):
        return None
    if items[i + 1].kind == "area" and items[i + 1].data.form == "demonym":
        i += 1
    end, text = phrase_right(items, i + 1)
    if not any(item.tag.startswith("NN") or item.kind == "mode" for item in items[i + 1 : end]):
        return None
    if not text or (end < len(items) and items[end].kind == "area" and items[i + 1].kind == "area"):
        return None
    return product(text)


def _mode_behind(items: Sequence[Item], head: int) -> str | None:
    """`the deficit for goods alone`, `the surplus on trade-in-services`."""
    near = items[head + 1 : head + 4]
    return next((item.text for item in near if item.kind == "mode"), None) if near and near[0].is_word("for", "on", "in") else None


def _repeated(items: Sequence[Item], head: int) -> str | None:
    """`the export of cable increased, with exports of ...`: the same flow named twice is the same trade."""
    for i in range(head - 1, -1, -1):
        if items[i].kind == "flow" and items[i].data["flow"] == items[head].data["flow"]:
            return _object(items, i) if items[i].tag.startswith("VB") else _commodity(items, i)
    return None


def _mode_near(items: Sequence[Item]) -> str | None:
    """`In general trade, exports were ...`: a mode of trade in the same stretch confines the flow."""
    modes = [item for item in items if item.kind == "mode"]
    return modes[-1].text if modes else None


def _indicator(items: Sequence[Item]) -> str | None:
    """The noun phrase that a predicate speaks of: the first that is a statistic, else the first that no preposition
    governs. A phrase of names alone (a person, a ministry) is none."""
    free: list[str] = []
    bound: list[str] = []
    i = 0
    while i < len(items):
        if not is_nominal(items[i]) or items[i].text == "-":
            i += 1
            continue
        end, text = phrase_right(items, i)
        governed = i > 0 and _governed(items, i)
        worded = any(item.tag.startswith("NN") or item.kind == "mode" or item.is_word("former", "latter") for item in items[i:end])
        if end > i and governed and worded and is_statistic(text):
            bound.append(text)
        if end > i and worded and not governed:
            named = all(item.tag.startswith("NNP") for item in items[i:end])
            text, end = _with_of(items, end, text)
            if is_statistic(text) or not named:
                free.append(text)
        i = max(end, i + 1)
    return next((text for text in free if is_statistic(text)), free[0] if free else bound[-1] if bound else None)


def _governed(items: Sequence[Item], i: int) -> bool:
    k = i - 1
    while k > 0 and (items[k].tag in ("DT", "PRP$", "POS", "JJ", "CD", "HYPH") or items[k].kind == "area"):
        k -= 1
    item = items[k]
    return item.kind == "word" and item.tag in ("IN", "TO") and item.lower not in ("that", "while", "of", "if", "because", "although", "though")


def _with_of(items: Sequence[Item], end: int, text: str) -> tuple[str, int]:
    while end + 1 < len(items) and items[end].is_word("of") and items[end + 1].kind != "area":
        after, more = phrase_right(items, end + 1)
        if not more:
            break
        text, end = f"{text} of {more}", after
    return text, end


def _roles(items: Sequence[Item], flow: str | None, head: int | None) -> _Roles:
    roles = _Roles()
    for i, item in enumerate(items):
        if item.kind != "area" or item.data.form in ("organisation", "locator") or item.data.kind == "feature":
            continue
        if _covered(items, i):
            continue
        _place(roles, items, i, item.data, flow, head)
    return roles


def _covered(items: Sequence[Item], i: int) -> bool:
    """A demonym before a more precise area of the same phrase (`the Chinese provinces of Liaoning`) says nothing new."""
    if items[i].data.form != "demonym":
        return False
    for item in items[i + 1 : i + 5]:
        if item.kind == "area":
            return bool(item.data.kind in ("subdivision", "city"))
        if not (is_nominal(item) or item.is_word("of")):
            return False
    return False


def _place(roles: _Roles, items: Sequence[Item], i: int, area: AreaMention, flow: str | None, head: int | None) -> None:
    role = _role(items, i, area, flow, head)
    if role == "partner":
        _add(roles, area)
    elif role == "pair":
        (roles.reporters if not roles.reporters else roles.partners).append(area.code or "")
    elif role == "between":
        if roles.reporters:
            _add(roles, area)
        elif area.code:
            roles.reporters.append(area.code)
    elif role == "taker" and area.code is not None:
        roles.takers.append(area.code)
    elif role == "taker":
        roles.partner_open = True
    elif role == "reporter" and area.code:
        roles.reporters.append(area.code)
        lead = _lead(items, i)
        roles.sourced |= lead == "from"
        if lead == "in":
            roles.within.append(area.code)
        roles.owners.append((abs(i - head) if head is not None else i, area.code))
    elif role == "subject" and area.code:
        roles.subject_area = area.code


def _add(roles: _Roles, area: AreaMention) -> None:
    if area.code:
        roles.partners.append(area.code)
    else:
        roles.partner_open = True


def _role(items: Sequence[Item], i: int, area: AreaMention, flow: str | None, head: int | None) -> str:
    """What an area does in its stretch: reporter, partner, between, taker, subject, pair or nothing ('')."""
    if area.form == "pair":
        return "pair"
    if area.form in ("possessive", "demonym") and _attributive(items, i) and (head is not None and i < head):
        return "reporter"
    lead = _lead(items, i)
    if lead == "between" or lead == "among":
        return "between"
    if lead in _PARTNER_PREPOSITIONS:
        return "partner"
    if lead == "from":
        return "reporter" if flow == "exports" else "partner"
    if lead == "for":
        return "partner"
    if lead in _PASSED:
        return ""
    if lead in ("in", "of") and flow == "imports" and head is not None and items[head].lower in ("purchases", "buying") and head < i:
        return "partner"
    if lead == "of":
        return "reporter" if _owned(items, i) else ""
    if lead == "in" and head is None and any(x.kind == "area" and x.data.form in ("possessive", "demonym") and x.data.code != area.code for x in items[:i]):
        return "partner"
    if lead in _REPORTER_PREPOSITIONS:
        return "reporter"
    if _is_taker(items, i):
        return "taker"
    if area.form in ("possessive", "demonym") or _attributive(items, i):
        return "reporter"
    return "subject"


def _owned(items: Sequence[Item], i: int) -> bool:
    """`the exports of X`, `the GDP of X`, `the port of X` own something; `the exception of the EU` does not."""
    k = next((k for k in range(i - 1, -1, -1) if items[k].is_word("of")), 0)
    before = items[k - 1] if k else None
    return before is not None and (before.kind in ("flow", "mode") or before.lower in _OWNED or is_statistic(before.text))


def _lead(items: Sequence[Item], i: int) -> str:
    """The preposition that governs the area, looking back over its noun phrase and coordinated areas."""
    k = i - 1
    while k >= 0:
        item = items[k]
        if item.kind == "word" and item.tag in ("IN", "TO"):
            if item.lower == "of" and k > 0 and items[k - 1].lower in ("provinces", "countries", "province", "city", "port", "members", "region", "state", "states", "regions", "cities", "ports"):
                k -= 2
                continue
            if item.lower in ("along", "participating", "in") and k > 0 and items[k - 1].lower in _MEMBERS:
                k -= 2
                continue
            return item.lower
        if item.kind == "area" and item.data.form == "possessive":
            return ""
        skipped = item.kind == "area" or item.tag in ("DT", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "VBG", "VBN", "HYPH", "``", "''", "POS", "JJS") and item.kind == "word"
        if not skipped and not (item.text in (",", '"', "'", "(") or item.is_word("and", "or", "both", "&")):
            return ""
        if item.text == "," or item.is_word("and", "or"):
            before = items[k - 1] if k else None
            if before is None or not (before.kind == "area" or (before.text in (",", ")") and k > 1) or before.lower in ("countries", "regions", "members")):
                return ""
        k -= 1
    return ""


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
