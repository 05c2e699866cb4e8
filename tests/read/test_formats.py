"""Web pages, Markdown and JSON lines; which reader reads which file."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from pipeline.errors import UnreadableDocument, UsageError
from pipeline.model.document import Document, PassageKind
from pipeline.read import endings, read_path, read_text

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}">
<title>Exports up 5.2% in May - Office of Norland</title>
<meta property="article:published_time" content="2024-06-10T08:00:00+02:00">
<link rel="canonical" href="https://example.org/releases/may"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article><h1>Exports up 5.2% in May</h1>
<p>Exports of goods rose by 5.2 % in May 2024, to 12.4 billion euro, the office of Norland – “Nørd” –
reports today.</p>
<p>The largest partner was Germany with 3.2<sup>1</sup> billion euro, followed by France with 2.1 billion
euro, and the land area is 5 km<sup>2</sup>.</p>
<table><tr><th>Month</th><th>Exports</th><th>Imports</th></tr><tr><td>April</td><td>11.8</td><td>11.1</td></tr>
<tr><td>May</td><td>12.4</td><td>11.0</td></tr></table></article>
<footer><p>Tel: +47 123 456 789</p><p>Copyright 2024</p></footer></body></html>"""

MARKDOWN = """---
title: "Ports in May"
date: 2024-06-10
---
# Ports of the north in May

The port of **Alma** handled **3.2** million tons, see [the table](http://example.org/2024/5).

> Berg handled 1.1 million tons.

| Port | Tons |
|------|-----:|
| Alma | 3.2  |
| Berg | 1.1  |

- Ships: 412, up 5%

```
404 lines of code
```
"""


def one(path: Path, **options: str) -> Document:
    (item,) = read_path(path, **options)
    assert isinstance(item, Document)
    return item


def words(document: Document, kind: PassageKind) -> list[str]:
    return [
        "".join(document.text[start:end] for start, end in passage.segments)
        for passage in document.passages
        if passage.kind is kind
    ]


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("windows-1252", "cp1252")])
def test_a_web_page(tmp_path: Path, charset: str, encoding: str) -> None:
    path = tmp_path / "may.html"
    path.write_bytes(PAGE.replace("{charset}", charset).encode(encoding))
    document = one(path)
    assert (document.id, document.kind, document.url) == ("may", "html", "https://example.org/releases/may")
    assert document.title == "Exports up 5.2% in May"
    assert document.published is not None
    assert (document.published.date, document.published.basis) == ("2024-06-10", "metadata")
    assert "“Nørd”" in document.text
    assert "3.2 billion" in document.text
    assert "km2" in document.text
    assert "+47" not in document.text
    (table,) = words(document, PassageKind.TABLE)
    assert "11.8" in table
    assert document.text.count("Exports up 5.2% in May") == 1


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "app.html"
    path.write_text("<html><body><script>draw()</script></body></html>")
    with pytest.raises(UnreadableDocument, match=r"app\.html: .*\.txt"):
        one(path)


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "ports.md"
    path.write_text(MARKDOWN)
    document = one(path)
    assert document.text == MARKDOWN
    assert document.title == "Ports in May"
    assert document.published is not None
    assert document.published.date == "2024-06-10"
    assert words(document, PassageKind.HEADLINE) == ["Ports of the north in May"]
    assert words(document, PassageKind.BODY) == [
        "The port of Alma handled 3.2 million tons, see the table.",
        "Berg handled 1.1 million tons.",
    ]
    assert words(document, PassageKind.LIST_ITEM) == ["- Ships: 412, up 5%"]
    assert len(words(document, PassageKind.TABLE)) == 1
    assert not any("404" in text for kind in PassageKind for text in words(document, kind))


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz"])
def test_json_lines_are_streamed_and_bad_ones_named(tmp_path: Path, name: str) -> None:
    lines = [
        json.dumps({"id": "a", "text": "Exports rose 5%.", "published": "2024-06-06T10:00:00Z", "title": "May"}),
        '{"id": "b", "text": ',
        "",
        json.dumps({"text": "Exports rose 7%.", "extra": [1]}),
        json.dumps({"id": 9, "html": "<p>Exports rose 8% in May, the office of Norland said.</p>"}),
        json.dumps({"id": "d", "text": 5}),
        json.dumps({"id": "e"}),
        json.dumps({"id": "f", "text": "x 1", "published": "soon"}),
        json.dumps({"id": "g", "text": " "}),
    ]
    data = "\n".join(lines).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    items = list(read_path(path))
    documents = [item for item in items if isinstance(item, Document)]
    errors = [item for item in items if isinstance(item, UnreadableDocument)]
    assert [document.id for document in documents] == ["a", "news-4", "9"]
    assert [document.kind for document in documents] == ["jsonl", "jsonl", "html"]
    assert documents[0].title == "May"
    assert documents[0].published is not None
    assert documents[0].published.date == "2024-06-06"
    assert [error.path.rpartition(":")[2] for error in errors] == ["2", "6", "7", "8", "9"]
    assert all("\n" not in str(error) for error in errors)


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "Exports rose 5%."}\n' * 500)[:-20])
    with pytest.raises(UnreadableDocument, match=r"news\.jsonl\.gz"):
        list(read_path(path))


def test_a_stream_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"text": "Exports rose 5%."}\n' + "not json\n" * 3)
    stream = read_path(path)
    assert isinstance(next(stream), Document)
    assert isinstance(next(stream), UnreadableDocument)


def test_ids_and_endings(tmp_path: Path) -> None:
    path = tmp_path / "2024" / "May.TXT"
    path.parent.mkdir()
    path.write_text("Exports rose 5%.")
    assert one(path).id == "May"
    assert one(path, root=tmp_path).id == "2024/May"  # type: ignore[arg-type]
    assert {".txt", ".md", ".html", ".htm", ".jsonl", ".jsonl.gz"} <= set(endings())
    with pytest.raises(UsageError, match=r"sheet\.xlsx"):
        read_path(tmp_path / "sheet.xlsx")
    with pytest.raises(UnreadableDocument, match=r"gone\.txt: cannot be opened"):
        list(read_path(tmp_path / "gone.txt"))


def test_text_is_kept_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_bytes("\ufeffPort news\r\n\r\nExports rose 5%.\r\n".encode())
    document = one(path)
    assert document.text == "Port news\r\n\r\nExports rose 5%.\r\n"
    assert words(document, PassageKind.BODY) == ["Exports rose 5%."]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The exports of the province rose by 5 percent in May, customs said.", "en"),
        ("Die Ausfuhren des Landes stiegen im Mai um fünf Prozent.", None),
        ("海关统计显示", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert read_text(text).language == language
