"""Events that a noun tells: meetings, visits, attacks, missile launches."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading._deeds import Deeds
from multivector.reading._lookup import Sought
from multivector.reading._reference import Reference, Sort
from multivector.reading.languages import Language
from multivector.record import EventType, Modality, Span

_FRONT = 12
"""The most characters between those who meet and the noun: `the A-B annual summit`."""

_NEAR = 60
"""How far before and after a noun, in characters, its parties are looked for."""


@dataclass(frozen=True, slots=True)
class NounEvent:
    """An event named by a noun. In a meeting all are actors; None where the participants of the occasion are meant."""

    type: EventType
    actors: tuple[str, ...] | None
    recipients: tuple[str, ...]
    modality: Modality
    span: Span


_SOUGHT = ("meeting", "visit", "attack", "launch")
"""The nouns that tell an event; the other patterns stand around them."""


@lru_cache(maxsize=4)
def _patterns(language: Language) -> dict[str, re.Pattern[str]]:
    nouns = language.table("events").get("nouns", {})
    return {name: re.compile(words, re.IGNORECASE) for name, words in nouns.items() if name not in _SOUGHT}


@lru_cache(maxsize=4)
def _nouns(language: Language) -> dict[str, Sought]:
    nouns = language.table("events").get("nouns", {})
    meetings = "|".join(map(re.escape, language.table("references").get("meetings", ()))) or "(?!)"
    words = {**nouns, "meeting": rf"\b(?:{meetings})\b"} if nouns else {}
    return {name: Sought(words[name]) for name in _SOUGHT if name in words}


class Nouns:
    """Finds the events that nouns tell in one document."""

    def __init__(self, analysis: Analysis, deeds: Deeds) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.references = deeds.references
        self.clauses = deeds.clauses
        self.words = _patterns(analysis.language)
        self.nouns = _nouns(analysis.language)
        cues = ((cue.start, s.speaker.state) for s in analysis.statements if s.speaker.state for cue in s.cue)
        self._speakers = sorted(cues)

    def meetings(self, sentence: Span) -> Iterator[NounEvent]:
        """Meetings and visits: `the A-B summit held in P`, `after talks with B`, `the visit of A's minister to B`."""
        if not self.words:
            return
        for match in self.nouns["meeting"].finditer(self.text, self.analysis.starts, *sentence):
            noun = Span(*match.span())
            for way in (self._of_pair, self._of_body, self._between, self._with, self._next):
                if (event := way(sentence, noun)) is not None:
                    yield event
                    break
        for match in self.nouns["visit"].finditer(self.text, self.analysis.starts, *sentence):
            if (event := self._visit(sentence, Span(*match.span()))) is not None:
                yield event

    def blows(self, sentence: Span) -> Iterator[NounEvent]:
        """Attacks with both sides named, and missile launches of somebody named."""
        if not self.words:
            return
        for name, kind in (("attack", EventType.ASSAULT), ("launch", EventType.MOBILIZE)):
            for match in self.nouns[name].finditer(self.text, self.analysis.starts, *sentence):
                noun = Span(*match.span())
                if self.words["unreal"].search(self.text[max(sentence.start, noun.start - _NEAR) : noun.start]):
                    continue
                start, owner = self._owner(sentence, noun)
                end = self.clauses.right(sentence, noun.end)
                victim = self.clauses.object(noun.end, end, ("on", "against")) if kind is EventType.ASSAULT else None
                if not owner and (agent := self.clauses.agent(noun.end, end)) is not None:
                    owner, start = agent.codes or (), noun.start
                recipients = (victim.codes or ()) if victim is not None else ()
                recipients = tuple(code for code in recipients if code not in owner)
                if owner and (recipients or kind is EventType.MOBILIZE):
                    last = max(noun.end, victim.span.end if victim else 0)
                    yield NounEvent(kind, owner, recipients, Modality.OCCURRED, Span(start, last))

    # -------------------------------------------------------------------------------------------- meetings

    def _when(self, sentence: Span, noun: Span) -> Modality | None:
        """Whether a meeting took place or is to take place; None when the words do not tell."""
        after = self.text[noun.end : sentence.end]
        if self.words["due"].match(after):
            return Modality.PLANNED
        return Modality.OCCURRED if self.words["held"].match(after) else None

    def _end(self, sentence: Span, noun: Span, end: int) -> int:
        """The end of a meeting's words, with the date and place behind the verb that tells that it was held."""
        held = self.words["due"].match(self.text, noun.end, sentence.end) or self.words["held"].match(
            self.text, noun.end, sentence.end
        )
        after = max(end, held.end()) if held else end
        return max(end, self.clauses.right(sentence, after)) if held else end

    def _of_pair(self, sentence: Span, noun: Span) -> NounEvent | None:
        """`the A-B summit, held in P`."""
        modality = self._when(sentence, noun)
        before = self.references.within(sentence.start, noun.start)
        if modality is None or not before or self._far(before[-1], noun):
            return None
        codes, low = {*before[-1].codes}, before[-1].span.start
        for reference in reversed(before[:-1]):
            if not self.words["joined"].fullmatch(self.text, reference.span.end, low):
                break
            codes |= {*reference.codes}
            low = reference.span.start
        if len(codes) < 2:
            return None
        lead = self.words["front"].search(self.text[sentence.start : low])
        start = sentence.start + lead.start() if lead else low
        span = Span(start, self._end(sentence, noun, noun.end))
        return NounEvent(EventType.CONSULT, tuple(sorted(codes)), (), modality, span)

    def _far(self, reference: Reference, noun: Span) -> bool:
        gap = noun.start - reference.span.end
        words = self.text[reference.span.end : noun.start]
        return gap > 2 * _FRONT or "," in words or (gap > _FRONT and reference.sort is not Sort.ADJECTIVE)

    def _of_body(self, sentence: Span, noun: Span) -> NounEvent | None:
        """`the fifth meeting of the joint commission`: of the two states that the sentence names."""
        body = self.words["body"].match(self.text, noun.end, sentence.end)
        if body is None:
            return None
        whole = Span(noun.start, body.end())
        modality = self._when(sentence, whole)
        lead = self.text[sentence.start : noun.start]
        codes: tuple[str, ...] | None = self.analysis.codes_in(sentence)
        if modality is None and (
            len(codes) != 2 or self.words["coming"].search(self.text[sentence.start : body.end()])
        ):
            return None
        if len(codes) != 2:
            codes = None
        front = self.words["front"].search(lead)
        start = noun.start - len(front.group()) if front else noun.start
        span = Span(start, self._end(sentence, whole, self.clauses.right(sentence, body.end())))
        return NounEvent(EventType.CONSULT, codes, (), modality or Modality.OCCURRED, span)

    def _between(self, sentence: Span, noun: Span) -> NounEvent | None:
        """`talks between A and B ended`, `at a meeting between A and B`."""
        end = self.clauses.right(sentence, noun.end)
        between = self.clauses.object(noun.end, end, ("between", "of"))
        if between is None or not between.codes or len(between.codes) < 2 or between.span.start - noun.end > _NEAR:
            return None
        after = self.text[between.span.end : end]
        lead = self.text[sentence.start : noun.start]
        if self.words["to_come"].search(after):
            modality = Modality.PLANNED
        elif self.words["over"].search(after) or self.words["after"].search(lead):
            modality = Modality.OCCURRED
        else:
            return None
        return NounEvent(EventType.CONSULT, between.codes, (), modality, Span(noun.start, end))

    def _with(self, sentence: Span, noun: Span) -> NounEvent | None:
        """`after talks with B`, said by somebody who speaks for A."""
        end = self.clauses.right(sentence, noun.end)
        other = self.clauses.object(noun.end, end, ("with",))
        lead = self.text[sentence.start : noun.start]
        if other is None or not other.codes or not self.words["after"].search(lead):
            return None
        own = self.references.contents.state_at(noun.start) or self._speaker_of(sentence, noun.start)
        if own is None or own in other.codes:
            return None
        codes = tuple(sorted({*other.codes, own}))
        return NounEvent(EventType.CONSULT, codes, (), Modality.OCCURRED, Span(noun.start, end))

    def _next(self, sentence: Span, noun: Span) -> NounEvent | None:
        """`the next round is due in P`: of those who met."""
        lead = self.words["next"].search(self.text[sentence.start : noun.start])
        if lead is None or not self.words["due"].match(self.text[noun.end : sentence.end]):
            return None
        span = Span(sentence.start + lead.start(), self._end(sentence, noun, noun.end))
        return NounEvent(EventType.CONSULT, None, (), Modality.PLANNED, span)

    def _speaker_of(self, sentence: Span, before: int) -> str | None:
        """The state of somebody to whom the sentence attributes words, before the noun."""
        index = bisect_left(self._speakers, (before, ""))
        near = self._speakers[index - 1] if index else (-1, "")
        return near[1] if near[0] >= sentence.start else None

    # ---------------------------------------------------------------------------------------------- visits

    def _visit(self, sentence: Span, noun: Span) -> NounEvent | None:
        """`the visit of A's president to B`, `A's president's visit to B`."""
        end = self.clauses.right(sentence, noun.end)
        host = self.clauses.object(noun.end, end, ("to",))
        lead = self.text[max(sentence.start, noun.start - _NEAR) : noun.start]
        if host is None or not host.codes or self.words["unreal"].search(lead):
            return None
        guest = self.clauses.object(noun.end, host.span.start, ("of", "by"))
        start, codes = (noun.start, guest.codes) if guest is not None else self._owner(sentence, noun)
        if not codes or set(codes) & set(host.codes):
            return None
        span = Span(start, max(host.span.end, end))
        coming = self.words["coming"].search(self.text[sentence.start : noun.start]) or self._later(span)
        modality = Modality.PLANNED if coming else Modality.OCCURRED
        return NounEvent(EventType.CONSULT, tuple(sorted({*codes, *host.codes})), (), modality, span)

    def _later(self, span: Span) -> bool:
        """Whether a time in `span` lies after the day of publication."""
        today = self.analysis.published
        return today is not None and any(
            time.value[:10] > today.isoformat()[: len(time.value[:10])] for time in self.analysis.times_in(span)
        )

    def _owner(self, sentence: Span, noun: Span) -> tuple[int, tuple[str, ...]]:
        """Whose a noun is by what stands before it: `A's`, `the A president's`, `the A`."""
        low = max(sentence.start, noun.start - _NEAR)
        for reference in reversed(self.references.within(low, noun.start)):
            gap = self.text[reference.span.end : noun.start]
            own = self.words["own"].fullmatch(gap)
            if reference.codes and own and (reference.sort is Sort.ADJECTIVE or "’" in gap or "'" in gap):
                return reference.span.start, reference.codes
            break
        return noun.start, ()
