"""One state and indicator of statistics: its weights and measures in each period under any choices."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from multivector.measure._case import Reading, known_share, like, number_of
from multivector.measure._diversity import Array
from multivector.measure._material import Material
from multivector.measure._numbers import NUMBERS, numbers
from multivector.measure._reports import evidence_of
from multivector.measure._similarity import Known
from multivector.measure._tables import Indicator
from multivector.measure._types import Choices, Coverage, Eu, Interval, MeasureError, Part, Partner, Weights
from multivector.measure._votes import vote_weights
from multivector.measure._weights import EU, merged, weights
from multivector.record import Flow, Observation, interval
from multivector.statistics import Defect, corrected, defects

_bounds = lru_cache(maxsize=4096)(interval)


@dataclass(slots=True)
class Statistics:
    """Weights from rows of statistics or from roll calls."""

    material: Material
    state: str
    about: Indicator
    flow: Flow
    _rows: dict[int, list[Observation]] = field(init=False)
    _made: dict[tuple[str, Choices], Weights | MeasureError] = field(init=False)

    def __post_init__(self) -> None:
        self._made = {}
        self._rows = {}
        wanted = self.about.rows | {"gold"}
        for row in self.material.observations:
            if row.indicator in wanted and self.state in (row.reporting_area, row.counterpart_area):
                for year in _years(row.period) if row.counterpart_area is not None else ():
                    self._rows.setdefault(year, []).append(row)

    def periods(self) -> list[str]:
        """The years with rows on the state, or with its votes."""
        if self.about.code == "votes":
            return sorted({vote.date[:4] for vote in self.material.votes if vote.area == self.state})
        there = (year for year, rows in self._rows.items() if any(row.indicator != "gold" for row in rows))
        return [f"{year:04}" for year in sorted(there)]

    def window(self) -> list[str]:
        """The years that the source speaks of: of a state without deliveries it speaks, too."""
        if self.about.code == "votes":
            return sorted({vote.date[:4] for vote in self.material.votes})
        periods = {row.period for row in self.material.observations if row.indicator in self.about.rows}
        return [f"{year:04}" for year in sorted({year for period in periods for year in _years(period)})]

    def nothing(self) -> MeasureError:
        """As `Case.nothing`."""
        what = "roll calls" if self.about.code == "votes" else f"statistics of {', '.join(sorted(self.about.rows))}"
        advice = "add a file that has them (multivector statistics add FILE; docs/statistics.md says where to get it)"
        return MeasureError(f"{self.state}, {self.about.domain}", f"no {what} in the store", advice)

    def weights(self, period: str, choices: Choices) -> Weights:
        """Weights in one period, remembered: many choices ask for the same."""
        asked = Choices(data=choices.data, eu=choices.eu, gold=choices.gold, unallocated=choices.unallocated)
        key = period, asked
        if key not in self._made:
            try:
                self._made[key] = self._weigh(period, asked)
            except MeasureError as error:
                self._made[key] = error
        found = self._made[key]
        if isinstance(found, MeasureError):
            raise found
        return found

    def _weigh(self, period: str, choices: Choices) -> Weights:
        if self.about.code == "votes":
            made = vote_weights(self.material.votes, self.state, period)
            return merged(made, self.material.knowledge.members(EU), EU) if choices.eu is Eu.ONE else made
        return self._of(self._in(period), period, choices)

    def _in(self, period: str) -> list[Observation]:
        """The rows that touch a period; one that spans years stands under each of them, and counts once."""
        return list({id(row): row for year in _years(period) for row in self._rows.get(year, ())}.values())

    def _of(self, rows: list[Observation], period: str, choices: Choices) -> Weights:
        members = self.material.knowledge.members(EU) if choices.eu is Eu.ONE else ()
        return weights(rows, self.state, period, kind=self.about.code, flow=self.flow, choices=choices, members=members)

    def _mended(self, made: Weights, period: str, choices: Choices) -> tuple[Weights, list[str]]:
        """The weights with one more of the others, known defects corrected; and in words which defects touch them."""
        rows = self._in(period)
        evidence = {each for partner in made.partners for each in partner.evidence}
        found = defects(row for row in rows if evidence_of(row) in evidence)
        factors = [defect for defect in found if defect.factor is not None]
        if factors:
            for defect in factors:
                rows = [corrected(row, defect) for row in rows]
            better = self._of(rows, period, choices)
            made = replace(made, others=(*made.others, (CORRECTED, tuple(better.values.items()))))
        return made, [f"of {defect.source}: {defect.what}" for defect in found if self._concerns(defect)]

    def _concerns(self, defect: Defect) -> bool:
        """Whether a defect is worth a word here: not what others lack, nor what the reader has mended."""
        named = {*defect.areas, *defect.counterparts}
        return defect.kind != "scale" and (defect.kind != "missing" or not named or self.state in named)

    def read(self, period: str, choices: Choices) -> tuple[Weights, Reading, Coverage, list[str]]:
        """As `Case.read`; intervals are the spread over reports."""
        made = self.weights(period, choices)
        single = self.weights(period, replace(choices, eu=Eu.MEMBERS))
        made, known_defects = self._mended(made, period, choices)
        notes = [*known_defects, *made.notes]
        if not made.others:
            notes.append("no second report that differs: no interval")
        alike, words, doubt = like(self.material, single, made, choices, period)
        notes += [words] if words else []
        codes = [partner.code for partner in made.partners]
        others = [(label, np.array([dict(pairs).get(code, 0.0) for code in codes])) for label, pairs in made.others]
        rows = np.array([[partner.weight for partner in made.partners], *(row for _, row in others)])
        found = numbers(rows, alike)
        labels = ", ".join(label for label, _ in others)
        reading: Reading = {}
        for name in NUMBERS:
            value = number_of(found[name][0])
            if name.startswith("vectors-") and alike is None:
                value = None
            low, high = np.nanmin(found[name], initial=np.inf), np.nanmax(found[name], initial=-np.inf)
            spread = Interval(float(low), float(high), f"spread over other reports: {labels}") if others else None
            if doubt is not None and name.startswith("vectors-"):
                spread = _wider(doubt[int(name[-1]) - 1], spread, value)
            reading[name] = value, spread if value is not None else None
        totals = [made.allocated, *(float(row.sum()) for _, row in others)]
        change = [each - totals[0] for each in totals]
        spread = (
            Interval(made.total + min(change), made.total + max(change), f"spread over other reports: {labels}")
            if others
            else None
        )
        reading["total"] = made.total, spread
        made = replace(made, partners=_bounded(made.partners, [row for _, row in others], codes))
        coverage = self._coverage(made, alike, choices, period)
        return made, reading, coverage, notes + self._doubts(made, coverage, period, choices)

    def _coverage(self, made: Weights, alike: Known | None, choices: Choices, period: str) -> Coverage:
        missing = self.missing(period, choices)
        sized = made.allocated
        twice = sum(partner.weight for partner in made.partners if len(partner.reports) > 1)
        evidence = {each for partner in made.partners for each in partner.evidence}
        return Coverage(
            partners=len(made.partners),
            sources=made.sources,
            missing=missing,
            missing_share=sum(share for _, share in missing),
            unallocated_share=max(made.unallocated, 0.0) / made.total if made.total else None,
            second_report_share=twice / sized if sized else None,
            similarity_share=known_share(made, alike),
            rows=len(evidence),
        )

    def _full_year(self, period: str, choices: Choices) -> Weights | None:
        """The nearest other year with at least half as many partners as the year with most: what to compare with."""
        if self.about.sparse or len(period) != 4 or self.about.code == "votes":
            return None
        there: list[tuple[int, Weights]] = []
        for year in self.periods():
            try:
                there.append((int(year), self.weights(year, choices)))
            except MeasureError:
                continue
        most = max((len(made.partners) for _, made in there), default=0)
        full = [(year, made) for year, made in there if 2 * len(made.partners) >= most and year != int(period)]
        return min(full, key=lambda each: (abs(each[0] - int(period)), each[0]))[1] if full else None

    def missing(self, period: str, choices: Choices) -> tuple[tuple[str, float], ...]:
        """Partners with at least 1 % in the nearest full year and none here, with that share."""
        other = self._full_year(period, choices)
        if other is None:
            return ()
        there = self.weights(period, choices).values
        return tuple(
            (partner.code, partner.share)
            for partner in other.partners
            if partner.share >= 0.01 and partner.code not in there
        )

    def _doubts(self, made: Weights, coverage: Coverage, period: str, choices: Choices) -> list[str]:
        """Notes on what is missing, and on values that are far from what another source has for a year nearby."""
        notes: list[str] = []
        if (rest := coverage.unallocated_share or 0.0) >= REMARKABLE and choices.unallocated is Part.OUT:
            notes.append(f"{100 * rest:.0f} % of the total is given to no partner and is in no share")
        other = self._full_year(period, choices)
        if coverage.missing and other is not None:
            listed = ", ".join(f"{code} {100 * share:.0f} %" for code, share in coverage.missing)
            notes.append(f"no data here for partners that had a share in {other.period}: {listed}")
        if self.about.sparse or len(period) != 4 or self.about.code == "votes":
            return notes
        nearby: list[Weights] = []
        for year in sorted(self.periods(), key=lambda year: abs(int(year) - int(period))):
            if 0 < abs(int(year) - int(period)) <= NEARBY:
                with suppress(MeasureError):
                    nearby.append(self.weights(year, choices))
        far: list[str] = []
        for partner in made.partners:
            then = next((each for each in nearby if partner.code in each.values), None)
            if then is None or partner.share < 0.02 or set(then.sources) & set(made.sources):
                continue
            times = partner.weight / then.values[partner.code]
            if times >= TIMES:
                far.append(f"{partner.code} {times:.1f} times {', '.join(then.sources)} {then.period}")
        if far:
            notes.append(f"far above another source nearby (it grew, or a source overstates it): {'; '.join(far)}")
        return notes


CORRECTED = "known defects corrected"
"""The label of weights that rows with a known factor of error were divided by."""

REMARKABLE = 0.02
"""The part of a total that belongs to no partner from which on it is remarked on."""

NEARBY = 3
"""Years within which two sources are compared."""
TIMES = 2.5
"""How many times as large as in another source a nearby year must be to be remarked on."""


def _years(period: str) -> range:
    """The years that a period touches; none for one without both ends."""
    first, last = _bounds(period)
    return range(first.year, last.year + 1) if first is not None and last is not None else range(0)


def _wider(doubt: tuple[float, float], spread: Interval | None, value: float | None) -> Interval:
    each = [*doubt, *([spread.low, spread.high] if spread else []), *([value] if value is not None else [])]
    method = "unknown likeness taken as full and as none" + (f"; {spread.method}" if spread else "")
    return Interval(min(each), max(each), method)


def _bounded(partners: Sequence[Partner], others: list[Array], codes: list[str]) -> tuple[Partner, ...]:
    """Partners with the least and largest share that any of the reports gives them."""
    if not others:
        return tuple(partners)
    rows = np.array([[partner.weight for partner in partners], *others])
    parts = rows / rows.sum(axis=1, keepdims=True)
    return tuple(
        replace(partner, low=float(parts[:, at].min()), high=float(parts[:, at].max()))
        for at, partner in enumerate(partners)
        if codes[at] == partner.code
    )
