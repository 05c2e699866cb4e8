"""Builds the development gold set (tests/gold) from texts that carry their annotation in line.

Each tests/gold/marked/NAME.txt is the document with every figure marked by hand:

    Exports rose {{6.5%|G;x}} to {{4.67 billion yuan>yuan|L;x;u=CNY}}

A mark is {{QUOTE|KIND;field;field...}}. KIND is L level, G growth, S share, D difference, M multiple,
or O (not required, only the value is given); a minus after it makes the value negative.
Fields: x m t b n (flow exports, imports, total, balance, none), KEY=VALUE with the keys of KEYS,
`~ > < >= <=` (bound), `?` (not required), e=N (the value is in units of ten to the N), alternatives parted by `|`. Nothing after `=` is null, `*` is not scored.
{{QUOTE|=LABEL}} is another place of the figure labelled by `id=LABEL` (a passage printed twice).
{{@ KEY=VALUE; ...}} changes the values that later marks take over (at the start of a document all are null).
A line `@cols SPEC || SPEC` and a line `@r KEY=VALUE;...` before a table row mark the row's numbers in order.
`@wrap N` wraps the paragraphs after it at N columns, four blanks before each; `@wrap 0` ends that.
`@finding rule; suspects=LABEL,LABEL; figures=LABEL,...; repair=VALUE; note=...` plants a record in findings.jsonl.

Writes tests/gold/texts/NAME.txt, figures.jsonl and findings.jsonl; with --rest lists the numbers left unmarked.
Not supported: marks across paragraphs, figures in PDF or HTML.
"""

import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
FIELDS = {
    "i": "indicator", "c": "commodity", "n": "counted", "R": "ref_area", "P": "counterpart_area",
    "T": "time_period", "cmp": "comparison", "st": "obs_status", "u": "unit_measure", "f": "flow",
    "v": "obs_value", "b": "bound", "me": "measure", "areas": "areas", "id": "id", "e": "exponent",
}
FLOWS = {"x": "exports", "m": "imports", "t": "total", "b": "balance", "n": None}
KINDS = {"L": "level", "G": "growth", "S": "share", "D": "difference", "M": "multiple", "O": "*"}
SCALES = {
    "hundred": 2, "thousand": 3, "million": 6, "mln": 6, "mn": 6, "m": 6, "lakh": 5, "crore": 7,
    "billion": 9, "bln": 9, "bn": 9, "trillion": 12, "trln": 12, "trn": 12,
}
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "half": 50, "third": "33.3333", "quarter": 25, "fifth": 20, "doubled": 2, "tripled": 3, "first": 1, "second": 2, "fourth": 4, "sixth": 6, "seventh": 7, "single": 1,
    "twelve": 12, "dozen": 12, "eleven": 11, "fifteen": 15, "twenty": 20, "thirds": 3, "twice": 2, "fifths": 5,
}
MARK = re.compile(r"\{\{(.*?)\}\}", re.S)


class Figure(dict[str, Any]):
    """One gold figure while it is built."""


def value_of(quote: str) -> str:
    """The number of a quote with its scale words applied, as a plain decimal string."""
    text = quote.lower().replace("\n", " ").replace("−", "-")
    text = re.sub(r"(?<=\d)\s*\.\s+(?=\d)", ".", text)
    found = re.search(r"[-+]?\d[\d,]*(?:\.\d+)?", text)
    if found:
        number = Decimal(found[0].replace(",", "").lstrip("+"))
    else:
        number = Decimal(str(next(WORDS[w] for w in re.findall(r"[a-z]+", text) if w in WORDS)))
    tail = text[found.end():] if found else text
    for word in re.findall(r"[a-z]+", tail):
        number = number.scaleb(SCALES.get(word, 0))
    return f"{number:f}"


def parse_value(text: str) -> Any:
    """A field's value: null for nothing, a list for alternatives."""
    parts = [p.strip() or None for p in text.split("|")]
    if "*" in parts:
        return "*"
    return parts[0] if len(parts) == 1 else parts


