"""`tally check`: the engine on a system of variables and constraints given as data, without documents."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import islice, product
from typing import Any

from pipeline.errors import SystemFileError
from pipeline.reconcile.claims import level
from pipeline.reconcile.figures import Figure, Stake, Surroundings, System
from pipeline.reconcile.intervals import Range, from_digits
from pipeline.reconcile.repair import Mend, implied, mends
from pipeline.reconcile.solve import Cluster, locate
from pipeline.reconcile.system import Row

MOST_SETS = 256
OPERATORS = ("==", "<=", ">=", "<", ">")


def check_system(data: Mapping[str, Any]) -> dict[str, Any]:
    """Finds the smallest sets of variables whose change makes the constraints hold, and slips that would.

    `data` is the parsed file: `{"variables": [{"name", "value": string or None, "decimals"?, "integer"?,
    "weight"?, "fixed"?}], "constraints": [{"text", "terms": {name: coefficient}, "op", "rhs", "tol"?}]}`.
    The answer holds `consistent`, `erroneous_sets` (all of minimum weight; `[[]]` when consistent, `[]` when
    nothing explains it), `conflicts` (texts of constraints that cannot all hold) and `proposals`. At most
    MOST_SETS sets are listed. Not supported: products of variables; whole-number variables are rounded, not
    branched on. Raises SystemFileError.
    """
    system = _system(data)
    rows = system.rows()
    clusters = locate(rows, system.weights())
    sets = [frozenset().union(*one) for one in islice(product(*(c.sets for c in clusters)), MOST_SETS)]
    return {
        "consistent": not clusters,
        "erroneous_sets": [sorted(one) for one in sets],
        "conflicts": [_texts(rows, conflict.rows) for c in clusters for conflict in c.conflicts],
        "proposals": _proposals(system, rows, clusters),
    }


def _texts(rows: list[Row], indices: tuple[int, ...]) -> list[str]:
    return list(dict.fromkeys(rows[i].label for i in indices if rows[i].label))


def _system(data: Mapping[str, Any]) -> System:
    system = System()
    try:
        known = {str(entry["name"]) for entry in data["variables"]}
        for entry in data["variables"]:
            _add_variable(system, entry)
        for entry in data["constraints"]:
            system.relations.append(_constraint(entry, known))
    except (KeyError, TypeError, AttributeError, InvalidOperation, ValueError, ZeroDivisionError) as error:
        raise SystemFileError(f"system: {_reason(error)}; see the format of `tally check`") from error
    return system


def _reason(error: Exception) -> str:
    return f"missing or unknown {error}" if isinstance(error, KeyError) else f"cannot be read ({error})"


def _add_variable(system: System, entry: Mapping[str, Any]) -> None:
    name = str(entry["name"])
    if name in system.figures:
        raise ValueError(f"variable {name} is given twice")
    if entry.get("value") is None:
        return
    printed, decimals = str(entry["value"]), entry.get("decimals")
    if not Decimal(printed).is_finite():
        raise ValueError(f"variable {name} is not a finite number")
    seen = from_digits(printed, None if decimals is None else int(decimals))
    figure = Figure(
        name,
        printed,
        Decimal(printed),
        _whole(seen) if entry.get("integer") else seen,
        weight=float(entry.get("weight", 1)),
        exact=decimals is None,
        blamable=not entry.get("fixed"),
    )
    figure.stakes.append(Stake(level(name), frozenset(), ""))
    system.figures[name] = figure


def _whole(seen: Range) -> Range:
    lower, upper = seen.ends
    return Range(Fraction(-(-lower.numerator // lower.denominator)), Fraction(upper.numerator // upper.denominator))


def _constraint(entry: Mapping[str, Any], known: set[str]) -> Row:
    terms = tuple((str(name), Fraction(Decimal(str(c)))) for name, c in entry["terms"].items())
    for name, _ in terms:
        if name not in known:
            raise KeyError(f"variable {name}")
    operator, right = entry["op"], Fraction(Decimal(str(entry["rhs"])))
    if operator not in OPERATORS:
        raise ValueError(f"operator {operator}")
    slack = Fraction(Decimal(str(entry.get("tol") or 0)))
    lower = None if operator in ("<=", "<") else right - slack
    upper = None if operator in (">=", ">") else right + slack
    used = tuple((name, c) for name, c in terms if c)
    return Row(used, Range(lower, upper), frozenset(), str(entry.get("text", "")), operator in ("<", ">"))


def _proposals(system: System, rows: list[Row], clusters: list[Cluster]) -> list[dict[str, Any]]:
    """For every lightest set of every cluster, the ways to mend it while the other clusters are left out."""
    found, system_rows = [], Surroundings(rows)
    for i, cluster in enumerate(clusters):
        others = frozenset().union(*(c.sets[0] for k, c in enumerate(clusters) if k != i and c.sets))
        for one in cluster.sets:
            found.extend(_mended(system, system_rows, sorted(one), others))
    return found


def _mended(system: System, rows: Surroundings, names: list[str], others: frozenset[str]) -> list[dict[str, Any]]:
    figures = [system.figures[name] for name in names]
    slips = [_as_data(mend) for mend in mends(rows, figures, {}, others)]
    return slips or _forced(rows, figures, others)


def _as_data(mend: Mend) -> dict[str, Any]:
    values = {name: _decimal(reading.value) for name, reading in mend.readings.items()}
    return {"set": values, "slips": {name: reading.kind for name, reading in mend.readings.items()}}


def _decimal(value: Fraction) -> str:
    return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")


def _forced(rows: Surroundings, figures: list[Figure], others: frozenset[str]) -> list[dict[str, Any]]:
    """No slip mends it: the middle of what the constraints leave, where a single figure is wrong and
    bounded."""
    if len(figures) != 1:
        return []
    room = implied(rows, figures[0], others)
    if not room.bounded or room.empty:
        return []
    return [{"set": {figures[0].name: _decimal(room.middle)}, "slips": {}}]
