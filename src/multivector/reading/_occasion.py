"""The occasion that a document is about: who took part, when and where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading._deeds import Deed, Deeds
from multivector.reading._nouns import Nouns
from multivector.reading._references import References, references_of
from multivector.reading._when import date_of
from multivector.reading._where import place_of, place_of_line
from multivector.reading.languages import Language
from multivector.record import EventType, Modality

_LEAD = 6
"""How many sentences from the start may tell what the document is about."""

_MAIN = 3
"""A meeting told in so many first sentences is what the whole document is about."""


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


def sides_of(occasion: Occasion | None, references: References) -> tuple[str, ...]:
    """Whom `the sides` means: those who take part in the occasion, or else the two that the document is about."""
    return occasion.participants if occasion is not None else references.pair


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


@lru_cache(maxsize=4)
def _paper(language: Language) -> re.Pattern[str]:
    papers = "|".join(map(re.escape, language.table("references").get("papers", ()))) or "(?!)"
    return re.compile(rf"\s*(?:{papers})\b", re.IGNORECASE)


def occasion_of(analysis: Analysis, deeds: Deeds) -> Occasion | None:
    """The main occasion, from a heading of a joint paper or from the first meeting that the text reports."""
    if (found := _from_heading(analysis, deeds)) is not None:
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
    here = {codes for told, codes in meetings if analysis.sentence_at(told.start) == number}
    paragraph = analysis.sentences[number].paragraph
    end = analysis.paragraphs[min(paragraph + 1, len(analysis.paragraphs) - 1)].end if number >= _MAIN else None
    occasion = Occasion(first[1], None, None, False, 0 if number < _MAIN else first[0].start, end)
    for told, codes in meetings:
        # A heading names the meeting, the first lines tell its day and place.
        if codes == first[1]:
            date = date_of(analysis, deeds, told)
            if occasion.date is None or date in (None, occasion.date):
                # Of a tour to several states the place is not told at once.
                place = occasion.place or (place_of(analysis, told) if len(here) == 1 else None)
                occasion = replace(occasion, date=occasion.date or date, place=place)
    return occasion


def parties(deed: Deed) -> tuple[str, ...]:
    """All codes on both sides."""
    return tuple(sorted({*(deed.actors or ()), *(deed.recipients or ())}))


def _from_heading(analysis: Analysis, deeds: Deeds) -> Occasion | None:
    if not analysis.paragraphs or not _paper(analysis.language).match(analysis.words(analysis.paragraphs[0])):
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
    if first is None:
        return Occasion(tuple(sorted(codes)), analysis.document.published, None, True)
    date = next(analysis.times_in(first)).value
    place = place_of_line(analysis, first)
    for deed in deeds.find({EventType.CONSULT}, sentences=_LEAD):
        if deed.modality is Modality.OCCURRED and (deed.actors is None or codes.issuperset(parties(deed))):
            # The first meeting told is that of the paper; its line tells when and where it was written.
            date = date_of(analysis, deeds, deed.clause) or date
            place = place_of(analysis, deed.clause, deed.verb) or place
            break
    return Occasion(tuple(sorted(codes)), date, place or place_of(analysis, first), True)