def read_fields(spec: str) -> dict[str, Any]:
    """The fields of a mark or directive as gold keys."""
    out: dict[str, Any] = {}
    for part in (p.strip() for p in spec.split(";")):
        if not part:
            continue
        key, eq, value = part.partition("=")
        if eq and key.strip() in FIELDS:
            out[FIELDS[key.strip()]] = parse_value(value)
        elif part in FLOWS:
            out["flow"] = FLOWS[part]
        elif part in ("~", ">", "<", ">=", "<="):
            out["bound"] = part
        elif part == "?":
            out["required"] = False
        else:
            raise ValueError(f"unknown field {part!r} in {spec!r}")
    return out


def default_unit(kind: str, quote: str, unit: Any) -> Any:
    """The unit that a kind has where the mark names none: a difference has the level's unit but for points."""
    if kind == "D":
        return "percentage_point" if "point" in quote else unit
    return {"G": "percent", "S": "percent", "M": "ratio"}.get(kind, unit)


def make_figure(quote: str, spec: str, state: dict[str, Any]) -> Figure:
    """A gold figure from a mark under the values in force."""
    head, _, rest = spec.partition(";")
    kind, minus = head.strip()[0], head.strip()[1:] == "-"
    own = read_fields(rest)
    if kind == "O":
        starred = {k: "*" for k in ("measure", "bound", "unit_measure", "flow", "indicator", "commodity", "ref_area",
                                    "counterpart_area", "time_period", "comparison", "obs_status")}
        return Figure({"quote": quote, "required": False, **starred, "obs_value": own.pop("obs_value", None) or value_of(quote), **own})
    base = {
        "quote": quote, "required": True, "measure": KINDS[kind], "bound": "=",
        "unit_measure": default_unit(kind, quote, state.get("unit_measure")), "flow": state.get("flow"),
        "indicator": state.get("indicator"), "commodity": state.get("commodity"),
        "ref_area": state.get("ref_area"), "counterpart_area": state.get("counterpart_area"),
        "time_period": state.get("time_period"),
        "comparison": state.get("comparison") or "yoy" if kind in "GMD" else None,
        "obs_status": state.get("obs_status") or "A",
    }
    figure = Figure({**base, **own})
    exponent = int(figure.pop("exponent", 0))
    if "obs_value" not in own:
        figure["obs_value"] = f"{Decimal(('-' if minus else '') + value_of(quote)).scaleb(exponent):f}"
    if figure["flow"] is not None and "indicator" not in own:
        figure["indicator"] = "foreign trade"
    if figure["unit_measure"] == "count" and "counted" not in own:
        figure["counted"] = figure["indicator"]
    if "ref_area" not in own and "areas" in figure:
        figure["ref_area"] = figure["areas"][0]
    return figure


def wrap(text: str, width: int) -> str:
    """A paragraph hard-wrapped at width; the private characters round a figure take no room."""
    lines, line = [], "    "
    for word in re.split(r"[ \n]+", text.strip()):
        seen = re.sub(r"[\ue000\ue001]", "", line + word)
        if len(seen) > width and line.strip():
            lines.append(line.rstrip())
            line = ""
        line += word + " "
    return "\n".join([*lines, line.rstrip()])


def mark_row(line: str, columns: list[str], fields: str) -> str:
    """A table row with its numbers marked by the column specs; cells without a digit are passed over."""
    cells = re.compile(r"(?<=\s)[-+]?\d[\d,]*(?:\.\d+)?%?(?=\s|$)|(?<=\s)(?:-|\.\.\.|n\.a\.)(?=\s|$)")
    found = list(cells.finditer(line))[-len(columns):]
    assert len(found) == len(columns), (line, len(found), len(columns))
    for cell, spec in reversed(list(zip(found, columns, strict=True))):
        if re.search(r"\d", cell[0]):
            line = line[:cell.start()] + "{{" + f"{cell[0]}|{spec.strip()};{fields}" + "}}" + line[cell.end():]
    return line


def expand(source: str) -> tuple[str, list[str]]:
    """The source without @-lines: table rows marked, paragraphs wrapped; and the finding lines."""
    out, findings, columns, row, width = [], [], [], None, 0
    for line in source.split("\n"):
        if line.startswith("@cols "):
            columns = line[6:].split("||")
        elif line.startswith("@r"):
            row = line[2:].strip()
        elif line.startswith("@finding "):
            findings.append(line[9:])
        elif line.startswith("@wrap "):
            width = int(line[6:])
        elif row is not None:
            out.append(mark_row(line, columns, row))
            row = None
        else:
            out.append(f"\ue002{width}\ue002{line}" if width and line.strip() else line)
    return "\n".join(out), findings


