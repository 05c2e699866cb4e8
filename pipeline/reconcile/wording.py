"""Relations as a person's arithmetic: `3.81 / 3.28 - 1 = 15.83..16.49 %, printed 159 %`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.model.record import Record
from pipeline.reconcile.book import Book, Relation
from pipeline.reconcile.claims import Linear, Ratio
from pipeline.reconcile.intervals import Range
from pipeline.reconcile.system import boxes

SCALES = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))


@dataclass(frozen=True, slots=True)
class Said:
    """A quantity in an equation: its words at a scale, its range, the figures it rests on."""

    text: str
    room: Range
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """A relation in words. `holds` None: nothing printed could refute it. `tight`: so narrow that it is a
    test."""

    text: str
    figures: tuple[str, ...]
    holds: bool | None
    tight: bool


def number(value: Fraction, digits: int = 4) -> str:
    """A fraction with at least `digits` significant digits, without trailing zeros or exponent."""
    if not value:
        return "0"
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    places = max(0, digits - 1 - exact.adjusted())
    text = format(round(exact, places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def span_text(room: Range, scale: int = 1) -> str:
    """`lower..upper` at a scale; an open end is left empty, a single value stands alone."""
    ends = ["" if end is None else number(end / scale) for end in (room.lower, room.upper)]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


def scale_of(values: Iterable[Fraction]) -> tuple[int, str]:
    """The scale word that suits the largest of the values."""
    most = max((abs(value) for value in values), default=Fraction(0))
    return next(((size, word) for size, word in SCALES if most >= size), (1, ""))


def unit_word(unit: str) -> str:
    """The unit behind a number; nothing for an unknown one."""
    name = unit.removeprefix("count:")
    return "" if unit in ("?", "count:") else " %" if unit == "percent" else f" {name}"


def printed(record: Record, scale: int = 1) -> str:
    """The record's value at a scale, with the digits that were printed."""
    value = Fraction(record.obs_value) / scale
    step = (Fraction(record.upper) - Fraction(record.lower)) / scale
    if step <= 0:
        return number(value, 12)
    places = 0
    while step * 10**places < 1 and places < 12:
        places += 1
    return format(round(Decimal(value.numerator) / Decimal(value.denominator), places), "f")


def percent(record: Record) -> str:
    """A growth rate as it stands in a factor: `+ 6.5 %`, `- 3.2 %`."""
    text = printed(record)
    return f"- {text[1:]} %" if text.startswith("-") else f"+ {text} %"


def said(book: Book, quantity: str, scale: int) -> Said:
    """The quantity as printed, or as one printed ratio and one printed level give it, or a question mark."""
    names = book.observed.get(quantity)
    if names:
        figure = book.system.figures[names[0]]
        box = boxes([r for r in figure.rows() if r.observes]).get(quantity, figure.seen)
        return Said(printed(book.records[names[0]], scale), box, (names[0],))
    for claim, name in book.ratios.get(quantity, ()):
        other = claim.under if claim.over == quantity else claim.over
        if book.observed.get(other):
            return _derived(book, quantity, claim, name, said(book, other, scale))
    return Said("?", Range(), ())


def _derived(book: Book, quantity: str, claim: Ratio, name: str, other: Said) -> Said:
    ratio = claim.ratio(book.system.figures[name].seen)
    word = _factor(book.records[name], claim)
    if not ratio.bounded or not other.room.bounded:
        return Said("?", Range(), ())
    if claim.over == quantity:
        return Said(f"({other.text} * {word})", other.room.times(ratio), (*other.figures, name))
    return Said(f"({other.text} / {word})", other.room.over(ratio), (*other.figures, name))


def _factor(record: Record, claim: Ratio) -> str:
    if claim.offset:
        return f"(1 {percent(record)})"
    return f"{printed(record)} %" if claim.factor != 1 else printed(record)


