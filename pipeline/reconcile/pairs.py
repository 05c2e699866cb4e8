"""Contradictions that two failing relations show together, with the quantity they share taken out.

Two sums that both fail may fail for the same cell; where their residuals differ, that cell alone cannot mend
both. Finding these pairs at once spares the search one linear programme each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from pipeline.reconcile.intervals import Range
from pipeline.reconcile.system import Row, boxes

MOST_ROWS = 60


def paired_conflicts(rows: Sequence[Row], lone: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Row sets (two relations and the observations that bind them) that contradict without the shared
    quantity.

    `lone` are the contradictions of single relations. Only quantities with one observation each take part;
    beyond MOST_ROWS failing relations the rest is left to the search.
    """
    failing = sorted({i for conflict in lone for i in conflict if not rows[i].observes})[:MOST_ROWS]
    watch = _single_observations(rows)
    box = boxes(rows)
    found: list[tuple[int, ...]] = []
    for k, i in enumerate(failing):
        for j in failing[k + 1 :]:
            found.extend(_pair(rows, i, j, box, watch))
    return found


def _single_observations(rows: Sequence[Row]) -> dict[str, int]:
    seen: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if row.observes:
            seen.setdefault(row.terms[0][0], []).append(i)
    return {name: at[0] for name, at in seen.items() if len(at) == 1}


def _pair(
    rows: Sequence[Row], i: int, j: int, box: Mapping[str, Range], watch: Mapping[str, int]
) -> Iterator[tuple[int, ...]]:
    first, second = dict(rows[i].terms), dict(rows[j].terms)
    for shared in first.keys() & second.keys():
        factor = -first[shared] / second[shared]
        terms = {
            name: first.get(name, Fraction(0)) + factor * second.get(name, Fraction(0))
            for name in sorted(first.keys() | second.keys())
        }
        used = {name: c for name, c in terms.items() if c}
        if not used.keys() <= watch.keys():
            continue
        left = Range.exactly(Fraction(0))
        for name, coefficient in used.items():
            left = left + box[name].scaled(coefficient)
        if not left.touches(rows[i].bounds + rows[j].bounds.scaled(factor)):
            yield tuple(sorted({i, j, *(watch[name] for name in used)}))
