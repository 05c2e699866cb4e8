"""What a user waits for and what it takes: each measured in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from statistics import median

from tests.bench.texts import ROOT

SENTENCE = "Exports of Heilongjiang to Russia rose 6.5% to 4.67 billion yuan in the first half of 2021."
_TALLY = "from pipeline.cli import main; main()"
_GAZETTEER = """
import time
import regex, pipeline.lexicon.load, pipeline.extract.areas.find as areas
begun = time.perf_counter()
assert areas.find_areas("Heilongjiang")
print(time.perf_counter() - begun)
"""
_PEAK = """
import resource, sys
from pipeline.extract import extract_document
from pipeline.read import read_text
from tests.bench.texts import texts
for text in texts(): extract_document(read_text(text))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6)
"""


def text_seconds(times: int = 5) -> tuple[float, float]:
    """Median wall and CPU seconds of `tally text "…"`, from the start of the process to its end."""
    return _seconds(times, "text", SENTENCE)


def help_seconds(times: int = 5) -> tuple[float, float]:
    """Median wall and CPU seconds of `tally --help`."""
    return _seconds(times, "--help")


def gazetteer_seconds(times: int = 3) -> float:
    """Median wall seconds until the first area is found: lexicons read and indexed, libraries loaded before."""
    return median(float(_output("-c", _GAZETTEER)) for _ in range(times))


def peak_megabytes() -> float:
    """The greatest resident size of a process that extracts all texts."""
    return float(_output("-c", _PEAK))


def _seconds(times: int, *arguments: str) -> tuple[float, float]:
    spent = [_once(arguments) for _ in range(times)]
    return median(wall for wall, _ in spent), median(processor for _, processor in spent)


def _once(arguments: tuple[str, ...]) -> tuple[float, float]:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    _output("-c", _TALLY, *arguments)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _output(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout
