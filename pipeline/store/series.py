"""Which figures of different documents can speak of one another: those of one series, trade flows taken
together."""

from __future__ import annotations

import hashlib

from pipeline.model.record import Record


def series_group(record: Record) -> str:
    """A short name of the record's group: its series key with the flow left out, so that exports, imports,
    total and balance of one trade meet."""
    indicator = "" if record.flow else record.indicator.casefold()
    fields = (
        indicator,
        (record.commodity or "").casefold(),
        record.ref_area or "",
        record.counterpart_area or "",
    )
    return hashlib.sha256("\0".join(fields).encode("utf-8", "surrogatepass")).hexdigest()[:24]
