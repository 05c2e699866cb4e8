"""The state of one sentence while it is walked: its items, where its quantities stand, and what has been read.

`lefts[n]` are the items that lead to quantity n, `rights[n]` those that still belong to it, `statements` what has been
read so far, `key` the series key in force, `fresh` whether nothing has been named yet, `flowing` whether the words
before the last quantity named a flow themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.state import evidence
from pipeline.extract.attach.state.context import Context, Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.numbers.units import noted
from pipeline.extract.words import regions
from pipeline.extract.words.asides import without_asides
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import words

THINGS = 1000
_PARALLEL = (
    "and",
    "its",
    "their",
    "the",
    "at",
    "by",
    "to",
    "of",
    "were",
    "was",
    "came",
    "reached",
    "stood",
    "totalled",
)


class Walk:
    """A sentence on its way from items to statements; parted into stretches when it is made."""

    def __init__(self, items: Sequence[Item], context: Context) -> None:
        self.items = items = _noted(_percents(_retagged(items)))
        self.context = context
        self.at = [i for i, item in enumerate(items) if item.kind == "quantity"]
        self.statements: list[Statement] = []
        self.key: Key = context.key.bare()
        self.fresh = True
        self.flowing = False
        self.lefts: list[list[Item]] = []
        self.rights: list[list[Item]] = []
        self._part()

    def _part(self) -> None:
        edges = [-1, *self.at, len(self.items)]
        left: list[Item] = list(self.items[: edges[1]])
        for n, position in enumerate(self.at):
            self.lefts.append(without_asides(left))
            between = without_asides(self.items[position + 1 : edges[n + 2]])
            if n + 1 < len(self.at):
                right, left = regions.parted(between)
                if not right and left and left[0].lower in ("below", "above") and left[-1].is_word("the"):
                    # `8.8% below the 375.8 tonnes of 2003`: the word says both.
                    right = left
                left = left or regions.base_lead(right)
                left = regions.base_in_brackets(right, left, self.items[position].data.kind == "times")
            else:
                right = regions.behind_last(between)
            self.rights.append(_sized(right))
        for n in range(len(self.at) - 2, -1, -1):
            self._past_brackets(n)
        self._before_subject()
        for n in range(len(self.at)):
            self._of_which(n)

    def _of_which(self, n: int) -> None:
        """`Imports of diesel, 97 percent of which came from Peru, decreased by`: the aside ends with its comma."""
        behind = self.items[self.at[n] + 1 : self.at[n + 1] if n + 1 < len(self.at) else len(self.items)]
        if len(behind) < 3 or not (behind[0].is_word("of") and behind[1].is_word("which")):
            return
        end = next((i for i, item in enumerate(behind) if item.text == ","), None)
        if end is None or not self.lefts[n] or self.lefts[n][-1].text != ",":
            return
        self.rights[n] = list(behind[:end])
        if n + 1 < len(self.at):
            self.lefts[n + 1] = list(behind[end + 1 :])

    def _before_subject(self) -> None:
        """`At $116.7 billion, the surplus was 21.4% smaller`: the amount is of the subject that follows it."""
        left = self.lefts[0] if self.at else []
        if not left or not left[-1].is_word("at") or not (len(left) == 1 or left[-2].text in ("-", "—")):
            return
        behind = self.items[self.at[0] + 1 : self.at[1] if len(self.at) > 1 else len(self.items)]
        if not behind or behind[0].text != ",":
            return
        end = next((i for i, item in enumerate(behind) if _predicates(item)), 0)
        if end:
            self.lefts[0], self.rights[0] = [*self.lefts[0], *behind[1:end]], []

    def _past_brackets(self, n: int) -> None:
        """What follows the bracket with the other currency follows the amount."""
        opened = evidence.tail(self.lefts[n + 1], self.items[self.at[n + 1]].data.number.bound_start)
        if not self.rights[n] and [item.text for item in opened] in (["("], ["["], [";"]):
            behind = self.rights[n + 1]
            closed = next((i for i, item in enumerate(behind) if item.text in (")", "]")), len(behind))
            self.rights[n] = behind[closed + 1 :]

    def runs_on(self, n: int) -> bool:
        """Whether only commas and `and` stand between quantity n and the next."""
        between = self.items[self.at[n] + 1 : self.at[n + 1]] if n + 1 < len(self.at) else []
        return bool(between) and all(item.text == "," or item.is_word("and", "or") for item in between)

    def in_parallel(self, n: int) -> bool:
        """`exports were 3.48 and imports 2.46 billion`: whether the next quantity says of another flow what n says."""
        between = self.items[self.at[n] + 1 : self.at[n + 1]] if n + 1 < len(self.at) else []
        return _parallel(between) and any(item.kind == "flow" for item in self.lefts[n])

    def restated(self, n: int) -> bool:
        """`increased by 7,200, or 0.3%`: the next quantity says the same in percent."""
        between = self.items[self.at[n] + 1 : self.at[n + 1]] if n + 1 < len(self.at) else []
        return bool(between) and between[-1].is_word("or")

    def passive_flow(self, n: int) -> str | None:
        """`54.6 million tons of coal valued at 6.9 billion were shipped abroad`: the flow of the verb at the end."""
        rest = self.items[self.at[n] + 1 :]
        end = next((i for i, item in enumerate(rest) if _predicates(item)), None)
        if end is not None and (named := _largest_flow(rest[end:])) is not None:
            return named
        if end is None or any(_parts(rest, i) for i in range(end)):
            return None
        if rest[end].kind == "flow":
            # `41,200 vehicles left for Russia`
            return str(rest[end].data["flow"])
        if rest[end].lower not in ("was", "were", "is", "are", "been", "be"):
            return None
        verb = next((item for item in rest[end + 1 :] if not item.tag.startswith("RB") and item.lower != "being"), None)
        if verb is None or verb.kind != "flow" or verb.data["part"] != "verb" or verb.tag not in ("VBN", "VBD", ""):
            return None
        return str(verb.data["flow"])

    def in_relative_clause(self, n: int) -> bool:
        """`Sales to China, which had jumped by a quarter in 2003, expanded ...`: quantity n is an aside that says
        nothing of what follows."""
        left = self.lefts[n]
        opened = any(
            one.text == "," and other.is_word("which", "who", "whose")
            for one, other in zip(left, left[1:], strict=False)
        )
        rest = self.items[self.at[n] + 1 : self.at[n + 1]] if n + 1 < len(self.at) else []
        return opened and any(item.text == "," for item in rest)

    def in_brackets(self, n: int) -> bool:
        """Whether quantity n stands alone in brackets (`61.5% (48.3% a year before); trucks were ...`)."""
        before = self.items[self.at[n - 1] + 1 : self.at[n]] if n else []
        behind = self.items[self.at[n] + 1 : self.at[n + 1]] if n + 1 < len(self.at) else []
        opened = max((i for i, item in enumerate(before) if item.text == "("), default=None)
        closed = opened is not None and any(item.text == ")" for item in before[opened:])
        return opened is not None and not closed and any(item.text == ")" for item in behind)

    def main_of(self, statement: Statement) -> Statement | None:
        """The statement before `statement` that is no base of comparison."""
        earlier = self.statements[: self.statements.index(statement)]
        return next((s for s in reversed(earlier) if s.reading.role != "base"), None)


def _parts(rest: Sequence[Item], i: int) -> bool:
    """Whether another clause begins at item i (`..., and 80% of it was exported`, `what we buy`)."""
    clause = rest[i].text == "," and rest[i + 1].is_word("and", "but", "while")
    return clause or rest[i].is_word("what", "which", "that", "who")


def _sized(right: list[Item]) -> list[Item]:
    """`1.5 mln 60-kilo bags of coffee`: the size of a bag counts nothing."""
    sized = len(right) > 3 and right[0].tag == "CD" and right[1].text == "-"
    return right[3:] if sized else right


def _parallel(between: Sequence[Item]) -> bool:
    """`and imports`, `and its imports to`: only another flow parts two quantities."""
    flows = sum(item.kind == "flow" for item in between)
    joins = bool(between) and between[0].is_word("and")
    return joins and flows == 1 and all(item.kind == "flow" or item.is_word(*_PARALLEL) for item in between)


def _largest_flow(rest: Sequence[Item]) -> str | None:
    """`Computer services, at 58.2 billion, remain the largest export category`: the flow of the predicate."""
    near = rest[1:6]
    flow = next((i for i, item in enumerate(near) if item.kind == "flow"), 0)
    linked = rest[0].lower in ("is", "are", "was", "were", "remain", "remains", "remained", "stayed")
    if not flow or not linked or near[flow - 1].tag not in ("JJS", "RBS") or near[flow].data["flow"] == "balance":
        return None
    return str(near[flow].data["flow"])


def _predicates(item: Item) -> bool:
    if item.lower in ("worth", "valued at"):
        return False
    finite = item.kind in ("word", "change") and item.tag in ("VBD", "VBZ", "VBP", "MD")
    moved = item.kind == "flow" and item.data["part"] == "verb" and item.tag in ("VBD", "VBZ", "VBP")
    return finite or moved or item.kind in ("level", "share")


def _between_with(items: Sequence[Item], i: int) -> bool:
    amount = i + 2 < len(items) and items[i + 1].is_word("with") and items[i + 2].kind == "quantity"
    return amount and items[i - 1].is_word("and")


_DOINGS = ("lending", "spending", "borrowing", "trading", "farming", "mining", "manufacturing", "building", "housing")


def _retagged(items: Sequence[Item]) -> Sequence[Item]:
    """A bare verb right before an amount in a list (`meat 231 mln dlrs, wool 164 mln dlrs`) is a noun."""
    out = list(items)
    if len(out) > 2 and out[0].tag == "VBG" and out[0].lower in _DOINGS and out[1].is_word("to", "on", "by", "in"):
        # `Lending to home buyers grew`
        out[0] = replace(out[0], tag="NN")
    for i in range(1, len(out) - 1):
        one = out[i]
        verb = one.tag in ("VB", "VBP") or (one.tag == "VBZ" and _same_kind(out, i + 1))
        if one.kind == "word" and verb and out[i + 1].kind == "quantity":
            listed = out[i - 1].text in (",", ";") or out[i - 1].is_word("and")
            out[i] = replace(one, tag="NN") if listed else one
        elif one.kind == "word" and one.tag == "VB" and _between_with(out, i):
            # `ferro-alloys with $171mln and wine with $93mln`
            out[i] = replace(one, tag="NN")
    return out


def _same_kind(items: Sequence[Item], i: int) -> bool:
    """`Salt was $ 118 million and soybeans $ 97 million`: the amount at item i is one more of the amount before it."""
    before = next((item for item in reversed(items[: i - 1]) if item.kind == "quantity"), None)
    near = before is not None and items[i].kind == "quantity" and items[i - 3 : i - 2] == [before]
    return near and before is not None and before.data.unit == items[i].data.unit


def _noted(items: Sequence[Item]) -> Sequence[Item]:
    """`China 28.3, Japan 5.2 (all USD bn)`: the unit behind all of them."""
    begin = max((i for i, item in enumerate(items) if item.text == "("), default=None)
    if begin is None or len(items) - begin > _NOTE_LENGTH or any(x.kind == "quantity" for x in items[begin:]):
        return items
    note = words([x for x in items[begin + 1 :] if x.text not in (")", ".")])
    return [replace(x, data=noted(x.data, note)) if x.kind == "quantity" else x for x in items]


_NOTE_LENGTH = 7


def _percents(items: Sequence[Item]) -> Sequence[Item]:
    """`up 47.7, 41.9 and 11.2 percent`: the percent behind the last of several bare numbers holds for all."""
    out = list(items)
    at = [i for i, item in enumerate(out) if item.kind == "quantity"]
    for one, other in zip(reversed(at[:-1]), reversed(at[1:]), strict=True):
        between = out[one + 1 : other]
        bare, percent = out[one].data, out[other].data
        alike = (bare.kind, percent.kind) == ("bare", "percent") and not bare.number.scaled
        # `sold 1,640, 2% up on last year`: four digits are a number of things.
        alike = alike and bare.number.value < THINGS
        run = bool(between) and all(item.text == "," or item.is_word("and") for item in between)
        # `grew from 46 to 64.7 per cent`
        led = len(between) == 1 and between[0].is_word("to") and one > 0 and out[one - 1].is_word("from")
        if alike and (run or led or (_parallel(between) and any(item.kind == "flow" for item in out[:one]))):
            out[one] = replace(out[one], data=replace(bare, kind="percent", unit="percent"))
    return out
