"""What labels say of the figures behind them: before a colon, a dash or a bracket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.attach.state import nouns
from pipeline.extract.words.indicators import is_statistic
from pipeline.extract.words.items import Item
from pipeline.extract.words.phrases import is_nominal, phrase_right, product, words
from pipeline.extract.words.subject import Subject, read_subject


def labelled(left: list[Item]) -> str | None:
    """`Copper ore and concentrates: imports in November 2.44 million tonnes`: the product that a line begins with."""
    colon = next((i for i, item in enumerate(left) if item.text == ":"), None)
    if colon is None or left[0].start != 0 or not all(is_nominal(x) or x.is_word("and", "or") for x in left[:colon]):
        return None
    named = words(left[:colon])
    return None if is_statistic(named) else nouns.settle(named)


def headed(left: Sequence[Item]) -> str | None:
    """`For barley the cumulative figure is`: the product that the series in force is now given for."""
    if len(left) < 4 or not left[0].is_word("for") or left[-1].kind != "level":
        return None
    end, named = phrase_right(left, 1)
    rest = left[end:-1]
    figure = any(item.is_word("figure", "figures", "number", "numbers", "total", "totals") for item in rest)
    plain = all(item.kind == "word" and item.tag.startswith(("DT", "JJ", "NN", "RB")) for item in rest)
    return product(named) if named and figure and plain else None


_ARE = ("is", "are", "was", "were", "include", "included")


def bracketed(left: list[Item]) -> str | None:
    """`exports of iron ore (...), electronic goods (5.12 per cent)`: the product in a list right before a bracket."""
    if not left or left[-1].text not in ("(", "["):
        return None
    comma = max((i for i, item in enumerate(left) if item.text in (",", ";")), default=None)
    if comma is None:
        # `Among the fastest-growing imports were office equipment (up 38.5 percent)`, `The main exports are rice (...)`
        comma = next((i for i, item in enumerate(left) if item.lower in _ARE), None)
    if comma is None:
        # `volumes were lower in iron ore and scrap (-15%)`, `and other general cargo (-25%)`
        led = (i for i in range(len(left) - 2, -1, -1) if left[i].is_word("in") or (not i and left[i].is_word("and")))
        comma = next(led, None)
    if comma is None:
        return None
    start = comma + 2 if left[comma + 1].is_word("and", "or", "the") else comma + 1
    named = left[start:-1]
    if not named or not all(is_nominal(item) or item.is_word("and", "or", "of") for item in named):
        return None
    return product(words(named))


def aside(left: Sequence[Item]) -> str | None:
    """`Much of the increase in imports was in precious metals, up 27.9 per cent`: the product that a change behind a
    comma is said of."""
    if len(left) < 4 or left[-1].kind != "change" or left[-1].lower not in ("up", "down") or left[-2].text != ",":
        return None
    led = next((i for i in range(len(left) - 3, 0, -1) if not is_nominal(left[i])), 0)
    verb = led and left[led - 1].kind == "level"
    return product(words(left[led + 1 : -2])) if verb and left[led].is_word("in") else None


def followed(left: Sequence[Item]) -> str | None:
    """`Cotton brought in 44 pct, followed by gum arabic with`, `followed by footwear (`: the next of a list."""
    start = next(
        (i + 2 for i, item in enumerate(left[:-2]) if item.is_word("followed") and left[i + 1].is_word("by")), 0
    )
    if not start or not (left[-1].is_word("with", "at") or left[-1].text == "("):
        return None
    named = [item for item in left[start:-1] if item.tag != "DT"]
    return product(words(named)) if named and all(is_nominal(item) for item in named) else None


def of_the_line(left: Sequence[Item]) -> tuple[str, ...]:
    """`Trade with Russia continued to wither: exports were down by ...`: the partner of what a colon explains."""
    colon = next((i for i, item in enumerate(left) if item.text == ":"), None)
    before = read_subject(left[:colon]) if colon else Subject()
    return before.partners if before.flow == "total" else ()


def explained(left: Sequence[Item], subject: Subject) -> Subject:
    """`Coal is the second export article: Asian buyers received 3.6 million tons`: the trade that a colon explains."""
    colon = next((i for i, item in enumerate(left) if item.text == ":"), None)
    if not colon or subject.flow or subject.reporters or is_statistic(subject.indicator or ""):
        return subject
    if left[0].is_word("in") and left[1].kind == "flow" and left[2].text == ",":
        # `In imports, a lot of food is bought: sugar — 52.1 million`
        return replace(read_subject(left[1:2]), commodity=nouns.settle(subject.indicator))
    before = read_subject(left[:colon])
    if before.flow and not before.commodity and all(item.kind in ("flow", "area", "mode") for item in left[:colon]):
        # `Import: auto parts 41.3 billion yuan`
        return replace(before, commodity=nouns.settle(subject.indicator))
    return before if before.flow and before.commodity else subject


def dashed(left: Sequence[Item]) -> str | None:
    """`a reduction in ores - by 14.9 percent, in dairy products - by 27.9 percent`: the product between a preposition
    and a dash."""
    start = 1 if left and (left[0].text in (",", ";") or left[0].is_word("and")) else 0
    start = next((i + 1 for i in range(len(left) - 1, -1, -1) if _changes(left, i)), start)
    if len(left) < start + 4 or not left[start].is_word("in", "of", "for") or not left[-1].is_word("by"):
        return None
    dash = next((i for i in range(start + 1, len(left)) if left[i].text in ("-", "—") and _apart(left, i)), None)
    if dash is None or dash < len(left) - 3:
        return None
    end, text = phrase_right(left[:dash], start + 1)
    whole = words(left[start + 1 : dash]) if end < dash and left[end].is_word("for", "of") else text
    return nouns.settle(whole)


def _changes(left: Sequence[Item], i: int) -> bool:
    """Whether the change that the next preposition belongs to ends at index i (`a reduction also`)."""
    return left[i].kind == "change" or (left[i].tag == "RB" and i > 0 and left[i - 1].kind == "change")


def _apart(items: Sequence[Item], i: int) -> bool:
    """Whether a dash stands between spaces, so joins no word."""
    return i > 0 and items[i - 1].end < items[i].start and i + 1 < len(items) and items[i].end < items[i + 1].start
