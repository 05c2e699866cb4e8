"""Which period a figure speaks of, and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.state.context import Context
from pipeline.extract.attach.state.statement import Statement
from pipeline.extract.attach.when import markets
from pipeline.extract.periods import years
from pipeline.extract.words.asides import without_asides
from pipeline.extract.words.items import Item
from pipeline.model.period import Period, PeriodMention, safe_date

_PLAIN = ("plain", "point")


def plain_periods(items: Sequence[Item]) -> list[PeriodMention]:
    """The period mentions among `items` that can be a figure's own period."""
    if not any(item.kind == "period" for item in items):
        return []
    items = without_asides(items)
    return [
        item.data
        for i, item in enumerate(items)
        if item.kind == "period"
        and item.data.role in _PLAIN
        and not item.data.same
        and not _compared(items, i)
        and not _looked_to(items, i)
        and not _outdone(items, i)
        and not markets.delivery(items, i)
        and not (i + 1 < len(items) and items[i + 1].lower in _REPORTED and item.data.year_from in ("before", "same"))
    ]


def season_so_far(items: Sequence[Item]) -> PeriodMention | None:
    """`total arrivals since the 1986/87 season began on October 1`: what the season has brought."""
    seasons = (item.data for item in items if item.kind == "period" and item.data.kind in ("season", "fiscal"))
    return next((m for m in seasons if m.role == "since" and m.period.months == 12), None)


def steps_back(mention: PeriodMention) -> bool:
    """Whether a period is counted from the figure beside it (`the month before`), not from the publication
    (`last month`)."""
    return mention.year_from == "before" and not (mention.years_back and mention.kind != "year")


def _looked_to(items: Sequence[Item], i: int) -> bool:
    """`looked forward to 2012`, `since records began in 1998`: a period that figures are not of."""
    before = [item.lower for item in items[max(0, i - 4) : i]]
    return before[-2:] == ["forward", "to"] or ("since" in before and "began" in before)


_CAUSES = ("after", "of", "to", "by", "despite", "because", "since", "following")


def _outdone(items: Sequence[Item], i: int) -> bool:
    """`after the coldest December in 20 years`: a cause, not the period of the figure."""
    if items[i].data.kind != "month" or i < 3 or items[i - 1].tag not in ("JJS", "JJ", "RBS"):
        return False
    superlative = items[i - 1].tag == "JJS" or items[i - 2].tag in ("RBS", "JJS")
    ranked = i + 1 < len(items) and items[i + 1].is_word("in", "for", "since", "on", "ever")
    led = next((item for item in reversed(items[:i]) if item.tag in ("IN", "TO")), None)
    return superlative and ranked and led is not None and led.is_word(*_CAUSES)


_REPORTED = frozenset(
    "said reported announced released published showed told issued dated posted forecast predicted estimated".split()
)


def day_of(left: Sequence[Item], right: Sequence[Item]) -> PeriodMention | None:
    """The day of a figure (`stocks were 30,340 tonnes on December 8`), not that of its publication."""
    for items in (right, left):
        for i, item in enumerate(items):
            if item.kind != "period" or item.data.role != "date" or not i or not items[i - 1].is_word("on", "at"):
                continue
            begun = any(x.is_word("began", "begun", "started", "opened") for x in items[max(0, i - 2) : i])
            if not begun and not any(x.lower in _REPORTED for x in items[max(0, i - 4) : i + 3]):
                mention: PeriodMention = item.data
                return mention
    return None


def _compared(items: Sequence[Item], i: int) -> bool:
    """Whether a period continues a comparison (`higher than the first quarter and the fourth quarter of last year`)."""
    owned = False
    for k in range(i - 1, max(0, i - 6) - 1, -1):
        item = items[k]
        if item.kind == "period" and item.data.year_from == "before" and items[i - 1].is_word("in", "the"):
            # `3% more than a year earlier in the third quarter`
            return False
        if owned and item.is_word("that", "those") and k and items[k - 1].is_word("and", "while", "whereas"):
            # `had been 640 mln markka and that of July last year 905 mln`
            return False
        if (
            (item.kind == "period" and item.data.role == "comparison" and item.data.kind != "phrase")
            or item.is_word("than", "base")
            or item.lower in ("above", "below", "short")
            or (owned and item.is_word("that", "those"))
        ):
            return True
        owned = item.is_word("of")
        if not (
            item.is_word("and", "or", "the", "in", "of", "level", "levels", "their", "its", "a", *_SEASONS)
            or item.text == ","
        ):
            return False
    return False


