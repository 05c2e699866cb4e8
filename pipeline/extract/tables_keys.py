"""What a table cell is about: header path, row label, section head, caption and document decide, in that
order.

1. Flow: the row's, the column's, the section's, the caption's; a bare total gives way to exports, imports
   and balance.
2. Period: the row's and the column's (`2023` over `January` is one month), the section's, the caption's,
   the document's.
3. Areas: of row, column and section a partner where the table speaks of trade flows, else the reporter; the
   caption's first area reports, one after `with`, `to`, `from` is the partner; last the document's.
4. Product: what a label says beyond all that. Indicator: foreign trade where there is a flow, else the
   label's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.tables_wording import TextKind, Wording, tidy, wording
from pipeline.model.period import Period
from pipeline.model.record import Flow

_PARTNER = re.compile(r"\b(?:with|to|from|and)\s+(?:the\s+)?$", re.I)
_TOWARDS = re.compile(r"\b(?:with|to|from)\s+(?:the\s+)?$", re.I)
_LIST_WORDS = re.compile(
    r"\b(?:table|tab\.)\s*[\w.-]*\d\w*[.:]?|\b(?:unit|units)\s*:.*$|\b(?:the\s+)?(?:top|main|major|principal|key|leading)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|\d+)\b|\([^()]*\)|\b(?:during|in|for|the)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Place:
    """An area named in a text: its code and span."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finders:
    """The finders that tables share with prose. `areas` lists areas in order; `period` reads a text's main
    period (`year` None where the text names none) with its span."""

    areas: Callable[[str], Sequence[Place]]
    period: Callable[[str], tuple[Period, int, int] | None]


@dataclass(frozen=True, slots=True)
class TableContext:
    """What the document says where the table does not: reporter, period, flow, and indicator of its main
    series."""

    area: str | None = None
    counterpart: str | None = None
    period: Period | None = None
    flow: Flow | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One text of the table read through: words, areas, period, and what is left as a product or
    indicator."""

    text: str
    words: Wording
    places: tuple[Place, ...]
    period: Period | None
    rest: str


@dataclass(frozen=True, slots=True)
class Key:
    """The series and period of a cell."""

    flow: Flow | None
    flow_sign: int
    indicator: str
    commodity: str | None
    ref_area: str | None
    counterpart_area: str | None
    period: Period | None
    basis: str | None


def read_text(text: str, finders: Finders, kind: TextKind = "header") -> Said:
    """Reads one header path, row label or section head, or caption."""
    period = finders.period(text)
    places = tuple(finders.areas(text))
    cut = [(place.start, place.end) for place in places] + ([period[1:]] if period else [])
    bare = text
    for start, end in sorted(cut, reverse=True):
        bare = bare[:start] + " " + bare[end:]
    return Said(text, wording(text, kind), places, period[0] if period else None, wording(bare, kind).rest)


def key_of(row: Said, column: Said, section: Said | None, caption: Said, context: TableContext) -> Key:
    """The key of the cell where `row` and `column` meet."""
    near = [row, column, *([section] if section else [])]
    flow, sign = _flow([*near, caption], context)
    reporter, partner = _areas(near, caption, context, flow)
    period, basis = _period(near, caption, context)
    rest = _product(row, section, column)
    if flow is not None:
        return Key(flow, sign, "foreign trade", rest or None, reporter, partner, period, basis)
    subject = _subject(caption)
    if subject is not None:
        return Key(None, 1, subject, rest or None, reporter, partner, period, basis)
    indicator = rest or column.rest or context.indicator or tidy(row.text) or "not named"
    return Key(None, 1, indicator, None, reporter, partner, period, basis)


def _flow(order: Sequence[Said], context: TableContext) -> tuple[Flow | None, int]:
    said = [(s.words.flow, s.words.flow_sign) for s in order if s.words.flow]
    specific = [pair for pair in said if pair[0] != "total"]
    if specific and said[0][0] == "total" and order[0].words.flow == "total":
        specific = []
    chosen = next(iter(specific or said), None)
    return chosen if chosen else (context.flow, 1)


def _product(row: Said, section: Said | None, column: Said) -> str:
    """The row's own words; a section's where the row is only a total or a flow."""
    if row.rest and not (row.words.total and not row.rest.strip()):
        return row.rest
    return section.rest if section and section.rest and not row.words.total else ""


def _areas(
    near: Sequence[Said], caption: Said, context: TableContext, flow: Flow | None
) -> tuple[str | None, str | None]:
    reporter, partner = _caption_areas(caption)
    reporter = reporter or context.area
    inner = next((said.places[0].code for said in near if said.places), None)
    if inner is None:
        return reporter, partner
    inside = reporter is not None and inner.startswith(f"{reporter}-")
    if flow is None or inside or reporter is None:
        return inner, partner
    return (reporter, inner) if inner != reporter else (reporter, partner)


def _caption_areas(caption: Said) -> tuple[str | None, str | None]:
    reporter = partner = None
    for place in caption.places:
        before = caption.text[: place.start]
        if _TOWARDS.search(before) or (reporter is not None and _PARTNER.search(before)):
            partner = partner or place.code
        else:
            reporter = reporter or place.code
    return reporter, partner


def _period(near: Sequence[Said], caption: Said, context: TableContext) -> tuple[Period | None, str | None]:
    found = [said.period for said in near if said.period]
    outer = [period for period in (caption.period, context.period) if period]
    if not found:
        basis = "stated" if caption.period else "context" if context.period else None
        return (outer[0] if outer else None), basis
    finest = min(found, key=lambda period: period.months)
    year = finest.year or next((period.year for period in [*found, *outer] if period.year), None)
    return replace(finest, year=year), "table header"


def _subject(caption: Said) -> str | None:
    """What a caption says that all rows are of (`cargo by group`: cargo); None where its rows are the
    indicators."""
    if re.search(r"\b(?:indicators|data|statistics|figures|results)\b", caption.text, re.I):
        return None
    return tidy(re.split(r"\bby\b|,|:(?=\s)", _LIST_WORDS.sub(" ", caption.rest))[0]) or None
