"""An area as a text names it: a country, province, city, bloc, a region without a code, a river."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AreaKind = Literal["country", "subdivision", "city", "group", "region", "feature"]
AreaForm = Literal["noun", "demonym", "possessive", "organisation", "pair", "locator", "partner"]


@dataclass(frozen=True, slots=True)
class AreaMention:
    """One area at `start`..`end` of the given text (code points, end exclusive, without a possessive `'s`).

    `code` is an ISO 3166-1 alpha-2 or 3166-2 code, a group code or `geonames:ID`; None for a region
    (`Africa`, `non-EU`) or feature (`Amur River`), which have none in the scheme of the records. A feature
    is never an area of trade. `name` is the gazetteer's own. `form` is `organisation` where the name is part
    of the name of a body, project or service (`Harbin Customs`, `Bank of Spain`), `locator` where it only
    says in which area another one lies (`east China`'s in `east China's Zhejiang`, `Argentina` in `Cordoba,
    Argentina`), `pair` where two areas share a span (`Sino-Russian`: two mentions), `partner` where it acts from the
    other side of a trade (`Kenya bought`, in a text on another country). `alternatives` are the codes of other places
    of this name.
    """

    start: int
    end: int
    code: str | None
    kind: AreaKind
    name: str
    form: AreaForm = "noun"
    alternatives: tuple[str, ...] = ()
