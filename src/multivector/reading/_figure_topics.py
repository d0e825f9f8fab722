"""Of whom a sentence with figures speaks: its subject, whom a pronoun at its head means, whom the document is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis
from multivector.reading._numbers import any_of, spaced
from multivector.reading.languages import Language
from multivector.record import Span

_FAR = 3
"""Through so many sentences before, one pronoun after another is followed."""

_DOMINANT = 1.5
"""A document is about the actor that it names this many times as often as any other."""

_OFTEN = 2
"""Who is named so many times comes up again."""

_BESIDE = 40
"""How far before an actor, in characters, the words stand that tell its part."""


@dataclass(frozen=True, slots=True)
class _Words:
    again: re.Pattern[str]
    oblique: re.Pattern[str]
    own: re.Pattern[str]
    country: re.Pattern[str]


@cache
def _words(language: Language) -> _Words:
    table: dict[str, Any] = language.table("figures")["bilateral"]

    def forms(name: str) -> str:
        return spaced(any_of(table.get(name, ["(?!)"])))

    return _Words(
        again=re.compile(rf"\W{{0,3}}(?:{forms('lead')}\s+)?{forms('again')}(?!\w)", re.IGNORECASE),
        oblique=re.compile(rf"(?<!\w){forms('oblique')}\s+$", re.IGNORECASE),
        country=re.compile(rf"(?<!\w){forms('country')}(?!\w)", re.IGNORECASE),
        own=re.compile(rf"\W*(?:{forms('joins')}\s+)?(?:{forms('articles')}\s+)?$", re.IGNORECASE),
    )


class Topics:
    """The subjects of the sentences of one document."""

    def __init__(self, analysis: Analysis, text: str, amounts: Iterable[Span] = ()) -> None:
        """`amounts` are sums of money in the text: who stands in one gives a currency its name (`Danish kroner`)."""
        self.analysis = analysis
        self.amounts = sorted(amounts)
        self.text = text
        self.words = _words(analysis.language)
        named = in_title(analysis)
        self.titled = set(named)
        self.leading = named[0] if named else None
        self.counts = Counter(self.titled)
        for mention in self.actors(*(paragraph for paragraph in analysis.paragraphs)):
            if len(mention.codes) == 1:
                self.counts.update(mention.codes)
        self.opening = self._opening()

    def actors(self, *spans: Span) -> Iterator[ActorMention]:
        """The actors named in `spans`, but for persons and those that give a currency its name."""
        for mention in self._mentions(*spans):
            place = bisect_right(self.amounts, mention.span.start, key=lambda span: span.start)
            inside = place > 0 and mention.span.end <= self.amounts[place - 1].end
            if mention.form is not NameForm.PERSON and not inside:
                yield mention

    def _mentions(self, *spans: Span) -> Iterator[ActorMention]:
        """The actors named in `spans`, and whom other words there stand for."""
        for span in spans:
            found = list(self.analysis.actors_in(span))
            if self.analysis.references is not None:
                found += [
                    ActorMention(reference.span, reference.codes[0], NameForm.NAME, reference.codes)
                    for reference in self.analysis.references.within(*span)
                    if reference.codes and not self.analysis.actor_touches(reference.span)
                ]
            yield from sorted(found, key=lambda mention: mention.span)

    def oblique(self, mention: ActorMention) -> bool:
        """Whether an actor is one to whom, from whom or with whom something is done: another one does it."""
        start = mention.span.start
        return self.words.oblique.search(self.text, max(0, start - _BESIDE), start) is not None

    def subject(self, number: int, depth: int = _FAR) -> tuple[str, ...]:
        """The codes of the first actor of the sentence `number` that is no mere other side, if any."""
        sentence = self.analysis.sentences[number].span
        if depth and (codes := self.again(number, sentence, depth)):
            return codes
        for mention in self.actors(sentence):
            if not self.oblique(mention):
                return mention.codes
        return ()

    def again(self, number: int, stretch: Span, depth: int = _FAR) -> tuple[str, ...]:
        """Whom a pronoun at the head of a stretch of the sentence `number` means: the subject before."""
        if not number or not self.words.again.match(self.text, *stretch):
            return ()
        if self.analysis.sentences[number - 1].paragraph != self.analysis.sentences[number].paragraph:
            return ()
        return self.subject(number - 1, depth - 1)

    def main(self) -> str | None:
        """The one actor that the document is about, by its title or by how often it is named, if any."""
        if len(self.titled) == 1:
            return next(iter(self.titled))
        ranked = self.counts.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _DOMINANT * ranked[1][1]):
            return None
        return ranked[0][0]

    def protagonist(self) -> str | None:
        """From whose side the document tells, if any.

        Whom its title names alone or first, else whom it is about; where it is about no one, the subject of its first
        sentence that comes up again hardly less often than anybody.
        """
        return self.leading or self.main() or self.opening

    def held(self, number: int) -> str | None:
        """The subject of the paragraph that the sentence `number` stands in, where the title names it too."""
        paragraph = self.analysis.sentences[number].paragraph
        while number and self.analysis.sentences[number - 1].paragraph == paragraph:
            number -= 1
        codes = self.subject(number, 0)
        return codes[0] if len(codes) == 1 and codes[0] in self.titled else None

    def _opening(self) -> str | None:
        if not self.analysis.sentences:
            return None
        codes = self.subject(0)
        most = max(self.counts.values(), default=0)
        often = len(codes) == 1 and self.counts[codes[0]] >= max(_OFTEN, most - 1)
        return codes[0] if often else None

    def the_country(self, stretch: Span) -> set[str]:
        """Whom `the country` in a stretch of text means where nobody is named there: whom the document is about."""
        main = self.main() if self.words.country.search(self.text, *stretch) else None
        return {main} if main is not None else set()

    def opens_with(self, stretch: Span) -> ActorMention | None:
        """The actor with which a stretch of text begins."""
        for mention in self.actors(stretch):
            lead = self.text[stretch.start : mention.span.start]
            return mention if self.words.own.fullmatch(lead) else None
        return None


def in_title(analysis: Analysis) -> list[str]:
    """The states and organisations that the document's title names, in order."""
    found = analysis.knowledge.find(analysis.document.title or "", analysis.language.tag)
    return list(dict.fromkeys(match.code for match in found if re.fullmatch("[A-Z]{3}|IGO:.*", match.code)))
