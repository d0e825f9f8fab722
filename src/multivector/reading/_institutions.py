"""Bodies and offices of a state named without it: `the government`, `the coast guard`, `officials there`.

Whose they are is told by the heading of their section (`SUDAN`, `Kenya.`), or by the sentence before where it names
one state alone. Where two fit, or none, nobody is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis
from multivector.reading._lookup import Sought
from multivector.reading._reference import InOrder, Reference, Sort
from multivector.reading._understood import official_home
from multivector.reading.languages import Language
from multivector.record import Span

_BACK = 3
"""In how many sentences of the paragraph before a body it is told whose it is."""

_LEAD = 5
"""How many characters may stand before the subject of a sentence."""

_BESIDE = 30
"""How far from a reference its office or the preposition before it may stand."""

_HEADINGS = (NameForm.NAME, NameForm.CAPITAL)
_ENDS_HEADING = re.compile(r"[ \t]*(?:[.:]?[ \t]*(?:\n|$)|[.:][ \t]|[ \t]?[—–-][ \t])")
_BEFORE_HEADING = re.compile(r"(?:\d+\.?\s|[^\W\d]+,\s)?")


@dataclass(frozen=True, slots=True)
class _Words:
    body: Sought
    there: Sought
    owned: re.Pattern[str]
    place: re.Pattern[str]
    own: Sought
    hosts: Sought


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table = language.table("references").get("institutions", {})

    def any_of(words: list[str]) -> str:
        return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"

    between = any_of(table.get("between", []))
    return _Words(
        body=Sought(
            rf"\b(?:[Tt]he|[Ii]ts)\s(?:(?:{between})\s){{0,2}}(?:{any_of(table.get('bodies', []))})\b(?!-|\s[A-Z])",
            flags=0,
        ),
        there=Sought(rf"\b(?:{any_of(table.get('there', []))})\sthere\b"),
        place=re.compile(rf"\b(?:{any_of(table.get('place', []))})\s(?:the\s)?$", re.IGNORECASE),
        own=Sought(rf"\b[Tt]he (?:{any_of(table.get('own', []))})(?![\w’'-]|\s(?:of|for|in|from)\b|\s[A-Z])", flags=0),
        hosts=Sought(rf"\b(?:{any_of(table.get('hosts', []))})\b"),
        owned=re.compile(rf"\s(?:{any_of(table.get('owned', []))})\b"),
    )


class Institutions:
    """The bodies of one document that are named without their state.

    `named` are its references without them, `cities` those that stand for their states.
    """

    def __init__(self, analysis: Analysis, named: tuple[Reference, ...], cities: tuple[Reference, ...]) -> None:
        self._analysis = analysis
        self._cities = cities
        self._named = InOrder(named)

    def find(self) -> Iterator[Reference]:
        """The references found, in no order."""
        analysis = self._analysis
        words = _words(analysis.language)
        if (home := official_home(analysis)) is not None:
            for match in words.own.finditer(analysis.text, analysis.starts):
                if self._ours(match, home):
                    yield Reference(Span(*match.span()), (home,), Sort.NAME)
        if not self._named.all:
            return
        for match in words.body.finditer(analysis.text, analysis.starts):
            if words.owned.match(analysis.text, match.end()) or analysis.quoted(match.start()):
                continue
            its = match.group()[:3].lower() == "its"
            if (code := self._owner(match.start(), self._opens if not its else self._alone)) is not None:
                yield Reference(Span(*match.span()), (code,), Sort.ADJECTIVE if its else Sort.NAME)
        for match in chain(
            words.there.finditer(analysis.text, analysis.starts), words.hosts.finditer(analysis.text, analysis.starts)
        ):
            if (code := self._host(match.start())) is not None:
                yield Reference(Span(*match.span()), (code,), Sort.NAME)

    def _ours(self, match: re.Match[str], home: str) -> bool:
        """Whether a paper of `home` means its own by `the Minister`: nobody else's is named so in the document."""
        word = re.escape(match.group()[len("the ") :])
        of, behind = re.compile(rf"\b{word}\sof\s(?:the\s)?$"), re.compile(rf"(?:[’']s)?\s(?:\w+\s)?{word}\b")
        text, others = self._analysis.text, [each for each in self._named.all if each.codes != (home,)]
        return not any(
            behind.match(text, each.span.end) or of.search(text, max(0, each.span.start - _BESIDE), each.span.start)
            for each in others
        )

    def _owner(self, place: int, told: Callable[[Span], str | None]) -> str | None:
        """Whose a body named at `place` is, where its sentence does not name that state."""
        analysis = self._analysis
        number = analysis.sentence_at(place)
        here = analysis.sentences[number]
        if self._named.within(here.span.start, place):
            return None
        own = {code for each in self._named.within(*here.span) for code in each.codes}
        code = self._section(place) if told == self._opens else None
        for before in range(number - 1, max(-1, number - 1 - _BACK), -1):
            sentence = analysis.sentences[before]
            if code is not None or sentence.paragraph != here.paragraph:
                break
            if self._named.within(*sentence.span):
                code = told(sentence.span)
                break
        return code if code not in own else None

    def _host(self, place: int) -> str | None:
        """The state of the place named last, in the sentence of `place` or the one before."""
        analysis = self._analysis
        number = analysis.sentence_at(place)
        here = analysis.sentences[number]
        lead = Span(here.span.start, place)
        code = self._placed(lead)
        if code is None and number and analysis.sentences[number - 1].paragraph == here.paragraph:
            code = self._placed(analysis.sentences[number - 1].span)
        return code if all(code not in each.codes for each in self._named.within(*here.span)) else None

    def _alone(self, sentence: Span) -> str | None:
        """The one actor that a sentence names."""
        found = {code for each in self._named.within(*sentence) for code in each.codes}
        return found.pop() if len(found) == 1 else None

    def _opens(self, sentence: Span) -> str | None:
        """The one state that a sentence names, where it names it as its subject or its place."""
        first = self._named.within(*sentence)[0]
        lead = self._analysis.text[sentence.start : first.span.start]
        placed = _words(self._analysis.language).place.search(lead) is not None
        subject = first.sort is Sort.NAME and len(lead) <= _LEAD
        code = self._alone(sentence)
        return code if code is not None and ":" not in code and (placed or subject) else None

    def _placed(self, sentence: Span) -> str | None:
        """The one state that a sentence names last as a place."""
        cities = [each for each in self._cities if sentence.start <= each.span.start < sentence.end]
        for last in sorted([*self._named.within(*sentence), *cities], key=lambda each: each.span, reverse=True):
            lead = self._analysis.text[max(sentence.start, last.span.start - _BESIDE) : last.span.start]
            if last.sort is Sort.NAME and _words(self._analysis.language).place.search(lead):
                return last.codes[0] if len(last.codes) == 1 and ":" not in last.codes[0] else None
        return None

    def _section(self, place: int) -> str | None:
        """The state under whose heading a place stands."""
        index = bisect_right(self._headings, place, key=lambda each: each[0])
        return self._headings[index - 1][1] if index else None

    @cached_property
    def _headings(self) -> list[tuple[int, str | None]]:
        """Where the sections begin, with the state that each is headed by; empty where fewer than two are."""
        analysis = self._analysis
        found: list[tuple[int, str | None]] = []
        for paragraph in analysis.paragraphs:
            lead = _BEFORE_HEADING.match(analysis.text, paragraph.start)
            start = lead.end() if lead else paragraph.start
            mention = next(analysis.actors_in(Span(start, min(paragraph.end, start + 40))), None)
            if mention is None or mention.span.start != start or mention.form not in _HEADINGS:
                mention = next(
                    analysis.actors_in(Span(paragraph.start, min(paragraph.end, paragraph.start + 40))), None
                )
                if mention is None or mention.span.start != paragraph.start or mention.form not in _HEADINGS:
                    continue
            if _ENDS_HEADING.match(analysis.text, mention.span.end):
                alone = len(mention.codes) == 1 and ":" not in mention.codes[0]
                found.append((mention.span.end, mention.codes[0] if alone else None))
        return found if len({code for _, code in found}) > 1 else []