_SEASONS = ("spring", "summer", "autumn", "winter")


def resolved(mention: PeriodMention, context: Context, spoken: Period | None = None) -> tuple[Period, str]:
    """The period of `mention` and how its year is known; the context's period stands in for what the words
    leave out, `spoken`, that of the sentence, for what `the whole year` is."""
    if (
        context.estimated
        and mention.year_from == "this"
        and not context.forward
        and context.period is not None
        and context.period.year
    ):
        # Without a date of its own a text's `this year` is the year that it speaks of, up to the month that it reports.
        carried, last = context.period.last_month()
        if mention.kind == "ytd" and not carried:
            return Period(context.period.year, 1, last), "context"
        return replace(mention.period, year=context.period.year), "context"
    if mention.kind == "week" and mention.years_back and context.week is not None and context.period is None:
        mention = context.week
    in_sentence = (mention.kind == "year" or mention.of_year) and mention.year_from == "same" and spoken is not None
    seasonal = mention.kind in ("fiscal", "season") and spoken is not None and spoken.months == 12
    # `12.9 pct fewer than the 861,000 of 1986/87`: the season begins when the one that it is compared with does.
    current = spoken if in_sentence or seasonal else _current(mention, context)
    found = years.resolve(mention, published=context.published, current=current, forward=context.forward)
    basis = context.published_basis if found.basis == "published" else found.basis
    return found.period, basis


def _current(mention: PeriodMention, context: Context) -> Period | None:
    """The period in force; for `in the quarter`, `over the nine months` the latest of that length."""
    counted = mention.kind == "spoken" or (mention.same and mention.period.months in (1, 3))
    if not counted or (context.period is not None and context.period.months == mention.period.months):
        return context.period
    return context.lengths.get(mention.period.months, context.period)


def set_period(
    statement: Statement, mention: PeriodMention, context: Context, *, own: bool, spoken: Period | None = None
) -> None:
    """Gives the statement the period of `mention`; `spoken` is that of the statement before it in the sentence."""
    statement.period, statement.period_basis = resolved(mention, context, spoken)
    statement.own_period = own


def comparison_of(items: Sequence[Item]) -> tuple[str | None, PeriodMention | None]:
    """The comparison that words around a change name (`over the same period last year` is yoy), and its mention."""
    for item in items:
        if item.kind == "period" and item.data.kind in ("step", "rolling") and item.data.comparison:
            return item.data.comparison, None
        if item.kind == "period" and (item.data.role == "comparison" or item.data.same) and item.data.comparison:
            return item.data.comparison, item.data
        if item.kind == "period" and item.data.kind == "plan" and item.data.year_from == "before":
            return "previous", item.data
    return None, None


def between(period: Period, base: Period) -> str | None:
    """How far `base` lies before `period`: yoy, mom, qoq, previous, or None where it is no comparison of equals."""
    if (period.months, period.days is None) != (base.months, base.days is None):
        return None
    if period.days is not None:
        return "yoy" if _year_apart(period, base) else "previous"
    if period.month == base.month:
        return "yoy" if period.year != base.year or period.year is None else None
    step = (period.month - base.month) % 12
    if period.months == 1 and step == 1:
        return "mom"
    if period.months == 3 and step == 3:
        return "qoq"
    return "previous"


def _year_apart(period: Period, base: Period) -> bool:
    """Whether two days, or the days that two weeks begin on, lie a year apart, give or take a week."""
    if period.year is None or base.year is None:
        return False
    one, other = (safe_date(p.year, p.month, p.day or 1) for p in (period, base))
    return abs((one - other).days - 365) <= 7


