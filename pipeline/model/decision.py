"""A reviewer's decision: one entry of the append-only log `decisions.jsonl`."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

import msgspec

from pipeline.model.finding import Finding, Status

Action = Literal[
    "accept", "reject", "override", "claim_wrong", "not_comparable", "skip", "undo", "edit", "strike", "add"
]

STATUS_AFTER: Final[dict[str, Status]] = {
    "accept": "accepted",
    "override": "overridden",
    "claim_wrong": "accepted",
    "reject": "rejected",
    "not_comparable": "rejected",
}
"""What an action makes of its finding. `skip` settles nothing; the other actions speak of no finding."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided what, when, why, and on which evidence.

    `finding` is the case (None for `edit`, `strike`, `add`, which speak of a `record` or a span of a
    `document`), `case` what it said when it was decided: it is shown so even when the figures no longer raise it.
    `accept` and `override` name the `record` whose `value` they set; an `accept` without a value lets a
    repair that
    the machine made stand. `reject`: the suspects are right as printed. `claim_wrong` leaves them as printed and
    conflicting; `not_comparable` blames the relation: suspects and other figures of the case are never paired again.
    `evidence` is the content hash of the finding and its figures when it was decided: when it no
    longer
    matches, the case is open again. `undo` names the entry it takes back in `undoes`. `fields` holds
    corrected fields
    of a record. `id` and `when` (UTC, ISO 8601) are given by the log when the entry is appended.
    """

    id: str = ""
    action: Action
    who: str
    when: str = ""
    finding: str | None = None
    case: Finding | None = None
    record: str | None = None
    document: str | None = None
    value: Decimal | None = None
    reason: str | None = None
    evidence: str | None = None
    undoes: str | None = None
    span: tuple[int, int] | None = None
    fields: dict[str, str | None] = msgspec.field(default_factory=dict)
