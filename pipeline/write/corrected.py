"""What one decision makes of one record: another value, corrected fields, a figure that was missed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from pipeline.errors import DecisionError
from pipeline.model.decision import Decision
from pipeline.model.record import Record

EDITABLE = (
    "measure", "obs_value", "unit_measure", "bound", "counted", "flow", "indicator", "commodity", "ref_area",
    "counterpart_area", "time_period", "comparison", "obs_status",
)  # fmt: skip
"""The fields that a reviewer may correct; `lower` and `upper` follow `obs_value`."""


def with_value(record: Record, value: Decimal) -> Record:
    """The record with another value; what was printed is kept in `published_value`, the interval follows."""
    lower, upper = interval_about(value, record)
    printed = record.obs_value if record.published_value is None else record.published_value
    return msgspec.structs.replace(record, obs_value=value, lower=lower, upper=upper, published_value=printed)


def as_printed(record: Record) -> Record:
    """The record with the value that was printed, where a repair had changed it."""
    if record.published_value is None:
        return record
    lower, upper = interval_about(record.published_value, record)
    return msgspec.structs.replace(
        record, obs_value=record.published_value, lower=lower, upper=upper, published_value=None
    )


def interval_about(value: Decimal, record: Record) -> tuple[Decimal, Decimal]:
    """The interval that rounding leaves about `value`, read with the precision that the record was printed
    with.

    A power of ten carries the precision along (159 +- 0.5 becomes 15.9 +- 0.05); otherwise the half-width
    stays, or
    shrinks by tens until the value is a multiple of the rounding step. An open-ended bound keeps its exact
    value.
    """
    half = (record.upper - record.lower) / 2
    if half <= 0 or value == record.obs_value:
        return (value, value) if half <= 0 else (record.lower, record.upper)
    shift = _power_of_ten(value, record.obs_value)
    half = half.scaleb(shift) if shift is not None else _fine_enough(half, value)
    return value - half, value + half


def _power_of_ten(value: Decimal, other: Decimal) -> int | None:
    if not value or not other or value.normalize().as_tuple().digits != other.normalize().as_tuple().digits:
        return None
    return value.adjusted() - other.adjusted()


def _fine_enough(half: Decimal, value: Decimal) -> Decimal:
    step = half * 2
    for _ in range(18):
        if value % step == 0:
            break
        step = step.scaleb(-1)
    return step / 2


def edited(record: Record, fields: Mapping[str, str | None]) -> Record:
    """The record with corrected fields. Raises DecisionError for a field or value that a record can't have."""
    if unknown := [name for name in fields if name not in EDITABLE]:
        raise DecisionError(f"{record.id}: no such field to correct: {', '.join(unknown)}")
    changes: dict[str, object] = {name: value or None for name, value in fields.items() if name != "obs_value"}
    result = _converted({**msgspec.to_builtins(record), **changes}, record.id)
    if (value := fields.get("obs_value")) is not None:
        result = with_value(result, _decimal(value, record.id))
    return msgspec.structs.replace(result, extraction=f"{record.extraction} + reviewer")


def added_record(decision: Decision) -> Record:
    """The record that an `add` entry makes; raises DecisionError where its fields make no record."""
    start, end = decision.span or (0, 0)
    value = _decimal(decision.fields.get("obs_value") or "", f"{decision.document}:{start}")
    made = {
        "bound": "=", "indicator": "", **{k: v for k, v in decision.fields.items() if v},
        "id": decision.record, "document": decision.document, "char_start": start, "char_end": end,
        "lower": str(value), "upper": str(value), "extraction": "reviewer", "confidence": 1.0,
    }  # fmt: skip
    return _converted(made, decision.record or "added figure")


def added_record_id(document: str, start: int, end: int) -> str:
    """The id of a figure that a reviewer added: the same document and span give the same id."""
    return f"{document}:{start}-{end}"


def _converted(fields: Mapping[str, object], name: str) -> Record:
    try:
        return msgspec.convert(fields, Record, strict=False)
    except msgspec.ValidationError as error:
        raise DecisionError(f"{name}: {error}") from error


def _decimal(text: str, name: str) -> Decimal:
    try:
        value = Decimal(text)
    except ArithmeticError as error:
        raise DecisionError(f"{name}: '{text}' is no number; write it in full, as 15.9 or 59950000000") from error
    if not value.is_finite():
        raise DecisionError(f"{name}: '{text}' is no number that a figure can have")
    return value
