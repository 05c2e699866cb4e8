"""Markdown files, read as they stand: offsets point into the file as decoded, markup included.

Headings, quotes and tables are known by their marks; the marks, link addresses and emphasis are left out of
the passages' segments. Fenced code and front matter yield no passages; front matter gives title and date.

Not supported: indented code blocks, HTML inside Markdown, emphasis by single marks (they stay in the
segments).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document, Passage, PassageKind, Published, Span
from pipeline.read.assemble import assemble
from pipeline.read.encodings import decode
from pipeline.read.formats import Source, fingerprint
from pipeline.read.prose.dates import find_dates
from pipeline.read.prose.lines import Line, line_at, split_lines
from pipeline.read.prose.passages import passages_of

ENDINGS = (".md", ".markdown")

_FRONT = re.compile(r"---\s*\n(.*?)\n(?:---|\.\.\.)\s*(?:\n|$)", re.S)
_FIELD = re.compile(r"^(title|date|published)\s*:\s*[\"']?(.+?)[\"']?\s*$", re.M | re.I)
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"=+|-{3,}|\*{3,}|_{3,}")
_FENCE = re.compile(r"```|~~~")
_QUOTE = re.compile(r"(?:>\s?)+")
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|\]\[[^\]]*\]|\[\^[^\]]+\]|\[(?=[^\]]*\][(\[])"
    r"|\*\*|__|~~|`+|<https?://[^>]*>|\\(?=[*_#.()\[\]-])"
)


def read(source: Source) -> Iterator[Document | UnreadableDocument]:
    """One document."""
    data = source.data()
    text = decode(data, source.name)
    front = _FRONT.match(text)
    fields = {name.lower(): value for name, value in _FIELD.findall(front.group(1))} if front else {}
    yield assemble(
        text,
        id=source.id,
        path=source.name,
        sha256=fingerprint(data),
        kind="markdown",
        given=source.published,
        published=_published(fields.get("published") or fields.get("date")),
        title=fields.get("title"),
        passages=markdown_passages(text, front.end() if front else 0),
    )


def _published(stated: str | None) -> Published | None:
    found = next(find_dates(stated or ""), None)
    return Published(found.code, "metadata") if found else None


def markdown_passages(text: str, start: int = 0) -> tuple[Passage, ...]:
    """The passages of a Markdown text from offset `start` on, without the marks."""
    lines = [line for line in split_lines(text) if line.start >= start]
    return tuple(
        replace(passage, segments=_unmarked(text, passage.segments))
        if passage.kind is not PassageKind.TABLE
        else passage
        for passage in passages_of(text, _unmarked_lines(text, lines))
    )


def _unmarked_lines(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines without block marks; headings stand alone, fenced code and rules are blank."""
    found = []
    fenced = False
    for line in lines:
        if _FENCE.match(line.text):
            fenced = not fenced
        elif not fenced and not _UNDERLINE.fullmatch(line.text):
            found += _unquoted(text, line)
            continue
        found.append(_blank(line))
    return found


def _unquoted(text: str, line: Line) -> list[Line]:
    heading = _HEADING.match(line.text)
    if heading and heading.group(1):
        start, end = heading.span(1)
        return [_blank(line), line_at(text, line.start + start, line.start + end), _blank(line)]
    quote = _QUOTE.match(line.text)
    return [line_at(text, line.start + quote.end(), line.end, line.column)] if quote else [line]


def _blank(line: Line) -> Line:
    return Line(line.start, line.start, 0, "")


def _unmarked(text: str, segments: Sequence[Span]) -> tuple[Span, ...]:
    """The segments cut where inline markup stands; a passage of markup alone keeps its segments."""
    found = []
    for start, end in segments:
        at = start
        for mark in _MARKUP.finditer(text, start, end):
            found.append((at, mark.start()))
            at = mark.end()
        found.append((at, end))
    return tuple(span for span in found if text[span[0] : span[1]].strip()) or tuple(segments)
