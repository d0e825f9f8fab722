"""Events that the judge of pairs sees where the rules found none: what joins two actors of a sentence.

One of the two may be understood: whom the document is mostly about and named last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from multivector.reading._analysis import Analysis, overlap
from multivector.reading._deeds import as_told, trim
from multivector.reading._occasion import Scene
from multivector.reading._pairs import Codes, Pair
from multivector.reading._plover import reader
from multivector.reading._plover.judge import Seen
from multivector.reading._plover.reader import Judgement
from multivector.reading._seen import sights_of
from multivector.record import Event, EventType, Modality, Span

DOUBT = 0.6
"""The least chance, to the judge, of a pair that the slower classifier is asked about."""

LEAST = 0.7
"""The least chance of an event. Chosen on our own texts for precision: what is below is more often wrong than right."""

ALONE = 0.8
"""The least chance where the sentence names one side only and the other is understood."""

CROWD, SURE = 6, 0.9
"""So many pairs of actors at once (`the five states` and another) are held for joined only where that is surer."""

_MUTUAL = frozenset(
    {EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.RETREAT, EventType.ASSAULT}
)
"""What several do with one another has no recipients; other types have both sides on both."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event as the judge sees it; `clause` is where it is told, `chance` how likely it is in [0, 1]."""

    type: EventType
    actors: Codes
    recipients: Codes
    modality: Modality
    clause: Span
    chance: float

    @property
    def sides(self) -> frozenset[str]:
        """All who take part."""
        return frozenset((*self.actors, *self.recipients))


def proposals(analysis: Analysis, scene: Scene, found: Iterable[Event]) -> Iterator[Proposal]:
    """What the judge sees beside the events `found` by rules, sentence by sentence.

    Nothing where the tagger has not run. In a sentence, what a rule has found is not found again: neither its type nor
    another one between the same two.
    """
    known = list(found)
    for sight in sights_of(analysis):
        here = [each for each in known if _touches(each, sight.sentence)]
        told = [{*event.actors, *event.recipients} for event in here]
        open_ = [
            (pair, seen)
            for pair, seen in sight.pairs
            if pair.first and not any(_sides(pair) <= sides for sides in told)
        ]
        if open_:
            yield from _joined(_likely(analysis, scene, open_), here)


def _sides(pair: Pair) -> set[str]:
    return {*pair.codes, *pair.others}


def _touches(event: Event, sentence: Span) -> bool:
    return any(overlap(span, sentence) for span in event.evidence)


def _likely(analysis: Analysis, scene: Scene, pairs: Iterable[tuple[Pair, Seen]]) -> list[Proposal]:
    """What joins the pairs of a sentence by the judge and the classifier, the likeliest first."""
    found: list[Proposal] = []
    for pair, seen in pairs:
        if seen.event.chance >= DOUBT:
            second = reader.shipped().classify([pair.marked(analysis.text)])[0]
            both = reader.mean(seen.event, second)
            if both.chance >= _least(pair):
                found.append(_proposal(scene, pair, both))
    return sorted(found, key=lambda each: (-each.chance, each.clause))


def _least(pair: Pair) -> float:
    if not pair.second:
        return ALONE
    return SURE if len(pair.codes) * len(pair.others) > CROWD else LEAST


def _proposal(scene: Scene, pair: Pair, judged: Judgement) -> Proposal:
    kind = EventType(judged.deed)
    direction = max(judged.direction, key=lambda name: judged.direction[name])
    modality = Modality(max(judged.modality, key=lambda name: judged.modality[name]))
    actors, recipients = (pair.codes, pair.others) if direction != "back" else (pair.others, pair.codes)
    together = tuple(sorted({*actors, *recipients}))
    if kind is EventType.CONSULT or (direction == "both" and kind in _MUTUAL):
        actors, recipients = together, ()
    elif direction == "both":
        actors, recipients = together, together
    kind = as_told(kind, modality)
    return Proposal(kind, actors, recipients, modality, clause_of(scene, pair), judged.chance)


def clause_of(scene: Scene, pair: Pair) -> Span:
    """Where what joins a pair is told: from the clause of the side named first to that of the other."""
    clauses = scene.deeds.clauses
    places = sorted((*pair.first[:1], *pair.second[:1]))
    clause = Span(clauses.left(pair.sentence, places[0].start), clauses.right(pair.sentence, places[-1].end))
    return trim(scene.deeds.text, clause)


def _joined(seen: Iterable[Proposal], known: list[Event]) -> Iterator[Proposal]:
    """Those that no event of a rule tells, one for all pairs that one deed joins."""
    kept: list[Proposal] = []
    for new in seen:
        if any(new.type is event.type or new.sides <= {*event.actors, *event.recipients} for event in known):
            continue
        for number, old in enumerate(kept):
            if (one := _one(old, new)) is not None:
                kept[number] = one
                break
        else:
            kept.append(new)
    yield from kept


def _one(old: Proposal, new: Proposal) -> Proposal | None:
    """Both as one deed: of the same actors to others, to the same by others, or of several with one another."""
    if old.type is not new.type or old.modality is not new.modality:
        return None
    if not old.recipients and not new.recipients:
        joint = not {*old.actors}.isdisjoint(new.actors)
    elif old.recipients and new.recipients:
        joint = old.actors == new.actors or old.recipients == new.recipients
    else:
        joint = False
    if not joint:
        return None
    clause = Span(min(old.clause.start, new.clause.start), max(old.clause.end, new.clause.end))
    return replace(
        old,
        actors=tuple(sorted({*old.actors, *new.actors})),
        recipients=tuple(sorted({*old.recipients, *new.recipients})),
        clause=clause,
    )
