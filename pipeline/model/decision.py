"""A reviewer's decision: one entry of the append-only log `decisions.jsonl`."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Action = Literal["accept", "reject", "override", "claim_wrong", "not_comparable", "skip", "undo", "edit", "strike", "add"]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided what, when, why, and on which evidence.

    `finding` is the case (None for `edit`, `strike`, `add`, which speak of a `record` or a span of a `document`).
    `evidence` is the content hash of the finding and its figures when it was decided: when it no longer matches, the
    case is open again. `undo` names the entry it takes back in `undoes`. `fields` holds corrected fields of a record.
    """

    id: str
    action: Action
    who: str
    when: str
    finding: str | None = None
    record: str | None = None
    document: str | None = None
    value: Decimal | None = None
    reason: str | None = None
    evidence: str | None = None
    undoes: str | None = None
    span: tuple[int, int] | None = None
    fields: dict[str, str | None] = msgspec.field(default_factory=dict)
