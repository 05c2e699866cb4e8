"""Figures, rules and decisions in a reader's words."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from pipeline.model.decision import Decision
from pipeline.model.record import Record

# Where a rule's own name would not do.
_RULES: Final = {
    "balance": "Exports less imports",
    "growth_vs_levels": "Growth against levels",
    "growth_of_parts": "Growth of the parts",
    "share_of_whole": "Share of the whole",
    "shares_sum": "Sum of shares",
    "currency_pair": "Two currencies",
    "text_vs_table": "Text against table",
    "restated": "Stated twice",
    "cross_document": "Between documents",
    "rank_order": "Order of ranks",
    "unit_plausibility": "Unit",
}
SEVERITIES: Final = {"error": "Cannot be true", "warning": "Doubtful", "info": "Explained"}
ACTIONS: Final = {
    "accept": "accepted",
    "reject": "rejected",
    "override": "set",
    "claim_wrong": "wrong as printed",
    "not_comparable": "not comparable",
    "skip": "skipped",
    "undo": "undid",
    "edit": "corrected",
    "strike": "struck out",
    "add": "added",
}
CHECKS: Final = {
    "confirmed": "confirmed by others",
    "unchecked": "nothing to check it against",
    "conflicting": "in conflict",
    "repaired": "repaired",
}
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
SCALE_WORDS: Final = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_COUNTED_AS_PLAIN = ("percent", "percentage_point", "ratio", "index")


def rule_name(rule: str) -> str:
    """A rule's name for readers; an unknown rule by its own name."""
    return _RULES.get(rule, rule.replace("_", " ").capitalize())


def number(value: Decimal | None, scale: int | None = None) -> str:
    """`59950000000` as `59.95 billion`, `1234.5` as `1,234.5`; `scale` forces a power of ten (0: none)."""
    if value is None:
        return "…"
    if not value:
        return "0"
    power, word = _scale(value) if scale is None else (scale, _word(scale))
    text = f"{value.scaleb(-power):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text} {word}".strip().replace("-", "\u2212")


def rounded(value: Decimal | None) -> str:
    """A bound that was worked out, to four significant digits (`-0.01664581` is `-0.01665`)."""
    if value is None or not value:
        return number(value)
    return number(value.quantize(Decimal(1).scaleb(min(0, value.adjusted() - 3))))


def _scale(value: Decimal) -> tuple[int, str]:
    return next(((p, w) for p, w in _SCALES if value and value.adjusted() >= p), (0, ""))


def _word(power: int) -> str:
    return next((word for p, word in _SCALES if p == power), "")


def unit(name: str, counted: str | None = None) -> str:
    """A unit for readers: `percent` is `%`, `percentage_point` is `points`, a count what is counted."""
    if name == "count":
        return counted or ""
    plain = {"percent": "%", "percentage_point": "points", "ratio": "times"}
    return plain.get(name, name.replace(" ** 3", "³").replace(" ** 2", "²").replace("_", " "))


def value_of(record: Record, value: Decimal | None = None) -> str:
    """The record's value (or another `value`) with its unit, for readers."""
    shown = number(record.obs_value if value is None else value, _forced(record.unit_measure))
    return f"{shown} {unit(record.unit_measure, record.counted)}".strip()


def interval_of(record: Record) -> str:
    """The interval that rounding leaves, for readers; an empty string for an exact figure."""
    if record.lower == record.upper:
        return ""
    power = 0 if _forced(record.unit_measure) == 0 else _scale(record.upper)[0]
    low, high = number(record.lower, power), number(record.upper, power)
    word = _word(power)
    low = low.removesuffix(word).strip() if word else low
    return f"{low} to {high}"


def _forced(unit_measure: str) -> int | None:
    return 0 if unit_measure in _COUNTED_AS_PLAIN else None


def about(record: Record) -> list[tuple[str, str]]:
    """What a figure says it is about: (name of the field, value), only what is known."""
    fields = (
        ("kind", record.measure),
        ("flow", record.flow),
        ("indicator", record.indicator),
        ("product", record.commodity),
        ("area", record.ref_area),
        ("partner", record.counterpart_area),
        ("period", record.time_period),
        ("against", record.comparison),
        ("bound", record.bound if record.bound != "=" else None),
        ("status", {"E": "estimate", "F": "forecast", "T": "target"}.get(record.obs_status)),
        ("said by", record.attribution),
    )
    return [(name, str(value)) for name, value in fields if value]


def decision_text(decision: Decision) -> str:
    """What an entry of the log did, in a few words."""
    words = ACTIONS[decision.action]
    if decision.value is not None:
        words += f" {number(decision.value)}"
    if decision.action == "undo":
        words += f" {decision.undoes}"
    if decision.fields and decision.action == "edit":
        words += " " + ", ".join(f"{name}: {value}" for name, value in decision.fields.items())
    return words
