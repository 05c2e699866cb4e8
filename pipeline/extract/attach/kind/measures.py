"""What kind of statistic a quantity is, and its sign: read off the words right before and right behind it.

The nearest evidence wins: a change word directly behind (`a 7.5% rise in`), then the words directly before (`rose by`,
`an increase of`, `down`), then brackets, then what the number is said to be (`accounting for`, `was`), then the
neighbours. Sources of the measures: docs/records.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.kind.bare import bare
from pipeline.extract.attach.kind.bases import base_reading, comparison_base, multiplied
from pipeline.extract.attach.kind.brackets import bracket
from pipeline.extract.attach.kind.limits import part_of_change, past_limit
from pipeline.extract.attach.state.evidence import (
    Reading,
    change_near,
    compares,
    crosses,
    crossing,
    is_close,
    sign_of,
    sized,
    tail,
)
from pipeline.extract.numbers.units import Quantity
from pipeline.extract.words.items import Item

_CHANGES = ("growth", "difference", "multiple")


def read_measure(
    quantity: Quantity, left: Sequence[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading:
    """The reading of `quantity` between `left` and `right`; `before` is the reading of the quantity before it in the
    sentence; `rate` what a bare percent of the indicator in force is (level, growth) or None."""
    back = tail(left, quantity.number.bound_start)
    crossed = next((item for item in left if item.start >= quantity.number.bound_start), None)
    if crossed is not None and back and back[0].kind == "change" and crosses(crossed, quantity):
        return crossing(rate, quantity)
    if quantity.kind == "times":
        return Reading("multiple", 1, "main", "times")
    if multiplied(left, before):
        return base_reading(quantity, before, rate, "multiple of")
    rules = (past_limit, _behind, comparison_base, bracket, _directly, _composed, _by_or_of, _to_or_at, _link, _listed)
    for rule in (*rules, _borne, _said):
        reading = rule(quantity, back, right, before, rate)
        if reading is not None:
            return _of_an_amount(reading, quantity, right)
    return bare(quantity, back, right, before, rate)


def _of_an_amount(reading: Reading, quantity: Quantity, right: Sequence[Item]) -> Reading:
    """`33.3 pct of imports of 41 billion against 34.4 pct of 31.58 billion`: a part of what follows at once."""
    part = quantity.kind == "percent" and reading.role == "base" and [item.lower for item in right] == ["of"]
    return replace(reading, measure="share", sign=0) if part and reading.measure == "level" else reading


def shared_change(quantity: Quantity, right: Sequence[Item]) -> Reading | None:
    """The change behind a list that ends in `quantity` (`2.0% and 5.1% more than in May`): it is that of all."""
    return _behind(quantity, [], right, None, None)


def _link(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`3.5 million mt or 3.6% more than in August`: the first says what the second says."""
    if len(right) == 1 and right[0].is_word("or") and quantity.kind not in ("percent",):
        return Reading("difference", 0, "link", "linked by or")
    return None


