"""One pair of states in one period: what its readings bound it to, what is missing, and what is in doubt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from multivector.check._data import Shape, rules
from multivector.check._money import amount, listed, span_name
from multivector.check._readings import Period, Reading, Readings, grown, year
from multivector.statistics import Defect, known_defects

WRONG = ("overstated", "understated", "wrong-partner")
"""Kinds of known defects that make a value wrong, and not merely limit what it means."""


@dataclass(slots=True)
class Pair:
    """What the rows say of one pair.

    `readings` are those of the period (of the year around it, where `bracketed`). `low` and `high` bound the pair in
    the period; `high` None: no bound. `guess` is the range with a figure of another year where the period has none that
    can be trusted, None where there is no figure at all; `likely` is the same with parts of a year in proportion, which
    proves nothing either. `near` are the readings of that other year.
    """

    one: str
    other: str | None
    name: str
    readings: list[Reading]
    low: float = 0.0
    high: float | None = None
    guess: tuple[float, float] | None = None
    likely: tuple[float, float] | None = None
    whole: bool = True
    bracketed: bool = False
    missing: str | None = None
    doubts: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    near: list[Reading] = field(default_factory=list[Reading])
    near_year: int | None = None


def pairs_of(first: tuple[str, ...], second: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """The pairs of a claim's sides: all within one side where both are the same, with the world where one is empty."""
    if not second:
        return [(one, None) for one in first]
    if set(first) == set(second):
        return [(one, other) for place, one in enumerate(first) for other in first[place + 1 :]]
    return [(one, other) for one in first for other in second if one != other]


def pair_of(readings: Readings, one: str, other: str | None, period: Period) -> Pair:
    """All that the rows say of a pair in a period."""
    pair = Pair(one, other, f"{readings.names(one)}–{readings.names(other or 'WLD')}", readings.of(one, other, period))
    if pair.readings:
        _settle(pair, 1.0, 1.0)
        _doubt(pair, readings, period, 1.0, 1.0)
        return pair
    pair.whole = False
    annual = around(period)
    if annual is not None and readings.about.shape is not Shape.BALANCE:
        pair.readings = readings.of(one, other, annual)
    if annual is not None and pair.readings:
        share = share_of_year(period)
        part = share * rules()["least_part"]
        pair.bracketed = True
        _settle(pair, part, share)
        pair.whole = False
        pair.missing = f"{pair.name}: rows by month for {span_name(period)} (there are only those of the whole year)"
        _doubt(pair, readings, annual, part, share)
        return pair
    _without(pair, readings, period, annual)
    return pair


def around(period: Period) -> Period | None:
    """The calendar year of which a period is a part; None when it is that year, or reaches beyond."""
    whole = year(period[0].year)
    return whole if period != whole and period[1] <= whole[1] else None


def share_of_year(period: Period) -> float:
    """The part of the days of its year that a period takes."""
    whole = year(period[0].year)
    return ((period[1] - period[0]).days + 1) / ((whole[1] - whole[0]).days + 1)


def _settle(pair: Pair, part: float, share: float) -> None:
    """Bounds from the readings; `part` of the least is the least that some months, `share` of a year, may have had."""
    values = [reading.value for reading in pair.readings]
    pair.low, pair.high = min(values) * part, max(values)
    pair.guess = pair.low, pair.high
    pair.likely = min(values) * share, max(values) * share
    pair.whole = not any(reading.unsure for reading in pair.readings)


def _doubt(pair: Pair, readings: Readings, period: Period, part: float, share: float) -> None:
    """Doubt what a known defect touches, and what stands alone and far from any figure of the years beside."""
    least: list[float] = []
    most: list[float] = []
    for reading in pair.readings:
        for defect in defects_of(reading):
            if defect.kind in WRONG:
                pair.doubts.append(f"{pair.name}, {reading.source}: {defect.what}")
                if defect.factor:
                    least.append(reading.value / defect.factor)
            elif defect.kind == "meaning":
                pair.notes.append(f"{reading.source}: {defect.what}")
    alone = len({reading.source for reading in pair.readings}) == 1
    found = beside(readings, pair.one, pair.other, period[0].year) if period[0].year == period[1].year else None
    if alone and found is not None:
        number, near = found
        then, now = [reading.value for reading in near], [reading.value for reading in pair.readings]
        same = {reading.source for reading in near} == {reading.source for reading in pair.readings}
        factor = grown(now, then, abs(period[0].year - number), rules()["leap" if same else "jump"])
        if factor is not None:
            way = "above" if min(now) > max(then) else "below"
            told, by = amount(max(now), readings.unit), pair.readings[0].source
            pair.doubts.append(
                f"{pair.name}, {span_name(period)}: {told} by {by} alone"
                f" is {factor:.1f} times {way} the figure of {number} by {listed(sorted({r.source for r in near}))}"
            )
        if pair.doubts:
            pair.near, pair.near_year = near, number
            least += then
            most += then
    if pair.doubts:
        pair.whole = False
        pair.low = min(pair.low, *(part * value for value in least)) if least else pair.low
        pair.high = max(pair.high or 0.0, *most) if most else pair.high
        pair.guess = pair.low, pair.high or pair.low
        values = [reading.value for reading in pair.readings]
        pair.likely = share * min(*values, *least, math.inf), share * max(*values, *most, -math.inf)


def _without(pair: Pair, readings: Readings, period: Period, annual: Period | None) -> None:
    """A pair without a reading in the period: one direction at least, or the nearest year as a guess."""
    when = span_name(period)
    parts = readings.parts(pair.one, pair.other, period) if pair.other else []
    share = 1.0
    if not parts and annual is not None and pair.other:
        parts = readings.parts(pair.one, pair.other, annual)
        share = share_of_year(period) * rules()["least_part"]
    if parts:
        pair.low = share * min(reading.value for reading in parts)
        pair.missing = f"{pair.name}, {when}: there is one direction of trade only"
    else:
        pair.missing = f"{pair.name}, {when}: no row"
    found = beside(readings, pair.one, pair.other, period[0].year)
    if found is not None:
        pair.near_year, near = found
        values = [reading.value for reading in near]
        pair.guess = min(pair.low, *values), max(pair.low, *values)
        of_year = share_of_year(period) if annual is not None else 1.0
        pair.likely = of_year * min(values), of_year * max(values)
        pair.near = [*parts, *near]
        pair.missing += f" (the nearest is of {pair.near_year})"
    else:
        pair.near, pair.near_year = parts, period[0].year


def spare_slight(pairs: Sequence[Pair]) -> None:
    """Drop doubts of pairs that are too small to matter in the sum of all."""
    total = math.fsum(max(pair.high or 0.0, pair.guess[1] if pair.guess else 0.0) for pair in pairs)
    for pair in pairs:
        if len(pairs) > 1 and pair.doubts and (pair.high or 0.0) < rules()["slight"] * total:
            pair.doubts, pair.near, pair.near_year = [], [], None
            pair.whole = not pair.bracketed and not any(reading.unsure for reading in pair.readings)


def beside(readings: Readings, one: str, other: str | None, number: int) -> tuple[int, list[Reading]] | None:
    """The nearest other year in which there are readings of a pair, within the years that still say something."""
    for away in range(1, rules()["memory"] + 1):
        for near_year in (number - away, number + away):
            if near := readings.of(one, other, year(near_year)):
                return near_year, near
    return None


def defects_of(reading: Reading) -> Sequence[Defect]:
    """The known defects of data sets that touch rows of a reading."""
    return [defect for defect in known_defects() if any(defect.covers(row) for row in reading.rows)]
