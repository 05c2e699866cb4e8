"""From statements to records: step 8. Signs, intervals, units, ids and the link to the level that a change
speaks of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import lru_cache

from pipeline.extract.attach.about.sources import attribution
from pipeline.extract.attach.certainty import certainty
from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.clean import CleanText
from pipeline.extract.words.amounts import of_output
from pipeline.extract.words.indicators import canonical
from pipeline.extract.words.phrases import product
from pipeline.model.document import BBox, Document
from pipeline.model.record import Measure, Record

_EXACT = Context(prec=2000, Emax=MAX_EMAX, Emin=MIN_EMIN)


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement with where it stands: the clean passage and the sentence's offset in it."""

    statement: Statement
    passage: CleanText
    sentence_start: int
    sentence_end: int


def record_id(document: str, start: int, end: int) -> str:
    """A stable id: the same document and span give the same id in every run."""
    return hashlib.sha256(f"{document}\0{start}\0{end}".encode()).hexdigest()[:16]


def assemble(document: Document, placed: list[Placed]) -> tuple[Record, ...]:
    """The records of a document in the order of its text."""
    records = [_record(document, item, _related(document, placed, i)) for i, item in enumerate(placed)]
    return tuple(sorted(records, key=lambda r: (r.char_start, r.char_end)))


def _span(item: Placed) -> tuple[int, int]:
    number = item.statement.quantity.number
    start, end = item.sentence_start + number.start, item.sentence_start + number.end
    return item.passage.source(start, end)


def _record(document: Document, item: Placed, related: str | None) -> Record:
    statement = item.statement
    start, end = _span(item)
    value, lower, upper = _values(statement)
    sentence_start, sentence_end = item.passage.source(item.sentence_start, item.sentence_end)
    key = statement.key
    page, bbox = _on_page(document, start, end)
    return Record(
        id=record_id(document.id, start, end),
        document=document.id,
        char_start=start,
        char_end=end,
        quote=document.text[start:end],
        measure=_measure(statement),
        obs_value=value,
        lower=lower,
        upper=upper,
        bound=statement.quantity.number.bound,
        unit_measure=statement.unit,
        counted=statement.counted,
        flow=key.flow,  # type: ignore[arg-type]
        indicator=_indicator(statement, document),
        commodity=key.commodity or (None if key.flow else of_output(key.indicator)),
        ref_area=key.ref,
        counterpart_area=key.partner,
        time_period=statement.period.code() if statement.period else None,
        comparison=statement.comparison,  # type: ignore[arg-type]
        obs_status=statement.status,  # type: ignore[arg-type]
        sentence=document.text[sentence_start:sentence_end],
        relates_to=related,
        share_of=_whole(statement.share_of),
        base_period=statement.base_period.code() if statement.base_period else None,
        time_period_basis=statement.period_basis if statement.period else None,
        page=page,
        bbox=bbox,
        extraction=f"prose: {statement.reading.rule}",
        attribution=attribution(item.passage.text[item.sentence_start : item.sentence_end]),
        confidence=certainty(statement),
    )


def _on_page(document: Document, start: int, end: int) -> tuple[int | None, BBox | None]:
    """The page of a PDF or scan and the box of the characters `start`..`end` on it; (None, None) for plain text."""
    page = document.page_at(start)
    box = page.box(start, end) if page is not None else None
    return (page.page, box) if page is not None and box is not None else (None, None)


def _measure(statement: Statement) -> Measure:
    return statement.reading.measure  # type: ignore[return-value]


@lru_cache(maxsize=4)
def _product(text: str) -> str:
    """What a text measures the economy by: GNP where it names no GDP."""
    lower = text.lower()
    domestic = "gdp" in lower or "gross domestic product" in lower
    return "GNP" if not domestic and ("gross national product" in lower or "GNP" in text) else "GDP"


def _indicator(statement: Statement, document: Document) -> str:
    key = statement.key
    if key.flow:
        return "foreign trade"
    named = key.indicator or statement.counted or "not named"
    name = "container volume" if named.upper() in ("TEU", "TEUS") else canonical(named)
    return _product(document.text) if name == "GDP" else name


def _values(statement: Statement) -> tuple[Decimal, Decimal, Decimal]:
    """The signed value and its interval: a decrease is negative once, a deficit is a negative balance."""
    number, factor = statement.quantity.number, statement.quantity.factor
    value, lower, upper = number.value * factor, number.lower * factor, number.upper * factor
    if _negative(statement) and value > 0:
        value, lower, upper = -value, -upper, -lower
    return _plain(value), _plain(lower), _plain(upper)


def _negative(statement: Statement) -> bool:
    reading = statement.reading
    if reading.measure in ("growth", "difference"):
        return reading.sign < 0
    return reading.measure == "level" and statement.key.flow == "balance" and statement.key.sign < 0


def _plain(value: Decimal) -> Decimal:
    """Without exponent or trailing zeros, so that one value has one spelling, however many digits it has."""
    return Decimal(format(_EXACT.normalize(value), "f"))


def _whole(key: Key | None) -> str | None:
    if key is None or not (key.flow or key.indicator):
        return None
    parts = [key.flow or key.indicator, key.commodity and product(key.commodity), key.ref, key.partner]
    return "/".join(part or "" for part in parts)


def _related(document: Document, placed: list[Placed], i: int) -> str | None:
    """The nearest level with the same key and period in the same passage, for a change or a share."""
    statement = placed[i].statement
    if statement.reading.measure in ("level", "rank"):
        return None
    best: tuple[int, Placed] | None = None
    for j, other in enumerate(placed):
        if (
            other.passage is not placed[i].passage
            or other.statement.reading.measure != "level"
            or other.statement.reading.role == "base"
        ):
            continue
        if other.statement.key == statement.key and (best is None or abs(j - i) < best[0]):
            best = (abs(j - i), other)
    return record_id(document.id, *_span(best[1])) if best else None
