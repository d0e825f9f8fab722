"""Rows of statistics put together to reports: what one source says, from one side, of a state's flows in a period.

A row of state A on partner B is A's own report on B, and B's mirror report for A: B's exports to A are A's imports from
B. Rows are kept apart by source and side, so that no sum mixes them unseen. Months make a year only when all twelve
are there.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from multivector.measure._tables import Indicator
from multivector.record import (
    UNALLOCATED,
    WORLD,
    AreaKind,
    Flow,
    Observation,
    ObservationStatus,
    interval,
)

_STATE = re.compile(r"[A-Z]{3}", re.ASCII)
_DAY = dt.timedelta(days=1)
_bounds = lru_cache(maxsize=4096)(interval)

OPPOSITE = {Flow.EXPORTS: Flow.IMPORTS, Flow.IMPORTS: Flow.EXPORTS}


class Side(StrEnum):
    """Who reports: the state that is measured, or its partner."""

    OWN = "own"
    MIRROR = "mirror"


@dataclass(frozen=True, slots=True)
class Cell:
    """A quantity in whole units and the rows that it is the sum of."""

    quantity: float
    evidence: tuple[str, ...]

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.quantity + other.quantity, self.evidence + other.evidence)


@dataclass(slots=True)
class Report:
    """What one source says from one side: cells by partner and flow, the printed totals, what belongs to no partner."""

    source: str
    side: Side
    unit: str
    cells: dict[tuple[str, Flow], Cell] = field(default_factory=dict[tuple[str, Flow], Cell])
    totals: dict[Flow, Cell] = field(default_factory=dict[Flow, Cell])
    unallocated: dict[Flow, Cell] = field(default_factory=dict[Flow, Cell])
    years: int = 0
    """How many of the period's parts the source speaks of."""

    @property
    def label(self) -> str:
        """Source and side in words."""
        return f"{self.source}, {'own report' if self.side is Side.OWN else 'partners’ reports'}"


@dataclass(slots=True)
class Reports:
    """All reports on a state in one period, and what was left out of them, counted by reason."""

    reports: list[Report]
    left_out: Counter[str]


def evidence_of(row: Observation) -> str:
    """What leads back to a row: source, vintage, and where it stands there."""
    return f"{row.source} ({row.vintage}): {row.row}"


