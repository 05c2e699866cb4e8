"""Lines of the output folder as typed rows of the tables in `schema`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import StoreError
from pipeline.write.schema import PRECISION, SCALE, Column, Table

Row = tuple[Any, ...]

_STEP = Decimal(1).scaleb(-SCALE)
_CONTEXT = Context(prec=PRECISION, rounding=ROUND_HALF_EVEN)
_PERIOD = re.compile(r"(\d{4})(?:-(?:S([12])|Q([1-4])|(\d\d)(?:-(\d\d))?))?(?:/P(\d+)([YMD]))?")
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def rows(folder: Path, table: Table) -> Iterator[Row]:
    """Typed rows of `table` from its file in `folder`; none where the file is missing. Raises StoreError for
    a line that is no JSON object."""
    path = folder / table.file
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield row_of(_decode(line), table)
            except (msgspec.DecodeError, KeyError) as error:
                raise StoreError(f"{path} line {number}: damaged ({error}); run again with --fresh") from error


def batches(items: Iterator[Row], size: int = 10_000) -> Iterator[list[Row]]:
    """`items` in lists of `size`."""
    while batch := list(islice(items, size)):
        yield batch


def row_of(line: dict[str, Any], table: Table) -> Row:
    """One row: values in the order of the table's columns, as str, Decimal, int, float, date, bool, list, or
    JSON text."""
    return tuple([make(line) for make in _makers(table)])


@cache
def _makers(table: Table) -> tuple[Callable[[dict[str, Any]], Any], ...]:
    """A function for each column, that makes its value of a line."""
    return tuple(_DERIVED.get(column.name) or _maker(column) for column in table.columns)


def _maker(column: Column) -> Callable[[dict[str, Any]], Any]:
    name, convert = column.name, _CONVERT.get(column.kind)
    if convert is None:
        return lambda line: line.get(name)
    empty: Any = [] if column.kind == "texts" else None
    return lambda line: empty if (value := line.get(name)) is None else convert(value)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode().replace("\\u0000", "\\u2400")


def _text(value: str) -> str:
    """The text; NUL, which no database takes, becomes the symbol for it."""
    return value.replace("\0", "\N{SYMBOL FOR NULL}") if "\0" in value else value


def _texts(values: list[str]) -> list[str]:
    return [_text(value) for value in values]


def decimal(text: str) -> Decimal | None:
    """The number, with at most 12 places (half-even beyond), or None where it has more than 26 digits before
    the point."""
    value = Decimal(text)
    if value.adjusted() >= PRECISION - SCALE:
        return None
    exponent = value.as_tuple().exponent
    return value.quantize(_STEP, context=_CONTEXT) if isinstance(exponent, int) and exponent < -SCALE else value


@lru_cache(maxsize=10_000)
def period_bounds(code: str | None) -> tuple[date, date] | None:
    """First and last day of an SDMX time period, or None for an unknown year or a code of another form.

    Forms: `2023`, `2021-S1`, `2020-Q3`, `2021-11`, `2021-11-05`, and any start with `/P11M`, `/P5Y`, `/P10D`.
    """
    match = _PERIOD.fullmatch(code or "")
    if match is None:
        return None
    year, half, quarter, month, day, count, unit = match.groups()
    months = 6 if half else 3 if quarter else 1 if month else 12
    first_month = 6 * int(half) - 5 if half else 3 * int(quarter) - 2 if quarter else int(month or 1)
    try:
        start = date(int(year), first_month, int(day or 1))
        return start, _last_day(start, int(count or 0), unit, bool(day), months)
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def _last_day(start: date, count: int, unit: str | None, is_day: bool, months: int) -> date:
    if unit == "D":
        return start + timedelta(days=count - 1)
    if unit is None and is_day:
        return start
    span = {"Y": 12 * count, "M": count}.get(unit or "", months)
    index = start.year * 12 + start.month - 1 + span
    after = date(index // 12, index % 12 + 1, 1) + timedelta(days=start.day - 1)
    return after - timedelta(days=1)


def _published_on(line: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(line["published"]) if len(line["published"] or "") == 10 else None
    except ValueError:
        return None


def _bound(line: dict[str, Any], end: int) -> date | None:
    bounds = period_bounds(line.get("time_period"))
    return bounds[end] if bounds else None


_DERIVED: dict[str, Callable[[dict[str, Any]], date | None]] = {
    "published_on": _published_on,
    "period_start": lambda line: _bound(line, 0),
    "period_end": lambda line: _bound(line, 1),
}
"""Columns that no line has: worked out from one that it has."""

_CONVERT: dict[str, Callable[[Any], Any]] = {
    "decimal": decimal,
    "json": _json,
    "text": _text,
    "texts": _texts,
}
"""What makes a column's value of what JSON gives; other kinds are taken as they are."""
