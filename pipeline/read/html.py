"""Web pages: the main text that trafilatura finds, with title, date and address.

`Document.text` is that text (paragraphs parted by newlines, table rows as `| a | b |`), headed by the page's
title where the text doesn't hold it; it is what offsets point into.

Not supported: text that scripts write, frames, offsets into the markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import UnreadableDocument
from pipeline.model.document import Document, Published
from pipeline.read.assemble import assemble
from pipeline.read.encodings import decode
from pipeline.read.formats import Source, fingerprint

ENDINGS = (".html", ".htm", ".xhtml")

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I)
_HEAD = 4096
# A footnote mark must not become a digit of the number before it; powers of units and of ten stay.
_MARK = re.compile(
    r"(?<!\bm)(?<!\bkm)(?<!\bcm)(?<!\bmm)(?<!10)<sup[^>]*>\s*(?:<a\b[^>]*>)?\s*[\[(]?(?:\d{1,2}|[a-z*†])[\])]?\s*"
    r"(?:</a>)?\s*</sup>",
    re.I,
)
_WORDS = re.compile(r"[^\W_]+")
_TITLE_REACH = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its main text, title, date (`YYYY-MM-DD`) and canonical address."""

    text: str
    title: str | None
    date: str | None
    url: str | None


def read(source: Source) -> Iterator[Document | UnreadableDocument]:
    """One document."""
    data = source.data()
    declared = _CHARSET.search(data[:_HEAD])
    name = declared.group(1).decode("ascii") if declared else None
    page = page_of(decode(data, source.name, name), source.name)
    yield assemble(
        page.text,
        id=source.id,
        path=source.name,
        sha256=fingerprint(data),
        kind="html",
        given=source.published,
        published=Published(page.date, "metadata") if page.date else None,
        title=page.title,
        url=page.url,
    )


def page_of(markup: str, path: str) -> Page:
    """The main text and metadata of a page; raises UnreadableDocument (naming `path`) where it has no
    text."""
    # Importing trafilatura takes a third of a second, which plain text need not wait for.
    import trafilatura

    markup = _MARK.sub("", markup)
    if "<body" not in markup.lower():
        markup = f"<html><body>{markup}</body></html>"
    found = trafilatura.bare_extraction(markup, fast=True, with_metadata=True, include_comments=False)
    text = (found.text if found else None) or trafilatura.html2txt(markup) or ""
    if not text.strip():
        raise UnreadableDocument(path, "the page has no text of its own; save what the browser shows as .txt")
    title = found.title if found else None
    return Page(_headed(text, title), title, found.date if found else None, found.url if found else None)


def _headed(text: str, title: str | None) -> str:
    """The text under its title, where its beginning doesn't hold it."""
    wanted = _WORDS.findall((title or "").lower())
    held = " ".join(_WORDS.findall(text[:_TITLE_REACH].lower()))
    first = " ".join(_WORDS.findall(text.split("\n", 1)[0].lower()))
    if not wanted or " ".join(wanted) in held or (first and " ".join(wanted).startswith(first)):
        return text
    return f"{title}\n\n{text}"
