"""Lines of plain text seen as rows of a table: which numbers stand at their end, and what label stands
before.

Offsets are code points of the whole text. Not supported: values written before their label, and thousands
parted by single spaces where columns are parted by single spaces too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model.document import Span
from pipeline.read.text_tables.cells import BLANK_GROUPED, NOTE_MARK

_SIGN = r"[-+\u2212\u2013\u2014\uff0d~]"
_DIGITS = r"[0-9\uff10-\uff19OolI]"
_TIGHT = re.compile(rf"{_SIGN}?\(?{_DIGITS}+(?:[.,\uff0c\uff0e\u00b7]{_DIGITS}+)*\)?[%\uff05]?")
_LONE_MARK = re.compile(r"\((?:\d{1,2}|[a-z])\)|\d\)|[*\u2020\u2021]+")
_SPLIT = re.compile(
    rf"{_SIGN}?\(?{_DIGITS}+(?:[.,\uff0c\uff0e\u00b7] {_DIGITS}+|[.,\uff0c\uff0e\u00b7]{_DIGITS}+)+\)?"
    r"[%\uff05]?"
)
_DIGIT = re.compile(r"[0-9\uff10-\uff19]")
_MISSING = {
    "-",
    "--",
    "---",
    "\u2013",
    "\u2014",
    "\u2212",
    "..",
    "...",
    "\u2026",
    "n/a",
    "n.a.",
    "na",
    "nil",
    "x",
    "|",
    "*",
    "/",
}
_STRAY = re.compile(r"^[=~_|\u00ac\u2022\u00b0'`^:;.,\"<>\\]+$")
YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d(?:[-/](?:\d\d|(?:19|20)\d\d))?(?:[a-z]|\*|\([a-z\d]\))?$")
_WORD = re.compile(r"\S+")
_GAP = re.compile(r"\t| {2,}|\u3000")


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of one line. `kind` is `number`, `missing` (a mark that says there is no value), `stray` or
    `word`."""

    text: str
    start: int
    end: int
    kind: str

    @property
    def span(self) -> Span:
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text without the newline, where it starts in the document, and its tokens."""

    text: str
    start: int
    tokens: tuple[Token, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class DataLine:
    """A line that may be a row: label tokens, then values (numbers and marks for missing ones) up to the
    line's end."""

    line: Line
    label: tuple[Token, ...]
    values: tuple[Token, ...]

    @property
    def numbers(self) -> int:
        return sum(token.kind == "number" for token in self.values)

    @property
    def only_years(self) -> bool:
        numbers = [token for token in self.values if token.kind == "number"]
        return bool(numbers) and all(_YEAR_LIKE.match(token.text) for token in numbers)

    @property
    def gapped(self) -> bool:
        """Whether at least two blanks or a tab part every value from what stands before it."""
        ordered = [*self.label[-1:], *self.values]
        text, base = self.line.text, self.line.start
        return all(
            _GAP.search(text[left.end - base : right.start - base]) is not None for left, right in pairwise(ordered)
        )


def lines_of(text: str, within: Span) -> Iterator[Line]:
    """The lines of `text` between two offsets, blank ones too."""
    start, stop = within
    for match in re.finditer(r"[^\r\n]*(?:\r\n|\n|\r|$)", text[start:stop]):
        if match.group():
            body = match.group().rstrip("\r\n")
            yield Line(body, start + match.start(), tokens_of(body, start + match.start()))


def tokens_of(text: str, offset: int) -> tuple[Token, ...]:
    """Words and numbers of one line; a number torn by a blank behind its point or comma is one token."""
    found: list[Token] = []
    position = 0
    while match := _WORD.search(text, position):
        token = _token_at(text, match.start(), match.end(), offset)
        found.append(token)
        position = token.end - offset
    return tuple(found)


