"""What the words beside an area's name make of it: a currency, a street, a river, part of a body's name, its type."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """A name at `start`..`end` of `text` (accents off)."""

    text: str
    start: int
    end: int

    def before(self, length: int = 90) -> str:
        """The characters before the name."""
        return self.text[max(0, self.start - length) : self.start]


CURRENCY = re.compile(
    r"(?:'s)?[\s-]{0,3}(?:\$|(?i:dollars?|dlrs?|yuan|renminbi|francs?|crowns?|kron[ae]r?|krona|marks?|pounds?|rubles?|roubles?|yen"
    r"|rupees?|rupiah|pesos?|reais|real(?=\s*\()|rand|dinars?|dirhams?|riyals?|rials?|lir[ae]|baht|ringgit|dong|won|shillings?"
    r"|guilders?|schillings?|pesetas?|escudos?|drachmas?|punts?|zloty|forints?|lei|hryvnias?|tenge|somoni|manats?|kyat|naira"
    r"|cedis?|birr|kwacha|tugriks?|sucres?|bolivars?|cruzados?|cruzeiros?|australs?|soles)\b)"
)
STREET = re.compile(r"\s+(?:Road|Rd\.?|Street|St\.(?=[\s,]*\d|,)|Avenue|Ave\.?|Boulevard|Lane|Square|Highway|Expressway)\b")
PERSON_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Miss|Madam|reporter|Reporter|analyst|economist)\.?\s+$")
FEATURE = re.compile(
    r"\s+(?:River|Rivers|Sea|Ocean|Strait|Straits|Gulf|Lake|Mountains?|Canal|Peninsula|Desert|Basin|Valley|Bridge|Tunnel"
    r"|Glacier|Reef|Bay|RIVER|SEA|STRAIT|GULF|CANAL)\b(?!\s+(?:Province|State|Oblast|Region))"
)
FEATURE_BEFORE = re.compile(r"\b(?:Gulf|Sea|Bay|Straits?|Isthmus|River|Lake|Cape)\s+(?:of\s+)?(?:the\s+)?$")
PART = re.compile(
    r"(?:\b(?i:(?:the\s+)?(?:north|south|east|west|north-?east|south-?east|north-?west|south-?west|central)(?:ern)?(?:most)?"
    r"(?:\s+coasts?(?:\s+of)?)?|mid|parts\s+of|rest\s+of(?:\s+the)?|outside(?:\s+of)?(?:\s+the)?|excluding(?:\s+the)?"
    r"|other\s+than(?:\s+the)?)\s+|\b(?i:non|extra)-)$"
)
TYPES = (
    "province|city|region|oblast|krai|kray|territory|state|prefecture|county|governorate|municipality|autonomous region"
    "|autonomous okrug|autonomous oblast|republic|district|port|voivodeship|voivodship|canton|emirate|town"
)
TYPE_AFTER = re.compile(rf"\s+({TYPES.replace(' ', chr(92) + 's+')})\b", re.IGNORECASE)
TYPE_BEFORE = re.compile(rf"\b({TYPES})\s+of\s+(?:the\s+)?$|\b({TYPES})\s+$", re.IGNORECASE)

BODY = (
    "Customs|Bureau|Ministry|Minister|Bank|Association|Institute|Agency|University|Academy|Corporation|Corp|Company|Co|Ltd|Inc|Plc"
    "|Commission|Department|Council|Court|Chamber|Administration|Securities|Daily|Times|Herald|Tribune|Post(?=\\s|,)|Airlines"
    "|Airways|Group|Fund|Exchange|Federation|Institution|Center|Centre|Office|Committee|Organisation|Organization|Board"
    "|Authority|Railways?|Electric|Airport|Conference|Forum|Express|Expo|Fair|Exhibition|Corridor|Project|Pipeline|Society"
    "|Service|News|Press|Consulate|Embassy|Parliament|Treasury|Reserve|Statistics|Shangbao|University|Summit|Agreement|Union|Club"
)
BODY_CAPITALS = "MINISTRY|MINISTER|INSTITUTE|ASSOCIATION|AGENCY|COMMISSION|CENTRAL BANK|CUSTOMS|UNIVERSITY|STOCK EXCHANGE"
SERVICE = (
    r"(?:freight|container|rail|railway|cargo|international|express|block|natural|gas|oil|crude|east|east\s+route|economic|land)"
    r"(?:\s+(?:freight|container|railway|rail|cargo|gas|express|block|line|route))*\s+(?:trains?|pipelines?|corridors?|line|express|services?|highway)"
    r"|trains?|pipelines?|corridor|highway|railway"
)
LOWER_BODY = (
    r"(?:provincial|municipal|regional|federal|central|local|city|state)?\s*(?:customs(?!\s+(?:clear|dut|tariff|union|territory))"
    r"|government|bureau|authorities|ministry|central\s+bank|statistics\s+(?:office|bureau|agency)|stock\s+exchange)"
)
# Up to five further words of a capitalised name, then the word that says what body it is.
BODY_AFTER = re.compile(
    rf"(?:'s)?\s+(?:(?:[A-Z][\w&.-]*|and|of|for|the|&),?\s+){{0,5}}?(?:{BODY})\b"
    rf"|(?:'s)?\s+(?:{LOWER_BODY})\b|\s+(?:{SERVICE})\b"
)
BODY_AFTER_CAPITALS = re.compile(rf"(?:'S)?\s+(?:[A-Z]+\s+)?(?:{BODY_CAPITALS})\b")
BODY_BEFORE = re.compile(
    rf"\b(?:(?:{BODY}|President|Government|Embassy|Republic)(?:\s+(?:of|for|and|the|&|in|[A-Z][\w-]*),?)*\s+(?:of|for)\s+(?:the\s+)?"
    rf"|(?:{BODY_CAPITALS}|BANK)\s+OF\s+(?:THE\s+)?|(?:New|NEW)\s+"
    r"|(?:customs|government|ministry|bureau|central\s+bank|authorities)\s+(?:of|in)\s+(?:the\s+)?|\"?(?:Made|made)\s+in\s+)$"
)


NEXT_WORD = re.compile(r"(?:'S)?\s+(\w{3,})")


def drop(context: Context) -> bool:
    """Whether the name is no area at all: a currency's, a street's or a person's name, or torn out of a longer word."""
    text, end = context.text, context.end
    if CURRENCY.match(text, end) or STREET.match(text, end):
        return True
    before = context.before(24)
    return PERSON_BEFORE.search(before) is not None or _inside_word(before, text[end : end + 2])


