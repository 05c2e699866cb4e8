"""The table of sentences with the figures they should give: its format, its reader and the comparison.

A case is a paragraph of `sentences/*.txt`:

    [2021-07-20] Fujian's exports to Brazil rose 6.5 percent to 4.67 billion yuan in the first half.
      6.5 percent  | growth 6.5 percent yoy | exports | - | CN-FJ | BR | 2021-S1
      4.67 billion | level 4.67e9 CNY

In brackets the publication date (or `-`), then the text (`\\n` is a line break). An indented line is one figure, in
the order of the text: its quote; its measure, value, unit, comparison and status; its flow or indicator; commodity;
reporter; partner; period. The value carries its bound (`~ > < >= <=`, or `range:` before the middle; `*` where the
bound is not compared); the status is F, T or E, and A where nothing stands; `yoy/mom` are alternatives. `-` is null,
`*` is not compared, ` or ` parts values of which any is right; fields left out are those of the figure above. A line
`! kind: reason` over the text marks a known failure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.model.record import Record

FOLDER = Path(__file__).with_name("sentences")
_COMPARISON = re.compile(r"(?:/?(?:yoy|mom|qoq|previous|\*|-))+")
_STATUS = re.compile(r"[AFTE](?:/[AFTE])*")
_KEY = ("flow", "commodity", "ref_area", "counterpart_area", "time_period")
_FLOWS = ("imports", "exports", "total", "balance")
_VALUE = re.compile(r"(?P<bound>~|>=|<=|>|<|range:|\*)?(?P<value>.+)")
_DULL = frozenset(
    ["the", "of", "and", "a", "an", "in", "to", "for", "on", "value", "total", "volume", "amount", "products"]
)


@dataclass(frozen=True)
class Expected:
    """One figure that a text should give; the fields as written, with alternatives."""

    quote: str
    start: int
    measure: str
    value: str
    bound: str
    unit: str
    comparison: str
    status: str
    key: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A text, its publication date, its figures, and why it is known to fail (None where it should pass)."""

    name: str
    text: str
    published: str | None
    figures: tuple[Expected, ...]
    failure: str | None


def cases() -> Iterator[Case]:
    """Every case of every file, in order. Raises ValueError where a line is not in the format."""
    for path in sorted(FOLDER.glob("*.txt")):
        for number, block in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()), 1):
            lines = [line for line in block.splitlines() if not line.startswith("#")]
            if lines:
                yield _case(f"{path.stem}-{number}", lines)


def _case(name: str, lines: list[str]) -> Case:
    failure = lines.pop(0)[1:].strip() if lines[0].startswith("!") else None
    head = re.fullmatch(r"\[(?P<date>[\dX-]+)\] (?P<text>.+)", lines[0])
    if head is None:
        raise ValueError(f"{name}: {lines[0]!r} is no text with its date in brackets")
    text = head["text"].replace("\\n", "\n")
    figures: list[Expected] = []
    for line in lines[1:]:
        figures.append(_figure(name, text, [cell.strip() for cell in line.split(" | ")], figures))
    return Case(name, text, None if head["date"] == "-" else head["date"], tuple(figures), failure)


def _figure(name: str, text: str, cells: list[str], earlier: list[Expected]) -> Expected:
    quote, what, *key = cells
    quote = quote.replace("\\n", "\n")
    start = text.find(quote, earlier[-1].start + len(earlier[-1].quote) if earlier else 0)
    if start < 0:
        raise ValueError(f"{name}: {quote!r} does not stand in the text behind the figure before")
    measure, value, *rest = what.split()
    status = rest.pop() if _STATUS.fullmatch(rest[-1]) else "A"
    comparison = rest.pop() if len(rest) > 1 and _COMPARISON.fullmatch(rest[-1]) else "-"
    bounded = _VALUE.fullmatch(value)
    assert bounded is not None
    above = earlier[-1].key if earlier else ()
    if len(above) + len(key) < len(_KEY):
        raise ValueError(f"{name}: the first figure needs all of {_KEY}")
    whole = tuple(cell if cell != '"' else above[i] for i, cell in enumerate(key)) + above[len(key) :]
    bound = {None: "=", "range:": "range", "*": "*"}.get(bounded["bound"], bounded["bound"] or "=")
    return Expected(quote, start, measure, bounded["value"], bound, " ".join(rest), comparison.replace("/", " or "),
                    status.replace("/", " or "), whole)  # fmt: skip


def differences(case: Case, records: Sequence[Record]) -> list[str]:
    """What is wrong with `records`, one line each; empty where they are what the case says."""
    left = list(records)
    out: list[str] = []
    for figure in case.figures:
        end = figure.start + len(figure.quote)
        record = next((r for r in left if r.char_start < end and r.char_end > figure.start), None)
        if record is None:
            out.append(f"{figure.quote}: missed")
            continue
        left.remove(record)
        out += [f"{figure.quote}: {line}" for line in _wrong(figure, record)]
    return out + [f"{record.quote}: not a figure" for record in left]


def _wrong(figure: Expected, record: Record) -> Iterator[str]:
    if not _is_number(figure.value, record.obs_value):
        yield f"value {record.obs_value} should be {figure.value}"
    flow, *key = figure.key
    pairs = [
        ("measure", figure.measure, record.measure),
        ("bound", figure.bound, record.bound),
        ("unit", figure.unit, record.unit_measure),
        ("comparison", figure.comparison, record.comparison),
        ("status", figure.status, record.obs_status),
        *zip(_KEY[1:], key, (getattr(record, field) for field in _KEY[1:]), strict=True),
    ]
    for field, wanted, got in pairs:
        loose = field == "commodity"
        if not any(_same(choice, got, loose) for choice in wanted.split(" or ")):
            yield f"{field} {got} should be {wanted}"
    if not any(_is_flow(choice, record) for choice in flow.split(" or ")):
        yield f"flow {record.flow}, indicator {record.indicator} should be {flow}"


def _is_flow(wanted: str, record: Record) -> bool:
    """A trade flow says what the figure is; an indicator says it where no flow does."""
    if wanted == "*" or wanted in _FLOWS:
        return wanted in ("*", record.flow)
    return record.flow is None and _same(wanted, record.indicator, loose=True)


def _is_number(wanted: str, got: Decimal) -> bool:
    return any(abs(Decimal(w) - got) <= abs(Decimal(w)) / 10000 for w in wanted.split("/"))


def _same(wanted: str, got: str | None, loose: bool) -> bool:
    if wanted == "*":
        return True
    if wanted == "-" or got is None:
        return (wanted == "-") == (got is None)
    return _spelled(wanted) == _spelled(got) or (loose and alike(wanted, got))


def _spelled(code: str) -> str:
    """A span of a year as a span of twelve months."""
    return re.sub(r"/P(\d+)Y$", lambda years: f"/P{12 * int(years[1])}M", code)


def alike(one: str, other: str) -> bool:
    """Whether two noun phrases share all words of one of them, or two words in five of both (`pork`, `frozen pork`)."""
    a, b = _words(one), _words(other)
    return a == b or bool(a and b and (a <= b or b <= a or len(a & b) >= 0.4 * len(a | b)))


def _words(phrase: str) -> set[str]:
    plain = (word for word in re.findall(r"[a-z0-9]+", phrase.lower()) if word not in _DULL)
    return {word[:-1] if word.endswith("s") and len(word) > 3 else word for word in plain}
