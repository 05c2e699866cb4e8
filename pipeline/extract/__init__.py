"""Extraction: a document's figures with every field that says what they are about.

Rooms, each of which knows only those named before it: `numbers`, `periods`, `areas` (what a text names), `words` (a
sentence as typed items, and what its phrases speak of), `attach` (which figure measures what, of whom, when), then
`assemble` (records), `tables` (cells by their headers) and `document`, which takes a document through them all.
"""

from pipeline.extract.document import extract_document

__all__ = ["extract_document"]
