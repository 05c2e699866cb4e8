"""Grouping: which records speak of the same quantity. A quantity is a series in a period and a unit.

Names are compared by their words without endings, fillers and order, so that `rubber tires` and `Rubber
Tire` agree. Only within one document are unknown years and unnamed areas taken to be the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.model.record import Record
from pipeline.reconcile.spans import Span, span_of

FILLERS = {
    "the",
    "of",
    "and",
    "a",
    "an",
    "value",
    "total",
    "volume",
    "amount",
    "product",
    "in",
    "to",
    "for",
    "on",
    "newly",
    "new",
    "commodity",
    "trade",
    "foreign",
}
APART = (
    "service",
    "re-export",
    "reexport",
    "transit",
    "account",
    "budget",
    "invisible",
    "order",
    "capital",
    "price",
    "average",
)
"""Words of an indicator that part a trade figure from the trade in goods."""
MOST_DIGITS = 24
"""Longer numbers are serial numbers or accidents, and would leave the precision of decimals."""
_AVERAGE = re.compile(r"\b(averag\w*|per capita|per head|per day|a day|daily)\b", re.I)
_OTHER_BALANCE = re.compile(r"\b(current[ -]account|current (?:surplus|deficit)|budget|invisibles|services)\b", re.I)


def words_of(text: str | None) -> str:
    """The telling words of a name, singular, sorted; empty for none."""
    found = set()
    for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", (text or "").lower()):
        single = (
            word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") and len(word) > 3 else word
        )
        if single not in FILLERS:
            found.add(single)
    return " ".join(sorted(found))


@dataclass(frozen=True, slots=True)
class Series:
    """What is measured. `subject` is empty for trade in goods; `goods` empty for all goods; None areas as in
    records."""

    flow: str | None
    subject: str
    goods: str
    ref: str | None
    partner: str | None

    def code(self) -> str:
        """A name that is unique for the series."""
        return "/".join(part or "" for part in (self.flow, self.subject, self.goods, self.ref, self.partner))


@dataclass(frozen=True, slots=True)
class Spot:
    """One quantity: a series in a span, in a unit. `branch` parts figures that share a key but cannot be the
    same."""

    series: Series
    span: Span
    unit: str
    branch: int = 0

    @property
    def name(self) -> str:
        """The quantity's name in the system."""
        return f"{self.series.code()}@{self.span.code()}@{self.unit}" + (f"#{self.branch}" if self.branch else "")

    def at(self, span: Span) -> Spot:
        """The same series, unit and branch in another span."""
        return replace(self, span=span)

    def of(self, series: Series) -> Spot:
        """Another series in the same span and unit."""
        return replace(self, series=series, branch=0)


def series_of(record: Record) -> Series:
    """The series that a record speaks of."""
    words = words_of(record.indicator)
    if record.flow:
        named = f"{record.indicator} {record.commodity or ''}".lower()
        words = " ".join(word for word in APART if word in named)
    if record.flow == "balance" and _OTHER_BALANCE.search(record.sentence):
        words = " ".join(sorted({m.lower()[:7] for m in _OTHER_BALANCE.findall(record.sentence)}))
    if averaged(record):
        words += " average"
    partner = None if record.counterpart_area == "WORLD" else record.counterpart_area
    return Series(record.flow, words, words_of(record.commodity), record.ref_area, partner)


def averaged(record: Record) -> bool:
    """Whether the words before the number call it an average (which no sum contains)."""
    at = record.sentence.find(record.quote)
    return at > 0 and bool(_AVERAGE.search(record.sentence[max(0, at - 120) : at]))


def unit_of(record: Record) -> str:
    """The unit that two levels must share to be compared: for counts with what is counted."""
    return f"count:{words_of(record.counted)}" if record.unit_measure == "count" else record.unit_measure


def place_of(record: Record) -> str:
    """The passage of a record without a period: its table or its sentence."""
    return f"table {record.table}" if record.table else str(hash_free(record.sentence))


def hash_free(sentence: str) -> str:
    """A sentence as a name: its letters, shortened, so that runs agree (Python's hash does not)."""
    letters = re.sub(r"\W+", "", sentence)
    return f"{letters[:24]}{len(letters)}"


def period_of(record: Record) -> Span:
    """The record's span; without a period one that only its own passage shares."""
    return span_of(record.time_period, place_of(record))


def spot_of(record: Record, unit: str | None = None) -> Spot:
    """The quantity of a level (or, with `unit`, of the level that a change speaks of)."""
    return Spot(series_of(record), period_of(record), unit or unit_of(record))


def base_span(record: Record) -> Span | None:
    """The span that a growth, multiple or difference compares with; None where it cannot be said."""
    now = period_of(record)
    if record.base_period and not record.base_period.startswith("XXXX"):
        base = span_of(record.base_period)
        if base.dated == now.dated:
            return base if base != now else None
    if now.place:
        return replace(now, start=now.start - 12) if record.comparison == "yoy" else None
    months = {"yoy": 12, "mom": 1, "qoq": 3}.get(record.comparison or "")
    if record.comparison == "previous" and not now.daily:
        months = now.length
    if months is None or (not now.daily and now.length > max(months, 12)):
        return None
    return now.shifted(-months)


def comparable(records: Iterable[Record]) -> list[Record]:
    """The records that arithmetic may use: actual figures, no ranks, targets, estimates or forecasts, nor
    strings of digits longer than any amount."""
    return [
        r for r in records if r.obs_status == "A" and r.measure != "rank" and abs(r.obs_value.adjusted()) <= MOST_DIGITS
    ]