def _token_at(text: str, start: int, end: int, offset: int) -> Token:
    grouped = BLANK_GROUPED.match(text, start)
    if grouped and _stands_apart(text, *grouped.span()):
        return Token(grouped.group(), offset + start, offset + grouped.end(), "number")
    split = _SPLIT.match(text, start)
    if split and split.end() > end and _is_torn(split.group()) and _ends_word(text, split.end()):
        return Token(split.group(), offset + start, offset + split.end(), "number")
    word = text[start:end]
    return Token(word, offset + start, offset + end, _kind(word))


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether wide gaps part a number from its neighbours, so that the blanks inside it part its thousands;
    blanks that do not break never part columns."""
    if " " not in text[start:end]:
        return _ends_word(text, end)
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before == "  " or before[-1:] == "\t") and (after in ("", " ", "  ") or after[0] == "\t")


def _ends_word(text: str, position: int) -> bool:
    return position == len(text) or text[position].isspace()


def _is_torn(text: str) -> bool:
    """A point may be torn from any digits, a comma only from a group of three."""
    return re.search(r"[.\uff0e\u00b7] ", text) is not None or re.search(r"[,\uff0c] \d{3}(?!\d)", text) is not None


def _kind(word: str) -> str:
    if is_number(word):
        return "number"
    if word.casefold() in _MISSING:
        return "missing"
    return "stray" if _STRAY.match(word) else "word"


def is_number(word: str) -> bool:
    """Whether a word is a number as tables print them, marks and confused letters inside it included."""
    bare = NOTE_MARK.sub("", word.strip("_|=`'\""))
    match = _TIGHT.fullmatch(bare) or BLANK_GROUPED.fullmatch(bare)
    return match is not None and len(_DIGIT.findall(bare)) * 2 >= sum(c.isalnum() for c in bare)


def data_line(line: Line) -> DataLine | None:
    """The line as label and values; None where no number ends it."""
    tokens = _without_marks(line)
    cut = len(tokens)
    while cut and tokens[cut - 1].kind != "word":
        cut -= 1
    cut += _has_year(line, tokens, cut)
    label = [t for t in tokens[:cut] if t.kind != "stray"]
    values = [t for t in tokens[cut:] if t.kind != "stray"]
    while values and values[0].kind == "missing" and values[0].text in {"|", "*"}:
        values.pop(0)
    if not any(t.kind == "number" for t in values):
        return None
    return DataLine(line, tuple(label), tuple(values))


def _without_marks(line: Line) -> list[Token]:
    """The tokens without marks of footnotes, which share a cell with what they stand behind."""
    alone = {segment.span for segment in segments_of(line)}
    if len(alone) < 2:
        return list(line.tokens)
    starts = {start for start, _ in alone}
    return [t for t in line.tokens if t.start in starts or not _LONE_MARK.fullmatch(t.text)]


def _has_year(line: Line, tokens: list[Token], cut: int) -> bool:
    """Whether the label, `cut` tokens long, goes on with a year in the same cell: `Jan-Sep 2020`."""
    if not 0 < cut < len(tokens) - 1 or not YEAR.fullmatch(tokens[cut].text):
        return False
    cell = segments_of(line)[0]
    return tokens[0].start == cell.start and tokens[cut].end == cell.end


def is_hollow(line: Line) -> bool:
    """Whether the line is a row whose values are all missing: a label, and marks that say so."""
    tokens = line.tokens
    return len(tokens) > 2 and all(t.kind == "missing" for t in tokens[-2:]) and len(segments_of(line)) > 1


def segments_of(line: Line) -> tuple[Token, ...]:
    """The line cut at gaps of two blanks or a tab."""
    found, position = [], 0
    for match in [*_GAP.finditer(line.text), None]:
        stop = match.start() if match else len(line.text)
        piece = line.text[position:stop]
        if piece.strip():
            start = line.start + position + len(piece) - len(piece.lstrip())
            body = piece.strip()
            found.append(Token(body, start, start + len(body), "word"))
        position = match.end() if match else stop
    return tuple(found)
