"""Growth and decline: the same source and side in the period and in the one before it."""

from __future__ import annotations

import calendar
import datetime as dt
import math

from multivector.check._amounts import other_unit, told, whom
from multivector.check._claims import Understood
from multivector.check._data import rules
from multivector.check._judge import Evidence, judge, too_wide, turned
from multivector.check._money import amount, between, listed, span_name
from multivector.check._pairs import WRONG, beside, defects_of, pairs_of
from multivector.check._readings import Period, Reading, Readings, year
from multivector.check._sheet import Sheet
from multivector.check._types import Check, Verdict

_WORDS = {"percent": "a change of {}", "times": "{} the value before"}
Tracks = dict[tuple[str, str], tuple[float, float, list[Reading]]]


def check_change(understood: Understood, readings: Readings, base: Period | None) -> Check:
    """The verdict on a change. `base` is the period that the text compares with, None for the one before."""
    claim, sheet = understood.claim, Sheet(understood.claim)
    if understood.period is None:
        return sheet.finish(Verdict.NOT_CHECKABLE, "The text does not say from when to when.")
    now, then = _compared(understood.period, base)
    when = f"from {span_name(then)} to {span_name(now)}"
    what = f"{understood.statistic.name} {whom(claim, readings.names)}"
    pairs = pairs_of(*claim.sides)
    tracks = _tracks(readings, pairs, now, then)
    if not tracks:
        for one, other in pairs:
            name = f"{readings.names(one)}–{readings.names(other or 'WLD')}"
            lacking = [span_name(each) for each in (then, now) if not readings.of(one, other, each)]
            if lacking:
                sheet.missing.append(f"{name}: {listed(lacking)}")
        units = {unit for one, other in pairs for unit in readings.units(one, other)}
        reasons = [f"No source has {what} for both periods, {when}."]
        if claim.unit not in ("percent", "times") and units and claim.unit not in units:
            reasons.insert(0, other_unit(claim.unit, units))
        return sheet.finish(Verdict.NOT_CHECKABLE, *reasons)
    values: list[float] = []
    for (source, _), (after, before, parts) in sorted(tracks.items()):
        value = _change(after, before, claim.unit)
        if value is None:
            continue
        values.append(value)
        rows = [row for reading in parts for row in reading.rows]
        changed = _WORDS.get(claim.unit, "a change of {}").format(amount(value, claim.unit))
        who = listed(sorted({readings.names(state) for reading in parts for state in reading.reporters}))
        levels = f"{amount(before, readings.unit)} and then {amount(after, readings.unit)}"
        sheet.step(f"{source}, reported by {who}, {when}: {levels}, {changed}", value, claim.unit, rows)
    if not values:
        return sheet.finish(Verdict.NOT_CHECKABLE, f"{what[0].upper()}{what[1:]} cannot be compared {when}.")
    return _judged(understood, readings, sheet, values, tracks, when, what, now)


def _judged(
    understood: Understood,
    readings: Readings,
    sheet: Sheet,
    values: list[float],
    tracks: Tracks,
    when: str,
    what: str,
    now: Period,
) -> Check:
    claim = understood.claim
    parts = [reading for _, _, each in tracks.values() for reading in each]
    unsure = any(reading.unsure for reading in parts)
    # One source alone that leaps is more likely to have changed itself than what it counts.
    leaps = len({source for source, _ in tracks}) == 1 and any(
        max(after, before) > rules()["spread"] * min(after, before) for after, before, _ in tracks.values()
    )
    beyond = leaps and not _leap_known(readings, pairs_of(*claim.sides), now, {source for source, _ in tracks})
    sides = len({reading.side for reading in parts})
    wrong = sorted({defect.what for reading in parts for defect in defects_of(reading) if defect.kind in WRONG})
    whole = not unsure and not beyond and not wrong
    evidence = Evidence(tuple(values), min(values), max(values), whole, sides)
    sheet.low, sheet.high = evidence.low, evidence.high
    points = rules()["growth_margin"] if claim.unit == "percent" else None
    verdict = judge(claim, evidence, points=points)
    found = between(evidence.low, evidence.high, claim.unit)
    changed = f"came to {found} its value before" if claim.unit == "times" else f"changed by {found}"
    reasons = [f"{what[0].upper()}{what[1:]} {changed} {when}; the claim is {told(claim)}."]
    if too_wide(evidence, points):
        reasons.append("The reports differ too much to prove anything.")
    if beyond:
        reasons.append("One source alone shows so large a leap, so that a fault of the source is possible.")
    if unsure:
        reasons.append("Estimates are among the rows.")
    reasons += [f"In doubt: {each}" for each in wrong]
    if verdict is Verdict.CONTRADICTED and (beyond or wrong):
        verdict = Verdict.CONSISTENT
    reasons.append("Values are at current prices, in the unit of the rows.")
    return sheet.finish(turned(verdict, claim), *reasons)


def _compared(period: Period, base: Period | None) -> tuple[Period, Period]:
    """The two periods: of several whole years the last and the first, else the period and the one a year before."""
    first, last = period
    if base is not None:
        return period, base
    if first == dt.date(first.year, 1, 1) and last == dt.date(last.year, 12, 31) and first.year < last.year:
        return year(last.year), year(first.year)
    return period, (_year_before(first), _year_before(last))


def _year_before(day: dt.date) -> dt.date:
    """The same day a year before; the last day of February stays the last."""
    last = calendar.monthrange(day.year, day.month)[1]
    before = calendar.monthrange(day.year - 1, day.month)[1]
    return dt.date(day.year - 1, day.month, before if day.day == last else min(day.day, before))


def _tracks(readings: Readings, pairs: list[tuple[str, str | None]], now: Period, then: Period) -> Tracks:
    """By source and side, what all pairs together came to in both periods; only where none of them is missing.

    With more than one pair, a state's own report on all of them, or one source's of all.
    """
    found: dict[tuple[str, str], list[tuple[float, float, list[Reading]]]] = {}
    for one, other in pairs:
        before = {reading.key: reading for reading in readings.of(one, other, then)}
        here: dict[tuple[str, str], tuple[float, float, list[Reading]]] = {}
        for reading in readings.of(one, other, now):
            if (old := before.get(reading.key)) is not None:
                key = (
                    reading.key if len(pairs) == 1 or reading.key[1] in (one, "both") else (reading.source, "partners")
                )
                here[key] = reading.value, old.value, [reading, old]
        for key, value in here.items():
            found.setdefault(key, []).append(value)
    return {
        key: (
            math.fsum(after for after, _, _ in each),
            math.fsum(before for _, before, _ in each),
            [reading for _, _, parts in each for reading in parts],
        )
        for key, each in found.items()
        if len(each) == len(pairs)
    }


def _change(after: float, before: float, unit: str) -> float | None:
    if unit == "percent":
        return 100 * (after - before) / abs(before) if before else None
    if unit == "times":
        return after / before if before else None
    return after - before


def _leap_known(readings: Readings, pairs: list[tuple[str, str | None]], now: Period, sources: set[str]) -> bool:
    """Whether another source has values near the leap, at all pairs."""
    for one, other in pairs:
        near = beside(readings, one, other, now[0].year)
        if near is None or {reading.source for reading in near[1]} <= sources:
            return False
    return True
