"""The record: one figure of one document with every field that says what it is about (see docs/records.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Measure = Literal["level", "growth", "multiple", "difference", "share", "rank"]
Bound = Literal["=", "~", ">", "<", ">=", "<=", "range"]
Flow = Literal["imports", "exports", "total", "balance"]
Comparison = Literal["yoy", "mom", "qoq", "previous"]
ObsStatus = Literal["A", "E", "F", "T"]
Check = Literal["confirmed", "unchecked", "conflicting", "repaired"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One number mention. Decimals travel as strings; a value the text does not give is None.

    `obs_value`, `lower`, `upper` are in units of `unit_measure` with the scale word applied; `lower`..`upper` is the
    closed interval that rounding leaves open. `char_start`/`char_end` are code points of the document's text.
    """

    id: str
    document: str
    char_start: int
    char_end: int
    quote: str
    measure: Measure
    obs_value: Decimal
    lower: Decimal
    upper: Decimal
    bound: Bound
    unit_measure: str
    counted: str | None = None
    flow: Flow | None = None
    indicator: str
    commodity: str | None = None
    ref_area: str | None = None
    counterpart_area: str | None = None
    time_period: str | None = None
    comparison: Comparison | None = None
    obs_status: ObsStatus = "A"
    sentence: str
    relates_to: str | None = None
    share_of: str | None = None
    base_period: str | None = None
    time_period_basis: str | None = None
    attribution: str | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    extraction: str
    confidence: float
    check: Check = "unchecked"
    findings: tuple[str, ...] = ()
    published_value: Decimal | None = None
    readings: tuple[tuple[Decimal, float], ...] = ()
    """Other values the damaged glyphs may stand for, with their costs; only for figures read from tables or scans."""


def series_key(record: Record) -> tuple[str | None, ...]:
    """The record's series: (flow, indicator unless a trade flow says it, commodity, ref_area, counterpart_area)."""
    indicator = None if record.flow else record.indicator
    return (record.flow, indicator, record.commodity, record.ref_area, record.counterpart_area)
