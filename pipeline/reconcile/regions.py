"""Partners that have no code (`Africa`, `Latin America`): named in the sentence, so that their trade is not the world's."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon.load import rows, values
from pipeline.model.record import Record

_CLAUSE = re.compile(r"[\d;]")


@cache
def _names() -> re.Pattern[str] | None:
    names = [name for row in rows("areas") if not row["code"] for name in (row["name"], *values(row["other_names"]))]
    ordered = sorted(names, key=len, reverse=True)
    if not ordered:
        return None
    return re.compile(r"\b(?:to|with|from|into)\s+(?:the\s+)?(" + "|".join(map(re.escape, ordered)) + r")\b")


def region_of(record: Record) -> str | None:
    """The region without a code that the record's clause names as its partner; None where it names none."""
    pattern = _names()
    at = record.sentence.find(record.quote)
    if pattern is None or record.counterpart_area or not record.flow or at < 0:
        return None
    breaks = [m.end() for m in _CLAUSE.finditer(record.sentence[:at])]
    found = list(pattern.finditer(record.sentence[breaks[-1] if breaks else 0: at]))
    return f"region {found[-1][1].lower()}" if found else None
