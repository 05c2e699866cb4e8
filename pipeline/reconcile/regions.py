"""Partners that the record does not hold: named in its sentence, so that their trade is not taken for the
world's.

Regions without a code (`Africa`), two partners in one (`Hong Kong and Macao`), remainders (`non-EU`).
"""

from __future__ import annotations

import re

from pipeline.model.record import Record

_FIRST = r"(?:[A-Z]\w*[a-z]\w*|U\.S\.|U\.K\.|EU|EEC|US|UK)"
_NAME = rf"(?:the\s+)?({_FIRST}(?:[ -](?:and |of |the )?[A-Z]\w*)*)(?!\s?[$£€\d])"
_TO = re.compile(r"(?<!ccording )\b(?:to|with|into)\s+" + _NAME)
_FROM = re.compile(r"\bfrom\s+" + _NAME)
_REST = re.compile(r"\b[Nn]on-([A-Z]\w+)")
_MONTHS = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|RMB|CNY|USD|Rs|Dec)[a-z]*\b"
)


def region_of(record: Record) -> str | None:
    """The partner that the words before the record's number name, where the record has none; None if there
    is none.

    Only trade flows; an area behind `from` is a partner of imports alone.
    """
    at = record.sentence.find(record.quote)
    if record.flow is None or at < 0:
        return None
    clause = re.split(r"[;.]\s", record.sentence[:at])[-1]
    rest = list(_REST.finditer(clause))
    if record.counterpart_area:
        return f"region non-{rest[-1][1].lower()}" if rest else None
    patterns = (_TO, _FROM, _REST) if record.flow == "imports" else (_TO, _REST)
    found = [(m.start(), m[1]) for pattern in patterns for m in pattern.finditer(clause) if not _MONTHS.match(m[1])]
    return f"region {max(found)[1].lower()}" if found else None
