"""Events that the judge of pairs sees where the rules found none: what joins two actors of a sentence.

One of the two may be understood: whom the document is mostly about and named last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from multivector.reading._analysis import Analysis
from multivector.reading._deeds import as_told, trim
from multivector.reading._occasion import Scene
from multivector.reading._pairs import Codes, Pair, Pairs
from multivector.reading._plover import judge, reader
from multivector.reading._plover.reader import Judgement
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
    if analysis.findings is None:
        return
    references = scene.deeds.references
    group = scene.occasion.participants if scene.occasion else references.pair
    known = list(found)
    for sentence, pairs in Pairs(analysis, references, group, alone=True):
        here = [each for each in known if _touches(each, sentence)]
        told = [{*event.actors, *event.recipients} for event in here]
        if open_ := [pair for pair in pairs if not any({*pair.codes, *pair.others} <= sides for sides in told)]:
            yield from _joined(_seen(analysis, scene, sentence, open_), here)


def _touches(event: Event, sentence: Span) -> bool:
    return any(span.start < sentence.end and sentence.start < span.end for span in event.evidence)


def _seen(analysis: Analysis, scene: Scene, sentence: Span, pairs: list[Pair]) -> list[Proposal]:
    """What joins the pairs of a sentence, the likeliest first."""
    assert analysis.findings is not None
    starts, traces = analysis.findings.traces(*sentence)
    if not traces.size:
        return []
    sides = ({1: pair.first, 2: pair.second} for pair in pairs)
    roles = np.array([judge.roles(starts, each) for each in sides], dtype=np.int64)
    seen: list[Proposal] = []
    for pair, first in zip(pairs, judge.shipped().judge(traces, roles), strict=True):
        if first.chance >= DOUBT:
            second = reader.shipped().classify([pair.marked(analysis.text)])[0]
            both = reader.mean(first, second)
            if both.chance >= _least(pair):
                seen.append(_proposal(scene, pair, both))
    return sorted(seen, key=lambda each: (-each.chance, each.clause))


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
    clauses = scene.deeds.clauses
    places = sorted((*pair.first[:1], *pair.second[:1]))
    first, last = places[0], places[-1]
    clause = Span(clauses.left(pair.sentence, first.start), clauses.right(pair.sentence, last.end))
    kind = as_told(kind, modality)
    return Proposal(kind, actors, recipients, modality, trim(scene.deeds.text, clause), judged.chance)


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
