"""Sub-totals: rows of a table that add the rows beside them, and sums that a sentence makes of its parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.model.record import Record
from pipeline.reconcile import trust
from pipeline.reconcile.book import Book, Relation, linear
from pipeline.reconcile.group import comparable, hash_free, series_of
from pipeline.reconcile.intervals import ZERO, Range, of_record

RULE, ORDER, PRIORITY = "sub_total", 55, 85
MOST_PARTS = 12
LEAST_HELD = 2
"""Columns in which a row adds the same rows beside it before it counts as their sub-total."""
LEAST_DIGITS = 3
"""Sums of shorter numbers come out by chance."""
NEAR = 4
"""A list whose sum is off by more than a fourth is no list of all the parts."""
_SUM = re.compile(
    r"\b(?:together|combined|altogether|jointly|taken together|in sum|adding up to|add(?:s|ed)? up to|"
    r"for a (?:combined )?total of)\b[^,;]{0,40}$",
    re.I,
)

Line = dict[int, Record]


def apply(book: Book, records: Sequence[Record]) -> None:
    """`sub-total = the rows right below or above it` where at least LEAST_HELD columns and most of them agree; and
    `A and B, together C` within a sentence.

    Not supported: sub-totals of one column, parts that do not stand next to their sub-total, sums over sentences.
    """
    tables: dict[str, dict[int, Line]] = defaultdict(lambda: defaultdict(dict))
    sentences: dict[str, list[Record]] = defaultdict(list)
    for record in comparable(records):
        if record.measure != "level" or record.id not in book.home:
            continue
        if record.table is None:
            sentences[hash_free(record.sentence)].append(record)
        elif record.row is not None and record.column is not None:
            tables[record.table][record.row][record.column] = record
    for lines in tables.values():
        for whole, parts in _blocks([lines[row] for row in sorted(lines)]):
            _add(book, whole, parts, trust.LIKELY)
    for told in sentences.values():
        for whole, parts in _told(told):
            _add(book, whole, parts, trust.LIKELY)


def _add(book: Book, whole: Record, parts: Sequence[Record], weight: float) -> None:
    names = [book.home[part.id] for part in parts]
    total = book.home[whole.id]
    if total in names or len(set(names)) < len(names):
        return
    terms = linear({total: 1, **dict.fromkeys(names, -1)})
    name = f"{RULE}:{total}={'+'.join(sorted(names))}"
    if f"sum_of_parts:{total}={'+'.join(sorted(names))}" not in book.relations:
        book.relate(Relation(RULE, name, trust.of_records([whole, *parts], weight), terms, ZERO, hint=True))


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[Record, list[Record]]]:
    """Every cell of a sub-total row with the cells of its parts."""
    for i, line in enumerate(lines):
        for step in (1, -1):
            block = _block(lines, i, step)
            for column, whole in line.items() if block else ():
                if all(column in part for part in block):
                    yield whole, [part[column] for part in block]


def _block(lines: Sequence[Line], i: int, step: int) -> list[Line]:
    """The shortest run of rows below or above row `i` that it adds up; empty if there is none."""
    whole = lines[i]
    for count in range(2, MOST_PARTS + 1):
        last = i + step * count
        if not 0 <= last < len(lines):
            break
        block = [lines[i + step * k] for k in range(1, count + 1)]
        columns = [c for c, cell in whole.items() if all(c in part and _alike(part[c], cell) for part in block)]
        held = sum(_adds(whole[c], [part[c] for part in block]) for c in columns)
        if held >= LEAST_HELD and 2 * held > len(columns):
            return block
    return []


def _alike(one: Record, other: Record) -> bool:
    """Whether two cells of a column may be added: one unit, flow and period."""
    return (one.unit_measure, one.flow, one.time_period) == (other.unit_measure, other.flow, other.time_period)


def _adds(whole: Record, parts: Sequence[Record]) -> bool:
    digits = len(re.sub(r"\D", "", whole.quote).lstrip("0"))
    return digits >= LEAST_DIGITS and _sum(parts).touches(of_record(whole))


def _sum(parts: Sequence[Record]) -> Range:
    total = Range.exactly(of_record(parts[0]).middle * 0)
    for part in parts:
        total = total + of_record(part)
    return total


def _told(records: Sequence[Record]) -> Iterator[tuple[Record, list[Record]]]:
    """The sum of a sentence with all amounts of the same kind before it, each of another partner or product."""
    ordered = sorted(records, key=lambda r: r.char_start)
    for i, whole in enumerate(ordered):
        at = whole.sentence.find(whole.quote)
        parts = [part for part in ordered[:i] if _alike(part, whole)]
        if at < 0 or len(parts) < 2 or not _SUM.search(whole.sentence[:at]):
            continue
        kinds = {series_of(part) for part in parts}
        exact = all(r.bound == "=" for r in (whole, *parts))
        if exact and len(kinds) == len(parts) and _near(whole, parts):
            yield whole, parts


def _near(whole: Record, parts: Sequence[Record]) -> bool:
    apart = abs(sum(part.obs_value for part in parts) - whole.obs_value)
    return apart * NEAR <= abs(whole.obs_value)
