"""What the flow decides without a server."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreError
from pipeline.store.publish import Summary
from pipeline.store.run import Report, Settings

flows = pytest.importorskip("pipeline.flows")


class Failed:
    """A state of Prefect's with an error in it."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def result(self, raise_on_failure: bool = True) -> Any:
        return self.error


def caused(error: StoreError, cause: BaseException) -> StoreError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (ConnectionResetError(), True),
        (TimeoutError(), True),
        (OSError(errno.EIO, "i/o"), True),
        (caused(StoreError("x"), OSError(errno.ESTALE, "stale")), True),
        (OSError(errno.ENOSPC, "full"), False),
        (caused(StoreError("x"), OSError(errno.EACCES, "no")), False),
        (ValueError("x"), False),
    ],
)
def test_only_what_can_pass_is_tried_again(error: BaseException, passes: bool) -> None:
    assert flows.may_pass(None, None, Failed(error)) is passes


def test_the_artifact_tells_counts_and_worst_findings() -> None:
    report = Report(Summary(documents=1200, figures=9000, failed=2), redone=3, seconds=1.0)
    text = flows.markdown(report, Settings((Path("in"),), Path("out")))
    assert "| documents | 1,200 |" in text
    assert "| failed | 2 |" in text
    assert "Worst findings" not in text
