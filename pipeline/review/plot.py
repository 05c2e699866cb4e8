"""The series of a run as plots: level by period, what was printed against what growth rates imply,
conflicts marked.

Coordinates are worked out here, in `Decimal`, and drawn as SVG by the template `_plot.html`. Periods are
evenly spaced
in order of time. Not supported: periods without a year, open-ended bounds (drawn at their printed value).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.finding import Interval
from pipeline.model.record import Record, series_key
from pipeline.review.store import Store
from pipeline.review.wording import number, rounded, unit

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 74, 14, 14, 30
MAX_PERIODS = 24

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2})|-S([12])|-Q([1-4]))?(?:-\d{2})?(?:/P(\d+)([YMD]))?$")


@dataclass(frozen=True, slots=True)
class Point:
    """A printed level: where it is drawn, what to say of it, and its check status."""

    x: str
    y: str
    record: str
    label: str
    check: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A level that a growth rate and the other level imply: an interval at its period."""

    x: str
    top: str
    bottom: str
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """One series ready to draw. `summary` says in words what the picture shows."""

    title: str
    summary: str
    periods: tuple[tuple[str, str], ...]
    ticks: tuple[tuple[str, str], ...]
    points: tuple[Point, ...]
    bars: tuple[Bar, ...]
    line: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class Series:
    """The levels of one series key in one unit, with the growth rates that speak of them."""

    key: tuple[str | None, ...]
    unit_measure: str
    levels: tuple[Record, ...]
    growths: tuple[Record, ...]


def find_series(store: Store) -> list[Series]:
    """The series with levels in two periods or more, those in conflict first, then the longest."""
    levels: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    growths: dict[tuple[str | None, ...], list[Record]] = defaultdict(list)
    for record in store.records.values():
        order = period_order(record.time_period)
        if order is None:
            continue
        if record.measure == "level":
            levels[(series_key(record), record.unit_measure, record.counted, order[2])].append(record)
        elif record.measure == "growth" and record.comparison == "yoy":
            growths[series_key(record)].append(record)
    found = [
        Series(series_key(group[0]), group[0].unit_measure, tuple(group), tuple(growths[series_key(group[0])]))
        for group in levels.values()
        if len({record.time_period for record in group}) > 1
    ]
    return sorted(found, key=lambda s: (-_conflicts(s.levels), -len(s.levels)))


def period_order(code: str | None) -> tuple[int, int, int] | None:
    """(year, month, months) of an SDMX period, to sort by; None where the year is not known or the code is
    another.
    """
    match = _PERIOD.match(code or "")
    if match is None:
        return None
    year, month, half, quarter, count, size = match.groups()
    start = int(month) if month else 1 + (int(half) - 1) * 6 if half else 1 + (int(quarter) - 1) * 3 if quarter else 1
    length = int(count) * (12 if size == "Y" else 1) if count else 6 if half else 3 if quarter else 1 if month else 12
    return int(year), start, length


def draw(series: Series) -> Plot:
    """The plot of one series; of a very long one the last `MAX_PERIODS` periods."""
    codes = sorted({r.time_period or "" for r in series.levels}, key=lambda c: period_order(c) or (0, 0, 0))
    codes = codes[-MAX_PERIODS:]
    shown = [r for r in series.levels if r.time_period in codes]
    derived = [(code, span) for code, span in implied(series) if code in codes]
    ends = [s.upper for _, s in derived if s.upper is not None]
    top = max([r.obs_value for r in shown] + ends + [Decimal(0)])
    low = min([r.obs_value for r in shown] + [Decimal(0)])
    frame = _Frame(codes, low, top if top > low else low + 1)
    points = tuple(_point(frame, r) for r in sorted(shown, key=lambda r: codes.index(r.time_period or "")))
    return Plot(
        title=title(series),
        summary=_summary(series, len(codes)),
        periods=tuple((frame.x(code), code) for code in codes[:: _label_step(codes)]),
        ticks=tuple((frame.y(value), number(value)) for value in _ticks(frame.low, frame.high)),
        points=points,
        bars=tuple(_bar(frame, code, span) for code, span in derived),
        line=" ".join(f"{p.x},{p.y}" for p in points) if len({p.x for p in points}) == len(points) else "",
        conflicts=_conflicts(shown),
    )


