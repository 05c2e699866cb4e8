"""The exchange rates that a period's figures can have been converted at."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.lexicon.rates import rates_within
from pipeline.reconcile.intervals import Range
from pipeline.reconcile.spans import Span

PUBLISHED_WITHIN = 75
"""Days after a period in which its figures are published, and converted at the rate of the day."""


def rate_between(sold: str, bought: str, span: Span) -> Range | None:
    """The lowest and highest daily rate, units of `bought` for one of `sold`, from the period's start until
    its figures are out; None for currencies or years the bank does not list."""
    if not span.dated or span.place:
        return None
    found = rates_within(sold, bought, *_days(span))
    return Range(*found) if found else None


def _days(span: Span) -> tuple[date, date]:
    if span.daily:
        first, last = date.fromordinal(span.start), date.fromordinal(span.start + span.length)
    else:
        end = span.start + span.length
        first, last = date(span.start // 12, span.start % 12 + 1, 1), date(end // 12, end % 12 + 1, 1)
    return first, last + timedelta(days=PUBLISHED_WITHIN)
