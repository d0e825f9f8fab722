"""Between whom a figure is: the actors that its clause, sentence, the sentences before and the document name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis, contains
from multivector.reading._numbers import any_of, spaced
from multivector.reading._quantity import Quantity
from multivector.reading.languages import Language
from multivector.record import Span

_BACK = 3
"""How many sentences back the parties of a figure may stand."""

_AROUND = 8
"""So many figures before and after are looked at for other parts of one amount."""

_TWO = 2
_TWO_SIDED = re.compile(r"trade|exports|imports|remittances|loan|grant|debt|suppl|deliver|purchases|credit")
"""Measures that two actors always share."""

_ONE_SIDED = re.compile(
    r"\b(?:GDP|inflation|unemployment|budget|population|wages|production|output|public debt|military spending"
    r"|customs revenue|per capita|area|prices)\b"
)
"""Measures of one actor's own affairs, unless the same clause names another."""

_SHARE_IN = re.compile(r"^share .* in GDP$")


@dataclass(frozen=True, slots=True)
class _Words:
    bilateral: re.Pattern[str]
    ours: re.Pattern[str]
    group: re.Pattern[str]
    source: re.Pattern[str]
    telling: re.Pattern[str]
    joins: re.Pattern[str]


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
        counts = _named(analysis)
        self.titled = _in_title(analysis)
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
        if each := self._each(quantity, where):
            return each
        codes = self._codes(clause)
        if codes and _ONE_SIDED.search(measure) and not _SHARE_IN.match(measure):
            return codes
        if self.words.group.search(self.text, *clause):
            codes |= self._group()
        if len(codes) < _TWO:
            codes |= self._codes(where, groups=False)
        if len(codes) < _TWO:
            codes |= self._codes(where)
        if len(codes) >= _TWO:
            return codes
        if codes and _ONE_SIDED.search(measure) and not _SHARE_IN.match(measure):
            return codes
        if codes and here and contains(where, self.quantities[here - 1].span) and codes <= self.found[here - 1]:
            return set(self.found[here - 1])  # a loan of 5 million at 3 percent
        return self._from_before(quantity, codes, clause, where, measure)

    def _from_before(self, quantity: Quantity, codes: set[str], clause: Span, where: Span, measure: str) -> set[str]:
        """The codes with those that the sentences before add, or the document's subject."""
        ours = self.words.ours.search(self.text, *clause) is not None
        if ours and (state := self._speaker(quantity)):
            codes.add(state)
        elif ours and len(self.titled) == 1:
            codes |= self.titled  # `Statement by the President of A`
        number = self.analysis.sentence_at(where.start)
        paragraph = self.analysis.sentences[number].paragraph
        for earlier in range(number - 1, max(-1, number - _BACK - 1), -1):
            if len(codes) >= _TWO or self.analysis.sentences[earlier].paragraph != paragraph:
                break
            codes |= self._codes(self.analysis.sentences[earlier].span)
        if len(codes) < _TWO:
            mutual = ours or self.words.bilateral.search(self.text, *where) or _TWO_SIDED.search(measure)
            if not codes and not self.clear and len(self.titled) == 1:
                codes |= self.titled  # the document is about one, and nobody is named here
            elif not codes and not self.clear and (near := self._nearest(number)):
                codes |= near
            elif not codes or ((mutual or self.clear) and codes & self.main):
                codes |= self.main
            elif self.clear and all(code.startswith("IGO:") for code in codes):
                codes |= self.main  # who gives is named, and the document is about those who get
        return codes

    def _nearest(self, number: int) -> set[str]:
        """The actors of the nearest sentence before that names two of them at least, in whatever paragraph."""
        for earlier in range(number - 1, max(-1, number - _BACK - 1), -1):
            codes = self._codes(self.analysis.sentences[earlier].span)
            if len(codes) >= _TWO:
                return codes
        return set()

    def _each(self, quantity: Quantity, where: Span) -> set[str]:
        """Whose the amount is where amounts in one unit each have an actor of their own and share another one.

        `A traded with B for 17 billion and with C for 13 billion`, `A owed C 9 million and B 7 million`.
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
        if len(named[0]) != _TWO or any(len(codes) != 1 or codes & named[0] for codes in named[1:]):
            return set()
        own = self._parallel(stretches[0], stretches[1])
        if own is None:
            return set()
        shared = named[0] - {own}
        return shared | ({own} if quantity is parts[0] else named[parts.index(quantity)])

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
        """The actors named in a stretch of text, but for those that only give the number (`according to the IMF`)."""
        codes: set[str] = set()
        for mention in self.analysis.actors_in(span):
            start, end = mention.span
            if mention.form is NameForm.PERSON or (not groups and len(mention.codes) > 1):
                continue
            if mention.code.startswith("IGO:") and (
                self.words.source.search(self.text[max(0, start - 40) : start])
                or self.words.telling.match(self.text, end)
            ):
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


def _lead(text: str) -> str:
    """The word right before an actor; empty at the beginning."""
    found = re.search(r"([^\W\d_]+)\s+(?:the\s+)?$", text)
    return found[1].lower() if found else ""


def _named(analysis: Analysis) -> Counter[str]:
    """How often the document names each actor, in its title too."""
    counts: Counter[str] = Counter()
    for mention in analysis.actors:
        if mention.form is not NameForm.PERSON and len(mention.codes) == 1:
            counts.update(mention.codes)
    counts.update(_in_title(analysis))
    return counts


def _in_title(analysis: Analysis) -> set[str]:
    """The states and organisations that the document's title names."""
    found = analysis.knowledge.find(analysis.document.title or "", analysis.language.tag)
    return {match.code for match in found if re.fullmatch("[A-Z]{3}|IGO:.*", match.code)}


def _is_clear(counts: Counter[str]) -> bool:
    """Whether a document is about two actors: both named more than once, and anybody else at most half as often."""
    ranked = [number for _, number in counts.most_common(_TWO + 1)]
    return len(ranked) >= _TWO and ranked[1] >= _TWO and (len(ranked) == _TWO or ranked[2] * 2 <= ranked[1])
