"""The occasion that a document is about: who took part, when and where; and when and where a deed was done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis
from multivector.reading._deeds import Deed, Deeds
from multivector.reading._nouns import Nouns
from multivector.reading._references import references_of
from multivector.reading.languages import Language
from multivector.record import EventType, Modality, Span

_LEAD = 6
"""How many sentences from the start may tell what the document is about."""

_MAIN = 3
"""A meeting told in so many first sentences is what the whole document is about."""

_WIDEST = 80
"""The most characters of a name."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting; `participants` are at least two codes, `date` and `place` None where not told."""

    participants: tuple[str, ...]
    date: str | None
    place: str | None
    heading: bool
    """Whether the document is a paper of the meeting itself, by its heading."""

    start: int = 0
    """From where on in the text what the participants do is done at the meeting."""

    end: int | None = None
    """Up to where; None where the whole document is about the meeting."""

    def covers(self, offset: int) -> bool:
        """Whether the text at `offset` is about the meeting."""
        return self.start <= offset and (self.end is None or offset < self.end)


@dataclass(frozen=True, slots=True)
class Scene:
    """The deeds of a document and the occasion that it is about."""

    deeds: Deeds
    occasion: Occasion | None


def scene_of(analysis: Analysis) -> Scene:
    """The scene of a document whose statements and agreements are known."""
    if analysis.scene is not None:
        return analysis.scene
    deeds = Deeds(analysis, references_of(analysis))
    return Scene(deeds, occasion_of(analysis, deeds))


@dataclass(frozen=True, slots=True)
class _Words:
    paper: re.Pattern[str]
    calendar: re.Pattern[str]
    loose_time: re.Pattern[str]
    elsewhere: re.Pattern[str]
    place: re.Pattern[str]
    toward: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table = language.table("references")
    occasion = table.get("occasion", {})
    papers = "|".join(map(re.escape, table.get("papers", ()))) or "(?!)"
    name = r"[A-ZÀ-ÞĀ-ŽƏ][\w’'ʻ-]+"
    areas = occasion.get("areas", "(?!)")
    return _Words(
        re.compile(rf"\s*(?:{papers})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{occasion.get('calendar', '(?!)')})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{occasion.get('loose_time', '(?!)')})\s+$", re.IGNORECASE),
        re.compile(rf"\b(?:{occasion.get('elsewhere', '(?!)')})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{occasion.get('place', '(?!)')})\s+({name}(?:\s+{name}){{0,2}}(?:\s+(?:{areas}))?)"),
        re.compile(rf"(?:{occasion.get('toward', '(?!)')})\b"),
    )


def occasion_of(analysis: Analysis, deeds: Deeds) -> Occasion | None:
    """The main occasion, from a heading of a joint paper or from the first meeting that the text reports."""
    if (found := _from_heading(analysis)) is not None:
        return found
    nouns = Nouns(analysis, deeds)
    deed_spans = [
        (deed.clause, codes)
        for deed in deeds.find({EventType.CONSULT}, sentences=_LEAD)
        if deed.modality is Modality.OCCURRED and len(codes := parties(deed)) > 1
    ]
    noun_spans = [
        (event.span, event.actors)
        for sentence in analysis.sentences[:_LEAD]
        for event in nouns.meetings(sentence.span)
        if event.modality is Modality.OCCURRED and event.actors is not None and len(event.actors) > 1
    ]
    meetings = [*deed_spans, *noun_spans]
    if not meetings:
        return None
    first = meetings[0]
    number = analysis.sentence_at(first[0].start)
    pair = deeds.references.pair
    if (
        pair
        and pair != first[1]
        and any(codes != first[1] for told, codes in meetings if analysis.sentence_at(told.start) == number)
    ):
        return None  # a tour, in a document about two others
    paragraph = analysis.sentences[number].paragraph
    end = analysis.paragraphs[min(paragraph + 1, len(analysis.paragraphs) - 1)].end if number >= _MAIN else None
    occasion = Occasion(first[1], None, None, False, 0 if number < _MAIN else first[0].start, end)
    for told, codes in meetings:
        # A heading names the meeting, the first lines tell its day and place.
        if codes == first[1]:
            date = occasion.date or date_of(analysis, deeds, told)
            occasion = replace(occasion, date=date, place=occasion.place or place_of(analysis, told))
    return occasion


