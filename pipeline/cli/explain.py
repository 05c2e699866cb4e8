"""`tally explain`: how a figure came about and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.output import clean, say
from pipeline.cli.text import checked_date, given
from pipeline.errors import UsageError
from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.model.result import Equation, Skipped

if TYPE_CHECKING:
    from pipeline.store.result import DocumentResult

_REASONS = {
    "date": "a date or a clock time",
    "furniture": "page furniture: a counter, a telephone number, a page number",
    "name": "part of a name",
    "ordinal": "an ordinal of a meeting, plan or section",
    "structure": "a small count that only structures the prose",
    "unattached": "nothing in the sentence says what it measures",
    "repeat": "in a passage that repeats an earlier one",
}
_FIELDS = [
    "measure",
    "obs_value",
    "lower",
    "upper",
    "bound",
    "unit_measure",
    "counted",
    "flow",
    "indicator",
    "commodity",
    "ref_area",
    "counterpart_area",
    "time_period",
    "time_period_basis",
    "comparison",
    "base_period",
    "obs_status",
    "relates_to",
    "share_of",
    "attribution",
    "page",
    "table",
    "row",
    "column",
    "published_value",
    "extraction",
    "confidence",
    "check",
]


def explain_command(name: str | None, words: str | None, published: str | None, out: Path) -> int:
    """Explains a record, a finding or a document of `out`, or every number of a text."""
    if (name is None) == (words is None):
        raise UsageError("explain: give the id of a record or finding, or a text with --text")
    if words is not None:
        return _explain_text(given(words), checked_date(published))
    from pipeline.store.lookup import find_finding, find_record, find_result

    if record := find_record(out, name or ""):
        return _explain_record(out, record)
    if finding := find_finding(out, name or ""):
        return _explain_finding(out, finding)
    if (result := find_result(out, name or "")) and result.row:
        say(f"document {clean(result.row.id)}, published {result.row.published} ({result.row.published_basis})")
        _say_all(result.records, result.marks, result.skipped)
        return 0
    raise UsageError(f"{name}: no record, finding or document of that id in {out}")


def _explain_text(text: str, published: str | None) -> int:
    from pipeline.stages import process_text
    from pipeline.store.chunk import mark_in_sentence

    outcome = process_text(text, published=published)
    reconciliation = outcome.reconciliation
    marks = [mark_in_sentence(outcome.document.text, record) for record in reconciliation.records]
    _say_all(reconciliation.records, marks, outcome.extraction.skipped)
    _say_equations(reconciliation.equations, {record.id: record for record in reconciliation.records})
    return 0


def _say_all(records: Sequence[Record], marks: Sequence[int], skipped: Sequence[Skipped]) -> None:
    for record, mark in zip(records, marks, strict=False):
        say()
        _say_figure(record, mark)
    if skipped:
        say()
        say("number mentions that are no figure:")
    for skip in skipped:
        say(f"  {clean(skip.quote)}  ({skip.span[0]}-{skip.span[1]}): {_REASONS.get(skip.reason, skip.reason)}")


def _explain_record(out: Path, record: Record) -> int:
    from pipeline.store.lookup import find_finding, find_records, find_result

    result = find_result(out, record.document)
    marks = _marks(result)
    say(f"record {record.id} of {clean(record.document)}, characters {record.char_start}-{record.char_end}")
    _say_figure(record, marks.get(record.id, record.sentence.find(record.quote)))
    equations = [e for e in result.equations if record.id in e.figures] if result else []
    others = find_records(out, tuple(dict.fromkeys(name for e in equations for name in e.figures)))
    _say_equations(equations, others)
    if result is None:
        say("equations: the folder's .work is gone; run again to have them")
    for finding in (found for name in record.findings if (found := find_finding(out, name))):
        _say_finding(finding)
    _say_decisions(out, {record.id, *record.findings})
    return 0


def _marks(result: DocumentResult | None) -> dict[str, int]:
    """Where each figure of a document begins in its sentence, by record id."""
    return dict(zip((r.id for r in result.records), result.marks, strict=True)) if result else {}


def _explain_finding(out: Path, finding: Finding) -> int:
    from pipeline.store.lookup import find_record, find_result

    _say_finding(finding)
    for name in finding.figures:
        record = find_record(out, name)
        if record is None:
            continue
        result = find_result(out, record.document)
        marks = _marks(result)
        say()
        say(f"{'suspect' if name in finding.suspects else 'figure'} {name} of {clean(record.document)}")
        _say_figure(record, marks.get(name, record.sentence.find(record.quote)), brief=True)
    _say_decisions(out, {finding.id})
    return 0


def _say_figure(record: Record, mark: int, *, brief: bool = False) -> None:
    sentence, end = record.sentence, mark + record.char_end - record.char_start
    if mark >= 0:
        say(f"  {clean(sentence[:mark])} [[{clean(sentence[mark:end])}]] {clean(sentence[end:])}".rstrip())
    else:
        say(f"  {clean(sentence)}  [[{clean(record.quote)}]]")
    names = ("measure", "obs_value", "unit_measure", "time_period", "check") if brief else _FIELDS
    for name in names:
        if (value := getattr(record, name)) is not None:
            say(f"    {name:<18}{clean(str(value))}")
    for value, cost in () if brief else record.readings:
        say(f"    {'may also read':<18}{value} (cost {cost})")


def _say_equations(equations: Iterable[Equation], records: Mapping[str, Record]) -> None:
    listed = list(equations)
    if listed:
        say("equations:")
    for equation in listed:
        verdict = {True: "holds", False: "fails", None: "could not fail"}[equation.holds]
        say(f"  {verdict:<15}{equation.rule}: {clean(equation.text)}")
        for name in equation.figures:
            if record := records.get(name):
                say(f"    {clean(record.quote):<24}[{record.lower}, {record.upper}] {record.unit_measure}")


def _say_finding(finding: Finding) -> None:
    say(f"finding {finding.id}: {finding.severity}, {finding.rule}, {finding.status}")
    say(f"  {clean(finding.equation)}")
    if finding.expected:
        say(f"  expected {finding.expected.lower} to {finding.expected.upper}, observed {finding.observed}")
    tie = " (several sets tie: not decided here)" if finding.ambiguous else ""
    say(f"  suspects: {', '.join(finding.suspects) or 'the pairing'}{tie}")
    for proposal in finding.proposals:
        reason = f"{clean(proposal.reason)} ({proposal.score:.2f})"
        say(f"  proposal: {proposal.record} = {proposal.obs_value}: {reason}")


def _say_decisions(out: Path, names: set[str]) -> None:
    from pipeline.write.decisions import load

    entries = load(out)
    touched = {entry.id for entry in entries if {entry.finding, entry.record} & names}
    for entry in entries:
        if entry.id in touched or entry.undoes in touched:
            value = f" {entry.value}" if entry.value is not None else ""
            why = f": {clean(entry.reason)}" if entry.reason else ""
            say(f"decision {entry.id} by {clean(entry.who)} at {entry.when}: {entry.action}{value}{why}")
