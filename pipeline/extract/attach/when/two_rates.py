"""What a change without a stated base is compared with where the text gives the yearly change of the same thing too."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.attach.state.context import Key
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.words.indicators import is_economy

_SHORT = {1: "mom", 3: "qoq"}


def tell_apart(statements: Sequence[Statement]) -> None:
    """`The economy grew 0.4% in the fourth quarter. From a year earlier it was up 1.9%`: the first is the change on the
    quarter before, and so are the text's other changes of this thing that leave it open."""
    # A company's change is not that of the market, however much smaller it is.
    whole = [s for s in statements if not s.company]
    changes = [s for s in whole if s.reading.measure == "growth" and _length(s) in _SHORT and _thing(s.key)]
    yearly = [s for s in changes if s.comparison == "yoy" and not s.usual and s.reading.role != "base"]
    told = {
        (_thing(s.key), _length(s))
        for s in changes
        if s.usual and s.status == "A" and any(_same(s, y) and _steps(s, y, changes) for y in yearly)
    }
    told |= {(_thing(s.key), 3) for s in changes if s.usual and _stepped(s, changes)}
    for statement in changes:
        if statement.usual and (_thing(statement.key), _length(statement)) in told:
            statement.comparison, statement.usual = _SHORT[_length(statement)], False
    _foreseen(statements)


def _stepped(statement: Statement, changes: Sequence[Statement]) -> bool:
    """`growth of just 0.1% in the third quarter, down from 0.4% in the second`: economies that move so little are
    told from quarter to quarter."""
    if _length(statement) != 3 or not is_economy(statement.key.indicator) or statement.period is None:
        return False
    small = abs(statement.quantity.number.value) <= 1
    before = statement.period.shifted(months=-3)
    bases = [s for s in changes if s.reading.role == "base" and s.period == before and s.key.ref == statement.key.ref]
    return small and any(abs(s.quantity.number.value) <= 1 for s in bases)


def _foreseen(statements: Sequence[Statement]) -> None:
    """`Sales fell 1% from November. Economists had pencilled in a rise of 0.1%`: compared as what came true, said right
    before or at first."""
    for n, statement in enumerate(statements):
        if statement.usual and statement.status == "F" and _thing(statement.key) is not None:
            alike = [s for s in statements[:n] if s.reading.measure == "growth" and _same(s, statement)]
            since = statements[statements.index(alike[-1]) : n] if alike else []
            near = all(_thing(s.key) == _thing(statement.key) for s in since)
            told = alike[-1 if near else 0] if alike else None
            statement.comparison = told.comparison if told is not None else statement.comparison


def _length(statement: Statement) -> int:
    """The months of a statement's period; 0 without one, or where it is measured in days."""
    period = statement.period
    return 0 if period is None or period.days is not None else period.months


def _steps(one: Statement, yearly: Statement, changes: Sequence[Statement]) -> bool:
    """Whether a change can be a step of the yearly one: much smaller, or an economy's that is told before it."""
    first = changes.index(one) < changes.index(yearly) and is_economy(one.key.indicator)
    other = one.quantity.number.value != yearly.quantity.number.value
    return _much_smaller(one, yearly) or (first and other and one.explicit)


def _much_smaller(one: Statement, other: Statement) -> bool:
    """Whether a change can be a step of the yearly one: 4.8% beside 5% is the same change seen by others."""
    return abs(one.quantity.number.value) * 2 <= abs(other.quantity.number.value)


def _same(one: Statement, other: Statement) -> bool:
    return (
        one.key.ref is not None
        and one.period == other.period
        and one.key.ref == other.key.ref
        and _thing(one.key) == _thing(other.key)
    )


def _thing(key: Key) -> tuple[str, str | None] | None:
    """What changes, in words that do not vary; None for trade, whose growth in money and in volume both are yearly."""
    if key.flow or not key.indicator:
        return None
    return "GDP" if is_economy(key.indicator) else key.indicator.lower(), key.commodity
