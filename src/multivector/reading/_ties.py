"""Ties: standing relations between states that the text asserts, one for each pair that it means.

Rules find them by the words of a table, and the judge of pairs where its chance is high.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from multivector.reading._analysis import Analysis
from multivector.reading._claims import Claims
from multivector.reading._domains import domains_of
from multivector.reading._grounds import of_tie
from multivector.reading._occasion import scene_of
from multivector.reading._pairs import Pair
from multivector.reading._plover.labels import NO_TIE
from multivector.reading._proposed import clause_of
from multivector.reading._seen import sights_of
from multivector.reading._tie_words import tie_words
from multivector.record import Domain, Kind, Span, Spans, Tie, TieType

_DOMAIN = {
    TieType.TRADING_PARTNER: Domain.TRADE,
    TieType.MILITARY_PRESENCE: Domain.SECURITY,
    TieType.SECURITY_COOPERATION: Domain.SECURITY,
    TieType.ALLIANCE: Domain.POLITICS,
    TieType.NEIGHBOUR: Domain.POLITICS,
    TieType.STRATEGIC_PARTNERSHIP: Domain.POLITICS,
}


LEAST = 0.7
"""The least chance of a tie that only the judge of pairs sees, for precision: most sentences assert none."""

SEVERAL, ALONE, AMONG = 0.8, 0.85, 0.9
"""The least chance where a group stands for several pairs at once, where one side is understood, and where a few are
named together: one error is several there, or more likely."""


@dataclass(slots=True)
class _Found:
    """Where a tie is told; `single` if some place means this pair alone, `chance` is None where a rule has found it."""

    spans: list[Span]
    single: bool
    chance: float | None


_Key = tuple[TieType, str, str]


def find_ties(analysis: Analysis) -> tuple[Tie, ...]:
    """The ties that the document asserts, each once, the place with most words first in its evidence."""
    patterns = tie_words(analysis.language)
    if patterns is None:
        return ()
    found: dict[_Key, _Found] = {}
    claims = Claims(analysis, patterns)
    for claim in claims.find():
        for first, second in claim.pairs:
            if first != second:
                each = found.setdefault(_key(claim.type, first, second), _Found([], single=False, chance=None))
                each.spans.append(claim.span)
                each.single |= len(claim.pairs) == 1
    for key, chance, span, single in _seen(analysis, claims):
        each = found.setdefault(key, _Found([], single=False, chance=0.0))
        if each.chance is not None:
            each.spans.append(span)
            each.single |= single
            each.chance = max(each.chance, chance)
    return tuple(_tie(analysis, key, each) for key, each in found.items())


def _key(kind: TieType, first: str, second: str) -> _Key:
    ends = sorted((first, second)) if kind.symmetric else (first, second)
    return kind, ends[0], ends[1]


def _seen(analysis: Analysis, claims: Claims) -> Iterator[tuple[_Key, float, Span, bool]]:
    """What the judge of pairs holds for a tie: which, how likely, where, and whether it means this pair alone."""
    scene = scene_of(analysis)
    for sight in sights_of(analysis):
        for pair, seen in sight.pairs:
            for name, ways in seen.ties.items():
                kind, way = TieType(name), max(ways, key=lambda each: ways[each])
                if way == NO_TIE or ways[way] < _least(pair) or not (pair.first or kind.symmetric):
                    continue
                clause = clause_of(scene, pair)
                if kind is not TieType.DEPENDENCE and claims.doubtful(sight.sentence, clause):
                    continue  # `cannot do without` is a way of saying that one depends
                sides = (pair.codes, pair.others) if way != "back" else (pair.others, pair.codes)
                keys = {_key(kind, *ends) for ends in product(*sides) if _may_be(analysis, kind, *ends)}
                for key in sorted(keys):
                    yield key, ways[way], clause, len(keys) == 1


def _least(pair: Pair) -> float:
    if not pair.first:
        return AMONG
    if not pair.second:
        return ALONE
    return SEVERAL if len(pair.codes) * len(pair.others) > 1 else LEAST


def _may_be(analysis: Analysis, kind: TieType, first: str, second: str) -> bool:
    """Whether such a tie may join such actors: a member is a state that the knowledge does not know to be none."""
    if kind is not TieType.MEMBERSHIP:
        return first != second
    if ":" in first or not second.startswith("IGO:"):
        return False
    known = analysis.knowledge.members(second, analysis.published)
    return not known or first in known


def _tie(analysis: Analysis, key: _Key, found: _Found) -> Tie:
    kind, first, second = key
    ordered: Spans = tuple(sorted(dict.fromkeys(found.spans), key=lambda span: (span.start - span.end, span)))
    domains = (_DOMAIN[kind],) if kind in _DOMAIN else domains_of(analysis, ordered)
    tie = Tie("", kind, first, second, domains, ordered)
    grounds = of_tie(analysis, tie, expanded=not found.single, chance=found.chance)
    return replace(tie, confidence=analysis.judge(Kind.TIE, grounds))
