"""Cells to records: every number in a table's body becomes a figure with the key its headers and labels give.

Rank columns, row numbers and years as labels are no figures. Alternative readings of damaged cells go along
as `Record.readings`, scaled like the value. Not supported: several numbers in one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from pipeline.extract.assemble import record_id
from pipeline.extract.tables.columns import Column, bracketed, columns_of
from pipeline.extract.tables.keys import Finders, Key, Said, TableContext, key_of, read_text
from pipeline.extract.tables.numbers import CellNumber, cell_number
from pipeline.extract.tables.wording import PERCENT, Unit, bracketed_units, parse_units, wording
from pipeline.model.document import Cell, Document, Table
from pipeline.model.record import Measure, Record

_RULE = "table"
_OF_WHICH = re.compile(r"\W*(?:of which|including|therein|among (?:them|which)|incl\.)", re.I)
_CODE = re.compile(r"^(?:HS\s?)?\d{2}(?:\d{2}){0,4}(?:[.-]\d{1,2})*\.?\s+(?=[^\W\d])")


def table_records(document: Document, table: Table, context: TableContext, finders: Finders) -> list[Record]:
    """The figures of `table` in reading order; `context` fills in what neither headers nor caption say."""
    caption = read_text(table.caption or "", finders, "caption")
    trade = bool(caption.words.flow or context.flow) or _names_flows(table)
    columns = columns_of(table, finders, trade)
    units = parse_units(table.unit) if table.unit else bracketed_units(table.caption or "")
    labels = _labels(table, columns, finders, trade)
    partners = _are_partners(labels.values())
    section: Said | None = None
    above: Said | None = None
    found: list[Record] = []
    for number, row in enumerate(table.rows[table.header_rows :], table.header_rows):
        label = labels[number]
        figures = [(c, row[c.index]) for c in columns if not c.label and not c.rank]
        if not any(cell_number(cell.text) for _, cell in figures):
            if label.text and not any(cell.text for _, cell in figures):
                section = above if above and _OF_WHICH.match(label.text) else label
            continue
        if above and _OF_WHICH.match(label.text):
            section = above
        else:
            above = label
        drafts = [
            _record(document, table, number, column, cell, value, label, section, caption, units, context, partners)
            for column, cell in figures
            if cell.span is not None and (value := cell_number(cell.text)) is not None
        ]
        found += _related(drafts)
    return found


def _names_flows(table: Table) -> bool:
    """Whether a header or label names exports or imports."""
    texts = {cell.text for row in table.rows for cell in row if cell.text and not cell_number(cell.text)}
    return any(wording(text).flow in ("exports", "imports") for text in texts)


def _labels(table: Table, columns: Sequence[Column], finders: Finders, trade: bool) -> dict[int, Said]:
    """What the label of each row says, without the codes of a nomenclature that all products begin with."""
    texts = {
        number: " ".join(bracketed(row[c.index].text) for c in columns if c.label and not c.rank).strip()
        for number, row in enumerate(table.rows[table.header_rows :], table.header_rows)
    }
    coded = [text for text in texts.values() if _CODE.match(text)]
    if len(coded) * 2 > len([text for text in texts.values() if text]):
        texts = {number: _CODE.sub("", text) for number, text in texts.items()}
    return {number: read_text(text, finders, "label", trade) for number, text in texts.items()}


def _are_partners(labels: Iterable[Said]) -> bool:
    """Whether the rows are partners: most labels are countries or groups of them and nothing more."""
    named = [label for label in labels if label.text and not label.words.other and not label.words.total]
    countries = [label for label in named if label.places and not label.rest and label.places[0].code.isalpha()]
    return len(countries) * 2 > len(named)


def _measure(column: Said, label: Said, value: CellNumber, units: Sequence[Unit]) -> Measure:
    said = [m for m in (column.words.measure, label.words.measure) if m is not None]
    measure: Measure = next((m for m in said if m != "level"), "level")
    percent_only = PERCENT in column.words.units or value.percent
    return "growth" if measure == "level" and percent_only and _speaks_of_trade(column, label) else measure


def _speaks_of_trade(column: Said, label: Said) -> bool:
    """A bare percent beside trade flows is their growth."""
    return bool(column.words.flow or label.words.flow)


def _unit(measure: Measure, column: Said, label: Said, value: CellNumber, units: Sequence[Unit]) -> Unit | None:
    if measure in ("growth", "share") or value.percent:
        return PERCENT
    for named in (column.words.units, label.words.units, units):
        for unit in named:
            if unit != PERCENT:
                return unit
    return PERCENT if PERCENT in (*column.words.units, *label.words.units, *units) else None


def _record(
    document: Document, table: Table, row: int, column: Column, cell: Cell, value: CellNumber, label: Said,
    section: Said | None, caption: Said, units: Sequence[Unit], context: TableContext, partners: bool,
) -> Record:  # fmt: skip
    measure = _measure(column.said, label, value, units)
    unit = _unit(measure, column.said, label, value, (*(section.words.units if section else ()), *units))
    key = key_of(label, column.said, section, caption, context, partners)
    scale = (unit.scale if unit else Decimal(1)) * _sign(key, measure, value)
    start, end = cell.span or (0, 0)
    ends = sorted((scale * (value.value - value.half_step), scale * (value.value + value.half_step)))
    return Record(
        id=record_id(document.id, start, end),
        document=document.id,
        char_start=start,
        char_end=end,
        quote=document.text[start:end],
        measure=measure,
        obs_value=scale * value.value,
        lower=ends[0],
        upper=ends[1],
        bound="=",
        unit_measure=unit.code if unit else "count",
        counted=unit.counted if unit else None,
        flow=key.flow,
        indicator=key.indicator,
        commodity=key.commodity,
        ref_area=key.ref_area,
        counterpart_area=key.counterpart_area,
        time_period=key.period.code() if key.period else None,
        comparison=(column.said.words.comparison or "yoy") if measure in ("growth", "difference") else None,
        sentence=_line(document.text, start, end),
        time_period_basis=key.basis,
        page=page.page if (page := document.page_at(start)) is not None else None,
        bbox=cell.bbox,
        table=table.name,
        row=row,
        column=column.index,
        extraction=_RULE,
        confidence=round(cell.confidence * (0.97 if unit else 0.5), 3),
        readings=tuple((scale * n.value, cost) for text, cost in cell.readings if (n := cell_number(text))),
    )


def _sign(key: Key, measure: Measure, value: CellNumber) -> int:
    """A deficit printed without a sign is a negative balance."""
    return -1 if key.flow == "balance" and key.flow_sign < 0 and measure == "level" and value.value > 0 else 1


def _line(text: str, start: int, end: int) -> str:
    """The line of the document that the cell stands in."""
    stop = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else len(text)].strip()


def _related(row: Sequence[Record]) -> Iterator[Record]:
    """Growth, share and difference point to the level of the same row, flow and period."""
    levels = {(r.flow, r.commodity, r.indicator, r.time_period): r.id for r in reversed(row) if r.measure == "level"}
    for record in row:
        level = levels.get((record.flow, record.commodity, record.indicator, record.time_period))
        if record.measure != "level" and level:
            yield msgspec.structs.replace(record, relates_to=level)
        else:
            yield record
