"""What the judge of pairs sees between the actors of each sentence, for events and for ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.reading._analysis import Analysis
from multivector.reading._occasion import scene_of, sides_of
from multivector.reading._pairs import Pair, Pairs
from multivector.reading._plover import judge
from multivector.reading._plover.judge import Seen
from multivector.record import Span


@dataclass(frozen=True, slots=True)
class Sight:
    """The pairs of one sentence with what the judge sees between each."""

    sentence: Span
    pairs: tuple[tuple[Pair, Seen], ...]


def sights_of(analysis: Analysis) -> tuple[Sight, ...]:
    """What the judge sees, sentence by sentence; nothing where the tagger has not run."""
    if analysis.sights is not None:
        return analysis.sights
    if analysis.findings is None:
        return ()
    scene = scene_of(analysis)
    references = scene.deeds.references
    found: list[Sight] = []
    for sentence, pairs in Pairs(analysis, references, sides_of(scene.occasion, references), alone=True, among=True):
        starts, traces = analysis.findings.traces(*sentence)
        if traces.size:
            sides = ({1: pair.first, 2: pair.second} for pair in pairs)
            roles = np.array([judge.roles(starts, each) for each in sides], dtype=np.int64)
            found.append(Sight(sentence, tuple(zip(pairs, judge.shipped().judge(traces, roles), strict=True))))
    return tuple(found)
