"""The planted-error benchmark of reconciliation: `python -m tests.reconcile.bench [size]` prints its
measures."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

import msgspec

from pipeline.model.record import Record
from pipeline.model.result import Reconciliation
from pipeline.reconcile import check_system, reconcile_across, reconcile_document
from tests.reconcile.making import figure
from tests.reconcile.releases import SLIPS, by_goods, release, replaced, with_slip, yearbook
from tests.reconcile.synthetic import planted, trade_system

Make = Callable[[int], list[Record]]


def plant(records: Sequence[Record], seed: int) -> tuple[list[Record], Record, str] | None:
    """One slip in one figure that some relation of the clean document tests; None where no slip suits the
    figure."""
    rng = random.Random(seed)
    tested = [r for r in reconcile_document(records).records if r.check == "confirmed"]
    if not tested:
        return None
    chosen, slip = rng.choice(tested), rng.choice(sorted(SLIPS))
    wrong = with_slip(chosen, slip, rng)
    return None if wrong is None else (replaced(records, wrong), chosen, slip)


def planted_errors(make: Make, seeds: Sequence[int]) -> dict[str, tuple[int, int]]:
    """Hits and cases: `detected`, `located` (among at most three suspects), `mended` (lost points and signs:
    the right value among the first two proposals for the figure), `clean` (false errors on the clean
    documents)."""
    hits: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    for seed in seeds:
        records = make(seed)
        clean = reconcile_document(records)
        cases["false errors"] += 1
        hits["false errors"] += any(f.severity == "error" for f in clean.findings)
        case = plant(records, seed)
        if case is not None:
            _score(hits, cases, case, reconcile_document(case[0]))
    return {name: (hits[name], cases[name]) for name in cases}


def _score(
    hits: Counter[str], cases: Counter[str], case: tuple[list[Record], Record, str], found: Reconciliation
) -> None:
    _, right, slip = case
    serious = [f for f in found.findings if f.severity in ("error", "warning") or f.status == "repaired"]
    cases.update(["detected", "located"])
    hits["detected"] += bool(serious)
    hits["located"] += any(right.id in f.suspects and len(f.suspects) <= 3 for f in serious)
    if slip in ("lost point", "sign"):
        cases["mended"] += 1
        values = [p.obs_value for f in serious for p in f.proposals if p.record == right.id][:2]
        hits["mended"] += right.obs_value in values


def damaged_tables(make: Make, seeds: Sequence[int], share: float = 0.06) -> dict[str, tuple[int, int]]:
    """`mended`: damaged cells that have their value again; `spoiled`: good cells that were changed."""
    hits: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    for seed in seeds:
        rng = random.Random(seed)
        records = make(seed)
        damaged = [_damaged(record, rng) if rng.random() < share else record for record in records]
        result = reconcile_document(damaged, ocr_tables=frozenset({"1"}))
        for clean, hurt, done in zip(records, damaged, result.records, strict=True):
            kind = "spoiled" if hurt is clean else "mended"
            cases[kind] += 1
            hits[kind] += (done.obs_value == clean.obs_value) == (kind == "mended")
    return {name: (hits[name], cases[name]) for name in cases}


def errors_in_most_rows(products: int, seed: int, share: float = 0.9) -> tuple[list[Record], set[str]]:
    """A table by goods (four figures a row) with a slip in a figure of nearly every row, and the ids of those."""
    rng = random.Random(seed)
    records, wrong = by_goods(seed, products), set()
    rows: dict[int, list[Record]] = {}
    for record in records[3:]:
        rows.setdefault(record.row or 0, []).append(record)
    for cells in rows.values():
        hurt = with_slip(rng.choice(cells), rng.choice(sorted(SLIPS)), rng) if rng.random() < share else None
        if hurt is not None:
            records = replaced(records, hurt)
            wrong.add(hurt.id)
    return records, wrong


def located(result: Reconciliation, wrong: set[str]) -> int:
    """How many of the wrong figures are among at most three suspects of a finding."""
    return len(wrong & {name for f in result.findings if len(f.suspects) <= 3 for name in f.suspects})


def _damaged(record: Record, rng: random.Random) -> Record:
    """Damage as scans do it: lost points, misread digits, lost signs."""
    slip = rng.choice(("lost point", "lost point", "misread", "sign"))
    return with_slip(record, slip, rng) or with_slip(record, "lost point", rng) or record


def run_of_documents(count: int) -> list[list[Record]]:
    """`count` documents of three figures; every tenth contradicts another one."""
    found = []
    for i in range(count):
        area, year = f"CN-{i // 2 % 400}", 2000 + i // 800
        value = Decimal(100 + i // 2 % 37) + (Decimal("2.5") if i % 10 == 0 else 0)
        base = figure(f"{value:.2f} billion", 10, ref_area=area, time_period=str(year), flow="exports")
        rise = figure("5.0%", 40, measure="growth", ref_area=area, time_period=str(year), flow="exports")
        again = figure(f"{value:.1f} billion", 80, ref_area=area, time_period=str(year), flow="imports")
        found.append([msgspec.structs.replace(r, id=f"{i}:{r.id}", document=f"d{i}") for r in (base, rise, again)])
    return found


def main(size: int) -> None:
    out = sys.stdout
    seeds = range(size)
    for name, make in (("release", release), ("yearbook", yearbook), ("by goods", by_goods)):
        for measure, (hit, of) in planted_errors(make, seeds).items():
            out.write(f"planted, {name}: {measure} {hit} of {of} ({100 * hit / max(of, 1):.1f} %)\n")
    for name, make in (("yearbook", yearbook), ("by goods", by_goods)):
        for measure, (hit, of) in damaged_tables(make, seeds).items():
            out.write(f"damaged, {name}: {measure} {hit} of {of} ({100 * hit / max(of, 1):.2f} %)\n")
    for products in (2, 11, 108):
        system = trade_system(products, 1)
        count = len(system["variables"])
        levels = {
            **system,
            "variables": [v for v in system["variables"] if not v["name"].startswith("growth")],
        }
        wrong = planted(levels, max(1, count // 50), 3)
        began = time.process_time()
        sets = check_system(system)["erroneous_sets"]
        out.write(f"engine: {count} figures, {time.process_time() - began:.2f} s, located {sorted(wrong) in sets}\n")
    for products in (60, 241):
        records, hurt = errors_in_most_rows(products, 1)
        began = time.process_time()
        hits = located(reconcile_document(records), hurt)
        spent = time.process_time() - began
        out.write(f"errors in most rows: {len(records)} figures, {spent:.2f} s, located {hits} of {len(hurt)}\n")
    for count in (1_000, 3_000, 10_000):
        documents = run_of_documents(count)
        began = time.process_time()
        findings = reconcile_across(documents)
        spent = time.process_time() - began
        out.write(f"across: {count} documents, {spent:.2f} s, {len(findings)} findings\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
