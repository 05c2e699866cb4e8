"""By what cases are ordered and figures are found: how bad a case is, what a figure claims to measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from pipeline.model.finding import Finding
from pipeline.model.record import Record, series_key

_RANK = {"error": 0, "warning": 1, "info": 2}


def observation_key(record: Record) -> tuple[object, ...] | None:
    """What a figure claims to measure; None where the period or area is not known well enough to compare."""
    if record.time_period is None or record.time_period.startswith("XXXX") or record.ref_area is None:
        return None
    return (series_key(record), record.measure, record.comparison, record.unit_measure, record.time_period)


def by_observation(records: Iterable[Record]) -> dict[tuple[object, ...], list[str]]:
    index: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for record in records:
        if (key := observation_key(record)) is not None:
            index[key].append(record.id)
    return dict(index)


def badness(finding: Finding) -> tuple[int, Decimal]:
    """Worst first: errors before warnings, and within them the widest miss first."""
    return _RANK[finding.severity], -miss(finding)


def miss(finding: Finding) -> Decimal:
    """How far what was observed lies outside of what was expected, as a share of the larger of the two (0
    to 2).
    """
    expected, observed = finding.expected, finding.observed
    if expected is None or observed is None:
        return Decimal(0)
    low = expected.lower if expected.lower is not None else observed
    high = expected.upper if expected.upper is not None else observed
    distance = max(low - observed, observed - high, Decimal(0))
    scale = max(abs(low), abs(high), abs(observed))
    return distance / scale if scale else Decimal(0)
