"""Pictures of pages: what is recognised, straightened, and kept of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document
from pipeline.read.formats import Source
from pipeline.read.page.ocr import rules_of, skew
from pipeline.read.scan import read

ROWS = [["Goods", "2021", "2022"], ["Timber", "41.5", "38.20"], ["Coal", "1,204.7", "960.3"], ["Fish", "7.9", "-12.4"]]


def page() -> Image.Image:
    """A table ruled at top and foot, at 200 dpi."""
    picture = Image.new("RGB", (1100, 420), "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(34)
    for y, row in enumerate(ROWS):
        for x, text in zip((80, 500, 800), row, strict=True):
            pen.text((x, 70 + 75 * y), text, fill="black", font=font)
    for y in (50, 360):
        pen.line((70, y, 1000, y), fill="black", width=3)
    return picture


def test_table_of_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "table.png"
    page().save(path, dpi=(200, 200))
    seen: list[int] = []
    (found,) = read(Source(path, "table", progress=seen.append))
    assert isinstance(found, Document)
    (table,) = found.tables
    assert [[cell.text for cell in row] for row in table.rows] == ROWS
    assert (found.kind, found.ocr, table.ocr, table.page, seen) == ("scan", True, True, 1, [1])
    coal = table.rows[2][1]
    assert coal.span is not None and found.text[slice(*coal.span)] == "1,204.7"
    assert coal.bbox is not None and coal.bbox[0] == pytest.approx(500 * 0.36, abs=5)
    assert 0.5 < coal.confidence <= 1


@pytest.mark.parametrize("degrees", [-2.0, 0.0, 1.3])
def test_skew_is_found(degrees: float) -> None:
    turned = page().rotate(-degrees, fillcolor="white", resample=Image.Resampling.BICUBIC)
    assert skew(np.asarray(turned)) == pytest.approx(degrees, abs=0.3)


def test_rules_of_a_picture() -> None:
    across, down = rules_of(np.asarray(page()))
    assert down == ()
    assert [round(rule.at / 0.36) for rule in across] == pytest.approx([50, 360], abs=4)
    assert all(rule.start == pytest.approx(70 * 0.36, abs=3) for rule in across)


def test_what_is_no_picture_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"no picture at all")
    with pytest.raises(UnreadableDocument, match=r"broken\.png"):
        list(read(Source(path, "broken")))
