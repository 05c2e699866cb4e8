"""Measures character recognition on numbers: `measure_ocr.py PDF... [--pages 8] [--seed 1]`.

Takes pages with at least 30 numbers of the PDFs (at most two a file), draws each at 200 dpi, and at 150 dpi as a poor
scan (skew, blur, noise, JPEG), reads the pictures as Tally reads scans, and counts how many numbers of the page's own
text layer are read exactly, each as often as it stands there. A few seconds a page.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from make_samples import Scan, poor
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipeline.model.document import Document
from pipeline.read.formats import Source
from pipeline.read.scan import read

_NUMBER = re.compile(r"(?<![\w.,])[-−–]?\d[\d,.]*(?![\w])")
_DENSE = 30
POOR = Scan()


def numbers(text: str) -> Counter[str]:
    """The numbers of a text, without signs of grouping at their ends, minus signs as one."""
    return Counter(re.sub("[−–]", "-", found).rstrip(".,") for found in _NUMBER.findall(text))


def pages(paths: list[Path], wanted: int, rng: random.Random) -> Iterator[tuple[str, pdfium.PdfPage, Counter[str]]]:
    """`wanted` pages that hold many numbers, from files in random order: name, page, numbers of the text layer."""
    for path in rng.sample(paths, len(paths)):
        taken = 0
        for index, page in enumerate(pdfium.PdfDocument(path)):
            truth = numbers(page.get_textpage().get_text_range())
            if taken < 2 and wanted and sum(truth.values()) >= _DENSE:
                taken, wanted = taken + 1, wanted - 1
                yield f"{path.stem} p. {index + 1}", page, truth


def recognised(path: Path) -> Counter[str]:
    """The numbers that Tally reads from a picture."""
    (document,) = read(Source(path, path.stem))
    return numbers(document.text) if isinstance(document, Document) else Counter()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    found, of = Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        for name, page, truth in pages(options.files, options.pages, rng):
            clean, worn = Path(folder, "clean.png"), Path(folder, "poor.jpg")
            page.render(scale=200 / 72, grayscale=True).to_pil().save(clean, dpi=(200, 200))
            sharp = page.render(scale=POOR.dpi / 72, grayscale=True).to_pil()
            jpeg = poor(sharp, POOR, rng.uniform(-1.5, 1.5), np.random.default_rng(rng.randrange(2**32)))
            Image.open(io.BytesIO(jpeg)).save(worn, dpi=(POOR.dpi, POOR.dpi), quality="keep")
            counts = {
                "200 dpi": (recognised(clean) & truth).total(),
                f"{POOR.dpi} dpi, poor": (recognised(worn) & truth).total(),
            }
            of += truth.total()
            found.update(counts)
            print(f"{name}: {counts} of {truth.total()}", flush=True)
    for condition, count in found.items():
        print(f"{condition}: {count} of {of} numbers, {count / of:.3f}")


if __name__ == "__main__":
    main()
