"""A case as a reviewer reads it: the equation, its figures in their sentences by role, tables, evidence,
before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.finding import Finding, Proposal
from pipeline.model.record import Record
from pipeline.review.evidence import Evidence, evidence_for, twins
from pipeline.review.files import TableInfo, source_file
from pipeline.review.images import page_size
from pipeline.review.marks import Stretch, stretches, visible
from pipeline.review.merge import before_and_after
from pipeline.review.store import Store

MAX_TABLE_ROWS = 14
_NUMBER = re.compile(r"\d[\d,. ]*\d|\d")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure on the image of its page: `view` is the part to show, the box is in the same units (points,
    pixels).
    """

    document: str
    page: int
    size: tuple[float, float]
    view: tuple[float, float, float, float]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure of the case: its letter, its `role`, its sentence in stretches, and what else speaks for or
    against it.
    """

    letter: str
    record: Record
    role: str
    sentence: tuple[Stretch[str], ...]
    evidence: tuple[Evidence, ...]
    sheet: Sheet | None


@dataclass(frozen=True, slots=True)
class ProposalView:
    """Before and after of one proposal, each as stretches of the sentence around the figure; `agrees` None:
    not known.
    """

    number: int
    record: Record
    letter: str
    proposal: Proposal
    before: tuple[Stretch[str], ...]
    after: tuple[Stretch[str], ...]
    agrees: bool | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell's text, and the letter and role of the figure that stands in it."""

    text: str
    letter: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """The rows of a table that matter to a case; `left_out` says how many more there are."""

    title: str
    header: tuple[tuple[CellView, ...], ...]
    rows: tuple[tuple[CellView, ...], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything that the page of one finding shows."""

    finding: Finding
    figures: tuple[FigureView, ...]
    missing: int
    tables: tuple[TableView, ...]
    proposals: tuple[ProposalView, ...]
    equations: tuple[tuple[Stretch[str], ...], ...]


def case_view(store: Store, finding: Finding) -> CaseView:
    """The case of `finding`; figures that are no longer in the run are counted in `missing`."""
    ids = [name for name in dict.fromkeys((*finding.suspects, *finding.figures)) if name in store.records]
    letters = {name: chr(65 + i) if i < 26 else f"A{i - 25}" for i, name in enumerate(ids)}
    figures = tuple(_figure(store, finding, name, letters[name]) for name in ids)
    wanted = dict.fromkeys((*finding.suspects, *finding.figures))
    return CaseView(
        finding,
        figures,
        len(wanted) - len(ids),
        tuple(_tables(store, figures)),
        tuple(_proposals(store, finding, letters)),
        tuple(_equations(finding, figures)),
    )


def role(finding: Finding, record: Record) -> str:
    """The part a figure plays in a case: `suspect`, `confirmed` (by other equations), or `undecided`."""
    if record.id in finding.suspects:
        return "suspect"
    return "confirmed" if record.check == "confirmed" else "undecided"


def _figure(store: Store, finding: Finding, name: str, letter: str) -> FigureView:
    record = store.records[name]
    part = role(finding, record)
    sentence = tuple(stretches(record.sentence, _quote_mark(store, record, part)))
    return FigureView(
        letter, record, part, sentence, tuple(evidence_for(store, finding, record)), sheet_of(store, record)
    )


def sheet_of(store: Store, record: Record, around: float | None = 60) -> Sheet | None:
    """The figure on its page, with `around` units about it (None: the whole page); None where there is no
    image.
    """
    info = store.documents.get(record.document)
    path = source_file(store.out, info) if record.bbox is not None and info is not None else None
    size = page_size(path, record.page or 1) if path is not None else None
    if size is None or record.bbox is None:
        return None
    left, top, right, bottom = record.bbox
    box = (left, top, right - left, bottom - top)
    view = (0.0, 0.0, *size)
    if around is not None:
        reach = max(around, 4 * box[3])
        view = (max(0.0, left - 4 * reach), max(0.0, top - reach), box[2] + 8 * reach, box[3] + 2 * reach)
    return Sheet(record.document, record.page or 1, size, view, box)


def _quote_mark(store: Store, record: Record, mark: str) -> list[tuple[int, int, str]]:
    start = quote_start(store, record)
    return [(start, start + len(record.quote), mark)] if start >= 0 else []


def quote_start(store: Store, record: Record) -> int:
    """Where the quote begins in its sentence; the document's text decides where it stands there twice; -1:
    not there.
    """
    first = record.sentence.find(record.quote)
    if first < 0 or record.sentence.find(record.quote, first + 1) < 0:
        return first
    text = store.text(record.document)
    if text is None:
        return first
    begin = text.text.rfind(record.sentence, 0, record.char_start + len(record.sentence))
    inside = record.char_start - begin
    found = begin >= 0 and record.sentence[inside : inside + len(record.quote)] == record.quote
    return inside if found and inside >= 0 else first


def _proposals(store: Store, finding: Finding, letters: dict[str, str]) -> Iterator[ProposalView]:
    for place, proposal in enumerate(finding.proposals):
        record = store.base_records.get(proposal.record)
        if record is None:
            continue
        at = quote_start(store, record)
        before, after = before_and_after(record, proposal.obs_value, at)
        same = (n for n in twins(store, record) if n.obs_value == proposal.obs_value)
        evidence = tuple(Evidence(True, f"printed so in {n.document}", "record", n.id) for n in same)
        agrees = _agrees(finding, record, proposal)
        letter = letters.get(record.id, "")
        yield ProposalView(place, record, letter, proposal, before, after, agrees, evidence)


def _agrees(finding: Finding, record: Record, proposal: Proposal) -> bool | None:
    """Whether the proposed value lies where the equation expects it; None where the equation expects
    another figure.
    """
    printed = record.obs_value if record.published_value is None else record.published_value
    if finding.expected is None or finding.observed != printed:
        return None
    low, high = finding.expected.lower, finding.expected.upper
    return (low is None or proposal.obs_value >= low) and (high is None or proposal.obs_value <= high)


def _equations(finding: Finding, figures: Sequence[FigureView]) -> Iterator[tuple[Stretch[str], ...]]:
    """The equations of the case, each with the numbers marked that are a figure's printed digits."""
    for text in finding.equation.split("; "):
        marks: dict[int, tuple[int, int, str]] = {}
        for figure in figures:
            for found in _places(figure.record, text):
                marks.setdefault(found.start(), (found.start(), found.end(), figure.role))
        yield tuple(stretches(text, marks.values()))


def _places(record: Record, equation: str) -> Iterator[re.Match[str]]:
    """Where the figure's printed digits stand in an equation, not as an end of a range."""
    digits = _NUMBER.search(record.quote)
    if digits is not None:
        plain = re.escape(re.sub(r"[, ]", "", digits.group()))
        yield from re.finditer(rf"(?<![\d.,]){plain}(?!\d|[.,]\d|\.\.)", equation)


def _tables(store: Store, figures: Sequence[FigureView]) -> Iterator[TableView]:
    """The tables that figures of the case stand in, cut to the rows that matter."""
    by_table: dict[tuple[str, str], list[FigureView]] = {}
    for figure in figures:
        if figure.record.table is not None and (figure.record.document, figure.record.table) in store.tables:
            by_table.setdefault((figure.record.document, figure.record.table), []).append(figure)
    for key, group in by_table.items():
        yield _table(store.tables[key], group)


def _table(table: TableInfo, figures: Sequence[FigureView]) -> TableView:
    marks = {(f.record.row, f.record.column): f for f in figures}
    body = range(table.header_rows, len(table.rows))
    wanted = {f.record.row for f in figures}
    shown = list(body) if len(body) <= MAX_TABLE_ROWS else [i for i in body if i in wanted]
    title = visible(" · ".join(part for part in (table.caption or table.table, table.unit) if part))
    header = tuple(_row(table, i, marks) for i in range(table.header_rows))
    return TableView(title, header, tuple(_row(table, i, marks) for i in shown), len(body) - len(shown))


def _row(table: TableInfo, number: int, marks: dict[tuple[int | None, int | None], FigureView]) -> tuple[CellView, ...]:
    cells = []
    for column, text in enumerate(table.rows[number]):
        figure = marks.get((number, column))
        cells.append(CellView(visible(text), figure.letter if figure else "", figure.role if figure else ""))
    return tuple(cells)
