"""Rows as they come from a file, to observations: everything odd is named with its line and left out."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from multivector.record import AreaKind, Choice, Flow, Observation, ObservationStatus, Valuation, Vote, is_date
from multivector.statistics._areas import Scheme, find_area
from multivector.statistics._indicators import CURRENCY, indicators
from multivector.statistics._periods import FIRST_YEAR, period, years
from multivector.statistics._types import Given, Problem, Reading

LARGEST_MONEY = 1e15
"""More than this, in whole units of a currency, no area trades, earns or sends in a year."""

_MISSING = frozenset({"", ":", "..", "...", "-", "–", "na", "n/a", "n.a.", "nan", "null", "none", "nd", "c", "x"})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SHOWN = 60


class OddError(ValueError):
    """A cell that is not what it should be; the reason, in words."""


def number(text: str) -> float | None:
    """A number with a point, or None for one of the signs of a missing value. Raises OddError for anything else."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        value = float(text)
        if math.isinf(value):
            raise OddError(f"{text[:_SHOWN]!r} is too large for a number")
        return value
    if text.casefold() in _MISSING:
        return None
    raise OddError(f"{text[:_SHOWN]!r} is not a number (write 1234.5, without signs between thousands)")


@dataclass(frozen=True, slots=True)
class Row:
    """One value as the file has it, areas and period still in the provider's words."""

    reporting: str
    counterpart: str | None
    indicator: str
    flow: Flow
    period: str
    value: float
    unit: str
    reporting_scheme: Scheme = Scheme.AUTO
    counterpart_scheme: Scheme = Scheme.AUTO
    unit_multiplier: int = 0
    valuation: Valuation = Valuation.UNKNOWN
    status: ObservationStatus = ObservationStatus.NORMAL
    source: str = ""
    vintage: str | None = None


Key = tuple[str, str, str | None, str, Flow, str, str, Valuation]


@dataclass(slots=True)
class Builder:
    """Gathers what is read from one file; `finish` gives it out.

    With `combine`, rows of one key are added up (deliveries, contracts); without, a second row of one key is a
    mistake of the file: when it says the same it is left out, when it says something else both are. `lines`: whether
    the numbers of rows are lines of the file.
    """

    path: Path
    reader: str
    given: Given
    source: str = ""
    vintage: str | None = None
    combine: bool = False
    lines: bool = True
    missing: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])
    votes: list[Vote] = field(default_factory=list[Vote])
    _rows: dict[Key, tuple[int, Observation]] = field(default_factory=dict[Key, tuple[int, Observation]])
    _spoilt: set[Key] = field(default_factory=set[Key])
    _voted: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    _today: str = ""

    def __post_init__(self) -> None:
        """Settle the dates that are the same for all rows."""
        self._today = self.given.retrieved or dt.datetime.now(dt.UTC).date().isoformat()

    @property
    def name(self) -> str:
        """How the file is called in rows and problems."""
        return self.path.name

    @property
    def _word(self) -> str:
        return "line" if self.lines else "row"

    def problem(self, line: int | None, reason: str) -> None:
        """Name something that is left out. In a file without lines a row is named by its number."""
        if not self.lines and line is not None:
            line, reason = None, f"row {line}: {reason}"
        self.problems.append(Problem(str(self.path), line, reason))

    def add(self, line: int, row: Row, place: str | None = None) -> None:
        """Take a row, or name what is wrong with it. `place` is where it stands, where a line does not say it."""
        try:
            self._add(line, row, place or f"{self.name}:{line}")
        except OddError as error:
            self.problem(line, str(error))

    def add_vote(
        self, line: int, area: str, scheme: Scheme, roll_call: RollCall, choice: Choice, place: str | None = None
    ) -> None:
        """Take a vote, or name what is wrong with it."""
        found = find_area(area, scheme, int(roll_call.date[:4]))
        if found is None or found.kind is not AreaKind.STATE:
            self.problem(line, f"{area[:_SHOWN]!r} is not a state that we know")
            return
        if (first := self._voted.setdefault((found.code, roll_call.name), line)) != line:
            self.problem(line, f"{found.code} has a vote in {roll_call.name} already (line {first})")
            return
        self.votes.append(
            Vote(
                area=found.code,
                resolution=roll_call.name,
                session=roll_call.session,
                date=roll_call.date,
                choice=choice,
                issues=roll_call.issues,
                source=self.given.source or self.source,
                vintage=self._vintage(None),
                retrieved=self._today,
                row=place or f"{self.name}:{line}",
            )
        )

    def finish(self) -> Reading:
        """All that was read, problems in the order of lines."""
        self._leave_out_other_units()
        problems = sorted(self.problems, key=lambda problem: problem.line or 0)
        observations = [observation for key, (_, observation) in self._rows.items() if key not in self._spoilt]
        return Reading(str(self.path), self.reader, observations, self.votes, problems, self.missing)

    def _add(self, line: int, row: Row, place: str) -> None:
        when = _period(row.period, self._today)
        first, last = years(when)
        reporting = _area(row.reporting, row.reporting_scheme, last)
        code, kind = None, None
        if row.counterpart is not None:
            code, kind = _area(row.counterpart, row.counterpart_scheme, last)
            if code == reporting[0]:
                raise OddError(f"{code} beside itself (goods that come back, or a mistake)")
        if reporting[1] is AreaKind.UNALLOCATED:
            raise OddError(f"the reporting area is no area: {row.reporting[:_SHOWN]!r}")
        if not (source := self.given.source or row.source or self.source):
            raise OddError("no source is named (a column source, or --source)")
        if row.vintage is not None and not is_date(row.vintage):
            raise OddError(f"the vintage {row.vintage[:_SHOWN]!r} is not a date")
        multiplier = row.unit_multiplier if self.given.unit_multiplier is None else self.given.unit_multiplier
        _check(row, multiplier, max(1, last - first + 1))
        observation = Observation(
            reporting_area=reporting[0],
            counterpart_area=code,
            counterpart_kind=kind,
            indicator=row.indicator,
            flow=row.flow,
            period=when,
            value=row.value,
            unit=row.unit,
            unit_multiplier=multiplier,
            valuation=row.valuation,
            status=row.status,
            source=source,
            vintage=self._vintage(row.vintage),
            retrieved=self._today,
            row=place,
        )
        o = observation
        key = (o.source, o.reporting_area, code, o.indicator, o.flow, when, o.unit, o.valuation)
        known = self._rows.get(key)
        if known is None:
            self._rows[key] = line, observation
        elif self.combine:
            self._rows[key] = known[0], _sum(known[1], observation)
        elif known[1].quantity == observation.quantity:
            raise OddError(f"the same as {self._word} {known[0]}")
        else:
            if key not in self._spoilt:
                self._spoilt.add(key)
                self.problem(known[0], f"{self._word} {line} gives another value for the same")
            raise OddError(f"{self._word} {known[0]} gives another value for the same")

    def _vintage(self, of_row: str | None) -> str:
        """As given, as the row or file says, else the day of the file's last change, which stays with the file."""
        if told := self.given.vintage or of_row or self.vintage:
            return told
        changed = dt.datetime.fromtimestamp(self.path.stat().st_mtime, dt.UTC).date().isoformat()
        self.vintage = changed
        return changed

    def _leave_out_other_units(self) -> None:
        """Name the rows whose unit is not that of their series, unless the file has the same value in that unit too."""
        units: dict[tuple[str, str, str, Flow], Counter[str]] = {}
        for _, o in self._rows.values():
            units.setdefault((o.source, o.reporting_area, o.indicator, o.flow), Counter())[o.unit] += 1
        mixed = {series: count.most_common(1)[0][0] for series, count in units.items() if len(count) > 1}
        if not mixed:
            return
        for key, (line, o) in list(self._rows.items()):
            usual = mixed.get((o.source, o.reporting_area, o.indicator, o.flow), o.unit)
            if o.unit != usual and (*key[:6], usual, key[7]) not in self._rows:
                del self._rows[key]
                self.problem(line, f"in {o.unit}, where the other rows of this series are in {usual}")