def _inside_word(before: str, after: str) -> bool:
    if re.search(r"[\w.]@$|[/@#.]$(?<!\. )(?<=\w.)", before) and not before.endswith((" .", "..")):
        return before[-1] in "@#" or (before[-1] == "." and before[-2:-1].islower())
    if after[:1] == "." and after[1:2].islower():
        return True
    prefix = re.search(r"(\w+)-$", before)
    return bool(prefix) and prefix is not None and prefix.group(1)[0].isupper() and prefix.group(1).lower() not in PREFIXES


PREFIXES = {"non", "pan", "intra", "inter", "extra", "ex", "anti", "trans", "pre", "post", "mid", "south", "north", "east", "west"}


def after_as_feature(context: Context) -> int | None:
    """The end of `X River`, `X Sea`; the name's end after `Gulf of`; None where the name is no such thing."""
    if match := FEATURE.match(context.text, context.end):
        return match.end()
    return context.end if FEATURE_BEFORE.search(context.before(20)) else None


def part_of(context: Context) -> int | None:
    """Where `northeastern X`, `non-X`, `rest of X` begins; None for the whole of X."""
    match = PART.search(context.before(40))
    return None if match is None else context.start - len(match.group())


def type_after(context: Context) -> tuple[str | None, int]:
    """The type word after the name and its end: (`province`, 42)."""
    match = TYPE_AFTER.match(context.text, context.end)
    return (" ".join(match.group(1).lower().split()), match.end()) if match else (None, context.end)


def type_before(context: Context) -> str | None:
    """The type word before the name: `the port of X`."""
    match = TYPE_BEFORE.search(context.before(40))
    return (match.group(1) or match.group(2)).lower() if match else None


def in_organisation(context: Context) -> bool:
    """Whether the name is part of the name of a body, a project or a service."""
    after = BODY_AFTER_CAPITALS if _all_capitals(context) else BODY_AFTER
    return after.match(context.text, context.end) is not None or BODY_BEFORE.search(context.before()) is not None


def _all_capitals(context: Context) -> bool:
    """Whether name and next word are in capitals: a headline, where capitals don't show what is a name."""
    following = NEXT_WORD.match(context.text, context.end)
    return context.text[context.start : context.end].isupper() and following is not None and following.group(1).isupper()
