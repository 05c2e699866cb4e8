"""A number mention, and the scale words that every number module reads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from pipeline.extract.wording import alternation
from pipeline.lexicon import load
from pipeline.model.record import Bound

Kind = Literal["plain", "percent", "percentage_point", "basis_point", "times", "fraction", "word"]


@dataclass(frozen=True, slots=True)
class NumberMention:
    """`start`..`end` spans sign, digits, scale and percent; `value`, `lower`, `upper` have scale and sign applied.

    `bound_start` is where the bounding words begin (== start without any). For `kind` fraction the value is in
    percent. `scaled` says that a scale word was there, `decimals` how many digits stood behind the point.
    """

    start: int
    end: int
    bound_start: int
    value: Decimal
    lower: Decimal
    upper: Decimal
    bound: Bound
    kind: Kind
    scaled: bool
    signed: bool
    bracketed: bool = False
    scale: Decimal = Decimal(1)


@cache
def scales() -> tuple[dict[str, Decimal], str, str]:
    factors: dict[str, Decimal] = {}
    spaced: list[str] = []
    glued: list[str] = []
    for row in load.rows("magnitudes"):
        for form in load.values(row["forms"]):
            factors[form.lower()] = Decimal(row["factor"])
            spaced.append(form)
        for form in load.values(row["glued"]):
            factors.setdefault(form.lower(), Decimal(row["factor"]))
            glued.append(form)
    return factors, alternation(spaced), alternation(glued)
