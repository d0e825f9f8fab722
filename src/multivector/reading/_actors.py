"""Names of actors in the text, resolved to codes, groups expanded to the members that they had at the time."""

from __future__ import annotations

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis
from multivector.reading._grounds import of_actor
from multivector.record import Actor, ActorKind, Kind, Span

_EXPANDED = (ActorKind.GROUP, ActorKind.FORMAT)


def find_actors(analysis: Analysis) -> tuple[ActorMention, ...]:
    """Every mention of an actor that the knowledge has a name for."""
    knowledge = analysis.knowledge
    found: list[ActorMention] = []
    for match in knowledge.find(analysis.text, analysis.language.tag):
        entry = knowledge.actor(match.code)
        codes = (match.code,)
        if entry is not None and entry.type in _EXPANDED:
            codes = knowledge.members(match.code, analysis.published) or codes
        elif match.form is NameForm.PERSON:
            held = knowledge.offices(person=match.code.removeprefix("PER:"), on=analysis.published)
            codes = tuple(sorted({office.state for office in held if office.state})) or codes
        found.append(ActorMention(Span(match.start, match.end), match.code, match.form, codes))
    return tuple(found)


def actor_items(analysis: Analysis) -> list[Actor]:
    """The actors of the record, without ids: one item a code, with all its mentions."""
    mentions: dict[str, list[ActorMention]] = {}
    for mention in analysis.actors:
        mentions.setdefault(mention.code, []).append(mention)
    items: list[Actor] = []
    for code, places in mentions.items():
        entry = analysis.knowledge.actor(code)
        if entry is None:
            continue
        expands = entry.type in (*_EXPANDED, ActorKind.ORGANISATION)
        members = analysis.knowledge.members(code, analysis.published) if expands else ()
        spans = tuple(place.span for place in places)
        sure = analysis.judge(Kind.ACTOR, of_actor(analysis, places))
        items.append(Actor("", code, entry.type, entry.name, members, entry.wikidata, spans, sure))
    return items
