"""Output folders for the tests of the review page: invented texts and findings, as a run would leave them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from pipeline.model.finding import Finding, Interval, Proposal
from pipeline.model.record import Record
from pipeline.store.result import DocumentRow

HARBOUR = """Nordhaven counts its trade

NORDHAVEN, July 20 (Quay Wire) -- Trade of the port came to 48.2 million dollars in the first half of 2021.
Exports made up 30.1 million dollars of it and imports 18.1 million dollars.
In 2020 trade stood at 6.3 million dollars and in 2021 at 7.5 million dollars, a rise of 190 percent.
Fish made up 40 percent, timber 35 percent and paper 52 percent of the exports.
The port shipped 2.6 million cases of apples, the mayor said; the table gives 26.
"""

HOSTILE = """<script>document.title = 'owned'</script> <img src=x onerror="alert(1)">
<a href="javascript:alert(1)">Exports</a> rose by 12 percent\u202e to 5.5\x07 million crowns \x1b[31mred.
They had stood at 9.9 million crowns in 2020.
"""

TABLE = {
    "document": "harbour",
    "page": None,
    "table": "t1",
    "bbox": None,
    "caption": "Trade of Nordhaven",
    "unit": "million dollars",
    "header_rows": 1,
    "damage": [],
    "rows": [["Year", "Trade", "Apples"], ["2020", "6.3", "20"], ["2021", "7.5", "26"]],
}


class Builder:
    """Collects the records and findings of texts; a figure is found by its quote in its text."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.records: dict[str, Record] = {}
        self.findings: list[Finding] = []

    def text(self, document: str, text: str) -> None:
        self.texts[document] = text

    def figure(self, document: str, quote: str, value: str, **fields: Any) -> str:
        text = self.texts[document]
        start = text.index(quote)
        line = text[text.rfind("\n", 0, start) + 1 : text.index("\n", start)]
        half = Decimal(fields.pop("half", "0.05"))
        number = Decimal(value)
        name = f"{document}:{start}"
        known: dict[str, Any] = {
            "measure": "level",
            "unit_measure": "USD",
            "indicator": "trade",
            "ref_area": "XN",
            "time_period": "2021",
            "bound": "=",
            "extraction": "prose",
            "confidence": 0.9,
            **fields,
        }
        self.records[name] = Record(
            id=name,
            document=document,
            char_start=start,
            char_end=start + len(quote),
            quote=quote,
            obs_value=number,
            lower=number - half,
            upper=number + half,
            sentence=line,
            **known,
        )
        return name

    def finding(self, rule: str, figures: Sequence[str], suspects: Sequence[str], equation: str, **fields: Any) -> str:
        name = fields.pop("id", f"F{len(self.findings) + 1}")
        documents = tuple(dict.fromkeys(self.records[f].document for f in figures))
        self.findings.append(
            Finding(
                id=name,
                rule=rule,
                severity=fields.pop("severity", "error"),
                documents=documents,
                figures=tuple(figures),
                suspects=tuple(suspects),
                equation=equation,
                **fields,
            )
        )
        for figure in figures:
            record = self.records[figure]
            check = "conflicting" if figure in suspects else record.check
            self.records[figure] = msgspec.structs.replace(record, findings=(*record.findings, name), check=check)
        return name

    def write(self, out: Path) -> Path:
        source = out / "source"
        source.mkdir(parents=True, exist_ok=True)
        documents = []
        for name, text in self.texts.items():
            path = source / f"{name}.txt"
            path.write_bytes(text.encode())
            documents.append(_document(name, path, text))
        write_lines(out / "documents.jsonl", documents)
        write_lines(out / "tables.jsonl", [TABLE] if "harbour" in self.texts else [])
        write_lines(out / "records.jsonl", list(self.records.values()))
        write_lines(out / "findings.jsonl", self.findings)
        return out


def _document(name: str, path: Path, text: str) -> DocumentRow:
    return DocumentRow(
        id=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        path=str(path),
        kind="text",
        title=text.split("\n", 1)[0],
        url=None,
        published=None,
        published_basis=None,
        language="en",
        ocr=False,
        characters=len(text),
        passages=1,
        tables=0,
        figures=0,
        findings=0,
        checks={},
        skipped={},
        seconds=0.1,
        versions={},
    )


def write_lines(path: Path, rows: Sequence[object]) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


def small(out: Path) -> Path:
    """Two documents, five findings: one hostile, one repaired by the program, one without proposals."""
    build = Builder()
    build.text("harbour", HARBOUR)
    build.text("hostile", HOSTILE)
    trade = build.figure("harbour", "48.2 million", "48200000", half="50000", flow="total", time_period="2021-S1")
    exports = build.figure("harbour", "30.1 million", "30100000", half="50000", flow="exports", time_period="2021-S1")
    imports = build.figure("harbour", "18.1 million", "18100000", half="50000", flow="imports", time_period="2021-S1")
    before = build.figure("harbour", "6.3 million", "6300000", half="50000", time_period="2020", check="confirmed")
    after = build.figure("harbour", "7.5 million", "7500000", half="50000", check="confirmed")
    growth = build.figure(
        "harbour",
        "190 percent",
        "190",
        half="0.5",
        measure="growth",
        unit_measure="percent",
        comparison="yoy",
    )
    share = {"measure": "share", "unit_measure": "percent", "flow": "exports", "half": "0.5"}
    fish = build.figure("harbour", "40 percent", "40", commodity="fish", **share)
    timber = build.figure("harbour", "35 percent", "35", commodity="timber", **share)
    paper = build.figure("harbour", "52 percent", "52", commodity="paper", **share)
    apples = build.figure(
        "harbour",
        "2.6 million",
        "2600000",
        half="50000",
        unit_measure="count",
        counted="cases of apples",
        table="t1",
        row=2,
        column=2,
    )
    build.finding(
        "growth_vs_levels",
        [growth, before, after],
        [growth],
        "7.5 / 6.3 - 1 = 17.3..20.8 %, printed 190 %",
        id="growth",
        expected=Interval(Decimal("17.3"), Decimal("20.8")),
        observed=Decimal(190),
        proposals=(
            Proposal(record=growth, obs_value=Decimal("19.0"), reason="lost decimal point", score=0.9),
            Proposal(record=growth, obs_value=Decimal("109"), reason="digits changed round", score=0.3),
        ),
    )
    build.finding(
        "shares_sum",
        [fish, timber, paper],
        [fish, timber, paper],
        "40 + 35 + 52 = 126..128 %, at most 100 %",
        id="shares",
        ambiguous=True,
        expected=Interval(None, Decimal("101.5")),
        observed=Decimal(127),
    )
    build.finding(
        "unit_plausibility",
        [apples],
        [apples],
        "2.6 million cases of apples, 26 in the table",
        id="apples",
        severity="warning",
        relation_suspect=True,
        proposals=(Proposal(record=apples, obs_value=Decimal("26000000"), reason="lost zero", score=0.4),),
    )
    build.finding(
        "sum_of_parts",
        [trade, exports, imports],
        [trade],
        "30.1 + 18.1 = 48.1..48.3, printed 48.2",
        id="sum",
        severity="info",
        status="repaired",
    )
    build.records[trade] = msgspec.structs.replace(
        build.records[trade], check="repaired", published_value=Decimal("4820000")
    )
    rose = build.figure(
        "hostile",
        "12 percent",
        "12",
        half="0.5",
        measure="growth",
        unit_measure="percent",
        comparison="yoy",
        ref_area="XH",
    )
    now = build.figure("hostile", "5.5\x07 million", "5500000", half="50000", unit_measure="SEK", ref_area="XH")
    then = build.figure(
        "hostile",
        "9.9 million",
        "9900000",
        half="50000",
        unit_measure="SEK",
        ref_area="XH",
        time_period="2020",
    )
    build.finding(
        "growth_vs_levels",
        [rose, now, then],
        [now],
        "<b>5.5</b> / 9.9 - 1 = -45.2..-43.7 %, printed 12 %",
        id="hostile'\"><script>alert(1)</script>",
        expected=Interval(Decimal("-45.2"), Decimal("-43.7")),
        observed=Decimal(12),
        proposals=(Proposal(record=now, obs_value=Decimal("11000000"), reason="<i>swapped</i> pair", score=0.5),),
    )
    return build.write(out)


def large(out: Path, findings: int) -> Path:
    """`findings` cases of three figures each, spread over documents of a hundred cases."""
    build = Builder()
    for start in range(0, findings, 100):
        name = f"bulletin-{start // 100:03}"
        lines = [
            f"Line {i}: output was {i}1.{i % 10} tons after {i}0.{i % 10} tons, up {i}9 percent."
            for i in range(start + 1, min(start + 100, findings) + 1)
        ]
        build.text(name, "\n".join(lines) + "\n")
        _bulletin(build, name)
    return build.write(out)


def _bulletin(build: Builder, name: str) -> None:
    for match in re.finditer(r"output was (\S+) tons after (\S+) tons, up (\d+ percent)", build.texts[name]):
        level = {"unit_measure": "metric_ton", "indicator": f"output {match[1]}"}
        figures = []
        for group, fields in ((1, level), (2, {**level, "time_period": "2020"}), (3, {})):
            start = match.start(group)
            value = Decimal(match[group].removesuffix(" percent"))
            plain: dict[str, Any] = {
                "measure": "level",
                "indicator": "output",
                "ref_area": "XN",
                "time_period": "2021",
            }
            measured = {"measure": "growth", "unit_measure": "percent", "comparison": "yoy"} if group == 3 else fields
            record = Record(
                id=f"{name}:{start}",
                document=name,
                char_start=start,
                char_end=match.end(group),
                quote=match[group],
                obs_value=value,
                lower=value,
                upper=value,
                bound="=",
                sentence=match[0],
                extraction="prose",
                confidence=0.9,
                **{**plain, **measured},
            )
            build.records[record.id] = record
            figures.append(record.id)
        build.finding(
            "growth_vs_levels",
            figures,
            figures[2:],
            f"{match[1]} / {match[2]} - 1 = 10 %, printed {match[3]}",
            expected=Interval(Decimal(9), Decimal(11)),
            observed=build.records[figures[2]].obs_value,
            proposals=(Proposal(record=figures[2], obs_value=Decimal(10), reason="misread digit", score=0.5),),
        )
