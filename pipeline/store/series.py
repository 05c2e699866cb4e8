"""Which figures of different documents can speak of one another: those of one series, trade flows taken
together."""

from __future__ import annotations

import hashlib

from pipeline.model.record import Record


def series_group(record: Record) -> str:
    """A short name of the record's group: its series as reconciliation names it, without the flow (so that
    exports, imports, total and balance of one trade meet) and with the two areas in either order (so that a
    partner's mirror figures meet)."""
    from pipeline.reconcile.group import series_of

    series = series_of(record)
    areas = sorted((series.ref or "", series.partner or ""))
    text = "\0".join((series.subject, series.goods, *areas))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
