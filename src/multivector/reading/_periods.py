"""What the forms of dates mean: first and last day, counted from the day of publication where they are relative."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from multivector.reading._calendar import (
    WEEK,
    Period,
    days_from,
    month_of,
    months_of,
    one,
    shift_months,
    shift_period_end,
    week_of,
    year_of,
)
from multivector.reading._grammar import Form, Grammar

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_FUTURE_WEIGHT = {"future": 1.0, "past": 8.0, "speech": 1.5, "": 1.5}
"""How much farther a day to come counts than one gone by when the text gives no year, by the tense of its clause."""

_PAST_WEIGHT = {"future": 6.0, "past": 1.0, "speech": 1.0, "": 1.0}
_SHORT = 27
"""Days; a year before a day or a week is a year, a year before a month or more is the same part of it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a relative date counts from: publication, tense of the clause, and the dates spoken of just before."""

    published: dt.date | None
    tense: str
    near: tuple[Period, ...]
    """Dates of this sentence and the one before it, last one last."""


class Resolver:
    """Gives a form's match its period in a setting; None when there is no such date or nothing to count from."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._meanings: dict[str, Callable[[re.Match[str], Setting], Period | None]] = {
            "day": self._day,
            "day-range": self._day_range,
            "month": self._month,
            "month-range": self._month_range,
            "shifted-month": self._shifted_month,
            "year": self._year,
            "explicit-year": self._year,
            "relative-year": self._year,
            "year-range": self._year_range,
            "split-year": self._year_range,
            "year-to": self._year_to,
            "year-so-far": self._year_so_far,
            "year-end": lambda _, setting: setting.published and year_of(setting.published.year),
            "year-before": self._year_before,
            "first-parts": self._first_parts,
            "quarter": self._quarter,
            "half": self._half,
            "season": self._season,
            "shifted-season": self._shifted_season,
            "decade": self._decade,
            "shifted-unit": self._shifted_unit,
            "ago": self._ago,
            "later": self._later,
            "past-span": self._past_span,
            "coming-span": self._coming_span,
            "same-day": lambda _, setting: _anchor_day(setting, 0),
            "day-after": lambda _, setting: _anchor_day(setting, 1),
            "day-before": lambda _, setting: _anchor_day(setting, -1),
            "weekday": self._weekday,
            "shifted-weekday": self._weekday,
            "weekend": self._weekend,
        }

    def period(self, form: Form, match: re.Match[str], setting: Setting) -> Period | None:
        """The period that `match` of `form` means."""
        try:
            if form.means == "day-shift":
                return days_from(setting.published, form.shift)
            return self._meanings[form.means](match, setting)
        except (ValueError, OverflowError):
            return None

    # Words of a match

    def _key(self, match: re.Match[str], *groups: str) -> str | None:
        for group in groups:
            if word := match.groupdict().get(group):
                return self._grammar.value(group.removesuffix("2"), word)
        return None

    def _month_of(self, match: re.Match[str], second: str = "") -> int:
        if number := match.groupdict().get(f"monthnumber{second}"):
            return int(number)
        return int(self._key(match, f"month{second}", f"plainmonth{second}") or 0)

    def _year_of(self, match: re.Match[str], setting: Setting, group: str = "year") -> int | None:
        """The year named, or spoken of as this, last or the same; None when the match names none."""
        if year := match.groupdict().get(group):
            return int(year)
        if (shift := self._key(match, "relyear")) is None:
            return None
        if shift in ("same", "that"):
            for start, end in reversed(setting.near):
                if day := start or end:
                    return day.year
            if shift == "that":
                raise ValueError("no year spoken of before")
            shift = "0"
        if setting.published is None:
            raise ValueError("nothing to count from")
        return setting.published.year + int(shift)

    def _count(self, match: re.Match[str]) -> int:
        word = match.groupdict().get("n")
        if not word:
            return 1
        return int(word) if word.isdigit() else int(self._grammar.value("number", word) or 1)

    # Days, months, years

    def _day(self, match: re.Match[str], setting: Setting) -> Period | None:
        month, day = self._month_of(match), int(match["day"])
        year = self._year_of(match, setting)
        if year is not None:
            return one(dt.date(year, month, day))
        return _nearest(setting, lambda year: one(dt.date(year, month, day)))

    def _day_range(self, match: re.Match[str], setting: Setting) -> Period | None:
        groups = match.groupdict()
        months = [self._month_of(match), self._month_of(match, "2")]
        first, last = months[0] or months[1], months[1] or months[0]
        days = int(match["day"]), int(match["day2"])
        final = groups.get("year2") or groups.get("year")
        start = int(groups["year"]) if groups.get("year") and groups.get("year2") else None
        return _between(setting, (first, days[0]), (last, days[1]), start, int(final) if final else None)

    def _month(self, match: re.Match[str], setting: Setting) -> Period | None:
        month = self._month_of(match)
        if (year := self._year_of(match, setting)) is not None:
            return month_of(year, month)
        return _nearest(setting, lambda year: month_of(year, month))

    def _shifted_month(self, match: re.Match[str], setting: Setting) -> Period | None:
        day, month, shift = _published(setting), self._month_of(match), int(self._key(match, "shift") or 0)
        # `last March` is the latest one gone by, `next June` the first to come.
        year = day.year
        if shift < 0 and month >= day.month:
            year -= 1
        if shift > 0 and month <= day.month:
            year += 1
        return month_of(year, month)

    def _month_range(self, match: re.Match[str], setting: Setting) -> Period | None:
        first, last = self._month_of(match), self._month_of(match, "2")
        groups = match.groupdict()
        final = self._year_of(match, setting, "year2") or (int(groups["year"]) if groups.get("year") else None)
        start = int(groups["year"]) if groups.get("year") and groups.get("year2") else None
        return _between(setting, (first, 1), (last, 0), start, final)

    def _year(self, match: re.Match[str], setting: Setting) -> Period | None:
        year = self._year_of(match, setting)
        return None if year is None else year_of(year)

    def _year_range(self, match: re.Match[str], _setting: Setting) -> Period | None:
        first = int(match["year"])
        groups = match.groupdict()
        last = int(groups["year2"]) if groups.get("year2") else first // 100 * 100 + int(match["yearshort"])
        return (year_of(first)[0], year_of(last)[1]) if first < last else None

    def _year_to(self, match: re.Match[str], setting: Setting) -> Period | None:
        month = self._month_of(match)
        year = self._year_of(match, setting)
        if year is None:
            day = _published(setting)
            year = day.year if month_of(day.year, month)[1] <= day else day.year - 1
        return shift_months(dt.date(year, month, 1), -11), month_of(year, month)[1]

    def _year_so_far(self, _match: re.Match[str], setting: Setting) -> Period | None:
        day = _published(setting)
        return dt.date(day.year, 1, 1), day

    def _year_before(self, _match: re.Match[str], setting: Setting) -> Period | None:
        for start, end in reversed(setting.near):
            if start is None or end is None:
                continue
            if (end - start).days < _SHORT:
                return year_of(start.year - 1)
            return shift_months(start, -12), shift_period_end(end, -12)
        return year_of(_published(setting).year - 1)

    def _first_parts(self, match: re.Match[str], setting: Setting) -> Period | None:
        count, unit = self._count(match), self._key(match, "unit")
        months = {"month": 1, "quarter": 3}.get(unit or "", 0) * count
        if not 0 < months < 12:
            return None
        year = self._year_of(match, setting)
        return self._part(setting, year, lambda year: (dt.date(year, 1, 1), month_of(year, months)[1]))

    def _quarter(self, match: re.Match[str], setting: Setting) -> Period | None:
        number = match.groupdict().get("quarternumber") or self._key(match, "quarter")
        first = int(number or 1) * 3 - 2
        return self._part(setting, self._year_of(match, setting), lambda year: months_of(year, first, 3))

    def _half(self, match: re.Match[str], setting: Setting) -> Period | None:
        number = match.groupdict().get("halfnumber") or self._key(match, "half")
        first = int(number or 1) * 6 - 5
        return self._part(setting, self._year_of(match, setting), lambda year: months_of(year, first, 6))

    def _season(self, match: re.Match[str], setting: Setting) -> Period | None:
        first = _SEASONS[self._key(match, "season", "inseason") or "spring"]
        return self._part(setting, self._year_of(match, setting), lambda year: months_of(year, first, 3))

    def _shifted_season(self, match: re.Match[str], setting: Setting) -> Period | None:
        day, shift = _published(setting), int(self._key(match, "shift") or 0)
        first = _SEASONS[self._key(match, "season") or "spring"]
        years = [months_of(year, first, 3) for year in range(day.year - 2, day.year + 3)]
        if shift < 0:
            return [season for season in years if season[1] < day][-1]
        if shift > 0:
            return next(season for season in years if season[0] > day)
        return next((season for season in years if season[0] <= day <= season[1]), months_of(day.year, first, 3))

    def _decade(self, match: re.Match[str], _setting: Setting) -> Period | None:
        first = 1900 + int(self._key(match, "decade") or 0)
        return dt.date(first, 1, 1), dt.date(first + 9, 12, 31)

    def _part(self, setting: Setting, year: int | None, make: Callable[[int], Period]) -> Period | None:
        return make(year) if year is not None else _nearest(setting, make)

    # Counted from publication or from a date before

    def _shifted_unit(self, match: re.Match[str], setting: Setting) -> Period | None:
        day, shift = _published(setting), int(self._key(match, "shift") or 0)
        match self._key(match, "unit"):
            case "week":
                return week_of(day + dt.timedelta(days=WEEK * shift))
            case "month":
                first = shift_months(day.replace(day=1), shift)
                return month_of(first.year, first.month)
            case "quarter":
                first = shift_months(dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * shift)
                return months_of(first.year, first.month, 3)
            case "year":
                return year_of(day.year + shift)
            case "decade":
                first = day.year // 10 * 10 + 10 * shift
                return dt.date(first, 1, 1), dt.date(first + 9, 12, 31)
            case _:
                return None

    def _ago(self, match: re.Match[str], setting: Setting) -> Period | None:
        if any(word in match.group().lower() for word in ("ago", "назад")):
            return self._moved(match, _published(setting), -1)
        anchor = next((start for start, end in reversed(setting.near) if start and end), None)
        return self._moved(match, anchor, -1) if anchor else None

    def _later(self, match: re.Match[str], setting: Setting) -> Period | None:
        anchor = next((end for start, end in reversed(setting.near) if start and end), None)
        return self._moved(match, anchor, 1) if anchor else None

    def _moved(self, match: re.Match[str], day: dt.date, way: int) -> Period | None:
        count = self._count(match) * way
        match self._key(match, "unit"):
            case "day":
                return days_from(day, count)
            case "week":
                return week_of(day + dt.timedelta(days=WEEK * count))
            case "month":
                first = shift_months(day.replace(day=1), count)
                return month_of(first.year, first.month)
            case "year":
                return year_of(day.year + count)
            case "decade":
                return year_of(day.year + 10 * count)
            case _:
                return None

    def _past_span(self, match: re.Match[str], setting: Setting) -> Period | None:
        day = _published(setting)
        start = self._far(match, day, -1)
        return (start, day) if start else None

    def _coming_span(self, match: re.Match[str], setting: Setting) -> Period | None:
        day = _published(setting)
        end = self._far(match, day, 1)
        return (day, end) if end else None

    def _far(self, match: re.Match[str], day: dt.date, way: int) -> dt.date | None:
        count, unit = self._count(match) * way, self._key(match, "unit")
        if unit in ("day", "week"):
            return day + dt.timedelta(days=count * (WEEK if unit == "week" else 1))
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit or "")
        return shift_months(day, months * count) if months else None

    def _weekday(self, match: re.Match[str], setting: Setting) -> Period | None:
        day, wanted = _published(setting), int(self._key(match, "weekday") or 0)
        back = (day.weekday() - wanted) % WEEK
        shift = int(self._key(match, "shift") or 0) if match.groupdict().get("shift") else None
        if shift == 1 or (shift is None and setting.tense == "future"):
            return days_from(day, WEEK - back)
        if shift == -1 and back == 0:
            back = WEEK
        return days_from(day, -back)

    def _weekend(self, _match: re.Match[str], setting: Setting) -> Period | None:
        day = _published(setting)
        # The last Saturday that is over, and the Sunday after it.
        saturday = day - dt.timedelta(days=(day.weekday() - 5) % WEEK or WEEK)
        if day.weekday() == 6:
            saturday = day - dt.timedelta(days=1)
        return saturday, saturday + dt.timedelta(days=1)


