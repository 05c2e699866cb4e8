"""docs/schema is what scripts/make_schema.py writes now, and the output in extracted/ keeps to it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.model.finding import Finding
from pipeline.model.record import Record
from pipeline.store.result import Failure, TableRow

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "scripts" / "make_schema.py"


def load_script() -> Any:
    """The script as a module (scripts/ is no package)."""
    spec = importlib.util.spec_from_file_location("make_schema", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_schemas_are_current() -> None:
    kept = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "schema").glob("*.json")}
    assert kept == load_script().schemas(), "run: make schema"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("records", Record), ("findings", Finding), ("tables", TableRow), ("failures", Failure)],
)
def test_the_kept_output_has_these_types(name: str, kind: type[msgspec.Struct]) -> None:
    """Every line decodes, and encodes to the same bytes: no field is missing, renamed or unknown."""
    decode, encode = msgspec.json.Decoder(kind).decode, msgspec.json.encode
    lines = (ROOT / "extracted" / f"{name}.jsonl").read_bytes().splitlines()
    assert lines or name == "failures"
    assert [encode(decode(line)) for line in lines] == lines


@pytest.mark.parametrize(("page", "kind"), [("records.md", Record), ("findings.md", Finding)])
def test_the_page_names_every_field(page: str, kind: type[msgspec.Struct]) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    assert [name for name in kind.__struct_fields__ if f"`{name}`" not in text] == []
