"""What the words beside an area's name make of it: a currency, a street, a river, part of a body's name, its
type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """A name at `start`..`end` of `text` (accents off)."""

    text: str
    start: int
    end: int

    def before(self, length: int) -> str:
        """The `length` characters before the name."""
        return self.text[max(0, self.start - length) : self.start]

    def previous(self) -> str:
        """The word before the name in the same sentence, its opening bracket or quote off; empty if there is
        none.
        """
        words = self.before(40).split()
        return words[-1].lstrip("(\"'[") if words and self.text[self.start - 1].isspace() else ""


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A type word beside a name; `end` is its end where it follows, None where it goes before."""

    noun: str
    end: int | None


AGREEMENT = re.compile(r"\s+(?:[Cc]onvention|[Tt]reaty|[Aa]ccords?|[Pp]rotocol|[Rr]ound|[Ss]ummit|[Pp]act)\b")
CURRENCY = re.compile(
    r"(?:'s)?[\s-]?(?:\$|(?i:dollars?|dlrs?|yuan|renminbi|francs?|crowns?|kron[ae]r?|pounds?|rubles?|roubles?|yen|rupees?"
    r"|rupiah|pesos?|reais|rand|dinars?|dirhams?|riyals?|rials?|lir[ae]|baht|ringgit|shillings?|guilders?|schillings?"
    r"|pesetas?|escudos?|drachmas?|zloty|forints?|hryvnias?|tenge|somoni|manats?|kyat|naira|cedis?|birr|kwacha|tugriks?"
    r"|bolivars?|cruzados?|cruzeiros?|australs?)\b)"
)
AMBIGUOUS_CURRENCY = re.compile(
    r"(?:(?<=German)|(?<=Finnish)|(?<=Korean)|(?<=Vietnamese)|(?<=Brazilian)|(?<=Romanian))"
                                r"\s+(?:marks?|won|dong|real|lei)\b")  # fmt: skip
STREET = re.compile(r"\s+(?:Road|Rd\.?|Street|Avenue|Ave\.?|Boulevard|Lane|Square|Expressway)\b")
NAMED_AFTER = re.compile(
    r"\b(?:lender|retailer|brewer|carmaker|maker|insurer|airline|carrier|broker|builder|developer|grocer|supermarket"
    r"|housebuilder|analyst|economist|spokes\w+|group|firm|company|bank|chain|giant)\s$"
)
TITLE = re.compile(r"Free State of\s+[A-Z]")
FEATURE = re.compile(
    r"\s+(?:Rivers?|Sea|Ocean|Straits?|Gulf|Lake|Mountains?|Canal|Peninsula|Desert|Basin|Valley|Bridge|Tunnel|Glacier|Reef"
    r"|Bay|RIVER|SEA|STRAITS?|GULF|CANAL)\b(?!\s+(?:Province|State|Oblast|Region|Delta))"
)
FEATURE_BEFORE = re.compile(r"\b(?:Gulf|Sea|Bay|Straits?|Isthmus|River|Lake|Cape|Port)\s+(?:of\s+)?(?:the\s+)?$")
PART = re.compile(
    r"\b(?i:(?:north|south|east|west|north-?east|south-?east|north-?west|south-?west|central)(?:ern)?(?:most)?"
    r"(?:\s+coasts?(?:\s+of)?(?:\s+the)?)?|mid|parts\s+of|rest\s+of(?:\s+the)?|outside(?:\s+of)?(?:\s+the)?"
    r"|excluding(?:\s+the)?|other\s+than(?:\s+the)?)\s+$|\b(?i:non|extra)-$"
)
PART_ENDS = (
    "n",
    "t",
    "h",
    "l",
    "mid",
    "of",
    "the",
    "outside",
    "excluding",
    "coast",
    "coasts",
    "non-",
    "extra-",
)
TYPES = (
    "province|city|region|oblast|krai|kray|territory|state|prefecture|county|governorate|municipality"
    "|autonomous region|autonomous okrug|autonomous oblast|republic|district|port"
    "|voivodeship|voivodship|canton|emirate|town"
)
TYPE_AFTER = re.compile(rf"\s+({TYPES.replace(' ', chr(92) + 's+')})\b", re.IGNORECASE)
TYPE_BEFORE = re.compile(rf"\b({TYPES})\s+of\s+(?:the\s+)?$", re.IGNORECASE)

