"""Figures: numbers that say how large something between or about actors is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import Any

from multivector.reading._analysis import Analysis, TimeMention, contains
from multivector.reading._domains import domains_of
from multivector.reading._figure_doubts import party_doubts
from multivector.reading._figure_parties import Parties
from multivector.reading._figure_periods import Periods
from multivector.reading._grounds import of_figure
from multivector.reading._measure_near import UNKNOWN, Measure, default_of
from multivector.reading._measure_shares import SHARE
from multivector.reading._measure_words import Hit, hits_in, measure_words
from multivector.reading._measures import measure_of
from multivector.reading._plain import plain
from multivector.reading._quantities import quantities_of
from multivector.reading._quantity import Quantity
from multivector.reading._units import Sort
from multivector.reading.languages import Language
from multivector.record import Figure, Kind, Span

_BACK = 3
"""How many sentences back the measure of a figure may stand."""

_WIDEST = 600
"""A clause reaches no farther from its number, in characters."""

_AROUND = 8
"""So many numbers before and after are looked at for others of the same sentence."""

_NEAR = 90
"""So near, in characters, a number stands to one that it is set against."""

_SCOPE = 1500
"""A sentence that runs on for longer is a table or a list; so much of it is looked at."""

_TRADE = re.compile(r"\b(?:trade|exports|imports)\b")
_CITIZENS = "citizens"
"""What people are called who are named by their country alone."""

_JOINED = re.compile(r"(?:,\s(?:(?:and|while)\s)?|\s(?:and|while)\s)(?:the\s)?$")
_QUOTES = re.compile(r"[“”«»\"]|\s[—–-]\s|[()]")


@cache
def _breaks(language: Language) -> re.Pattern[str]:
    """What stands between two clauses."""
    table: dict[str, Any] = language.table("figures")["clauses"]
    return re.compile("|".join(table["breaks"]), re.IGNORECASE)


def find_figures(analysis: Analysis) -> tuple[Figure, ...]:
    """The figures of the document, in text order."""
    if not analysis.language.table("figures"):
        return ()
    text = plain(analysis.text)
    finder = _Finder(analysis, text)
    return tuple(finder.figure(quantity) for quantity in finder.quantities)


class _Finder:
    def __init__(self, analysis: Analysis, text: str) -> None:
        self.analysis = analysis
        self.text = text
        self.breaks = _breaks(analysis.language)
        self.measures = measure_words(analysis.language)
        self.quantities = quantities_of(analysis, text)
        self.named: list[Measure] = []
        self.periods = Periods(analysis, text, self.quantities)
        self.parties = Parties(analysis, text, self.quantities)
        self._hits: dict[int, list[Hit]] = {}

    def figure(self, quantity: Quantity) -> Figure:
        sentence = self.analysis.sentence_at(quantity.span.start)
        where = self.analysis.sentences[sentence].span
        where = Span(max(where.start, quantity.core.start - _SCOPE), min(where.end, quantity.core.end + _SCOPE))
        clause = self._clause(quantity, where)
        measure = self._told_before(self._measure(quantity, clause, where, sentence), quantity, where, sentence)
        self.named.append(measure)
        here = len(self.named) - 1
        period = self.periods.period(here, clause, where, measure.name)
        parties = self.parties.parties(here, clause, where, measure.name)
        evidence = self._evidence(quantity, clause, measure, period)
        value = float(quantity.value)
        figure = Figure(
            id="",
            measure=measure.name,
            value=-value if measure.change < 0 else value,
            unit=quantity.unit.name,
            approximate=quantity.approximate,
            parties=tuple(sorted(parties)),
            period=period.value if period else None,
            domains=domains_of(self.analysis, (evidence,)),
            evidence=(evidence,),
        )
        grounds = of_figure(
            self.analysis,
            figure,
            clause,
            where,
            measure_here=any(contains(where, span) for span in measure.spans),
            period=period,
            crowd=sum(contains(where, other.span) for other in self.quantities[max(0, here - _AROUND) : here + _AROUND])
            - 1,
            doubts=party_doubts(self.analysis, self.parties.topics, parties, where),
        )
        return replace(figure, confidence=self.analysis.judge(Kind.FIGURE, grounds))

    def _measure(self, quantity: Quantity, clause: Span, where: Span, sentence: int) -> Measure:
        if sentence not in self._hits:
            self._hits[sentence] = hits_in(
                self.text, self.analysis.starts, self.analysis.sentences[sentence].span, self.measures
            )
        hits = self._own_hits(_hits_near(self._hits[sentence], where))
        found = measure_of(self.text, quantity, clause, hits, self.measures)
        if quantity.like is not None and not self._renamed(quantity, hits):
            earlier = self.named[quantity.like]
            counts = quantity.unit.sort in (Sort.PEOPLE, Sort.THINGS)
            if (_unknown(found) or not counts) and found.change == 0 and earlier.change == 0:
                return Measure(earlier.name, (), 0)
        if quantity.unit.label == _CITIZENS and (among := self._among(quantity)) is not None:
            return Measure(among, (), 0)
        if (other := self._against(quantity) or self._gapped(quantity) or self._price_of(quantity, clause)) is not None:
            return Measure(other, (), 0)
        if not _unknown(found):
            return found
        if found.change and (earlier := self._before(where)) is not None:
            # `Exports came to 5 million, up 9 percent.`
            name = earlier.name.removeprefix("change in ")
            return Measure(f"change in {name}", found.spans, found.change)
        if not found.change and (earlier := self._before(where)) is not None and earlier.change:
            # `Deliveries grew by 5 percent and reached 9 million`
            return Measure(earlier.name.removeprefix("change in "), (), 0)
        for before in reversed(self.analysis.sentences[max(0, sentence - _BACK) : sentence]):
            # `Nine million is little`: what was spoken of just before.
            hits = [
                hit
                for hit in hits_in(self.text, self.analysis.starts, before.span, self.measures)
                if self.measures.rates.isdisjoint(hit.name.split())
            ]
            earlier = measure_of(self.text, quantity, clause, hits, self.measures) if hits else found
            if not _unknown(earlier):
                return Measure(earlier.name, (), found.change)
        return found if found.change else Measure(default_of(quantity), found.spans, 0)

    def _against(self, quantity: Quantity) -> str | None:
        """The measure of the number before that this one is set against: `5 million in May, against 4 million`."""
        here = len(self.named)
        before = self.quantities[here - 1] if here else quantity
        if before is quantity or before.pair or quantity.pair or before.unit.name != quantity.unit.name:
            return None
        start, end = before.span.end, quantity.core.start
        if not 0 <= end - start <= _NEAR or ";" in self.text[start:end] or ". " in self.text[start:end]:
            return None
        if _unknown(self.named[-1]) or not self.measures.set_against.search(self.text, start, end):
            return None
        return self.named[-1].name.removeprefix("change in ")

    def _gapped(self, quantity: Quantity) -> str | None:
        """The measure of the number before where only another actor is named: `A gave 5 million, B 9 million`."""
        here = len(self.named)
        before = self.quantities[here - 1] if here else quantity
        if before is quantity or before.unit.sort is not quantity.unit.sort or before.pair or quantity.pair:
            return None
        gap = Span(before.span.end, quantity.core.start)
        near = 0 < gap.end - gap.start <= _NEAR
        actor = next(reversed(list(self.analysis.actors_in(gap))), None) if near else None
        if (
            actor is None
            or "." in self.text[gap.start : gap.end]
            or self.text[actor.span.end : gap.end].strip()
            or _unknown(self.named[-1])
        ):
            return None
        joined = _JOINED.search(self.text, gap.start, actor.span.start)
        return self.named[-1].name.removeprefix("change in ") if joined else None

    def _price_of(self, quantity: Quantity, clause: Span) -> str | None:
        """The worth of counted goods that the amount is paid for: `bought 9 jets for 5 million`."""
        if quantity.unit.sort is not Sort.MONEY:
            return None
        here, core, link = len(self.named), quantity.core, self.measures.exchanged
        for goods in self.quantities[max(0, here - 1) : here + 2]:
            if goods.unit.sort is not Sort.THINGS or not contains(clause, goods.core):
                continue
            first, second = (goods, quantity) if goods.span.end <= core.start else (quantity, goods)
            traded = self.measures.trading.search(self.text, clause.start, first.core.start)
            if traded and link.fullmatch(self.text, max(first.span.end, first.unit.span.end), second.core.start):
                return f"value of {goods.unit.label}"
        return None

    def _own_hits(self, hits: list[Hit]) -> list[Hit]:
        """Without the words behind the next number, which are its own."""
        here = len(self.named)
        core = self.quantities[here].core
        later = [q.core.end for q in self.quantities[here + 1 : here + _AROUND] if q.core.start >= core.end]
        return [hit for hit in hits if not later or hit.span.start < later[0]]

    def _among(self, quantity: Quantity) -> str | None:
        """The measure of the people before, some of whom are these: `9,000 foreigners, among them 400 Poles`."""
        here = len(self.named)
        before = self.quantities[here - 1] if here else quantity
        start, end = before.span.end, quantity.core.start
        if before is quantity or before.unit.sort is not Sort.PEOPLE or not 0 < end - start <= _NEAR:
            return None
        joined = here > 1 and self.named[-1].name == self.named[-2].name and _JOINED.search(self.text, start, end)
        named = joined or self.measures.among.search(self.text, start, end)
        return self.named[-1].name if named and "." not in self.text[start:end] else None

    def _told_before(self, measure: Measure, quantity: Quantity, where: Span, sentence: int) -> Measure:
        """A measure whose name says but half: a `surplus` is one of trade, `a third of them` is of what was named."""
        name = measure.name.removeprefix("change in ")
        if name != SHARE and name not in self.measures.balances:
            return measure
        first = self.analysis.sentences[max(0, sentence - 1)].span.start
        before = [
            each.name.removeprefix("change in ")
            for each, of in zip(reversed(self.named), reversed(self.quantities[: len(self.named)]), strict=True)
            if of.span.start >= first and not _unknown(each)
        ]
        if name == SHARE:
            of_that = next((each for each in before if not each.startswith(SHARE)), None)
            again = quantity.unit.name == "percent" and self.measures.share_of.match(self.text, quantity.span.end)
            if of_that is None or not again or not self.measures.again.match(self.text, again.end(), where.end):
                return measure
            return Measure(f"{SHARE} of {of_that}", measure.spans, 0)
        trade = [*before, *(hit.name for hit in self._hits[sentence])]
        if not any(_TRADE.search(each) for each in trade):
            return measure
        return Measure(measure.name.replace(name, self.measures.balances[name]), measure.spans, measure.change)

    def _renamed(self, quantity: Quantity, hits: list[Hit]) -> bool:
        """Whether a number without a unit has a measure of its own: `trade was $9 million, exports 5 million`."""
        before = quantity.like
        if before is None or quantity.unit.sort not in (Sort.MONEY, Sort.QUANTITY):
            return False
        start = self.quantities[before].span.end
        kinds = ("flows", "measures") if quantity.unit.sort is Sort.MONEY else ("flows",)
        return any(hit.kind in kinds and start <= hit.span.start < quantity.core.start for hit in hits)

    def _before(self, where: Span) -> Measure | None:
        """The measure of the figure before this one in its sentence."""
        here = len(self.named) - 1
        known = here >= 0 and contains(where, self.quantities[here].span) and not _unknown(self.named[here])
        return self.named[here] if known else None

    def _clause(self, quantity: Quantity, where: Span) -> Span:
        """The clause around a quantity, by marks and conjunctions."""
        left, right = max(where.start, quantity.core.start - _WIDEST), min(where.end, quantity.span.end + _WIDEST)
        for pattern in (self.breaks, _QUOTES):
            for match in pattern.finditer(self.text, left, right):
                if match.end() <= quantity.core.start and not self._ended(match, quantity):
                    left = max(left, match.end())
                elif match.start() >= quantity.span.end:
                    right = min(right, match.start())
                    break
        return Span(left, right)

    def _ended(self, opening: re.Match[str], quantity: Quantity) -> bool:
        """Whether a relative clause has ended before the number: `exports, which go by sea, reached 5 million`."""
        if self.measures.relatives.search(opening.group()) is None:
            return False
        comma = self.text.rfind(", ", opening.end(), quantity.core.start)
        return comma >= 0 and self.measures.phrases.links.match(self.text, comma + 2, quantity.core.start) is not None

    def _evidence(self, quantity: Quantity, clause: Span, measure: Measure, period: TimeMention | None) -> Span:
        spans = [quantity.core, *(span for span in measure.spans if contains(clause, span))]
        if period is not None and contains(clause, period.span):
            spans.append(period.span)
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        while start < end and self.analysis.text[start].isspace():
            start += 1
        return Span(start, end)


def _unknown(measure: Measure) -> bool:
    return measure.name in (UNKNOWN, f"change in {UNKNOWN}")


def _hits_near(hits: list[Hit], where: Span) -> list[Hit]:
    start = bisect_left(hits, where.start, key=lambda hit: hit.span.start)
    return hits[start : bisect_left(hits, where.end, key=lambda hit: hit.span.start)]
