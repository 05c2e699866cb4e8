"""Which lines are page furniture: what surrounds an article and says nothing of its matter.

The words are rows of `lexicon/page_furniture.tsv`; here stand the shapes (separators, telephone numbers,
dates with nothing beside them). Every judgement is of one line: a line of prose that mentions a telephone
stays prose.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon.load import rows, values
from pipeline.read.prose.dates import find_dates

_DIGIT = re.compile(r"\d")
_LONGEST = 200
_MOST_STAMPED = 40
_SENTENCE = re.compile(r"(?: [a-z]+){3}|[a-z]{3}\.$")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_INNER = re.compile(r"[\[\]()（）【】|·•/]+")
_SEPARATORS = re.compile(r"\s*(?:[|｜»›→·•]|>+|\s/\s|\s{2,}|\t)\s*")
_TRAIL = re.compile(r"[>»›→]")
_ADDRESS = re.compile(r"\b[\w.+-]+(?:@|\[at\]|\(at\))[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+", re.I)
_PHONE = re.compile(r"(?<![\d.,])(?:\+\d|\(\+?\d|00\d|0\d)[\d\s()./-]{5,}\d|(?<!\d)\d{3}[- ]\d{3,4}[- ]\d{4}(?!\d)")
_LABELLED_PHONE = re.compile(
    r"\b(?:tel|fax|phone|telephone|hotline|qq|mobile|whatsapp"
    r"|wechat)\b[ .:：]*(?:no\b\.?)?[ :：]*[(+]?\d[\d\s()-]{5,}",
    re.I,
)
_FIGURE = re.compile(
    r"\d\s*(?:%|percent|per cent|pct|[bmt]ln|bn|[bmtr]+illion|tons?\b|tonnes|yuan|dollars)|[$€£¥]\s*\d", re.I
)
_COUNTER = re.compile(
    r"\b(?:views?|hits?|clicks?|comments?|likes?|shares?|reads?|downloads?|votes|浏览次数|浏览量|点击|阅读)"
    r"\s*[:：(]?\s*\d[\d,.]*[kKmM]?\)?(?=\s|$|[|)])"
    r"|(?<![\d,.:])\d[\d,.]*[kKmM]? (?:views?|hits|clicks|comments?|likes?|shares?|reads"
    r"|min(?:utes?)? read)\b",
    re.I,
)
_CLOCK = re.compile(
    r"(?:T|\b)\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[ap]\.?\s?m\b\.?)?"
    r"(?:\s?\(?(?:GMT|UTC|IST|ET|EST|EDT|CET|BST|KST|MSK|Z)\b\)?)?(?:\s?[+-]\d{1,2}:?\d{0,2})?"
    r"|\b\d{1,2}\s?[ap]\.?m\b\.?",
    re.I,
)
_NUMBERED = re.compile(
    r"\b(?:vol|volume|issue|pages?|pp?|part|edition)\b\.?\s*\d[\d\s/-]*(?:\(\d+\))?"
    r"(?:\s+of\s+\d+)?|\bstat/\d+/\d+|\b\d{1,3}/\d{4}\b",
    re.I,
)
_NUMBER = re.compile(r"\b(?:no|nos|nr)\b\.?\s*\d+", re.I)
_PAGE = re.compile(r"[-–—|\s]*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.I)
_PERSON = r"[A-Z][\w.'’-]+"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY)\s+(?:{_PERSON}|[A-Z.]{{2,}})(?:(?:,? and|,|;|/)?\s+(?:{_PERSON}|in|at|of|for|the)){{0,9}}"
    rf"|(?:Staff |Senior |Our )?(?:Reporter|Correspondent"
    rf"|Journalist)s?\s+{_PERSON}(?:\s+{_PERSON}){{0,2}}(?:\s*\|.*)?"
    rf"|{_PERSON}(?:\s{_PERSON}){{0,3}},?\s(?:[A-Z]\w+ ){{0,3}}"
    r"(?:Correspondent|correspondent|Reporter|reporter|Staff Writer|News Agency)"
)
_MARKS = re.compile(
    r"©.*\b(?:19|20)\d\d.*|[^\w$€£¥%]+|(?:&#?\w+;)+|[A-Z]{2,}(?:-[A-Z0-9]+){1,6}|[A-Z]{1,5}/[A-Z]{1,5}(?:/[A-Z]{1,5})*"
    r"|(?:[A-Z]{1,6}[ /-]?\d{2,4}[-/]\d{1,4}[,; ]*)+"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WEEKDAYS = "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday"
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(sorted(_WEEKDAYS.split(), key=len, reverse=True))})\b\.?", re.I)


@cache
def _words(place: str) -> tuple[str, ...]:
    found = (word for row in rows("page_furniture") if row["place"] == place for word in values(row["words"]))
    return tuple(word.replace("\\u00a0", "\u00a0").replace("\\|", "|").lower() for word in found)


@cache
def _label_pattern() -> re.Pattern[str]:
    words = sorted(_words("label"), key=len, reverse=True)
    choice = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"[\[(（【*\s]*(?:{choice})(?:\s*[:：]|\s*\.\s*[:：]?\s*(?=[\d(+]))", re.I)


@cache
def _set(place: str) -> frozenset[str]:
    return frozenset(_bare(word) for word in _words(place))


def _bare(text: str) -> str:
    """A line without brackets, counters and punctuation at its edges, in small letters."""
    return " ".join(_EDGES.sub("", _INNER.sub(" ", text.lower())).split())


def opens_tail(text: str) -> str | None:
    """`rest` or `end` where a line heads a list of links, a comment form or a reference list; else None."""
    if len(text) > 60:
        return None
    bare = re.sub(r"\s+\d+$|^\d+(?:\.\d+)*\.?\s+", "", _bare(text))
    for place in ("end", "rest"):
        if bare in _set(place):
            return place
    return None


def is_furniture(text: str, alone: bool = True) -> bool:
    """Whether a line is furniture. `alone`: no line above runs on into it (then only a label with words
    counts)."""
    if len(text) > _LONGEST or (text[:1].islower() and not alone):
        return False
    if _is_label(text) or _is_whole(text):
        return True
    return alone and any(judge(text) for judge in _SHAPES)


def _is_label(text: str) -> bool:
    found = _label_pattern().match(text)
    return found is not None and _is_value(text[found.end() :])


def _is_value(text: str) -> bool:
    """What follows a label is no figure and no sentence that happens to begin with the word and a colon."""
    if _FIGURE.search(text) and not _TRAIL.search(text):
        return False
    return len(_WORD.findall(text)) <= 14 or not text.rstrip(" )]").endswith((".", "。"))


def _is_whole(text: str) -> bool:
    return len(text) <= 60 and (_bare(text) in _set("whole") or text.strip("-–— ()/*") == "###")


def _has_start(text: str) -> bool:
    low = text.lower()
    return low.startswith(_words("start"))


def _has_form(text: str) -> bool:
    low = text.lower()
    return any(phrase in low for phrase in _words("within"))


def _is_trail(text: str) -> bool:
    """Breadcrumbs: `Home > News > Latest`."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    marks = len(_TRAIL.findall(text))
    return marks > 0 and not _DIGIT.search(text) and (marks >= 2 or _bare(parts[0] if parts else "") == "home")


