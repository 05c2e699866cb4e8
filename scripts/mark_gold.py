"""Builds the development gold set (tests/gold) from texts that carry their annotation in line.

Each tests/gold/marked/NAME.txt is the document with every figure marked by hand:

    Exports rose {{6.5%|G;x}} to {{4.67 billion|L;x;u=CNY}} yuan

A mark is {{QUOTE|KIND;field;field...}}. KIND is L level, G growth, S share, D difference, M multiple,
or O (not required, only the value is given); a minus after it makes the value negative.
Fields: x m t b n (flow exports, imports, total, balance, none), KEY=VALUE with the keys of FIELDS,
~ > < >= <= (bound), ? (not required). After `=`: nothing is null, `*` is not scored, `|` parts alternatives,
e=N says that the quote is in units of ten to the N,
A=X|Y that the areas are right in either order (trade between X and Y). What a mark leaves out comes
from the values in force.
{{QUOTE|=LABEL}} is another place of the figure that has id=LABEL (a passage printed twice).
{{@KEY=VALUE;...}} sets values in force from there on; at the start of a document all are null.

Lines of their own, which are not part of the text:
@cols SPEC || SPEC        the columns of a table
@r KEY=VALUE;...          before a table row: its numbers are marked by the columns, in order
@wrap N                   paragraphs from here are wrapped at N columns after four blanks; 0 ends that
@finding RULE; suspects=LABEL,...; figures=LABEL,...; repair=VALUE; note=...    an error planted on purpose

Writes texts/NAME.txt, figures.jsonl and findings.jsonl; with --rest lists the numbers left unmarked.
Not supported: marks across paragraphs, figures in PDF or HTML.
"""

import json
import re
import sys
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
Figure = dict[str, Any]
KEYS = [
    "document",
    "spans",
    "quote",
    "required",
    "measure",
    "bound",
    "unit_measure",
    "counted",
    "flow",
    "indicator",
    "commodity",
    "ref_area",
    "counterpart_area",
    "areas",
    "time_period",
    "comparison",
    "obs_status",
    "obs_value",
]
STARRED = [k for k in KEYS[4:-1] if k not in ("counted", "areas")]
FIELDS = {
    "i": "indicator", "c": "commodity", "n": "counted", "R": "ref_area", "P": "counterpart_area",
    "T": "time_period", "cmp": "comparison", "st": "obs_status", "u": "unit_measure", "f": "flow",
    "v": "obs_value", "me": "measure", "b": "bound", "id": "id", "e": "exponent", "A": "areas",
}  # fmt: skip
FLOWS = {"x": "exports", "m": "imports", "t": "total", "b": "balance", "n": None}
KINDS = {"L": "level", "G": "growth", "S": "share", "D": "difference", "M": "multiple"}
BOUNDS = ("~", ">", "<", ">=", "<=")
SCALES = {
    "hundred": 2, "thousand": 3, "million": 6, "mln": 6, "m": 6, "crore": 7,
    "billion": 9, "bln": 9, "bn": 9, "trillion": 12,
}  # fmt: skip
WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "ten": "10", "half": "50", "third": "33.3333", "quarter": "25", "fifth": "20", "doubled": "2",
    "twice": "2", "first": "1", "second": "2", "fourth": "4",
}  # fmt: skip
MARK = re.compile(r"\{\{(.*?)\}\}", re.S)
CELL = re.compile(r"(?<=\s)(?:[-+]?\d[\d,]*(?:\.\d+)?%?|-|\.\.\.)(?=\s|$)")
# Private characters stand for the ends of a figure and for a paragraph's width while the text is laid out.
OPEN, CLOSE, WIDTH = "\ue000", "\ue001", "\ue002"


def value_of(quote: str) -> str:
    """The number of a quote with its scale words applied, as a plain decimal string."""
    text = re.sub(r"(?<=\d)\s*\.\s+(?=\d)", ".", quote.lower())
    found = re.search(r"[-+]?\d[\d,]*(?:\.\d+)?", text)
    word = next((w for w in re.findall(r"[a-z]+", text) if w in WORDS), "one")
    number = Decimal(found[0].replace(",", "") if found else WORDS[word])
    rest = text[found.end() :] if found else text
    return f"{number.scaleb(sum(SCALES.get(w, 0) for w in re.findall('[a-z]+', rest))):f}"


