"""All tables of a document to records, with the finders of prose and what the prose has said.

A table whose caption names no period or reporter takes them from the headlines, then from the document's
context.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.areas.find import find_areas
from pipeline.extract.attach.state.context import Context
from pipeline.extract.periods import years
from pipeline.extract.periods.find import find_periods
from pipeline.extract.tables.cells import table_records
from pipeline.extract.tables.keys import Finders, Place, TableContext, areas_of, read_text, traded
from pipeline.model.document import Document, PassageKind
from pipeline.model.period import Period
from pipeline.model.record import Record


def tables_of(document: Document, context: Context) -> list[Record]:
    """The figures of all tables of `document`; `context` is the state that its prose has led to."""
    if not document.tables:
        return []
    finders = _finders(context)
    outer = _outer(document, context, finders)
    return [record for table in document.tables for record in table_records(document, table, outer, finders)]


def _finders(context: Context) -> Finders:
    def areas(text: str) -> Sequence[Place]:
        found = find_areas(text, home=context.home)
        return [Place(m.code, m.start, m.end) for m in found if m.code and m.form != "organisation"]

    def period(text: str) -> tuple[Period, int, int] | None:
        mentions = [m for m in find_periods(text) if m.role in ("plain", "point") and not m.same]
        if not mentions:
            return None
        first = mentions[0]
        if first.period.year is None and first.year_from == "none":
            return first.period, first.start, first.end
        found = years.resolve(first, published=context.published, current=None)
        return found.period, first.start, first.end

    return Finders(areas, period)


def _outer(document: Document, context: Context, finders: Finders) -> TableContext:
    titles = [
        document.text[p.segments[0][0] : p.segments[-1][1]]
        for p in document.passages
        if p.kind is PassageKind.HEADLINE and p.segments
    ]
    said = [
        read_text(title, finders, "caption") for title in [*titles[:2], *([document.title] if document.title else [])]
    ]
    period = next((s.period for s in said if s.period), context.period)
    named = [areas_of(s) for s in said if s.places]
    area = context.main or next((reporter for reporter, _ in named if reporter), None)
    partner = next((partner for reporter, partner in named if partner and area in (reporter, None)), None)
    flow = next((s.words.flow for s in said if s.words.flow), None)
    product = context.product or next((product for s in said if (product := traded(s))), None)
    return TableContext(area, partner, period, flow, product=product)
