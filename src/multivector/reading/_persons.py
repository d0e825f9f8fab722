"""Persons meant without their names: `he`, `the minister`, `his country`, by whoever spoke or was named last."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from multivector.reading._analysis import Analysis
from multivector.reading._bearers import Words, bearers_of
from multivector.reading._contents import Contents
from multivector.reading._reference import Reference, Sort
from multivector.reading._understood import home_of
from multivector.record import Span, Statement, StatementMode

_REACH = 600
"""How far back, in characters, `he` or `the minister` may look for a person."""


_PLACES = re.compile(r"\b\w")
_CAPITAL = re.compile(r"[Tt]he [A-Z]")
_HE, _SHE = re.compile(r"\b(?:[Hh]e|[Hh]is|him)\b"), re.compile(r"\b(?:[Ss]he|[Hh]er)\b")
_OPENING = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*(?:\s[A-ZÀ-Þ][\w’'.-]*){0,4}:\s)?(?:(?:[Tt]he|An?)\s)?")


def opening(analysis: Analysis, start: int) -> int:
    """Where the first word of a sentence stands, its article left out."""
    opening = _OPENING.match(analysis.text, start)
    return opening.end() if opening else start


def persons_meant(
    analysis: Analysis, words: Words, named: tuple[Reference, ...], people: dict[str, str], contents: Contents
) -> Iterable[Reference]:
    """`he` and `the minister`: whoever spoke last, or else the person named last before; `that it`: the speaker."""
    persons = [reference for reference in named if reference.sort is Sort.PERSON]
    starts_named = [reference.span.start for reference in named]
    officers = list(_officers(analysis, words, named))
    starts = [reference.span.start for reference in persons]
    offices, home = bearers_of(analysis, words, people), home_of(analysis)
    own: dict[int, str] = {}
    spoken: list[tuple[int, str]] = []
    for statement in analysis.statements:
        speaker = statement.speaker
        if statement.source and speaker.person and (code := speaker.state or people.get(speaker.person)):
            spoken.append((max(span.end for span in (*statement.cue, *statement.source)), code))
            for source in statement.source:
                own |= {match.start(): code for match in _PLACES.finditer(analysis.text, *source)}
        if speaker.state and statement.content:
            it = words.it.match(analysis.text, statement.content[0].start)
            if it is not None:
                yield Reference(Span(it.start(1), it.end(1)), (speaker.state,), Sort.PRONOUN)
    spoken.sort()
    for sought in (words.his, words.description):
        for match in sought.finditer(analysis.text, analysis.starts):
            place = match.start()
            holders = offices.get(match.group().lower().removeprefix("the "), set[str]())
            index = bisect_right(spoken, place, key=lambda each: each[0])
            end, state = spoken[index - 1] if index else (0, None)
            before = bisect_left(starts, place)
            person = persons[before - 1] if before else None
            if sought is words.his:
                if " " in match.group() and _named_here(analysis, starts_named, place):
                    continue  # `A's envoy thanked his country`: it is told there whose
                officer = _officer(analysis, officers, match)
                if officer is not None and officer.span.start >= end:
                    state, person = None, officer  # named later than whoever spoke last
            span = Span(*match.span())
            if sought is words.his and (said := contents.at(place)) is not None and _of_self(said[1]):
                # Who says `she` in words of their own does not mean themselves.
                inside = person is not None and said[0].start <= person.span.start
                if inside and person is not None and person.codes != (said[1].speaker.state,):
                    yield Reference(span, person.codes, Sort.PRONOUN)
                continue
            if len(holders) == 1:
                yield Reference(span, tuple(holders), Sort.PRONOUN)
            elif place in own:
                yield Reference(span, (own[place],), Sort.PRONOUN)
            elif home is not None and home in holders and _CAPITAL.match(analysis.words(span)):
                # An official paper has `the Minister` for its own.
                yield Reference(span, (home,), Sort.PRONOUN)
            elif state is not None and place - end <= _REACH:
                yield Reference(span, (state,), Sort.PRONOUN)
            elif person is not None and place - person.span.end <= _REACH:
                yield Reference(span, person.codes, Sort.PRONOUN)


def _officers(analysis: Analysis, words: Words, named: tuple[Reference, ...]) -> Iterable[Reference]:
    """Those who bear an office of a state and open a sentence without a name: `A's minister`, `the envoy of A`."""
    for reference in named:
        if len(reference.codes) != 1 or reference.sort not in (Sort.NAME, Sort.ADJECTIVE):
            continue
        sentence = analysis.sentences[analysis.sentence_at(reference.span.start)].span
        start, end = reference.span
        if start == opening(analysis, sentence.start):
            owns = reference.sort is Sort.ADJECTIVE or analysis.text.startswith(("’s", "'s"), end)
            office = words.bearer.match(analysis.text, end, sentence.end) if owns else None
        else:
            office = words.bearer_of.fullmatch(analysis.text, sentence.start, start)
        if office is not None:
            yield Reference(Span(*office.span(1)), reference.codes, Sort.PERSON)


def _named_here(analysis: Analysis, starts: list[int], place: int) -> bool:
    """Whether the sentence of a place names an actor before it."""
    start = analysis.sentences[analysis.sentence_at(place)].span.start
    return bisect_left(starts, start) < bisect_left(starts, place)


def _officer(analysis: Analysis, officers: list[Reference], match: re.Match[str]) -> Reference | None:
    """Who bears the office with which the sentence before begins, if `he` or `she` may be said of them."""
    number = analysis.sentence_at(match.start())
    here = analysis.sentences[number]
    if ";" in analysis.text[here.span.start : match.start()]:
        return None
    she = match.group().lower().startswith(("she", "her"))
    same, other = (_SHE, _HE) if she else (_HE, _SHE)
    for before in range(number - 1, max(-1, number - 3), -1):
        last = analysis.sentences[before]
        if last.paragraph != here.paragraph:
            return None
        index = bisect_right(officers, last.span.end, key=lambda each: each.span.start) - 1
        if index >= 0 and officers[index].span.start >= last.span.start:
            unlike = other.search(analysis.text, officers[index].span.end, last.span.end)
            return None if unlike else officers[index]
        if same.match(analysis.text, last.span.start) is None:
            return None
    return None


def _of_self(statement: Statement) -> bool:
    """Whether a statement gives the own words of somebody known by name."""
    return statement.mode is StatementMode.DIRECT and statement.speaker.person is not None
