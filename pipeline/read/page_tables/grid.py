"""Tables drawn with ruling lines: from crossing rules to a grid of cells.

1. Rules that cross or touch make one component.
2. Its distinct heights and places are the grid's lines; where the rules run past the outermost line across,
   the edge is added (tables without side rules).
3. Neighbouring fields with no rule between them are one cell.
4. A band of rows whose columns hold the same number of text lines on the same baselines is several rows
   (tables with rules between columns only).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model.document import BBox
from pipeline.read.page.page import Page, Word
from pipeline.read.page.rules import Rule
from pipeline.read.page_tables.words import Draft, DraftCell, lines_text, text_lines

_TOUCH = 3.5
_NEAR = 4.0
_MOST_PAIRS = 1_000_000
_MOST_FIELDS = 10_000
"""Drawings of more lines than this are charts and maps."""
_NEAR_ACROSS = 6.5


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of a grid (`xs`, `ys` ascending) and the owner of each field: the field that the merged cell
    begins in."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: dict[tuple[int, int], tuple[int, int]]

    @property
    def box(self) -> BBox:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def components(page: Page) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules of the page grouped by touching: (across, down) of each group, in page order."""
    across, down = list(page.across), list(page.down)
    if len(across) * len(down) > _MOST_PAIRS:
        return []
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if _touch(h, v):
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(rule)
    return sorted(groups.values(), key=lambda g: min((r.at for r in g[0]), default=0.0))


def _touch(h: Rule, v: Rule) -> bool:
    return h.start - _TOUCH <= v.at <= h.stop + _TOUCH and v.start - _TOUCH <= h.at <= v.stop + _TOUCH