@dataclass(frozen=True, slots=True)
class RollCall:
    """A roll call of the General Assembly, as `Vote` has it."""

    name: str
    session: int
    date: str
    issues: tuple[str, ...] = ()


def _area(text: str, scheme: Scheme, year: int) -> tuple[str, AreaKind]:
    found = find_area(text, scheme, year)
    if found is None:
        what = "no area is named" if not text.strip() else f"unknown area {text.strip()[:_SHOWN]!r}"
        raise OddError(what)
    return found.code, found.kind


def _period(text: str, today: str) -> str:
    when = period(text)
    if when is None:
        raise OddError(f"{text.strip()[:_SHOWN]!r} is not a period")
    first, last = years(when)
    if first < FIRST_YEAR:
        raise OddError(f"the year {first} is before {FIRST_YEAR}")
    if last > int(today[:4]):
        raise OddError(f"the year {last} has not come yet")
    return when


def _check(row: Row, multiplier: int, years_covered: int) -> None:
    known = indicators().get(row.indicator)
    if known is not None and not known.takes(row.unit):
        raise OddError(f"{known.code} in the unit {row.unit[:_SHOWN]!r}; expected {' or '.join(known.unit)}")
    if known is not None and known.least is not None and row.value < known.least:
        raise OddError(f"{known.code} of {row.value:g} {row.unit}: less than {known.least:g}")
    if CURRENCY.fullmatch(row.unit) and row.unit != "TIV":
        size = abs(row.value) * 10.0**multiplier
        if size > LARGEST_MONEY * years_covered:
            raise OddError(f"{size:.3g} {row.unit} is more than there is; is the multiplier right?")


def _sum(one: Observation, other: Observation) -> Observation:
    """Two rows as one, with both their places."""
    status = one.status if one.status == other.status else ObservationStatus.ESTIMATED
    value = one.value + other.value * 10.0 ** (other.unit_multiplier - one.unit_multiplier)
    return Observation(
        one.reporting_area,
        one.counterpart_area,
        one.counterpart_kind,
        one.indicator,
        one.flow,
        one.period,
        value,
        one.unit,
        one.unit_multiplier,
        one.valuation,
        status,
        one.source,
        one.vintage,
        one.retrieved,
        f"{one.row},{other.row.rpartition(':')[2]}",
    )
