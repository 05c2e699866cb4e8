"""Whether a figure is what happened, or what is expected, estimated or aimed at."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.words.items import Item


def read_status(walk: Walk, statement: Statement, n: int) -> None:
    """Gives quantity n of the sentence its status: A actual, F forecast, E estimate, T target."""
    # A share of a target is no target, nor is what lies above it.
    measured = statement.reading.measure == "share" or statement.reading.rule == "past a limit"
    behind_it = [] if measured else walk.rights[n]
    led = walk.rights[n - 1] if n and not walk.lefts[n] else []
    left = last_clause(walk.lefts[n])
    cues = [item for item in [*led, *left, *behind_it] if item.kind == "status"]
    if not cues and n and statement.reading.role in ("alternative", "base"):
        last = walk.statements[-1]
        # `raised its forecast to 84.7 billion from 84.1` moves a forecast; `is expected to rise to 150 from 143` none.
        moved = any(item.kind == "status" and item.tag.startswith("NN") for item in walk.lefts[_last_main(walk)])
        instead = any(item.is_word("rather", "instead") for item in walk.lefts[n])
        statement.status = last.status if statement.reading.role == "alternative" or moved or instead else "A"
        return
    if not cues and walk.items[0].is_word("with"):
        # `With investment growth of 70%, the region will become ...`: the condition lies as far ahead.
        cues = [item for item in walk.items if item.kind == "status" and item.lower.startswith("will")]
    if not cues and n and statement.reading.role != "base" and _foreseen(walk, n):
        statement.status = "F"
        return
    after = any(item.is_word("after", "following") for item in walk.lefts[n])
    # `expects demand to grow by 1.8%, after an increase of 3.4% in 2004`: what went before has happened.
    if not cues and n and statement.reading.role != "base" and not after and not _predicates(walk.lefts[n]):
        statement.status = walk.statements[_last_main(walk)].status
    if (marked := next((x.text[-1] for x in _periods(walk, n) if _MARKED.search(x.text)), None)) is not None:
        statement.status = marked
    elif not cues and (_put_ahead(walk.lefts[n]) or _may(left)):
        statement.status = "F"
    for item in cues:
        kind = item.data["kind"]
        if (
            (
                item.lower.startswith(("expected", "forecast", "projected"))
                and item.tag == "VBN"
                and item in walk.lefts[n]
                and "than" in (x.lower for x in walk.lefts[n])
            )
            or _beaten(walk, item)
            or _limits_another(walk, n, item)
            or _could_then(walk, item)
            or _would_have(walk, item)
        ):
            continue
        statement.status = "T" if _planned(walk, item) else {"forecast": "F", "estimate": "E", "target": "T"}[kind]


_MARKED = regex.compile(r"\d[FE]$")


def _periods(walk: Walk, n: int) -> list[Item]:
    return [item for item in (*walk.lefts[n], *walk.rights[n]) if item.kind == "period"]


def _may(left: Sequence[Item]) -> bool:
    """`By the end of the year it may exceed`; `may have fallen` looks back."""
    pairs = zip(left, left[1:], strict=False)
    return any(a.is_word("may", "might") and a.tag == "MD" and not b.is_word("have") for a, b in pairs)


def _put_ahead(left: Sequence[Item]) -> bool:
    """`The ministry puts this year's crop at`"""
    puts = any(item.is_word("puts", "put", "pegs", "pegged") for item in left)
    ahead = any(item.kind == "period" and item.data.year_from in ("this", "next") for item in left)
    return puts and ahead and bool(left) and any(item.is_word("at") for item in left)


def _foreseen(walk: Walk, n: int) -> bool:
    """`a forecast, in which imports climb to 600 million and exports come to 200 million`: all that it tells."""
    items = walk.items[: walk.at[n]]
    at = next((i for i, item in enumerate(items) if item.kind == "status" and item.tag.startswith("NN")), None)
    told = items[at + 1 :] if at is not None and items[at].data["kind"] == "forecast" else []
    return any(a.is_word("in", "by", "to") and b.is_word("which") for a, b in zip(told, told[1:], strict=False))


_LIMITS = ("ceiling", "ceilings", "upper limit", "upper bound")
_TO_LIMIT = 3


def _limits_another(walk: Walk, n: int, cue: Item) -> bool:
    """`output would not exceed 16.6 million even with a higher ceiling`: a ceiling is the figure right beside it."""
    at = walk.items.index(cue)
    return cue.lower in _LIMITS and not walk.at[n] - _TO_LIMIT <= at <= walk.at[n] + 1


def _beaten(walk: Walk, cue: Item) -> bool:
    """`has beaten forecasts with a 14% rise`, `300,000 people stopped looking for work` report what happened."""
    at = walk.items.index(cue)
    if cue.lower == "would" and walk.items[at + 1 : at + 2] and walk.items[at + 1].is_word("have"):
        # `Without energy, exports would have been up 1.3 per cent`
        return True
    if cue.lower == "see":
        # `The customs see the cause in exports`
        ahead = walk.items[at + 1 : at + 5]
        return not any(item.kind == "quantity" or item.is_change("noun") for item in ahead)
    if cue.lower.startswith("look") and any(
        item.is_word("work", "jobs", "job", "home", "homes") for item in walk.items[at + 1 : at + 4]
    ):
        return True
    before = walk.items[max(0, at - 3) : at]
    return any(item.is_word("beat", "beats", "beaten", "beating", "topped", "missed", "met") for item in before)


def _could_then(walk: Walk, cue: Item) -> bool:
    """`Last winter a train could wait 36 hours` tells what happened."""
    first = [item.lower for item in walk.items[:3]]
    return cue.lower == "could" and any(word.startswith(("last", "formerly", "previously")) for word in first)


def _would_have(walk: Walk, cue: Item) -> bool:
    """`without oil the deficit would have been 1.9 billion`"""
    at = walk.items.index(cue)
    return cue.lower == "would" and any(x.is_word("have") for x in walk.items[at + 1 : at + 2])


_PLANS = ("project", "plan", "programme", "program", "strategy", "concept")


def _planned(walk: Walk, cue: Item) -> bool:
    """`According to the national project, exports should reach 338 million`: what a plan wants."""
    named = any(a.lower == "to" and b.is_word(*_PLANS) for a, b in _within(walk.items))
    return cue.lower.startswith("should") and named


def _within(items: Sequence[Item]) -> list[tuple[Item, Item]]:
    """`to` with each of the three words behind it."""
    return [(item, other) for i, item in enumerate(items) for other in items[i + 1 : i + 4]]


def last_clause(left: list[Item]) -> list[Item]:
    """`half of what was expected, and compares with growth of`: what was expected is not what follows the `and`."""
    for i in range(len(left) - 1, -1, -1):
        following = left[i + 1].tag if i + 1 < len(left) else ""
        if left[i].is_word("and") and following in ("VBZ", "VBD"):
            return left[i + 1 :]
        if left[i].is_word("after", "following") and following == "VBG":
            # `expects its profit to recover this year after falling to 187 million in 1986`
            return left[i:]
    return left


def _predicates(left: Sequence[Item]) -> bool:
    """Whether the words before a quantity begin a statement of their own: a finite verb, another clause."""
    finite = [item for item in left if item.tag in ("VBD", "VBZ", "VBP", "MD") or item.kind == "level"]
    if finite and all(item.is_word(*_OPINIONS) for item in finite):
        # `while the Bundesbank thinks that 1% is nearer the mark`, `..., the agency believes - 2.6 million more than`
        return False
    return bool(finite) or any(item.text in (";", ":") or item.is_word("while") for item in left)


_OPINIONS = ("thinks", "think", "believes", "believe", "reckons", "reckon", "says", "said", "considers", "argues")


def _last_main(walk: Walk) -> int:
    """The index of the last statement that is no base; the first where all are."""
    return next((n for n in reversed(range(len(walk.statements))) if walk.statements[n].reading.role not in _ASIDE), 0)


_ASIDE = ("base", "alternative")
