"""Indicators: noun phrases that are a statistic of their own, and what a bare percent of one means."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.lexicon import load


@cache
def _heads() -> frozenset[str]:
    return frozenset(form.lower() for row in load.rows("indicator_heads") for form in load.values(row["heads"]))


@cache
def _rates() -> tuple[tuple[str, dict[str, str]], ...]:
    forms = [(form.lower(), row) for row in load.rows("indicators") for form in load.values(row["forms"])]
    return tuple(sorted(forms, key=lambda pair: -len(pair[0])))


_BODIES = frozenset("ministry minister bank office agency bureau department board institute association".split())


@lru_cache(maxsize=4096)
def rate_of(indicator: str | None) -> dict[str, str] | None:
    """The lexicon row of an indicator whose bare percent is not a growth (`unemployment rate`, `inflation`),
    or None."""
    if not indicator or indicator.lower().split()[-1] in _BODIES:
        return None
    lower = f" {indicator.lower()} "
    known = next((row for form, row in _rates() if f" {form} " in lower), None)
    if known is None and lower.split(" of ")[0].split()[-1] in ("rate", "rates", "ratio", "yield", "yields"):
        return {"name": indicator, "reads": "growth" if "growth" in lower else "level", "monthly": ""}
    return known


# `the average price fetched`
_TRAILING = ("fetched", "paid", "achieved", "realised", "realized", "obtained", "charged", "asked")


@lru_cache(maxsize=4096)
def is_statistic(noun: str) -> bool:
    """Whether a noun phrase is a statistic of its own (`cargo volume`), not a product (`rubber tires`)."""
    head = noun.lower().split(" of ")[0].split()
    if len(head) > 1 and head[-1] in _TRAILING:
        head.pop()
    return bool(head) and (head[-1] in _heads() or rate_of(noun) is not None)


_AMOUNTS = frozenset(
    (
        "volume output production stocks stock reserves reserve throughput consumption demand supply capacity cargo "
        "freight traffic harvest crop catch yield tonnage shipments deliveries runs inventories inventory arrivals "
        "area stockpiles turnover resources landings"
    ).split()
)


_COUNTED = frozenset(
    (
        "trips flights ships vessels vehicles trains trucks wagons containers teus passengers visitors tourists "
        "arrivals departures crossings parcels companies enterprises firms operators businesses traders workers "
        "people persons residents students days routes stores outlets factories jobs posts employers households lines "
        "cars tractors bags units population"
    ).split()
)


def counted_noun(noun: str | None) -> str | None:
    """What is counted where a statistic counts things (`transit passengers`, `the number of ships`), or None."""
    if not noun:
        return None
    if noun.lower().startswith("number of "):
        return noun[10:]
    if noun.lower().endswith(" numbers"):
        return f"{noun[:-8]}s"
    return noun if noun.lower().split(" of ")[0].split()[-1] in _COUNTED else None


def is_amount(noun: str) -> bool:
    """Whether a noun phrase is itself measured in tonnes, barrels or the like (`cargo volume`, `output`, `stocks`)."""
    return any(word in _AMOUNTS for word in noun.lower().split())


@cache
def _companies() -> frozenset[str]:
    return frozenset(name for row in load.rows("companies") for name in load.values(row["names"]))


_FORMS = ("Co", "Co.", "Corp", "Corp.", "Inc", "Inc.", "Ltd", "Ltd.", "plc", "PLC", "AG", "SA", "NV", "ASA", "Oyj")


def is_company(noun: str) -> bool:
    """Whether a noun phrase is the name of a company (`Toyota`, `Ford Motor Co.`)."""
    return noun in _companies() or noun.split()[-1:] in [[form] for form in _FORMS]


@cache
def _activities() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        verb: (row["indicator"], load.values(row["kinds"]))
        for row in load.rows("activities")
        for verb in load.values(row["verbs"])
    }


def activity(verb: str, kind: str) -> str | None:
    """The indicator that an amount behind `verb` is of (`invested 387 million dollars`: investment), or None; `kind` is
    that of the amount's unit."""
    indicator, kinds = _activities().get(verb, ("", ()))
    return indicator if kind in kinds else None


_GDP = frozenset(("economy", "gdp", "gross domestic product", "economic output"))


def is_economy(indicator: str | None) -> bool:
    """Whether a statistic is the size of a whole economy (GDP, `the economy`, economic growth)."""
    return (indicator or "").lower() in (*_GDP, "gnp", "gross national product", "economic growth")


def canonical(indicator: str) -> str:
    """The indicator in the words of the field where texts have many for one thing (`the economy` grows: GDP)."""
    return "GDP" if indicator.lower() in _GDP else indicator


_STOCKS = ("reserves", "stocks", "inventories", "stockpiles")
_LABOUR = frozenset(
    "jobs posts jobless employment unemployment payrolls unemployed claimants claiming hourly workforce".split()
)


def is_stepwise(indicator: str | None) -> bool:
    """Whether a statistic is told from month to month: stocks, jobs, those without one, hourly pay."""
    lower = (indicator or "").lower()
    return lower.split(" of ")[0].endswith(_STOCKS) or not _LABOUR.isdisjoint(lower.split())