def _is_menu(text: str) -> bool:
    """Three short entries or more between separators, or two with a bar; no figures."""
    if _DIGIT.search(text) or text.endswith((".", ":", ";", ",")):
        return False
    parts = [part for part in _SEPARATORS.split(text) if part.strip("[]【】 ")]
    if len(parts) < (2 if re.search(r"[|｜]", text) else 3):
        return False
    return all(len(part.split()) <= 4 for part in parts)


def _is_contact(text: str) -> bool:
    """A telephone number or an address with few words beside it."""
    if "@" not in text and "www" not in text and "http" not in text and not re.search(r"\d[\d\s()./-]{5}", text):
        return False
    if _LABELLED_PHONE.search(text) and len(text) <= 160:
        return True
    rest = _PHONE.sub(" ", _ADDRESS.sub(" ", text))
    return rest != text and not _DIGIT.search(rest) and len(_WORD.findall(rest)) <= 6


def _is_stamp(text: str) -> bool:
    """Dates, clock times, counters, issue and page numbers with few words beside them."""
    if not _DIGIT.search(text) or text.count(" ") > _MOST_STAMPED or _SENTENCE.search(text):
        return False
    if _PAGE.fullmatch(text):
        return True
    rest, marks = _without_stamps(text)
    return (
        rest != text
        and marks > 0
        and not re.search(r"[\d%$€£¥]", rest)
        and len(_WORD.findall(rest)) <= 2 * min(marks, 4)
    )


def _without_stamps(text: str) -> tuple[str, int]:
    """A line less its dates, times, counters and issue numbers; and how strongly they prove a stamp."""
    marks = 2 if "|" in text else 0
    for found in reversed(list(find_dates(text))):
        if found.day:
            marks += 2 if found.year else 1
        text = text[: found.start] + " " + text[found.end :]
    for pattern in (_COUNTER, _NUMBERED):
        text, number = pattern.subn(" ", text)
        marks += 2 * number
    if marks:
        text = _WEEKDAY.sub(" ", _NUMBER.sub(" ", _YEAR.sub(" ", _CLOCK.sub(" ", text))))
    return text, marks


def _is_byline(text: str) -> bool:
    return _BYLINE.fullmatch(text.strip("() ")) is not None


def _is_mark(text: str) -> bool:
    """Wire slugs, file numbers, rules and leftover character references."""
    return _MARKS.fullmatch(text) is not None


_SHAPES = (_is_mark, _has_form, _has_start, _is_trail, _is_menu, _is_contact, _is_stamp, _is_byline)
