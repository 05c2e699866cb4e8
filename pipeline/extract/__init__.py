"""Extraction: a document's figures with every field that says what they are about.

Steps, a module each: `clean` (offset map), `sentences`, `numbers`, `units`, `areas`, `periods`, `items` (typed row),
`subject` and `naming` (series key), `measures` (kind and sign), `lists` (respectively), `timing` (period and
comparison), `statements` (the walk), `tables` (cells), `assemble` (records).
"""

from pipeline.extract.document import extract_document

__all__ = ["extract_document"]