def worded(book: Book, relation: Relation) -> Worded:
    """The relation in words, tested on what is printed next to it."""
    if relation.claim is not None and relation.of is not None:
        if relation.rule in ("restated", "text_vs_table"):
            return _same(book, relation)
        return _claim(book, relation.claim, relation.of)
    if isinstance(relation.claim, Ratio):
        return _rate(book, relation.claim, relation.bounds)
    return _sum(book, relation)


def _same(book: Book, relation: Relation) -> Worded:
    record = book.records[relation.of or ""]
    first = _first_print(book, relation)
    scale, word = scale_of([Fraction(record.obs_value), Fraction(first.obs_value)])
    unit = unit_word(record.unit_measure)
    text = ", ".join(f"{_where(r)} {printed(r, scale)}{word}{unit}" for r in (first, record))
    agree = book.system.figures[first.id].seen.touches(book.system.figures[record.id].seen)
    return Worded(text, (first.id, record.id), agree, True)


def _first_print(book: Book, relation: Relation) -> Record:
    claim = relation.claim
    if isinstance(claim, Ratio):
        return book.records[next(name for known, name in book.ratios[claim.over] if known == claim)]
    if isinstance(claim, Linear):
        return book.records[book.observed[claim.terms[0][0]][0]]
    return book.records[relation.of or ""]


def _where(record: Record) -> str:
    return f"table {record.table}:" if record.table else "text:"


def _claim(book: Book, claim: Linear | Ratio, of: str) -> Worded:
    record, figure = book.records[of], book.system.figures[of]
    names = [claim.over, claim.under] if isinstance(claim, Ratio) else [name for name, _ in claim.terms]
    scale, word = scale_of(_sizes(book, names))
    parts = [said(book, name, scale) for name in names]
    figures = tuple(dict.fromkeys([of, *(f for part in parts for f in part.figures if f != of)]))
    implied = claim.implied(dict(zip(names, (part.room for part in parts), strict=True)))
    shown = f"{printed(record)}{unit_word(record.unit_measure)}"
    circular = any(of in part.figures for part in parts)
    if circular or not implied.bounded:
        return Worded(_untested(book, claim, parts, shown, (scale, word)), figures, None, False)
    text = f"{_left(claim, parts)} = {span_text(implied)}{unit_word(record.unit_measure)}, printed {shown}"
    if isinstance(claim, Linear):
        left, found = _left(claim, parts), span_text(implied, scale)
        text = f"{left} = {found}{word}, printed {printed(record, scale)}{word}"
    return Worded(text, figures, implied.touches(figure.seen), narrow(record, implied))


def _untested(book: Book, claim: Linear | Ratio, parts: list[Said], shown: str, scale: tuple[int, str]) -> str:
    """What a figure without a counterpart implies for the quantity that is not printed."""
    if isinstance(claim, Linear) or not any(part.room.bounded for part in parts):
        return f"{shown}: nothing printed to compare it with"
    missing = parts[1] if book.observed.get(claim.over) else parts[0]
    name = "the whole" if not claim.offset and claim.factor != 1 else "the period before"
    name = name if missing is parts[1] else "this figure's level"
    return f"{missing.text} = {span_text(missing.room, scale[0])}{scale[1]} for {name}, not printed"


def _left(claim: Linear | Ratio, parts: list[Said]) -> str:
    if isinstance(claim, Linear):
        return " - ".join(part.text for part in parts)
    return f"{parts[0].text} / {parts[1].text}" + (" - 1" if claim.offset else "")


def narrow(record: Record, room: Range) -> bool:
    """Whether a range is so narrow that a figure inside it was put to a test."""
    if not room.bounded:
        return False
    size = abs(Fraction(record.obs_value))
    if record.measure == "level":
        return room.width <= size / 5
    return room.width <= max(size / 2, Fraction(2))


def _sizes(book: Book, names: Iterable[str]) -> list[Fraction]:
    return [abs(Fraction(r.obs_value)) for name in names for r in book.records_at(name)[:1]]


