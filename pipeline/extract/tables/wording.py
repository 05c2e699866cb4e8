"""What the words of a table's headers, labels, captions and unit lines say: measure, flow, comparison, units.

Lexicons: `table_headers.tsv` for the words of headers, `flows.tsv` for flows. Not supported: units spelt
out only in running text, headers in other languages than English.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

import regex

from pipeline.extract.numbers.find import find_numbers
from pipeline.extract.numbers.units import quantities
from pipeline.extract.wording import alternation
from pipeline.lexicon import load
from pipeline.model.record import Comparison, Flow, Measure

_SCALE = regex.compile(
    r"(?:\b10+(?:,000)*\s)?\b(?:ten |hundred )?"
    r"(?:hundred|thousand|million|billion|trillion|crore|lakh|mln|bln|mn|bn)s?\b"
)
_BRACKET = regex.compile(r"\(([^()]*)\)|,\s*((?:in\s)?(?:[\w$]+\s){0,3}[\w$%]+)$")
_PARTS = regex.compile(r"\s*(?:[;、]|,(?!\d)|\band\b)\s*")
_SPOKEN_OF = regex.compile(
    r"\b(?:units?|[A-Za-z]+(?: [a-z]+)?)\s*:\s+|^(?:all\s)?(?:values?|figures|data)\s+(?:are\s+)?(?=in\s)", regex.I
)
_GLUED = regex.compile(r"^(.*[$€£¥₽])\s?([a-z]{1,3})$", regex.I)
_COUNTED = regex.compile(r"^(thousand|million|billion)s?\s(?:of\s)?([A-Za-z]{3,}(?: [a-z]{3,})?)$")
_THOUSANDS = regex.compile(r"['\u2018\u2019]000s?\b")
_OF = regex.compile(r"^(?:in\s+|unit\s*:\s*)|(?<=thousand|million|billion|trillion)s?\s+of(?=\s)", regex.I)
_LEADING = regex.compile(
    r"^(?:\W+|of which:?|among (?:them|which):?|including:?|therein:?|(?:to|from|with)\b|\d+[.)]"
    r"|[ivx]+\.)\s*",
    regex.I,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure (`CNY`, `percent`, Pint name, `count`) and what one printed unit is worth in it."""

    code: str
    scale: Decimal = Decimal(1)
    counted: str | None = None


TextKind = Literal["header", "label", "caption"]
PERCENT = Unit("percent")
_NAMING = ("label", "level", "part", "rank", "other")
"""Roles of header words that are part of a name where they stand in a row label (`textile product`)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What one header path or label says. `rest` is what is left when the words of measure, flow and unit are
    gone."""

    measure: Measure | None
    flow: Flow | None
    flow_sign: int
    comparison: Comparison | None
    rank: bool
    total: bool
    other: bool
    units: tuple[Unit, ...]
    rest: str


@cache
def _headers() -> tuple[dict[str, dict[str, str]], regex.Pattern[str]]:
    known = {form.lower(): row for row in load.rows("table_headers") for form in load.values(row["phrases"])}
    return known, regex.compile(rf"(?<![\w-])(?:{alternation(known)})(?![\w-])", regex.I)


@cache
def _flows() -> tuple[dict[str, dict[str, str]], regex.Pattern[str]]:
    known = {
        form.lower(): row
        for row in load.rows("flows")
        if row["part"] == "noun" and not row["weak"]
        for form in load.values(row["forms"])
    }
    return known, regex.compile(rf"(?<![\w-])(?:{alternation(known)})(?![\w-])", regex.I)


def _spaced(text: str) -> str:
    return " ".join(text.lower().split())


def wording(text: str, place: TextKind = "header", trade: bool = False) -> Wording:
    """What `text` says: a header path, a row label (which names products too) or a caption. `trade`: it belongs to a
    table of trade, where a bare balance or turnover is one of its flows."""
    units = bracketed_units(text)
    bare = _BRACKET.sub(lambda m: "" if units_alone(m[1] or m[2]) else m[0], text)
    kept = (*(_NAMING if place != "header" else ()), *(() if trade else ("flow",)))
    flow_rows, rest = _flow_words(bare, place == "label")
    headers, pattern = _headers()
    said = [headers[_spaced(m[0])] for m in pattern.finditer(rest) if _spaced(m[0]) in headers]
    rows = [row for row in said if row["role"] not in kept]
    if trade and not flow_rows:
        flow_rows = [{"flow": row["flow"], "sign": "1"} for row in rows if row["role"] == "flow"]
    measured = next((row for row in reversed(rows) if row["role"] in ("growth", "share", "difference")), None)
    measured = measured or next((row for row in rows if row["role"] == "level"), None)
    flow = next((row for row in reversed(flow_rows) if row["flow"] != "total"), flow_rows[-1] if flow_rows else None)
    return Wording(
        measure=measured["measure"] if measured else None,  # type: ignore[arg-type]
        flow=flow["flow"] if flow else None,  # type: ignore[arg-type]
        flow_sign=int(flow["sign"]) if flow else 1,
        comparison=next((r["comparison"] for r in reversed(rows) if r["comparison"]), None),  # type: ignore[misc]
        rank=any(row["role"] == "rank" for row in rows) and measured is None,
        total=any(row["role"] == "total" for row in rows),
        other=any(row["role"] == "other" for row in said),
        units=units or ((PERCENT,) if "%" in text else ()),
        rest=tidy(_without(rest, pattern, headers, kept).replace("%", " ")),
    )


