"""Words that take up a state named before: `the country`, `them`, `his counterpart`, `the delegation`.

Two things have to agree: what the words may stand for (a kingdom, several, somebody else than the doer), and
nearness. Where more than one state of the sentences just before fits, none is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from multivector.reading._analysis import Analysis
from multivector.reading._bearers import Words
from multivector.reading._contents import Contents
from multivector.reading._lookup import Sought
from multivector.reading._reference import JOINED, InOrder, Reference, Sort, codes_of
from multivector.reading.languages import Language
from multivector.record import Span

_DOER = 60
"""How far before a pronoun or description, in characters, the doer of the deed is named."""

_HELD = 3
"""In how many sentences before `the delegation` it is told whose it is."""

_SHORT = 3
"""The most letters of a state's name that is written in capital letters (`USA`)."""

_OFFICE = 40
"""How far behind a reference, in characters, its office stands."""

_APPOSED = re.compile(r",?\s(?:(?:from|in|of)\s)?(?:[\w’'-]+\s){0,5}")
"""Between a description and the name that it goes with."""

_OPENING = 12
"""How many characters may stand before the subject of a sentence."""

_BROKEN = re.compile(r"[,;:]")
_OTHERS = re.compile(r"[,.;]|\b(?:and|with|to|in)\b")


@dataclass(frozen=True, slots=True)
class _Words:
    lands: Sought
    addressed: Sought
    equals: Sought
    groups: Sought
    parties: Sought
    aside: re.Pattern[str]
    second: re.Pattern[str]
    opens: re.Pattern[str]
    plural: re.Pattern[str]
    people: re.Pattern[str]
    guests: frozenset[str]
    subjects: frozenset[str]
    of_kind: dict[str, frozenset[str]]
    not_of_kind: dict[str, frozenset[str]]


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    whole = language.table("references")
    table = whole.get("again", {})

    def any_of(name: str) -> str:
        listed = sorted(table.get(name, ()), key=len, reverse=True)
        return "|".join(map(re.escape, listed)) or "(?!)"

    verbs = "|".join(map(re.escape, whole.get("finite", ()))) or "(?!)"
    lands = rf"(?:(?i:{any_of('beside_land')})\s)?(?:{any_of('lands')})"
    return _Words(
        lands=Sought(rf"\b[Tt](?:he|hat) (?:{lands})\b(?!\s+of\b|\s[A-Z]|-)", flags=0),
        addressed=Sought(rf"\b(?:{any_of('addressing')})\s(it|them)\b(?!\s(?:self|selves)\b)"),
        equals=Sought(rf"\b(?:his|her|its)\s(?:{any_of('equals')})\b"),
        groups=Sought(rf"\b(?:his|her|its)\s(?:{any_of('groups')})\b"),
        parties=Sought(
            rf"\b[Tt]he ({any_of('parties')}|{any_of('guests')})\b"
            rf"(?!\s+(?:of|from|to|{any_of('compounds')})\b|\s[A-Z])",
            flags=0,
        ),
        aside=re.compile(rf"\b(?:{any_of('not_after')})\s$", re.IGNORECASE),
        # A second verb without a subject of its own.
        second=re.compile(rf"\b(?:and|but|then)\s(?:\w+ly\s|also\s|later\s)?(?:\w{{2,}}ed|{verbs})\s"),
        opens=re.compile(rf"\b(?:{any_of('opens')})\s(?:the\s)?$|[,;:—]\s(?:the\s)?$", re.IGNORECASE),
        plural=re.compile(table.get("plural", "(?!)")),
        people=re.compile(rf"\s(?:[a-z-]+\s){{0,2}}?(?:{any_of('people')})\b"),
        subjects=frozenset(table.get("subjects", ())),
        guests=frozenset(table.get("guests", ())),
        of_kind={kind: frozenset(codes) for kind, codes in table.get("of_kind", {}).items()},
        not_of_kind={kind: frozenset(codes) for kind, codes in table.get("not_of_kind", {}).items()},
    )


