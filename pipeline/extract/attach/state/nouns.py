"""Noun phrases that are worth being a subject, and those that only frame one."""

from __future__ import annotations

from pipeline.extract.attach.state.context import Context
from pipeline.extract.words.indicators import is_statistic
from pipeline.extract.words.phrases import product

_ISSUERS = frozenset("association ministry bureau department administration institute chamber society union".split())
_JUNK = frozenset(
    (
        "data figures statistics report reports customs year years month months period time news agency bureau source "
        "sources official officials analysts economists traders experts observers ministry department spokesman "
        "spokesperson result fact addition contrast comparison example part terms basis pace day days week half "
        "quarter rest country countries government world level levels record high low peak amount total value average "
        "unit note top end beginning side case way place number lot today yesterday table trend tally nation group "
        "history scale situation "
        "forecast estimate poll survey lion star business partner partners item items category categories segment "
        "buyers sellers customers suppliers destinations origins markets market mark threshold average daily "
        "buyer seller customer supplier destination origin importer importers exporter exporters product bank board "
        "institute office association administration committee commission authority authorities sides "
        "range states leaders measures goal target outlet outlets members purchases "
        "dealers count reading analyst economist trader dealer expert forecaster forecasters bag quantity sum "
        "consensus things thing speed relation line recession recovery downturn upturn slump boom "
        "revisions revision corrections correction delivery expensive cheap dear important popular mid early late"
    ).split()
)


_GAPS = ("gap", "deficit", "shortfall", "surplus")


def settle(noun: str | None, context: Context | None = None) -> str | None:
    """A noun phrase worth being a subject, or None (`customs data`, `the end`, a name of a month)."""
    if not noun:
        return None
    if context is not None and context.coordination is not None and noun.lower() in ("former", "latter"):
        return context.coordination[noun.lower() == "latter"]
    if context is not None and context.fiscal and noun.lower().split()[-1] in _GAPS:
        return "budget surplus" if noun.lower().endswith("surplus") else "budget deficit"
    kept = product(noun) if not is_statistic(noun) else noun
    if not kept or (_is_junk(kept) and not is_statistic(kept)):
        return None
    if kept.lower().split(" of ")[0].split()[-1] in _ISSUERS and " of " in kept:
        return None
    if kept.lower().split(" and ")[0].split()[-1:] in (["partner"], ["partners"], ["buyer"], ["supplier"], ["source"]):
        return None
    return kept


def _is_junk(noun: str) -> bool:
    """A noun that only frames; `products` alone is one, `fish products` are goods."""
    parts = noun.lower().split()
    return parts[-1] in _JUNK and not (len(parts) > 1 and parts[-1] == "products")
