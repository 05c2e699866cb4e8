"""Reconciliation of one document: group, relate, locate, judge, repair, confirm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.model.result import Equation, Reconciliation
from pipeline.model.rulings import NONE, Rulings
from pipeline.reconcile.book import Book
from pipeline.reconcile.confirm import confirmed, weigh
from pipeline.reconcile.figures import Surroundings
from pipeline.reconcile.findings import exact_decimal, finding_of, united
from pipeline.reconcile.mislabelled import corrected
from pipeline.reconcile.observe import observe_levels, orient_balances
from pipeline.reconcile.readings import Reading
from pipeline.reconcile.rules import rules
from pipeline.reconcile.solve import locate
from pipeline.reconcile.verdict import Verdict, judge, parted
from pipeline.reconcile.wording import Worded, worded

NEAR_TIE = 0.3
"""Explanations that cost so little more than the cheapest are looked at as well."""
CERTAIN, AHEAD = 0.45, 0.08
"""A repair is certain if its slip is at most so costly and the next reading's by at least so much dearer."""


def reconcile_document(
    records: Sequence[Record], *, ocr_tables: frozenset[str] | None = None, rulings: Rulings = NONE
) -> Reconciliation:
    """Checks the figures of one document against one another.

    `records` in the order of the text. `ocr_tables` names the tables read from scans or damaged text (`*`:
    the whole document): only there is a unique and certain reading applied, with `published_value` kept;
    None or empty: every repair is a proposal. `rulings` are what reviewers have decided: fixed figures are never
    suspects, excluded ones are in conflict and take no part. Returns the records with `check` and `findings` set,
    the findings, and every relation that was tested, as equations.
    Not supported: figures of several documents (see `reconcile_across`).
    """
    book = book_of(records, ocr_tables or frozenset(), rulings)
    tested = {name: worded(book, relation) for name, relation in book.relations.items()}
    weigh(book, tested)
    system = Surroundings(book.system.rows())
    verdicts = _verdicts(book, system)
    repairs = {id(v): _repair(book, v) for v in verdicts}
    findings = united(finding_of(book, system, tested, v, repairs[id(v)]) for v in verdicts)
    doubted = {name for verdict in verdicts for name in _doubted(book, verdict)}
    sound = confirmed(book, tested, doubted) | _matched(book, doubted)
    mended = {name: reading for repair in repairs.values() for name, reading in repair.items()}
    done = _records(book, records, findings, sound, mended)
    return Reconciliation(done, tuple(findings), _equations(book, tested))


def book_of(records: Sequence[Record], damaged: frozenset[str] = frozenset(), rulings: Rulings = NONE) -> Book:
    """The book of one document: its levels observed, every rule applied."""
    records = corrected([record for record in records if record.id not in rulings.excluded])
    book = Book({record.id: record for record in records}, damaged=damaged, rulings=rulings)
    observe_levels(book, records)
    orient_balances(book)
    for rule in rules():
        rule.apply(book, records)
    return book


def _verdicts(book: Book, system: Surroundings) -> list[Verdict]:
    clusters = [part for cluster in locate(system.rows, book.system.weights(), NEAR_TIE) for part in parted(cluster)]
    found = []
    for cluster in clusters:
        others = frozenset().union(*(c.sets[0] for c in clusters if c is not cluster and c.sets))
        verdict = judge(book, system, cluster, others)
        if verdict is not None and (suspects := _blamable(book, verdict.suspects)):
            found.append(replace(verdict, suspects=suspects))
    return found


def _blamable(book: Book, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the figures that no reviewer has settled: nothing else is left to ask about."""
    return tuple(name for name in names if book.system.figures[name].blamable)


def _doubted(book: Book, verdict: Verdict) -> list[str]:
    """Figures that cannot be called confirmed: the suspects, unless it is a relation that is wrong, and its
    own."""
    owned = [r.of for r in book.relations.values() if r.blame in verdict.relations and r.of]
    alone = verdict.relations and not verdict.mends and not verdict.ambiguous
    return owned if alone else [*owned, *verdict.suspects]


def _repair(book: Book, verdict: Verdict) -> Mapping[str, Reading]:
    """The readings to apply: a sure verdict, all suspects in damaged text, and one reading ahead of all
    others."""
    if not verdict.sure or not verdict.mends or not all(book.is_damaged(book.records[n]) for n in verdict.suspects):
        return {}
    first, *others = verdict.mends
    rival = next((m for m in others if _values(m) != _values(first)), None)
    if first.cost > CERTAIN or (rival is not None and rival.cost < first.cost + AHEAD):
        return {}
    return first.readings


def _values(mend: object) -> dict[str, object]:
    return {name: reading.value for name, reading in mend.readings.items()}  # type: ignore[attr-defined]


def _matched(book: Book, doubted: set[str]) -> set[str]:
    """Figures that text and table print alike: either could have differed."""
    return {
        owner
        for owner, copies in book.copies.items()
        if owner not in doubted and len({book.records[c].table is None for c in copies}) == 2
    }


def _records(
    book: Book,
    records: Sequence[Record],
    findings: Sequence[Finding],
    sound: set[str],
    mended: Mapping[str, Reading],
) -> tuple[Record, ...]:
    mentions: dict[str, list[str]] = defaultdict(list)
    suspects = {name for finding in findings for name in finding.suspects}
    for finding in findings:
        for name in finding.figures:
            mentions[name].append(finding.id)
    return tuple(_marked(book, record, suspects, sound, mended, tuple(mentions[record.id])) for record in records)


def _marked(
    book: Book,
    record: Record,
    suspects: set[str],
    sound: set[str],
    mended: Mapping[str, Reading],
    found: tuple[str, ...],
) -> Record:
    owner = book.owner.get(record.id, "")
    if owner in mended:
        reading = mended[owner]
        lower, upper = (exact_decimal(end) for end in reading.seen.ends)
        return msgspec.structs.replace(
            record,
            obs_value=exact_decimal(reading.value),
            lower=lower,
            upper=upper,
            published_value=record.obs_value,
            check="repaired",
            findings=found,
        )
    wrong = record.id in suspects or record.id in book.rulings.excluded
    check = "conflicting" if wrong else "confirmed" if owner in sound else "unchecked"
    return msgspec.structs.replace(record, check=check, findings=found)


def _equations(book: Book, tested: Mapping[str, Worded]) -> tuple[Equation, ...]:
    """Every relation in words; its figures are all records that print them, copies too."""
    return tuple(
        Equation(
            book.relations[name].rule,
            test.text,
            tuple(copy for figure in test.figures for copy in book.copies.get(figure, [figure])),
            test.holds,
        )
        for name, test in tested.items()
    )
