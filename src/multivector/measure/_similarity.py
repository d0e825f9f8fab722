"""How alike partners are in foreign policy: the matrix Z of the diversity of Leinster and Cobbold (2012).

Four ways, none of them the truth: partners are all different (identity), alike when they belong to one bloc, alike as
they vote in the United Nations, or alike as their ideal points there lie near each other. Unknown likeness is NaN.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from multivector.knowledge import Knowledge
from multivector.measure._diversity import Array, shares, similar
from multivector.measure._tables import blocs
from multivector.measure._votes import Agreement
from multivector.record import Observation, interval


def identity(codes: Sequence[str]) -> Array:
    """Every partner is alike to itself alone."""
    return np.eye(len(codes))


def same_bloc(
    codes: Sequence[str], knowledge: Knowledge, on: dt.date, organisations: Sequence[str] | None = None
) -> Array:
    """1 for two partners that belong to one bloc on a day, else 0; `organisations` unless given are `data/blocs.toml`.

    An organisation that is a partner itself belongs to its own bloc.
    """
    found = blocs() if organisations is None else organisations
    member = np.zeros((len(codes), len(found)))
    for column, bloc in enumerate(found):
        inside = {bloc, *knowledge.members(bloc, on)}
        member[:, column] = [code in inside for code in codes]
    z = (member @ member.T > 0).astype(np.float64)
    np.fill_diagonal(z, 1.0)
    return z


def same_votes(codes: Sequence[str], found: Agreement) -> Array:
    """The share of roll calls in which two partners voted the same; NaN where one of them cast too few votes."""
    place = {area: index for index, area in enumerate(found.areas)}
    z = np.full((len(codes), len(codes)), np.nan)
    there = [index for index, code in enumerate(codes) if code in place]
    rows = [place[codes[index]] for index in there]
    if there:
        z[np.ix_(there, there)] = found.share[np.ix_(rows, rows)]
    np.fill_diagonal(z, 1.0)
    return z


def near_ideal_points(codes: Sequence[str], points: Mapping[str, float]) -> Array:
    """`exp(-|x_i - x_j|)` of ideal points x (Bailey, Strezhnev and Voeten 2017, JCR 61(2)); NaN without a point.

    The points have a standard deviation of about 1 over all states, so that a distance of 1 gives .37. Distances made
    into similarities by the exponential are Leinster and Cobbold's own way (2012, p. 480).
    """
    x = np.array([points.get(code, np.nan) for code in codes], dtype=np.float64)
    z = np.exp(-np.abs(x[:, None] - x[None, :]))
    np.fill_diagonal(z, 1.0)
    return z


def ideal_points(rows: Iterable[Observation], period: str) -> dict[str, float]:
    """The latest ideal point of each state up to the end of a period, none older than five years."""
    end = interval(period)[1]
    found: dict[str, tuple[tuple[dt.date, str], float]] = {}
    for row in rows:
        if row.indicator != "ideal-point" or row.value != row.value:
            continue
        last = interval(row.period)[1]
        if end is None or last is None or not (end.year - 5 <= last.year <= end.year):
            continue
        key = last, row.vintage
        if row.reporting_area not in found or found[row.reporting_area][0] < key:
            found[row.reporting_area] = key, row.quantity
    return {area: value for area, (_, value) in found.items()}


def grouped(z: Array, codes: Sequence[str], weights: Mapping[str, float], group: Mapping[str, str]) -> Array:
    """The likeness of groups of partners: the mean of their members', weighted; of a group with itself 1.

    `group` names the group of each code; groups come in the order in which `group.values()` names them first. Pairs of
    members whose likeness is unknown count nothing; where all are unknown the result is NaN.
    """
    names = list(dict.fromkeys(group[code] for code in codes))
    share = np.zeros((len(names), len(codes)))
    for place, code in enumerate(codes):
        share[names.index(group[code]), place] = weights[code]
    known = ~np.isnan(z)
    total = share @ known @ share.T
    made = np.divide(share @ np.where(known, z, 0.0) @ share.T, total, out=np.full_like(total, np.nan), where=total > 0)
    np.fill_diagonal(made, 1.0)
    return np.clip(made, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Known:
    """The partners whose likeness to one another is known (a mask), and the matrix with that of these alone."""

    inside: NDArray[np.bool_]
    z: Array

    def diversity(self, weights: Array, order: float) -> Array:
        """The diversity of the known partners, for rows of weights over all partners; NaN where these have none."""
        w = np.asarray(weights, dtype=np.float64)[..., self.inside]
        return similar(shares(w), self.z, order)


def known(weights: Array, z: Array) -> Known:
    """The partners whose likeness to one another is known.

    Those without a known likeness to any other are out, then the one with most gaps (the smaller of two), until there
    are no gaps.
    """
    there = ~np.isnan(z)
    inside = there.sum(axis=1) > 1 if len(weights) > 1 else np.ones(len(weights), dtype=np.bool_)
    while (gaps := ~there[np.ix_(inside, inside)]).any():
        places = np.flatnonzero(inside)
        worst = min(range(len(places)), key=lambda at: (-int(gaps[at].sum()), float(weights[places[at]])))
        inside[places[worst]] = False
    return Known(inside, z[np.ix_(inside, inside)])


def extremes(weights: Array, z: Array, order: float) -> tuple[float, float]:
    """The diversity of all partners with unknown likeness taken as full, and as none: the least and the most."""
    p = shares(weights)
    low, high = (float(similar(p, np.where(np.isnan(z), fill, z), order)) for fill in (1.0, 0.0))
    return low, high
