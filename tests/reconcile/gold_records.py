"""The gold figures of the corpus beside the repository, as records with the printed values."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.model.record import Record

SHARED = Path(os.environ.get("TALLY_SHARED") or Path(__file__).resolve().parents[2] / ".." / "shared").resolve()
NUMBER = re.compile(r"\d[\d,]*(?:\.\s?\d+)?")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n\s*\n")


def gold_records() -> dict[str, list[Record]]:
    """Records by document, in text order; empty where the corpus is absent."""
    found: dict[str, list[Record]] = defaultdict(list)
    for path in sorted(SHARED.glob("gold/figures*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if entry["measure"] != "*":
                found[entry["document"]].append(record(entry, text_of(entry["document"])))
    return {name: places(sorted(of, key=lambda r: r.char_start)) for name, of in found.items()}


def text_of(document: str) -> str:
    return (SHARED / "corpus" / f"{document}.txt").read_text(encoding="utf-8")


def first(value: Any) -> Any:
    value = value[0] if isinstance(value, list) else value
    return None if value == "*" else value


def record(entry: dict[str, Any], text: str) -> Record:
    start, end = entry["spans"][0]
    quote = text[start:end]
    value = printed(entry, quote)
    half = half_width(quote, value)
    sentence = sentence_at(text, start, end)
    balance = first(entry["flow"]) == "balance" and re.search("deficit|gap|imbalance|shortfall", sentence)
    if balance and entry["measure"] == "level" and value > 0 and "surplus" not in sentence:
        value = -value
    fields = {
        k: first(entry.get(k))
        for k in ("counted", "flow", "commodity", "ref_area", "counterpart_area", "time_period", "comparison")
    }
    if "areas" in entry:
        fields["ref_area"], fields["counterpart_area"] = sorted(entry["areas"], key=str)
    return Record(
        id=f"{entry['document']}:{start}-{end}",
        document=entry["document"],
        char_start=start,
        char_end=end,
        quote=quote,
        measure=first(entry["measure"]),
        obs_value=value,
        lower=value - half,
        upper=value + half,
        bound=first(entry["bound"]) or "=",
        unit_measure=first(entry["unit_measure"]) or "count",
        indicator=first(entry["indicator"]) or "trade",
        obs_status=first(entry["obs_status"]) or "A",
        sentence=sentence,
        table=str(entry["table"]) if entry.get("table") else None,
        extraction="gold",
        confidence=1.0,
        **fields,
    )


def printed(entry: dict[str, Any], quote: str) -> Decimal:
    """The value that the printed digits give: of several in the gold the one with the quotation's digits."""
    options = entry["obs_value"] if isinstance(entry["obs_value"], list) else [entry["obs_value"]]
    found = NUMBER.search(quote)
    digits = re.sub(r"[^\d]", "", found[0]).strip("0") if found else ""
    exact = [v for v in options if found and v.lstrip("-") == found[0].replace(",", "")]
    fitting = exact or [v for v in options if v != "*" and digits_of(v) == digits]
    return (
        Decimal(sorted(fitting or [v for v in options if v != "*"] or ["0"], key=lambda v: not v.startswith("-"))[0])
        if any(v.startswith("-") for v in fitting) and first(entry["measure"]) != "growth"
        else repaired_back(entry, quote, Decimal((fitting or [v for v in options if v != "*"] or ["0"])[0]))
    )


def digits_of(value: str) -> str:
    return value.replace(".", "").lstrip("-").strip("0")


def repaired_back(entry: dict[str, Any], quote: str, value: Decimal) -> Decimal:
    """The gold may hold the mended value alone; what was printed is in the quotation."""
    if entry.get("table") and entry["unit_measure"] == "percent":
        return Decimal(quote.replace("−", "-"))
    return value


def half_width(quote: str, value: Decimal) -> Decimal:
    found = NUMBER.search(quote)
    if not found or not value:
        return Decimal("0.5") if not value else Decimal(0)
    number = Decimal(re.sub(r"[,\s]", "", found[0]))
    scale = abs(value / number) if number else Decimal(1)
    decimals = max(0, -number.as_tuple().exponent)
    return scale * Decimal(1).scaleb(-decimals) / 2 if decimals or scale > 1 else Decimal("0.5")


def sentence_at(text: str, start: int, end: int) -> str:
    breaks = [0, *(m.end() for m in SENTENCE.finditer(text)), len(text)]
    left = max(b for b in breaks if b <= start)
    right = min((b for b in breaks if b >= end), default=len(text))
    return text[left:right]


def places(records: list[Record]) -> list[Record]:
    """Rows and columns of table figures, from the lines they stand on."""
    import msgspec

    lines: dict[str, list[int]] = defaultdict(list)
    out = []
    for one in records:
        if one.table is None:
            out.append(one)
            continue
        text = text_of(one.document)
        line = text.rfind("\n", 0, one.char_start)
        row = lines[one.table].index(line) if line in lines[one.table] else len(lines[one.table])
        if row == len(lines[one.table]):
            lines[one.table].append(line)
        column = sum(o.table == one.table and o.row == row for o in out)
        out.append(msgspec.structs.replace(one, row=row, column=column, sentence=""))
    return out
