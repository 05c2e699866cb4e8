"""Stand-ins for the stages, quick and small, so that these tests try the batch and not the language.

A document is lines such as `exports of CN in 2021 were 4.67 USD`, each line one figure. `crash` breaks
extraction, `unreadable` reading. Two different values of the same thing in a document or between documents
make a finding.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import msgspec

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document, Passage, PassageKind, Published
from pipeline.model.finding import Finding, Interval, Proposal
from pipeline.model.record import Record
from pipeline.model.result import Equation, Extraction, Reconciliation, Skipped
from pipeline.model.rulings import NONE, Rulings

ENDINGS = (".jsonl.gz", ".jsonl", ".txt", ".html")
LINE = re.compile(
    r"^(?P<flow>exports|imports) of (?P<area>\w+) in (?P<period>\S+) (?P<verb>were|grew) (?P<value>-?[\d.]+)"
    r" (?P<unit>\w+)$",
    re.MULTILINE,
)


def ending_of(path: Path) -> str | None:
    return next((ending for ending in ENDINGS if path.name.lower().endswith(ending)), None)


def document(text: str, id: str, path: str, sha256: str, kind: str, published: str | None) -> Document:
    if "unreadable" in text:
        raise UnreadableDocument(path, "is unreadable; mend it")
    date = Published(published, "given") if published else None
    passages = (Passage(PassageKind.BODY, ((0, len(text)),)),)
    return Document(id=id, path=path, sha256=sha256, kind=kind, text=text, passages=passages, published=date)


def read_path(path: Path, *, published: str | None, root: Path | None) -> Iterator[Document | UnreadableDocument]:
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if path.suffix == ".jsonl":
        line = msgspec.json.decode(data)
        text = line["text"] if "text" in line else re.sub("<[^>]+>", "", line["html"])
        yield document(text, str(line["id"]), str(path), sha256, "jsonl", line.get("published", published))
        return
    text = data.decode("utf-8")
    kind = "html" if path.suffix == ".html" else "text"
    if kind == "html":
        text = re.sub("<[^>]+>", "", text)
    yield document(text, path.stem, str(path), sha256, kind, published)


def read_text(text: str, *, id: str, published: str | None) -> Document:
    return document(text, id, id, hashlib.sha256(text.encode()).hexdigest(), "text", published)


def extract_document(document: Document) -> Extraction:
    if document.text == "kill\n":
        os.kill(os.getpid(), signal.SIGKILL)
    if "crash" in document.text:
        raise ZeroDivisionError("crash")
    records = tuple(record(document, match) for match in LINE.finditer(document.text))
    skipped = tuple(Skipped(m.span(), m[0], "date") for m in re.finditer(r"\bnoon (\d+)", document.text))
    return Extraction(records, skipped)


def record(document: Document, match: re.Match[str]) -> Record:
    value = Decimal(match["value"])
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    grew = match["verb"] == "grew"
    return Record(
        id=f"{document.id}:{match.start('value')}",
        document=document.id,
        char_start=match.start("value"),
        char_end=match.end("value"),
        quote=match["value"],
        measure="growth" if grew else "level",
        obs_value=value,
        lower=value - half,
        upper=value + half,
        bound="=",
        unit_measure="percent" if grew else match["unit"],
        flow=match["flow"],
        indicator="trade",
        ref_area=match["area"],
        time_period=match["period"],
        comparison="yoy" if grew else None,
        sentence=match[0],
        extraction="fake",
        confidence=0.9,
    )


def finding(one: Record, other: Record, rule: str) -> Finding:
    return Finding(
        id=f"{rule}-{hashlib.sha256(f'{one.id} {other.id}'.encode()).hexdigest()[:12]}",
        rule=rule,
        severity="error",
        documents=tuple(dict.fromkeys((one.document, other.document))),
        figures=(one.id, other.id),
        suspects=(one.id, other.id),
        ambiguous=True,
        equation=f"{one.quote} = {other.quote}",
        expected=Interval(one.lower, one.upper),
        observed=other.obs_value,
        proposals=(Proposal(record=other.id, obs_value=one.obs_value, reason="as the other says", score=0.5),),
    )


def unlike(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    for one, other in combinations(records, 2):
        same = all(
            getattr(one, f) == getattr(other, f) for f in ("flow", "ref_area", "time_period", "measure", "unit_measure")
        )
        if same and one.obs_value != other.obs_value:
            yield one, other


def reconcile_document(
    records: Sequence[Record], *, ocr_tables: object = None, rulings: Rulings = NONE
) -> Reconciliation:
    findings = tuple(finding(one, other, "restated") for one, other in unlike(records))
    named = {name: f.id for f in findings for name in f.figures}
    checked = tuple(
        msgspec.structs.replace(r, check="conflicting", findings=(named[r.id],)) if r.id in named else r
        for r in records
    )
    equations = tuple(Equation("restated", f.equation, f.figures, False) for f in findings)
    return Reconciliation(checked, findings, equations)


def reconcile_across(groups: Iterable[Sequence[Record]], rulings: Rulings = NONE) -> tuple[Finding, ...]:
    firsts = [records[0] for records in groups]
    return tuple(finding(one, other, "cross_document") for one, other in unlike(firsts))


def install() -> None:
    """Puts the stand-ins in place of the stages, in this process."""
    import pipeline.extract
    import pipeline.read
    import pipeline.reconcile
    import pipeline.store.workers

    pipeline.store.workers.PRELOADED.clear()  # the stand-ins need no language model
    for module, names in (
        (pipeline.read, ("ending_of", "read_path", "read_text")),
        (pipeline.extract, ("extract_document",)),
        (pipeline.reconcile, ("reconcile_document", "reconcile_across")),
    ):
        for name in names:
            setattr(module, name, globals()[name])