def parties(deed: Deed) -> tuple[str, ...]:
    """All codes on both sides."""
    return tuple(sorted({*(deed.actors or ()), *(deed.recipients or ())}))


def date_of(analysis: Analysis, deeds: Deeds, clause: Span, *, alone: bool = False) -> str | None:
    """When what the clause tells happened: the time named in it, else the one time that its sentence names beside it.

    With `alone` nothing but the clause and what opens it counts.
    """
    words = _words(analysis.language)
    sentence = analysis.sentences[analysis.sentence_at(clause.start)].span

    def tells_when(span: Span) -> bool:
        before = analysis.text[max(0, span.start - 16) : span.start]
        return not deeds.titled(span.start) and not words.loose_time.search(before)

    for time in analysis.times_in(Span(sentence.start, clause.start)):
        # `On 3 May the parties met`: the clause is taken from its subject on.
        if not analysis.text[time.span.end : clause.start].strip(" ,") and tells_when(time.span):
            return time.value
    asides = [match.span() for match in deeds.clauses.grammar.aside.finditer(analysis.text, *clause)]
    for time in analysis.times_in(clause):
        if tells_when(time.span) and not any(low < time.span.start < high for low, high in asides):
            return time.value
    if alone:
        return None
    holder = deeds.references.contents.span_at(clause.start)
    values: set[str] = set()
    for time in analysis.times_in(sentence):
        gap = Span(min(clause.end, time.span.start), time.span.start)
        gap = gap if time.span.start >= clause.start else Span(time.span.end, max(time.span.end, clause.start))
        beside = deeds.references.contents.span_at(time.span.start) == holder
        if beside and tells_when(time.span) and not words.elsewhere.search(analysis.words(gap)):
            values.add(time.value)
    return values.pop() if len(values) == 1 else None


def place_of(analysis: Analysis, clause: Span) -> str | None:
    """Where what the clause tells happened, as written: the place named in it; states do not count."""
    words = _words(analysis.language)
    cities = (NameForm.CAPITAL, NameForm.SEAT)
    sentence = analysis.sentences[analysis.sentence_at(clause.start)].span
    for match in words.place.finditer(analysis.text, clause.start, min(sentence.end, clause.end)):
        name = match.group(1).strip()
        span = Span(match.start(1), match.start(1) + len(name))
        if words.calendar.match(name) or name.isupper():
            continue
        around = Span(max(0, span.start - _WIDEST), span.end + _WIDEST)
        named = [m for m in analysis.actors_in(around) if m.span.start < span.end and span.start < m.span.end]
        if any(m.form not in cities and (m.span == span or " " not in name) for m in named):
            continue
        if words.toward.match(match.group()) and not any(m.form is NameForm.CAPITAL for m in named):
            continue
        return name
    return None


def _from_heading(analysis: Analysis) -> Occasion | None:
    if not analysis.paragraphs or not _words(analysis.language).paper.match(analysis.words(analysis.paragraphs[0])):
        return None
    head = analysis.paragraphs[:2] if len(analysis.words(analysis.paragraphs[0])) < 60 else analysis.paragraphs[:1]
    codes = set(analysis.codes_in(*head))
    body = analysis.sentences[:_LEAD]
    for sentence in body:
        if len(codes) < 2:
            codes |= set(analysis.codes_in(sentence.span))
    if len(codes) < 2:
        return None
    first = next((s.span for s in body if next(analysis.times_in(s.span), None)), None)
    date = next((t.value for t in analysis.times_in(first)), None) if first else analysis.document.published
    return Occasion(tuple(sorted(codes)), date, place_of(analysis, first) if first else None, True)
