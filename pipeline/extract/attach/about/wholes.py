"""The key of a share by its whole: of an area's trade, of a statistic, of the economy."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.attach.state.context import Key
from pipeline.extract.words import indicators
from pipeline.lexicon import gazetteer


def of_area(whole: Key, area: str | None, commodity: str | None) -> Key:
    """The part of a trade that an area has: with a partner, or of a city within the whole (`Quanzhou contributed 13.9%
    to Fujian's foreign trade`)."""
    if area and whole.ref and gazetteer.parent_of(area) == whole.ref:
        return replace(whole, ref=area, commodity=commodity)
    return replace(whole, partner=whole.partner or (area if area != whole.ref else None), commodity=commodity)


def of_whole(key: Key, whole: Key) -> Key:
    """The key of a share of a statistic: that of the whole, but that of the part in `debt of 70% of GDP`, `farm output,
    which makes up 22% of the economy`."""
    own = key.indicator is not None and indicators.is_statistic(key.indicator)
    if own and indicators.is_economy(whole.indicator) and not indicators.is_economy(key.indicator):
        return key
    return Key(indicator=whole.indicator, ref=key.ref, partner=key.partner)
