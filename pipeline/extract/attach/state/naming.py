"""From words to a series key: what a subject changes in the key in force, and what it inherits."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.attach.state import nouns
from pipeline.extract.attach.state.context import Context, Key
from pipeline.extract.words.commodity import acts
from pipeline.extract.words.indicators import counted_noun, is_amount, is_economy, is_statistic, rate_of
from pipeline.extract.words.phrases import product
from pipeline.extract.words.subject import Subject
from pipeline.lexicon import gazetteer

_CARRIERS = frozenset("rail railways railway road roads trucks lorries ships vessels pipelines pipeline barges".split())
_ALL_GOODS = ("goods", "merchandise")
_HOMES = ("house", "houses", "home", "homes", "flat", "flats", "apartment", "apartments", "property", "dwelling")
_CARGO = ("cargo", "cargoes")
_GOES_ON = ("total", "exports", "imports")


def named(base: Key, subject: Subject, context: Context, *, fresh: bool, main_area: str | None = None) -> Key:
    """`base` with what `subject` says. `fresh` begins a sentence (nothing but the reporter is inherited)."""
    key = base
    if subject.flow:
        key = _flowing(base, subject, context, fresh)
    elif subject.mode:
        flow = "total" if fresh and _after_both(context) else base.flow or "total"
        key = replace(
            base.world() if fresh else base,
            flow=flow if flow != "balance" else "total",
            sign=1,
            commodity=subject.mode,
            indicator=None,
        )
    elif (noun := nouns.settle(subject.indicator, context)) is not None:
        last = context.key if fresh else base
        key = (
            _of_the_same(last, noun)
            if subject.relative and (last.flow or last.indicator)
            else _nominal(base, _the_rate(noun, context), context, fresh)
        )
    if key.flow is None and key.indicator is None and context.trade and _names_foreign(subject, key.ref):
        # `Germany and Italy topped the list with ...`: the flow in force goes on.
        key = replace(key, flow=context.trade)
    located = _located(key, subject, context, fresh)
    # `The Australian coal officially imported` in a text on China's imports
    return from_abroad(located, context) if subject.verbal and located.partner else located


def _names_foreign(subject: Subject, ref: str | None) -> bool:
    if ref is None:
        return False
    named = [*subject.partners, *([subject.subject_area] if subject.subject_area else [])]
    return any(foreign(code, ref) for code in named)


def _flowing(base: Key, subject: Subject, context: Context, fresh: bool) -> Key:
    if subject.whole:
        base = base.world()
    elif fresh and not subject.commodity:
        kept = context.key.commodity if context.in_mass and context.key_paragraph == context.paragraph else None
        if context.key.flow != subject.flow and not context.topic.commodity:
            # `Imports were 3.2 million tons, of which coal was 1.9. Exports, though, ...`
            kept = None
        if context.product and context.opening and context.opening.flow in (subject.flow, None):
            kept = kept or context.product
        base = replace(base.world(), commodity=kept)
        if not subject.reporters and context.key_paragraph == context.paragraph and context.key.flow in _GOES_ON:
            # `Jilin's trade with Russia grew 71.6%. Exports were ...`
            base = replace(base, partner=context.key.partner)
    commodity = _named_product(subject.commodity, context)
    if commodity is None and not subject.whole:
        topic_goes_on = context.opening is not None and context.opening.flow in (subject.flow, None)
        if not fresh and base.flow == "total" and subject.flow in _GOES_ON:
            # `Vietnam's total trade was 368 billion: exports 190 billion and imports ...` in a text on footwear
            topic_goes_on = False
        # `The deficit with the US` in a text on trade in services
        services = (context.product or "").lower() == "services"
        topic_goes_on = topic_goes_on or (services and subject.flow == "balance")
        # Tonnes of unnamed goods are of what the text is about.
        topic_goes_on = topic_goes_on or context.in_mass
        commodity = base.commodity or (context.product if topic_goes_on else None)
    return replace(base, flow=subject.flow, sign=subject.sign, commodity=commodity, indicator=None)


def _named_product(commodity: str | None, context: Context) -> str | None:
    """The product that a subject names, without words that name none of their own (`the latter`, `the devices`)."""
    if commodity and commodity.lower() in ("former", "latter"):
        commodity = nouns.settle(commodity, context)
    if commodity and commodity.lower() in ("products", "devices", "items", "articles"):
        # `Shipments of the devices plunged` after a sentence on mobile phones
        here = context.key_paragraph == context.paragraph and commodity.lower() != "products"
        commodity = context.key.commodity if here else None
    if commodity and (commodity.lower() == "merchandise" or (commodity.lower() in _ALL_GOODS and not context.services)):
        # Where services are not told apart, trade in goods is simply the trade.
        commodity = None
    if commodity and is_statistic(commodity) and not (counted_noun(commodity) or commodity.lower().endswith("stocks")):
        # `price of exports`, `volume of imports of cars`: the statistic is not a product.
        commodity = None
    return commodity


def _of_the_same(base: Key, noun: str) -> Key:
    """`that of the secondary industry`, `those of crude oil`: what was said before, of another thing."""
    if base.flow:
        return replace(base, commodity=noun)
    return replace(base, indicator=f"{(base.indicator or '').split(' of ')[0]} of {noun}")


def _the_rate(noun: str, context: Context) -> str:
    """`Among the young the rate was 60%`: the rate that the text spoke of last."""
    if noun.lower() != "rate":
        return noun
    spoken = [context.key.indicator, *reversed(context.named.values())]
    return next((one for one in spoken if rate_of(one) is not None and not is_economy(one)), None) or noun


def _after_both(context: Context) -> bool:
    """After `Exports rose ..., imports fell ...` a kind of trade or of traders is one of the whole again."""
    return {key.flow for key in context.sentence_keys} >= {"exports", "imports"}


def _of_product(base: Key, noun: str, context: Context) -> Key | None:
    """A price or a quota, with the product that its words or the text name."""
    if is_statistic(noun) and {"price", "prices"} & set(noun.lower().split(" of ")[0].split()[-2:]):
        same = context.key_paragraph == context.paragraph
        commodity = _priced(noun) or base.commodity or (context.key.commodity if same else None)
        return Key(indicator=noun, commodity=commodity, ref=base.ref)
    if noun.lower().endswith(("quota", "quotas")):
        # `the 1986 cod quota`, `The U.S. quota` in a text on sugar
        named = product(noun.rpartition(" ")[0])
        return Key(indicator=noun, commodity=named or context.product or context.key.commodity, ref=base.ref)
    return None


def _nominal(base: Key, noun: str, context: Context, fresh: bool) -> Key:
    traded = context.money and context.trade and counted_noun(noun) is not None
    if (of_product := _of_product(base, noun, context)) is not None:
        return of_product
    if noun.lower() in ("volume", "volumes") and not fresh and base.flow in _GOES_ON:
        # `earnings from coffee came to 712 mln dlrs, and volume to 4.85 mln bags`
        return base
    if context.money and noun.lower() in _CARGO and context.key.flow:
        # `Imports and exports came to 1.1 million tonnes. The cargo was valued at 21 billion yuan`
        return replace(context.key.world(), ref=base.ref)
    if is_statistic(noun) and not traded:
        return Key(indicator=noun, ref=base.ref, partner=None if fresh else base.partner)
    if context.massed and noun.lower() in _CARRIERS:
        # `Of this, rail carried 7.21 million tons`: who carries it is not what is carried.
        return base if base.flow or base.indicator else context.key
    measured = context.opening.indicator if context.opening and not context.opening.flow else None
    if context.massed and measured and is_amount(measured) and not context.trade:
        # `Fertilisers, 9.41 million tonnes` in a text on the cargo of a port
        return Key(indicator=measured, commodity=None if acts(noun) else noun, ref=base.ref)
    in_force = base.flow if base.flow != "balance" else None
    in_force = in_force or context.trade
    if fresh and acts(noun) and _after_both(context):
        in_force = "total"
    if in_force:
        partner = None if fresh else base.partner
        if noun.lower() in _ALL_GOODS and not context.services:
            # `goods worth 32.9 billion dollars were sent abroad` are the whole trade.
            return replace(base, flow=in_force, sign=1, commodity=None, indicator=None, partner=partner)
        return replace(base, flow=in_force, sign=1, commodity=noun, indicator=None, partner=partner)
    return Key(indicator=noun, ref=base.ref)


def _priced(noun: str) -> str | None:
    """`price of hot-rolled coil`; homes are no goods."""
    named = product(noun.split(" of ", 1)[1]) if " of " in noun else None
    return None if named and named.lower().split()[-1] in _HOMES else named


def _located(key: Key, subject: Subject, context: Context, fresh: bool) -> Key:
    reporters = [subject.owner] if subject.owner else list(subject.reporters[:1])
    if not reporters and subject.subject_area and subject.verbal:
        reporters = [subject.subject_area]
    ref, partner, is_open = key.ref, key.partner, key.partner_open
    grown = _grown_abroad(key, subject, context)
    if grown or (reporters and reporters[0] in subject.within and key.flow and ref and foreign(reporters[0], ref)):
        # `goods imported in Russia` in a text on Heihe come from Russia.
        ref, partner, is_open, reporters = context.main if grown else ref, reporters[0], False, []
    if reporters:
        ref, partner, is_open = _reporter(key, reporters, context)
        if fresh and partner is None and key.flow and context.key_paragraph == context.paragraph:
            partner = _other_side(context, reporters[0], subject)
    if subject.partners or subject.partner_open:
        partner = subject.partners[0] if len(subject.partners) == 1 and not subject.partner_open else None
        is_open = partner is None
        if partner and ref and not reporters and _neighbours(partner, ref) and foreign(context.key.partner, ref):
            # `Trade with Jilin` after Liaoning's trade with Russia is Jilin's with Russia.
            ref, partner = partner, context.key.partner
    elif subject.takers:
        partner, is_open = (subject.takers[0], False) if len(subject.takers) == 1 else (None, True)
    elif subject.subject_area and not subject.verbal:
        own = context.main if _served(key, subject.subject_area, context) else None
        ref, partner, is_open = _standing(key, subject.subject_area, own or ref, partner, is_open, served=bool(own))
    if partner is not None and partner == ref:
        # `Kazakhstan, whose trade with China stood at` in a text on China
        side = subject.subject_area if subject.partners else None
        ref, partner = (ref, side) if side and elsewhere(side, ref) else _turned(key, context, partner)
    return replace(key, ref=ref, partner=partner, partner_open=is_open)


def _grown_abroad(key: Key, subject: Subject, context: Context) -> bool:
    """`Canadian coal came to 500,000 tons` in a text on China's imports: they come from Canada."""
    main, origin = context.main, subject.owner or (subject.reporters or ("",))[0]
    if key.flow != "imports" or subject.flow or not main or not key.commodity or not nouns.settle(subject.indicator):
        return False
    return context.opening is not None and context.opening.flow in ("imports", "total") and elsewhere(origin, main)


