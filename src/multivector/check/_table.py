"""Rows of statistics, found by who reports on whom; the latest vintage of each, and sums over periods."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from multivector.record import AreaKind, Flow, Observation, ObservationStatus, Valuation, Vote, interval

_bounds = lru_cache(maxsize=16384)(interval)
_DAY = dt.timedelta(days=1)

_USUAL = {Flow.EXPORTS: Valuation.FOB, Flow.IMPORTS: Valuation.CIF}
"""Of two valuations of one flow, the one that most sources print."""

UNSURE = frozenset(
    {ObservationStatus.ESTIMATED, ObservationStatus.FORECAST, ObservationStatus.IMPUTED, ObservationStatus.UNRELIABLE}
)
"""Rows of these statuses are nobody's report: they bracket, and prove nothing."""

_STATE = re.compile(r"[A-Z]{3}")

Key = tuple[str, str | None, str, Flow]


@dataclass(frozen=True, slots=True)
class Sum:
    """What one source reports of one flow in one period: the quantity and the rows that it is the sum of."""

    value: float
    rows: tuple[Observation, ...]

    @property
    def unsure(self) -> bool:
        """Whether some of it is an estimate."""
        return any(row.status in UNSURE for row in self.rows)


class Table:
    """Observations and votes as checks look them up. Made once for many checks; not changed afterwards."""

    def __init__(self, observations: Iterable[Observation] = (), votes: Iterable[Vote] = ()) -> None:
        """Index the rows; of several vintages of one value the latest stays."""
        self._cells: dict[Key, dict[str, dict[str, Observation]]] = {}
        self._by_reporter: dict[tuple[str, str, Flow], set[str]] = {}
        self._by_counterpart: dict[tuple[str, str, Flow], set[str]] = {}
        self._extent: dict[tuple[str, str], tuple[int, int]] = {}
        self._units: dict[tuple[str, str], set[str]] = {}
        self._kinds: dict[str, AreaKind] = {}
        self.indicators: set[str] = set()
        self.votes = tuple(votes)
        for row in observations:
            if row.status is ObservationStatus.MISSING or row.value != row.value:
                continue
            key = row.reporting_area, row.counterpart_area, row.indicator, row.flow
            periods = self._cells.setdefault(key, {}).setdefault(row.source, {})
            there = periods.get(row.period)
            if there is None or _better(row, there):
                periods[row.period] = row
            self.indicators.add(row.indicator)
            first, last = _bounds(row.period)
            if first and last:
                known = self._extent.get((row.source, row.indicator), (first.year, last.year))
                self._extent[row.source, row.indicator] = min(known[0], first.year), max(known[1], last.year)
            for area in (row.reporting_area, row.counterpart_area or ""):
                self._units.setdefault((area, row.indicator), set()).add(row.unit)
            if row.counterpart_area is not None and row.counterpart_kind is not None:
                self._by_reporter.setdefault((row.reporting_area, row.indicator, row.flow), set()).add(
                    row.counterpart_area
                )
                self._by_counterpart.setdefault((row.counterpart_area, row.indicator, row.flow), set()).add(
                    row.reporting_area
                )
                self._kinds[row.counterpart_area] = row.counterpart_kind

    def sources(self, reporting: str, counterpart: str | None, indicator: str, flow: Flow) -> list[str]:
        """The sources that say something of this flow, in any period."""
        return sorted(self._cells.get((reporting, counterpart, indicator, flow), {}))

    def partners(self, reporting: str, indicator: str, flow: Flow) -> list[str]:
        """The states and territories on which an area reports, in any period."""
        found = self._by_reporter.get((reporting, indicator, flow), set())
        return sorted(code for code in found if self._kinds[code] is AreaKind.STATE)

    def reporters(self, counterpart: str, indicator: str, flow: Flow) -> list[str]:
        """The states that report on an area, in any period."""
        return sorted(
            code for code in self._by_counterpart.get((counterpart, indicator, flow), ()) if _STATE.fullmatch(code)
        )

    def units(self, reporting: str, counterpart: str | None, indicator: str, flow: Flow) -> set[str]:
        """The units in which this flow is reported."""
        cells = self._cells.get((reporting, counterpart, indicator, flow), {})
        return {row.unit for periods in cells.values() for row in periods.values()}

    def units_of(self, area: str, indicator: str) -> set[str]:
        """The units in which an area's flows are reported, by itself or by others."""
        return self._units.get((area, indicator), set())

    def years(self, reporting: str, counterpart: str | None, indicator: str, flow: Flow, source: str) -> list[int]:
        """The calendar years of which a source has rows, earliest first."""
        periods = self._cells.get((reporting, counterpart, indicator, flow), {}).get(source, {})
        years: set[int] = set()
        for period in periods:
            first, last = _bounds(period)
            if first and last and first.year == last.year:
                years.add(first.year)
        return sorted(years)

    def sum(
        self,
        reporting: str,
        counterpart: str | None,
        indicator: str,
        flow: Flow,
        source: str,
        period: tuple[dt.date, dt.date],
        unit: str,
        *,
        sparse: bool = False,
    ) -> Sum | None:
        """What a source reports of a flow in a period, from the longest rows that fill it; None when they do not.

        With `sparse` all rows inside the period are added, whether they fill it or not.
        """
        periods = self._cells.get((reporting, counterpart, indicator, flow), {}).get(source)
        if not periods or (sparse and not self.covers(source, indicator, period)):
            return None
        spans = [
            (first, last, row)
            for row in periods.values()
            if row.unit == unit
            for first, last in (_bounds(row.period),)
            if first and last and period[0] <= first and last <= period[1]
        ]
        rows = [row for _, _, row in sorted(spans, key=lambda span: span[:2])] if sparse else _filling(spans, period)
        return Sum(math.fsum(row.quantity for row in rows), tuple(rows)) if rows else None

    def extent(self, source: str, indicator: str) -> tuple[int, int] | None:
        """The first and last year of a source's rows of an indicator, whoever they are about."""
        return self._extent.get((source, indicator))

    def row(
        self, reporting: str, counterpart: str | None, indicator: str, flow: Flow, source: str, period: str
    ) -> Observation | None:
        """The row of exactly this period, or None."""
        return self._cells.get((reporting, counterpart, indicator, flow), {}).get(source, {}).get(period)

    def covers(self, source: str, indicator: str, period: tuple[dt.date, dt.date]) -> bool:
        """Whether the rows of a source reach from the first year of a period to the last."""
        extent = self.extent(source, indicator)
        return extent is not None and extent[0] <= period[0].year and period[1].year <= extent[1]


def _better(row: Observation, than: Observation) -> bool:
    if row.vintage != than.vintage:
        return row.vintage > than.vintage
    usual = _USUAL.get(row.flow)
    return (row.valuation is usual, row.row) > (than.valuation is usual, than.row)


def _filling(
    spans: Sequence[tuple[dt.date, dt.date, Observation]], period: tuple[dt.date, dt.date]
) -> list[Observation]:
    """The fewest rows that follow each other from the first to the last day; empty when there is a gap."""
    longest: dict[dt.date, tuple[dt.date, Observation]] = {}
    for first, last, row in spans:
        if first not in longest or last > longest[first][0]:
            longest[first] = last, row
    rows: list[Observation] = []
    day = period[0]
    while day <= period[1]:
        if day not in longest:
            return []
        last, row = longest[day]
        rows.append(row)
        day = last + _DAY
    return rows
