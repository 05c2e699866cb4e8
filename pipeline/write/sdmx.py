"""SDMX-CSV 2.0 with its data structure definition and codelists (SDMX-ML 3.0).

An observation is a key (flow, indicator, commodity, areas, measure, unit, comparison, period) with a value;
where several records state one, the first in the order of `observations` is taken. Left out, because SDMX
can't say them: ranks, records without a period or with an unknown year, values beyond 26 digits.

Codes are made of the words where there is no standard code: `rubber boots` is `RUBBER_BOOTS`; two texts that
would get one code are told apart by a hash. Every code of the data is looked up in its codelist before
anything is written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.errors import StoreError
from pipeline.write.observations import precedence_sql

AGENCY, VERSION = "TALLY", "1.0"
_NOT_CODE = re.compile(r"[^A-Z0-9_@$-]+")
_CODE = re.compile(r"[A-Za-z0-9_@$-]+")
_PERIOD = re.compile(r"\d{4}(-(S[12]|Q[1-4]|\d\d(-\d\d)?))?|\d{4}-\d\d-\d\d/P\d+[YMD]")

FIXED = {
    "FLOW": {
        "imports": "Imports",
        "exports": "Exports",
        "total": "Imports and exports",
        "balance": "Balance",
    },
    "MEASURE": {
        "level": "Level",
        "growth": "Relative change in percent",
        "multiple": "Relative change as a factor",
        "difference": "Absolute change",
        "share": "Part of a whole in percent",
    },
    "COMPARISON": {
        "yoy": "Same period a year earlier",
        "mom": "Month before",
        "qoq": "Quarter before",
        "previous": "Preceding span",
    },
    "OBS_STATUS": {"A": "Actual", "E": "Estimate", "F": "Forecast", "T": "Target"},
    "CHECK": {
        "confirmed": "Confirmed by other figures",
        "unchecked": "Nothing to check it with",
        "conflicting": "Contradicted by other figures",
        "repaired": "Repaired",
    },
}
OPEN = ("INDICATOR", "COMMODITY", "REF_AREA", "COUNTERPART_AREA", "UNIT_MEASURE", "COUNTED")
NONE = "_Z"
DIMENSIONS = (
    "FLOW", "INDICATOR", "COMMODITY", "REF_AREA", "COUNTERPART_AREA", "MEASURE", "UNIT_MEASURE", "COUNTED",
    "COMPARISON", "TIME_PERIOD",
)  # fmt: skip
ATTRIBUTES = ("OBS_STATUS", "CHECK", "BOUND", "LOWER", "UPPER", "DOCUMENT", "RECORD")


@dataclass
class Codes:
    """A codelist that grows with the data: text -> code."""

    by_text: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def of(self, text: str | None) -> str:
        """The code of a text; `_Z` (not applicable) for none."""
        if not text:
            self.names.setdefault(NONE, "Not applicable")
            return NONE
        key = text.casefold()
        if key not in self.by_text:
            self.by_text[key] = self._new(text)
        return self.by_text[key]

    def _new(self, text: str) -> str:
        code = _NOT_CODE.sub("_", text.upper()).strip("_")[:60]
        if not code or code in self.names:
            code = f"{code or 'X'}_{hashlib.sha256(text.casefold().encode()).hexdigest()[:8].upper()}"
        self.names[code] = " ".join(text.split())
        return code


def write(out: Path, folder: Path) -> None:
    """`observations.csv` (SDMX-CSV 2.0) and `structure.xml` (SDMX-ML 3.0) of the run in `out`."""
    import pandas as pd
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model.message import Header

    codes = {name: Codes() for name in OPEN}
    data = pd.DataFrame(list(_observations(out, codes)), columns=[*DIMENSIONS, "OBS_VALUE", *ATTRIBUTES], dtype=str)
    lists = {name: {**FIXED[name], NONE: "Not applicable"} for name in FIXED}
    lists.update((name, {**codes[name].names, NONE: "Not applicable"}) for name in OPEN)
    check_codes(data, lists)
    structures, _ = _structures(lists, exact=False)
    # pysdmx reads a decimal column as a double, which loses digits: for the writing the values stay text.
    _, definition = _structures(lists, exact=True)
    dataset = PandasDataset(structure=definition.to_schema(), data=data)
    write_sdmx([dataset], Format.DATA_SDMX_CSV_2_0_0, output_path=str(folder / "observations.csv"))
    path = str(folder / "structure.xml")
    write_sdmx(structures, Format.STRUCTURE_SDMX_ML_3_0, output_path=path, header=Header(id="TALLY"))


def check_codes(data: Any, lists: dict[str, dict[str, str]]) -> None:
    """Raises StoreError for a code that its list does not have, or that SDMX does not allow."""
    for name, codes in lists.items():
        used = set(data[name])
        if strange := sorted(code for code in used if code not in codes or not _CODE.fullmatch(code)):
            raise StoreError(f"SDMX export: {name} has no code {strange[0]!r}; this is a fault of Tally, report it")


def _observations(out: Path, codes: dict[str, Codes]) -> Iterator[tuple[str, ...]]:
    """Rows of the data set, by key."""
    import duckdb

    with duckdb.connect(str(out / "tally.duckdb"), read_only=True) as db:
        cursor = db.execute(precedence_sql())
        names = [column[0] for column in cursor.description]
        seen: set[tuple[str, ...]] = set()
        while page := cursor.fetchmany(5000):
            for values in page:
                row = dict(zip(names, values, strict=True))
                if _PERIOD.fullmatch(row["time_period"]):
                    coded = _coded(row, codes)
                    if (key := coded[: len(DIMENSIONS)]) not in seen:
                        seen.add(key)
                        yield coded


def _coded(row: dict[str, Any], codes: dict[str, Codes]) -> tuple[str, ...]:
    return (
        row["flow"] or NONE,
        codes["INDICATOR"].of(row["indicator"]),
        codes["COMMODITY"].of(row["commodity"]),
        codes["REF_AREA"].of(row["ref_area"]),
        codes["COUNTERPART_AREA"].of(row["counterpart_area"]),
        row["measure"],
        codes["UNIT_MEASURE"].of(row["unit_measure"]),
        codes["COUNTED"].of(row["counted"]),
        row["comparison"] or NONE,
        row["time_period"],
        _number(row["obs_value"]),
        row["obs_status"],
        row["check"],
        row["bound"],
        _number(row["lower"]),
        _number(row["upper"]),
        row["document"],
        row["id"],
    )


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _structures(lists: dict[str, dict[str, str]], *, exact: bool) -> tuple[list[Any], Any]:
    """Codelists, concepts and the data structure definition; with `exact` numbers are declared as text."""
    from pysdmx.model import Code, Codelist, Concept, ConceptScheme, DataType
    from pysdmx.model.dataflow import Components, DataStructureDefinition

    codelists = {
        name: Codelist(
            id=f"CL_{name}",
            agency=AGENCY,
            version=VERSION,
            name=name.replace("_", " ").capitalize(),
            items=[Code(id=code, name=text) for code, text in sorted(codes.items())],
        )
        for name, codes in lists.items()
    }
    ids = (*DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)
    concepts = ConceptScheme(
        id="CS_TALLY",
        agency=AGENCY,
        version=VERSION,
        name="Concepts",
        items=[Concept(id=id_, name=id_.replace("_", " ").capitalize()) for id_ in ids],
    )
    number = DataType.STRING if exact else DataType.DECIMAL
    definition = DataStructureDefinition(
        id="DSD_TALLY",
        agency=AGENCY,
        version=VERSION,
        name="Figures stated in documents",
        components=Components(_components(ids, codelists, number)),
    )
    return [*codelists.values(), concepts, definition], definition


def _components(ids: Iterable[str], codelists: dict[str, Any], number: Any) -> list[Any]:
    from pysdmx.model import DataType, ItemReference
    from pysdmx.model.dataflow import Component, Role

    types = {"TIME_PERIOD": DataType.PERIOD, "OBS_VALUE": number, "LOWER": number, "UPPER": number}
    roles = {"OBS_VALUE": Role.MEASURE} | dict.fromkeys(DIMENSIONS, Role.DIMENSION)
    return [
        Component(
            id=id_,
            required=id_ not in ATTRIBUTES,
            role=roles.get(id_, Role.ATTRIBUTE),
            concept=ItemReference(sdmx_type="Concept", agency=AGENCY, id="CS_TALLY", version=VERSION, item_id=id_),
            local_codes=codelists.get(id_),
            local_dtype=types.get(id_, DataType.STRING),
            attachment_level="O" if id_ in ATTRIBUTES else None,
        )
        for id_ in ids
    ]