def from_abroad(key: Key, context: Context) -> Key:
    """`Mongolian coal: 1.3 million tons were imported` in a text on China's imports: they come from Mongolia."""
    main, opening = context.main, context.opening
    if opening is None or opening.ref != main or key.flow != "imports" or not (main and key.ref):
        return key
    turned = key.partner == main and opening.flow == "imports"
    grown = key.partner is None and opening.flow in ("imports", "total")
    return replace(key, ref=main, partner=key.ref) if (turned or grown) and elsewhere(key.ref, main) else key


def _reporter(key: Key, reporters: list[str], context: Context) -> tuple[str | None, str | None, bool]:
    code = reporters[0]
    if code == key.partner:
        return code, key.ref, False
    if key.flow and gazetteer.kind_of(code) == "group" and context.main and gazetteer.kind_of(context.main) != "group":
        # `EU exports` in a release of the United Kingdom are its exports to the EU.
        return key.ref, code, False
    return code, key.partner, key.partner_open


def _other_side(context: Context, reporter: str, subject: Subject) -> str | None:
    """`Russia's surplus` after China's trade with Russia is that with China; so are `exports from China` with
    Russia."""
    if subject.partners or subject.partner_open or subject.whole:
        return None
    last, opening = context.key, context.opening
    if reporter == last.partner:
        return last.ref
    two_sided = opening is not None and opening.partner is not None and opening.partner in (last.partner, last.ref)
    if subject.flow == "balance" and reporter == last.ref and two_sided:
        # `Turkey's deficit` after its trade with Russia
        return last.partner
    return last.partner if subject.sourced and reporter == last.ref else None


