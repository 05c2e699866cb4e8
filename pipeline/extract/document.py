"""One document through extraction: passages to sentences to items to statements to records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.extract.areas.find import find_areas
from pipeline.extract.assemble import Placed, assemble
from pipeline.extract.attach.about import directions, headings, pairs, places, reporters, topics
from pipeline.extract.attach.about.notes import note
from pipeline.extract.attach.about.titles import settle_titles
from pipeline.extract.attach.about.topics import of_amount
from pipeline.extract.attach.kind.money import name_dollars, own_dollar
from pipeline.extract.attach.state import naming
from pipeline.extract.attach.state.context import Context, Key
from pipeline.extract.attach.statements import read_statements
from pipeline.extract.attach.when import timing, two_rates
from pipeline.extract.clean import CleanText, clean
from pipeline.extract.numbers.figures import figure_mentions
from pipeline.extract.numbers.find import find_numbers
from pipeline.extract.numbers.units import quantities
from pipeline.extract.periods import dating, habits
from pipeline.extract.periods.dates import find_dates
from pipeline.extract.periods.find import find_periods
from pipeline.extract.tables.document import tables_of
from pipeline.extract.words.asides import without_adverbials, without_appositions, without_participles
from pipeline.extract.words.items import Item, itemise
from pipeline.extract.words.sentences import behind_dateline, sentences
from pipeline.extract.words.subject import read_subject
from pipeline.extract.words.tagging import tagged
from pipeline.extract.year_evidence import year_evidence
from pipeline.model.document import Document, Passage, PassageKind
from pipeline.model.period import Period
from pipeline.model.result import Extraction, Skipped

_BYLINE = 120
_UNREAD = (PassageKind.FURNITURE, PassageKind.TABLE)
_SERVICES = regex.compile(
    r"trade[ -]in[ -]services|services? trade|goods and services|services? exports|exports of services|invisibles"
)
_TOPICAL = regex.compile(
    r"\b(?:trade|exports?|imports?|logistics|surplus|deficit|rate|sales|profits?|output|production|prices?|products"
    r"|(?:buy|sell)(?=\?)|partners|markets)\b|^(?:\(\d\)\s)?\p{Lu}[\p{L} -]{2,40}:(?=\s)",
    regex.I,
)
_HEADINGS = (PassageKind.HEADLINE,)

_Opening = tuple[Period | None, str | None]


@dataclass(slots=True)
class _Sentence:
    passage_number: int
    kind: PassageKind
    passage: CleanText
    start: int
    end: int
    text: str
    items: list[Item]
    lead: int = 0
    place: str | None = None
    """Where its dateline says that it was written."""
    wanted: bool = False


def extract_document(document: Document) -> Extraction:
    """Every figure of `document`, and every other number mention with the reason why it is none.

    Tables are read by `pipeline.extract.tables`. Raises nothing of its own: a sentence that cannot be understood gives
    records with fewer fields, never an exception.
    """
    skipped: list[Skipped] = []
    read = list(_sentences(document))
    context = _context(document, read)
    for sentence in read:
        _fill(sentence, context, document, skipped)
    tags = tagged(s.text for s in read if s.wanted)
    for sentence, tokens in zip((s for s in read if s.wanted), tags, strict=True):
        items = [i for i in itemise(sentence.text, tokens, sentence.items) if i.start >= sentence.lead]
        sentence.items = without_participles(without_adverbials(without_appositions(items)))
    _reporter(read, context)
    placed = _walk(read, context)
    if _undated(context):
        context, placed = _by_evidence(document, read, context, placed)
    records = [*assemble(document, placed), *tables_of(document, context)]
    return Extraction(tuple(sorted(records, key=lambda r: (r.char_start, r.char_end))), tuple(skipped))


def _sentences(document: Document) -> Iterable[_Sentence]:
    for number, passage in enumerate(document.passages):
        if passage.kind in _UNREAD or passage.repeats is not None or _is_byline(document, passage):
            continue
        text = clean(document.text, passage.segments)
        for start, end in sentences(text.text):
            piece = text.text[start:end]
            yield _Sentence(number, passage.kind, text, start, end, piece, [])


def _is_byline(document: Document, passage: Passage) -> bool:
    """A short line that says when the text was published (`June 1, 2023 7:48 PM | Updated 5 months ago`)."""
    start, end = passage.segments[0][0], passage.segments[-1][1]
    stated = document.published.span if document.published else None
    if stated is None or not start <= stated[0] < end or end - start > _BYLINE:
        return False
    return not document.text[start:end].rstrip().endswith((".", "!", "?", "%"))


def _context(document: Document, read: Sequence[_Sentence]) -> Context:
    published = document.published
    context = Context(published=published.date if published else None)
    context.published_basis = "dateline" if published and published.basis == "dateline" else "published"
    if published is None or published.date.startswith("XXXX"):
        titles = [s.text for s in read if s.kind in _HEADINGS]
        found = dating.publication(context.published, [s.text for s in read], titles[:1])
        if published is None and found is not None:
            context.published_basis, context.estimated = "context", True
        context.published = found
    text = " ".join(s.text for s in read)
    context.services = bool(_SERVICES.search(text))
    texts = [s.text for s in read]
    context.usual_comparison, context.quarterly = habits.of_months(texts), habits.of_quarters(texts)
    context.season, context.week = dating.season_of(texts), dating.week_of(texts)
    return context


def _undated(context: Context) -> bool:
    return context.published is None or context.published.startswith("XXXX")


def _by_evidence(
    document: Document, read: Sequence[_Sentence], context: Context, placed: list[Placed]
) -> tuple[Context, list[Placed]]:
    """The text read again with the year that it gives evidence for; as it was where there is none."""
    texts = [s.text for s in read if not dating.FORWARD.search(s.text)]
    days = [m.period for text in texts for m in find_periods(text) if m.role == "date"]
    dated = [p for p in days if p.year is not None]
    evidence = year_evidence(placed, max(dated, key=lambda p: (p.year or 0, p.month, p.day or 1), default=None))
    if evidence is None:
        return context, placed
    again = _context(document, read)
    again.published = dating.after(evidence.period, again.published)
    again.published_basis, again.estimated = evidence.words, True
    _reporter(read, again)
    placed = _walk(read, again)
    for one in placed:
        if one.statement.period is not None and one.statement.period_basis != "stated":
            one.statement.period_basis = evidence.words
    return again, placed


def _fill(sentence: _Sentence, context: Context, document: Document, skipped: list[Skipped]) -> None:
    """The mentions of a sentence; empty where no number of it can be a figure and no area can matter."""
    text = sentence.text
    forward = bool(dating.FORWARD.search(text))
    mentions = [dating.as_meant(m, text, context.season, forward=forward) for m in find_periods(text)]
    periods = [Item("period", m.start, m.end, text[m.start : m.end], "", m) for m in mentions]
    dates = [
        Item("date", s, e, text[s:e], "", None)
        for s, e in find_dates(text)
        if all(e <= p.start or s >= p.end for p in periods)
    ]
    times = [(i.start, i.end) for i in periods + dates]
    found = quantities(text, find_numbers(text, times))
    figures, others = figure_mentions(text, found, times, sentence.kind in _HEADINGS)
    for mention, reason in others:
        skipped.append(
            Skipped(
                sentence.passage.source(sentence.start + mention.start, sentence.start + mention.end),
                text[mention.start : mention.end],
                reason,
            )
        )
    areas = [Item("area", m.start, m.end, text[m.start : m.end], "", m) for m in find_areas(text, home=context.home)]
    cities = [i.text for i in areas if i.data.kind == "city" or i.data.code in reporters.CAPITALS]
    sentence.lead = behind_dateline(text, cities) if sentence.kind not in _HEADINGS else 0
    sentence.place = next((area.data.code for area in areas if area.start < sentence.lead), None)
    numbers = [Item("quantity", q.start, q.end, text[q.start : q.end], "", q) for q in figures]
    sentence.wanted = bool(figures or areas or periods or _TOPICAL.search(text))
    if sentence.wanted:
        sentence.items = [
            *numbers,
            *[p for p in periods + dates if _clear(p, numbers)],
            *[a for a in areas if _clear(a, numbers)],
        ]


def _clear(item: Item, others: Sequence[Item]) -> bool:
    return all(item.end <= o.start or item.start >= o.end for o in others)


def _reporter(read: Sequence[_Sentence], context: Context) -> None:
    context.main = reporters.whose([s.items for s in read if s.items])
    written = context.main or next((s.place for s in read if s.place), None)
    context.home = reporters.home_country((i.data for s in read for i in s.items if i.kind == "area"), written)
    if own := own_dollar(context.home, [s.text for s in read]):
        context.dollars["dollar"] = own
    context.fiscal = topics.on_a_budget([s.text for s in read], [i for s in read for i in s.items])


def _walk(read: Sequence[_Sentence], context: Context) -> list[Placed]:
    """Reads the body, then the headlines above it, which inherit what the body's first figures say."""
    placed: list[Placed] = []
    body = [s for s in read if s.items]
    first_body = next((i for i, s in enumerate(body) if s.kind not in _HEADINGS), 0)
    titles, rest = body[:first_body], body[first_body:]
    context.title = " ".join(s.text for s in read if s.kind in _HEADINGS)
    spoken = [read_subject(s.items) for s in titles]
    named = [(n.flow, n.commodity if n.flow else of_amount(n.indicator)) for n in spoken]
    # A title's capitals hide names of places; a product stands in the body in small letters.
    common = [(flow, noun) for flow, noun in named if noun and any(noun.lower() in s.text for s in rest)]
    context.titled = common[0] if common else (None, None)
    context.other_side = pairs.other_side([s.items for s in titles], [s.items for s in body], context.main)
    opening = None
    for sentence in rest:
        _enter(sentence, context)
        if not any(item.kind == "quantity" for item in sentence.items):
            if not headings.head(sentence.items, context):
                note(sentence.items, context)
            continue
        now = context.period, context.period_basis
        statements = read_statements(sentence.items, context)
        placed += [Placed(s, sentence.passage, sentence.start, sentence.end) for s in statements]
        if now[0] is not None and dating.REVISES.search(sentence.text):
            context.period, context.period_basis = now
        if context.main_period is None and context.period is not None:
            context.main_period = context.period
        if statements and opening is None:
            opening = (statements[0].period, statements[0].key.ref)
    for one in placed:
        timing.fill(one.statement, context.main_period, context.published)
    above: list[Placed] = []
    label = None
    for sentence in titles:
        label = _title(sentence, context, opening, above, label)
    two_rates.tell_apart([one.statement for one in placed])
    settle_titles([one.statement for one in above], [one.statement for one in placed])
    return [*placed, *above]