class Anaphora:
    """Resolves the words of one document that take up states; `named` are its references without them."""

    def __init__(self, analysis: Analysis, words: Words, named: tuple[Reference, ...], contents: Contents) -> None:
        self._analysis = analysis
        self._text = analysis.text
        self._offices = words
        self._words = _words(analysis.language)
        self._named = InOrder(each for each in named if each.codes and not self._heads(each))
        self._contents = contents

    def find(self) -> Iterator[Reference]:
        """The references found, in no order."""
        if not self._named.all:
            return
        text, starts = self._text, self._analysis.starts
        for match in self._words.lands.finditer(text, starts):
            if not self._words.aside.search(text, max(0, match.start() - 20), match.start()):
                codes = self._one(match.start(), partial(self._is_land, words=match.group()))
                if codes:
                    yield Reference(Span(*match.span()), codes, Sort.NAME)
        for match in self._words.addressed.finditer(text, starts):
            place = match.start(1)
            if self._doer(place) is not None:
                codes = self._one(place) if match.group(1).lower() == "it" else self._several(place)
                if codes:
                    yield Reference(Span(*match.span(1)), codes, Sort.PRONOUN)
        for match in self._words.equals.finditer(text, starts):
            if (codes := self._equal(match.start())) and not self._goes_on(match.end()):
                yield Reference(Span(*match.span()), codes, Sort.PRONOUN)
        for match in self._words.groups.finditer(text, starts):
            if codes := self._others(match.start()):
                yield Reference(Span(*match.span()), codes, Sort.PRONOUN)
        for match in self._words.parties.finditer(text, starts):
            guest = match.group(1) in self._words.guests
            codes = self._one(match.start()) if guest else self._holder(match.start(), match.group(1))
            if codes and not (guest and self._doer(match.start()) is None):
                yield Reference(Span(*match.span()), codes, Sort.PRONOUN)

    # ------------------------------------------------------------------------------------------- candidates

    def _heads(self, reference: Reference) -> bool:
        """Whether a city heads a report, in capital letters."""
        words = self._analysis.words(reference.span)
        return len(words) > _SHORT and words.isupper() and ":" not in reference.codes[0]

    def _doer(self, place: int) -> Reference | None:
        """Who does what is done to whoever is meant at `place`: the last one named in the sentence before it.

        Of two verbs that `and` joins the second has the doer of the first, with whom the sentence begins.
        """
        sentence = self._analysis.sentences[self._analysis.sentence_at(place)].span
        before = self._named.within(sentence.start, place)
        if before and self._words.second.search(self._text, before[-1].span.end, place):
            return before[0] if before[0].span.start - sentence.start <= _OPENING else None
        if not before or place - before[-1].span.end > _DOER:
            return None
        if _BROKEN.search(self._text, before[-1].span.end, place):
            return None
        first = len(before) - 1
        while first and before[first - 1].codes == before[-1].codes:
            first -= 1
        opens = before[first].span.start - sentence.start <= _OPENING
        mark = self._words.opens.search(self._text, sentence.start, before[first].span.start)
        alone = self._text[before[-1].span.start : before[-1].span.end].lower() in self._words.subjects
        return before[-1] if opens or mark is not None or alone else None

    def _near(self, place: int) -> tuple[Reference, ...]:
        """The references of the sentence of `place` before it, and of the sentence before that."""
        number = self._analysis.sentence_at(place)
        for first in (number - 1, number - 2):
            low = self._analysis.sentences[max(0, first)].span.start
            doer = self._doer(place)
            found = self._named.within(low, place)
            own = doer.codes if doer is not None else ()
            if any(not {*reference.codes} <= {*own} for reference in found):
                return found
        return ()

    def _one(self, place: int, fits: Callable[[str], bool] | None = None) -> tuple[str, ...]:
        """The one actor near `place` that fits and does not itself act there."""
        doer = None if self._words.opens.search(self._text, max(0, place - 20), place) else self._doer(place)
        own = set(doer.codes) if doer is not None else set[str]()
        found = {code for reference in self._near(place) for code in reference.codes} - own
        speaker = self._contents.state_at(place)
        if speaker is not None and speaker not in own:
            found.add(speaker)
        fitting = {code for code in found if fits is None or fits(code)}
        return tuple(fitting) if len(fitting) == 1 else ()

    def _is_land(self, code: str, words: str) -> bool:
        """Whether a code is that of a state of the kind that `words` name (`the kingdom`, `the island nation`)."""
        said = words.lower().split()
        right = all(code in codes for kind, codes in self._words.of_kind.items() if kind in said)
        return ":" not in code and right and not any(code in self._words.not_of_kind.get(word, ()) for word in said)

    def _several(self, place: int) -> tuple[str, ...]:
        """The one list of actors near `place`, where nothing else that is several is named after it."""
        doer = self._doer(place)
        runs: list[list[Reference]] = []
        for reference in self._near(place):
            if runs and JOINED.fullmatch(self._text, runs[-1][-1].span.end, reference.span.start):
                runs[-1].append(reference)
            else:
                runs.append([reference])
        lists = [run for run in runs if (len(codes_of(run)) > 1 or self._people(run[-1])) and doer not in run]
        if len({codes_of(run) for run in lists}) != 1:
            return ()
        tail = lists[-1][-1].span.end
        if (behind := self._words.people.match(self._text, tail)) is not None:
            tail = behind.end()
        between = self._text[tail : max(tail, doer.span.start) if doer is not None else place]
        codes = codes_of(lists[-1])
        mixed = doer is not None and not {*doer.codes}.isdisjoint(codes)
        return () if mixed or self._words.plural.search(between) else codes

    def _people(self, reference: Reference) -> bool:
        """Whether people of one state are meant: `the Russian inspectors`."""
        behind = self._words.people.match(self._text, reference.span.end)
        return reference.sort is Sort.ADJECTIVE and len(reference.codes) == 1 and behind is not None

    def _equal(self, place: int) -> tuple[str, ...]:
        """`his counterpart`: of the one other actor named, unless that one is named by another office."""
        codes = self._one(place)
        doer = self._doer(place)
        if doer is None or not codes:
            return ()
        mine = {self._office(each) for each in self._near(place) if each.codes == doer.codes} - {None}
        theirs = {self._office(each) for each in self._near(place) if each.codes == codes} - {None}
        return () if mine and theirs and mine.isdisjoint(theirs) else codes

    def _office(self, reference: Reference) -> str | None:
        """The office named right behind a reference."""
        end = reference.span.end
        found = self._offices.office.search(self._text, end, end + _OFFICE)
        if found is None or _OTHERS.search(self._text, end, found.start()):
            return None
        return found.group().lower()

    def _others(self, place: int) -> tuple[str, ...]:
        """`his colleagues`: the others of the one list of three or more that the text has named before."""
        doer = self._doer(place)
        if doer is None or len(doer.codes) != 1:
            return ()
        lists = {
            each.codes for each in self._named.within(0, place) if len(each.codes) > 2 and doer.codes[0] in each.codes
        }
        return tuple(code for code in lists.pop() if code != doer.codes[0]) if len(lists) == 1 else ()

    def _holder(self, place: int, noun: str) -> tuple[str, ...]:
        """Whose `the delegation` is: of the one actor that one was told to be of, a few sentences before."""
        number = self._analysis.sentence_at(place)
        low = self._analysis.sentences[max(0, number - _HELD)].span.start
        of = re.compile(rf"\b{noun}s?\s(?:from|of)\s(?:the\s)?$", re.IGNORECASE)
        own = re.compile(rf"(?:[’']s)?(?:\s(?!and\b)[\w-]+){{0,3}}?\s{noun}s?\b", re.IGNORECASE)
        codes, listed = set[str](), -1
        for each in self._named.within(low, place):
            behind = own.match(self._text, each.span.end, min(place, each.span.end + _DOER))
            owns = behind is not None and (each.sort is Sort.ADJECTIVE or behind.group()[:1] in "’'")
            joined = listed >= 0 and JOINED.fullmatch(self._text, listed, each.span.start)
            if owns or joined or of.search(self._text, max(low, each.span.start - _DOER), each.span.start):
                codes |= {*each.codes}
                listed = each.span.end
        return tuple(codes) if len(codes) == 1 else ()

    def _goes_on(self, end: int) -> bool:
        """Whether a reference follows that tells who is meant (`his counterpart N`, `his counterpart from A`)."""
        following = self._named.within(end, end + _DOER)[:1]
        return any(_APPOSED.fullmatch(self._text, end, each.span.start) for each in following)