def build(name: str, source: str) -> tuple[str, list[Figure], list[dict[str, Any]]]:
    """The plain text, the figures with their spans and the planted findings of one marked document."""
    source, finding_lines = expand(source)
    state: dict[str, Any] = {}
    marks: list[tuple[str, str]] = []
    specs: list[tuple[str, dict[str, Any]]] = []

    def take(found: re.Match[str]) -> str:
        body = found[1]
        if body.startswith("@"):
            state.update(read_fields(body[1:]))
            return ""
        quote, _, spec = body.partition("|")
        marks.append((quote, spec))
        specs.append((spec, dict(state)))
        return f"\ue000{quote}\ue001"

    text = MARK.sub(take, source)
    text = re.sub(r"\ue002(\d+)\ue002(.*)", lambda m: wrap(m[2], int(m[1])), text)
    plain, spans, start = [], [], 0
    length = 0
    for char in text:
        if char == "\ue000":
            start = length
        elif char == "\ue001":
            spans.append((start, length))
        else:
            plain.append(char)
            length += 1
    document = "".join(plain)
    figures: list[Figure] = []
    labels: dict[str, Figure] = {}
    for (quote, spec), (_, frozen), (a, b) in zip(marks, specs, spans, strict=True):
        assert document[a:b].split() == quote.split(), (name, quote, document[a:b])
        if spec.startswith("="):
            labels[spec[1:].strip()]["spans"].append([a, b])
            continue
        try:
            figure = make_figure(document[a:b], spec, frozen)
        except Exception as error:
            raise SystemExit(f"{name}: {quote!r} {spec!r}: {error!r}") from error
        label = figure.pop("id", None)
        figure["spans"] = [[a, b]]
        figures.append(figure)
        if label:
            labels[label] = figure
    findings = [finding_of(name, line, labels) for line in finding_lines]
    keys = ("spans", "quote", "required", "measure", "bound", "unit_measure", "counted", "flow", "indicator", "commodity",
            "ref_area", "counterpart_area", "areas", "time_period", "comparison", "obs_status", "obs_value")
    ordered = [Figure({"document": name, **{k: f[k] for k in keys if k in f}}) for f in figures]
    return document, ordered, findings


def finding_of(name: str, line: str, labels: dict[str, Figure]) -> dict[str, Any]:
    """A planted finding with the spans of its labelled figures."""
    rule, *parts = (p.strip() for p in line.split(";"))
    given = dict(p.split("=", 1) for p in parts if p)
    spans = {k: [labels[x.strip()]["spans"][0] for x in given[k].split(",")] for k in ("suspects", "figures")}
    return {"document": name, "rule": rule, **spans, "repair": parse_value(given.get("repair", "")),
            "required": given.get("required", "yes") == "yes", "note": given["note"]}


def rest(document: str, figures: list[Figure]) -> list[str]:
    """The tokens with a digit that no figure covers, each with a little context."""
    covered = [tuple(s) for f in figures for s in f["spans"]]
    out = []
    for found in re.finditer(r"\S*\d\S*", document):
        if not any(a < found.end() and found.start() < b for a, b in covered):
            out.append(document[max(0, found.start() - 25):found.end() + 15].replace("\n", "⏎"))
    return out


def main() -> None:
    """Reads every marked document and writes texts and gold files."""
    lines, finding_lines = [], []
    for path in sorted((GOLD / "marked").glob("*.txt")):
        document, figures, findings = build(path.stem, path.read_text(encoding="utf-8"))
        (GOLD / "texts" / path.name).write_text(document, encoding="utf-8")
        lines += [json.dumps(f, ensure_ascii=False) for f in figures]
        finding_lines += [json.dumps(f, ensure_ascii=False) for f in findings]
        if "--rest" in sys.argv:
            print(f"{path.stem}: {len(figures)} figures; left:", *rest(document, figures), sep="\n    ")
    (GOLD / "figures.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (GOLD / "findings.jsonl").write_text("".join(x + "\n" for x in finding_lines), encoding="utf-8")
    print(len(lines), "figures,", len(finding_lines), "findings")


if __name__ == "__main__":
    main()