def implied(series: Series) -> Iterator[tuple[str, Interval]]:
    """For every growth rate over a year with the level of one of its two periods: the other level, as an
    interval.

    level = earlier level * (1 + growth / 100), in intervals; only positive levels and growth above -100 %.
    """
    levels = {record.time_period: record for record in series.levels}
    for growth in series.growths:
        low, high = 1 + growth.lower / 100, 1 + growth.upper / 100
        before = year_before(growth.time_period)
        if low <= 0 or before is None:
            continue
        now, then = levels.get(growth.time_period), levels.get(before)
        if now is not None and now.lower > 0:
            yield before, Interval(now.lower / high, now.upper / low)
        if then is not None and then.lower > 0:
            yield growth.time_period or "", Interval(then.lower * low, then.upper * high)


def year_before(code: str | None) -> str | None:
    """The same period a year earlier: `2021-S1` for `2022-S1`."""
    if code is None or period_order(code) is None:
        return None
    return f"{int(code[:4]) - 1:04}{code[4:]}"


def title(series: Series) -> str:
    """The series in words: flow, indicator, product, area and partner, unit."""
    flow, indicator, commodity, area, partner = series.key
    what = " ".join(
        part for part in (flow if flow != "total" else "trade", indicator, commodity and f"({commodity})") if part
    )
    where = " → ".join(part for part in (area, partner) if part)
    return ", ".join(part for part in (what, where, unit(series.unit_measure)) if part)


@dataclass(frozen=True, slots=True)
class _Frame:
    codes: list[str]
    low: Decimal
    high: Decimal

    def x(self, code: str) -> str:
        step = Decimal(WIDTH - LEFT - RIGHT) / len(self.codes)
        return f"{LEFT + step * (self.codes.index(code) + Decimal('0.5')):.1f}"

    def y(self, value: Decimal) -> str:
        share = (value - self.low) / (self.high - self.low)
        return f"{HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM):.1f}"


def _point(frame: _Frame, record: Record) -> Point:
    label = f"{record.time_period}: {number(record.obs_value)}, {record.check} ({record.document})"
    return Point(frame.x(record.time_period or ""), frame.y(record.obs_value), record.id, label, record.check)


def _bar(frame: _Frame, code: str, span: Interval) -> Bar:
    low, high = span.lower or Decimal(0), span.upper or Decimal(0)
    label = f"{code}: {rounded(low)} to {rounded(high)} from growth"
    return Bar(frame.x(code), frame.y(high), frame.y(low), label)


def _label_step(codes: list[str]) -> int:
    """Every how many periods a label fits below the plot, at seven units a character."""
    widest = max(len(code) for code in codes) * 7 + 8
    return -(-len(codes) * widest // (WIDTH - LEFT - RIGHT))


def _ticks(low: Decimal, high: Decimal) -> Iterator[Decimal]:
    """Three or four round values from `low` to `high`."""
    span = high - low
    step = Decimal(1).scaleb(span.adjusted())
    step = next(s for s in (step / 5, step / 2, step, step * 2, step * 5) if span / s <= 4)
    value = (low / step).to_integral_value() * step
    while value <= high:
        if value >= low:
            yield value
        value += step


def _conflicts(records: Iterable[Record]) -> int:
    return sum(record.check == "conflicting" for record in records)


def _summary(series: Series, periods: int) -> str:
    conflicts = _conflicts(series.levels)
    return f"{len(series.levels)} printed levels over {periods} periods, {conflicts} in conflict"
