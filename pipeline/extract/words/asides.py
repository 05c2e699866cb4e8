"""A sentence's items without what only stands aside: brackets, examples, adverbials, what a place is."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.words.items import Item

_PARENTHETIC = ("including", "such", "both", "among", "like", "namely")
_APPOSITION = 14


def without_asides(items: Sequence[Item]) -> list[Item]:
    """The items without what stands in closed brackets, between dashes or between commas as an example (`, including
    vans, `). A bracket that names a partner (`[to Russia]`) is opened instead."""
    if not any(item.kind == "mark" for item in items):
        return list(items)
    out: list[Item] = []
    opened: list[int] = []
    aside: tuple[str, int] | None = None
    for i, item in enumerate(items):
        if item.text in ("(", "["):
            opened.append(len(out))
        if aside is not None and item.kind == "mark" and item.text == aside[0]:
            del out[aside[1] :]
            aside = None
            continue
        if (
            item.kind == "mark"
            and item.text in (",", "-")
            and i + 1 < len(items)
            and ((items[i + 1].is_word(*_PARENTHETIC) and not _goes_on(items, i)) or _relative(items, i))
        ):
            aside = (item.text, len(out))
        out.append(item)
        if item.text in (")", "]") and opened:
            start = opened.pop()
            led = len(out) > start + 2 and out[start + 1].is_word("to", "from", "with")
            out[start:] = out[start + 1 : -1] if led else []
    return out


def _goes_on(items: Sequence[Item], i: int) -> bool:
    """`, including its exports to Russia, which grew to 47 billion`: what is included has figures of its own."""
    end = next((k for k in range(i + 2, len(items)) if items[k].text == ","), None)
    if end is None or any(item.kind == "quantity" for item in items[i:end]):
        return False
    return end + 1 < len(items) and items[end + 1].is_word("which", "whose")


def _relative(items: Sequence[Item], i: int) -> bool:
    """`gold, for which miners are paid in dollars, fetched ...`: a relative clause that a comma ends."""
    if items[i].text != "," or not any(x.is_word("which", "who", "whose", "where") for x in items[i + 1 : i + 3]):
        return False
    if items[i + 1].is_word("of", "among", "in"):
        return False
    end = next((k for k in range(i + 3, len(items)) if items[k].text == ","), None)
    # `which raised its rate five times, from 3.5%`: the clause goes on behind the comma.
    return end is not None and not (end + 1 < len(items) and items[end + 1].is_word("from", "to", "by", "at", "with"))


_ADVERBIALS = frozenset(
    (
        "in turn|however|in contrast|by contrast|on the other hand|on the contrary|for their part|for its part|"
        "meanwhile|too|though|likewise|in particular|as expected|instead|similarly|in addition|moreover|as well"
    ).split("|")
)


def without_adverbials(items: list[Item]) -> list[Item]:
    """The items without adverbials between commas (`Imports, in turn, fell`), which part a subject from its verb."""
    out: list[Item] = []
    i = 0
    while i < len(items):
        i = _behind_adverbial(items, i) if out else i
        if i < len(items):
            out.append(items[i])
        i += 1
    return out


def _behind_adverbial(items: Sequence[Item], i: int) -> int:
    """The item behind the adverbial between commas that begins at item i; i where there is none."""
    if items[i].text != ",":
        return i
    for end in range(i + 2, min(i + 6, len(items))):
        if items[end].text == ",":
            return end + 1 if " ".join(x.lower for x in items[i + 1 : end]) in _ADVERBIALS else i
    return i


def without_appositions(items: list[Item]) -> list[Item]:
    """The items without what says only what a place is (`Hunchun, a border city in China's Jilin Province, saw`), or a
    thing that a sentence begins with (`Timber, the traditional mainstay, still came first`)."""
    return _without_place(_without_thing(items))


_THING = 3


def _without_thing(items: list[Item]) -> list[Item]:
    begin = next((i for i, item in enumerate(items[: _THING + 1]) if item.text == ","), 0)
    named = all(x.kind == "word" and x.tag.startswith(("NN", "JJ")) for x in items[:begin])
    if not begin or not named or begin + 2 >= len(items) or not items[begin + 1].is_word("the", "a", "an"):
        return items
    end = next((k for k in range(begin + 2, min(begin + 9, len(items))) if items[k].text == ","), None)
    if end is None or end + 1 >= len(items):
        return items
    aside = items[begin + 1 : end]
    plain = all(x.kind == "word" and x.tag.startswith(("NN", "JJ", "DT", "IN", "HYPH", "VBN")) for x in aside)
    following = [x for x in items[end + 1 : end + 3] if not x.tag.startswith("RB")]
    verb = bool(following) and (following[0].kind == "level" or following[0].tag.startswith(("VBD", "VBZ", "VBP")))
    return items[:begin] + items[end + 1 :] if plain and verb else items


def _without_place(items: list[Item]) -> list[Item]:
    for i, item in enumerate(items[:-2]):
        placed = items[i + 2].kind == "area" and items[i + 2].data.form == "possessive"
        led = placed or items[i + 2].is_word("a", "an", "the", "one")
        if item.kind != "area" or items[i + 1].text != "," or not led:
            continue
        end = next((k for k in range(i + 3, min(i + _APPOSITION, len(items))) if items[k].text == ","), None)
        aside = items[i + 2 : end]
        named = placed or any(x.tag.startswith("NN") for x in aside if x.kind == "word")
        if end is None or end + 1 >= len(items) or not named:
            continue
        stated = any(x.kind in ("quantity", "flow", "period", "level", "change") for x in aside)
        if not stated and not any(x.tag.startswith(("VBD", "VBZ", "VBP", "MD", "CC")) for x in aside):
            return items[: i + 1] + items[end + 1 :]
    return items


_PARTICIPIAL = 20


def without_participles(items: list[Item]) -> list[Item]:
    """The items without what befell the subject (`Spending, held back by the debts of households, shrank`)."""
    for i in range(1, min(len(items) - 3, 8)):
        opened = items[i].text == "," and (items[i - 1].kind == "area" or items[i - 1].tag.startswith("NN"))
        if not opened or items[i + 1].tag not in ("VBN", "VBG"):
            continue
        end = next((k for k in range(i + 2, min(i + _PARTICIPIAL, len(items))) if items[k].text == ","), None)
        if end is None or end + 1 >= len(items) or any(item.kind == "quantity" for item in items[: end + 1]):
            continue
        following = items[end + 1]
        if following.tag in ("VBD", "VBZ", "VBP") or following.kind in ("level", "change"):
            return items[:i] + items[end + 1 :]
    return items
