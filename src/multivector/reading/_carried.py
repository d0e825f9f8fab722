"""What an event has from the occasion at which it was done: the day and place that its own words leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading._occasion import Occasion, sides_of
from multivector.reading._references import References
from multivector.reading._verbs import lexicon
from multivector.reading._where import framed_place
from multivector.reading.languages import Language
from multivector.record import Event, EventType, Modality, Span, interval

_FIRST = 3
"""A document is about a meeting that is told in so many first sentences."""

_SUMMONED = 2
"""What is told in so many paragraphs after a summons is said when it is followed."""

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
    """A meeting, or a sentence that a place opens, with what it tells of day and place; `last` paragraph to hold in."""

    participants: frozenset[str]
    date: str | None
    place: str | None
    last: int


def carried(
    analysis: Analysis, references: References, occasion: Occasion | None, told: Iterable[Told]
) -> Iterator[Event]:
    """The events in text order, each with the day and place of the occasion where its own words tell none."""
    in_order = sorted(told, key=lambda one: one.event.evidence)
    main = occasion
    if main is None or (main.date is None and main.place is None):
        main = _first_meeting(analysis, sides_of(main, references), in_order) or main
    held: _Held | None = None
    gone = -1
    for each in in_order:
        event, number = each.event, analysis.sentence_at(each.event.evidence[0].start)
        paragraph = analysis.sentences[number].paragraph
        if held is not None and held.last < paragraph:
            held = None
        opened = _opened(analysis, references, number, main)
        if opened is not None and (held is None or held.place != opened.place):
            held = opened
        if event.type in VERBAL or event.type is EventType.CONSULT:
            event = _placed(analysis, None if gone == paragraph else main, each, held)
        if main is not None and not main.heading and _is_later(event, main):
            gone = paragraph
        if event.date is None and each.aside is not None:
            event = replace(event, date=each.aside)
        held = _next(analysis, replace(each, event=event)) or held
        yield event


def _first_meeting(analysis: Analysis, sides: tuple[str, ...], told: list[Told]) -> Occasion | None:
    """The meeting, or else the signing, of those whom the document is about that its first sentences tell."""
    first = [each.event for each in told if analysis.sentence_at(each.event.evidence[0].start) < _FIRST]
    joint = [
        event
        for event in first
        if event.modality is Modality.OCCURRED and event.actors == sides and not event.recipients
    ]
    for kind in (EventType.CONSULT, EventType.SUPPORT):
        for event in joint:
            if event.type is kind and (event.date is not None or event.place is not None):
                return Occasion(event.actors, event.date, event.place, False)
    return None


def _is_later(event: Event, main: Occasion) -> bool:
    """Whether a paragraph that tells an event goes on to what came after the occasion."""
    if event.modality is not Modality.OCCURRED or event.date is None or main.date is None:
        return False
    first, last = interval(event.date)[0], interval(main.date)[1]
    return first is not None and last is not None and first > last


def _next(analysis: Analysis, told: Told) -> _Held | None:
    """What holds for the acts told after an event: a meeting, or the summons of somebody's envoy."""
    event = told.event
    sides = frozenset((*event.actors, *event.recipients))
    if event.modality is not Modality.OCCURRED or len(sides) < 2 or (event.date is None and event.place is None):
        return None
    paragraph = analysis.sentences[analysis.sentence_at(event.evidence[0].start)].paragraph
    joint = not event.recipients and event.type in (EventType.CONSULT, EventType.SUPPORT, EventType.AGREE)
    if joint or framed_place(analysis, event.evidence[0].start) is not None:
        return _Held(sides, event.date, event.place, paragraph)
    if told.verb is not None and _words(analysis.language).summons.search(analysis.words(told.verb)):
        return _Held(sides, event.date, event.place, paragraph + _SUMMONED)
    return None


def _opened(analysis: Analysis, references: References, number: int, main: Occasion | None) -> _Held | None:
    """What a sentence before of the same paragraph holds that a place opens and no event tells."""
    if number == 0 or analysis.sentences[number - 1].paragraph != analysis.sentences[number].paragraph:
        return None
    sentence = analysis.sentences[number - 1].span
    place = framed_place(analysis, sentence.end - 1)
    if place is None:
        return None
    named = {code for reference in references.within(*sentence) for code in reference.codes}
    days = [time.value for time in analysis.times_in(sentence)]
    sides = frozenset(named | {*(main.participants if main is not None and named else ())})
    return _Held(sides, days[0] if len(days) == 1 else None, place, analysis.sentences[number].paragraph)


def _placed(analysis: Analysis, occasion: Occasion | None, told: Told, held: _Held | None) -> Event:
    event = told.event
    paper = occasion is not None and occasion.heading
    if event.modality is not Modality.OCCURRED or not _is_past(analysis, told, paper=paper):
        return event
    near = held if held is not None and _among(event, held.participants) else None
    main = occasion if occasion is not None and _at(analysis, event, occasion) else None
    if near is not None:
        event = _filled(event, near.date, near.place)
    if main is None or (held is not None and not _agree(held.place, main.place)):
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


def _at(analysis: Analysis, event: Event, occasion: Occasion) -> bool:
    if not occasion.covers(event.evidence[0].start):
        return False
    participants = frozenset(occasion.participants)
    if _among(event, participants):
        return True
    speaks = occasion.heading or _words(analysis.language).delegates.search(analysis.words(event.evidence)) is not None
    return speaks and participants.issuperset(event.actors)


def _is_past(analysis: Analysis, told: Told, *, paper: bool) -> bool:
    """Whether the verb tells one past act: not `has asked`, `had asked` nor, but in papers of a meeting, `insists`."""
    patterns, evidence = _words(analysis.language), told.event.evidence
    sentence = analysis.sentences[analysis.sentence_at(evidence[0].start)].span
    if patterns.by_then.match(analysis.words(sentence)):
        return True
    if told.verb is None:
        return patterns.perfect.search(analysis.words(evidence)) is None
    words = analysis.words(told.verb).lower()
    if patterns.perfect.match(words):
        return False
    shapes = {form.shape for form in lexicon(analysis.language).get(words.split()[0], ())}
    return paper or not shapes or not shapes.isdisjoint({"past", "ing"})


@dataclass(frozen=True, slots=True)
class _Words:
    perfect: re.Pattern[str]
    by_then: re.Pattern[str]
    delegates: re.Pattern[str]
    summons: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table: dict[str, str] = language.table("references").get("occasion", {})

    def of(name: str) -> re.Pattern[str]:
        return re.compile(table.get(name, "(?!)"), re.IGNORECASE)

    return _Words(of("perfect"), of("by_then"), of("delegates"), of("summons"))
