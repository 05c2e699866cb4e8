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

from pipeline.extract.tables.wording import TextKind, Wording, tidy, wording
from pipeline.model.period import Period
from pipeline.model.record import Flow

OTHER = "OTHER"
"""The partner that the last row of a list of partners stands for: all that are not named."""
CHANGES = ("growth", "share", "difference")
"""Measures that speak of an amount in another column or row."""
_PARTNER = re.compile(r"\b(?:with|to|from|and)\s+(?:the\s+)?$", re.I)
_TOWARDS = re.compile(r"\b(?:with|to|from)\s+(?:the\s+)?$", re.I)
_SHORT_YEAR = re.compile(
    r"\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|[qh][1-4])[ '\u2019-]+(\d\d)(?![\w-])", re.I
)
_NOTE_MARK = re.compile(r"(?<=\w)\s?\((?:[a-z]|\d{1,2})\)|(?<=\w)\s?[*\u2020\u2021]+|(?<=\d)\s?[per](?!\w)")
_LIST_WORDS = re.compile(
    r"\b(?:table|tab\.)\s*[\w.-]*\d\w*[.:]?|\b(?:unit|units)\s*:.*$|\b(?:the\s+)?(?:top|main|major|principal|key|leading)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|\d+)\b|\([^()]*\)|\b(?:during|in|for|the)\b",
    re.I,
)


_DANGLING = re.compile(
    r"(?:\s(?:(?:of|in|at|through|via)\s+(?:(?:sea)?port|airport|city|region|province|customs|crossing)"
    r"|of|in|at|from|to|through|via|the|and|for|with))+\s*$"
)
_PLACE_NOUN = re.compile(
    r"(?:(?:member|other) )?(?:countries|country|states|nations|markets?|regions?|provinces?|city|(?:sea)?port|airport)"
)
_NO_PRODUCT = re.compile(
    r"\b(?:foreign|external|international|total|overall|bilateral|mutual|merchandise|goods?|products?|commodit\w+|main"
    r"|major|top|leading|selected|principal|key|monthly|annual|quarterly|yearly|world|global|regional|national|its|the"
    r"|value|volume|structure|share|growth|composition|and|by|of|in|country|countries|partners?|dynamics|balance|re"
    r"|cross-border|overseas|direct|net|export|import|exports|imports|trade|all|each|other|our|their|region|city)\b"
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
    """What the document says where the table does not: reporter, period, flow, indicator and product of its
    main series."""

    area: str | None = None
    counterpart: str | None = None
    period: Period | None = None
    flow: Flow | None = None
    indicator: str | None = None
    product: str | None = None


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


def read_text(text: str, finders: Finders, kind: TextKind = "header", trade: bool = False) -> Said:
    """Reads one header path, row label or section head, or caption; `trade`: of a table of trade."""
    text = _SHORT_YEAR.sub(_with_century, _NOTE_MARK.sub("", text)) if kind != "caption" else text
    period = finders.period(text)
    places = tuple(finders.areas(text))
    cut = [(place.start, place.end) for place in places] + ([period[1:]] if period else [])
    bare = text
    for start, end in sorted(cut, reverse=True):
        bare = bare[:start] + " " + bare[end:]
    rest = wording(bare, kind, trade).rest
    rest = "" if places and _PLACE_NOUN.fullmatch(rest) else rest
    return Said(text, wording(text, kind, trade), places, period[0] if period else None, rest)


def _with_century(found: re.Match[str]) -> str:
    """`Jan 87` with its whole year: two digits from 50 on are of the last century."""
    return f"{found[1]} {'19' if int(found[2]) >= 50 else '20'}{found[2]}"


def key_of(
    row: Said, column: Said, section: Said | None, caption: Said, context: TableContext, partners: bool = False
) -> Key:
    """The key of the cell where `row` and `column` meet; `partners`: the rows are partners."""
    near = [row, column, *([section] if section else [])]
    flow, sign = _flow([*near, caption], context)
    reporter, partner = _areas(near, caption, context, flow)
    period, basis = _period(near, caption, context)
    rest = _product(row, section, column)
    if flow is not None:
        if partners and row.words.other and not row.places:
            rest, partner = "", OTHER
        named = column.rest if column.words.measure is None or column.words.measure in CHANGES else ""
        rest = rest or named or traded(caption) or (context.product if not caption.text else "") or ""
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


_TRADED = re.compile(
    r"^(?:\W*(?i:table|tab\.)\s*[\d.-]+[.:]?)?\s*(?P<before>[A-Z]?[a-z-]+(?: [a-z-]+){0,2}?)"
    r" (?:exports?|imports?|trade)\b"
    r"|\b(?:exports?|imports?|trade) (?:of|in) (?P<after>(?:[a-z-]+ ){0,3}?[a-z-]+)"
    r"(?= (?:by|in|from|to|of|with|for)\b|\s*[,(:]|$)",
)


def traded(caption: Said) -> str:
    """The product that a caption confines the whole table to: `Coal exports of Mongolia`, `Imports of rice by origin`;
    words of no product (`main goods`, `foreign trade`, `monthly exports`) and areas are none."""
    found = _TRADED.search(caption.text)
    words = (found["before"] or found["after"]).lower() if found else ""
    start, end = (found.span("before") if found["before"] else found.span("after")) if found else (0, 0)
    if not words or _NO_PRODUCT.search(words) or any(p.start < end and start < p.end for p in caption.places):
        return ""
    return tidy(words)


def _areas(
    near: Sequence[Said], caption: Said, context: TableContext, flow: Flow | None
) -> tuple[str | None, str | None]:
    reporter, partner = areas_of(caption)
    if caption.places:
        reporter = reporter or context.area
    else:
        reporter, partner = context.area, context.counterpart
    inner = next((said.places[0].code for said in near if said.places), None)
    if inner is None:
        return reporter, partner
    inside = reporter is not None and inner.startswith(f"{reporter}-")
    if flow is None or inside or reporter is None:
        return inner, partner
    return (reporter, inner) if inner != reporter else (reporter, partner)


def areas_of(caption: Said) -> tuple[str | None, str | None]:
    """The reporter and the partner that a caption or title names."""
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
    said = _LIST_WORDS.sub(" ", caption.rest).strip(" :")
    names = re.split(r"\bby\b|,|\b(?:was|were|is|are|as follows)\b", said.rpartition(":")[2] or said)
    named = [tidy(_DANGLING.sub("", f" {name}")) for name in names]
    return next((name for name in named if not _PLACE_NOUN.fullmatch(name)), "") or None
