"""A finding: one inconsistency, repair or explanation, as written to `findings.jsonl`."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]
Status = Literal["open", "repaired", "accepted", "rejected", "overridden"]


class Interval(msgspec.Struct, frozen=True):
    """A closed interval in the units of the figure it speaks of; an end that nothing bounds is None."""

    lower: Decimal | None
    upper: Decimal | None


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A value that would restore agreement. `score` is 0..1, best first; `reason` names the slip in words."""

    record: str
    obs_value: Decimal
    reason: str
    score: float


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What does not add up (`error`, `warning`), or was explained or repaired for certain (`info`).

    `figures` are the record ids of the equation, `suspects` the smallest set whose change restores agreement (all of
    them, with `ambiguous`, where several sets tie). `relation_suspect` says that the pairing may be wrong instead.
    """

    id: str
    rule: str
    severity: Severity
    documents: tuple[str, ...]
    figures: tuple[str, ...]
    suspects: tuple[str, ...]
    ambiguous: bool = False
    relation_suspect: bool = False
    equation: str
    expected: Interval | None = None
    observed: Decimal | None = None
    proposals: tuple[Proposal, ...] = ()
    status: Status = "open"
    decision: str | None = None
