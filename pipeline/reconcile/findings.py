"""Findings: verdicts in the words and fields of `findings.jsonl`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from pipeline.model.finding import Finding, Interval, Proposal
from pipeline.reconcile.book import Book
from pipeline.reconcile.figures import Surroundings
from pipeline.reconcile.intervals import Range
from pipeline.reconcile.readings import Reading
from pipeline.reconcile.repair import implied
from pipeline.reconcile.rules import priorities
from pipeline.reconcile.system import Row
from pipeline.reconcile.verdict import Verdict
from pipeline.reconcile.wording import Worded, number, scale_of, span_text, unit_word

MOST_PROPOSALS = 6
SEVERITIES = ("error", "warning", "info")
MOST_TEXTS = 4
UNSOLVED = " (so many contradictions hang together that other explanations could not be ruled out)"


def finding_of(
    book: Book,
    system: Surroundings,
    tested: Mapping[str, Worded],
    verdict: Verdict,
    mend: Mapping[str, Reading],
) -> Finding:
    """The finding of a verdict. `mend` holds the readings that were applied (empty: none; then it is
    open)."""
    names = _relations(book, system.rows, verdict)
    figures = _figures(book, verdict, names, tested)
    rule = _rule(book, names, verdict, tested)
    suspects = tuple(dict.fromkeys(c for name in verdict.suspects for c in book.copies[name]))
    first = book.records[verdict.suspects[0]] if verdict.suspects else None
    room = _room(book, system, verdict)
    documents = tuple(sorted({book.records[name].document for name in figures}))
    return Finding(
        id=finding_id(rule, documents, verdict.suspects),
        rule=rule,
        severity="info" if mend else "error" if verdict.sure else "warning",
        documents=documents,
        figures=tuple(dict.fromkeys([*suspects, *figures])),
        suspects=suspects,
        ambiguous=verdict.ambiguous,
        relation_suspect=bool(verdict.relations),
        equation=_equation(book, names, tested, verdict, room) + ("" if verdict.cluster.solved else UNSOLVED),
        expected=interval(room) if room is not None else None,
        observed=first.obs_value if first is not None and len(verdict.suspects) == 1 else None,
        proposals=_proposals(book, verdict),
        status="repaired" if mend else "open",
    )


def united(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with those of one rule and the same suspects put together: an id names one case."""
    found: dict[str, Finding] = {}
    for finding in findings:
        known = found.get(finding.id)
        found[finding.id] = finding if known is None else _both(known, finding)
    return list(found.values())


def _both(one: Finding, other: Finding) -> Finding:
    grave = min(one, other, key=lambda finding: SEVERITIES.index(finding.severity))
    return msgspec.structs.replace(
        grave,
        figures=tuple(dict.fromkeys((*one.figures, *other.figures))),
        ambiguous=one.ambiguous or other.ambiguous,
        relation_suspect=one.relation_suspect and other.relation_suspect,
        equation="; ".join(dict.fromkeys((one.equation, other.equation))),
        proposals=tuple({(p.record, p.obs_value): p for p in (*other.proposals, *one.proposals)}.values()),
    )


def finding_id(rule: str, documents: Sequence[str], suspects: Sequence[str]) -> str:
    """Stable: the same rule and suspects give the same id in every run."""
    return hashlib.sha256("\0".join([rule, *documents, *sorted(suspects)]).encode()).hexdigest()[:16]


def interval(room: Range) -> Interval | None:
    """A range as decimals with six significant digits; None where nothing bounds it."""
    ends = [None if end is None else Decimal(number(end, 6)) for end in (room.lower, room.upper)]
    return None if ends == [None, None] else Interval(*ends)


def _relations(book: Book, rows: Sequence[Row], verdict: Verdict) -> list[str]:
    """Names of the relations in the conflicts, those of the shortest conflicts that hold a suspect first."""
    wanted = set(verdict.suspects) | set(verdict.relations)
    ranked = sorted(verdict.cluster.conflicts, key=lambda c: (c.owners.isdisjoint(wanted), len(c.rows), c.rows))
    found = [rows[i].label for conflict in ranked for i in conflict.rows if rows[i].label in book.relations]
    return list(dict.fromkeys(found))


def _rule(book: Book, names: Sequence[str], verdict: Verdict, tested: Mapping[str, Worded]) -> str:
    """Of the relations of the shortest conflict those that fail by themselves and speak of a suspect name the
    finding, if any does."""
    shortest = min((len(c.rows) for c in verdict.cluster.conflicts), default=0)
    near = names[: max(1, shortest)]
    about = set(verdict.suspects)
    failing = [n for n in near if n in tested and tested[n].holds is False and about & set(tested[n].figures)]
    rules = {book.relations[name].rule for name in failing or near}
    return min(rules, key=lambda rule: priorities()[rule], default="unit_plausibility")


def _figures(book: Book, verdict: Verdict, names: Sequence[str], tested: Mapping[str, Worded]) -> list[str]:
    owners = {n for conflict in verdict.cluster.conflicts for n in conflict.owners if n in book.system.figures}
    said = [f for name in names[:MOST_TEXTS] if name in tested for f in tested[name].figures]
    return list(dict.fromkeys([*verdict.suspects, *sorted(owners), *said]))


def _room(book: Book, system: Surroundings, verdict: Verdict) -> Range | None:
    """What the other figures leave for a single suspect."""
    if len(verdict.suspects) != 1 or verdict.relations:
        return None
    room = implied(system, book.system.figures[verdict.suspects[0]])
    return None if room.empty or room == Range() else room


def _equation(
    book: Book, names: Sequence[str], tested: Mapping[str, Worded], verdict: Verdict, room: Range | None
) -> str:
    """The relations that fail by themselves; else the chain of relations and what it implies for the
    suspect."""
    about = set(verdict.suspects)
    failing = [
        tested[name].text
        for name in sorted(names, key=lambda n: book.relations[n].rule == "currency_pair")
        if name in tested and tested[name].holds is False and about & set(tested[name].figures)
    ]
    if failing:
        return "; ".join(dict.fromkeys(failing[:MOST_TEXTS]))
    chain = [tested[name].text for name in names if name in tested and tested[name].holds is not None]
    chain = chain or [tested[name].text for name in names if name in tested]
    text = "; ".join(dict.fromkeys(chain[:MOST_TEXTS]))
    if room is None:
        return f"{text}: these cannot all be right"
    record = book.records[verdict.suspects[0]]
    scale, word = scale_of([abs(Fraction(record.obs_value))])
    unit = word + unit_word(record.unit_measure)
    return f"{text}: together they leave {span_text(room, scale)}{unit} for {record.quote}"


def _proposals(book: Book, verdict: Verdict) -> tuple[Proposal, ...]:
    found: dict[tuple[str, Decimal], Proposal] = {}
    for mend in verdict.mends:
        for name, reading in mend.readings.items():
            value = exact_decimal(reading.value)
            for copy in book.copies[name]:
                entry = Proposal(record=copy, obs_value=value, reason=reading.kind, score=round(1 - mend.cost, 2))
                found.setdefault((copy, value), entry)
    ranked = sorted(found.values(), key=lambda p: -p.score)
    return tuple(ranked[: MOST_PROPOSALS * max(1, len(verdict.suspects))])


def exact_decimal(value: Fraction) -> Decimal:
    """A finite fraction as a decimal without exponent or trailing zeros."""
    text = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
