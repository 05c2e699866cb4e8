"""What a figure is compared with: bases behind `from`, `than`, `against`, in brackets, of a period before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.attach.state.evidence import Reading, lead_word
from pipeline.extract.numbers.units import Quantity
from pipeline.extract.words.items import Item

_MARKS = ("high", "low", "peak", "record", "level", "figure")
_BASE_LEADS = frozenset(["from", "than", "against", "versus", "vs"])
_OWNED_LEADS = frozenset(["on", "over", "below", "above", "than", "from"])


def multiplied(left: Sequence[Item], before: Reading | None) -> bool:
    """`half the 18.4% of 2003`, `three times the 460,000 bags of April 1986`"""
    if not left or not left[-1].is_word("the"):
        return False
    if len(left) == 1:
        return before is not None and before.measure == "multiple"
    return left[-2].is_word("times", "half", "twice", "double", "triple")


def comparison_base(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`from 10.8 billion`, `compared with 9.5 pct`, `higher than 2003's 496.5`, `(May 2022: 10.63 million)`: what is
    compared with."""
    rule = _by_period(back, before) or _beside(quantity, back, right, before)
    rule = rule or _worded(back) or (_from_gap(back) if before is not None else None)
    rule = rule or _it_was(back, right, before) or _led(quantity, back, before)
    if rule is None:
        return None
    if rule == "from before" and quantity.kind == "percent" and rate is None and _moved(back, before):
        # `the fuel branch went down from 41.6% to 36%`: what goes from a percent to another is a part of a whole.
        return Reading("share", 0, "base", rule)
    return base_reading(quantity, before, rate, rule)


def _moved(back: Sequence[Item], before: Reading | None) -> bool:
    """Whether a verb of change leads on, behind a subject of its own where a figure stands before."""
    changes = [(i, item.data["part"]) for i, item in enumerate(back) if item.kind == "change"]
    if [part for _, part in changes[:1]] != ["verb"] or any(part == "noun" for _, part in changes):
        return False
    owner = back[changes[0][0] + 1 : changes[0][0] + 2]
    return before is None or any(item.tag.startswith("NN") for item in owner)


def _by_period(back: list[Item], before: Reading | None) -> str | None:
    """A period right before the number that is not the one spoken of."""
    if len(back) > 2 and back[0].text == ":" and back[1].kind == "period" and back[2].text in ("(", ";", ","):
        return "period in brackets"
    if len(back) > 1 and back[0].text in ("(", "[") and back[1].kind == "period" and before is not None:
        return "behind the period compared with"
    if len(back) > 2 and back[0].tag == "POS" and back[1].kind == "period" and back[2].lower in _OWNED_LEADS:
        return "of a period before"
    return None


def _beside(quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None) -> str | None:
    if before is None or not back:
        return None
    if back[0].lower in ("below", "above", "under", "behind") and quantity.number.bound == "=":
        # `well below the 24.2 pct of March`: with an article the word bounds nothing.
        return "below or above"
    if before.role == "base" and back[0].is_word("and") and _dated(right):
        # `up from 38,900 ounces in the previous quarter and 30,100 ounces a year earlier`
        return "as the base before"
    return None


def _worded(back: list[Item]) -> str | None:
    if len(back) > 2 and back[0].is_word("of") and back[1].is_word(*_MARKS):
        # `less than July's all-time high of`, `from a peak of`
        stop = next((i for i, item in enumerate(back[:8]) if item.text == "," or item.kind == "level"), 8)
        owned = any(a.tag == "POS" and b.kind == "period" for a, b in pairwise(back[2:stop]))
        return "from a high" if owned or any(item.is_word("from", "than") for item in back[2:stop]) else None
    if len(back) > 3 and back[0].is_word("of") and back[1].kind == "change" and back[2].is_word("with", "to"):
        # `compares with growth of 0.6% in the previous quarter`
        return "compares with" if _compares(back[3]) else None
    if len(back) > 2 and back[0].kind == "level" and back[1].is_word("it", "figure", "they") and _when(back[2:4]):
        return "when it was"
    return None


