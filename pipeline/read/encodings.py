"""Bytes to text: byte order marks, UTF-8, UTF-16, and legacy code pages by detection.

Nothing is translated: newlines, control characters and non-breaking spaces stay as they are. Only a byte
order mark is dropped. Offsets of a document are code points of the string that `decode` returns.

Not supported: stateful encodings (ISO-2022, UTF-7), EBCDIC, and files that mix encodings.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EAST_ASIAN = ["gb18030", "big5", "shift_jis", "euc_kr"]
_OTHERS = ["cp1251", "koi8_r", "cp1253", "cp1254", "cp1250", "cp1252"]
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# So few ideographs could be Korean as well as Chinese; among English text they are likelier Chinese.
_FEW_HIGH = 40
_SAMPLE = 65_536
# Control characters that no text file holds in number; tab, newlines, form feed and escape are let through.
_RUBBISH = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f�]")


def decode(data: bytes, path: str, declared: str | None = None) -> str:
    """The text of `data`; `declared` is an encoding that the file names itself (HTML's meta element).

    Raises UnreadableDocument (naming `path`) for empty files and for bytes that are no text.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument(path, "the file is empty; give a file with text")
    text = _decoded(data, declared)
    if text is None or _is_rubbish(text):
        raise UnreadableDocument(path, "these bytes are no text; convert the file to UTF-8 text, HTML or PDF")
    return text


def _decoded(data: bytes, declared: str | None) -> str | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name)
    for likely in (_utf16_without_mark(data), "utf-8", declared):
        text = _strictly(data, likely) if likely else None
        if text is not None:
            return text
    return _guessed(data)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a zero in every second byte."""
    head = data[:4096]
    half = max(len(head) // 2, 1)
    if head[1::2].count(0) > 0.4 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.4 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _guessed(data: bytes) -> str | None:
    """A code page by the shape of its high bytes: alone among letters (Western), in pairs (East Asian), else
    asked.

    charset-normalizer decides between candidates, but takes single accents and typographic quotes for Central
    European text and a few ideographs among English for accents; hence the look at the shape first.
    """
    runs = [len(run) for run in _HIGH_RUN.findall(data)]
    if sum(1 for run in runs if run == 1) > 0.7 * len(runs) or b"\x00" in data:
        return _strictly(data, "cp1252") or _strictly(data, "latin-1")
    paired = sum(1 for run in runs if run % 2 == 0) > 0.9 * len(runs)
    if paired and sum(runs) < _FEW_HIGH:
        candidates = ["gb18030"]
    else:
        candidates = _EAST_ASIAN if paired else _EAST_ASIAN + _OTHERS
    for tried in (candidates, _EAST_ASIAN, _OTHERS):
        best = from_bytes(data[:_SAMPLE], cp_isolation=tried).best()
        text = _strictly(data, best.encoding) if best else None
        if text is not None:
            return text
    return _strictly(data, "gb18030") or _strictly(data, "cp1252")


def _is_rubbish(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_RUBBISH.findall(sample)) > max(2, len(sample) // 200)
