"""Pairs of actors that stand in one sentence, for the judge of what joins them (`_plover.judge`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from multivector.reading._analysis import Analysis
from multivector.reading._references import Reference, References
from multivector.record import Span

MOST_SIDES = 7
"""A sentence that names more actors is a list; which of them have to do with one another cannot be told by pairs."""

MOST_WORDS = 90
"""A longer sentence is no sentence but a table or a list that lost its marks."""

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides in a sentence, the first one named first.

    `codes` and `others` are the actors that they stand for, `first` and `second` the places where each is named.
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


def pairs_in(analysis: Analysis, references: References, sentence: Span, group: Codes = ()) -> Iterator[Pair]:
    """The pairs of a sentence, in which a city stands for its state; `group` are those who are meant by `the sides` where nothing nearer tells."""
    if analysis.text.count(" ", *sentence) > MOST_WORDS:
        return
    cities = [city for city in references.cities if sentence.start <= city.span.start < sentence.end]
    sides = _sides(sorted([*references.within(*sentence), *cities], key=lambda each: each.span), group)
    if len(sides) > MOST_SIDES:
        return
    for (codes, first), (others, second) in combinations(sides.items(), 2):
        if not {*codes} & {*others}:
            yield Pair(sentence, codes, others, tuple(first), tuple(second))


def _sides(references: Iterable[Reference], group: Codes) -> dict[Codes, list[Span]]:
    """Where each actor, or each group of actors, is named, in the order of their first places."""
    sides: dict[Codes, list[Span]] = {}
    for reference in references:
        if codes := reference.codes or group:
            sides.setdefault(tuple(sorted(codes)), []).append(reference.span)
    return sides