def _rate(book: Book, claim: Ratio, bounds: Range) -> Worded:
    parts = []
    for name in (claim.over, claim.under):
        scale, word = scale_of(_sizes(book, [name]))
        one = said(book, name, scale)
        parts.append(Said(f"{one.text}{word}{unit_word(book.spots[name].unit)}", one.room, one.figures))
    implied = parts[0].room.over(parts[1].room)
    text = f"{parts[0].text} / {parts[1].text} = {span_text(implied)}, reference rates {span_text(bounds)}"
    return Worded(text, parts[0].figures + parts[1].figures, implied.touches(bounds), False)


def _sum(book: Book, relation: Relation) -> Worded:
    names = [name for name, _ in relation.terms]
    rooms = [said(book, name, 1).room for name in names]
    scale, word = scale_of([room.middle for room in rooms if room.bounded])
    word += unit_word(book.spots[names[0]].unit) if names[0] in book.spots else " %"
    parts = [said(book, name, scale) for name in names]
    figures = tuple(dict.fromkeys(f for part in parts for f in part.figures))
    whole, rest = parts[0], Range.exactly(Fraction(0))
    for part, (_, coefficient) in zip(parts[1:], relation.terms[1:], strict=True):
        rest = rest + part.room.scaled(-coefficient)
    if relation.bounds.upper is None or len(parts) == 1 or relation.rule in ("shares_sum", "unit_plausibility"):
        return _bound(relation, parts, figures, word)
    text = f"{_added(relation, parts)} = {span_text(rest, scale)}{word}, {_against(whole, word, scale)}"
    text += _growth_implied(book, names[0], rest)
    holds = rest.touches(whole.room) if rest.bounded and whole.room.bounded else None
    return Worded(text, figures, holds, bool(holds) and _tight(rest, whole.room))


def _added(relation: Relation, parts: list[Said]) -> str:
    out = ""
    for part, (_, coefficient) in zip(parts[1:], relation.terms[1:], strict=True):
        out += f"{' + ' if coefficient < 0 else ' - '}{part.text}"
    return out.removeprefix(" + ")


def _growth_implied(book: Book, whole: str, rest: Range) -> str:
    """What the parts of the period before imply for the growth of a printed whole."""
    if book.observed.get(whole) or not rest.bounded:
        return ""
    for claim, name in book.ratios.get(whole, ()):
        if claim.under == whole and claim.offset and book.observed.get(claim.over):
            grown = claim.implied({claim.over: said(book, claim.over, 1).room, whole: rest})
            return (
                f", so growth of {span_text(grown)} %, printed {printed(book.records[name])} %" if grown.bounded else ""
            )
    return ""


def _against(whole: Said, word: str, scale: int) -> str:
    if len(whole.figures) == 1:
        return f"printed {whole.text}{word}"
    return f"against {whole.text} = {span_text(whole.room, scale)}{word}" if whole.figures else "whole not printed"


def _tight(one: Range, other: Range) -> bool:
    most = max(abs(end) for end in (*one.ends, *other.ends))
    return one.width + other.width <= most / 5


def _bound(relation: Relation, parts: list[Said], figures: tuple[str, ...], word: str) -> Worded:
    """Inequalities, and sums of shares: words for what is asked, and whether it holds."""
    whole = Range.exactly(Fraction(0))
    for part, (_, coefficient) in zip(parts, relation.terms, strict=True):
        whole = whole + part.room.scaled(coefficient)
    holds = whole.touches(relation.bounds)
    if relation.rule == "shares_sum":
        text = f"{' + '.join(part.text for part in parts)} = {span_text(whole)} %, should be 100 %"
        return Worded(text, figures, holds, holds)
    if len(parts) == 1:
        return Worded(f"{parts[0].text}{word} is outside {span_text(relation.bounds)}", figures, holds, False)
    sign = "<=" if holds else "exceeds"
    return Worded(f"{parts[1].text} {sign} {parts[0].text}{word}", figures, holds, False)
