"""Measures a run over synthetic documents: `measure_scale.py COUNT FOLDER [--releases N] [--workers N]
[--stand-ins] [--prefect] [--again | --across]`.

Writes COUNT documents of N press releases each (1 unless told; 500 characters, 7 figures) as one `.jsonl.gz` below
FOLDER and runs `tally run` on it. `--stand-ins` replaces reading, extraction and reconciliation by quick ones, so
that the cost of everything round them shows; `--again` repeats the run on the unchanged folder, `--across` the step
between documents alone. Prints wall seconds, CPU seconds of all processes and of this one, and peak memory of this
process and of the largest other.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

if "--stand-ins" in sys.argv:  # here and not below: worker processes import this file again and must have them too
    from tests.batch import fakes

    fakes.install()

AREAS = ("China", "Russia", "Japan", "Brazil", "India", "Germany", "Mexico", "Kenya", "Chile", "Norway")
GOODS = (
    "timber",
    "steel",
    "soybeans",
    "coal",
    "copper",
    "machinery",
    "textiles",
    "fertilizer",
    "crude oil",
    "cars",
)


def prose(number: int, releases: int) -> str:
    """Press releases in the words of such, one below the other."""
    return "\n".join(release(number * releases + each) for each in range(releases))


def release(number: int) -> str:
    """One of them."""
    pick = random.Random(number)
    area, goods = pick.choice(AREAS), pick.choice(GOODS)
    level, growth, year = pick.randint(100, 99999) / 100, pick.randint(1, 400) / 10, pick.randint(2005, 2025)
    share, before, volume = (
        pick.randint(10, 600) / 10,
        pick.randint(100, 99999) / 100,
        pick.randint(100, 99999),
    )
    return (
        f"{area.upper()}, July {pick.randint(1, 28)}, {year} -- {area}'s exports of {goods} rose {growth} percent "
        f"from a year earlier to {level} billion dollars in the first half of {year}, the statistics office said on "
        f"Monday. The volume shipped reached {volume:,} tons. {goods.capitalize()} made up {share} percent of the "
        f"country's total exports in the period.\n\n"
        f"Imports of {goods} came to {before} million dollars in June, against "
        f"{before * 0.9:.2f} million dollars a year earlier, according to reference {number}.\n"
    )


def stand_in(number: int, _: int) -> str:
    """A document for the stand-ins: six figures, of which few meet those of another document."""
    pick = random.Random(number)
    rows = (
        f"{f} of A{pick.randint(1, number + 1)} in {y} were {pick.randint(1, 999)}.5 USD"
        for f in ("exports", "imports")
        for y in (2019, 2020, 2021)
    )
    return "\n".join(rows) + "\n" + "filler words " * 20


def write(path: Path, count: int, releases: int, make: Callable[[int, int], str]) -> None:
    """The documents as one stream."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for number in range(count):
            file.write(json.dumps({"id": f"n{number:07}", "text": make(number, releases)}) + "\n")


def across_alone(source: Path, out: Path) -> None:
    """Checks all groups between documents of a finished run again, in this process."""
    from pipeline.store.across import check_across
    from pipeline.store.inputs import scan
    from pipeline.store.layout import Folder
    from pipeline.store.manifest import Manifest
    from pipeline.store.pieces import in_process
    from pipeline.store.shelf import shelf_of

    folder = Folder(out)
    manifest = Manifest(folder.manifest)
    manifest.plan(scan([source], out), None)
    manifest.keep_groups(())
    before, begun = used(), time.perf_counter()
    check_across(manifest, shelf_of(manifest, folder), in_process, folder.staging)
    wall, after = time.perf_counter() - begun, used()
    found = sum(1 for _ in manifest.shared())
    print(json.dumps({
        "groups": sum(1 for _ in manifest.groups()), "findings": found, "wall_s": round(wall, 2),
        "cpu_s": round(after[0] - before[0], 2), "peak_mb": after[2],
    }))  # fmt: skip


def end_fork_server() -> None:
    """Waits for the process that workers are forked from, so that its use and theirs is told."""
    from multiprocessing import forkserver

    forkserver._forkserver._stop()


def used() -> tuple[float, float, int, int]:
    """CPU seconds of this process and of finished workers, and the peak memory of both in MB."""
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1024 if sys.platform == "linux" else 1024**2
    return (
        own.ru_utime + own.ru_stime,
        workers.ru_utime + workers.ru_stime,
        own.ru_maxrss // unit,
        workers.ru_maxrss // unit,
    )


def main() -> None:
    """Does the measurement and prints one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--releases", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    for flag in ("--stand-ins", "--prefect", "--again", "--across"):
        parser.add_argument(flag, action="store_true")
    options = parser.parse_args()
    out = options.folder / "out"
    source = options.folder / "stream.jsonl.gz"
    if not (options.again or options.across):
        shutil.rmtree(options.folder, ignore_errors=True)
        options.folder.mkdir(parents=True)
        write(source, options.count, options.releases, stand_in if options.stand_ins else prose)
    from pipeline.cli import run_command

    if options.across:
        across_alone(source, out)
        return
    before, begun = used(), time.perf_counter()
    mode = [] if options.prefect else ["--direct"]
    status = run_command(["run", str(source), "--out", str(out), "--workers", str(options.workers), *mode])
    wall = time.perf_counter() - begun
    end_fork_server()
    after = used()
    print(json.dumps({
        "documents": options.count, "workers": options.workers, "status": status, "wall_s": round(wall, 1),
        "cpu_s": round(sum(after[:2]) - sum(before[:2]), 1), "cpu_self_s": round(after[0] - before[0], 1),
        "peak_self_mb": after[2], "peak_other_mb": after[3],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