def _from_gap(back: Sequence[Item]) -> str | None:
    """`down from a surplus of 1.2 billion`, `compared with a trade deficit of`, not `trade swung to a deficit of`"""
    if len(back) < 3 or not back[0].is_word("of") or back[1].kind != "flow" or back[1].data["flow"] != "balance":
        return None
    back = back[1:6]
    at = next((i for i, item in enumerate(back) if item.tag in ("IN", "TO") or item.kind == "level"), 0)
    if not at or not back[at].is_word("from", "against", "with", "than", "after"):
        return None
    compared = not back[at].is_word("with") or any(_compares(item) for item in back[at + 1 : at + 2])
    return f"{back[at].lower} a gap before" if compared else None


def _it_was(back: list[Item], right: Sequence[Item], before: Reading | None) -> str | None:
    """`one year ago it was 66.9%`, `46.3%, which was 45% one year before`"""
    if before is None or len(back) < 2 or not (back[0].kind == "level" or back[0].is_word("been")):
        return None
    rest = [item for item in back[1:] if not item.is_word("had", "been")]
    if rest and rest[0].is_word("which"):
        return "when it was" if right and _steps_back(right[0]) else None
    if rest and rest[0].is_word("it", "they", "figure", "these", "rate"):
        return "when it was" if any(_steps_back(item) for item in rest[1:3]) else None
    return None


def _steps_back(item: Item) -> bool:
    return item.kind == "period" and item.data.year_from == "before" and item.data.kind != "phrase"


def _led(quantity: Quantity, back: list[Item], before: Reading | None) -> str | None:
    """A preposition that leads to the number: `from`, `than`, `compared with`, `up on`, `after`."""
    revised = len(back) > 2 and back[0].lower == "revised" and back[1].is_word("a", "the")
    # `after a revised 8.9 pct in March`
    lead = lead_word(_past_noun(back[2:] if revised else back))
    if lead is None:
        return None
    word, rest = lead
    if word == "from" and rest and rest[0].kind == "flow":
        # `imports from Korea 0.55 billion`
        return None
    compared = word in ("with", "to") and any(_compares(item) or item.is_word("comparison") for item in rest[:3])
    over = word == "over" and quantity.kind != "percent" and any(item.kind == "change" for item in rest[:2])
    # `up on the 285,800 of July 1986`, `an improvement on the 1.4% of 2003`
    over = over or (word == "on" and bool(rest) and rest[0].kind == "change")
    known = compared or over or word in _BASE_LEADS or (word == "after" and before is not None)
    return f"{word} before" if known else None


def _past_noun(back: list[Item]) -> list[Item]:
    """`against a net loss of`: what stands before the noun that says what the amount is; `back` where there is none."""
    if not back or not back[0].is_word("of"):
        return back
    end = next((i for i, item in enumerate(back[1:7], 1) if not _names(item)), 0)
    led = end > 1 and back[end].is_word("against", "versus", "vs", "from", "with", "to", "after")
    return back[end:] if led else back


def _names(item: Item) -> bool:
    return (
        item.kind in ("flow", "period")
        or item.lower in ("loss", "losses")
        or (item.kind == "word" and item.tag in ("NN", "NNS", "JJ", "DT"))
    )


def _compares(item: Item) -> bool:
    return item.is_word("compared", "compares", "comparing", "compare")


def _when(back: Sequence[Item]) -> bool:
    """`2.4% more than a year earlier, when the figure was 34.45 million`"""
    return any(item.is_word("when") for item in back)


def _dated(right: Sequence[Item]) -> bool:
    return any(item.kind == "period" for item in right[:4])


def base_reading(quantity: Quantity, before: Reading | None, rate: str | None, rule: str) -> Reading:
    measure = before.measure if before is not None else rate or "growth"
    small = quantity.kind == "bare" and not quantity.number.scaled and quantity.number.value < 100
    percent = small and before is not None and before.measure == "share"
    # `0.8 pct of the workforce against 0.9 in March`
    if (quantity.kind not in ("percent", "fraction") and not percent) or (
        rate == "level" and measure in ("difference", "growth")
    ):
        measure = "level"
    if measure == "difference" and quantity.kind == "percent":
        # `half a point less than in December (2.4%)`
        measure = rate or "growth"
    return Reading("growth" if measure == "multiple" else measure, 0, "base", rule)
