"""Checks between documents: the same figure in two of them, and growth against the level another one prints.

Everything is grouped by key, so that the cost grows with the number of records and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from pipeline.model.finding import Finding, Interval, Proposal
from pipeline.model.record import Record
from pipeline.model.rulings import NONE, Rulings
from pipeline.reconcile.alike import agree, slip_apart
from pipeline.reconcile.claims import growth
from pipeline.reconcile.findings import exact_decimal, finding_id, interval
from pipeline.reconcile.group import Spot, base_span, comparable, hash_free, spot_of, unit_of
from pipeline.reconcile.intervals import Range, of_record
from pipeline.reconcile.observe import level_spot
from pipeline.reconcile.readings import readings
from pipeline.reconcile.wording import printed, scale_of, span_text, unit_word

REVISION = Fraction(5, 100)
"""Figures that differ by so little were revised, or are on a slightly different basis."""
FAR = Fraction(5)
"""Figures that differ by more than this factor are not the same thing, unless a slip explains it."""
SURE = 0.8
MOST_EACH = 3

Shelf = dict[str, list[Record]]


def reconcile_across(
    groups: Mapping[str, Sequence[Record]] | Iterable[Sequence[Record]], rulings: Rulings = NONE
) -> tuple[Finding, ...]:
    """Findings between documents. `groups` are the records of each document (or of each by id), read once,
    in any order.

    `cross_document`: a series and period with different levels in two documents (`info` where a revision
    would explain it, else `warning`); mirrored trade (A's exports to B, B's imports from A) gives `info`
    alone. `growth_vs_levels`: a document's level and growth against the level of the base period in another
    (`warning`). Never an `error`: documents may rightly differ. Only records with a dated period and a known
    area take part. Figures that `rulings` fix are no suspects, excluded and parted ones are left out.
    """
    each = groups.values() if isinstance(groups, Mapping) else groups
    levels, beside, rises = _shelves([r for r in records if r.id not in rulings.excluded] for records in each)
    found: dict[str, Finding] = {}
    for finding in (*_same(levels), *_mirrored(levels), *_growth(levels, beside, rises)):
        if (asked := _without_settled(finding, rulings)) is not None:
            found.setdefault(finding.id, asked)
    return tuple(found[name] for name in sorted(found))


def _without_settled(finding: Finding, rulings: Rulings) -> Finding | None:
    """The finding with no figure suspected that a reviewer has settled; None where nothing is left to ask."""
    if rulings.part_any(finding.figures):
        return None
    suspects = tuple(name for name in finding.suspects if name not in rulings.fixed)
    if suspects == finding.suspects:
        return finding
    proposals = tuple(p for p in finding.proposals if p.record in suspects)
    ambiguous = len(suspects) > 1
    settled = msgspec.structs.replace(finding, suspects=suspects, proposals=proposals, ambiguous=ambiguous)
    return settled if suspects else None


def _shelves(groups: Iterable[Sequence[Record]]) -> tuple[Shelf, Shelf, list[Record]]:
    levels: Shelf = defaultdict(list)
    beside: Shelf = defaultdict(list)
    rises: list[Record] = []
    for records in groups:
        for record in comparable(records):
            if not _placed(record):
                continue
            if record.measure == "level":
                levels[level_spot(record).name].append(record)
                beside[_by_sentence(record)].append(record)
            elif record.measure == "growth":
                rises.append(record)
    return levels, beside, rises


def _placed(record: Record) -> bool:
    dated = record.time_period is not None and not record.time_period.startswith("XXXX")
    return dated and record.ref_area is not None and record.confidence >= SURE and record.bound == "="


def _firsts(records: Sequence[Record]) -> list[Record]:
    """The first print of each value of each document; a document with two values for a key says nothing
    sure."""
    by_document: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_document[record.document].append(record)
    return [of[0] for of in by_document.values() if all(agree(of[0], other) for other in of)]


def _same(levels: Shelf) -> Iterator[Finding]:
    for records in levels.values():
        firsts = _firsts(records)
        for other in _differing(firsts[1:], firsts[0])[:MOST_EACH] if len(firsts) > 1 else ():
            yield _differs("cross_document", firsts[0], other, _revision(firsts[0], other))


def _differing(others: Sequence[Record], first: Record) -> list[Record]:
    return [o for o in others if not agree(first, o) and (_within(first, o, FAR) or slip_apart(first, o, 3))]


def _within(one: Record, other: Record, factor: Fraction) -> bool:
    low, high = sorted((abs(Fraction(one.obs_value)), abs(Fraction(other.obs_value))))
    return high <= low * factor


def _revision(one: Record, other: Record) -> bool:
    return _within(one, other, 1 + REVISION)


def _differs(rule: str, first: Record, other: Record, mild: bool) -> Finding:
    scale, word = scale_of([abs(Fraction(first.obs_value)), abs(Fraction(other.obs_value))])
    unit = word + unit_word(first.unit_measure)
    text = "; ".join(f"{r.document}: {printed(r, scale)}{unit}" for r in (first, other))
    return Finding(
        id=finding_id(rule, (first.document, other.document), (first.id, other.id)),
        rule=rule,
        severity="info" if mild else "warning",
        documents=(first.document, other.document),
        figures=(first.id, other.id),
        suspects=(first.id, other.id),
        ambiguous=True,
        relation_suspect=True,
        equation=text,
        expected=Interval(first.lower, first.upper),
        observed=other.obs_value,
        proposals=() if mild else _proposals(first, other),
    )


def _proposals(first: Record, other: Record) -> tuple[Proposal, ...]:
    found = []
    for one, target in ((first, other), (other, first)):
        found += [
            Proposal(record=one.id, obs_value=exact_decimal(r.value), reason=r.kind, score=round(1 - r.cost, 2))
            for r in readings(one.quote, one.obs_value, clean=True, near=of_record(target))[:2]
        ]
    return tuple(sorted(found, key=lambda p: -p.score))


def _mirrored(levels: Shelf) -> Iterator[Finding]:
    """A's exports to B beside B's imports from A: costs of freight and timing part them, so never more than
    a note."""
    for records in levels.values():
        first = records[0]
        if first.flow != "exports" or not first.counterpart_area:
            continue
        spot = level_spot(first)
        mirror = Spot(
            type(spot.series)("imports", spot.series.subject, spot.series.goods, spot.series.partner, spot.series.ref),
            spot.span,
            spot.unit,
        )
        others = levels.get(mirror.name)
        if others and others[0].document != first.document and not _within(first, others[0], Fraction(3, 2)):
            yield _differs("cross_document", first, others[0], mild=True)


def _growth(levels: Shelf, beside: Shelf, rises: Sequence[Record]) -> Iterator[Finding]:
    for rise in rises:
        span = base_span(rise)
        if span is None or rise.flow == "balance":
            continue
        now = _own_level(beside, rise)
        if now is None:
            continue
        before = [r for r in _firsts(levels.get(level_spot(now).at(span).name, ())) if r.document != rise.document]
        finding = _against(rise, now, before[0]) if before else None
        if finding is not None:
            yield finding


def _own_level(beside: Shelf, rise: Record) -> Record | None:
    """The level of the growth's own document and sentence with the same key, whatever its unit; None if not
    just one."""
    found = [r for r in beside.get(_by_sentence(rise), ()) if level_spot(r).name == spot_of(rise, unit_of(r)).name]
    return found[0] if len(found) == 1 else None


def _by_sentence(record: Record) -> str:
    return f"sentence {record.document} {hash_free(record.sentence)} {record.table or ''} {record.row or ''}"


def _against(rise: Record, now: Record, before: Record) -> Finding | None:
    implied = growth("now", "before").implied({"now": of_record(now), "before": of_record(before)})
    if not implied.bounded or implied.touches(_loosened(rise)):
        return None
    scale, word = scale_of([abs(Fraction(now.obs_value)), abs(Fraction(before.obs_value))])
    text = (
        f"{printed(now, scale)} / {printed(before, scale)} - 1 = {span_text(implied)} %, "
        f"printed {printed(rise)} % ({now.document} against {before.document},"
        f"{word}{unit_word(now.unit_measure)})"
    )
    trio = (rise.id, now.id, before.id)
    meant = readings(rise.quote, rise.obs_value, clean=True, near=implied)
    return Finding(
        id=finding_id("growth_vs_levels", (now.document, before.document), trio),
        rule="growth_vs_levels",
        severity="warning",
        documents=(now.document, before.document),
        figures=trio,
        suspects=trio,
        ambiguous=True,
        relation_suspect=True,
        equation=text,
        expected=interval(implied),
        observed=rise.obs_value,
        proposals=tuple(
            Proposal(record=rise.id, obs_value=exact_decimal(r.value), reason=r.kind, score=round(1 - r.cost, 2))
            for r in meant[:3]
        ),
    )


def _loosened(rise: Record) -> Range:
    """Growth is often at constant prices or on revised figures: two points more on either side."""
    seen = of_record(rise)
    return seen if not seen.bounded else Range(seen.ends[0] - 2, seen.ends[1] + 2)