def parse_value(text: str) -> Any:
    """A field's value: null for nothing, `*` wherever it occurs, a list for alternatives."""
    parts = [p.strip() or None for p in text.split("|")]
    return "*" if "*" in parts else parts[0] if len(parts) == 1 else parts


def read_fields(spec: str) -> Figure:
    """The fields of a mark or directive under the gold's keys. ValueError for an unknown one."""
    out: Figure = {}
    for part in filter(None, (p.strip() for p in spec.split(";"))):
        key, eq, value = part.partition("=")
        if eq and key.strip() in FIELDS:
            out[FIELDS[key.strip()]] = parse_value(value)
        elif part in FLOWS:
            out["flow"] = FLOWS[part]
        elif part in BOUNDS:
            out["bound"] = part
        elif part == "?":
            out["required"] = False
        else:
            raise ValueError(f"unknown field {part!r} in {spec!r}")
    return out


def default_unit(measure: str, quote: str, unit: Any) -> Any:
    """The unit where the mark names none: a difference has the level's unit but for percentage points."""
    if measure == "difference" and "point" in quote:
        return "percentage_point"
    return {"growth": "percent", "share": "percent", "multiple": "ratio"}.get(measure, unit)


def defaults(measure: str, quote: str, state: Figure) -> Figure:
    """A figure as the values in force make it, before the mark's own fields."""
    compared = measure in ("growth", "multiple", "difference")
    areas = ("indicator", "commodity", "ref_area", "counterpart_area", "time_period")
    return {
        "quote": quote,
        "required": True,
        "measure": measure,
        "bound": "=",
        "unit_measure": default_unit(measure, quote, state.get("unit_measure")),
        "flow": state.get("flow"),
        **{key: state.get(key) for key in areas},
        "comparison": state.get("comparison", "yoy") if compared else None,
        "obs_status": state.get("obs_status") or "A",
    }


def make_figure(quote: str, spec: str, state: Figure) -> Figure:
    """A gold figure from a mark under the values in force."""
    kind, _, fields = spec.partition(";")
    own = read_fields(fields)
    if kind == "O":
        return {
            "obs_value": value_of(quote),
            **dict.fromkeys(STARRED, "*"),
            **own,
            "quote": quote,
            "required": False,
        }
    figure = {**defaults(KINDS[kind[0]], quote, state), **own}
    shift = int(figure.pop("exponent", 0))
    if "obs_value" not in own:
        figure["obs_value"] = f"{Decimal(kind[1:] + value_of(quote)).scaleb(shift):f}"
    if figure["flow"] is not None and "indicator" not in own:
        figure["indicator"] = "foreign trade"
    units = figure["unit_measure"]
    if "count" in (units if isinstance(units, list) else [units]):
        figure.setdefault("counted", state.get("counted", figure["indicator"]))
    return figure


def wrap(text: str, width: int) -> str:
    """A paragraph hard-wrapped at width; the private characters round a figure take no room."""
    lines, line = [], "    "
    for word in re.split(r"[ \n]+", text.strip()):
        if len(re.sub(f"[{OPEN}{CLOSE}]", "", line + word)) > width and line.strip():
            lines.append(line.rstrip())
            line = ""
        line += word + " "
    return "\n".join([*lines, line.rstrip()])


def mark_row(line: str, columns: list[str], fields: str) -> str:
    """A table row with its last numbers marked by the columns; cells without a digit are passed over."""
    found = list(CELL.finditer(line))[-len(columns) :]
    for cell, spec in reversed(list(zip(found, columns, strict=True))):
        if re.search(r"\d", cell[0]):
            mark = "{{" + f"{cell[0]}|{spec.strip()};{fields}" + "}}"
            line = line[: cell.start()] + mark + line[cell.end() :]
    return line


def expand(source: str) -> tuple[str, list[str]]:
    """The source without its @-lines (rows marked, paragraphs bear their width); the finding lines."""
    out, findings, columns, row, width = [], [], [""], "", "0"
    for line in source.split("\n"):
        word, _, rest = line.partition(" ")
        if word == "@cols":
            columns = rest.split("||")
        elif word == "@wrap":
            width = rest
        elif word == "@finding":
            findings.append(rest)
        elif word == "@r":
            row = rest + ";"
        elif row:
            out.append(mark_row(line, columns, row))
            row = ""
        else:
            out.append(f"{WIDTH}{width}{WIDTH}{line}" if width != "0" and line.strip() else line)
    return "\n".join(out), findings


