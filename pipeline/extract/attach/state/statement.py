"""One figure as the walker has read it, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.evidence import Reading
from pipeline.extract.numbers.units import Quantity
from pipeline.model.period import Period


@dataclass
class Statement:
    """`position` is the quantity's index among the sentence's items. `own_period` says that words right behind the
    quantity gave its period. `share_of` is the key of the whole; `usual` that only the habit of texts gives the
    comparison; `listed` that it stands behind its partner in a list, `overall` that its words speak of the trade of one
    side with everybody. Mutable while lists are being paired."""

    quantity: Quantity
    position: int
    key: Key
    reading: Reading
    unit: str
    counted: str | None = None
    period: Period | None = None
    period_basis: str | None = None
    own_period: bool = False
    base_period: Period | None = None
    comparison: str | None = None
    usual: bool = False
    status: str = "A"
    share_of: Key | None = None
    run: int = -1
    explicit: bool = True
    listed: bool = False
    company: bool = False
    overall: bool = False
