"""`tally export FORMAT`: the output folder in another form, in `DIR/export/FORMAT`, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from pipeline.errors import StoreError, UsageError

FORMATS = {"csv": "csv", "parquet": "parquet", "sdmx-csv": "sdmx", "datapackage": "datapackage"}
"""Format -> the module of this package that writes it, by its function `write(out, folder)`."""


def export(out: Path, form: str) -> list[Path]:
    """Writes the finished run in `out` as `form`; returns the files, sorted. Raises UsageError and
    StoreError."""
    if form not in FORMATS:
        raise UsageError(f"{form}: no such format; write one of {', '.join(FORMATS)}")
    target = out / "export" / form
    draft = target.with_name(f".{form}.draft")
    write = cast(Callable[[Path, Path], None], import_module(f"pipeline.write.{FORMATS[form]}").write)
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        write(out, draft)
        shutil.rmtree(target, ignore_errors=True)
        draft.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror or error})") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return sorted(path for path in target.rglob("*") if path.is_file())
