"""Made-up two-year tables of trade with growth rates, as systems for `tally check`, with or without planted errors."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


def rounded(value: Decimal, places: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def table_system(groups: int, products: int, seed: int) -> dict[str, Any]:
    """`groups` countries by `products` goods, both years, with sums by row, column and in all; growth by constraint."""
    rng = random.Random(seed)
    names: dict[str, tuple[Decimal, int]] = {}
    constraints: list[dict[str, Any]] = []
    for year in ("a", "b"):
        for i in range(groups):
            for j in range(products):
                names[f"{year}{i}_{j}"] = (Decimal(rng.randint(10_000, 99_999_999)) / 1000, 2)
        for i in range(groups):
            names[f"{year}{i}_sum"] = (sum((names[f"{year}{i}_{j}"][0] for j in range(products)), Decimal(0)), 2)
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
    return {"text": f"{whole} = sum", "terms": {whole: "1", **{p: "-1" for p in parts}}, "op": "==", "rhs": "0"}


def planted(system: dict[str, Any], count: int, seed: int) -> set[str]:
    """Changes a digit of `count` variables in place and names them."""
    rng = random.Random(seed)
    chosen = rng.sample(system["variables"], count)
    for variable in chosen:
        text = variable["value"]
        at = rng.randrange(0, len(text) - 3)
        other = rng.choice([d for d in "123456789" if d != text[at]])
        variable["value"] = text[:at] + other + text[at + 1:]
    return {variable["name"] for variable in chosen}