BODY = (
    "Customs|Bureau|Ministry|Minister|Bank|Association|Institute|Agency|University|Academy|Corporation|Corp|Company|Co|Ltd"
    "|Inc|Plc|Commission|Department|Council|Court|Chamber|Administration|Securities|Daily|Times|Herald|Tribune|Airlines"
    "|Airways|Group|Fund|Exchange|Federation|Institution|Center|Centre|Office|Committee|Organisation|Organization|Board"
    "|Authority|Railways?|Electric|Airport|Conference|Forum|Express|Expo|Fair|Exhibition|Corridor|Project|Pipeline"
    "|Society|Service|News|Press|Consul|Consulate|Embassy|Parliament|Treasury|Reserve|Statistics|Shangbao|Summit"
    "|Agreement|Union|Club"
)
BODY_CAPITALS = (
    "MINISTRY|MINISTER|INSTITUTE|ASSOCIATION|AGENCY|COMMISSION|CENTRAL BANK|CUSTOMS|UNIVERSITY|STOCK EXCHANGE"
)
# Words of headlines with capitals, not of names: `China Exports To EU Rise` is no body.
NO_BODY = "Exports?|Imports?|Surplus|Deficit|GDP|Economy|Growth|Rises?|Falls?|Up|Down|To|With|As|Hits?|From|Says?|In|By"
SERVICE = (
    r"(?:(?:road|cross-border|freight|container|rail|railway|cargo|express|block|natural|gas|oil|crude|east|route|economic|land|line)\s+){0,5}"
    r"(?:trains?|pipelines?|corridors?|line|express|highway|railways?|bridge)"
)
LOWER_BODY = (
    r"(?:provincial\s+|municipal\s+|regional\s+|federal\s+|central\s+|local\s+|city\s+|state\s+)?(?:customs(?![\s-]+(?:clear|dut"
    r"|tariff|union|territory))|government|bureau|authorities|ministry|bank\b|statistics\s+(?:office|bureau|agency)"
    r"|stock\s+exchange)"
)
# Up to five further words of a name with capitals, then the word that says what body it is.
BODY_AFTER = re.compile(
    r"(?!\s+(?:and|or|&)\s+(?:the\s+)?(?:European|Eurasian|African|Soviet|Customs)\s)"
    rf"(?:'s)?\s+(?:(?:(?!(?:{NO_BODY})\b)[A-Z][\w&.-]*|and|of|for|the|&)\s+){{0,5}}?(?:{BODY})\b"
    rf"|(?:'s)?\s+{LOWER_BODY}\b|\s+{SERVICE}\b"
)
BODY_AFTER_CAPITALS = re.compile(rf"(?:'S)?\s+(?:[A-Z]+\s+)?(?:{BODY_CAPITALS})\b")
BODY_BEFORE = re.compile(
    rf"\b(?:(?:{BODY}|President|Government)(?:,?\s+(?:of|for|and|the|&|in|[A-Z][\w-]*))*\s+(?:of|for)\s+(?:the\s+)?"
    rf"|(?:{BODY_CAPITALS}|BANK)\s+OF\s+(?:THE\s+)?|(?:New|NEW|Air|AIR|Radio)\s+"
    r"|(?:customs|government|ministry|bureau|central\s+bank|authorities)\s+(?:of|in)\s+(?:the\s+)?|(?:Made|made)\s+in\s+"
    r"|(?:analysts?|economists?|traders?|dealers?|brokers?|forecasters?|strategists?|spokes\w+)\s+(?:in|of)\s+)$"
)
BODY_BEFORE_ENDS = frozenset({"of", "for", "in", "the", "OF", "THE", "New", "NEW", "Air", "AIR", "Radio"})
PREFIXES = frozenset({"non", "pan", "intra", "inter", "extra", "ex", "anti", "trans", "pre", "post", "mid", "sino"})
NEXT_WORD = re.compile(r"(?:'S)?\s+(\w{3,})")


