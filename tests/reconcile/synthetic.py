"""Made-up two-year tables of trade with growth rates, as systems for `tally check`, with or without planted
errors."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


def rounded(value: Decimal, places: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def table_system(groups: int, products: int, seed: int) -> dict[str, Any]:
    """`groups` countries by `products` goods, both years, with sums by row, column and in all; growth by
    constraint."""
    rng = random.Random(seed)
    names: dict[str, tuple[Decimal, int]] = {}
    constraints: list[dict[str, Any]] = []
    for year in ("a", "b"):
        for i in range(groups):
            for j in range(products):
                names[f"{year}{i}_{j}"] = (Decimal(rng.randint(10_000, 99_999_999)) / 1000, 2)
        for i in range(groups):
            names[f"{year}{i}_sum"] = (
                sum((names[f"{year}{i}_{j}"][0] for j in range(products)), Decimal(0)),
                2,
            )
            constraints.append(sum_of(f"{year}{i}_sum", [f"{year}{i}_{j}" for j in range(products)]))
        for j in range(products):
            parts = [f"{year}{i}_{j}" for i in range(groups)]
            names[f"{year}_{j}"] = (sum((names[p][0] for p in parts), Decimal(0)), 2)
            constraints.append(sum_of(f"{year}_{j}", parts))
        every = [f"{year}{i}_sum" for i in range(groups)]
        names[f"{year}_all"] = (sum((names[p][0] for p in every), Decimal(0)), 2)
        constraints.append(sum_of(f"{year}_all", every))
    variables = [{"name": n, "value": rounded(v, d), "decimals": d} for n, (v, d) in names.items()]
    return {"variables": variables, "constraints": constraints}


def sum_of(whole: str, parts: list[str]) -> dict[str, Any]:
    return {
        "text": f"{whole} = sum",
        "terms": {whole: "1", **dict.fromkeys(parts, "-1")},
        "op": "==",
        "rhs": "0",
    }


def planted(system: dict[str, Any], count: int, seed: int) -> set[str]:
    """Changes a digit of `count` variables in place and names them."""
    rng = random.Random(seed)
    chosen = rng.sample(system["variables"], count)
    for variable in chosen:
        text = variable["value"]
        at = rng.randrange(0, len(text) - 3)
        other = rng.choice([d for d in "123456789" if d != text[at]])
        variable["value"] = text[:at] + other + text[at + 1 :]
    return {variable["name"] for variable in chosen}


def trade_system(products: int, seed: int) -> dict[str, Any]:
    """Imports, exports and their total of `products` goods and in all, two years with growth: 9 figures a
    row."""
    rng = random.Random(seed)
    variables: list[dict[str, Any]] = []
    constraints: list[dict[str, Any]] = []
    levels: dict[str, Decimal] = {}
    for i in range(products):
        for flow in ("imports", "exports"):
            levels[f"{flow}{i}_0"] = Decimal(rng.randint(10_000, 999_999)) / 1000
            levels[f"{flow}{i}_1"] = levels[f"{flow}{i}_0"] * Decimal(rng.randint(600, 1900)) / 1000
    rows = [*map(str, range(products)), "_all"]
    for year in "01":
        for flow in ("imports", "exports"):
            parts = [f"{flow}{i}_{year}" for i in range(products)]
            levels[f"{flow}_all_{year}"] = sum((levels[p] for p in parts), Decimal(0))
            constraints.append(sum_of(f"{flow}_all_{year}", parts))
        for i in rows:
            parts = [f"imports{i}_{year}", f"exports{i}_{year}"]
            levels[f"total{i}_{year}"] = levels[parts[0]] + levels[parts[1]]
            constraints.append(sum_of(f"total{i}_{year}", parts))
    variables += [{"name": n, "value": rounded(v, 2), "decimals": 2} for n, v in levels.items()]
    for i in rows:
        for flow in ("imports", "exports", "total"):
            now, before = f"{flow}{i}_1", f"{flow}{i}_0"
            printed = rounded((levels[now] / levels[before] - 1) * 100, 1)
            variables.append({"name": f"growth_{flow}{i}", "value": printed, "decimals": 1})
            constraints.extend(growth_rows(now, before, Decimal(printed)))
    return {"variables": variables, "constraints": constraints}


def growth_rows(now: str, before: str, percent: Decimal) -> list[dict[str, Any]]:
    low, high = (1 + (percent + Decimal(end)) / 100 for end in ("-0.05", "0.05"))
    return [
        {"text": f"{now} / {before}", "terms": {now: "1", before: str(-low)}, "op": ">=", "rhs": "0"},
        {"text": f"{now} / {before}", "terms": {now: "1", before: str(-high)}, "op": "<=", "rhs": "0"},
    ]