def _neighbours(one: str, other: str) -> bool:
    country = gazetteer.country_of(one)
    return one != other and country == gazetteer.country_of(other) and country not in (one, other)


def foreign(partner: str | None, ref: str) -> bool:
    """Whether `partner` lies in another country than `ref`; a group of countries does not."""
    return partner is not None and gazetteer.country_of(partner) not in (None, gazetteer.country_of(ref))


def elsewhere(area: str | None, main: str) -> bool:
    """Whether an area lies in another country than `main`, or is a group of countries."""
    return area is not None and area != main and (foreign(area, main) or gazetteer.kind_of(area) == "group")


def _served(key: Key, area: str, context: Context) -> bool:
    """`The USA is a distant second` in a text on the cargo of a port: whose cargo goes through it."""
    main, opening = context.main, context.opening
    if key.flow or main is None or opening is None or not is_amount(opening.indicator or ""):
        return False
    return gazetteer.kind_of(main) in ("city", "subdivision") and opening.ref == main and foreign(area, main)


def _standing(
    key: Key, area: str, ref: str | None, partner: str | None, is_open: bool, *, served: bool
) -> tuple[str | None, str | None, bool]:
    """An area that stands as the subject: the reporter where nothing is traded, else a partner of the reporter."""
    traded = key.flow and ref and area != ref and gazetteer.country_of(area) != gazetteer.country_of(ref)
    if served or traded:
        return ref, area, False
    return (area, partner, is_open) if not (ref and gazetteer.country_of(ref) == area) else (ref, partner, is_open)


def _turned(key: Key, context: Context, code: str) -> tuple[str | None, str | None]:
    if key.partner and key.partner != code:
        return key.partner, code
    if context.main and context.main != code:
        return context.main, code
    return code, None


def says_nothing(subject: Subject, context: Context | None) -> bool:
    """Whether a subject is no more than a source or a filler (`economists`, `the data`), so that the last one
    goes on."""
    named = subject.flow or subject.mode or subject.commodity or subject.reporters or subject.partners or subject.takers
    if named or subject.partner_open or subject.subject_area or subject.indicator is None:
        return False
    return nouns.settle(subject.indicator, context) is None
