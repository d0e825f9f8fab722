"""Between whom a figure is: the actors that its clause, sentence, the sentences before and the document name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from multivector.reading._analysis import Analysis, contains
from multivector.reading._figure_topics import Topics
from multivector.reading._numbers import any_of, spaced
from multivector.reading._quantity import Quantity
from multivector.reading._units import Sort as Of
from multivector.reading.languages import Language
from multivector.record import Span

_BACK = 3
"""How many sentences back the parties of a figure may stand."""

_NAME = 40
"""How far before a bracket, in characters, the name of an actor may begin."""

_AROUND = 8
"""So many figures before and after are looked at for other parts of one amount."""

_TWO = 2
_TWO_SIDED = re.compile(
    r"trade|exports|imports|remittances|loan|grant|debt|suppl|deliver|purchases|credit|\b(?:aid|assistance|funding)\b"
)
"""Measures that two actors always share."""

_ONE_SIDED = re.compile(
    r"\b(?:GDP|inflation|unemployment|budget|population|wages|production|output|public debt|military spending"
    r"|customs revenue|per capita|area|prices)\b"
)
"""Measures of one actor's own affairs, unless the same clause names another."""

_IN_GDP = " in GDP"


@dataclass(frozen=True, slots=True)
class _Words:
    bilateral: re.Pattern[str]
    ours: re.Pattern[str]
    group: re.Pattern[str]
    source: re.Pattern[str]
    telling: re.Pattern[str]
    joins: re.Pattern[str]
    other: re.Pattern[str]
    """Behind a pronoun for one of two these mean the other one."""

    of_own: re.Pattern[str]
    """A share of what is one's own: `5 percent of its gas`."""

    through: re.Pattern[str]
    transfers: re.Pattern[str]
    """Deeds that have another side."""

    alone: re.Pattern[str]
    """What is of one actor with all others together: `foreign trade`."""


@cache
def _words(language: Language) -> _Words:
    table: dict[str, Any] = language.table("figures")["bilateral"]

    def whole(forms: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){spaced(any_of(forms))}(?!\w)", re.IGNORECASE)

    return _Words(
        bilateral=whole(table["words"]),
        ours=whole(table["ours"]),
        group=whole(table["group"]),
        source=re.compile(rf"(?<!\w){spaced(any_of(table['source']))}\s+(?:the\s+)?$", re.IGNORECASE),
        telling=re.compile(rf"\s+{spaced(any_of(table['telling']))}(?!\w)", re.IGNORECASE),
        joins=whole(table["joins"]),
        other=whole(table.get("other", ["(?!)"])),
        of_own=re.compile(rf"\s+{spaced(any_of(table.get('of_own', ['(?!)'])))}(?!\w)", re.IGNORECASE),
        through=re.compile(rf"(?<!\w){spaced(any_of(table.get('through', ['(?!)'])))}\s+(?:the\s+)?$", re.IGNORECASE),
        transfers=whole(table.get("transfers", ["(?!)"])),
        alone=whole(table["alone"]),
    )


def is_two_sided(measure: str) -> bool:
    """Whether a measure is always between two actors, as trade is."""
    return _TWO_SIDED.search(measure) is not None and _ONE_SIDED.search(measure) is None


