"""Events of PLOVER's types: verbs of a lexicon with those who act and those who are acted on.

Rules find first, and precision comes first: a clause whose two sides are not sure gives nothing. Where they find
nothing, a judge of pairs (`_proposed`) is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from multivector.reading._analysis import Analysis, overlap
from multivector.reading._carried import VERBAL, Told, carried
from multivector.reading._deeds import Deed, Deeds, as_told
from multivector.reading._domains import domains_of
from multivector.reading._grounds import of_event
from multivector.reading._modes import with_modes
from multivector.reading._nouns import NounEvent, Nouns
from multivector.reading._occasion import Occasion, scene_of, sides_of
from multivector.reading._proposed import Proposal, proposals
from multivector.reading._verbs import deed_words
from multivector.reading._when import date_of, matter_of
from multivector.reading._where import place_of, visited_state
from multivector.record import Event, EventType, Kind, Modality, Span

_HOSTILE = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.COERCE, EventType.SANCTION})
_MEMORY = 4
"""How many events back the other side of a reply is looked for."""

_ALONE = frozenset({EventType.MOBILIZE, EventType.ASSAULT})
"""Types of which one actor alone, with nobody on the other side, is an event."""


def find_events(analysis: Analysis) -> tuple[Event, ...]:
    """The events that the document reports, in text order, each once."""
    if "verb" not in analysis.language.table("events"):
        return ()
    scene = scene_of(analysis)
    deeds, occasion = scene.deeds, scene.occasion
    found: list[Event] = []
    told: list[Told] = []
    for deed in deeds.find():
        if (each := _event(analysis, deeds, deed, occasion, found)) is not None:
            found.append(each.event)
            told.append(each)
    others = list(_by_nouns(analysis, deeds, occasion, found))
    found += [each.event for each in others]
    others += [_seen(analysis, deeds, each) for each in proposals(analysis, scene, found)]
    once = _once(list(carried(analysis, deeds.references, occasion, [*told, *others])), _headline(analysis))
    return with_modes(analysis, once)


def _event(analysis: Analysis, deeds: Deeds, deed: Deed, occasion: Occasion | None, before: list[Event]) -> Told | None:
    participants = sides_of(occasion, deeds.references)
    actors = participants if deed.actors is None else deed.actors
    recipients = participants if deed.recipients is None else deed.recipients
    if deed.partner and actors and set(actors) < set(participants):
        recipients = tuple(code for code in participants if code not in actors)
    elif deed.partner and actors:
        recipients = _counterpart(actors, before)
    if deed.doer:
        friendly = deed.type is EventType.SUPPORT
        recipients = next(
            (e.actors for e in reversed(before[-(1 if friendly else _MEMORY) :]) if friendly or e.type in _HOSTILE), ()
        )
        if not recipients:
            return None
    if deed.partner and deed.modality is Modality.DENIED:
        return None
    if deed.partner and not recipients:
        return None
    if not actors and not (deed.type is EventType.ASSAULT and recipients):
        return None
    if deed.mutual:
        actors, recipients = tuple(sorted({*actors, *recipients})), ()
        if len(actors) < 2 and deed.modality is not Modality.DENIED:
            return None
    recipients = tuple(sorted(code for code in recipients if code not in actors))
    if (
        not recipients
        and len(actors) < 2
        and deed.modality is not Modality.DENIED
        and (deed.type not in _ALONE or deed.partner)
    ):
        return None
    modality = deed.modality
    kind = as_told(deed.type, modality)
    if modality is Modality.PLANNED and kind in VERBAL and kind is not EventType.AGREE:
        return None
    actors, sides = tuple(sorted(actors)), (*actors, *recipients)
    told = _when_where(analysis, deeds, deed.clause, kind, sides, modality, deed)
    spans = (deed.clause,)
    event = Event("", kind, actors, recipients, None, None, modality, domains_of(analysis, spans), spans)
    understood = (deed.actors is None) + (deed.recipients is None or deed.partner or deed.doer)
    confidence = analysis.judge(Kind.EVENT, of_event(analysis, event, understood=understood))
    return Told(replace(event, date=told.date, place=told.place, confidence=confidence), deed.verb, told.aside)


@dataclass(frozen=True, slots=True)
class _WhenWhere:
    date: str | None
    place: str | None
    aside: str | None


def _when_where(
    analysis: Analysis,
    deeds: Deeds,
    clause: Span,
    kind: EventType,
    sides: tuple[str, ...],
    modality: Modality,
    deed: Deed | None = None,
) -> _WhenWhere:
    """When and where a clause tells a deed, by its own words; for acts of words not when and where what they are of."""
    verb = deed.verb if deed is not None else None
    told = act = clause
    if kind in VERBAL and not (deed is not None and deed.mutual) and modality is not Modality.PLANNED:
        low = verb.end if verb is not None else clause.start
        content = deed_words(analysis.language).content.search(analysis.text, low, clause.end)
        told = Span(clause.start, content.start()) if content else clause
        act = matter_of(analysis, told, low)
    alone = modality is Modality.DENIED or act != clause
    date = date_of(analysis, deeds, act, alone=alone, modality=modality, verb=verb)
    place = place_of(analysis, act, verb)
    if place is None and kind in (EventType.CONSULT, EventType.AGREE) and len(sides) > 1:
        place = visited_state(analysis, act, sides)
    aside = None
    if act != told:
        aside = date_of(analysis, deeds, told, alone=True, modality=modality, verb=verb)
        aside = aside if aside is not None and len(aside) == len("2026-02-18") else None
    return _WhenWhere(date, place, aside)


def _counterpart(actors: tuple[str, ...], before: list[Event]) -> tuple[str, ...]:
    """With whom the actors had to do in the last event of theirs: whose act a refusal or promise answers."""
    for event in reversed(before[-_MEMORY:]):
        if not event.recipients and len(event.actors) == 2 and set(actors) < set(event.actors):
            return tuple(code for code in event.actors if code not in actors)
        if event.recipients and event.modality is Modality.OCCURRED:
            if set(actors) <= set(event.recipients):
                return event.actors
            if set(actors) <= set(event.actors):
                return event.recipients
    return ()


def _by_nouns(analysis: Analysis, deeds: Deeds, occasion: Occasion | None, found: list[Event]) -> Iterator[Told]:
    """What nouns tell and no verb has told before."""
    nouns = Nouns(analysis, deeds)
    told = {(event.type, event.actors, event.recipients) for event in found if event.modality is Modality.OCCURRED}
    for sentence in analysis.sentences:
        for event in nouns.meetings(sentence.span):
            yield from _noun_event(analysis, deeds, occasion, event)
        for event in nouns.blows(sentence.span):
            if (event.type, event.actors, event.recipients) not in told:
                yield from _noun_event(analysis, deeds, occasion, event)


def _noun_event(analysis: Analysis, deeds: Deeds, occasion: Occasion | None, event: NounEvent) -> Iterator[Told]:
    participants = sides_of(occasion, deeds.references)
    actors = participants if event.actors is None else event.actors
    if len(actors) > 1 or event.type is not EventType.CONSULT:
        kind = EventType.AGREE if event.modality is Modality.PLANNED else event.type
        found = _plain(analysis, deeds, kind, (actors, event.recipients), event.modality, event.span)
        grounds = of_event(analysis, found.event, by_noun=True, understood=int(event.actors is None))
        confidence = analysis.judge(Kind.EVENT, grounds)
        yield replace(found, event=replace(found.event, confidence=confidence))


def _seen(analysis: Analysis, deeds: Deeds, seen: Proposal) -> Told:
    """What the judge of pairs sees."""
    told = _plain(analysis, deeds, seen.type, (seen.actors, seen.recipients), seen.modality, seen.clause)
    confidence = analysis.judge(Kind.EVENT, of_event(analysis, told.event, chance=seen.chance))
    return replace(told, event=replace(told.event, confidence=confidence))


def _plain(
    analysis: Analysis,
    deeds: Deeds,
    kind: EventType,
    sides: tuple[tuple[str, ...], tuple[str, ...]],
    modality: Modality,
    span: Span,
) -> Told:
    """An event of actors and recipients whose date, place and domains are told in the same words."""
    told = _when_where(analysis, deeds, span, kind, (*sides[0], *sides[1]), modality)
    domains = domains_of(analysis, (span,))
    return Told(Event("", kind, *sides, told.date, told.place, modality, domains, (span,)), None, told.aside)


def _headline(analysis: Analysis) -> int:
    """Where the headline ends: a first paragraph that is no sentence; 0 when there is none."""
    first = analysis.words(analysis.paragraphs[0]) if analysis.paragraphs else ""
    return analysis.paragraphs[0].end if first and first[-1].isalnum() else 0


def _once(events: list[Event], headline: int) -> tuple[Event, ...]:
    """Each event once: meetings of the same actors that no date tells apart, and deeds told in overlapping words.

    What the headline tells, up to the offset `headline`, the text tells again.
    """
    kept: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        alike = kept.setdefault((event.type, event.actors, event.recipients, event.modality), [])
        for number, other in enumerate(alike):
            again = other.evidence[-1].end <= headline
            if again or _touch(event.evidence, other.evidence) or _one_meeting(event, other):
                first = event if again else other
                alike[number] = replace(first, date=other.date or event.date, place=other.place or event.place)
                break
        else:
            alike.append(event)
    return tuple(sorted((event for alike in kept.values() for event in alike), key=lambda event: event.evidence))


def _one_meeting(a: Event, b: Event) -> bool:
    """Whether two meetings, or signings, of the same actors are one as far as their dates tell."""
    joint = a.type is EventType.CONSULT or (not a.recipients and a.type in (EventType.SUPPORT, EventType.AGREE))
    return joint and (a.date == b.date or None in (a.date, b.date))


def _touch(a: tuple[Span, ...], b: tuple[Span, ...]) -> bool:
    return any(overlap(x, y) for x in a for y in b)
