"""The words between two quantities, parted: what still belongs to the first, what leads to the second."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.words.items import Item

_HARD = frozenset(", ; : ( ) [ ] . — !".split())
_CLAUSE = frozenset(
    (
        "while whereas but although though whilst as versus compared against after before which who when where "
        "meanwhile"
    ).split()
)
_ALWAYS = frozenset(
    (
        "compared provided unless against while whereas versus but which thanks due because owing amid despite helped "
        "driven boosted reflecting supported given"
    ).split()
)
_GIVING = ("gave", "left", "made", "gives", "leaves", "yielded", "produced", "meant")
_APPROACH = frozenset(["to", "from", "by", "at", "into"])


def parted(between: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """`between` as (behind the first quantity, before the second). Nothing is lost: the two concatenate to it."""
    cut = _cut(between)
    return list(between[:cut]), list(between[cut:])


def base_lead(right: Sequence[Item]) -> list[Item]:
    """The end of the words behind a quantity that leads on to what it is compared with (`73% less than the`,
    `down 6.2% on 2003's`): these words belong to both."""
    for i in range(len(right) - 1, -1, -1):
        item = right[i]
        if item.is_word("than", "on", "over", "from") or item.lower in ("below", "above"):
            changed = i > 0 and right[i - 1].kind == "change" and right[-1].is_word("the")
            owned = right[-1].tag == "POS" or item.is_word("than") or changed
            return list(right[i - changed :]) if owned else []
        if not (item.kind == "period" or item.tag in ("DT", "JJ", "POS", "PRP$")):
            break
    return []


def base_in_brackets(right: Sequence[Item], left: list[Item], multiple: bool) -> list[Item]:
    """`1.6% less than in May 2023 (57.1 bln)`, `1.8 times the figure of 2022 (36.1 bln)`: the period that the amount
    in brackets belongs to leads to it."""
    compared = bool(right) and right[-1].kind == "period" and (right[-1].data.role == "comparison" or multiple)
    stated = compared and right[-1].data.kind != "phrase"
    return [right[-1], *left] if stated and [item.text for item in left] in (["("], ["["]) else left


def behind_last(rest: Sequence[Item]) -> list[Item]:
    """What belongs to the last quantity of a sentence: up to the first boundary."""
    cut = _boundary(rest)
    return list(rest[:cut])


def _cut(between: Sequence[Item]) -> int:
    if _only_approach(between):
        return 0
    if len(between) == 1 and between[0].is_word("after"):
        # `reached 109.4 after 109.2`
        return 0
    if len(between) == 1 and between[0].is_word("or", "the"):
        return int(between[0].is_word("or"))
    boundary = _boundary(between)
    if boundary < len(between):
        return boundary
    gap = _compared_gap(between)
    return _approach(between) if gap is None else gap


def _only_approach(between: Sequence[Item]) -> bool:
    """`27 pct to 7.28 billion`, `9.6% from 10.6%`: nothing but a preposition and words that bound the next number."""
    content = [
        item
        for item in between
        if not (
            item.kind == "word"
            and item.tag in ("DT", "JJ", "RB", "VBN", "NN", "PRP$", "RBR", "JJR", "IN")
            and item.lower not in _APPROACH
        )
    ]
    return bool(between) and between[0].lower in _APPROACH and len(content) <= 1 and len(between) <= 5


def _boundary(items: Sequence[Item]) -> int:
    closed = bool(items) and items[0].text in (")", "]")
    for i, item in enumerate(items):
        if closed and i == 0:
            continue
        if closed and i == 1 and item.is_word("and", "or", "plus"):
            return i
        if item.kind == "mark" and item.text in _HARD and not (item.text == "," and _inside_phrase(items, i)):
            return i
        if item.kind == "mark" and item.text == "-" and i > 0 and item.start > items[i - 1].end:
            return i
        if (item.is_word(*_CLAUSE) and i > 0) or (item.lower in _ALWAYS and item.kind in ("word", "change")):
            return i
        if not i and item.is_word("after", "following") and _moved(items[1:]):
            return i
        if not i and item.is_word(*_CLAUSE) and _finite(items):
            # `305p after it warned that profits would be`, `47.5bn as the oil bill ballooned by`
            return i
        if item.is_word("and", "or") and (i == 0 or _new_clause(items[i + 1 :]) or _behind_total(items, i)):
            return i
    return len(items)


def _behind_total(items: Sequence[Item], i: int) -> bool:
    """`made up 1.33 mln bags of the total and soluble coffee 160,000`, `80,000 tonnes in 1985 and herring 210,000`"""
    label = 0 < len(items) - i - 1 <= 3 and all(
        x.kind == "word" and x.tag.startswith(("NN", "JJ")) for x in items[i + 1 :]
    )
    total = [item.lower for item in items[max(0, i - 3) : i]] == ["of", "the", "total"]
    return total or (label and i > 1 and items[i - 1].kind == "period")


def _moved(items: Sequence[Item]) -> bool:
    """`fell 12.8 pct after rising`, `after a rise of`: the change before is said of the next quantity."""
    start = 1 if items and items[0].tag == "DT" else 0
    near = items[start : start + 3] if start else items[:1]
    return any(item.kind == "change" and (start or item.tag == "VBG") for item in near)


def _finite(items: Sequence[Item]) -> bool:
    """Whether a conjunction opens a clause with a predicate of its own."""
    end = next((k for k, item in enumerate(items) if item.kind == "mark" and item.text in _HARD), len(items))
    moved = any(item.kind == "change" and item.data["part"] == "verb" and item.tag == "VBN" for item in items[2:end])
    return moved or any(item.tag in ("VBD", "VBZ", "VBP", "MD") and not item.is_word("than") for item in items[1:end])


def _inside_phrase(items: Sequence[Item], i: int) -> bool:
    """A comma in a list of nouns before `and` (`wheat, barley and maize`) is no boundary."""
    following = items[i + 1 : i + 6]
    return (
        i > 1
        and items[0].is_word("of")
        and bool(following)
        and following[0].tag in ("NN", "NNS", "JJ")
        and any(item.is_word("and") for item in following)
        and all(
            item.kind == "word" for item in following[: next(k for k, x in enumerate(following) if x.is_word("and"))]
        )
    )


def _new_clause(rest: Sequence[Item]) -> bool:
    """Whether what follows an `and` says something of its own: a flow, a change, a level, or the next quantity
    at once."""
    if not rest:
        return True
    rest = rest[: next((k for k, item in enumerate(rest) if item.kind == "mark" and item.text in _HARD), len(rest))]
    if not rest:
        return True
    foreseen = any(item.kind == "status" and item.tag.startswith("NN") for item in rest)
    if (foreseen or any(item.kind in ("flow", "change", "level", "share") for item in rest)) or rest[0].tag in (
        "VBD",
        "VBZ",
        "PRP",
        "VBG",
    ):
        return True
    if rest[-1].is_word("by") and len(rest) > 1 and all(_in_phrase(item) for item in rest[:-1]):
        # `consumption rose 4.1% and investment by 4.2%`
        return True
    led = next((item for item in rest if item.tag not in ("DT", "IN", "TO", "RB") or item.kind != "word"), None)
    return led is None or led.kind == "area"


def _in_phrase(item: Item) -> bool:
    return item.kind == "word" and item.tag.startswith(("NN", "JJ", "DT", "PRP$", "IN")) and not item.is_word("by")


def _approach(between: Sequence[Item]) -> int:
    """Where the last preposition or verb that leads to the next quantity stands, if only a short phrase follows it."""
    if len(between) > 2 and between[-1].is_word("of") and between[-2].kind == "change" and between[-1].tag == "IN":
        # `0.3 percent increase in November is now put at a drop of`
        put = next((i for i in range(len(between) - 3, -1, -1) if between[i].kind == "level"), None)
        if put is not None and between[put].lower.endswith(("at", "to")):
            return put
    if between and between[-1].is_word("of"):
        led = next((i for i, item in enumerate(between) if item.is_word("with", "into") or _turns(between, i)), None)
        if led is not None and any(item.kind in ("change", "share", "flow") for item in between[led:]):
            # `fetched 8.84 billion with a growth of`
            return led
    if len(between) > 2 and between[0].is_word(*_GIVING) and between[-1].is_word("of") and between[-2].kind == "flow":
        # `imports of 38.1 billion yuan gave a surplus of`
        return 0
    for i in range(len(between) - 1, -1, -1):
        item = between[i]
        if item.lower in _APPROACH and item.kind == "word":
            return _verb_start(between, i)
        if item.kind in ("level", "change", "share", "flow") and item.lower != "adjusted":
            return _clause_start(between, i)
        if not (
            (
                item.kind == "word"
                and item.tag in ("DT", "JJ", "RB", "VBN", "NN", "NNS", "PRP$", "JJR", "RBR", "POS", "NNP")
            )
            or item.kind in ("area", "period")
            or item.lower == "adjusted"
            or (item.kind == "status" and item.tag in ("VBN", "JJ", "VBD"))
        ):
            break
    return len(between)


def _compared_gap(between: Sequence[Item]) -> int | None:
    """`a deficit of 120 million in July from a surplus of`: where what is compared with begins."""
    if len(between) < 3 or not between[-1].is_word("of") or between[-2].kind != "flow":
        return None
    i = len(between) - 3
    while i > 0 and (between[i].kind == "period" or between[i].tag in ("DT", "JJ", "RB", "PRP$", "VBN")):
        i -= 1
    return i if between[i].is_word("from", "after", "against") else None


def _verb_start(between: Sequence[Item], i: int) -> int:
    """`exports of 158 billion have declined by`: the verb of change leads to the next quantity with its preposition."""
    moved = i > 1 and between[i - 1].kind == "change" and between[i - 1].tag == "VBN"
    if i > 1 and between[i - 1].kind == "change" and between[i - 1].tag == "VBD" and between[i].is_word("by"):
        # `The 62% iron ore index edged up by`: the number before is an attribute of what moved.
        return i - 1 if all(item.kind == "word" and item.tag.startswith("NN") for item in between[: i - 1]) else i
    return i - 2 if moved and between[i - 2].is_word("has", "have", "had") else i


def _turns(items: Sequence[Item], i: int) -> bool:
    """`a surplus of 424 million in April gave way to a deficit of`, `from a surplus of 424 million to a deficit of`"""
    if not items[i].is_word("to") or not i:
        return False
    verb = items[i - 1].kind == "change" and items[i - 1].data["part"] == "verb"
    return verb or all(item.kind == "flow" or item.tag in ("DT", "JJ") for item in items[i + 1 : -1])


def _clause_start(between: Sequence[Item], i: int) -> int:
    """A predicate right behind a quantity (`54.7 billion yuan was imports`) stays behind it; else it begins
    the next."""
    if all(item.kind == "word" and item.tag in ("DT", "IN") for item in between[:i]):
        return len(between) if between[-1].kind == "flow" else i
    return i
