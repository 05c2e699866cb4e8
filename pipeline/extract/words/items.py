"""A sentence as a row of typed items: what every later rule reads.

Kinds: `quantity`, `period`, `date`, `area`, `flow`, `mode` (a customs mode of trade), `change`, `level`, `share`,
`status` (forecast, estimate, target), `word`, `mark` (punctuation). Items do not overlap and stand in text order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import regex

from pipeline.extract.wording import alternation
from pipeline.lexicon import load
from pipeline.model.mention import Token


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `data` is the mention behind it (quantity, area, period) or the lexicon row of a cue; `lower` its words
    in lower case."""

    kind: str
    start: int
    end: int
    text: str
    tag: str
    data: Any = None
    lower: str = field(init=False, default="")

    def __post_init__(self) -> None:
        # Rules ask for it a hundred times an item.
        object.__setattr__(self, "lower", self.text.lower())

    def is_change(self, part: str) -> bool:
        """Whether this is a word of change of that part of speech."""
        return self.kind == "change" and self.data["part"] == part

    def is_word(self, *words: str) -> bool:
        """Whether this is a plain word among `words`."""
        return self.kind == "word" and self.lower in words


_OF_OFFICE = regex.compile(r"(?:Industry|Commerce|Economy|Agriculture|Finance|Development)(?:,)?\s(?:and|&)\s$")
_MODAL = regex.compile(r"\b(?:can|could|will|would|may|might|should|must)\s(?:\p{L}+ly\s)?$", regex.I)
_WORD_BEFORE = regex.compile(r"([\w-]+)\s$")
_GAPS = regex.compile(r"[\s-]+")
_SOURCES = (("flows", "flow"), ("trade_modes", "mode"), ("predicates", None), ("changes", "change"))
_NOT_TRADE_AFTER = frozenset(
    "budget fiscal account current payments government invisibles invisible energy power food housing skills".split()
)
_FLOW_FOLLOWERS = frozenset(
    (
        "value values volume volumes growth total totals figures figure earnings receipts bill price prices increase "
        "decline rise fall drop decrease surplus deficit balance turnover revenue revenues data statistics sales "
        "orders gap in with to amount amounts shipments quantity gains performance"
    ).split()
)


@cache
def _cues() -> tuple[dict[str, list[dict[str, str]]], regex.Pattern[str]]:
    by_form: dict[str, list[dict[str, str]]] = {}
    for name, kind in _SOURCES:
        for row in load.rows(name):
            for form in load.values(row["forms"]):
                by_form.setdefault(form.lower(), []).append(dict(row, item=kind or _predicate(row)))
    return by_form, regex.compile(rf"(?<![\w-])(?:{alternation(by_form)})(?![\w]|-\w)")


def _predicate(row: dict[str, str]) -> str:
    return row["kind"] if row["kind"] in ("level", "share") else "status"


def itemise(text: str, tokens: Sequence[Token], mentions: Iterable[Item]) -> list[Item]:
    """The items of a clean sentence: `mentions` (quantities, periods, areas, dates) first, then cues, then words."""
    taken = sorted(mentions, key=lambda m: m.start)
    taken = _without_overlaps(taken)
    tags = {t.start: t.tag for t in tokens}
    cues = [
        c
        for m in _cues()[1].finditer(_lowered(text))
        if (c := _cue(text, m, tags, tokens, taken)) and _free(c.start, c.end, taken)
    ]
    taken = sorted([*taken, *cues], key=lambda m: m.start)
    covered = {i for m in taken for i in range(m.start, m.end)}
    words = [
        Item("word" if t.text[0].isalnum() else "mark", t.start, t.end, t.text, t.tag)
        for t in tokens
        if covered.isdisjoint(range(t.start, t.end))
    ]
    return sorted([*taken, *words], key=lambda m: m.start)