def usual_comparison(period: Period | None, context: Context) -> str:
    """What a change without a stated base is compared with: the document's habit for months, else the year before."""
    if period is not None and period.days is None and period.months == 1:
        return context.comparison or context.usual_comparison
    if period is not None and period.days is None and period.months == 3:
        return context.quarterly
    if period is not None and period.days == 7:
        return "previous"
    return "yoy"


def whole_year(period: Period) -> Period:
    """The calendar year that `period` begins in."""
    return Period(period.year)


def shifted_back(period: Period, comparison: str | None) -> Period | None:
    """The period that a comparison looks back to from `period`."""
    if comparison == "mom":
        return period.shifted(months=-1)
    if comparison == "qoq":
        return period.shifted(months=-3)
    if comparison == "previous":
        return period.shifted(days=-period.days) if period.days else period.shifted(months=-period.months)
    return period.shifted(years=-1)


def at_paragraph(period: Period | None, main: Period | None) -> Period | None:
    """The period in force at a new paragraph: the document's own again where the last one was a part of it or
    a base."""
    if period is None or main is None or period == main or period.days is not None or main.days is not None:
        return period
    carried = period.last_month()[0] if period.months == 12 else 0
    if period.year is not None and main.year is not None and period.year + carried < main.year:
        return main
    inside = (
        period.year == main.year
        and main.month <= period.month
        and period.month + period.months <= main.month + main.months
    )
    return main if inside else period


def at_new_paragraph(period: Period | None, main: Period | None) -> Period | None:
    """The same at a paragraph of its own: after a look at the months so far a text on a month goes on about it."""
    if period is None or main is None or main.days is not None:
        return at_paragraph(period, main)
    if _ends_with(period, main) or _part_of_fiscal(period, main):
        return main
    return at_paragraph(period, main)


def _part_of_fiscal(period: Period, main: Period) -> bool:
    """Whether `period` is a part of a `main` that runs over the turn of a year (April of July to April)."""
    if period.days is not None or not main.last_month()[0] or (period.year is None) != (main.year is None):
        return False
    apart = ((period.year or 0) - (main.year or 0)) * 12 + period.month - main.month
    apart = apart % 12 if period.year is None else apart
    return apart >= 0 and apart + period.months <= main.months


def _ends_with(period: Period, main: Period) -> bool:
    """Whether `main` is the end of the longer `period` of its year (August and the first eight months)."""
    return period.year == main.year and period.months > main.months and period.last_month() == main.last_month()


def latest(periods: Sequence[Period]) -> Period:
    """The period that ends last, the longest of those: what a text goes on to speak of."""

    def end(period: Period) -> tuple[int, int, int]:
        years, month = period.last_month()
        return (period.year or 0) + years, month, period.months if period.days is None else 0

    return max(periods, key=end)


_TIMELESS = ("content", "forest", "distance", "timber reserve", "resources", "mineral")


def is_timeless(kind: str, indicator: str | None) -> bool:
    """Whether a figure of this kind has no period unless its own sentence names one: distances, deposits, forests."""
    banked = kind in ("money", "percent") or (indicator or "").lower() in ("deposits", "bank deposits")
    if "deposit" in (indicator or "").lower() and not banked:
        # of ore; those at a bank have a date
        return True
    return kind in ("length",) or any(word in (indicator or "").lower() for word in _TIMELESS)


def deadline(items: Sequence[Item]) -> PeriodMention | None:
    """The period by which a goal is to be reached (`by 2024`)."""
    return next((item.data for item in items if item.kind == "period" and item.data.role == "deadline"), None)


def fill(statement: Statement, main: Period | None, published: str | None) -> None:
    """A figure at the head of a text speaks of the period that the text names later, unless that lies ahead."""
    if statement.period is not None or main is None or statement.reading.role == "base":
        return
    ahead = main.year is not None and (main.year, main.month) > years.month_of(published)
    if ahead and statement.status in ("A", "E"):
        return
    if not is_timeless(statement.quantity.kind, statement.key.indicator):
        statement.period, statement.period_basis = main, "context"
