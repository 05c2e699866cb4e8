"""What a document has said so far: the small explicit state that later sentences inherit from.

What resets what: a new reporter resets partner and product; a sentence without an anaphor resets partner and product;
a paragraph without a trade word ends the flow in force; a plain period of time replaces the current one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.model.period import Period, PeriodMention


@dataclass(frozen=True, slots=True)
class Key:
    """What a figure is about. `multiple` says that several partners were named at once, so that no single code fits."""

    flow: str | None = None
    sign: int = 1
    commodity: str | None = None
    indicator: str | None = None
    ref: str | None = None
    partner: str | None = None
    partner_open: bool = False

    def bare(self) -> Key:
        """The same reporter with nothing else."""
        return Key(ref=self.ref)

    def world(self) -> Key:
        """The same flow without partner and product."""
        return replace(self, commodity=None, partner=None, partner_open=False)


@dataclass
class Context:
    """Mutable, one a document. `topic` is the key of the sentence that `therein` and `of which` look back to; `season`
    the month that the text's seasons begin in; `lengths` the latest period of each number of months that a figure had,
    for `in the quarter`; `product` what title and opening say that the whole text is about; `other_side` the
    partner in a text on the trade of two; `fiscal` whether its gaps
    are those of a budget; `abroad` the last place beyond the home country that
    a sentence named first; `overall` whether it is now on the trade of one with everybody; `named` the
    last indicator by its head (`output`: `gold output`); `measure` that of the last figure that is no base;
    `dollars` what dollars and other such words mean, `dollar_sign` whether `$` stands for
    those of the United States beside them."""

    published: str | None = None
    published_basis: str = "published"
    estimated: bool = False
    home: str | None = None
    main: str | None = None
    key: Key = field(default_factory=Key)
    opening: Key | None = None
    first_trade: Key | None = None
    topic: Key = field(default_factory=Key)
    sentence_keys: list[Key] = field(default_factory=list)
    period: Period | None = None
    period_basis: str = "context"
    main_period: Period | None = None
    paragraph_period: Period | None = None
    last_period: Period | None = None
    expected: tuple[Key, Period | None] | None = None
    foreseen: bool = False
    season: int | None = None
    week: PeriodMention | None = None
    lengths: dict[int, Period] = field(default_factory=dict)
    unit: str | None = None
    unit_of: str | None = None
    key_unit: str | None = None
    measure: str | None = None
    counts: Key | None = None
    rates: Key | None = None
    price_unit: str | None = None
    dollars: dict[str, str] = field(default_factory=dict)
    dollar_sign: bool = False
    change_sign: int = 1
    usual_comparison: str = "yoy"
    paired: tuple[str, str] | None = None
    quarterly: str = "yoy"
    comparison: str | None = None
    services: bool = False
    forward: bool = False
    domestic: bool = False
    fiscal: bool = False
    massed: bool = False
    in_mass: bool = False
    money: bool = False
    trade: str | None = None
    flows: set[str] = field(default_factory=set)
    title: str = ""
    titled: tuple[str | None, str | None] = (None, None)
    named: dict[str, str] = field(default_factory=dict)
    product: str | None = None
    coordination: tuple[str, str] | None = None
    pair: tuple[str, str] | None = None
    partners: tuple[str, ...] = ()
    other_side: str | None = None
    abroad: str | None = None
    overall: bool = False
    paragraph: int = 0
    key_paragraph: int = -1
