"""The tables that every database and export has: columns, types, keys, and what each column means.

Types are the house's own (`text`, `decimal`, `integer`, `real`, `date`, `boolean`, `texts`, `json`); each
writer maps them to its database. A decimal is exact to 12 places and below 10^26; the printed form is always
in `quote`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "decimal", "integer", "real", "date", "boolean", "texts", "json"]

PRECISION, SCALE = 38, 12
VERSION = 1
"""Version of the schema below; a writer that finds an older one in a database migrates it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `source` is the field of the output's JSON line that fills it (its own name where empty)."""

    name: str
    kind: Kind
    comment: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` names its primary key; `file` is the output file that fills it."""

    name: str
    file: str
    comment: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(column.name for column in self.columns)


def _columns(text: str) -> tuple[Column, ...]:
    """Columns of a table written `name kind comment`, a line each; `kind!` marks a column that is never
    null."""
    rows = (line.strip().split(None, 2) for line in text.strip().splitlines())
    return tuple(Column(name, kind.rstrip("!"), comment, kind.endswith("!")) for name, kind, comment in rows)  # type: ignore[arg-type]


DOCUMENTS = Table(
    "documents",
    "documents.jsonl",
    "One row per document that was read",
    ("id",),
    _columns("""
    id                text!     Stem of the file or id of the line; the path where stems collide
    sha256            text!     Content hash of the file or line
    path              text!     Where it was read from
    kind              text!     Reader: text, markdown, html, pdf, scan, jsonl
    title             text      Headline or title
    url               text      Where it was published
    published         text      Publication date as known: YYYY-MM-DD, less of it, or XXXX-MM-DD
    published_on      date      Publication date where the whole of it is known
    published_basis   text      How it is known: metadata, stated, dateline, given
    language          text      ISO 639-1 code
    ocr               boolean!  Whether the text was recognised from an image
    characters        integer!  Length of the text in code points
    passages          integer!  Paragraphs, headlines, captions and list items
    tables            integer!  Tables found
    figures           integer!  Figures found
    findings          integer!  Findings within the document
    checks            json!     Figures by check status
    skipped           json!     Number mentions that became no figure, by reason
    versions          json!     Versions of the program and its engines
    """),
)

RECORDS = Table(
    "records",
    "records.jsonl",
    "One row per figure: a number mention with everything that says what it is about",
    ("id",),
    _columns("""
    id                text!     Stable id: the same document and span give the same id
    document          text!     Document that prints the figure
    char_start        integer!  Where the mention begins, in code points of the text
    char_end          integer!  Where it ends, exclusive
    quote             text!     The mention verbatim
    measure           text!     level, growth, multiple, difference, share, rank
    obs_value         decimal   Value in units of unit_measure, scale applied; null beyond 26 digits
    lower             decimal   Lower end of the interval that rounding leaves open
    upper             decimal   Upper end of that interval
    bound             text!     = ~ > < >= <= range
    unit_measure      text!     ISO 4217, percent, percentage_point, count, a physical unit, ratio, index
    counted           text      What is counted where the unit is count
    flow              text      imports, exports, total, balance
    indicator         text!     What is measured
    commodity         text      Product or category
    ref_area          text      Whose figure it is: ISO 3166, a group code, geonames:ID
    counterpart_area  text      The partner, same codes
    time_period       text      SDMX time period; XXXX where the year is not known
    period_start      date      First day of the period
    period_end        date      Last day of the period
    comparison        text      yoy, mom, qoq, previous
    obs_status        text!     A actual, E estimate, F forecast, T target
    sentence          text!     The sentence verbatim
    relates_to        text      Record that a growth, share, multiple or difference speaks of
    share_of          text      The whole of a share
    base_period       text      What a comparison compares with
    time_period_basis text      How the period is known
    attribution       text      Who says so
    page              integer   Page of a PDF or scan
    bbox              json      x0, top, x1, bottom in points
    table             text      Table that the figure stands in
    row               integer   Row of that table, from 0
    column            integer   Column of that table, from 0
    extraction        text!     Rule or component that found it
    confidence        real!     0 to 1
    check             text!     confirmed, unchecked, conflicting, repaired
    findings          texts!    Ids of the findings that it takes part in
    published_value   decimal   Value as printed where a repair or a reviewer changed it
    readings          json!     Other values that damaged glyphs may stand for
    """),
)

FINDINGS = Table(
    "findings",
    "findings.jsonl",
    "One row per inconsistency, repair or explanation",
    ("id",),
    _columns("""
    id                text!     Stable id
    rule              text!     Rule that was tested
    severity          text!     error, warning, info
    documents         texts!    Documents whose figures take part
    figures           texts!    Record ids of the equation
    suspects          texts!    Smallest set of records whose change restores agreement
    ambiguous         boolean!  Whether several such sets tie
    relation_suspect  boolean!  Whether the pairing may be wrong instead
    equation          text!     The arithmetic in words and numbers
    expected          json      Lower and upper end of what the others imply
    observed          decimal   Value that was compared with it
    proposals         json!     Values that would restore agreement, best first
    status            text!     open, repaired, accepted, rejected, overridden
    decision          text      Entry of the decision log in force
    """),
)

TABLES = Table(
    "tables",
    "tables.jsonl",
    "One row per table found in a document",
    ("document", "table"),
    _columns("""
    document          text!     Document that prints the table
    table             text!     Name of the table, unique in its document
    page              integer   Page of a PDF or scan
    bbox              json      x0, top, x1, bottom in points
    caption           text      Caption
    unit              text      Unit stated for the whole table
    header_rows       integer!  Rows of the header
    rows              json!     List of rows, each a list of cell texts
    damage            json!     What was mended in which cell
    """),
)

DECISIONS = Table(
    "decisions",
    "decisions.jsonl",
    "One row per entry of the reviewers' append-only log",
    ("id",),
    _columns("""
    id                text!     Number of the entry
    action            text!     accept, reject, override, claim_wrong, not_comparable, skip, undo, ...
    who               text!     Who decided
    when              text!     When, UTC, ISO 8601
    finding           text      The case
    record            text      Record whose value or fields it sets
    document          text      Document of an added figure
    value             decimal   Value that it sets
    reason            text      Why
    evidence          text      Hash of the case as it was when decided
    undoes            text      Entry that it takes back
    span              json      Span of an added figure
    fields            json!     Corrected fields
    """),
)

ALL = (DOCUMENTS, RECORDS, FINDINGS, TABLES, DECISIONS)