def grids(page: Page) -> list[Grid]:
    """The grids of the page that have at least two fields of text."""
    found = []
    for across, down in components(page):
        if len(across) >= 2 and len(down) >= 1:
            grid = _grid(across, down)
            if grid is not None:
                found.append(grid)
    return found


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    xs = _edges([v.at for v in down], [h.start for h in across], [h.stop for h in across], _NEAR_ACROSS)
    ys = _edges([h.at for h in across], [v.start for v in down], [v.stop for v in down], _NEAR)
    if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _MOST_FIELDS:
        return None
    owner = {(r, c): (r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}
    for r in range(len(ys) - 1):
        for c in range(1, len(xs) - 1):
            if not _covered(down, xs[c], ys[r], ys[r + 1]):
                _merge(owner, (r, c - 1), (r, c))
    for r in range(1, len(ys) - 1):
        for c in range(len(xs) - 1):
            if not _covered(across, ys[r], xs[c], xs[c + 1]):
                _merge(owner, (r - 1, c), (r, c))
    return Grid(tuple(xs), tuple(ys), {field: _root(owner, field) for field in owner})


Field = tuple[int, int]


def _root(owner: dict[Field, Field], field: Field) -> Field:
    while owner[field] != field:
        owner[field] = owner[owner[field]]
        field = owner[field]
    return field


def _merge(owner: dict[Field, Field], a: Field, b: Field) -> None:
    first, second = sorted((_root(owner, a), _root(owner, b)))
    owner[second] = first


def _edges(places: Sequence[float], starts: Sequence[float], stops: Sequence[float], near: float) -> list[float]:
    """Distinct places of rules, and the ends of the crossing rules where they run past the outermost."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] <= near:
            groups[-1].append(place)
        else:
            groups.append([place])
    found = [sum(group) / len(group) for group in groups]
    if starts and min(starts) < found[0] - 2 * _NEAR:
        found.insert(0, min(starts))
    if stops and max(stops) > found[-1] + 2 * _NEAR:
        found.append(max(stops))
    return found


def _covered(rules: Sequence[Rule], at: float, start: float, stop: float) -> bool:
    """Whether rules at `at` cover more than half of `start`..`stop`."""
    covered = 0.0
    for rule in rules:
        if abs(rule.at - at) <= _NEAR_ACROSS:
            covered += max(0.0, min(rule.stop, stop) - max(rule.start, start))
    return covered * 2 > stop - start


def grid_table(grid: Grid, words: Sequence[Word]) -> Draft:
    """The grid as a draft of a table, words put into cells by their middles."""
    fields: dict[tuple[int, int], list[tuple[int, Word]]] = {}
    for word in words:
        field = _field(grid, word)
        if field is not None:
            fields.setdefault(grid.owner[field], []).append((field[1], word))
    inside: dict[tuple[int, int], list[Word]] = {}
    for (row, first), held in fields.items():
        split = _lies_in_columns(grid, [word for _, word in held])
        for column, word in held:
            inside.setdefault((row, column if split else first), []).append(word)
    rows: list[list[DraftCell]] = []
    for r in range(len(grid.ys) - 1):
        rows += _split_band([inside.get((r, c), []) for c in range(len(grid.xs) - 1)])
    return Draft(grid.box, rows, ruled=True)


def _lies_in_columns(grid: Grid, words: Sequence[Word]) -> bool:
    """Whether a merged cell's text keeps to the columns that rules draw elsewhere: no word crosses a column's
    edge, and most of its lines have wide gaps there."""
    if any(word.x0 + 1 < x < word.x1 - 1 for word in words for x in grid.xs):
        return False
    gaps = [_wide_gaps(grid, line) for line in text_lines(words)]
    return bool(gaps) and sum(wide > 0 and narrow == 0 for wide, narrow in gaps) * 2 > len(gaps)


def _wide_gaps(grid: Grid, line: Sequence[Word]) -> tuple[int, int]:
    """How many of the line's changes of column are wide gaps, and how many are mere blanks."""
    found = [0, 0]
    for left, right in pairwise(line):
        if any(left.x1 - 1 <= x <= right.x0 + 1 for x in grid.xs):
            found[0 if right.x0 - left.x1 > 0.7 * left.size else 1] += 1
    return found[0], found[1]


def crowded(table: Draft) -> bool:
    """Whether columns stand inside the grid's cells that no rule parts: most cells of several words have wide
    gaps."""
    lines = [line for row in table.rows for cell in row for line in text_lines(cell.words)]
    split = sum(any(b.x0 - a.x1 > 1.2 * a.size for a, b in pairwise(line)) for line in lines)
    return split * 3 > len(lines)


def is_hollow(grid: Grid, words: Sequence[Word]) -> bool:
    """Whether text stands in less than half of the grid's height: the lines of a chart, with its legend among them."""
    fields = (_field(grid, word) for word in words)
    rows = {field[0] for field in fields if field is not None}
    filled = sum(grid.ys[row + 1] - grid.ys[row] for row in rows)
    return 2 * filled < grid.ys[-1] - grid.ys[0]


def _field(grid: Grid, word: Word) -> tuple[int, int] | None:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    column = next((c for c in range(len(grid.xs) - 1) if grid.xs[c] <= x < grid.xs[c + 1]), None)
    row = next((r for r in range(len(grid.ys) - 1) if grid.ys[r] <= y < grid.ys[r + 1]), None)
    return None if row is None or column is None else (row, column)


def _split_band(row: list[list[Word]]) -> list[list[DraftCell]]:
    """One row, or several where at least two columns are lists of figures on the same baselines."""
    lines = [text_lines(words) for words in row]
    figures = [len(ls) for ls in lines if len(ls) > 1 and sum(_has_digit(line) for line in ls) * 10 >= len(ls) * 7]
    tallest = max((len(ls) for ls in lines), default=0)
    if not figures or max(figures) < 2 or (len(figures) < 2 and tallest < 4) or max(figures) < tallest * 0.6:
        return [[DraftCell(lines_text(words), tuple(words)) for words in row]]
    return _by_baseline(lines)


def _has_digit(line: Sequence[Word]) -> bool:
    text = "".join(w.text for w in line)
    return sum(c.isdigit() for c in text) * 3 >= len(text) or text in {
        "-",
        "\u2013",
        "n.a.",
        "n.a",
        "..",
        "x",
        "*",
    }


def _by_baseline(lines: Sequence[list[list[Word]]]) -> list[list[DraftCell]]:
    bases: list[float] = []
    for base in sorted(line[0].base for column in lines for line in column):
        if not bases or base - bases[-1] > 4:
            bases.append(base)
    rows = []
    for index, base in enumerate(bases):
        stop = bases[index + 1] if index + 1 < len(bases) else base + 1e6
        picked = [[w for line in column if base - 0.1 <= line[0].base < stop - 0.1 for w in line] for column in lines]
        rows.append([DraftCell(lines_text(words), tuple(words)) for words in picked])
    return rows
