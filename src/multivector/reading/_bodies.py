"""The bodies that a document names, and which of them `the ministry`, `the bank` and `its` mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis
from multivector.reading._people import offices_of
from multivector.reading._understood import Understood
from multivector.reading.languages import Language
from multivector.record import ActorKind, Span

_CAPITALISED = r"(?-i:[A-ZÀ-Þ])[\w’'&-]*"


@dataclass(frozen=True, slots=True)
class Body:
    """A body or state as the document names it: `name` is None for a state, `state` None for who speaks for none."""

    span: Span
    name: str | None
    state: str | None
    of_states: bool = False
    """Whether it is an organisation of states."""


class Bodies:
    """The bodies and states of one document, in text order."""

    def __init__(self, analysis: Analysis, understood: Understood) -> None:
        self._analysis = analysis
        self._understood = understood
        self._offices = offices_of(analysis.language)
        found = sorted([*self._of_actors(), *self._by_words()], key=lambda b: (b.span.start, -b.span.end))
        self.all: list[Body] = []
        for body in found:
            if not self.all or body.span.start >= self.all[-1].span.end:
                self.all.append(body)
        self._starts = [body.span.start for body in self.all]
        self._words = {
            body: frozenset(_plain(word) for word in re.findall(r"[\w’'-]+", (body.name or "").lower()))
            for body in self.all
        }

    def before(self, place: int) -> Iterator[Body]:
        """The bodies named before `place`, the last one first."""
        for index in range(bisect_left(self._starts, place) - 1, -1, -1):
            if self.all[index].span.end <= place:
                yield self.all[index]

    def meant(self, words: str, place: int) -> Body | None:
        """The body that a description without a name means (`ministry`, `central bank`), named before `place`.

        All words of the description are words of its name, or it is an organisation of states and they say so.
        """
        wanted = [_plain(word) for word in words.lower().split()]
        if not wanted:
            return None
        head = wanted[-1]
        for body in self.before(place):
            if body.name is None:
                continue
            own = self._words[body]
            if all(word in own for word in wanted):
                return body
            if body.of_states and len(wanted) == 1 and head in self._offices.bloc and not _another(own, head):
                return body
        return None

    def owner(self, place: int) -> Body | None:
        """The body or state that `its` and `it` mean at `place`: with which its sentence or one before it begins."""
        analysis = self._analysis
        number = analysis.sentence_at(place)
        for each in range(number, max(-1, number - 2), -1):
            sentence = analysis.sentences[each].span
            held = [b for b in self.all if sentence.start <= b.span.start and b.span.end <= min(sentence.end, place)]
            held = [b for b in held if not self._owns(b) and not analysis.quoted(b.span.start)]
            if held:
                return held[0]
            described = self._offices.pattern["body_opens"].match(
                analysis.text, sentence.start, min(sentence.end, place)
            )
            if described is not None and self._offices.body.fullmatch(described.group(1).split()[-1]):
                return self.meant(described.group(1), sentence.start)
        return None

    def _owns(self, body: Body) -> bool:
        return self._analysis.text[body.span.end : body.span.end + 2] in ("’s", "'s")

    def _of_actors(self) -> Iterator[Body]:
        for mention in self._analysis.actors:
            if mention.form not in (NameForm.NAME, NameForm.CAPITAL, NameForm.SEAT) or len(mention.codes) != 1:
                continue
            entry = self._analysis.knowledge.actor(mention.code)
            if ":" not in mention.codes[0]:
                name = self._analysis.words(mention.span) if mention.form is NameForm.SEAT else None
                yield Body(mention.span, name, mention.codes[0])
            elif entry is not None and entry.type is ActorKind.ORGANISATION:
                yield Body(mention.span, entry.name, None, of_states=mention.code.startswith("IGO:"))

    def _by_words(self) -> Iterator[Body]:
        analysis = self._analysis
        for match in _named_bodies(analysis.language).finditer(analysis.text):
            words = match.group().split()
            start = match.start()
            while words and words[0].lower() in self._offices.leading:
                start += len(words[0]) + 1
                words = words[1:]
            if len(words) < 2 and not self._owned(start):
                continue
            start = self._with_adjective(start)
            yield self._body(Span(start, match.end()))
        for mention in analysis.actors:
            if mention.form is NameForm.ADJECTIVE or analysis.text[mention.span.end :][:2] in ("’s", "'s"):
                match = _plain_bodies(analysis.language).match(analysis.text, mention.span.end)
                if match is not None:
                    yield self._body(Span(mention.span.start, match.end()))

    def _body(self, span: Span) -> Body:
        mentions = [m for m in self._analysis.actors_in(span) if m.form is not NameForm.PERSON]
        states = [m.codes[0] for m in mentions if len(m.codes) == 1 and ":" not in m.codes[0]]
        of_states = bool(mentions) and not states
        words = self._analysis.words(span)
        state = states[0] if states else None
        if self._offices.speaks_privately(words):
            state = None
        elif not mentions and self._offices.state_body.search(words):
            state = self._understood.at(span.start)
        return Body(span, words, state, of_states)

    def _owned(self, start: int) -> bool:
        return any(True for _ in self._analysis.actors_in(Span(max(0, start - 30), start)))

    def _with_adjective(self, start: int) -> int:
        """Where a body's name begins when the adjective or name of its state stands before it."""
        for mention in self._analysis.actors_in(Span(max(0, start - 30), start)):
            gap = self._analysis.text[mention.span.end : start]
            if re.fullmatch(r"(?:[’']s)?\s(?:[a-z]+\s)?", gap):
                return mention.span.start
        return start


def _another(own: frozenset[str], head: str) -> bool:
    """Whether a word that tells one sort of organisation (`fund`, `bank`) is no word of this one's name."""
    return head in ("fund", "bank", "union", "commission", "secretariat") and head not in own


def _plain(word: str) -> str:
    return word.removesuffix("’s").removesuffix("'s").replace("defense", "defence")


@cache
def _named_bodies(language: Language) -> re.Pattern[str]:
    """A name with a body's word: `Ministry of Water of the Republic of A`, `State Committee for Roads`."""
    listed = "|".join(map(re.escape, sorted(language.table("speakers").get("bodies", ()), key=len, reverse=True)))
    capitalised = _CAPITALISED
    return re.compile(
        rf"(?:\b{capitalised}\s){{0,6}}\b(?=(?-i:[A-ZÀ-Þ]))(?:{listed or '(?!)'})\b(?!\s(?-i:[A-ZÀ-Þ]))"
        rf"(?:\s(?:of|for|on)\s(?:the\s)?{capitalised}(?:\s(?:(?:and|of|for)\s(?:the\s)?)?{capitalised})*)?",
        re.IGNORECASE,
    )


@cache
def _plain_bodies(language: Language) -> re.Pattern[str]:
    """What follows the adjective of a state in the name of a body: ` energy ministry`."""
    listed = "|".join(map(re.escape, sorted(language.table("speakers").get("bodies", ()), key=len, reverse=True)))
    return re.compile(rf"(?:[’']s)?\s(?:(?!(?:and|or|of|in)\b)[\w-]+\s){{0,2}}(?:{listed or '(?!)'})\b", re.IGNORECASE)
