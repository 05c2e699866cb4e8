"""Numbers said in steps, as Russian does: `1 billion 477.4 million`, `1 billion dollars 477 million 4 thousand`."""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline.extract.numbers.number import NumberMention

_STEP = regex.compile(r"\s(?:(?:US\s)?dollars?\s|dlrs\s|rubles?\s|roubles?\s|yuan\s|euros?\s)?")


def compounded(text: str, found: list[NumberMention]) -> list[NumberMention]:
    """`found` with every number that goes on in a smaller scale word as one mention."""
    out: list[NumberMention] = []
    for mention in found:
        if out and _goes_on(text, out[-1], mention):
            whole = out[-1]
            out[-1] = replace(
                whole,
                end=mention.end,
                value=whole.value + mention.value,
                lower=whole.value + mention.lower,
                upper=whole.value + mention.upper,
                scale=mention.scale,
            )
        else:
            out.append(mention)
    return out


def _goes_on(text: str, whole: NumberMention, part: NumberMention) -> bool:
    if not (whole.scaled and part.scaled) or whole.kind != "plain" or part.kind != "plain" or part.signed:
        return False
    if whole.value % whole.scale or part.value >= whole.scale or part.bound != "=":
        return False
    return _STEP.fullmatch(text, whole.end, part.start) is not None
