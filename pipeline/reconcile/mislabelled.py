"""Totals that are balances: a figure read as imports and exports together that is exactly their
difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from pipeline.model.record import Record
from pipeline.reconcile.group import comparable, spot_of
from pipeline.reconcile.intervals import Range, of_record


def corrected(records: Sequence[Record]) -> list[Record]:
    """The records as grouping should see them: a total that its exports and imports show to be their
    difference, and not their sum, counts as a balance. The records handed back to the caller stay as they
    were extracted."""
    levels: dict[str, Record] = {}
    for record in comparable(records):
        if record.measure == "level":
            levels.setdefault(spot_of(record).name, record)
    return [_as_balance(record) if _is_balance(record, levels) else record for record in records]


def _as_balance(record: Record) -> Record:
    return msgspec.structs.replace(record, flow="balance")


def _is_balance(record: Record, levels: Mapping[str, Record]) -> bool:
    if record.flow != "total" or record.measure != "level":
        return False
    spot = spot_of(record)
    sold, bought = (levels.get(spot.of(replace(spot.series, flow=f)).name) for f in ("exports", "imports"))
    if sold is None or bought is None:
        return False
    seen, out, back = of_record(record), of_record(sold), of_record(bought)
    if seen.touches(out + back):
        return False
    return _bounded(seen, out, back) and (seen.touches(out - back) or seen.touches(back - out))


def _bounded(*ranges: Range) -> bool:
    return all(room.bounded for room in ranges)
