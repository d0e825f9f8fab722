"""Pairs of actors that stand in one sentence, for the judge of what joins them (`_plover.judge`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from multivector.reading._analysis import Analysis
from multivector.reading._reference import Reference
from multivector.reading._references import References
from multivector.record import Span

MOST_SIDES = 7
"""A sentence that names more actors is a list; which of them have to do with one another cannot be told by pairs."""

MOST_WORDS = 90
"""A longer sentence is no sentence but a table or a list that lost its marks."""

FEW = 3
"""The most actors of a group that is asked about by itself."""

MAIN = 2
"""So many actors, those named most often, a document is mostly about."""

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides in a sentence, the first one named first.

    `codes` and `others` are the actors that they stand for, `first` and `second` the places where each is named; the
    second has none where it is understood from what was told before. Of a group that may be joined among themselves
    (`the two states`) `others` are the same as `codes`, and the first side has no place.
    """

    sentence: Span
    codes: Codes
    others: Codes
    first: tuple[Span, ...]
    second: tuple[Span, ...]

    def marked(self, text: str) -> str:
        """The sentence with `<s>` and `</s>` about the places of the first side, `<t>` and `</t>` of the second."""
        marks = sorted([*((span, "s") for span in self.first), *((span, "t") for span in self.second)])
        parts: list[str] = []
        at = self.sentence.start
        for span, mark in marks:
            parts += [text[at : span.start], f"<{mark}>", text[span.start : span.end], f"</{mark}>"]
            at = span.end
        return " ".join("".join([*parts, text[at : self.sentence.end]]).split())


class Pairs:
    """The pairs of one document."""

    def __init__(
        self,
        analysis: Analysis,
        references: References,
        group: Codes = (),
        *,
        alone: bool = False,
        among: bool = False,
    ) -> None:
        """`group` are those who are meant by `the sides` where nothing nearer tells.

        With `alone`, a sentence that names one actor has a pair too, with whom it is understood to deal, if that is
        clear. With `among`, a few who are named together are a pair by themselves.
        """
        self._text = analysis.text
        self._sentences = [sentence.span for sentence in analysis.sentences]
        self._sides = [_sides(_named(references, span), group) for span in self._sentences]
        self._main = self._most_named() if alone else []
        self._most = FEW if among else 0

    def __iter__(self) -> Iterator[tuple[Span, list[Pair]]]:
        """Each sentence that has pairs, with them, in text order."""
        for number, (sentence, sides) in enumerate(zip(self._sentences, self._sides, strict=True)):
            if len(sides) <= MOST_SIDES and self._text.count(" ", *sentence) <= MOST_WORDS:
                pairs = list(_beside(sentence, sides))
                if self._main and len(sides) == 1:
                    pairs = list(self._alone(number))
                pairs += [
                    Pair(sentence, codes, codes, (), tuple(places))
                    for codes, places in sides.items()
                    if 1 < len(codes) <= self._most
                ]
                if pairs:
                    yield sentence, pairs

    def _most_named(self) -> list[str]:
        """The actors that the document is mostly about."""
        counts = Counter(code for sides in self._sides for (code, *more) in sides if not more)
        return [code for code, _ in counts.most_common(MAIN)]

    def _alone(self, number: int) -> Iterator[Pair]:
        """One actor and whoever else the document is mostly about, if that is whom it named last as well."""
        for codes, places in self._sides[number].items():
            before = (others for sides in reversed(self._sides[:number]) for others in reversed(sides))
            last = next((others for others in before if not {*others} & {*codes}), None)
            main = next((code for code in self._main if code not in codes), None)
            if last is not None and last == (main,):
                yield Pair(self._sentences[number], codes, last, tuple(places), ())


def _beside(sentence: Span, sides: dict[Codes, list[Span]]) -> Iterator[Pair]:
    for (codes, first), (others, second) in combinations(sides.items(), 2):
        if not {*codes} & {*others}:
            yield Pair(sentence, codes, others, tuple(first), tuple(second))


def _named(references: References, sentence: Span) -> list[Reference]:
    """Who is named in a sentence; a city there stands for its state."""
    cities = (city for city in references.cities if sentence.start <= city.span.start < sentence.end)
    return sorted([*references.within(*sentence), *cities], key=lambda each: each.span)


def _sides(references: Iterable[Reference], group: Codes) -> dict[Codes, list[Span]]:
    """Where each actor, or each group of actors, is named, in the order of their first places."""
    sides: dict[Codes, list[Span]] = {}
    for reference in references:
        if codes := reference.codes or group:
            sides.setdefault(tuple(sorted(codes)), []).append(reference.span)
    return sides