def take_marks(source: str) -> tuple[str, list[tuple[str, str, Figure]]]:
    """The text with its marks reduced to private characters; and quote, spec and values in force of each."""
    state: Figure = {}
    marks: list[tuple[str, str, Figure]] = []

    def take(found: re.Match[str]) -> str:
        if found[1].startswith("@"):
            state.update(read_fields(found[1][1:]))
            return ""
        quote, _, spec = found[1].partition("|")
        marks.append((quote, spec, dict(state)))
        return OPEN + quote + CLOSE

    text = MARK.sub(take, source)
    return re.sub(f"{WIDTH}(\\d+){WIDTH}(.*)", lambda m: wrap(m[2], int(m[1])), text), marks


def strip_marks(text: str) -> tuple[str, list[list[int]]]:
    """The plain text, and the spans between the private characters."""
    before = [0, *accumulate(c not in (OPEN, CLOSE) for c in text)]
    starts = [before[i] for i, c in enumerate(text) if c == OPEN]
    ends = [before[i] for i, c in enumerate(text) if c == CLOSE]
    return re.sub(f"[{OPEN}{CLOSE}]", "", text), [list(p) for p in zip(starts, ends, strict=True)]


def build(name: str, source: str) -> tuple[str, list[Figure], list[Figure]]:
    """The plain text, the figures with their spans and the planted findings of one marked document."""
    source, finding_lines = expand(source)
    text, marks = take_marks(source)
    document, spans = strip_marks(text)
    figures: list[Figure] = []
    labels: dict[str, Figure] = {}
    for (_, spec, state), (start, end) in zip(marks, spans, strict=True):
        if spec.startswith("="):
            labels[spec[1:].strip()]["spans"].append([start, end])
            continue
        figure = {"document": name, "spans": [[start, end]], **make_figure(document[start:end], spec, state)}
        labels[figure.pop("id", "")] = figure
        figures.append({key: figure[key] for key in KEYS if key in figure})
    return document, figures, [finding_of(name, line, labels) for line in finding_lines]


def finding_of(name: str, line: str, labels: dict[str, Figure]) -> Figure:
    """A planted finding with the spans of its labelled figures."""
    head, _, note = line.partition("note=")
    rule, *parts = (p.strip() for p in head.split(";") if p.strip())
    given = dict(p.split("=", 1) for p in parts)
    spans = {key: [labels[x]["spans"][0] for x in given[key].split(",")] for key in ("suspects", "figures")}
    repair = parse_value(given.get("repair", ""))
    return {"document": name, "rule": rule, **spans, "repair": repair, "required": True, "note": note}


def rest(document: str, figures: list[Figure]) -> list[str]:
    """The tokens with a digit that no figure covers, each with a little context."""
    covered = [s for f in figures for s in f["spans"]]
    return [
        document[max(0, m.start() - 25) : m.end() + 15].replace("\n", " ")
        for m in re.finditer(r"\S*\d\S*", document)
        if not any(a < m.end() and m.start() < b for a, b in covered)
    ]


def as_lines(objects: list[Figure]) -> str:
    """JSON, one object a line."""
    return "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in objects)


def main() -> None:
    """Reads every marked document and writes texts and gold files."""
    all_figures, all_findings = [], []
    for path in sorted((GOLD / "marked").glob("*.txt")):
        document, figures, findings = build(path.stem, path.read_text(encoding="utf-8"))
        (GOLD / "texts" / path.name).write_text(document, encoding="utf-8")
        all_figures += figures
        all_findings += findings
        if "--rest" in sys.argv:
            print(f"{path.stem}: {len(figures)} figures; left:", *rest(document, figures), sep="\n    ")
    (GOLD / "figures.jsonl").write_text(as_lines(all_figures), encoding="utf-8")
    (GOLD / "findings.jsonl").write_text(as_lines(all_findings), encoding="utf-8")
    print(len(all_figures), "figures,", len(all_findings), "findings")


if __name__ == "__main__":
    main()