def _behind(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`a 7.5% rise in`, `2.5 percentage points higher than`, `19.5 percent more than last year`, `24.4% above`."""
    for position, item in enumerate(right[:3]):
        if item.kind == "change" and item.data["part"] in ("noun", "comparative") and is_close(right, position):
            if item.data["part"] == "comparative" and not compares(right, position):
                return None
            if item.data["part"] == "noun" and back and back[0].is_word("by") and position:
                return None
            return Reading(sized(quantity), sign_of(item) or 1, "main", f"{item.lower} behind")
        if not position and item.lower in ("up", "down") and not any(x.is_word("to", "from") for x in right[1:2]):
            # `2.3% up in tonnage`
            return Reading(sized(quantity), sign_of(item), "main", f"{item.lower} behind")
        if item.kind in ("mark", "quantity") or item.is_word("of", "and", "to", "from", "in"):
            return None
    return None


def _directly(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`rose 27 pct`, `down 23.16%`, `fell 30,000 barrels`."""
    # `Dockworkers moved 5.3 million containers`
    carried = back and back[0].lower == "moved" and quantity.kind in ("bare", "mass", "volume")
    if not back or back[0].kind != "change" or carried:
        return None
    if back[0].data["part"] == "noun":
        # `growth had topped 9%`
        return (
            Reading("growth", sign_of(back[0]) or 1, "main", f"{back[0].lower} before")
            if quantity.kind == "percent"
            else None
        )
    if back[0].data["part"] == "comparative" and quantity.kind not in ("percent", "percentage_point"):
        return Reading("level", 0, "main", "level")
    if (
        quantity.kind in ("percent", "fraction")
        and rate == "level"
        and back[0].data["part"] == "verb"
        and back[0].lower in ("was", "were")
    ):
        return Reading("level", 0, "main", "level")
    return Reading(sized(quantity), sign_of(back[0]), "main", f"{back[0].lower} before")


def _at_a_pace(back: Sequence[Item]) -> Item | None:
    """`Consumer spending grew at a rate of 3.3%`: the verb of what grew."""
    if not (back[0].is_word("of") and len(back) > 3 and back[1].is_word("rate", "pace")):
        return None
    verb = next((item for item in back[2:6] if item.kind == "change"), None)
    return verb if verb is not None and verb.data["part"] == "verb" else None


def _by_or_of(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`rose by 18.4%`, `an increase of 18.4%`, `an increase in imports of 3 pct`; `exports by 29.4%` with the
    verb left out."""
    if len(back) < 2 or not back[0].is_word("by", "of", "at", "about", "in", "a"):
        return None
    if (paced := _at_a_pace(back)) is not None and quantity.kind == "percent":
        return Reading("growth", sign_of(paced), "main", "at a pace of")
    change = change_near(back[1:], back[0].lower)
    counted = quantity.kind == "bare" and quantity.number.scaled
    amount = counted or quantity.kind in ("money", "rate", "mass", "volume")
    if back[0].is_word("at") and amount:
        # `they were up at 17.2 billion`: where it arrived
        return None
    if change is not None:
        # `a negative growth of 3.1 per cent`
        before_it = back[back.index(change) + 1 : back.index(change) + 2]
        sign = -1 if any(item.is_word("negative") for item in before_it) else sign_of(change)
        return Reading(sized(quantity), sign, "main", f"{change.lower} {back[0].lower}")
    if back[0].is_word("of") and any(item.kind == "share" for item in back[1:4]):
        return Reading("share", 0, "main", "share of") if quantity.kind in ("percent", "fraction") else None
    if back[0].is_word("by") and (
        quantity.kind in ("percent", "fraction", "percentage_point", "basis_point")
        or (before is not None and (before.role == "base" or _changed_too(back, before) or _arrived(back, before)))
    ):
        return Reading(sized(quantity), 0, "gapped", "by, verb left out")
    return None


def _composed(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`The export consisted by 38% of food, by 18% of wood`"""
    if quantity.kind != "percent" or not (right and right[0].is_word("of")):
        return None
    said = next((item.lower for item in back[:2] if item.kind == "share"), "")
    rule = f"{said} before" if said else before.rule if before is not None and before.measure == "share" else ""
    return Reading("share", 0, "main", rule) if rule.startswith(COMPOSED) else None


COMPOSED = ("consist", "composed")


def _changed_too(back: Sequence[Item], before: Reading) -> bool:
    """`Imports fell by 64.2 billion, exports by 63.7 billion`"""
    return before.measure in ("growth", "difference") and before.role == "main" and back[1].kind == "flow"


def _arrived(back: Sequence[Item], before: Reading) -> bool:
    """`men out of work fell by 6,310 to 174,320 and women by 10,122 to 258,860`"""
    return before.rule == "to" and any(item.is_word("and") or item.text == "," for item in back[2:7])


def _to_or_at(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`rose 27 pct to 7.28 billion`, `slowed to 0.5%`: where a change arrived."""
    if not back or not back[0].is_word("to", "at", "into"):
        return None
    change = next((item for item in back[1:9] if item.kind == "change"), None)
    if quantity.kind in ("percent", "fraction"):
        if rate == "level":
            return Reading("level", 0, "main", "to")
        if rate is None and change is not None and change.data["part"] == "verb" and right and right[0].is_word("of"):
            # `debt fell to 106% of GDP`
            return Reading("share", 0, "main", "to a part of")
        from_share = len(back) == 1 and before is not None and (before.measure, before.role) == ("share", "base")
        if from_share or any(item.kind == "share" for item in back):
            return Reading("share", 0, "main", "share to")
        if any(item.kind == "change" and item.data["part"] == "noun" for item in back) or rate == "growth":
            return Reading("growth", 1, "main", "growth to")
        return (
            None
            if change is None
            else Reading("share" if before is not None and before.measure == "share" else "growth", 1, "main", "to")
        )
    return Reading("level", 0, "main", "to")


def _listed(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`shrank by 260 million and 65 million`: in a list an amount is what the one before it is."""
    if part_of_change(quantity, back, before):
        return replace(before, rule="part of the change") if before is not None else None
    alone = len(back) == 1 and (back[0].text == "," or back[0].is_word("and"))
    if len(back) == 2 and back[0].is_word("of") and back[1].is_word("and") and before is not None:
        # `a gain of 2.8 million tons on the month and of 300,000 tons on the year`
        return replace(before, rule="as the one before") if before.measure == "difference" else None
    if not alone or before is None or before.measure != "difference" or quantity.kind != "money":
        return None
    return replace(before, rule="as the one before")


def _said(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`accounting for 64.4% of`, `was 93 percent of`, `the growth rate was 5%`, `its proportion was 59.8 percent`."""
    if quantity.kind not in ("percent", "fraction", "percentage_point"):
        if (moved := _was_the_change(quantity, back)) is not None:
            return moved
        return (
            Reading("level", 0, "main", "level")
            if quantity.kind != "bare" or (back and back[0].kind == "level")
            else None
        )
    if quantity.kind == "percentage_point":
        change = next((item for item in back[:8] if item.kind == "change"), None)
        return Reading("difference", sign_of(change) if change else 1, "main", "percentage points")
    near = back[:12]
    if right and right[0].is_word("of") and not (right[1:2] and right[1].kind == "quantity"):
        if rate == "level" and near and near[0].kind == "level":
            # `unemployment was 7.9 pct of the workforce`
            return Reading("level", 0, "main", "rate was")
        # `100.4% of the corresponding period` is a factor, no part.
        again = any(item.kind == "period" and item.data.same for item in right[1:3])
        return Reading("multiple" if again else "share", int(again), "main", "percent of")
    for item in near:
        if item.kind == "mark" and item.text in (",", ";") and quantity.kind == "percent" and item is not near[0]:
            break
        if item.kind == "share":
            return Reading("share", 0, "main", f"{item.lower} before")
    if quantity.kind == "fraction":
        return None
    return _percent_said(near, rate)


def _borne(
    quantity: Quantity, back: list[Item], right: Sequence[Item], before: Reading | None, rate: str | None
) -> Reading | None:
    """`A mortgage cost 5.69%`, `bonds yielding 4.2%`: a rate of interest."""
    bears = quantity.kind == "percent" and bool(back) and back[0].is_word(*_BEARING)
    return Reading("level", 0, "main", "a rate borne") if bears else None


_BEARING = ("cost", "costs", "costing", "yield", "yields", "yielding", "yielded")


def _was_the_change(quantity: Quantity, back: Sequence[Item]) -> Reading | None:
    """`March's increase had been 6.8 billion`"""
    if quantity.kind != "money" or len(back) < 2 or back[0].lower not in ("was", "been", "were"):
        return None
    rest = [item for item in back[1:3] if not item.is_word("had", "have", "has")]
    change = rest[0] if rest and rest[0].kind == "change" and rest[0].data["part"] == "noun" else None
    if change is None or change.lower not in ("increase", "rise", "gain", "decrease", "decline", "drop", "fall"):
        return None
    return Reading("difference", sign_of(change) or 1, "main", f"{change.lower} was")


def _percent_said(near: list[Item], rate: str | None) -> Reading | None:
    if not near or not (near[0].kind == "level" or near[0].is_word("of", "at", "with", "for", "is")):
        return None
    nouns = [item for item in near if item.kind == "change" and item.data["part"] == "noun"]
    if nouns:
        return Reading("growth", sign_of(nouns[0]) or 1, "main", f"{nouns[0].lower} was")
    if rate is not None:
        return Reading(rate, 1, "main", "rate was")
    return None
