"""Who is meant by the words of a document: actors, people, pronouns, `the parties`, `we`.

Every reference carries the codes of the states or bodies that it stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from copy import copy

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis
from multivector.reading._anaphora import Anaphora
from multivector.reading._bearers import BARE, NUMBERS, Words, cities_led, states_of_people, words_of
from multivector.reading._contents import Contents
from multivector.reading._institutions import Institutions
from multivector.reading._persons import opening, persons_meant
from multivector.reading._reference import JOINED, InOrder, Reference, Sort, codes_of
from multivector.reading._short_names import short_names
from multivector.reading._understood import official_home, states_named
from multivector.reading._voices import Voices
from multivector.record import Span

_IT_AGAIN = re.compile(
    r"[Ii]t\b(?![’']s\b| (?:is|was|seems?|remains?|appears?|follows|(?:will|would|has|had|may|must) be(?:en)?)\b)"
)
_ALONE = re.compile(r"\s(?:[a-z]|\d)(?!nd\s)|,\s(?:which|whose|where)\b")
"""After the name of an actor that is a subject by itself: no further name, no list."""

_BEGINS = frozenset(".,;:\n")
"""What stands before the subject of a clause."""

_GOES_ON = re.compile(r"[:;]\s")


_FAR_LIST = 3
"""From so many sentences on `the two states` are rather those of the sentence before than a list."""

_CROWD = 12
"""How many references before `both leaders` are looked at."""


class References:
    """The references of one document, in text order, without overlaps."""

    def __init__(self, analysis: Analysis) -> None:
        words = words_of(analysis.language)
        self.role = words.role
        people = states_of_people(analysis, words)
        self.contents = Contents(analysis.statements, people)
        named = [*_actors(analysis), *_persons(analysis, people)]
        named += [Reference(span, (code,), Sort.NAME) for span, code in cities_led(analysis, words)]
        named += short_names(analysis)
        sides = words.sides.finditer(analysis.text, analysis.starts)
        named += [Reference(Span(*match.span()), (), Sort.SIDES) for match in sides]
        ordered = _without_overlaps(named)
        self.pair = main_pair(analysis)
        """The two states that the document is about; empty when there are more, or none."""
        ordered = _counted(analysis, ordered, self.pair or _pair_with_home(analysis))
        ordered = _without_overlaps([*ordered, *_subjects_again(analysis, ordered, words)])
        later = [
            *Voices(analysis, words, ordered, people, self.contents, self.pair).find(),
            *persons_meant(analysis, words, ordered, people, self.contents),
        ]
        known = _without_overlaps([*ordered, *later])
        again = Anaphora(analysis, words, known, self.contents).find()
        self.cities = tuple(_cities(analysis, words))
        """`in Osh`: cities for the states that they lie in; who is told by a name of its own goes before them."""
        known = _without_overlaps([*known, *again])
        self.all = _without_overlaps([*known, *Institutions(analysis, known, self.cities).find()])
        self._in_order = InOrder(self.all)

    def within(self, start: int, end: int) -> tuple[Reference, ...]:
        """The references that lie wholly in `[start, end)`."""
        return tuple(r for r in self._in_order.within(start, end) if r.span.end <= end)

    def replaced(self, references: Iterable[Reference]) -> References:
        """The same with other references in their place."""
        other = copy(self)
        other.all = _without_overlaps(references)
        other._in_order = InOrder(other.all)
        return other


def references_of(analysis: Analysis) -> References:
    """The references of a document whose statements are known."""
    return analysis.references or References(analysis)


def _actors(analysis: Analysis) -> Iterable[Reference]:
    for mention in analysis.actors:
        if any(code.startswith("PER:") for code in mention.codes):
            continue
        sort = Sort.NAME
        if mention.form is NameForm.PERSON:
            sort = Sort.PERSON
        elif mention.form in (NameForm.ADJECTIVE, NameForm.DEMONYM):
            sort = Sort.ADJECTIVE
        yield Reference(mention.span, mention.codes, sort)


def _cities(analysis: Analysis, words: Words) -> Iterable[Reference]:
    """`in Osh and Jalal-Abad`, `visited Osh`: the states of cities, where no actor of another sort is named there."""
    for match in words.city.finditer(analysis.text, analysis.starts):
        city: re.Match[str] | None = match
        while city is not None:
            code = analysis.knowledge.city(city.group(1))
            span = Span(*city.span(1))
            if code is None or city.group(1) in words.not_city or analysis.actor_touches(span):
                break
            yield Reference(span, (code,), Sort.NAME)
            city = words.city_again.match(analysis.text, span.end)


def _persons(analysis: Analysis, people: dict[str, str]) -> Iterable[Reference]:
    surnames: dict[str, set[str]] = {}
    for name, code in people.items():
        surnames.setdefault(name.split()[-1], set()).add(code)
    known = dict(people.items())
    known |= {surname: next(iter(codes)) for surname, codes in surnames.items() if len(codes) == 1 and len(surname) > 2}
    if not known:
        return
    names = re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})(?![\w-])")
    for match in names.finditer(analysis.text):
        yield Reference(Span(*match.span()), (known[match.group()],), Sort.PERSON)


def main_pair(analysis: Analysis) -> tuple[str, ...]:
    """The two states that a document is about, where no third one is named half as often as the second."""
    return _two_most(states_named(analysis))


def _pair_with_home(analysis: Analysis) -> tuple[str, ...]:
    """The state of whose body a document is a paper, which such papers seldom name, and the one that it is about."""
    counts = states_named(analysis)
    home = official_home(analysis)
    if home is None or not counts:
        return ()
    counts[home] = max(counts.values())
    pair = _two_most(counts)
    return pair if home in pair else ()


def _two_most(counts: Counter[str]) -> tuple[str, ...]:
    ranked = counts.most_common(3)
    if len(ranked) < 2 or ranked[1][1] < 2 or (len(ranked) > 2 and ranked[2][1] * 2 > ranked[1][1]):
        return ()
    return tuple(sorted(code for code, _ in ranked[:2]))


def _counted(analysis: Analysis, named: tuple[Reference, ...], pair: tuple[str, ...]) -> tuple[Reference, ...]:
    """`the three governments` as the last list of as many actors, where there is one before."""
    result: list[Reference] = []
    lists: dict[int, tuple[tuple[str, ...], int]] = {}
    before_run = lists
    main = words_of(analysis.language).main
    run: list[Reference] = []
    for reference in named:
        if reference.sort is Sort.SIDES:
            number = next((NUMBERS[w] for w in analysis.words(reference.span).lower().split() if w in NUMBERS), 0)
            last, where = lists.get(number, ((), 0))
            if main.search(analysis.words(reference.span)) and pair:
                # `both sides` are those of the dispute; `the two countries` may be any that were named together.
                last = ()
            elif number == 2 and (not last or analysis.sentence_at(reference.span.start) - where > _FAR_LIST):
                last = _two_before(analysis, named, reference) or last
            if analysis.words(reference.span).lower().removeprefix("the ") in BARE and (
                not last
                or (
                    number == 2
                    and analysis.text[max(0, reference.span.start - 2) : reference.span.start].strip(" ")[-1:]
                    not in _BEGINS
                )
            ):
                continue  # `the five` of which the text has told nothing, and `the two` of much else
            result.append(Reference(reference.span, last or (pair if number == 2 else ()), Sort.SIDES))
            run = []
            continue
        joined = run and JOINED.fullmatch(analysis.text[run[-1].span.end : reference.span.start])
        # `A, B and C` is a list of three, and `A, B` is none.
        before_run = before_run if joined else lists
        run = [*run, reference] if joined else [reference]
        codes = codes_of(run)
        if len(codes) > 1:
            lists = {**before_run, len(codes): (codes, analysis.sentence_at(reference.span.start))}
        result.append(reference)
    return tuple(result)


def _two_before(analysis: Analysis, named: tuple[Reference, ...], sides: Reference) -> tuple[str, ...]:
    """The two states that the last sentence with any before `sides` names, where it names just two."""
    sentence = analysis.sentences[analysis.sentence_at(sides.span.start)].span
    index = bisect_left(named, sides.span.start, key=lambda each: each.span.start)
    before = [each for each in named[max(0, index - _CROWD) : index] if each.codes]
    if not before:
        return ()
    number = analysis.sentence_at(before[-1].span.start)
    last = analysis.sentences[number].span
    codes = codes_of(each for each in before if last.start <= each.span.start)
    near = last == sentence or analysis.sentence_at(sentence.start) - number == 1
    return codes if near and len(codes) == 2 and not any(":" in code for code in codes) else ()


def _subjects_again(analysis: Analysis, named: tuple[Reference, ...], words: Words) -> Iterable[Reference]:
    """`It`, `Its ministry`, `Their ministers` at the head of a sentence: with whom the sentence before it begins.

    Of `A's exports` or `the A market` that is not the actor, so the noun has to be an office or a body.
    """
    starts = [reference.span.start for reference in named]
    last: tuple[str, ...] = ()
    sole: tuple[str, ...] = ()
    """The one actor that the sentence before names."""
    end = 0
    for sentence in analysis.sentences:
        start = sentence.span.start
        if "\n" in analysis.text[end:start]:
            last = sole = ()
        end = sentence.span.end
        if last or sole:
            framed = words.frame.match(analysis.text, start, end)
            subject = framed.end() if framed else start
            again = _IT_AGAIN.match(analysis.text, subject)
            if len(last) == 1 and again is not None:
                yield Reference(Span(again.start(), again.start() + 2), last, Sort.PRONOUN)
                continue
            # `On its side A` is A's own.
            governed = framed is not None and " " not in framed.group().strip()
            owner = None if governed else words.its.match(analysis.text, subject)
            owners = last or sole
            if owner is not None and (owner.group(1).lower() == "its") == (len(owners) == 1):
                yield Reference(Span(*owner.span(1)), owners, Sort.ADJECTIVE)
                continue
        here = codes_of(named[bisect_left(starts, start) : bisect_left(starts, end)])
        sole = here if len(here) == 1 else ()
        last = _opens(analysis, named, bisect_left(starts, opening(analysis, start)), start, words)
        if len(last) == 1:
            for mark in _GOES_ON.finditer(analysis.text, start, end):
                if (again := _IT_AGAIN.match(analysis.text, mark.end())) is not None:
                    yield Reference(Span(again.start(), again.start() + 2), last, Sort.PRONOUN)


def _opens(analysis: Analysis, named: tuple[Reference, ...], first: int, start: int, words: Words) -> tuple[str, ...]:
    """The actor that is the subject of the sentence at `start`, or those that are it together."""
    if first >= len(named) or named[first].span.start != opening(analysis, start):
        return ()
    reference, last = named[first], first
    if reference.sort is Sort.NAME:
        while last + 1 < len(named) and named[last + 1].sort is Sort.NAME:
            if JOINED.fullmatch(analysis.text, named[last].span.end, named[last + 1].span.start) is None:
                break
            last += 1
    after = analysis.text[named[last].span.end : named[last].span.end + 60]
    owns = reference.sort is Sort.ADJECTIVE or after.startswith(("’", "'"))
    body = words.body.match(after.removeprefix("’s").removeprefix("'s")) is not None
    codes = codes_of(named[first : last + 1])
    alone = body if owns else _ALONE.match(after) is not None
    return codes if alone and (len(codes) == 1 or (last > first and not owns)) else ()


def _without_overlaps(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """In text order; of two that overlap the one that begins first, then the longer one."""
    kept: list[Reference] = []
    for reference in sorted(references, key=lambda r: (r.span.start, -r.span.end, r.sort)):
        if not kept or reference.span.start >= kept[-1].span.end:
            kept.append(reference)
    return tuple(kept)
