"""What is kept of a document: the lines of `documents.jsonl`, `failures.jsonl`, `tables.jsonl`, and the
whole result."""

from __future__ import annotations

from decimal import Context, Decimal

import msgspec

from pipeline.model.document import BBox
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.model.result import Equation, Skipped


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `documents.jsonl`. `published_basis` says how the date is known; `seconds` is wall time."""

    id: str
    sha256: str
    path: str
    kind: str
    title: str | None
    url: str | None
    published: str | None
    published_basis: str | None
    language: str | None
    ocr: bool
    characters: int
    passages: int
    tables: int
    figures: int
    findings: int
    checks: dict[str, int]
    skipped: dict[str, int]
    seconds: float
    versions: dict[str, str]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `failures.jsonl`."""

    path: str
    stage: str
    reason: str


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `tables.jsonl`: a table after structure recovery, and what was mended in which cell."""

    document: str
    page: int | None
    table: str
    bbox: BBox | None
    caption: str | None
    unit: str | None
    header_rows: int
    rows: tuple[tuple[str, ...], ...]
    damage: tuple[CellDamage, ...]


class CellDamage(msgspec.Struct, frozen=True, kw_only=True):
    """What was mended by form in one cell; `row` and `column` count from 0."""

    row: int
    column: int
    damage: tuple[str, ...]


class DocumentResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything a run keeps of one document.

    Either `row` or `failure` is set. `passing` marks a failure that may not come again (a vanished file, a
    killed worker): such a document is tried anew by the next run. `printed` are those of `records` that the
    program repaired, as extracted; `ocr_tables` is what it was allowed to repair (see `stages.ocr_tables`): with
    them the document can be reconciled again under the decisions of a reviewer. `marks[i]` is where the figure of
    `records[i]` begins in its sentence, or -1 where the sentence was put together from pieces. `text` is set
    where the source is no plain text.
    """

    row: DocumentRow | None = None
    failure: Failure | None = None
    passing: bool = False
    records: tuple[Record, ...] = ()
    printed: tuple[Record, ...] = ()
    ocr_tables: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    equations: tuple[Equation, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    tables: tuple[TableRow, ...] = ()
    text: str | None = None


_EXACT = Context(prec=1000)


def plain(value: Decimal) -> Decimal:
    """The same number written without exponent and trailing zeros: 5.9950E+10 becomes 59950000000."""
    normal = value.normalize(_EXACT)
    exponent = normal.as_tuple().exponent
    return Decimal(f"{normal:f}") if isinstance(exponent, int) and 0 < exponent < 100 else normal


def plain_record(record: Record) -> Record:
    """`record` with every decimal in plain notation."""
    return msgspec.structs.replace(
        record,
        obs_value=plain(record.obs_value),
        lower=plain(record.lower),
        upper=plain(record.upper),
        published_value=None if record.published_value is None else plain(record.published_value),
        readings=tuple((plain(value), cost) for value, cost in record.readings),
    )


encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(DocumentResult).decode
