"""The rules: each module turns the figures of a book into relations, `apply(book, records)`, in this order.

Levels are observed before any rule runs; changes and shares come first, because they make the quantities of
other periods and of wholes that sums then tie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.model.record import Record
from pipeline.reconcile.book import Book
from pipeline.reconcile.rules import (
    balance,
    currency_pair,
    difference,
    growth_of_parts,
    growth_vs_levels,
    part_exceeds_whole,
    rank_order,
    ratio,
    share_of_whole,
    shares_sum,
    sum_of_parts,
    sum_of_periods,
    unit_plausibility,
)

Rule = Callable[[Book, Sequence[Record]], None]

RULES: tuple[Rule, ...] = (
    growth_vs_levels.apply,
    ratio.apply,
    difference.apply,
    share_of_whole.apply,
    sum_of_parts.apply,
    balance.apply,
    growth_of_parts.apply,
    sum_of_periods.apply,
    part_exceeds_whole.apply,
    currency_pair.apply,
    shares_sum.apply,
    rank_order.apply,
    unit_plausibility.apply,
)
