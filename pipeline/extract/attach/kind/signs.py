"""The sign of a change, where its own words give none."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk

_CHANGES = ("growth", "difference", "multiple")


def settle_sign(walk: Walk, statement: Statement, n: int) -> None:
    """Gives a change whose verb is left out the sign of the one before, and keeps its own for the next."""
    reading = statement.reading
    if reading.role == "gapped":
        moved = [
            item for item in walk.items[: statement.position] if item.kind == "change" and item.data["sign"] in "+-"
        ]
        arrived = bool(walk.statements) and walk.statements[-1].reading.rule == "to"
        # `grew from 4 to 4.6 billion, by 15%`
        own = (-1 if moved[-1].data["sign"] == "-" else 1) if arrived and moved else walk.context.change_sign
        statement.reading = replace(reading, sign=own)
    elif reading.measure in _CHANGES and reading.sign and reading.role == "main":
        walk.context.change_sign = reading.sign
    elif reading.rule == "to" and (moved := [item for item in walk.lefts[n] if item.kind == "change"]):
        # `it fell to 0.94 billion, that is by 60%`
        walk.context.change_sign = -1 if moved[-1].data["sign"] == "-" else 1
    if reading.role == "main" and reading.rule == "brackets" and not statement.quantity.number.signed:
        later = next((item for item in walk.items[walk.at[n] + 1 : walk.at[n] + 8] if item.kind == "change"), None)
        if later is not None and not reading.sign:
            statement.reading = replace(reading, sign=-1 if later.data["sign"] == "-" else 1)
