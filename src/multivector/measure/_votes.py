"""Agreement of states in roll calls of the United Nations General Assembly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import numpy as np

from multivector.measure._diversity import Array
from multivector.measure._types import MeasureError, Partner, Weights
from multivector.measure._weights import ranked
from multivector.record import Choice, Flow, Vote, interval

FEWEST = 10
"""Roll calls that two states must both have voted in before their agreement is taken as known."""

_CAST = (Choice.YES, Choice.ABSTAIN, Choice.NO)


@dataclass(frozen=True, slots=True)
class Agreement:
    """For each pair of `areas`: the share of roll calls with the same vote, and the number in which both voted.

    `share` is NaN for pairs with fewer than `FEWEST` common roll calls. `period` is the first and last day of the roll
    calls, `resolutions` their names and `source` where they stand.
    """

    areas: tuple[str, ...]
    share: Array
    common: Array
    period: str
    resolutions: tuple[str, ...]
    source: str
    voted: Array
    """Areas by resolutions: 1 where the area voted."""

    def of(self, one: str, other: str) -> float | None:
        """The share of roll calls in which both voted the same, or None where it is not known."""
        if one not in self.areas or other not in self.areas:
            return None
        value = float(self.share[self.areas.index(one), self.areas.index(other)])
        return None if np.isnan(value) else value


def agreement(votes: Iterable[Vote], since: str | None = None, until: str | None = None) -> Agreement:
    """Agreement of all pairs of states that voted between two dates of the record, both included.

    The same vote is yes and yes, no and no, or abstaining and abstaining; a roll call in which one of the two was
    absent says nothing of them. This is the index of Lijphart (1963, APSR 57(4)) without half points for an abstention
    beside a vote. Where sources or vintages hold a roll call twice, the latest vintage counts.
    """
    first = interval(since)[0] if since else None
    last = interval(until)[1] if until else None
    newest: dict[tuple[str, str], Vote] = {}
    for vote in votes:
        day = interval(vote.date)[0]
        if vote.choice is Choice.ABSENT or (day is not None and ((first and day < first) or (last and day > last))):
            continue
        key = vote.area, vote.resolution
        if key not in newest or (newest[key].vintage, newest[key].source) < (vote.vintage, vote.source):
            newest[key] = vote
    areas = tuple(sorted({area for area, _ in newest}))
    resolutions = tuple(sorted({resolution for _, resolution in newest}))
    row, column = ({name: place for place, name in enumerate(names)} for names in (areas, resolutions))
    cast_ = np.zeros((len(_CAST), len(areas), len(resolutions)), dtype=np.float64)
    for (area, resolution), vote in newest.items():
        cast_[_CAST.index(vote.choice), row[area], column[resolution]] = 1
    voted = cast_.sum(axis=0)
    same = cast("Array", np.einsum("kar,kbr->ab", cast_, cast_, optimize=True))
    common = voted @ voted.T
    share = np.divide(same, common, out=np.full_like(same, np.nan), where=common >= FEWEST)
    days = sorted(vote.date for vote in newest.values())
    period = f"{days[0]}/{days[-1]}" if days else ""
    sources = dict.fromkeys(f"{vote.source} ({vote.vintage})" for vote in newest.values())
    return Agreement(areas, share, common, period, resolutions, ", ".join(sources), voted)


def vote_weights(votes: Iterable[Vote], state: str, period: str) -> Weights:
    """Agreement with each other state in roll calls as weights; the evidence is the roll calls in which both voted.

    Raises MeasureError when the state cast no votes in the period.
    """
    since, _, until = period.partition("/")
    found = agreement(votes, since, until or since)
    if state not in found.areas:
        raise MeasureError(f"{state}, votes, {period}", "no votes in roll calls", "add the roll calls of these years")
    own = found.areas.index(state)
    values: dict[str, float] = {}
    evidence: dict[str, tuple[str, ...]] = {}
    for place, area in enumerate(found.areas):
        if area == state or np.isnan(found.share[own, place]):
            continue
        values[area] = float(found.share[own, place])
        both = np.flatnonzero(found.voted[own] * found.voted[place])
        evidence[area] = tuple(f"{found.source}: {found.resolutions[each]}" for each in both)
    partners: tuple[Partner, ...] = ranked(values, evidence)
    return Weights(
        state, "votes", Flow.NONE, period, "share of roll calls", partners, sum(values.values()), 0.0, (found.source,),
        (Flow.NONE,),
    )  # fmt: skip
