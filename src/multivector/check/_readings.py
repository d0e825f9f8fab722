"""What each source says of the flows between two states, from either side, in one period."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from multivector.check._data import Shape, Statistic
from multivector.check._money import Names, amount
from multivector.check._table import Sum, Table
from multivector.record import UNALLOCATED, WORLD, Flow, Observation

Period = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Reading:
    """One source's value, from one side: in words with its arithmetic, and the rows behind it.

    `key` is equal for readings of one source and side, so that two periods can be compared. `reporters` are the states
    whose reports it is made of. `unsure`: estimates are among the rows.
    """

    key: tuple[str, str]
    words: str
    value: float
    rows: tuple[Observation, ...]
    reporters: frozenset[str]
    unsure: bool

    @property
    def side(self) -> str:
        """Whose view it is: a state, or `both` where each side's exports were put together."""
        return self.key[1]

    @property
    def source(self) -> str:
        """The source that it is from; two joined where no source has both directions."""
        return self.key[0]


def year(number: int) -> Period:
    """A calendar year."""
    return dt.date(number, 1, 1), dt.date(number, 12, 31)


class Readings:
    """Readings of one statistic and unit from a table."""

    def __init__(self, table: Table, about: Statistic, unit: str, names: Names) -> None:
        """Take the first of the statistic's indicators that has rows."""
        self.table = table
        self.about = about
        self.unit = unit
        self.names = names
        self.indicator = next((each for each in about.indicators if each in table.indicators), None)

    def of(self, one: str, other: str | None, period: Period) -> list[Reading]:
        """All readings of one pair; `other` None stands for the world. Sorted by source and side."""
        if self.indicator is None:
            return []
        if other is None:
            return self._totals(one, period)
        if self.about.shape is Shape.FLOW:
            return sorted(self._flow(one, other, period), key=lambda reading: reading.key)
        found = self._whole(one, other, period)
        if self.about.shape is Shape.TURNOVER:
            whole = {reading.reporters for reading in found if len(reading.reporters) == 1}
            if len(whole) < 2:
                found += self._crossed(one, other, period, {reading.source for reading in found})
        return sorted(found, key=lambda reading: reading.key)

    def parts(self, one: str, other: str, period: Period) -> list[Reading]:
        """For a turnover: readings of one direction alone, which bound the whole from below."""
        if self.about.shape is not Shape.TURNOVER or self.indicator is None:
            return []
        return [*self._flow(one, other, period), *self._flow(other, one, period)]

    def units(self, one: str, other: str | None) -> set[str]:
        """The units in which sources report on the pair."""
        pairs = [(one, other or WORLD)] + ([(other, one)] if other else [])
        return {
            unit
            for reporting, partner in pairs
            for indicator in self.about.indicators
            for flow in Flow
            for unit in self.table.units(reporting, partner, indicator, flow)
        }

    def share(self, whole: str, parts: Sequence[str], period: Period, flow: Flow) -> list[Reading]:
        """Percent of the state's flow that goes to or comes from `parts`: of its own report by each source.

        A second reading of a source's takes the parts' own reports on the state over the state's total. Readings whose
        source lacks one of the parts are left out, but for a sparse statistic.
        """
        found: list[Reading] = []
        for total in self._totals(whole, period, flow):
            cells = self.partners(whole, period, flow, total.source)
            own = [cells.get(each) for each in parts]
            if not self.about.sparse and any(each is None for each in own):
                continue
            rows = tuple(row for each in own if each for row in each.rows)
            if total.value:
                found.append(self._ratio(total, own, rows, whole, parts))
        if len(parts) == 1 and found and not self.about.sparse:
            found += self._mirrored(whole, parts[0], period, flow, found)
        return found

    def partners(self, state: str, period: Period, flow: Flow, source: str) -> dict[str, Sum]:
        """By partner, what a source says of the state's flow: its own report, and the partners' where it has none.

        The partners' reports count only in a direction in which the source has no report of the state's own at all, as
        in a table of exports by exporter. A turnover is the sum of the directions that are known.
        """
        flows = (Flow.EXPORTS, Flow.IMPORTS) if flow is Flow.TURNOVER else (flow,)
        found: dict[str, Sum] = {}
        for each in flows:
            own = self._from(state, period, each, source)
            for partner, value in (own or self._from(state, period, each, source, mirrored=True)).items():
                known = found.get(partner)
                found[partner] = value if known is None else Sum(known.value + value.value, known.rows + value.rows)
        if flow is Flow.TURNOVER:
            for partner, value in self._from(state, period, flow, source).items():
                found.setdefault(partner, value)
        return found

    def sources(self, state: str, flow: Flow) -> list[str]:
        """The sources that say something of the state's flow, whoever reports."""
        flows = (Flow.EXPORTS, Flow.IMPORTS, Flow.TURNOVER) if flow is Flow.TURNOVER else (flow,)
        indicator = self.indicator or ""
        own = {(state, code, each) for each in flows for code in self.table.partners(state, indicator, each)}
        mirror = {
            (code, state, _OPPOSITE.get(each, each))
            for each in flows
            for code in self.table.reporters(state, indicator, _OPPOSITE.get(each, each))
        }
        return sorted(
            {source for one, two, each in own | mirror for source in self.table.sources(one, two, indicator, each)}
        )

    def years(self, one: str, flows: Sequence[Flow] = (Flow.EXPORTS, Flow.IMPORTS, Flow.TURNOVER)) -> list[int]:
        """The years in which the state reports on anybody."""
        return sorted(
            {
                each
                for flow in flows
                for partner in self.table.partners(one, self.indicator or "", flow)
                for source in self.table.sources(one, partner, self.indicator or "", flow)
                for each in self.table.years(one, partner, self.indicator or "", flow, source)
            }
        )

    def _sum(self, reporting: str, partner: str, flow: Flow, source: str, period: Period) -> Sum | None:
        return self.table.sum(
            reporting, partner, self.indicator or "", flow, source, period, self.unit, sparse=self.about.sparse
        )

    def _flow(self, giver: str, getter: str, period: Period) -> Iterator[Reading]:
        """What the giver reports as exports, and what the getter reports as imports."""
        for reporting, partner, flow in ((giver, getter, Flow.EXPORTS), (getter, giver, Flow.IMPORTS)):
            for source in self.table.sources(reporting, partner, self.indicator or "", flow):
                if (found := self._sum(reporting, partner, flow, source, period)) is not None:
                    words = (
                        f"{source}, reported by {self.names(reporting)}: {flow} {_way(flow)} {self.names(partner)}"
                        f" {amount(found.value, self.unit)}"
                    )
                    yield _reading(source, reporting, words, found.value, (found,))

    def _whole(self, one: str, other: str, period: Period) -> list[Reading]:
        """Exports and imports together (or less each other) as one side reports them."""
        found: list[Reading] = []
        sides = ((one, other),) if self.about.shape is Shape.BALANCE else ((one, other), (other, one))
        for reporting, partner in sides:
            sources = {
                source for flow in Flow for source in self.table.sources(reporting, partner, self.indicator or "", flow)
            }
            found += [
                reading
                for source in sorted(sources)
                if (reading := self._both(reporting, partner, source, period)) is not None
            ]
        if self.about.shape is Shape.BALANCE:
            sources = set(self.table.sources(other, one, self.indicator or "", Flow.EXPORTS))
            for source in sorted(sources):
                exports = self._sum(other, one, Flow.IMPORTS, source, period)
                imports = self._sum(other, one, Flow.EXPORTS, source, period)
                if exports and imports:
                    words = (
                        f"{source}, reported by {self.names(other)}: imports from {self.names(one)}"
                        f" {amount(exports.value, self.unit)} less exports to it {amount(imports.value, self.unit)}"
                    )
                    found.append(_reading(source, other, words, exports.value - imports.value, (exports, imports)))
        return found

    def _both(self, reporting: str, partner: str, source: str, period: Period) -> Reading | None:
        exports = self._sum(reporting, partner, Flow.EXPORTS, source, period)
        imports = self._sum(reporting, partner, Flow.IMPORTS, source, period)
        head = f"{source}, reported by {self.names(reporting)}"
        if exports is None or imports is None:
            whole = self._sum(reporting, partner, Flow.TURNOVER, source, period)
            if whole is None or self.about.shape is Shape.BALANCE:
                return None
            words = f"{head}: turnover with {self.names(partner)} {amount(whole.value, self.unit)}"
            return _reading(source, reporting, words, whole.value, (whole,))
        sign, value = "and", exports.value + imports.value
        if self.about.shape is Shape.BALANCE:
            sign, value = "less", exports.value - imports.value
        words = (
            f"{head}: exports to {self.names(partner)} {amount(exports.value, self.unit)}"
            f" {sign} imports {amount(imports.value, self.unit)}"
        )
        return _reading(source, reporting, words, value, (exports, imports))

    def _crossed(self, one: str, other: str, period: Period, done: set[str]) -> list[Reading]:
        """Each side's own exports together, from one source; where no source has both, from two."""
        there: list[tuple[str, Sum]] = []
        back: list[tuple[str, Sum]] = []
        for reporting, partner, into in ((one, other, there), (other, one, back)):
            for source in self.table.sources(reporting, partner, self.indicator or "", Flow.EXPORTS):
                if source not in done and (found := self._sum(reporting, partner, Flow.EXPORTS, source, period)):
                    into.append((source, found))
        pairs = [(a, b) for a in there for b in back if a[0] == b[0]]
        if not pairs and not done:
            pairs = [(a, b) for a in there for b in back]
        return [
            _reading(
                a[0] if a[0] == b[0] else f"{a[0]} and {b[0]}",
                "both",
                f"{a[0] if a[0] == b[0] else f'{a[0]} and {b[0]}'}: {self.names(one)}’s exports to {self.names(other)}"
                f" {amount(a[1].value, self.unit)} and {self.names(other)}’s to {self.names(one)}"
                f" {amount(b[1].value, self.unit)}",
                a[1].value + b[1].value,
                (a[1], b[1]),
            )
            for a, b in pairs
        ]

    def _totals(self, state: str, period: Period, flow: Flow | None = None) -> list[Reading]:
        """The state's flows with all partners, by its own reports: the printed total, else the sum of partners."""
        flows = {Shape.TURNOVER: Flow.TURNOVER, Shape.BALANCE: Flow.TURNOVER}
        wanted = flow or flows.get(self.about.shape, Flow.IMPORTS if self.about.code == "imports" else Flow.EXPORTS)
        found: list[Reading] = []
        for source in self.sources(state, wanted):
            printed = self._partner(state, WORLD, period, wanted, source, signed=flow is None)
            head = f"{source}, reported by {self.names(state)}: {_FLOW_NAMES[wanted]} with all partners"
            if printed is not None:
                words = f"{head} {amount(printed.value, self.unit)}"
                found.append(_reading(source, state, words, printed.value, (printed,)))
                continue
            cells = self.partners(state, period, wanted, source)
            if cells and (self.about.sparse or len(cells) > 1):
                if (rest := self._partner(state, UNALLOCATED, period, wanted, source)) is not None:
                    cells[UNALLOCATED] = rest
                value = math.fsum(each.value for each in cells.values())
                words = f"{head}, the sum of {len(cells)} of them, {amount(value, self.unit)}"
                found.append(_reading(source, state, words, value, tuple(cells.values())))
        return found

    def _partner(
        self, state: str, partner: str, period: Period, flow: Flow, source: str, *, signed: bool = False
    ) -> Sum | None:
        """What the state reports of a partner; for a turnover both directions, of which both must be known."""
        if flow is not Flow.TURNOVER:
            return self._sum(state, partner, flow, source, period)
        exports = self._sum(state, partner, Flow.EXPORTS, source, period)
        imports = self._sum(state, partner, Flow.IMPORTS, source, period)
        if exports is not None and imports is not None:
            sign = -1 if signed and self.about.shape is Shape.BALANCE else 1
            return Sum(exports.value + sign * imports.value, exports.rows + imports.rows)
        if (whole := self._sum(state, partner, Flow.TURNOVER, source, period)) is not None:
            return whole
        return None

    def _from(self, state: str, period: Period, flow: Flow, source: str, *, mirrored: bool = False) -> dict[str, Sum]:
        """What the state reports of each partner, or (`mirrored`) what each partner reports of the state."""
        indicator = self.indicator or ""
        found: dict[str, Sum] = {}
        if mirrored:
            back = _OPPOSITE.get(flow, flow)
            for partner in self.table.reporters(state, indicator, back):
                if (value := self._sum(partner, state, back, source, period)) is not None:
                    found[partner] = value
            return found
        for partner in self.table.partners(state, indicator, flow):
            if (value := self._sum(state, partner, flow, source, period)) is not None:
                found[partner] = value
        return found

    def _ratio(
        self, total: Reading, own: Sequence[Sum | None], rows: tuple[Observation, ...], whole: str, parts: Sequence[str]
    ) -> Reading:
        value = math.fsum(each.value for each in own if each)
        words = (
            f"{total.words}; of it {self.names.group(parts)} {amount(value, self.unit)},"
            f" {100 * value / total.value:.1f} percent"
        )
        unsure = total.unsure or any(each.unsure for each in own if each)
        return Reading(total.key, words, 100 * value / total.value, (*rows, *total.rows), frozenset({whole}), unsure)

    def _mirrored(
        self, whole: str, part: str, period: Period, flow: Flow, found: Sequence[Reading]
    ) -> Iterator[Reading]:
        opposite = _OPPOSITE.get(flow, flow)
        for total in self._totals(whole, period, flow):
            if not any(reading.key == total.key for reading in found) or not total.value:
                continue
            for source in self.sources(part, opposite):
                theirs = self._partner(part, whole, period, opposite, source)
                if theirs is None:
                    continue
                share = f"{100 * theirs.value / total.value:.1f} percent"
                words = (
                    f"{source}, reported by {self.names(part)}: {amount(theirs.value, self.unit)};"
                    f" over {self.names(whole)}’s total by {total.source}, {share}"
                )
                yield Reading(
                    (f"{source} and {total.source}", part),
                    words,
                    100 * theirs.value / total.value,
                    (*theirs.rows, *total.rows),
                    frozenset({part}),
                    theirs.unsure or total.unsure,
                )


_OPPOSITE = {Flow.EXPORTS: Flow.IMPORTS, Flow.IMPORTS: Flow.EXPORTS}
_FLOW_NAMES = {Flow.TURNOVER: "trade", Flow.EXPORTS: "exports", Flow.IMPORTS: "imports", Flow.NONE: "value"}


def grown(now: Sequence[float], then: Sequence[float], years: int, most: float) -> float | None:
    """By what factor the nearest of the values differ, when that is more than `most` a year; else None."""
    if not now or not then or min(*now, *then) <= 0:
        return None
    if min(now) > max(then):
        factor = min(now) / max(then)
    elif max(now) < min(then):
        factor = min(then) / max(now)
    else:
        return None
    yearly = factor ** (1 / max(1, years))
    return factor if yearly > most else None


def _reading(source: str, reporter: str, words: str, value: float, sums: Sequence[Sum]) -> Reading:
    rows = tuple(row for each in sums for row in each.rows)
    who = frozenset(row.reporting_area for row in rows) if reporter == "both" else frozenset({reporter})
    return Reading((source, reporter), words, value, rows, who, any(each.unsure for each in sums))


def _way(flow: Flow) -> str:
    return "to" if flow is Flow.EXPORTS else "from"
