"""`make bench`: speed, start and memory as a table. `python -m tests.bench SECONDS` sets how long the rounds last."""

from __future__ import annotations

import sys

from tests.bench.startup import gazetteer_seconds, help_seconds, peak_megabytes, text_seconds
from tests.bench.throughput import measure


def main(seconds: float) -> None:
    """Measures and prints."""
    count, speeds = measure(seconds)
    print(f"sentences per CPU second ({count} sentences a round, median round)")
    for name, speed in speeds.items():
        print(f"  {name:<12}{speed:>8.0f}   Tally / this {speeds['Tally'] / speed:>6.2f}")
    for command, seconds in (('tally text "…"', text_seconds), ("tally --help", help_seconds)):
        wall, processor = seconds()
        print(f"{command:<23}{wall:>6.2f} s, of which {processor:.2f} s on the processor")
    print(f"load of the gazetteer  {gazetteer_seconds():>6.2f} s")
    print(f"peak memory            {peak_megabytes():>6.0f} MB")


main(float(sys.argv[1]) if len(sys.argv) > 1 else 20)