def _is_bloc(context: Context) -> bool:
    """`producers' group OPEC`: the name of a group of countries, in capitals where a company has none."""
    return context.text[context.start : context.end] in ("Opec", "OPEC", "ASEAN", "Asean", "BRICS", "Brics", "OECD")


def drop(context: Context) -> bool:
    """Whether the name is a currency's or a street's, or torn out of a longer word, address or mail."""
    text, end = context.text, context.end
    if NAMED_AFTER.search(context.before(24)) and not _is_bloc(context):
        # `according to lender Marlborough`
        return True
    if context.previous() == "Royal":
        # `Royal Dutch Shell`
        return True
    if AGREEMENT.match(text, end):
        # `under the Lome convention`
        return True
    if CURRENCY.match(text, end) and not (_article_and_amount(context) or _without_dollars(context)):
        return True
    if AMBIGUOUS_CURRENCY.match(text, end) or STREET.match(text, end) or TITLE.match(text, context.start):
        return True
    return _inside_word(context.before(24), text[end : end + 2])


_DOLLARS = frozenset(("US", "U.S.", "Hong Kong", "Singapore", "Taiwan", "Australia", "Canada", "New Zealand", "HK"))


def _without_dollars(context: Context) -> bool:
    """`the Netherlands and Turkey $1.8 bln`: the place, then the amount."""
    name, amount = context.text[context.start : context.end], context.text[context.end : context.end + 3]
    return amount.startswith(" $") and amount[2:].isdigit() and name not in _DOLLARS and name[-1] not in "nhe"


def _article_and_amount(context: Context) -> bool:
    """`exports to the US $ 10.4 billion`"""
    return context.before(4).lower() == "the " and context.text[context.end : context.end + 2] == " $"


def _inside_word(before: str, after: str) -> bool:
    if after[:1] in ("@", "_") or (after[:1] == "." and after[1:].islower()):
        return True
    if before[-1:] in ("@", "#", "_") or (before[-1:] in (".", "/") and before[-2:-1].islower()):
        return True
    prefix = re.search(r"(\w+)-$", before) if before[-1:] == "-" else None
    return prefix is not None and prefix.group(1).lower() not in PREFIXES and prefix.group(1)[0].isupper()


def feature_end(context: Context) -> int | None:
    """The end of `X River`, `X Sea`; the name's end after `Gulf of`; None where the name is no such thing."""
    if match := FEATURE.match(context.text, context.end):
        return match.end()
    before = context.before(20)
    if before[-1:].isspace() and (found := FEATURE_BEFORE.search(before)):
        return None if found.group().startswith("Port of") else context.end
    return None


def part_start(context: Context) -> int | None:
    """Where `northeastern X`, `non-X`, `rest of X` begins; None for the whole of X."""
    before = context.before(40)
    if not before.rstrip().lower().endswith(PART_ENDS):
        return None
    match = PART.search(before)
    return None if match is None else context.start - len(match.group())


def type_word(context: Context) -> TypeWord | None:
    """The type word after the name (`X Province`), else the one before (`the port of X`)."""
    if match := TYPE_AFTER.match(context.text, context.end):
        return TypeWord(" ".join(match.group(1).lower().split()), match.end())
    before = context.before(40)
    if not before.rstrip().lower().endswith((" of", " the")):
        return None
    match = TYPE_BEFORE.search(before)
    return TypeWord(match.group(1).lower(), None) if match else None


def in_organisation(context: Context) -> bool:
    """Whether the name is part of the name of a body, a project or a service."""
    after = BODY_AFTER_CAPITALS if _all_capitals(context) else BODY_AFTER
    if after.match(context.text, context.end):
        return True
    return context.previous() in BODY_BEFORE_ENDS and BODY_BEFORE.search(context.before(90)) is not None


def _all_capitals(context: Context) -> bool:
    """Whether name and next word are in capitals: a headline, where capitals don't show what is a name."""
    if not context.text[context.start : context.end].isupper():
        return False
    following = NEXT_WORD.match(context.text, context.end)
    return following is not None and following.group(1).isupper()
