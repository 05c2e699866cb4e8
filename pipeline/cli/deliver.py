"""`tally load` and `tally export`: the output to where it is wanted."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli.decide import require_run
from pipeline.cli.output import say
from pipeline.errors import UsageError


def load_command(out: Path, url: str, *, prune: bool) -> int:
    """Loads the folder and says what changed, table by table."""
    from pipeline.write.load import load

    for each in load(out, url, prune=prune):
        say(f"{each.table:<10}{each.rows:>9,} rows {each.written:>9,} written {each.deleted:>9,} deleted")
    return 0


def export_command(out: Path, form: str) -> int:
    """Writes DIR/export/FORMAT and names its files."""
    from pipeline.write.export import FORMATS, export

    if form not in FORMATS:
        raise UsageError(f"{form}: no such format; write one of {', '.join(FORMATS)}")
    require_run(out)
    for path in export(out, form):
        say(str(path))
    return 0