def parts(period: str) -> list[tuple[dt.date, dt.date]]:
    """The years of a period of whole years, else the period itself. Raises ValueError for one without both ends."""
    first, last = interval(period)
    if first is None or last is None:
        raise ValueError(f"not a period with both ends: {period!r}")
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return [(dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in range(first.year, last.year + 1)]
    return [(first, last)]


def reports(rows: Iterable[Observation], state: str, about: Indicator, flows: frozenset[Flow], period: str) -> Reports:
    """What each source says of `state` in `period`, from either side, in the flows seen from the state.

    Left out and counted by reason: aggregates among the partners, values that are missing or below zero, trade of a
    state with itself, parts of a year that do not fill it, units other than the most frequent one of a report, older
    vintages. `Indicator.over` says how the years of a longer period make one value.
    """
    left_out: Counter[str] = Counter()
    spans = parts(period)
    found: dict[tuple[str, Side], dict[tuple[str, Flow], list[Observation]]] = {}
    for row in rows:
        if row.indicator not in about.rows or row.counterpart_area is None:
            continue
        place = _place(row, state)
        if place is None or place[2] not in flows:
            continue
        side, partner, flow = place
        first, last = _bounds(row.period)
        if first is None or last is None or first < spans[0][0] or last > spans[-1][1]:
            continue
        if reason := _unfit(row, side, state):
            left_out[reason] += 1
            continue
        found.setdefault((row.source, side), {}).setdefault((partner, flow), []).append(row)
    made = [
        _report(source, side, cells, spans, left_out, about.over) for (source, side), cells in sorted(found.items())
    ]
    return Reports([each for each in made if each.cells or each.totals], left_out)


def _place(row: Observation, state: str) -> tuple[Side, str, Flow] | None:
    """From which side a row speaks of the state, of which partner, in which flow; None when it does not."""
    if row.reporting_area == state:
        return Side.OWN, row.counterpart_area or "", row.flow
    if row.counterpart_area == state:
        return Side.MIRROR, row.reporting_area, OPPOSITE.get(row.flow, row.flow)
    return None


def _unfit(row: Observation, side: Side, state: str) -> str | None:
    if row.reporting_area == row.counterpart_area == state:
        return "the state with itself"
    if row.status is ObservationStatus.MISSING or not math.isfinite(row.value):
        return "missing values"
    if row.value < 0:
        return "values below zero"
    if side is Side.OWN and row.counterpart_kind is AreaKind.AGGREGATE:
        return "aggregates among the partners"
    if side is Side.MIRROR and not _STATE.fullmatch(row.reporting_area):
        return "aggregates among the partners"
    return None


def _report(
    source: str,
    side: Side,
    cells: Mapping[tuple[str, Flow], list[Observation]],
    spans: list[tuple[dt.date, dt.date]],
    left_out: Counter[str],
    over: str,
) -> Report:
    units = Counter(row.unit for rows in cells.values() for row in rows)
    unit = min(units, key=lambda each: (-units[each], each))
    report = Report(source, side, unit)
    spoken: set[tuple[dt.date, dt.date]] = set()
    for (partner, flow), rows in sorted(cells.items()):
        values: list[Cell] = []
        fitting = _latest([row for row in rows if row.unit == unit], left_out)
        left_out["rows in another unit"] += len(rows) - sum(row.unit == unit for row in rows)
        for span in spans:
            cell, unused = _fill(fitting, span)
            left_out["parts of a year that do not fill it"] += unused
            if cell is not None:
                values.append(cell)
                spoken.add(span)
        if not values:
            continue
        cell = values[-1] if over == "last" else sum(values[1:], values[0])
        if partner == WORLD:
            report.totals[flow] = cell
        elif partner.partition(":")[0] == UNALLOCATED:
            report.unallocated[flow] = report.unallocated[flow] + cell if flow in report.unallocated else cell
        else:
            report.cells[partner, flow] = cell
    report.years = len(spoken)
    left_out += Counter()  # drops what counts nothing
    return report


def _latest(rows: list[Observation], left_out: Counter[str]) -> list[Observation]:
    """The rows of the latest vintage for each period."""
    newest: dict[str, str] = {}
    for row in rows:
        newest[row.period] = max(newest.get(row.period, ""), row.vintage)
    kept = [row for row in rows if row.vintage == newest[row.period]]
    left_out["rows of older vintages"] += len(rows) - len(kept)
    return kept


def _fill(rows: list[Observation], span: tuple[dt.date, dt.date]) -> tuple[Cell | None, int]:
    """The sum of rows that fill a span of time without gap and overlap, the longest first; else None and how many.

    Several rows of the very same period are parts of one value (deliveries of one year, say) and are added.
    """
    inside: dict[tuple[dt.date, dt.date], list[Observation]] = {}
    for row in rows:
        first, last = _bounds(row.period)
        if first is not None and last is not None and span[0] <= first and last <= span[1]:
            inside.setdefault((first, last), []).append(row)
    taken: list[tuple[dt.date, dt.date]] = []
    for each in sorted(inside, key=lambda bounds: (bounds[0] - bounds[1], bounds)):
        if all(each[1] < other[0] or other[1] < each[0] for other in taken):
            taken.append(each)
    if sum(((last - first + _DAY).days for first, last in taken), 0) < (span[1] - span[0] + _DAY).days:
        return None, sum(map(len, inside.values()))
    chosen = [row for each in sorted(taken) for row in inside[each]]
    return Cell(math.fsum(row.quantity for row in chosen), tuple(map(evidence_of, chosen))), 0