def _flow_words(text: str, label: bool) -> tuple[list[dict[str, str]], str]:
    """The flows that `text` names, and the text without them. In a label a bare `trade` is a flow only where
    it stands alone: `frontier trade` is a kind of trade."""
    flows, pattern = _flows()
    rows = [flows[_spaced(m[0])] for m in pattern.finditer(text) if _spaced(m[0]) in flows]
    rest = pattern.sub(" ", text)
    if label and rows and all(row["flow"] == "total" for row in rows) and tidy(_headers()[1].sub(" ", rest)):
        return [], text
    return rows, rest


def _without(text: str, pattern: regex.Pattern[str], known: dict[str, dict[str, str]], kept: Sequence[str]) -> str:
    return pattern.sub(lambda m: m[0] if known.get(_spaced(m[0]), {}).get("role") in kept else " ", text)


def tidy(text: str) -> str:
    """A label as a noun phrase: no leading marks, no doubled spaces, small letters but for acronyms and
    names."""
    previous = None
    text = " ".join(text.split()).strip(" :;,.-*_/|()")
    while previous != text:
        previous, text = text, _LEADING.sub("", text)
    words = text.split()
    return " ".join(w if w.isupper() or any(c.isupper() for c in w[1:]) else w.lower() for w in words)


def bracketed_units(text: str) -> tuple[Unit, ...]:
    """The units that a header or label names in brackets or after its last comma."""
    for match in _BRACKET.finditer(text):
        if found := units_alone(match[1] or match[2]):
            return found
    return ()


@lru_cache(maxsize=4096)
def units_alone(text: str) -> tuple[Unit, ...]:
    """The units of a text that says nothing else; none where a part of it is no unit from end to end."""
    found = [_unit(part, whole=True) for part in _parts(text)]
    return tuple(unit for unit in found if unit is not None) if all(found) else ()


@lru_cache(maxsize=4096)
def parse_units(text: str) -> tuple[Unit, ...]:
    """The units of a unit line (`billion dollars,%`; `100 million yuan; %`) in order; parts that are none are
    left out."""
    return tuple(unit for part in _parts(text) if (unit := _unit(part)) is not None)


def _parts(text: str) -> list[str]:
    text = _THOUSANDS.sub("thousand", _SPOKEN_OF.sub("", text.strip()))
    parts = [_OF.sub("", part).strip() for part in _PARTS.split(_OF.sub("", text))]
    return [piece for part in parts if part for piece in ([part] if _is_rate(part) else part.split("/"))]


def _is_rate(part: str) -> bool:
    """Whether a slash makes a rate (`USD/ton`) and does not part two units."""
    return "/" in part and _unit(part, whole=True) is not None


def _unit(part: str, whole: bool = False) -> Unit | None:
    """The unit that a part of a unit line names; with `whole` only where no word of it is left over."""
    if part in ("%", "percent", "per cent", "pct", "percentage"):
        return PERCENT
    for attempt in _attempts(part):
        for quantity in quantities(attempt, find_numbers(attempt)):
            if quantity.unit is not None and not (whole and (quantity.start, quantity.end) != (0, len(attempt))):
                return Unit(quantity.unit, quantity.number.value * quantity.factor)
    counted = _COUNTED.match(part)
    if counted and (numbers := find_numbers(f"1 {counted[1]}")):
        return Unit("count", numbers[0].value, counted[2])
    return None


def _attempts(part: str) -> Iterable[str]:
    """`US$ million` and `million US$` as amounts of one: the number goes before the scale word, or to the
    front."""
    yield part
    match = _SCALE.search(part)
    if match and not match[0][0].isdigit():
        rest = (part[: match.start()] + part[match.end() :]).strip()
        yield f"1 {match[0].rstrip('s')} {rest}"
        yield f"{rest}1 {match[0].rstrip('s')}"
    if glued := _GLUED.match(part):
        # `€m`
        yield f"{glued[1]}1{glued[2]}"
    yield f"1 {part}"
    yield f"{part}1"
