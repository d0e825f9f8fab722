"""What is known to be wrong with data sets, and what shows that something may be."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from multivector.record import AreaKind, Flow, Observation, interval
from multivector.statistics._data import data_text
from multivector.statistics._periods import years

DefectKind = Literal["overstated", "understated", "missing", "wrong-partner", "scale", "meaning"]

SUSPICIOUS_RATIO = 1.5
"""Two sides' reports that differ by more than this are not taken for the same; freight and insurance (CIF over FOB)
explain 1.05 to 1.2: IMF (2018), New Estimates for Direction of Trade Statistics, Working Paper 18/16, uses 1.06."""


@dataclass(frozen=True, slots=True)
class Defect:
    """Something known to be wrong with a data set, or with the reading of it that suggests itself.

    `source` is how the source's name begins. `areas`, `counterparts`, `indicator`, `flow`, `period` and `vintages`
    narrow it; what is None or empty does not. `factor`: true values are those of the rows divided by about this.
    `since`: from when it is known.
    """

    id: str
    source: str
    kind: DefectKind
    what: str
    since: str
    evidence: str
    areas: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    indicator: str | None = None
    flow: Flow | None = None
    period: str | None = None
    vintages: str | None = None
    factor: float | None = None

    def covers(self, row: Observation) -> bool:
        """Whether the row is one of those that the defect is about."""
        return (
            self._about(row)
            and (not self.areas or row.reporting_area in self.areas)
            and (not self.counterparts or row.counterpart_area in self.counterparts)
            and (self.flow is None or row.flow is self.flow)
        )

    def touches(self, row: Observation) -> bool:
        """Whether a sum with this row in it may suffer from the defect: `covers`, or a row of the same area and year.

        What is missing has no row; it is missing from the sums of those that report or are named beside it.
        """
        if self.kind != "missing":
            return self.covers(row)
        return self._about(row) and (not self.areas or row.reporting_area in self.areas)

    def _about(self, row: Observation) -> bool:
        return (
            row.source.startswith(self.source)
            and (self.indicator is None or row.indicator == self.indicator)
            and (self.period is None or _overlap(self.period, row.period))
            and (self.vintages is None or _within(row.vintage, self.vintages))
        )


@cache
def known_defects() -> tuple[Defect, ...]:
    """The defects of `data/known_defects.toml`."""
    rows: list[dict[str, Any]] = tomllib.loads(data_text("known_defects.toml"))["defect"]
    return tuple(
        Defect(**row | {name: read_as(row[name]) for name, read_as in _FORMS.items() if name in row}) for row in rows
    )


_FORMS: dict[str, Any] = {"areas": tuple, "counterparts": tuple, "flow": Flow}


def defects(observations: Iterable[Observation]) -> tuple[Defect, ...]:
    """The known defects that touch any of the rows, in the order of the data file; see `Defect.touches`."""
    # Rows differ in few of the fields that matter here, so each combination is asked about once.
    seen: dict[tuple[str, ...], Observation] = {}
    for o in observations:
        seen.setdefault(
            (o.source, o.reporting_area, o.counterpart_area or "", o.indicator, o.flow, o.period, o.vintage), o
        )
    by_source: dict[str, list[Observation]] = {}
    for row in seen.values():
        by_source.setdefault(row.source, []).append(row)
    found: list[Defect] = []
    for defect in known_defects():
        rows = (row for source, group in by_source.items() if source.startswith(defect.source) for row in group)
        if any(defect.touches(row) for row in rows):
            found.append(defect)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Mirror:
    """One flow as both sides report it. `ratio` is the larger quantity over the smaller; 1 says that both agree."""

    exports: Observation
    imports: Observation
    ratio: float

    @property
    def suspicious(self) -> bool:
        """Whether the two differ by more than `SUSPICIOUS_RATIO`."""
        return self.ratio > SUSPICIOUS_RATIO


def mirrors(observations: Iterable[Observation]) -> tuple[Mirror, ...]:
    """Pairs of reports of the same flow, period and unit between two states, the largest ratio first.

    Each report of the exporting side is paired with each of the importing side, of whichever source and vintage, so
    that sources are held against each other too. Zero on one side alone gives an infinite ratio.
    """
    exports: dict[tuple[str, ...], list[Observation]] = {}
    imports: dict[tuple[str, ...], list[Observation]] = {}
    for o in observations:
        if o.counterpart_kind is not AreaKind.STATE or o.counterpart_area is None:
            continue
        what = (o.indicator, o.period, o.unit)
        if o.flow is Flow.EXPORTS:
            exports.setdefault((o.reporting_area, o.counterpart_area, *what), []).append(o)
        elif o.flow is Flow.IMPORTS:
            imports.setdefault((o.counterpart_area, o.reporting_area, *what), []).append(o)
    found = [
        Mirror(one, other, _ratio(one.quantity, other.quantity))
        for key, ones in exports.items()
        for one in ones
        for other in imports.get(key, ())
    ]
    return tuple(sorted(found, key=lambda m: (-m.ratio, m.exports.reporting_area, m.imports.reporting_area)))


def _ratio(one: float, other: float) -> float:
    large, small = max(abs(one), abs(other)), min(abs(one), abs(other))
    return 1.0 if large == 0 else large / small if small else float("inf")


def corrected(row: Observation, defect: Defect) -> Observation:
    """The row as it would be without the defect, for a look at what difference it makes; never kept in a store."""
    if defect.factor is None or not defect.covers(row):
        return row
    return replace(row, value=row.value / defect.factor)


def _overlap(one: str, other: str) -> bool:
    (first, last), (begin, end) = years(one), years(other)
    return first <= end and begin <= last


def _within(vintage: str, span: str) -> bool:
    first, _, last = span.partition("/")
    day = interval(vintage)[0]
    low, high = interval(first)[0] if first != ".." else None, interval(last or first)[1] if last != ".." else None
    return day is not None and (low is None or low <= day) and (high is None or day <= high)
