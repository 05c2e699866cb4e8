"""Made-up trade releases and yearbook tables whose figures agree, with or without a planted error or damaged
cells."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec

from pipeline.model.record import Record
from tests.reconcile.making import figure, half_width

PARTNERS = ("RU", "US", "JP", "KR", "VN", "BR")
GOODS = ("machinery", "timber", "coal", "soybean oil", "clothing", "cables", "rubber tires", "steel")
BILLION = Decimal(10**9)


def rounded(value: Decimal, places: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


class Writer:
    """Puts figures one behind the other; a new sentence every thousand characters."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.sentence = 0

    def say(self, quote: str, **fields: Any) -> None:
        at = self.sentence * 1000 + 20 * len(self.records) % 980
        fields.setdefault("sentence", f"sentence number {self.sentence} of the release")
        self.records.append(figure(quote, at + len(self.records), **fields))

    def amount(self, now: Decimal, before: Decimal, places: int, **fields: Any) -> None:
        self.say(f"{rounded(now / BILLION, places)} billion", **fields)
        self.say(f"{rounded((now / before - 1) * 100, 1)}%", measure="growth", **fields)

    def share(self, part: Decimal, whole: Decimal, of: str, **fields: Any) -> None:
        self.say(f"{rounded(part / whole * 100, 1)}%", measure="share", share_of=of, **fields)


def release(seed: int) -> list[Record]:
    """Total, exports and imports with growth; partners and products with growth and shares: about 30
    figures."""
    rng = random.Random(seed)
    sold, bought = (Decimal(rng.randint(20_000, 900_000)) * 10**6 for _ in range(2))
    earlier = [v / Decimal(rng.randint(750, 1600)) * 1000 for v in (sold, bought)]
    out, places = Writer(), 2
    out.amount(sold + bought, sum(earlier, Decimal(0)), places, flow="total")
    out.sentence += 1
    out.amount(sold, earlier[0], places, flow="exports")
    out.amount(bought, earlier[1], places, flow="imports")
    for partner in rng.sample(PARTNERS, 3):
        out.sentence += 1
        _part(out, rng, sold + bought, flow="total", counterpart_area=partner)
    for goods in rng.sample(GOODS, 3):
        out.sentence += 1
        _part(out, rng, sold, flow="exports", commodity=goods)
    return out.records


def _part(out: Writer, rng: random.Random, whole: Decimal, **fields: Any) -> None:
    part = whole * rng.randint(40, 250) / 1000
    out.amount(part, part / Decimal(rng.randint(700, 1900)) * 1000, 2, **fields)
    out.share(part, whole, f"{fields['flow']}//CN-HL/", **fields)


def yearbook(seed: int, years: int = 5) -> list[Record]:
    """Imports, exports and total by year, each with growth, in one table."""
    rng = random.Random(seed)
    levels = {f: [Decimal(rng.randint(30_000, 400_000)) * 10**6] for f in ("imports", "exports")}
    for series in levels.values():
        for _ in range(years):
            series.append(series[-1] * rng.randint(600, 1700) / 1000)
    levels["total"] = [a + b for a, b in zip(levels["imports"], levels["exports"], strict=True)]
    cells = []
    for row, flow in enumerate(("total", "imports", "exports")):
        for year in range(1, years + 1):
            now, before = levels[flow][year], levels[flow][year - 1]
            place = {"table": "1", "row": row, "flow": flow, "time_period": str(2010 + year), "sentence": ""}
            at = row * 1000 + year * 40
            amount = rounded(now / BILLION, 2)
            cells.append(figure(amount, at, scale=BILLION, column=2 * year, **place))
            rate = rounded((now / before - 1) * 100, 1)
            cells.append(figure(rate, at + 20, measure="growth", column=2 * year + 1, **place))
    return cells


def goods_names(count: int) -> list[str]:
    """`count` names of goods, the first of them real ones."""
    return [*GOODS, *(f"kind {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(count - len(GOODS)))][:count]


def by_goods(seed: int, products: int = 7) -> list[Record]:
    """Exports by product for two years, with growth, a share and a total row."""
    rng = random.Random(seed)
    now = sorted((Decimal(rng.randint(200, 90_000)) * 10**6 for _ in range(products)), reverse=True)
    before = [v / rng.randint(600, 1900) * 1000 for v in now]
    named = zip(goods_names(products), now, before, strict=True)
    rows = [(None, sum(now, Decimal(0)), sum(before, Decimal(0))), *named]
    cells = []
    for row, (goods, value, earlier) in enumerate(rows):
        place = {"table": "1", "row": row, "flow": "exports", "commodity": goods, "sentence": ""}
        printed = [
            (rounded(earlier / BILLION, 2), "level", {"time_period": "2020", "scale": BILLION}),
            (rounded(value / BILLION, 2), "level", {"time_period": "2021", "scale": BILLION}),
            (rounded((value / earlier - 1) * 100, 1), "growth", {"time_period": "2021"}),
        ]
        if goods:
            printed.append((rounded(value / rows[0][1] * 100, 1), "share", {"time_period": "2021"}))
        for column, (quote, measure, more) in enumerate(printed):
            at = row * 1000 + column * 30
            cells.append(figure(quote, at, measure=measure, column=column, **place, **more))
    return cells


def lost_point(text: str, rng: random.Random) -> str:
    return text.replace(".", "", 1)


def lost_sign(text: str, rng: random.Random) -> str:
    return text[1:] if text.startswith("-") else "-" + text


def misread(text: str, rng: random.Random) -> str:
    at = rng.choice([i for i, c in enumerate(text) if c.isdigit()][:2])
    return text[:at] + rng.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def swapped(text: str, rng: random.Random) -> str:
    spots = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1] != "0"]
    return text if not spots else text[: spots[0]] + text[spots[0] + 1] + text[spots[0]] + text[spots[0] + 2 :]


def displaced(text: str, rng: random.Random) -> str:
    whole, _, decimals = text.partition(".")
    return (
        f"{whole}{decimals[:1]}.{decimals[1:]}" if len(decimals) > 1 else f"{whole[:-1] or '0'}.{whole[-1:]}{decimals}"
    )


SLIPS: dict[str, Callable[[str, random.Random], str]] = {
    "lost point": lost_point,
    "sign": lost_sign,
    "misread": misread,
    "swapped": swapped,
    "displaced": displaced,
}


def with_slip(record: Record, slip: str, rng: random.Random) -> Record | None:
    """The record as printed with the slip; None where the slip changes nothing or less than anybody could
    see."""
    number, _, rest = record.quote.partition(" ")
    digits = SLIPS[slip](number.removesuffix("%"), rng)
    if slip == "sign" and record.measure != "growth":
        return None
    if not Decimal(digits):
        return None
    old = Decimal(number.removesuffix("%"))
    scale = record.obs_value / old if old else Decimal(0)
    value, half = Decimal(digits) * scale, half_width(digits) * abs(scale)
    apart = abs(value - record.obs_value)
    if not scale or apart < max(abs(record.obs_value) / 25, Decimal(2) if record.measure != "level" else Decimal(0)):
        return None
    quote = number.replace(number.removesuffix("%"), digits) + (f" {rest}" if rest else "")
    return msgspec.structs.replace(record, quote=quote, obs_value=value, lower=value - half, upper=value + half)


def replaced(records: Sequence[Record], new: Record) -> list[Record]:
    return [new if record.id == new.id else record for record in records]