def _enter(sentence: _Sentence, context: Context) -> None:
    context.forward = bool(dating.FORWARD.search(sentence.text))
    if sentence.passage_number != context.paragraph:
        context.paragraph = sentence.passage_number
        context.comparison, context.overall = None, False
        context.price_unit = None
        context.key = replace(context.key, ref=context.main or context.key.ref)
        context.period = timing.at_new_paragraph(context.period, context.main_period)
        context.paragraph_period = None
    else:
        context.period = timing.at_paragraph(context.period, context.paragraph_period)
    name_dollars([item for item in sentence.items if item.kind == "quantity"], context)
    meant = directions.weak_flows(sentence.items, context)
    sentence.items = directions.with_directions(places.resolve_type_nouns(meant, context), context)
    context.abroad = places.named_abroad(sentence.items, context) or context.abroad


def _title(
    sentence: _Sentence, context: Context, opening: _Opening | None, placed: list[Placed], label: Key | None
) -> Key | None:
    """Reads a line above the body. `label` is the key of a line without figures, which those below it have (`Exports in
    February`, `136.7 billion euros`, `+4.0% compared with January`); returns it for the next line."""
    period, ref = opening or (context.period, context.main)
    head = replace(
        context,
        key=replace(context.key.bare(), ref=context.main or ref),
        period=period or context.main_period,
        sentence_keys=[],
        dollars=dict(context.dollars),
    )
    sentence.items = places.resolve_type_nouns(sentence.items, head)
    subject = read_subject(sentence.items)
    if not any(item.kind == "quantity" for item in sentence.items):
        return naming.named(head.key, subject, head, fresh=True) if subject.flow else None
    if label is not None and not subject.flow:
        head.key, head.opening, head.key_paragraph = label, label, head.paragraph
    statements = read_statements(sentence.items, head)
    placed += [Placed(s, sentence.passage, sentence.start, sentence.end) for s in statements]
    return label
