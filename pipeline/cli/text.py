"""`tally text`: the figures of one text."""

from __future__ import annotations

import sys

import msgspec

from pipeline.cli.output import FIGURE_HEADER, clean, figure_row, say, say_table
from pipeline.errors import UsageError


def text_command(words: str, published: str | None, *, as_json: bool) -> int:
    """Prints the figures of `words` (of standard input for `-`); returns the exit status."""
    from pipeline.stages import process_text
    from pipeline.store.result import plain_record

    outcome = process_text(given(words), published=checked_date(published))
    records = [plain_record(record) for record in outcome.reconciliation.records]
    if as_json:
        for record in records:
            say(msgspec.json.encode(record).decode())
        return 0
    if not records:
        say("no figures found")
        return 0
    say_table(FIGURE_HEADER, map(figure_row, records), right=(2,))
    for finding in outcome.reconciliation.findings:
        say(f"{finding.severity}: {finding.rule}: {clean(finding.equation)}")
    return 0


def given(words: str) -> str:
    """The text itself, or all of standard input for `-`. Raises UsageError where there is none."""
    text = sys.stdin.buffer.read().decode("utf-8", "replace") if words == "-" else words
    if not text.strip():
        raise UsageError("no text given; write it in quotes, or - and pipe it in")
    return text


def checked_date(published: str | None) -> str | None:
    """`published` if it is a date. Raises UsageError."""
    from datetime import date

    if published is None:
        return None
    parts = published.split("-")
    try:
        whole = [int(part) for part in parts] + [1] * (3 - len(parts))
        valid = len(parts) <= 3 and len(parts[0]) == 4 and all(len(part) == 2 for part in parts[1:]) and date(*whole)
    except ValueError:
        valid = None
    if not valid:
        raise UsageError(f"--published {published}: no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return published
