"""Figures: numbers that say how large something between or about actors is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis, TimeMention, contains
from multivector.reading._domains import domains_of
from multivector.reading._measures import Hit, Measure, hits_in, measure_of, measure_words
from multivector.reading._numbers import any_of, spaced
from multivector.reading._plain import plain
from multivector.reading._quantities import Quantity, quantities_of
from multivector.reading._units import Sort
from multivector.reading.languages import Language
from multivector.record import Figure, Span

_DAY = len("2026-02-18")
_BESIDE = 6
"""Characters between a number and a date right after it (`in`, `by the`)."""

_BACK = 3
"""How many sentences back the measure and the parties of a figure may stand."""

_TWO = 2
_WIDEST = 600
"""A clause reaches no farther from its number, in characters."""

_SCOPE = 1500
"""A sentence that runs on for longer is a table or a list; so much of it is looked at."""

_AROUND = 8
"""So many figures before and after are looked at for whose date a date is."""

_TWO_SIDED = re.compile(r"trade|exports|imports|remittances|loan|grant|debt|supplies|purchases")
_QUOTES = re.compile(r"[“”«»\"]|\s[—–-]\s|[()]")


@dataclass(frozen=True, slots=True)
class _Words:
    breaks: re.Pattern[str]
    bilateral: re.Pattern[str]
    ours: re.Pattern[str]
    theirs: re.Pattern[str]
    group: re.Pattern[str]
    source: re.Pattern[str]
    reporting: re.Pattern[str]
    compared: re.Pattern[str]


@cache
def _words(language: Language) -> _Words:
    table: dict[str, Any] = language.table("figures")

    def whole(forms: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){spaced(any_of(forms))}(?!\w)", re.IGNORECASE)

    return _Words(
        breaks=re.compile("|".join(table["clauses"]["breaks"]), re.IGNORECASE),
        bilateral=whole(table["bilateral"]["words"]),
        ours=whole(table["bilateral"]["ours"]),
        theirs=whole(table["bilateral"]["theirs"]),
        group=whole(table["bilateral"]["group"]),
        source=re.compile(rf"(?<!\w){spaced(any_of(table['bilateral']['source']))}\s+(?:the\s+)?$", re.IGNORECASE),
        reporting=whole(table["reporting"]["words"]),
        compared=re.compile(rf"(?<!\w){spaced(any_of(table['reporting']['compared']))}\W*$", re.IGNORECASE),
    )


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
        self.words = _words(analysis.language)
        self.measures = measure_words(analysis.language)
        self.quantities = quantities_of(analysis, text)
        self.named: list[Measure] = []
        self.parties: list[set[str]] = []
        self._hits: dict[int, list[Hit]] = {}
        self.main = _main_pair(analysis)

    def figure(self, quantity: Quantity) -> Figure:
        sentence = self.analysis.sentence_at(quantity.span.start)
        where = self.analysis.sentences[sentence].span
        where = Span(max(where.start, quantity.core.start - _SCOPE), min(where.end, quantity.core.end + _SCOPE))
        clause = self._clause(quantity, where)
        measure = self._measure(quantity, clause, where, sentence)
        self.named.append(measure)
        period = self._period(quantity, clause, where)
        evidence = self._evidence(quantity, clause, measure, period)
        parties = self._parties(quantity, clause, where, sentence)
        self.parties.append(parties)
        value = float(quantity.value)
        return Figure(
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

    def _measure(self, quantity: Quantity, clause: Span, where: Span, sentence: int) -> Measure:
        if sentence not in self._hits:
            self._hits[sentence] = hits_in(self.text, self.analysis.sentences[sentence].span, self.measures)
        found = measure_of(self.text, quantity, clause, _hits_near(self._hits[sentence], where), self.measures)
        if quantity.like is not None and (
            found.name == "value" or quantity.unit.sort not in (Sort.PEOPLE, Sort.THINGS)
        ):
            earlier = self.named[quantity.like]
            if found.change == 0 and earlier.change == 0:
                return Measure(earlier.name, (), 0)
        if found.name == "value" and sentence > 0:
            # `Nine million is little`: what was spoken of just before.
            for before in reversed(self.analysis.sentences[max(0, sentence - _BACK) : sentence]):
                hits = hits_in(self.text, before.span, self.measures)
                earlier = measure_of(self.text, quantity, clause, hits, self.measures) if hits else found
                if earlier.name != "value":
                    return Measure(earlier.name, (), found.change)
        return found

    def _clause(self, quantity: Quantity, where: Span) -> Span:
        """The clause around a quantity, by marks and conjunctions."""
        left, right = max(where.start, quantity.core.start - _WIDEST), min(where.end, quantity.span.end + _WIDEST)
        for pattern in (self.words.breaks, _QUOTES):
            for match in pattern.finditer(self.text, left, right):
                if match.end() <= quantity.core.start:
                    left = max(left, match.end())
                elif match.start() >= quantity.span.end:
                    right = min(right, match.start())
                    break
        return Span(left, right)

    # When

    def _period(self, quantity: Quantity, clause: Span, where: Span) -> TimeMention | None:
        near = self._time(quantity, clause)
        if near is not None:
            return near
        if quantity.unit.sort in (Sort.PEOPLE, Sort.THINGS) or quantity.pair == "from":
            return None
        statement = next(
            (s for s in self.analysis.statements if any(contains(span, quantity.span) for span in s.content)), None
        )
        scope = where
        if statement is not None:
            content = next(span for span in statement.content if contains(span, quantity.span))
            scope = Span(max(where.start, content.start), min(where.end, content.end))
        found = self._time(quantity, scope)
        if found is None or len(found.value) == _DAY or found.span.start > quantity.span.end:
            return None
        return found

    def _time(self, quantity: Quantity, scope: Span) -> TimeMention | None:
        """The nearest date that belongs to the quantity, one after it before one that stands before another figure."""
        best: tuple[float, TimeMention] | None = None
        for mention in _within(self.analysis.times, scope):
            start, end = mention.span
            if mention.value.startswith("..") or (
                quantity.pair == "from" and not 0 <= start - quantity.span.end <= _BESIDE
            ):
                continue
            if self.words.compared.search(self.text[max(0, start - 25) : start]) and not self._compared_itself(
                quantity, mention
            ):
                continue
            if self._reported(mention, quantity):
                continue
            between = Span(min(quantity.span.end, end), max(quantity.span.start, start))
            others = [
                q
                for q in self._around()
                if q is not quantity
                and not contains(quantity.core, q.span)
                and between.start <= q.span.start < between.end
            ]
            distance = max(quantity.span.start - end, start - quantity.span.end, 0)
            # A date after another figure belongs to that one; a date before several may hold for all.
            weight = distance + (150 * len(others) if start > quantity.span.end else 10 * len(others))
            if 0 <= start - quantity.span.end <= _BESIDE:
                weight = 0
            if (start > quantity.span.end and others) or self._taken(mention, quantity, distance):
                continue
            if best is None or weight < best[0]:
                best = weight, mention
        return best[1] if best else None

    def _around(self) -> list[Quantity]:
        """The quantities before and after the one at hand."""
        here = len(self.named) - 1
        return self.quantities[max(0, here - _AROUND) : here + _AROUND + 1]

    def _taken(self, mention: TimeMention, quantity: Quantity, distance: int) -> bool:
        """Whether a date before the quantity follows another one closely: `3 tonnes last year and six trucks`."""
        if quantity.unit.sort not in (Sort.PEOPLE, Sort.THINGS):
            return False
        gaps = [mention.span.start - q.span.end for q in self._around() if q is not quantity]
        return mention.span.end <= quantity.span.start and any(0 <= gap < distance and gap <= _BESIDE for gap in gaps)

    def _compared_itself(self, quantity: Quantity, mention: TimeMention) -> bool:
        """`against 24 million a year earlier`: the number itself is of that time."""
        return bool(re.fullmatch(r"\s+", self.text[quantity.span.end : mention.span.start]))

    def _reported(self, mention: TimeMention, quantity: Quantity) -> bool:
        """Whether the date is when something was said rather than what the number is about."""
        if len(mention.value) != _DAY:
            return False
        lead = self.text[max(0, mention.span.start - 30) : mention.span.start]
        tail = self.text[mention.span.end : mention.span.end + 20]
        if any(
            contains(span, mention.span)
            for s in self.analysis.statements
            for span in s.content
            if contains(span, quantity.span)
        ):
            return False
        if mention.span.end <= quantity.span.start:
            tail = self.text[mention.span.end : quantity.span.start]
        return bool(self.words.reporting.search(lead) or self.words.reporting.search(tail))

    # Who

    def _parties(self, quantity: Quantity, clause: Span, where: Span, sentence: int) -> set[str]:
        if quantity.like is not None and (portion := self._portion(quantity, where)):
            return portion
        codes = self._codes(clause)
        if self.words.group.search(self.text, *clause):
            codes |= self._group()
        if len(codes) < _TWO:
            codes |= self._codes(where, groups=False)
        if len(codes) < _TWO:
            codes |= self._codes(where)
        if len(codes) >= _TWO:
            return codes
        ours = self.words.ours.search(self.text, *clause) is not None
        if ours and (state := self._speaker(quantity)):
            codes.add(state)
        paragraph = self.analysis.sentences[sentence].paragraph
        for number in range(sentence - 1, max(-1, sentence - _BACK - 1), -1):
            if len(codes) >= _TWO or self.analysis.sentences[number].paragraph != paragraph:
                break
            codes |= self._codes(self.analysis.sentences[number].span)
        main = set(self.main)
        mutual = ours or self.words.bilateral.search(self.text, *where) or _TWO_SIDED.search(self.named[-1].name)
        if len(codes) < _TWO and (not codes or (mutual and codes & main)):
            codes |= main
        return codes

    def _portion(self, quantity: Quantity, where: Span) -> set[str]:
        """Whose a part of an amount is: `50 million, of which 20 million will go to A and 30 million to B`."""
        whole = quantity.like
        while whole is not None and self.quantities[whole].like is not None:
            whole = self.quantities[whole].like
        parts = [q for q in self._around() if q.like is not None and contains(where, q.span)]
        if whole is None or not contains(where, self.quantities[whole].span) or len(parts) < _TWO:
            return set()
        ends = [part.core.start for part in parts[1:]] + [where.end]
        owners = [self._codes(Span(part.span.end, end)) for part, end in zip(parts, ends, strict=True)]
        if any(len(owner) != 1 for owner in owners):
            return set()
        own = owners[parts.index(quantity)]
        return (self.parties[whole] - set[str]().union(*owners)) | own

    def _codes(self, span: Span, *, groups: bool = True) -> set[str]:
        """The actors named in a stretch of text, but for those that only give the number (`according to the IMF`)."""
        codes: set[str] = set()
        for mention in _within(self.analysis.actors, span):
            start = mention.span.start
            if mention.form is NameForm.PERSON or (not groups and len(mention.codes) > 1):
                continue
            if mention.code.startswith("IGO:") and self.words.source.search(self.text[max(0, start - 40) : start]):
                continue
            codes.update(mention.codes)
        return codes

    def _group(self) -> set[str]:
        """The group of states that the document speaks of, for `the region` and `the five republics`."""
        groups = [mention.codes for mention in self.analysis.actors if len(mention.codes) > _TWO]
        return set(Counter(groups).most_common(1)[0][0]) if groups else set()

    def _speaker(self, quantity: Quantity) -> str | None:
        inside = [s for s in self.analysis.statements if any(contains(span, quantity.span) for span in s.content)]
        inside.sort(key=lambda s: sum(end - start for start, end in s.content))
        return next((s.speaker.state for s in inside if s.speaker.state), None)

    # Where

    def _evidence(self, quantity: Quantity, clause: Span, measure: Measure, period: TimeMention | None) -> Span:
        spans = [quantity.core, *(span for span in measure.spans if contains(clause, span))]
        if period is not None and contains(clause, period.span):
            spans.append(period.span)
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        while start < end and self.analysis.text[start].isspace():
            start += 1
        return Span(start, end)


def _hits_near(hits: list[Hit], where: Span) -> list[Hit]:
    start = bisect_left(hits, where.start, key=lambda hit: hit.span.start)
    return hits[start : bisect_left(hits, where.end, key=lambda hit: hit.span.start)]


Mention = TypeVar("Mention", ActorMention, TimeMention)


def _within(mentions: tuple[Mention, ...], span: Span) -> Iterator[Mention]:
    """The mentions that lie wholly in `span`, without a walk through those of the whole document."""
    for index in range(bisect_left(mentions, span.start, key=lambda mention: mention.span.start), len(mentions)):
        if mentions[index].span.start >= span.end:
            return
        if mentions[index].span.end <= span.end:
            yield mentions[index]


def _main_pair(analysis: Analysis) -> tuple[str, ...]:
    """The two actors that the document names most."""
    counts: Counter[str] = Counter()
    for mention in analysis.actors:
        if mention.form is not NameForm.PERSON and len(mention.codes) == 1:
            counts.update(mention.codes)
    return tuple(code for code, _ in counts.most_common(2))
