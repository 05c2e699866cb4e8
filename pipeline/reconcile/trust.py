"""How sure a relation is: extraction errs on relations more than printers err on numbers."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model.record import Record

EXPLICIT, LIKELY, DOUBTFUL = 3.0, 1.25, 0.6
"""Costs of blaming a relation: hardly ever, about like a figure, before any figure (then nothing is
reported)."""

SURE, FAIR = 0.7, 0.5


def of_records(records: Iterable[Record], best: float = EXPLICIT) -> float:
    """The weight of a relation among the records: at most `best`, less where their fields are unsure."""
    confidence = min((r.confidence for r in records), default=1.0)
    if confidence >= SURE:
        return best
    return min(best, LIKELY if confidence >= FAIR else DOUBTFUL)
