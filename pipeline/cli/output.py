"""What goes to the terminal: plain text of foreign origin with control characters made visible, tables,
equations."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence

from pipeline.model.record import Record

_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def say(line: str = "") -> None:
    """One line to standard output."""
    sys.stdout.write(line + "\n")


def clean(text: str) -> str:
    """Document text made safe for a terminal: line breaks become spaces, other control characters and
    direction marks become visible."""
    return "".join(_visible(character) for character in " ".join(text.split()))


def _visible(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cs") or ord(character) in _BIDI:
        return f"\\x{ord(character):02x}"
    return character


def say_table(header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A table, columns fitted to the terminal; `right` lists the columns that hold numbers."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for index, name in enumerate(header):
        table.add_column(name, justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 160)
    console.print(table)


def figure_row(record: Record) -> tuple[str, ...]:
    """A record as a row of the table of figures."""
    about = " ".join(part for part in (record.flow, record.indicator, record.commodity, record.counted) if part)
    area = " > ".join(part for part in (record.ref_area, record.counterpart_area) if part)
    value = f"{record.obs_value:f}" if record.bound == "=" else f"{record.bound} {record.obs_value:f}"
    period = " ".join(part for part in (record.time_period, record.comparison) if part)
    return (record.quote, record.measure, value, record.unit_measure, about, area, period, record.check)


FIGURE_HEADER = ("printed", "measure", "value", "unit", "about", "area", "period", "check")
