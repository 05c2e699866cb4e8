"""The rules one by one: what each finds in a text or a table, and where it keeps quiet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model.record import Record
from pipeline.reconcile import reconcile_document
from pipeline.reconcile.rules import priorities, rules
from pipeline.stages import process_text
from tests.reconcile.making import figure

MILLION = 10**6

TOLD: list[tuple[str, str, bool | None]] = [
    ("point_difference", "China's share of Russian imports rose by 2.3 percentage points to 25.1 percent in 2023 "
     "from 22.8 percent in 2022.", True),
    ("point_difference", "China's share of Russian imports rose by 3.2 percentage points to 25.1 percent in 2023 "
     "from 22.8 percent in 2022.", False),
    ("point_difference", "The unemployment rate fell by 0.4 points to 5.2% in May 2023 from 5.6% in April 2023.", True),
    ("point_difference", "Output grew 6.9% in 2023, 2.3 percentage points above the average of 4.1%.", None),
    ("rank_in_words", "In 2022 Heilongjiang's trade with Russia was 18.5 billion yuan. Trade with Japan reached 12.2 "
     "billion yuan, making it the largest trading partner.", False),
    ("rank_in_words", "In 2022 Heilongjiang's trade with Russia was 18.5 billion yuan. Trade with Japan reached 12.2 "
     "billion yuan in 2022, making it the second-largest trading partner.", None),
    ("rank_in_words", "In 2022 China's trade with Japan was 300 billion dollars. Trade with the United States was 700 "
     "billion dollars in 2022. Germany was the second-largest trading partner, with trade of 150 billion dollars in "
     "2022.", False),
    ("rank_in_words", "In 2022 China's trade with Japan was 300 billion dollars. Trade with Vietnam was 120 billion "
     "dollars in 2022, making it the largest trading partner in ASEAN.", None),
    ("sub_total", "In 2023 exports to Germany were 12.5 billion dollars, exports to France 7.5 billion dollars, "
     "together 20.0 billion dollars.", True),
    ("sub_total", "In 2023 exports to Germany were 12.5 billion dollars, exports to France 7.5 billion dollars, "
     "together 22.0 billion dollars.", False),
    ("sub_total", "In 2023 exports to Germany were 12.5 billion dollars and to France 7.5 billion dollars; together "
     "with other countries 61.0 billion dollars.", None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "holds"), TOLD, ids=[f"{rule}-{n}" for n, (rule, _, _) in enumerate(TOLD)])
def test_relations_that_a_text_tells(rule: str, text: str, holds: bool | None) -> None:
    found = process_text(text, published="2024-02-01").reconciliation
    assert [e.holds for e in found.equations if e.rule == rule] == ([] if holds is None else [holds])
    assert {f.severity for f in found.findings if f.rule == rule} == ({"warning"} if holds is False else set())


def table(lines: dict[str, str]) -> list[Record]:
    return [
        figure(
            text,
            1000 * row + 100 * column,
            scale=MILLION,
            flow="exports",
            commodity=goods,
            time_period=str(2020 + column),
            table="1",
            row=row,
            column=column,
            sentence="",
        )
        for row, (goods, line) in enumerate(lines.items())
        for column, text in enumerate(line.split())
    ]


SUB_TOTALS: list[tuple[str, dict[str, str], list[bool]]] = [
    ("above its parts", {"food": "30.5 33.1 40.2", "fish": "10.4 11.0 15.1", "corn": "20.1 22.1 25.1"}, [True] * 3),
    ("below its parts", {"fish": "10.4 11.0 15.1", "corn": "20.1 22.1 25.1", "food": "30.5 33.1 40.2"}, [True] * 3),
    ("one column off", {"food": "30.5 33.1 42.0", "fish": "10.4 11.0 15.1", "corn": "20.1 22.1 25.1"},
     [True, True, False]),
    ("one column alone", {"food": "30.5", "fish": "10.4", "corn": "20.1"}, []),
    ("chance", {"tin": "3 5", "fish": "1 2", "corn": "2 3"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "holds"), SUB_TOTALS, ids=[case[0] for case in SUB_TOTALS])
def test_sub_totals_of_a_table(name: str, lines: dict[str, str], holds: list[bool]) -> None:
    found = reconcile_document(table(lines))
    assert [e.holds for e in found.equations if e.rule == "sub_total"] == holds
    assert {f.severity for f in found.findings} <= {"warning"}


def test_every_rule_file_takes_part_once() -> None:
    names = [rule.RULE for rule in rules()]
    assert len(names) == len(set(names))
    assert set(names) < set(priorities())
    assert [rule.ORDER for rule in rules()] == sorted(rule.ORDER for rule in rules())


def test_two_cases_never_share_an_id() -> None:
    twice = [
        figure(f"{value} billion", 1000 * n + 10 * i, flow=flow, time_period=str(2019 + n), sentence=f"in {n}")
        for n in range(3)
        for i, (value, flow) in enumerate((("9.9", "total"), ("2.0", "exports"), ("3.0", "imports")))
    ]
    findings = reconcile_document(twice).findings
    assert len({f.id for f in findings}) == len(findings) > 0
    assert all(f.observed is None or isinstance(f.observed, Decimal) for f in findings)
