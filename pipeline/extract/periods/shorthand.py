"""Readings of spans in shorthand: `1H24`, `Q3`, `9M23`."""

from __future__ import annotations

from pipeline.extract.periods.calendar import Match, mention, quarter_number, year_in
from pipeline.model.period import Period, PeriodMention


def read_short_months(match: Match) -> PeriodMention:
    """`9M23`: the first nine months of 2023."""
    return mention(match, Period(_short_year(match), 1, int(match["n"])), kind="months")


def read_h(match: Match) -> PeriodMention:
    return mention(match, Period(_short_year(match), 7 if "2" in match["o"] else 1, 6), kind="half")


def read_q(match: Match) -> PeriodMention | None:
    first = quarter_number(match["o"])
    last = quarter_number(match.groupdict().get("o2") or match["o"])
    if last < first:
        return None
    period = Period(_short_year(match), first * 3 - 2, (last - first + 1) * 3)
    return mention(match, period, kind="quarter" if last == first else "months")


def _short_year(match: Match) -> int | None:
    """The year of `1H24` and the like; two digits are of this century."""
    short = match.groupdict().get("y9")
    return 2000 + int(short) if short else year_in(match, "y", "y8")
