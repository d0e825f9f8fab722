"""What an event has from the occasion at which it was done: the day and place that its own words leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading._occasion import Occasion
from multivector.reading._verbs import lexicon
from multivector.reading._where import framed_place
from multivector.reading.languages import Language
from multivector.record import Event, EventType, Modality, Span, interval

VERBAL = frozenset(
    {
        EventType.AGREE,
        EventType.SUPPORT,
        EventType.CONCEDE,
        EventType.REQUEST,
        EventType.ACCUSE,
        EventType.REJECT,
        EventType.THREATEN,
    }
)
"""Types of acts of words, which are done where people meet."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as its own words tell it."""

    event: Event
    verb: Span | None = None
    """Its verb with auxiliaries; None where no verb of the lexicon tells it."""

    aside: str | None = None
    """A day that stands behind what the act is about, and is that of the act if nothing else tells one."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A meeting or another deed with its day and place, told in one paragraph."""

    participants: frozenset[str]
    date: str | None
    place: str | None
    paragraph: int


def carried(analysis: Analysis, occasion: Occasion | None, told: Iterable[Told]) -> Iterator[Event]:
    """The events in text order, each with the day and place of the occasion where its own words tell none."""
    held: _Held | None = None
    for each in sorted(told, key=lambda one: one.event.evidence):
        event = each.event
        paragraph = _paragraph(analysis, event)
        if held is not None and held.paragraph != paragraph:
            held = None
        if event.type in VERBAL or event.type is EventType.CONSULT:
            event = _placed(analysis, occasion, each, held)
        if event.date is None and each.aside is not None:
            event = replace(event, date=each.aside)
        held = _next(analysis, event, paragraph) or held
        yield event


def _next(analysis: Analysis, event: Event, paragraph: int) -> _Held | None:
    """What holds for the acts told after an event: that of a meeting, or of a sentence that a place opens."""
    sides = frozenset((*event.actors, *event.recipients))
    if event.modality is not Modality.OCCURRED or len(sides) < 2 or (event.date is None and event.place is None):
        return None
    clause = event.evidence[0]
    if event.type is EventType.CONSULT or framed_place(analysis, clause.start) is not None:
        return _Held(sides, event.date, event.place, paragraph)
    return None


def _placed(analysis: Analysis, occasion: Occasion | None, told: Told, held: _Held | None) -> Event:
    event = told.event
    if event.modality is not Modality.OCCURRED:
        return event
    paper = occasion is not None and occasion.heading
    if not _is_past(analysis, told, paper=paper):
        return event
    near = held if held is not None and _among(event, held.participants) else None
    main = occasion if occasion is not None and _at(event, occasion) else None
    if near is not None:
        event = _filled(event, near.date, near.place)
    if main is None or (near is not None and not _agree(near.place, main.place)):
        return event
    if held is not None and near is None and not _agree(held.place, main.place):
        return event
    return _filled(event, main.date, main.place)


def _filled(event: Event, date: str | None, place: str | None) -> Event:
    """The event with what it lacks, if what it tells itself does not speak against that occasion."""
    if not _agree(event.place, place) or (event.date is not None and not _within(event.date, date)):
        return event
    return replace(event, date=event.date or date, place=event.place or place)


def _agree(one: str | None, other: str | None) -> bool:
    return None in (one, other) or one == other


def _within(date: str, period: str | None) -> bool:
    if period is None:
        return False
    (first, last), (low, high) = interval(date), interval(period)
    return None not in (first, last, low, high) and low <= first and last <= high  # type: ignore[operator]


def _among(event: Event, participants: frozenset[str]) -> bool:
    """Whether those of the event took part, or all who took part do it together to somebody else."""
    return {*event.actors, *event.recipients} <= participants or frozenset(event.actors) == participants


def _at(event: Event, occasion: Occasion) -> bool:
    if not occasion.covers(event.evidence[0].start):
        return False
    participants = frozenset(occasion.participants)
    return _among(event, participants) or (occasion.heading and participants.issuperset(event.actors))


def _is_past(analysis: Analysis, told: Told, *, paper: bool) -> bool:
    """Whether the verb tells one past act: not `has asked`, `had asked` nor, but in papers of a meeting, `insists`."""
    perfect = _perfect(analysis.language)
    if told.verb is None:
        return perfect.search(analysis.words(told.event.evidence)) is None
    words = analysis.words(told.verb).lower()
    if perfect.match(words):
        return False
    shapes = {form.shape for form in lexicon(analysis.language).get(words.split()[0], ())}
    return paper or not shapes or not shapes.isdisjoint({"past", "ing"})


@lru_cache(maxsize=4)
def _perfect(language: Language) -> re.Pattern[str]:
    words = language.table("references").get("occasion", {}).get("perfect", "(?!)")
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _paragraph(analysis: Analysis, event: Event) -> int:
    return analysis.sentences[analysis.sentence_at(event.evidence[0].start)].paragraph
