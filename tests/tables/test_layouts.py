"""Tables as they are printed: every figure of every layout in `layouts.txt`, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract_document
from pipeline.model.document import Document
from pipeline.model.record import Record
from pipeline.read import read_path

_TEXTS = (Path(__file__).parent / "layouts.txt").read_text("utf-8").split("\n=== ")[1:]
LAYOUTS = {name: body for name, _, body in (text.partition("\n") for text in _TEXTS)}


def printed(record: Record) -> str:
    """A record as the table of layouts writes it."""
    measure = "" if record.measure == "level" else f"{record.measure} "
    value = f"{measure}{record.obs_value.normalize():f} {record.unit_measure}"
    about = record.flow or record.indicator
    areas = " > ".join(area for area in (record.ref_area, record.counterpart_area) if area)
    about += f": {record.commodity}" if record.commodity else ""
    period = " ".join(part for part in (record.time_period, record.comparison) if part)
    return " | ".join((record.quote, value, about, areas, period))


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str, tmp_path: Path) -> None:
    text, _, expected = LAYOUTS[name].partition("\n---\n")
    path = tmp_path / name
    path.write_text(text, "utf-8")
    (document,) = read_path(path)
    assert isinstance(document, Document)
    records = [record for record in extract_document(document).records if record.table]
    assert [printed(record) for record in records] == expected.strip().splitlines()
