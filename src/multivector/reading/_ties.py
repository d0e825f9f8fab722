"""Ties: standing relations between states that the text asserts, one for each pair that it means."""

from __future__ import annotations

from dataclasses import replace

from multivector.reading._analysis import Analysis
from multivector.reading._claims import Claims
from multivector.reading._domains import domains_of
from multivector.reading._grounds import of_tie
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


def find_ties(analysis: Analysis) -> tuple[Tie, ...]:
    """The ties that the document asserts, each once, the place with most words first in its evidence."""
    patterns = tie_words(analysis.language)
    if patterns is None:
        return ()
    finder = Claims(analysis, patterns)
    places: dict[tuple[TieType, str, str], list[Span]] = {}
    single: set[tuple[TieType, str, str]] = set()
    for claim in finder.find():
        for first, second in claim.pairs:
            ends = tuple(sorted((first, second))) if claim.type.symmetric else (first, second)
            if first != second:
                key = (claim.type, ends[0], ends[1])
                places.setdefault(key, []).append(claim.span)
                if len(claim.pairs) == 1:
                    single.add(key)
    ties: list[Tie] = []
    for (kind, first, second), spans in places.items():
        ordered: Spans = tuple(sorted(dict.fromkeys(spans), key=lambda span: (span.start - span.end, span)))
        domains = (_DOMAIN[kind],) if kind in _DOMAIN else domains_of(analysis, ordered)
        tie = Tie("", kind, first, second, domains, ordered)
        grounds = of_tie(analysis, tie, expanded=(kind, first, second) not in single)
        ties.append(replace(tie, confidence=analysis.judge(Kind.TIE, grounds)))
    return tuple(ties)