def _lowered(text: str) -> str:
    """Lower case with the same offsets: one pattern in lower case is several times as fast as one of any case."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _without_overlaps(mentions: list[Item]) -> list[Item]:
    out: list[Item] = []
    for item in mentions:
        if not out or item.start >= out[-1].end:
            out.append(item)
        elif item.kind == out[-1].kind == "area" and item.start == out[-1].start and item.data.form == "pair":
            # A pair such as `Sino-Russian` is two areas at one place.
            out.append(item)
    return out


def _free(start: int, end: int, taken: list[Item]) -> bool:
    return all(end <= item.start or start >= item.end for item in taken)


def _cue(
    text: str, match: regex.Match[str], tags: dict[int, str], tokens: Sequence[Token], taken: list[Item]
) -> Item | None:
    form = match[0]
    rows = _cues()[0].get(form)
    if rows is None:
        form = _GAPS.sub(" ", form)
        rows = _cues()[0].get(form)
    if rows is None:
        return None
    tag = tags.get(match.start(), "")
    row = _fitting(rows, tag, form)
    if _heads_amount(text, match, tag, taken):
        row = next((one for one in rows if (one["item"], one.get("part")) == ("change", "verb")), row)
    if row is None or (row["item"] == "flow" and not _is_trade(text, match, row, tokens, taken)):
        return None
    if row["item"] == "flow" and row["part"] == "noun" and tag == "VB" and _MODAL.search(text, 0, match.start()):
        # `mills could export up to 2 million tonnes`
        row = dict(row, part="verb")
    return Item(row["item"], match.start(), match.end(), text[match.start() : match.end()], tag, row)


_TO_AMOUNT = regex.compile(r"\s(?:(?:by|to|over|nearly|about|almost)\s)?")


def _heads_amount(text: str, match: regex.Match[str], tag: str, taken: list[Item]) -> bool:
    """`Trade climbs 8% in H1`: in a headline a plural before an amount is a verb."""
    if tag not in ("NNS", "NNP", "NNPS") or not match[0].endswith("s"):
        return False
    gap = _TO_AMOUNT.match(text, match.end())
    return gap is not None and any(item.kind == "quantity" and item.start == gap.end() for item in taken)


_VERBS_ALONE = frozenset("leapt shrank sank shrunk shrinks sinks dives widens narrows grows tumbles soars".split())
"""Forms that headlines make the tagger take for nouns (`HK economy shrinks 0.5pc`)."""


def _fitting(rows: list[dict[str, str]], tag: str, form: str) -> dict[str, str] | None:
    """The lexicon row whose part of speech agrees with the tagger; the first row where the tag says nothing."""
    if len(rows) == 1:
        return rows[0] if " " in form or "-" in form or _agrees(rows[0], tag, form) else None
    return next((row for row in rows if _agrees(row, tag, form)), None)


def _agrees(row: dict[str, str], tag: str, form: str) -> bool:
    part = row.get("part", "")
    if row["item"] == "flow":
        return part == "noun" or tag.startswith("VB") or not tag or form in ("imported", "exported")
    if row["item"] == "status" and form in ("may", "might"):
        return tag == "MD"
    if row["item"] == "status" and form in ("projects", "budgets"):
        return tag.startswith("VB")
    if row["item"] == "status" and form == "see":
        # `Private economists see 2 pct`, not `to see`
        return tag == "VBP"
    if row["item"] != "change":
        return True
    if part == "verb":
        return tag.startswith("VB") or tag in ("", "NNP") or form in _VERBS_ALONE
    if part == "noun":
        return tag.startswith("NN") or not tag
    if part == "comparative":
        return tag in ("JJR", "RBR", "JJ", "RB", "IN") or form in ("dearer", "costlier", "cheaper")
    return True


_CARRIED = ("cargo", "cargoes", "freight")


def _is_trade(
    text: str, match: regex.Match[str], row: dict[str, str], tokens: Sequence[Token], taken: list[Item]
) -> bool:
    before = _WORD_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    if before and before[1].lower() in _NOT_TRADE_AFTER and row["flow"] in ("balance", "total"):
        return False
    named = text[match.start()].isupper() and not text.isupper() and row["flow"] == "total"
    if named and _OF_OFFICE.search(text[max(0, match.start() - 40) : match.start()]):
        # `the Organisation for Oil Industry and Trade`
        return False
    following = next((t for t in tokens if t.start >= match.end()), None)
    carried = following is not None and row["part"] == "noun" and following.lower in _CARRIED
    if carried and not text[: match.start()].endswith("of "):
        # `Import and export cargo came to 3 million tons` is what goes through a port.
        return False
    if (
        row["part"] == "verb"
        or following is None
        or following.start > match.end() + 1
        or not _free(following.start, following.end, taken)
    ):
        return True
    compound = (
        following.tag in ("NN", "NNS", "NNP", "NNPS")
        and following.lower not in _FLOW_FOLLOWERS
        and following.text[0].isalpha()
    )
    printed = text[match.start() : match.end()]
    if compound and not printed.isupper() and not _cues()[1].match(_lowered(text), following.start):
        return match[0] not in ("trade", "export", "import", "foreign trade", "gap", "surplus")
    return True
