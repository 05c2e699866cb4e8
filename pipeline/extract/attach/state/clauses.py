"""The clause that leads to a quantity: what it names, without causes and reporting verbs, and the whole of a share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.state import naming
from pipeline.extract.words.asides import without_asides
from pipeline.extract.words.indicators import is_statistic
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import phrase_left, product
from pipeline.extract.words.subject import Subject, read_subject

_REPORTING = frozenset(
    "said says showed shows show reported announced added noted stated told indicated revealed".split()
)
_CONJUNCTIONS = ("while", "but", "whereas", "that", "although", "though", "when", "where", "who")


def clause(left: list[Item]) -> tuple[list[Item], Subject]:
    """The last clause of the words before a quantity that names something, and what it names; a reporting clause
    (`he said`) is left out."""
    pieces: list[list[Item]] = [[]]
    left = _without_cause(without_asides(left))
    relative = _owner_of(left) or _antecedent(left)
    if relative is not None:
        return left, relative
    for i, item in enumerate(left):
        if item.is_word(*_REPORTING) and item.tag.startswith("VB") and i + 1 < len(left):
            if not (left[i + 1].is_word("it", "they") and pieces[-1] and pieces[-1][0].kind == "area"):
                # In `Kuwait says it can add 200,000 barrels a day` who says it does it.
                pieces = [[]]
            continue
        pointing = item.is_word("that") and i + 1 < len(left) and left[i + 1].kind == "area"
        absolute = item.is_word("with") and i > 0 and left[i - 1].text == "," and _names_statistic(left[i + 1 :])
        if ((item.is_word(*_CONJUNCTIONS) or absolute) and pieces[-1] and i + 1 < len(left) and not pointing) or (
            item.kind == "mark" and item.text in (";", ":", "(", ")", "—")
        ):
            pieces.append([])
        pieces[-1].append(item)
    for piece in reversed(pieces):
        subject = read_subject(piece)
        if not subject.empty and not naming.says_nothing(subject, None):
            return piece, subject
    return pieces[-1], read_subject(pieces[-1])


def _names_statistic(items: list[Item]) -> bool:
    """`Snow hit the Midwest hardest, with sales there down`"""
    subject = read_subject(items)
    return subject.flow is None and is_statistic(subject.indicator or "")


_CAUSES = ("because", "due", "thanks", "despite", "amid", "owing", "given")


def _without_cause(left: list[Item]) -> list[Item]:
    """`Because of the devaluation of the ruble, it fell to ...`, `lost 23% because of cheaper gas and amounted to`: the
    cause is not what is spoken of."""
    begin = next((i for i, item in enumerate(left) if item.is_word(*_CAUSES) and (not i or _causes(left, i))), None)
    if begin is None:
        return left
    end = next((k for k in range(begin + 1, len(left)) if left[k].text == "," or _resumes(left, k)), None)
    return left if end is None else [*left[:begin], *left[end + 1 :]]


def _causes(left: Sequence[Item], i: int) -> bool:
    return i + 1 < len(left) and left[i + 1].is_word("of", "to")


def _resumes(left: Sequence[Item], k: int) -> bool:
    """Whether an `and` goes on with the predicate before the cause."""
    following = left[k + 1] if k + 1 < len(left) else None
    return left[k].is_word("and", "but") and following is not None and following.kind in ("level", "change")


def _owner_of(left: list[Item]) -> Subject | None:
    """`electronic goods, whose exports of`: the product that a relative clause owns the flow of."""
    at = max((i for i, item in enumerate(left) if item.is_word("whose") and i and left[i - 1].text == ","), default=0)
    if not at or at + 1 >= len(left) or left[at + 1].kind != "flow" or left[at + 1].data["flow"] == "balance":
        return None
    subject = read_subject(left[at + 1 :])
    named = product(phrase_left(left, at - 1)[1])
    return replace(subject, commodity=named) if named and not subject.commodity else None


def _antecedent(left: list[Item]) -> Subject | None:
    """`consumer spending, which rose by 1.8%`; `The basis of exports is fish, which was supplied for ...`"""
    at = max((i for i, item in enumerate(left) if item.is_word("which") and i and left[i - 1].text == ","), default=0)
    if not at or any(item.kind == "flow" for item in left[at:]):
        return None
    within = read_subject(left[at + 1 :])
    if within.indicator and is_statistic(within.indicator):
        # `the central bank, which has kept interest rates at`
        return within
    _, text = phrase_left(left, at - 1)
    if not text:
        return None
    before = read_subject(left[: at - 1])
    if is_statistic(text) and not before.flow:
        return Subject(indicator=text, reporters=before.reporters)
    named = product(text)
    if before.flow:
        return replace(before, commodity=named) if named and not before.commodity else None
    return Subject(indicator=text) if named and any(item.kind == "share" for item in left[at:]) else None


def shared(left: list[Item]) -> tuple[list[Item], list[Item]]:
    """`Russia's share in China's foreign trade`: the words of the part and those of the whole; no whole
    without a share."""
    for i, item in enumerate(left):
        fused = item.lower == "share of" and i > 0 and left[i - 1].tag == "POS"
        leads = i + 1 < len(left) and (fused or left[i + 1].is_word("in", "of"))
        if item.kind == "share" and item.tag.startswith("NN") and leads:
            if left[0].is_word("in", "among") and any(x.kind == "flow" for x in left[:i]):
                # `In the structure of imports the share of machinery`: what follows is the part.
                return left, []
            return left[:i], left[i + 1 :]
    return left, []
