"""What a sentence leaves behind for the next ones, whether or not it holds a figure."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract import indicators, naming, timing
from pipeline.extract.context import Context, Key
from pipeline.extract.items import Item
from pipeline.extract.phrases import phrase_right
from pipeline.extract.walk import clause


def coordinated(items: Sequence[Item]) -> tuple[str, str] | None:
    """The two things that a sentence begins with, for `the former` and `the latter`."""
    plus = next((i for i, item in enumerate(items[:16]) if item.is_word("plus")), None)
    if plus is not None:
        return phrase_right(items, 0)[1], phrase_right(items, plus + 1)[1]
    parts = phrase_right(items, 0)[1].split(" and ")
    return (parts[0], parts[1]) if len(parts) == 2 else None


def note(items: Sequence[Item], context: Context) -> None:
    """A sentence without figures still says what the next one speaks of: its subject, and when."""
    context.coordination = coordinated(items) or context.coordination
    predicate = next(
        (
            i
            for i, item in enumerate(items)
            if i and (item.tag.startswith("VB") or item.kind == "level") and item.tag != "VBG"
        ),
        None,
    )
    periods = timing.plain_periods(items[:predicate])
    if not periods and any(item.kind == "change" and item.data["part"] == "verb" for item in items):
        periods = timing.plain_periods(items)
    if periods and predicate is not None:
        context.period, context.period_basis = timing.resolved(periods[0], context)
    _, subject = clause(list(items[:predicate]))
    if predicate is None or not (
        subject.flow or subject.mode or (subject.indicator and indicators.is_statistic(subject.indicator))
    ):
        return
    context.key = naming.named(Key(ref=context.key.ref or context.main), subject, context, fresh=True)
    context.topic, context.key_paragraph = context.key, context.paragraph
