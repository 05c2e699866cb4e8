"""What the stages hand back."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.document import Span
from pipeline.model.finding import Finding
from pipeline.model.record import Record


@dataclass(frozen=True, slots=True)
class Skipped:
    """A number mention that became no figure. `reason`: date, furniture, name, ordinal, structure, unattached,
    repeat."""

    span: Span
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """`records` in the order of the text; `skipped` every other number mention with its reason."""

    records: tuple[Record, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Equation:
    """A relation that was tested. `holds` None where nothing could fail; `text` is a person's arithmetic with
    intervals."""

    rule: str
    text: str
    figures: tuple[str, ...]
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The records with `check`, `findings` (and, where repaired, `obs_value`/`published_value`) set, and the
    findings."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    equations: tuple[Equation, ...] = ()
