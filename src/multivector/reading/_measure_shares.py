"""What a percentage is of that is no change: a share of something named, a part of GDP, the rate of a loan."""

from __future__ import annotations

import re

from multivector.reading._measure_near import PRODUCT, TOGETHER, UNKNOWN, Measure, end_of, nearest, together
from multivector.reading._measure_words import Hit, MeasureWords
from multivector.reading._phrases import Phrase, phrase_after, phrase_of_verb
from multivector.reading._quantity import Quantity
from multivector.record import Span

SHARE = "share"
"""The name of a share of something that was named before."""

_STEM = 4
"""So many letters of a word tell which it is, whatever its ending."""


def share_of(text: str, quantity: Quantity, clause: Span, hits: list[Hit], words: MeasureWords) -> Measure | None:
    """`31 percent of the exports`, `the share of gas is 9 percent`, `23 percent of GDP`, a loan `at 3 percent`."""
    end = end_of(quantity)
    if quantity.unit.name != "percent":
        phrase = _after(text, end, clause.end, words) if words.share_of.match(text, end, clause.end) else None
        return Measure(phrase.name, (phrase.span,), 0) if phrase else None
    rest = Span(end, clause.end)
    gdp = words.gdp.search(text, rest.start, min(rest.end, end + 60))
    if gdp:
        before = [hit for hit in hits if hit.span.end <= quantity.number.span.start and hit.name != PRODUCT]
        name, spans = nearest(text, quantity.span, quantity, clause, before, words) if before else (UNKNOWN, ())
        name = "share in GDP" if name == UNKNOWN else f"share of {name} in GDP"
        return Measure(name, (Span(*gdp.span()), *spans), 0)
    of = words.share_of.match(text, end, clause.end)
    share = None
    for match in words.share.finditer(text, clause.start, quantity.number.span.start):
        share = match
    if share is not None and not of:
        after = [hit for hit in hits if hit.span.start >= share.end()]
        phrase = _after(text, share.end(), quantity.number.span.start, words)
        if after and (phrase is None or _called(text, after[0], phrase)):
            name = together(text, after[0], after, clause, words)
            return Measure(f"share of {name}", (Span(*share.span()), after[0].span), 0)
        return Measure(f"share of {phrase.name}" if phrase else "share", (Span(*share.span()),), 0)
    if of:
        after = [hit for hit in hits if of.end() <= hit.span.start <= of.end() + TOGETHER]
        phrase = _phrase_after(text, of.end() - 1, clause.end, words)
        if after and (phrase is None or _called(text, after[0], phrase)):
            name = together(text, after[0], after, clause, words)
            return Measure(f"share of {name}", (after[0].span,), 0)
        # `9 percent of it`: what makes up so much.
        if words.again.match(text, of.end(), clause.end):
            return Measure(SHARE, (), 0)
        phrase = phrase or phrase_of_verb(text, quantity.core, clause, words.phrases)
        return Measure(f"share of {phrase.name}" if phrase else "share", (phrase.span,) if phrase else (), 0)
    opening = f" {text[clause.start : clause.start + TOGETHER].lower().lstrip()}"
    if words.phrases.known and hits and words.share_of.match(opening):
        # `Of the exports, 9 percent ...`
        name = together(text, hits[0], hits, clause, words)
        return Measure(f"share of {name}", (hits[0].span,), 0)
    behind = re.findall(r"\w+", text[clause.start : quantity.core.start].lower())[-1:]
    if behind and behind[0] in words.level and any(hit.name in words.lent for hit in hits):
        return Measure("interest rate", (), 0)
    return None


def _called(text: str, hit: Hit, phrase: Phrase) -> bool:
    """Whether a hit is not a word of the phrase that its name has nothing of: `territory` is no area in a share."""
    said = text[hit.span.start : hit.span.end].lower()
    return hit.span.start >= phrase.span.end or said.split()[-1][:_STEM] in hit.name.lower()


def _after(text: str, start: int, end: int, words: MeasureWords) -> Phrase | None:
    """The phrase after `of`, if a word `of` comes first: `the share of ...`."""
    of = words.share_of.match(text, start, end)
    return _phrase_after(text, of.end() - 1 if of else start, end, words)


def _phrase_after(text: str, start: int, end: int, words: MeasureWords) -> Phrase | None:
    return phrase_after(text, start, end, words.phrases) if words.phrases.known else None
