"""The walker: reads a sentence of items from left to right into statements: steps 4 to 7.

At each quantity the words before it say what it is about and what kind of statistic it is, the words behind it add
what follows (`of timber`, `to Russia`, `in November`). A statement inherits what its own words leave out from the
statement before it in the sentence, the first one from the document's context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract import indicators, lists, measures, naming, regions, timing
from pipeline.extract.context import Context, Key
from pipeline.extract.items import Item, without_asides
from pipeline.extract.measures import Reading
from pipeline.extract.phrases import is_nominal, phrase_right, product
from pipeline.extract.statement import Statement
from pipeline.extract.subject import Subject, read_subject
from pipeline.extract.units import Quantity

_CHANGES = ("growth", "difference", "multiple")
_DIMENSIONS = {"length": "distance", "area": "area", "time": "time", "temperature": "temperature", "power": "capacity"}
_MAKING = ("yielded", "produced", "produces", "harvested", "mined", "refined", "turned", "generated", "smelted")
_MUTUAL = ("bilateral", "mutual", "two-way")
_PARTIES = ("countries", "nations", "sides", "neighbours", "neighbors", "economies", "partners")
_UNITS_OF_COUNT = ("teu", "teus", "units", "pieces", "sets", "head", "cases", "bags")
_REPORTING = ("said", "says", "showed", "shows", "show", "reported", "announced", "added", "noted", "stated", "told", "indicated", "revealed")


def read_statements(items: Sequence[Item], context: Context) -> list[Statement]:
    """The statements of one sentence, in order; `context` is brought up to date."""
    reader = _Reader(items, context)
    return reader.read()


class _Reader:
    """The state of one sentence: the key in force, what the last figure was, where periods were named."""

    def __init__(self, items: Sequence[Item], context: Context) -> None:
        self.items = items
        self.context = context
        self.at = [i for i, item in enumerate(items) if item.kind == "quantity"]
        self.statements: list[Statement] = []
        self.key = context.key.bare()
        self.fresh = True
        self.flowing = False
        self.lefts: list[list[Item]] = []
        self.rights: list[list[Item]] = []

    def read(self) -> list[Statement]:
        """All statements of the sentence."""
        self._part()
        self._begin()
        for n in range(len(self.at)):
            self._quantity(n)
        lists.pair(self.statements, self.items, self.lefts, self.context)
        self._times()
        self._units_of_runs()
        self._links()
        self._finish()
        return self.statements

    def _part(self) -> None:
        edges = [-1, *self.at, len(self.items)]
        left: list[Item] = list(self.items[: edges[1]])
        for n, position in enumerate(self.at):
            self.lefts.append(without_asides(left))
            between = without_asides(self.items[position + 1 : edges[n + 2]])
            if n + 1 < len(self.at):
                right, left = regions.parted(between)
            else:
                right = regions.behind_last(between)
            self.rights.append(right)
        for n in range(len(self.at) - 2, -1, -1):
            opened = measures.tail(self.lefts[n + 1], self.items[self.at[n + 1]].data.number.bound_start)
            if not self.rights[n] and [item.text for item in opened] in (["("], ["["], [";"]):
                # What follows the bracket with the other currency follows the amount.
                self.rights[n] = [item for item in self.rights[n + 1] if item.text not in (")", "]")]

    def _begin(self) -> None:
        """The key that the sentence begins with: the topic for `of which`, the last key for pronouns, else the reporter."""
        if naming.opens_with_therein(self.items):
            self.key, self.fresh = self.context.topic, False
        elif naming.opens_with_anaphor(self.items):
            self.key, self.fresh = self.context.key, False
        else:
            self.key = Key(ref=self.context.key.ref or self.context.main)

    def _quantity(self, n: int) -> None:
        item = self.items[self.at[n]]
        quantity: Quantity = item.data
        left, right = self.lefts[n], self.rights[n]
        before = self.statements[-1].reading if self.statements else None
        self.context.massed = quantity.kind in ("mass", "volume")
        part, whole = _shared(_clause(left))
        subject = read_subject(part, self.key.flow)
        if naming.says_nothing(subject, self.context):
            subject = Subject()
        if not subject.empty:
            trial = naming.named(self.key, subject, self.context, fresh=self.fresh)
        else:
            trial = self.context.key if self.fresh and not self.statements else self.key
        rate = indicators.rate_of(trial.indicator)
        reading = measures.read_measure(quantity, left, right, before, rate["reads"] if rate else None)
        reading = self._linked(n, reading)
        if reading.rule.startswith("growth") and subject.empty and trial.flow is None and naming.settle(trial.indicator) is None:
            trial = Key(indicator="economic growth", ref=trial.ref)
        key = self._key(n, reading, subject, trial)
        statement = Statement(quantity, self.at[n], key, reading, unit="", explicit=not subject.empty)
        self.flowing = bool(subject.flow or subject.mode)
        self._unit(statement, n)
        if whole and reading.measure == "share":
            self._share(statement, whole, subject)
        else:
            self._behind(statement, right)
        self._sign(statement, n)
        self._status(statement, n)
        self._physical(statement, subject)
        self.statements.append(statement)

    def _key(self, n: int, reading: Reading, subject: Subject, trial: Key) -> Key:
        if reading.role == "alternative" and self.statements:
            return self.statements[-1].key
        if reading.role == "base":
            return self._base_key(n, subject)
        if self._takes_on(n, subject):
            self.key = naming.named(replace(self.context.key, partner=None), self._places(subject), self.context, fresh=False)
        elif subject.empty and self.fresh and not self.statements:
            # Nothing named: `It fell to 9.6%`, `up 5 percent`, a fragment of a headline.
            self.key = replace(self.context.key, ref=self.context.key.ref or self.context.main)
        else:
            self.key = trial
        if reading.measure == "share" and self.fresh and subject.empty and self.rights[n][:1] and self.rights[n][0].is_word("of"):
            self.key = Key(ref=self.key.ref)
        self.fresh = False
        self._mutual(n)
        return self.key

    def _linked(self, n: int, reading: Reading) -> Reading:
        """A bare percent with a verb left out, or behind `a decrease of 19 million or`, is a growth."""
        if reading.rule != "bare percent" or not self.statements:
            return reading
        if self._leads_to(n):
            return Reading("growth", 0, "gapped", "verb left out")
        last = self.statements[-1].reading
        if last.measure == "difference" and [item.lower for item in self.rights[n - 1]] == ["or"]:
            return Reading("growth", last.sign, "main", "as the one before")
        return reading

    def _leads_to(self, n: int) -> bool:
        """`imports 24.4 pct to 2.14 billion`: a verb left out before the percent."""
        ahead = self.items[self.at[n] + 1 : self.at[n] + 3]
        return bool(ahead) and ahead[0].is_word("to") and len(ahead) > 1 and ahead[1].kind == "quantity"

    def _takes_on(self, n: int, subject: Subject) -> bool:
        """`Saudi Arabia took 90,944 tonnes`, `six ships are loading 120,000 tonnes of wheat`: the flow of the text goes on."""
        if subject.flow or self.key.flow or self.context.key.flow not in ("exports", "imports"):
            return False
        if subject.takers:
            return True
        quantity: Quantity = self.items[self.at[n]].data
        if quantity.kind not in ("mass", "volume") or (subject.indicator and indicators.is_amount(subject.indicator)):
            return False
        right = self.rights[n]
        return not right or right[0].is_word("of", "for")

    def _places(self, subject: Subject) -> Subject:
        return Subject(partners=subject.partners, partner_open=subject.partner_open, takers=subject.takers)

    def _mutual(self, n: int) -> None:
        """`bilateral turnover`, `the two countries traded goods worth`: the pair that the text spoke of."""
        left, pair = [*self.lefts[n], *self.rights[n][:4]], self.context.pair
        if pair is None or self.key.partner is not None:
            return
        parties = any(one.is_word("two", "both") and other.is_word(*_PARTIES) for one, other in zip(left, left[1:], strict=False))
        if parties and self.key.flow is None and any(item.lower == "traded" for item in left):
            self.key = Key(flow="total", ref=self.key.ref)
        if parties or any(item.lower.startswith(_MUTUAL) for item in left):
            self.key = replace(self.key, ref=pair[0], partner=pair[1], commodity=None if parties else self.key.commodity)

    def _base_key(self, n: int, subject: Subject) -> Key:
        """What is compared with has the key of what is compared; a partner of its own may replace the partner."""
        key = self.statements[-1].key if self.statements else self.key
        behind = read_subject(self.rights[n], key.flow)
        other = (behind.partners or behind.takers or behind.reporters or ())[:1]
        if other and key.partner and other[0] not in (key.ref, key.partner):
            return replace(key, partner=other[0])
        return key

    def _unit(self, statement: Statement, n: int) -> None:
        quantity, right = statement.quantity, self.rights[n]
        if quantity.unit is not None:
            statement.unit = self._dollar(quantity)
            return
        if right and right[0].is_word("to") and len(right) > 2 and right[2].lower in ("dollar", "dollars", "euro", "pound", "yen"):
            statement.unit = "CNY / USD" if self.context.unit == "CNY" else "ratio"
            statement.key = self.key = Key(indicator="exchange rate", ref=self.context.main)
            return
        noun = self._counted(right)
        previous = self.statements[-1] if self.statements else None
        if noun and not self._elided(statement, previous, noun):
            statement.unit, statement.counted = "count", noun
            self._count(statement, n, noun)
        elif not noun and (things := indicators.counted_noun(statement.key.indicator)):
            statement.unit, statement.counted = "count", things
        elif "index" in (statement.key.indicator or "").lower():
            statement.unit = "index"
        elif previous is not None and previous.unit != "count":
            statement.unit = previous.unit if previous.reading.measure not in ("growth", "share", "multiple") or quantity.number.scaled is False else self._amount_unit()
        else:
            statement.unit = self._amount_unit()

    def _count(self, statement: Statement, n: int, noun: str) -> None:
        """What is counted is what is measured, unless it is traded (`exported 1,200 vehicles`)."""
        subject = read_subject(_clause(self.lefts[n]), self.key.flow)
        if subject.flow and subject.flow != "balance":
            statement.key = self.key = replace(statement.key, commodity=statement.key.commodity or noun)
        elif statement.reading.role != "base" and not (subject.indicator and indicators.is_statistic(subject.indicator) and noun.lower() in _UNITS_OF_COUNT) and not (subject.empty and noun.lower() in _UNITS_OF_COUNT and statement.key.indicator):
            statement.key = self.key = Key(indicator=noun, ref=statement.key.ref)

    def _amount_unit(self) -> str:
        for statement in reversed(self.statements):
            if statement.unit not in ("percent", "percentage_point", "ratio", "basis_point", ""):
                return statement.unit
        return self.context.unit or ""

    def _counted(self, right: Sequence[Item]) -> str | None:
        if not right or not (right[0].kind in ("word", "mode") or is_nominal(right[0])) or right[0].tag.startswith(("IN", "TO", "VB", "DT", "CC")):
            return None
        end, text = phrase_right(right, 0)
        return text or None if end else None

    def _elided(self, statement: Statement, previous: Statement | None, noun: str) -> bool:
        """`China 87,259 wheat`: tonnes again, after a quantity in tonnes, where the words before only name a taker."""
        if previous is None or previous.unit in ("count", "", "percent") or previous.unit.isupper():
            return False
        return not statement.quantity.number.scaled or statement.quantity.unit is None

    def _physical(self, statement: Statement, subject: Subject) -> None:
        """Lengths, areas and times are no trade, whatever the text spoke of before."""
        kind = statement.quantity.kind
        if kind == "rate" and not subject.flow and (statement.key.flow or statement.key.indicator is None) and statement.unit.split(" ")[0].isupper():
            statement.key = self.key = Key(indicator="price", commodity=statement.key.commodity, ref=statement.key.ref)
        if kind in _DIMENSIONS and statement.key.flow and not subject.flow:
            noun = naming.settle(subject.indicator) or _DIMENSIONS[kind]
            statement.key = self.key = Key(indicator=noun, ref=statement.key.ref)

    def _dollar(self, quantity: Quantity) -> str:
        unit = quantity.unit or ""
        word = quantity.generic
        if word is None:
            return unit
        known = self.context.dollars.get(word)
        return unit.replace(unit.split(" ")[0], known, 1) if known else unit

    def _behind(self, statement: Statement, right: Sequence[Item]) -> None:
        """What the words behind the quantity add to its key."""
        reading = statement.reading
        if reading.role in ("base", "alternative"):
            return
        if reading.measure == "share":
            self._share(statement, right, None)
            return
        if not right:
            return
        content = self._content(statement, right)
        subject = read_subject(content, statement.key.flow)
        if subject.empty:
            self._object(statement, right)
            return
        if reading.measure in ("growth", "difference") and not reading.rule.endswith("behind"):
            self._add_places(statement, subject)
            return
        if reading.rule.endswith("behind") and subject.indicator and not subject.flow:
            statement.key = self.key = naming.named(statement.key.bare(), subject, self.context, fresh=True)
            return
        if subject.flow:
            statement.key = naming.named(statement.key, subject, self.context, fresh=statement.key.flow is None)
        elif statement.counted is None:
            self._object(statement, right)
            self._add_places(statement, subject)
        else:
            self._add_places(statement, subject)
        self.key = statement.key

    def _content(self, statement: Statement, right: Sequence[Item]) -> Sequence[Item]:
        if statement.reading.rule.endswith("behind"):
            for i, item in enumerate(right):
                if item.kind == "change" and item.data["part"] == "comparative":
                    return []
                if item.kind == "change":
                    start = i + 2 if len(right) > i + 1 and right[i + 1].is_word("in", "of", "for") else i + 1
                    return right[start:] if not any(x.is_word("than") for x in right[i + 1 : i + 3]) else []
        return right

    def _object(self, statement: Statement, right: Sequence[Item]) -> None:
        """`exported 1.09 billion yuan of mechanical and electrical products`, `263,051 tonnes of wheat and barley`."""
        start = 1 if right and right[0].lower in ("of", "worth") else 0
        if len(right) > 1 and right[0].lower == "worth" and right[1].is_word("of"):
            start = 2
        if not start and not (right[0].kind == "word" and right[0].tag in ("NN", "NNS", "JJ") and statement.counted is None and statement.quantity.kind in ("mass", "bare")):
            return
        _, text = phrase_right(right, start)
        noun = naming.settle(text)
        if noun is None or statement.counted:
            return
        if indicators.is_statistic(noun) and statement.key.flow is None:
            statement.key = Key(indicator=noun, ref=statement.key.ref, partner=statement.key.partner)
        elif statement.key.flow:
            statement.key = replace(statement.key, commodity=product(noun))
        else:
            made = any(item.lower in _MAKING for item in self.lefts[self.statements.index(statement) if statement in self.statements else len(self.statements)])
            statement.key = replace(statement.key, indicator=f"{noun} output" if made else statement.key.indicator or noun)
        self.key = statement.key

    def _add_places(self, statement: Statement, subject: Subject) -> None:
        key = statement.key
        places = Subject(partners=subject.partners, partner_open=subject.partner_open, reporters=subject.reporters)
        if statement.key.flow or subject.partners:
            statement.key = self.key = naming.named(key, places, self.context, fresh=False)

    def _share(self, statement: Statement, right: Sequence[Item], part: Subject | None) -> None:
        """The whole of a share: `of the province's total foreign trade`; it lends its flow where the part has none."""
        whole_subject = read_subject(right[1:] if right and right[0].is_word("of", "in") else right, statement.key.flow)
        whole = naming.named(Key(ref=statement.key.ref), whole_subject, self.context, fresh=True)
        statement.share_of = whole
        key = statement.key
        if part is not None and whole.flow:
            area = part.owner or part.subject_area
            partner = area if area and area != whole.ref else whole.partner or key.partner
            statement.key = self.key = replace(whole, partner=partner, commodity=part.commodity or key.commodity)
            return
        if not self.flowing and not whole.flow and whole.indicator and indicators.is_statistic(whole.indicator):
            statement.key = self.key = Key(indicator=whole.indicator, ref=key.ref, partner=key.partner)
            return
        if key.flow is None and whole.flow:
            area = key.ref if whole.ref != key.ref else key.partner
            commodity = key.indicator if key.indicator and not indicators.is_statistic(key.indicator) else key.commodity
            statement.key = replace(whole, partner=whole.partner or (area if area != whole.ref else None), commodity=whole.commodity or commodity)
        elif key.flow is None and key.indicator is None and self.context.topic.flow:
            area = key.ref if key.ref != self.context.topic.ref else None
            statement.key = replace(self.context.topic, partner=area or self.context.topic.partner, partner_open=False)
        elif key.flow is None and whole.indicator and (key.indicator is None or not statement.explicit or not indicators.is_statistic(key.indicator)):
            statement.key = replace(key, indicator=whole.indicator)

    def _sign(self, statement: Statement, n: int) -> None:
        reading = statement.reading
        if reading.role == "gapped":
            statement.reading = replace(reading, sign=self.context.change_sign)
        elif reading.measure in _CHANGES and reading.sign and reading.role == "main":
            self.context.change_sign = reading.sign
        if reading.role == "main" and reading.rule == "brackets" and not statement.quantity.number.signed:
            later = next((item for item in self.items[self.at[n] + 1 : self.at[n] + 8] if item.kind == "change"), None)
            if later is not None and not reading.sign:
                statement.reading = replace(reading, sign=-1 if later.data["sign"] == "-" else 1)

    def _status(self, statement: Statement, n: int) -> None:
        cues = [item for item in [*self.lefts[n], *self.rights[n]] if item.kind == "status"]
        if not cues and n and statement.reading.role in ("alternative", "base"):
            statement.status = self.statements[-1].status if statement.reading.role == "alternative" else "A"
            return
        for item in cues:
            kind = item.data["kind"]
            if item.lower.startswith(("expected", "forecast", "projected")) and item.tag == "VBN" and "than" in (x.lower for x in self.lefts[n]):
                continue
            statement.status = {"forecast": "F", "estimate": "E", "target": "T"}[kind]

    def _times(self) -> None:
        """Periods: words behind a figure are its own; words before it hold for what follows in the sentence."""
        current = None
        for n, statement in enumerate(self.statements):
            before = timing.plain_periods(self.lefts[n])
            behind = timing.plain_periods(self.rights[n])
            if statement.status == "T" and (goal := timing.deadline(self.items)) is not None:
                timing.set_period(statement, goal, self.context, own=True)
                continue
            if statement.reading.role == "base":
                self._base_time(statement, n, before + behind)
                continue
            if behind and before and self.rights[n][0].is_word("in", "during") and len(self.rights[n]) > 1 and self.rights[n][1].kind == "period":
                before = []
            if before:
                timing.set_period(statement, before[-1], self.context, own=False)
                current = (statement.period, statement.period_basis)
            elif behind and statement.reading.measure != "share":
                timing.set_period(statement, behind[0], self.context, own=True)
                current = (statement.period, statement.period_basis)
            elif behind and current is None:
                timing.set_period(statement, behind[0], self.context, own=True)
            elif current is not None and not self._yearly(n):
                statement.period, statement.period_basis = current
            else:
                self._inherit_time(statement, n)
            if self._yearly(n) and statement.period is not None:
                statement.period = timing.whole_year(statement.period)
                current = (statement.period, statement.period_basis)
        self._listed_times()
        for statement in self.statements:
            if not statement.own_period and timing.is_timeless(statement.quantity.kind, statement.key.indicator) and not any(i.kind == "period" for i in self.items):
                statement.period, statement.period_basis = None, None
        self._fill_bases()
        self._comparisons()

    def _listed_times(self) -> None:
        """`627.4, 717.3 and 775.3 billion in the first, second and third quarter`: a period for each of a run."""
        for run in lists.runs(self.statements, self.items):
            named = timing.plain_periods(self.lefts[run[0]]), timing.plain_periods(self.rights[run[-1]])
            mentions = next((found for found in named if len(found) == len(run)), None)
            for n, mention in zip(run, mentions or [], strict=False):
                timing.set_period(self.statements[n], mention, self.context, own=True)

    def _inherit_time(self, statement: Statement, n: int) -> None:
        later = [s for k, s in enumerate(self.statements[n + 1 :], n + 1) if self._own_time(k)]
        if later and later[0].reading.role != "base":
            timing.set_period(statement, self._own_time(self.statements.index(later[0])) or timing.plain_periods(self.items)[0], self.context, own=False)
            return
        rest = timing.plain_periods(self.items[self.at[-1] + 1 :])
        if rest and not any(s.reading.role == "base" for s in self.statements[-1:]):
            timing.set_period(statement, rest[0], self.context, own=False)
            return
        statement.period, statement.period_basis = self.context.period, self.context.period_basis

    def _yearly(self, n: int) -> bool:
        """`taking the annual total up 35.4%`"""
        return any(one.is_word(*timing.YEARLY) and other.is_word("total", "figure", "exports", "imports", "surplus", "deficit") for one, other in zip(self.lefts[n], self.lefts[n][1:], strict=False))

    def _own_time(self, n: int):  # type: ignore[no-untyped-def]
        periods = timing.plain_periods(self.lefts[n]) + timing.plain_periods(self.rights[n])
        return periods[0] if periods else None

    def _base_time(self, statement: Statement, n: int, periods: list) -> None:  # type: ignore[type-arg]
        main = next((s for s in reversed(self.statements[:n]) if s.reading.role != "base"), None)
        if main is None and not periods:
            statement.period, statement.period_basis = self.context.period, self.context.period_basis
            return
        mentions = [item.data for item in [*self.lefts[n], *self.rights[n]] if item.kind == "period" and item.data.role not in ("date",)]
        if not mentions:
            return
        mention = mentions[-1] if mentions[-1] in [i.data for i in self.rights[n] if i.kind == "period"] else mentions[0]
        if mention.role == "comparison" or mention.same or mention.year_from == "before":
            if main is not None and main.period is not None:
                statement.period = timing.calendar.base_of(main.period, mention)
                statement.period_basis = "stated"
            return
        timing.set_period(statement, mention, self.context, own=True)

    def _fill_bases(self) -> None:
        bases = [s for s in self.statements if s.reading.role == "base"]
        known = [s.period for s in bases if s.period is not None]
        for statement in bases:
            if statement.period is not None:
                continue
            main = self._main_of(statement)
            if known:
                statement.period, statement.period_basis = known[0], "context"
            elif main is not None and main.key != statement.key:
                statement.period, statement.period_basis = main.period, main.period_basis
            elif main is not None and main.period is not None:
                statement.period = timing.shifted_back(main.period, self.context.comparison or timing.usual_comparison(main.period, self.context))
                statement.period_basis = "context"

    def _main_of(self, statement: Statement) -> Statement | None:
        earlier = self.statements[: self.statements.index(statement)]
        return next((s for s in reversed(earlier) if s.reading.role != "base"), None)

    def _comparisons(self) -> None:
        for n, statement in enumerate(self.statements):
            if statement.reading.measure not in _CHANGES:
                continue
            named, mention = timing.comparison_of([*self._ahead(n), *self.lefts[n]])
            if named is None and any(item.is_word("annual", "annually") for item in self.lefts[n][-3:]):
                named = "yoy"
            if named is None:
                named = self._from_base(n)
            if named is not None:
                self.context.comparison = named
            if mention is not None and statement.period is not None:
                statement.base_period = timing.calendar.base_of(statement.period, mention)
            rate = indicators.rate_of(statement.key.indicator)
            monthly = rate["monthly"] if rate and statement.period and statement.period.months == 1 else ""
            if statement.reading.role == "base":
                main = self._main_of(statement)
                named = main.comparison if main is not None and main.reading.measure == statement.reading.measure else None
            statement.comparison = named or monthly or timing.usual_comparison(statement.period, self.context)

    def _ahead(self, n: int) -> Sequence[Item]:
        """The items behind a change up to the next change of its own."""
        later = (k for k in range(n + 1, len(self.statements)) if self.statements[k].reading.measure in _CHANGES and self.statements[k].reading.role in ("main", "gapped"))
        stop = next(later, None)
        return self.items[self.at[n] + 1 : len(self.items) if stop is None else self.at[stop] - len(self.lefts[stop])]

    def _from_base(self, n: int) -> str | None:
        """The comparison that a level to compare with implies (`9.6% in December from 10.6% in November`)."""
        period = self.statements[n].period
        for later in self.statements[n + 1 :]:
            if later.reading.role == "base" and later.period is not None and period is not None and later.period_basis != "context":
                return timing.between(period, later.period)
            if later.reading.role == "main" and later.explicit and later.reading.measure in _CHANGES:
                break
        return None

    def _links(self) -> None:
        """`US$8.2 or 7.3% lower`: the first of the two has the sign and comparison of the second."""
        for one, other in zip(self.statements, self.statements[1:], strict=False):
            if other.reading.rule == "brackets" and one.reading.measure == "difference":
                one.comparison, one.base_period = other.comparison, other.base_period
            if one.reading.role == "link":
                one.reading = replace(one.reading, sign=other.reading.sign)
                one.comparison, one.base_period = other.comparison, other.base_period
        for n, statement in enumerate(self.statements):
            if statement.reading.measure == "difference" and n and self.statements[n - 1].unit.startswith(f"{statement.unit} / "):
                statement.unit = self.statements[n - 1].unit

    def _units_of_runs(self) -> None:
        """`26.2 billion, 12.6 billion and 4.5 billion yuan`: the unit stands behind the last of a run."""
        following = ""
        kind = ""
        for n in range(len(self.statements) - 1, -1, -1):
            statement = self.statements[n]
            if statement.quantity.unit is not None and not (following and self._runs_on(n)):
                following, kind = statement.unit, statement.quantity.kind
            if following and self._runs_on(n):
                self._scale(n)
            if statement.quantity.unit is None and following and self._runs_on(n):
                statement.unit, statement.counted = following, None
                if kind == "percentage_point":
                    statement.reading = replace(statement.reading, measure="difference", sign=statement.reading.sign or 1)
                elif kind == "percent":
                    statement.reading = replace(self.statements[n + 1].reading)
            elif statement.quantity.unit is None:
                following = ""

    def _scale(self, n: int) -> None:
        """`$1.14, $0.55 and $0.89 billion`: the scale word behind the last holds for all."""
        one, other = self.statements[n].quantity, self.statements[n + 1].quantity
        shared = other.scale or other.number.scale
        if one.kind in ("money", "bare") and other.kind in ("money", "mass", "bare") and not one.number.scaled and shared != 1 and one.number.value < 1000:
            self.statements[n].quantity = replace(one, factor=one.factor * shared, scale=shared)

    def _runs_on(self, n: int) -> bool:
        between = self.items[self.at[n] + 1 : self.at[n + 1]] if n + 1 < len(self.at) else []
        return bool(between) and all(item.text == "," or item.is_word("and", "or") for item in between)

    def _finish(self) -> None:
        mains = [s for s in self.statements if s.reading.role in ("main", "gapped")]
        for statement in mains:
            if statement.quantity.kind in ("money", "mass", "volume", "energy") and statement.unit:
                self.context.unit = statement.unit
        if not mains:
            return
        last = mains[-1]
        self.context.coordination = coordinated(self.items) or self.context.coordination
        therein = naming.opens_with_therein(self.items)
        self.context.key = replace(last.key) if last.run < 0 else replace(last.key, partner=None)
        self.context.key_paragraph = self.context.paragraph
        if not therein:
            self.context.topic = mains[0].key
        earlier = self.context.sentence_keys if therein else []
        for statement in mains:
            if statement.key.ref and statement.key.partner:
                self.context.pair = (statement.key.ref, statement.key.partner)
            if statement.key.flow in ("exports", "imports", "total"):
                self.context.trade = statement.key.flow
        self.context.sentence_keys = list(dict.fromkeys([*earlier, *(s.key for s in mains if s.reading.measure == "level")]))
        self._carry_period(mains)

    def _carry_period(self, mains: list[Statement]) -> None:
        timed = [s for s in mains if s.period is not None and s.period_basis and s.status in ("A", "E")]
        if timed and self.context.paragraph_period is None:
            self.context.paragraph_period = timed[0].period
        if timed:
            self.context.period, self.context.period_basis = timing.latest([s.period for s in timed if s.period]), "context"


def coordinated(items: Sequence[Item]) -> tuple[str, str] | None:
    """The two things that a sentence begins with, for `the former` and `the latter`."""
    plus = next((i for i, item in enumerate(items[:16]) if item.is_word("plus")), None)
    if plus is not None:
        return phrase_right(items, 0)[1], phrase_right(items, plus + 1)[1]
    parts = phrase_right(items, 0)[1].split(" and ")
    return (parts[0], parts[1]) if len(parts) == 2 else None


def note(items: Sequence[Item], context: Context) -> None:
    """A sentence without figures still says what the next one speaks of: its subject, and when."""
    context.coordination = coordinated(items) or context.coordination
    predicate = next((i for i, item in enumerate(items) if i and (item.tag.startswith("VB") or item.kind == "level") and item.tag != "VBG"), None)
    periods = timing.plain_periods(items[:predicate])
    if not periods and any(item.kind == "change" and item.data["part"] == "verb" for item in items):
        periods = timing.plain_periods(items)
    if periods and predicate is not None:
        context.period, context.period_basis = timing.resolved(periods[0], context)
    subject = read_subject(_clause(list(items[:predicate])))
    if predicate is None or not (subject.flow or subject.mode or (subject.indicator and indicators.is_statistic(subject.indicator))):
        return
    context.key = naming.named(Key(ref=context.key.ref or context.main), subject, context, fresh=True)
    context.topic, context.key_paragraph = context.key, context.paragraph


def _clause(left: list[Item]) -> list[Item]:
    """The last clause of the words before a quantity that names something; a reporting clause (`he said`) is left out."""
    pieces: list[list[Item]] = [[]]
    left = without_asides(left)
    for i, item in enumerate(left):
        if item.is_word(*_REPORTING) and item.tag.startswith("VB") and i + 1 < len(left):
            pieces = [[]]
            continue
        if item.is_word("while", "but", "whereas", "that", "although", "though", "when", "where", "who") and pieces[-1] and i + 1 < len(left):
            pieces.append([])
        elif item.kind == "mark" and item.text in (";", ":", "(", ")", "—"):
            pieces.append([])
        pieces[-1].append(item)
    for piece in reversed(pieces):
        subject = read_subject(piece)
        if not subject.empty and not naming.says_nothing(subject, None):
            return piece
    return pieces[-1]


def _shared(left: list[Item]) -> tuple[list[Item], list[Item]]:
    """`Russia's share in China's foreign trade`: the words of the part and those of the whole; no whole without a share."""
    for i, item in enumerate(left):
        if item.kind == "share" and item.tag.startswith("NN") and i + 1 < len(left) and left[i + 1].is_word("in", "of"):
            return left[:i], left[i + 1 :]
    return left, []