def _published(setting: Setting) -> dt.date:
    if setting.published is None:
        raise ValueError("nothing to count from")
    return setting.published


def _nearest(setting: Setting, make: Callable[[int], Period]) -> Period | None:
    """The one of the periods of neighbouring years that lies nearest to publication."""
    day = _published(setting)
    best: tuple[float, Period] | None = None
    for year in (day.year, day.year - 1, day.year + 1):
        try:
            start, end = period = make(year)
        except ValueError:
            continue
        if start is None or end is None:
            continue
        if start > day:
            weight = (start - day).days * _FUTURE_WEIGHT[setting.tense]
        else:
            weight = max(0, (day - end).days) * _PAST_WEIGHT[setting.tense]
        if best is None or weight < best[0]:
            best = weight, period
    return best[1] if best else None


def _between(
    setting: Setting, first: tuple[int, int], last: tuple[int, int], start: int | None, end: int | None
) -> Period | None:
    """From a month and day to another; the years as far as known. Day 0 is the last one of its month."""

    def make(year: int) -> Period:
        opening = start if start is not None else year - ((first[0], first[1]) > (last[0], last[1] or 31))
        closing = dt.date(year, last[0], last[1]) if last[1] else month_of(year, last[0])[1]
        return dt.date(opening, *first), closing

    period = make(end) if end is not None else _nearest(setting, make)
    if period and period[0] and period[1] and period[0] > period[1]:
        return None
    return period


def _anchor_day(setting: Setting, shift: int) -> Period | None:
    """The last day spoken of before, moved by `shift` days."""
    day = next((start for start, end in reversed(setting.near) if start == end), None)
    return days_from(day, shift)
