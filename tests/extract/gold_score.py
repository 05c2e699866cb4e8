"""Scores records against gold figures: recall, precision, and the share of figures with every field right.

A gold figure is a JSON object with `document`, `spans` (its places in the text: several where a passage is repeated),
`required` (false: may be found or not) and the fields of the record. A field that is missing or `*` is not compared; a
list holds alternatives; `areas` are reporter and partner in either order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sentence_cases import alike

from pipeline.model.record import Record

Gold = dict[str, Any]
_WORDED = ("indicator", "commodity", "counted")
_PLAIN = ("measure", "unit_measure", "bound", "flow", "ref_area", "counterpart_area", "comparison", "obs_status")
_AREAS = ("ref_area", "counterpart_area")
_SPAN = re.compile(r"(?P<year>\d{4}|XXXX)-(?P<month>\d\d)-01/P(?P<count>\d+)(?P<unit>[MY])")


@dataclass
class Score:
    """Counts over documents; the three ratios are percentages."""

    required: int = 0
    found: int = 0
    full: int = 0
    spurious: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Required figures that were found."""
        return 100 * self.found / self.required

    @property
    def precision(self) -> float:
        """Figures found among those found and those that are no figure of the gold."""
        return 100 * self.found / (self.found + self.spurious)

    @property
    def fullness(self) -> float:
        """Required figures that were found with every field right."""
        return 100 * self.full / self.required


def add(score: Score, gold: Sequence[Gold], records: Sequence[Record]) -> None:
    """Adds one document's figures to `score`."""
    free = list(records)
    for figure in gold:
        record = _partner(figure, free)
        if record is not None:
            free.remove(record)
        if figure["required"]:
            _count(score, figure, record)
    score.spurious += sum(not any(_overlap(figure, record) > 0 for figure in gold) for record in free)


def _count(score: Score, figure: Gold, record: Record | None) -> None:
    wrong = ["missed"] if record is None else [name for name in _compared(figure) if not _right(name, figure, record)]
    score.required += 1
    score.found += record is not None
    score.full += not wrong
    if wrong:
        score.misses.append(f"{figure['document']} {figure['quote']!r}: {', '.join(wrong)}")


def _partner(figure: Gold, records: Sequence[Record]) -> Record | None:
    best = max(records, key=lambda record: _overlap(figure, record), default=None)
    return best if best is not None and _overlap(figure, best) > 0 else None


def _overlap(figure: Gold, record: Record) -> int:
    return max(min(end, record.char_end) - max(start, record.char_start) for start, end in figure["spans"])


def _compared(figure: Gold) -> list[str]:
    names = ["obs_value", "time_period", *_PLAIN, *_WORDED]
    if figure.get("flow") not in (None, "*"):
        names.remove("indicator")
    return [name for name in names if figure.get(name, "*") != "*" or (name in _AREAS and "areas" in figure)]


def _right(name: str, figure: Gold, record: Record) -> bool:
    if name in _AREAS and "areas" in figure:
        return {record.ref_area, record.counterpart_area} == set(figure["areas"])
    wanted = figure[name] if isinstance(figure[name], list) else [figure[name]]
    return any(_same(name, choice, getattr(record, name)) for choice in wanted)


def _same(name: str, wanted: Any, got: Any) -> bool:
    if wanted is None or got is None:
        return wanted is None and got is None
    if name == "obs_value":
        return abs(Decimal(wanted) - got) <= abs(Decimal(wanted)) / 10000
    if name == "time_period":
        return _shortest(wanted) == _shortest(got)
    return wanted == got or (name in _WORDED and alike(wanted, got))


def _shortest(period: str) -> str:
    """One spelling a span: `2021-01-01/P6M` is `2021-S1`, `/P3M` a quarter, `/P12M` and `/P1Y` a year."""
    span = _SPAN.fullmatch(period)
    if span is None:
        return period
    month, months = int(span["month"]), int(span["count"]) * (12 if span["unit"] == "Y" else 1)
    short = {12: "", 6: f"-S{month // 6 + 1}", 3: f"-Q{month // 3 + 1}", 1: f"-{month:02}"}.get(months)
    if short is None or (months > 1 and (month - 1) % months):
        return f"{span['year']}-{month:02}-01/P{months}M"
    return span["year"] + short
