"""Loading a run into PostgreSQL, DuckDB and SQLite: the same rows, once, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.store.pieces import in_process
from pipeline.store.run import Settings, run_batch
from pipeline.write.duckdb import memory_mb
from pipeline.write.load import load
from pipeline.write.schema import ALL, RECORDS

Query = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(params=[pytest.param("postgres", marks=pytest.mark.postgres), "duckdb", "sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Query]:
    """The URL of an empty database of each kind, and how to ask it."""
    named = f"{request.param}:///{tmp_path}/db"
    url = request.getfixturevalue("postgres") if request.param == "postgres" else named
    return url, lambda sql: ask(url, sql)


def ask(url: str, sql: str) -> list[tuple[Any, ...]]:
    import sqlite3

    import duckdb
    import psycopg

    path = url.partition(":///")[2]
    openers: dict[str, Callable[[], Any]] = {
        "postgresql": lambda: psycopg.connect(url, autocommit=True),
        "duckdb": lambda: duckdb.connect(path),
        "sqlite": lambda: sqlite3.connect(path, isolation_level=None),
    }
    with closing(openers[url.partition(":")[0]]()) as db:
        done = db.execute(sql)
        return [tuple(row) for row in done.fetchall()] if sql.startswith("SELECT") else []


def changed(folder: Path, url: str, **options: bool) -> dict[str, tuple[int, int]]:
    """Rows written and deleted, by table."""
    return {each.table: (each.written, each.deleted) for each in load(folder, url, **options)}


NOTHING = {table.name: (0, 0) for table in ALL}


def test_every_row_arrives_and_a_second_load_changes_nothing(folder: Path, database: tuple[str, Query]) -> None:
    url, query = database
    assert changed(folder, url) == NOTHING | {"documents": (5, 0), "records": (8, 0), "findings": (4, 0)}
    assert changed(folder, url) == NOTHING
    assert query("SELECT count(*) FROM records") == [(8,)]


def test_decimals_arrive_exactly(folder: Path, database: tuple[str, Query]) -> None:
    url, query = database
    load(folder, url)
    rows = query("SELECT obs_value FROM records WHERE flow = 'imports'")
    assert [Decimal(value) for (value,) in rows] == [Decimal("1000000000000000.123")]


def test_a_changed_document_replaces_its_own_rows_only(inbox: Path, folder: Path, database: tuple[str, Query]) -> None:
    url, query = database
    load(folder, url)
    (inbox / "a.txt").write_text("exports of CN in 2021 were 4.69 USD\n")
    run_batch(Settings((inbox,), folder), in_process)
    done = changed(folder, url)
    assert done["documents"] == (2, 0)  # the other document is no longer contradicted
    assert done["records"] == (2, 3)
    assert done["findings"] == (0, 1)
    assert query("SELECT count(*) FROM records") == [(5,)]


def test_a_run_with_fewer_documents_deletes_only_when_told(
    inbox: Path, folder: Path, database: tuple[str, Query]
) -> None:
    url, _ = database
    load(folder, url)
    (inbox / "stream.jsonl").unlink()
    run_batch(Settings((inbox,), folder), in_process)
    assert {deleted for _, deleted in changed(folder, url).values()} == {0}
    done = changed(folder, url, prune=True)
    assert (done["documents"][1], done["records"][1], done["findings"][1]) == (2, 2, 3)


def test_the_view_puts_level_and_growth_side_by_side_and_currencies_apart(
    folder: Path, database: tuple[str, Query]
) -> None:
    url, query = database
    load(folder, url)
    rows = query(
        "SELECT unit_measure, level, growth, level_values FROM observations"
        " WHERE flow = 'exports' AND ref_area = 'CN' ORDER BY unit_measure"
    )
    typed = [(unit, Decimal(level), Decimal(growth), count) for unit, level, growth, count in rows]
    assert typed == [("CNY", Decimal("30.1"), Decimal("6.5"), 1), ("USD", Decimal("4.67"), Decimal("6.5"), 2)]


def test_an_older_schema_is_brought_up_to_date(folder: Path, database: tuple[str, Query]) -> None:
    url, query = database
    load(folder, url)
    query("DROP VIEW observations")
    query("ALTER TABLE findings DROP COLUMN observed")
    query("UPDATE tally_schema SET version = 0")
    load(folder, url)
    assert query("SELECT count(observed), count(*) FROM findings") == [(4, 4)]
    assert query("SELECT count(*) FROM observations") != [(0,)]


def test_a_later_schema_and_foreign_tables_are_left_alone(folder: Path, database: tuple[str, Query]) -> None:
    url, query = database
    query("CREATE TABLE records (mine INTEGER)")
    with pytest.raises(StoreError, match="'records' that is not Tally's"):
        load(folder, url)
    query("DROP TABLE records")
    load(folder, url)
    query("UPDATE tally_schema SET version = 99")
    with pytest.raises(StoreError, match="later Tally"):
        load(folder, url)


def test_a_load_that_fails_changes_nothing(
    folder: Path, database: tuple[str, Query], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, query = database
    load(folder, url)
    with (folder / "records.jsonl").open("ab") as file:
        file.write(b"{broken\n")
    (folder / "documents.jsonl").write_text(
        (folder / "documents.jsonl").read_text().replace('"kind":"text"', '"kind":"x"')
    )
    with pytest.raises(StoreError, match=r"records\.jsonl line 9: damaged"):
        load(folder, url)
    assert query("SELECT count(*) FROM documents WHERE kind = 'x'") == [(0,)]


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:x", "duckdb://x", "nonsense", "sqlite:///"])
def test_other_urls_are_refused(folder: Path, url: str) -> None:
    with pytest.raises(UsageError, match="no such database; write postgresql"):
        load(folder, url)


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no finished run"):
        load(tmp_path, "sqlite:///x")


def test_a_server_that_is_not_there_is_one_line_without_the_password(folder: Path) -> None:
    with pytest.raises(StoreError) as caught:
        load(folder, "postgresql://me:secret@127.0.0.1:9/x")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_column_has_a_comment() -> None:
    assert all(column.comment for table in ALL for column in table.columns)
    assert RECORDS.key == ("id",)


@pytest.mark.parametrize(("gigabytes", "megabytes"), [(0, 600), (3, 600), (6, 1000), (30, 5000)])
def test_the_database_of_many_lines_may_keep_their_keys_in_memory(
    gigabytes: int, megabytes: int, tmp_path: Path
) -> None:
    with (tmp_path / "records.jsonl").open("wb") as file:
        file.truncate(gigabytes * 10**9)  # takes no room on the disk
    assert memory_mb(tmp_path) == megabytes