class Parties:
    """Finds the parties of the quantities of one document; to be asked in text order."""

    def __init__(self, analysis: Analysis, text: str, quantities: list[Quantity]) -> None:
        self.analysis = analysis
        self.text = text
        self.words = _words(analysis.language)
        self.quantities = quantities
        self.found: list[set[str]] = []
        self.topics = Topics(analysis, text, [q.span for q in quantities if q.unit.sort is Of.MONEY])
        self.titled = self.topics.titled
        counts = self.topics.counts
        self.main = {code for code, _ in counts.most_common(_TWO)}
        self.clear = _is_clear(counts)

    def parties(self, here: int, clause: Span, where: Span, measure: str) -> set[str]:
        """The codes for the quantity with the number `here`, in its clause and the stretch of its sentence `where`."""
        self.found.append(self._parties(here, clause, where, measure))
        return self.found[-1]

    def _parties(self, here: int, clause: Span, where: Span, measure: str) -> set[str]:
        quantity = self.quantities[here]
        if quantity.like is not None and (portion := self._portion(quantity, where)):
            return portion
        if each := self._each(quantity, where, measure):
            return each
        number = self.analysis.sentence_at(where.start)
        alone = self._alone(measure, clause)
        codes = self._bracketed(quantity) or self._codes(clause)
        if codes and alone:
            return _states(codes)
        if not codes:
            codes |= self.topics.the_country(clause)
        if self.words.group.search(self.text, *clause):
            codes |= self._group()
        again = self.topics.again(number, self.analysis.sentences[number].span)
        codes.update(again)
        if again and len(codes) < _TWO and self.words.other.search(self.text, where.start + 1, where.end):
            # `They have put 5 million into its mines`: the two of the sentence before.
            before = self._codes(self.analysis.sentences[number - 1].span)
            codes |= before if len(before) == _TWO else set()
        if len(codes) >= _TWO and again:
            return codes
        if len(codes) == 1 and (doer := self._doer(number, clause, where)) is not None:
            codes.add(doer)
        own = [] if self._bracketed(quantity) else self._own(clause, where)
        for groups in (False, True):
            if len(codes) < _TWO:
                codes = codes.union(*(self._codes(part, groups=groups) for part in own))
        if len(codes) >= _TWO:
            return codes
        if alone and (codes or (codes := self._whose(number))):
            return codes
        if codes and here and contains(where, self.quantities[here - 1].span) and codes <= self.found[here - 1]:
            return set(self.found[here - 1])  # a loan of 5 million at 3 percent
        return self._from_before(quantity, codes, clause, where, measure)

    def _doer(self, number: int, clause: Span, where: Span) -> str | None:
        """Who does what a clause tells whose only actor is the other side.

        `A is its largest partner; trade with B came to 5 million`: whom the document is about. `A sold 9 tonnes: 5 of
        them to B`: the subject.
        """
        before = self.text[where.start : clause.start]
        if not self._oblique(clause):
            return None
        if ";" in before:
            return self.topics.protagonist()
        doers = self.topics.subject(number, 0) if ":" in before else ()
        return doers[0] if len(doers) == 1 else None

    def _bracketed(self, quantity: Quantity) -> set[str]:
        """Whose a number in brackets is: of the actor right before, `the buyers were A (5 tonnes) and B (3 tonnes)`."""
        opening = self.text.rfind("(", max(0, quantity.core.start - 2), quantity.core.start)
        near = list(self.topics.actors(Span(max(0, opening - _NAME), opening)))[-1:] if opening >= 0 else []
        return {code for mention in near if not self.text[mention.span.end : opening].strip() for code in mention.codes}

    def _whose(self, number: int) -> set[str]:
        """Whose affairs the sentence `number` tells that names nobody: of the subject before, or the document."""
        paragraph = self.analysis.sentences[number].paragraph
        for earlier in range(number - 1, max(-1, number - _BACK - 1), -1):
            if self.analysis.sentences[earlier].paragraph == paragraph and (codes := self.topics.subject(earlier)):
                return set(codes)
        main = self.topics.main()
        return {main} if main is not None else set()

    def _alone(self, measure: str, clause: Span) -> bool:
        """Whether the number is of one actor's own affairs."""
        measure = measure.removesuffix(_IN_GDP) if measure.startswith("share of") else measure
        return _ONE_SIDED.search(measure) is not None or self.words.alone.search(self.text, *clause) is not None

    def _own(self, clause: Span, where: Span) -> list[Span]:
        """The sentence without the clauses beside the figure's that have an actor of their own for a subject.

        `A sold 5 tonnes, and B voted against it`: B has no part in the sale.
        """
        parts = [where.start, clause.start, clause.end, where.end]
        if self.text.startswith((";", ":"), parts[2]):
            parts[3] = parts[2]
        if not self.topics.opens_with(clause):
            return [Span(parts[0], parts[3])]
        before, after = Span(parts[0], parts[1]), Span(parts[2], parts[3])
        return [clause, *(part for part in (before, after) if not self.topics.opens_with(part))]

    def _from_before(self, quantity: Quantity, codes: set[str], clause: Span, where: Span, measure: str) -> set[str]:
        """The codes with those that the sentences before add, or the document's subject."""
        ours = self.words.ours.search(self.text, *clause) is not None
        if ours and (state := self._speaker(quantity)):
            codes.add(state)
        elif ours and len(self.titled) == 1:
            codes |= self.titled  # `Statement by the President of A`
        number = self.analysis.sentence_at(where.start)
        paragraph = self.analysis.sentences[number].paragraph
        shared = (ours and is_two_sided(measure)) or self.words.bilateral.search(self.text, *where) is not None
        open_side = (
            shared
            or _TWO_SIDED.search(measure) is not None
            or (measure.startswith("share of") and not self.words.of_own.match(self.text, quantity.span.end))
            or self.words.transfers.search(self.text, *clause) is not None
            or self._oblique(clause)
        )
        if codes and not open_side and not self.clear:
            return codes
        if open_side and (topic := self._enters(codes, number)) is not None:
            return codes | {topic}
        for earlier in range(number - 1, max(-1, number - _BACK - 1), -1):
            if len(codes) >= _TWO or self.analysis.sentences[earlier].paragraph != paragraph:
                break
            before = self._codes(self.analysis.sentences[earlier].span)
            if not codes and before and self._oblique(self.analysis.sentences[earlier].span):
                continue  # `Sales to A have ceased. The industry employs 500 people`
            if codes and len(before - codes) >= _TWO:
                before = set(self.topics.subject(earlier))  # `A sold B ...`, and now C
            codes |= before
        if len(codes) >= _TWO:
            return codes
        main = self.topics.protagonist()
        if not codes and not self.clear and len(self.titled) == 1:
            return set(self.titled)  # the document is about one, and nobody is named here
        if not codes:
            return (not self.clear and self._nearest(number)) or set(self.main)
        if (shared or self.clear) and codes & self.main:
            return codes | self.main
        if open_side and len(self.titled) == _TWO and codes <= self.titled:
            return set(self.titled)
        if self.clear and all(code.startswith("IGO:") for code in codes):
            # Who gives is named, and the document is about those who get.
            return codes | ({main} if main else self.main)
        return codes | {main} if open_side and main is not None else codes

    def _enters(self, codes: set[str], number: int) -> str | None:
        """With whom an actor has to do that the sentence before does not name: from whose side the document tells."""
        topic = self.topics.held(number) or self.topics.protagonist()
        if len(codes) != 1 or topic is None or topic in codes:
            return None
        same = number and self.analysis.sentences[number - 1].paragraph == self.analysis.sentences[number].paragraph
        before = self._codes(self.analysis.sentences[number - 1].span) if same else set[str]()
        return None if codes & before else topic

    def _oblique(self, clause: Span) -> bool:
        """Whether all actors of the clause are the other side of what somebody unnamed does."""
        mentions = list(self.topics.actors(clause))
        return bool(mentions) and all(self.topics.oblique(mention) for mention in mentions)

    def _nearest(self, number: int) -> set[str]:
        """The actors of the nearest sentence before that names two of them at least, in whatever paragraph."""
        for earlier in range(number - 1, max(-1, number - _BACK - 1), -1):
            codes = self._codes(self.analysis.sentences[earlier].span)
            if len(codes) >= _TWO:
                return codes
        return set()

    def _each(self, quantity: Quantity, where: Span, measure: str) -> set[str]:
        """Whose the amount is where amounts in one unit each have an actor of their own and may share another one.

        `A traded with B for 17 billion and with C for 13 billion`, `A owed C 9 million and B 7 million`,
        `A took in 5 thousand and B 7 thousand`.
        """
        parts = [q for q in self.quantities if contains(where, q.span) and q.unit.name == quantity.unit.name]
        if len(parts) < _TWO or any(part.pair for part in parts):
            return set()
        starts = [where.start]
        for one, other in pairwise(parts):
            joins = list(self.words.joins.finditer(self.text, one.span.end, other.core.start))
            if len(joins) != 1:
                return set()
            starts.append(joins[0].end())
        stretches = [Span(start, end) for start, end in zip(starts, [*starts[1:], where.end], strict=True)]
        named = [self._codes(stretch) for stretch in stretches]
        if all(len(codes) == 1 for codes in named) and len(set[str]().union(*named)) == len(parts):
            return self._alike(set[str]().union(*named), named[parts.index(quantity)], stretches, measure)
        if len(named[0]) != _TWO or any(len(codes) != 1 or codes & named[0] for codes in named[1:]):
            return set()
        own = self._parallel(stretches[0], stretches[1])
        if own is None:
            return set()
        shared = named[0] - {own}
        return shared | ({own} if quantity is parts[0] else named[parts.index(quantity)])

    def _alike(self, all_named: set[str], own: set[str], stretches: list[Span], measure: str) -> set[str]:
        """Each with what is its own, and with whom the document is about where the other side is not named."""
        topic = self.topics.protagonist()
        if topic is not None and topic not in all_named and (topic in self.titled or is_two_sided(measure)):
            return own | {topic}
        leads = [self.topics.opens_with(stretch) for stretch in stretches]
        return own if all(leads) and not is_two_sided(measure) else set()

    def _parallel(self, first: Span, second: Span) -> str | None:
        """The actor of the first stretch that stands there as the one of the second does: after the same word."""
        other = next(self.analysis.actors_in(second), None)
        if other is None:
            return None
        lead = _lead(self.text[second.start : other.span.start])
        for number, mention in enumerate(self.analysis.actors_in(first)):
            # A stretch that begins with its actor has it for a subject, as the first actor of the sentence is.
            if (lead and _lead(self.text[first.start : mention.span.start]) == lead) or (not lead and number == 0):
                return mention.codes[0]
        return None

    def _portion(self, quantity: Quantity, where: Span) -> set[str]:
        """Whose a part of an amount is: `50 million, of which 20 million will go to A and 30 million to B`."""
        whole = quantity.like
        while whole is not None and self.quantities[whole].like is not None:
            whole = self.quantities[whole].like
        here = len(self.found)
        around = self.quantities[max(0, here - _AROUND) : here + _AROUND + 1]
        parts = [q for q in around if q.like is not None and contains(where, q.span)]
        if whole is None or not contains(where, self.quantities[whole].span) or len(parts) < _TWO:
            return set()
        ends = [part.core.start for part in parts[1:]] + [where.end]
        owners = [self._codes(Span(part.span.end, end)) for part, end in zip(parts, ends, strict=True)]
        if any(len(owner) != 1 for owner in owners):
            return set()
        own = owners[parts.index(quantity)]
        return (self.found[whole] - set[str]().union(*owners)) | own

    def _codes(self, span: Span, *, groups: bool = True) -> set[str]:
        """The actors named in a stretch of text, but for those that only give the number (`according to the IMF`).

        Through whom something goes counts where no two others are named.
        """
        codes: set[str] = set()
        through: set[str] = set()
        for mention in self.topics.actors(span):
            start, end = mention.span
            if not groups and len(mention.codes) > 1:
                continue
            if mention.code.startswith("IGO:") and (
                self.words.source.search(self.text[max(0, start - 40) : start])
                or self.words.telling.match(self.text, end)
            ):
                continue
            passed = self.words.through.search(self.text, max(0, start - _NAME), start) is not None
            (through if passed else codes).update(mention.codes)
        return codes if len(codes) >= _TWO else codes | through

    def _group(self) -> set[str]:
        """The group of states that the document speaks of, for `the region` and `the five republics`."""
        groups = [mention.codes for mention in self.analysis.actors if len(mention.codes) > _TWO]
        return set(Counter(groups).most_common(1)[0][0]) if groups else set()

    def _speaker(self, quantity: Quantity) -> str | None:
        inside = [s for s in self.analysis.statements if any(contains(span, quantity.span) for span in s.content)]
        inside.sort(key=lambda s: sum(end - start for start, end in s.content))
        return next((s.speaker.state for s in inside if s.speaker.state), None)


def _states(codes: set[str]) -> set[str]:
    """Whose own affairs these are: of states and organisations the states (`the highest inflation in the bloc`)."""
    return {code for code in codes if ":" not in code} or codes


def _lead(text: str) -> str:
    """The word right before an actor; empty at the beginning."""
    found = re.search(r"([^\W\d_]+)\s+(?:the\s+)?$", text)
    return found[1].lower() if found else ""


def _is_clear(counts: Counter[str]) -> bool:
    """Whether a document is about two actors.

    Both are named more than once, anybody else at most half as often, and all others together not oftener.
    """
    ranked = [number for _, number in counts.most_common()]
    if len(ranked) < _TWO or ranked[1] < _TWO:
        return False
    others = ranked[_TWO:]
    return not others or (others[0] * 2 <= ranked[1] and sum(others) <= ranked[1])
