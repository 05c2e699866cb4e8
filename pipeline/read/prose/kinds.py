"""What a paragraph is: headline, dateline, caption, list item or body."""

from __future__ import annotations

import re

from pipeline.model.document import PassageKind
from pipeline.read.prose.lines import begins_low, ends_open
from pipeline.read.prose.paragraphs import begins_caption, begins_dateline, is_item, is_section

_PHOTO = re.compile(
    r"(?:\(|\[|（|\b)(?:(?:file |aerial )?photos?|image|picture|pic|photograph(?:ed)?|infographic|graphic"
    r"|video|视频|图)"
    r"(?:/| by\b|:|：| credit| courtesy| taken| shows)"
    r"|\((?:xinhua|vcg|afp|reuters|ap|tass|cnsphoto|getty images)(?:/[\w .'-]+)?\)\s*$"
    r"|\((?:[\w' ]+ )?(?:photo|pic|image|picture)s?\)\s*$|^©\D*$"
    r"|/(?:getty images|afp|reuters|vcg|xinhua|cnsphoto|shutterstock|ap photo)\)?\.?\s*$"
    r"|^(?:image|photo|picture) (?:caption|source|credit)\b"
    r"|^(?:file |aerial )?(?:photo|image|picture)\b.{0,40}\b(?:taken|shows)\b",
    re.I,
)
_PHOTO_WORD = re.compile(
    r"photo|pic|image|graphic|video|xinhua|vcg|afp|reuters|ap\b|tass|getty|shutterstock|图|©", re.I
)
_LONGEST_PHOTO = 400
_ENTRY = re.compile(r"[^.:]{2,60}[:：]\s*[-+−–]?(?:[A-Z]{2,3} ?)?[$€£¥]?\d")
_LONGEST_ENTRY = 15
_LONGEST_HEADLINE = 30
_BARE_DATELINE = re.compile(r"[^.]{2,60}\((?:reporter|xinhua|tass|by|agencies|ap|afp)[^)]*\)\s*[-–—.]*", re.I)


def kind_of(text: str, lead: bool) -> PassageKind:
    """The kind of a paragraph that is neither table nor furniture; `lead`: a paragraph of text stands below
    it."""
    if _is_photo(text) or (begins_caption(text) and len(text) < 250):
        return PassageKind.CAPTION
    if len(text) < 90 and begins_dateline(text) and _BARE_DATELINE.fullmatch(text):
        return PassageKind.DATELINE
    if _is_headline(text, lead):
        return PassageKind.HEADLINE
    if is_item(text) or _is_entry(text):
        return PassageKind.LIST_ITEM
    return PassageKind.BODY


def _is_entry(text: str) -> bool:
    """A name, a colon and a figure, without a sentence: `Grain: 3.2 million tons`."""
    return ends_open(text) and len(text.split()) <= _LONGEST_ENTRY and _ENTRY.match(text) is not None


def _is_photo(text: str) -> bool:
    if len(text) > _LONGEST_PHOTO or not _PHOTO_WORD.search(text):
        return False
    return _PHOTO.search(text[-200:]) is not None


_ABBREVIATED = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Co|Ltd|Inc|Corp|U\.S|U\.K|E\.U|H1|Q[1-4]|yr|y/y|m/m|pct|bln|mln)\.$"
)


def _is_headline(text: str, lead: bool) -> bool:
    """Short, without a full stop at its end, not the middle of a sentence; a bullet makes an item of it."""
    if lead:
        text = _ABBREVIATED.sub("", text)
    words = text.split()
    if len(words) > _LONGEST_HEADLINE or begins_low(text) or not ends_open(text.rstrip("?!？！")):
        return False
    if text.endswith((",", ";", "，", "；")) or not any(char.isalpha() for char in text):
        return False
    if begins_dateline(text) or _is_entry(text):
        return False
    if is_item(text):
        return is_section(text) and lead
    return lead or len(words) <= 15 or text.isupper()
