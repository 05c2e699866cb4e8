"""Records for tests: a figure in few words, everything else filled in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pipeline.model.record import Record

SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6}
PERCENT = ("growth", "share")


def figure(quote: str, at: int, **fields: Any) -> Record:
    """A record printed as `quote` (`4.67 billion`, `-6.5%`) at offset `at`: value and rounding from the
    digits."""
    number = quote.replace("%", "").split()[0].replace(",", "")
    scale = next((size for word, size in SCALES.items() if word in quote), fields.pop("scale", 1))
    value, half = Decimal(number) * scale, half_width(number) * scale
    measure = fields.pop("measure", "level")
    unit = "percent" if measure in PERCENT else "CNY"
    defaults: dict[str, Any] = {
        "id": f"doc:{at}",
        "document": "doc",
        "measure": measure,
        "bound": "=",
        "unit_measure": unit,
        "flow": "total",
        "indicator": "foreign trade",
        "ref_area": "CN-HL",
        "time_period": "2021-S1",
        "comparison": "yoy" if measure == "growth" else None,
        "sentence": f"sentence {at // 1000} with {quote}",
        "extraction": "test",
        "confidence": 0.95,
    }
    defaults.update(fields)
    return Record(
        char_start=at,
        char_end=at + len(quote),
        quote=quote,
        obs_value=value,
        lower=value - half,
        upper=value + half,
        **defaults,
    )


def half_width(number: str) -> Decimal:
    """Half a unit of the last printed digit."""
    exponent = Decimal(number).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) / 2
