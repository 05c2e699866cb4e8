"""What lies ahead: figures of a time that had not come when the text was published, and how long a forecast goes on."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.state.walk import Walk
from pipeline.extract.periods.spans import published_day


def settle_ahead(walk: Walk) -> None:
    """Figures of what is still to come are forecasts; what the text expects next keeps the time of its forecast."""
    for statement in walk.statements:
        if statement.status == "A" and statement.period_basis != "context" and _to_come(walk, statement):
            statement.status = "F"
        if statement.status == "F" and statement.period != walk.context.period:
            walk.context.expected = (replace(statement.key, commodity=None), statement.period)
    walk.context.foreseen = bool(walk.statements) and walk.statements[-1].status == "F"


def expected(walk: Walk, statement: Statement, n: int) -> bool:
    """`The government forecasts growth of 3.2 pct for the year. Economists see 2 pct`: gives a forecast without a time
    of its own that of the last one of the same thing. Not what was foreseen (`had expected`)."""
    known = walk.context.expected
    if statement.status != "F" or known is None or known[1] is None:
        return False
    # `Growth of 3 pct is forecast. Exports would rise 5 pct`; a dividend that will be paid is one for what was earned.
    goes_on = walk.context.foreseen and "dividend" not in (statement.key.indicator or "")
    alike = goes_on or known[0] == replace(statement.key, commodity=None)
    if not alike or any(item.is_word("had", "was", "were") for item in walk.lefts[n]):
        return False
    statement.period, statement.period_basis = known[1], "context"
    return True


def _to_come(walk: Walk, statement: Statement) -> bool:
    day, period = published_day(walk.context.published), statement.period
    if walk.context.estimated or day.year is None or period is None or period.year is None:
        return False
    begins = (period.year, period.month, period.day or 1)
    return begins > (day.year, day.month or 12, day.day or 31)
