"""What measures are made from, and the likeness of partners that it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from multivector.knowledge import Knowledge
from multivector.measure._diversity import Array
from multivector.measure._similarity import grouped, ideal_points, identity, near_ideal_points, same_bloc, same_votes
from multivector.measure._types import Alike, MeasureError
from multivector.measure._votes import Agreement, agreement
from multivector.record import Observation, Vote, interval
from multivector.store import Found

DECADE = 10
"""Years of roll calls that tell how alike two states vote: few enough to be of the time, enough to be many."""


@dataclass(slots=True)
class Material:
    """Rows, votes and items to measure, with what is known of actors. `reports` are events and ties with documents."""

    knowledge: Knowledge
    observations: Sequence[Observation] = ()
    votes: Sequence[Vote] = ()
    reports: Sequence[Found] = ()
    organisations: Sequence[str] | None = None
    """The organisations that count as blocs; None takes those of `data/blocs.toml`."""
    _ideal: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])
    _agreements: dict[int, Agreement] = field(default_factory=dict[int, Agreement])

    def likeness(
        self, alike: Alike, weights: Mapping[str, float], group: Mapping[str, str], period: str
    ) -> tuple[Array, str]:
        """The matrix Z of groups of partners at the end of a period, and in words what it was made from.

        `weights` are of single partners, `group` names the partner that each belongs to. Raises MeasureError where
        there is nothing to make it from.
        """
        codes = list(weights)
        end = _end(period)
        match alike:
            case Alike.IDENTITY:
                z, words = identity(codes), "every partner counts for itself"
            case Alike.BLOC:
                z = same_bloc(codes, self.knowledge, end, self.organisations)
                words = f"partners of one bloc count as one, members of {end}"
            case Alike.VOTES:
                found = self._agreement(end.year)
                z, words = same_votes(codes, found), f"roll calls {found.period}: {found.source}"
            case Alike.IDEAL:
                points = self._points(period)
                if not points:
                    raise MeasureError("ideal points", f"none of the five years up to {end}", "add rows of ideal-point")
                z, words = near_ideal_points(codes, points), f"ideal points of {end.year} or up to five years before"
        if all(group[code] == code for code in codes):
            return z, words
        return grouped(z, codes, weights, group), words

    def _points(self, period: str) -> dict[str, float]:
        if period not in self._ideal:
            self._ideal[period] = ideal_points(self.observations, period)
        return self._ideal[period]

    def _agreement(self, year: int) -> Agreement:
        """Agreement in the decade up to a year, or in the last decade of which there are roll calls before it."""
        if year not in self._agreements:
            years = {int(vote.date[:4]) for vote in self.votes}
            if not years:
                raise MeasureError("votes", "none in the store", "add roll calls of the United Nations")
            last = max((each for each in years if each <= year), default=max(years))
            self._agreements[year] = agreement(self.votes, f"{last - DECADE + 1:04}", f"{last:04}")
        return self._agreements[year]


def _end(period: str) -> dt.date:
    end = interval(period)[1]
    return end if end is not None else dt.date.max
