"""The planted-error benchmark on a small scale; `python -m tests.reconcile.bench` runs it at size."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.record import Record
from pipeline.reconcile import reconcile_document
from pipeline.reconcile.document import book_of
from pipeline.reconcile.solve import locate
from pipeline.reconcile.system import Row
from pipeline.reconcile.verdict import parted
from tests.reconcile.bench import Make, damaged_tables, errors_in_most_rows, located, planted_errors
from tests.reconcile.releases import by_goods, release, yearbook

MAKERS = [release, yearbook, by_goods]


def book_system(records: list[Record]) -> tuple[list[Row], dict[str, float]]:
    system = book_of(records).system
    return system.rows(), system.weights()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(MAKERS))
def test_consistent_figures_give_no_error(seed: int, make: Make) -> None:
    result = reconcile_document(make(seed))
    assert [f for f in result.findings if f.severity == "error"] == []
    assert any(r.check == "confirmed" for r in result.records)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_planted_errors_are_found(make: Make) -> None:
    measures = planted_errors(make, range(500, 512))
    for name, least in (("detected", 0.97), ("located", 0.9), ("mended", 0.85)):
        hit, of = measures[name]
        assert hit >= least * of
    assert measures["false errors"][0] == 0


@pytest.mark.parametrize("make", [yearbook, by_goods], ids=lambda make: make.__name__)
def test_damaged_cells_are_mended_and_good_ones_kept(make: Make) -> None:
    measures = damaged_tables(make, range(600, 612))
    assert measures["mended"][0] >= 0.7 * measures["mended"][1]
    assert measures["spoiled"][0] == 0


def test_a_table_with_an_error_in_most_rows_is_located_row_by_row() -> None:
    records, wrong = errors_in_most_rows(40, 7)
    result = reconcile_document(records)
    assert len(wrong) > 20
    assert located(result, wrong) >= 0.9 * len(wrong)
    assert len({f.id for f in result.findings}) == len(result.findings)


def test_where_time_runs_out_each_contradiction_is_told() -> None:
    rows, weights = book_system(errors_in_most_rows(40, 7)[0])
    clusters = [part for cluster in locate(rows, weights, seconds=0.0) for part in parted(cluster)]
    assert len(clusters) > 20
    assert not any(cluster.solved for cluster in clusters)
