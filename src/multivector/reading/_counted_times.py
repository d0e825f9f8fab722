"""Dates and periods counted from the day of publication, or from a date told before.

Each meaning takes the words of a match and their setting, and gives first and last day; None where there is no such
date or nothing to count from. ValueError and OverflowError mean the same.
"""

from __future__ import annotations

import datetime as dt

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
from multivector.reading._named_times import SEASONS
from multivector.reading._time_words import Setting, TimeWords

_SHORT = 27
"""Days; a year before a day or a week is a year, a year before a month or more is the same part of it."""

_LENGTHS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653}
"""The most days of each unit."""

_HALF_MONTHS = {"year": 6, "decade": 60, "century": 600}
_DAY_HOURS = 24


# Days


def day_shift(words: TimeWords, setting: Setting) -> Period | None:
    """`today`, `yesterday`, `last night`."""
    return days_from(setting.published, words.form.shift)


def told_day(words: TimeWords, setting: Setting) -> Period | None:
    """`that day`: the last day told; `the day before`, `the next day`: counted from one told just before."""
    if words.form.shift:
        told = setting.spoken_of(1)
        return days_from(told[0], words.form.shift) if told else None
    return days_from(setting.last_day, 0)


def weekday(words: TimeWords, setting: Setting) -> Period | None:
    """`on Monday`, `last Thursday`, `next Friday`, `this Sunday`."""
    published, wanted = setting.day(), words.number("weekday")
    back = (published.weekday() - wanted) % WEEK
    shift = words.shift() if words.word("shift") else None
    if shift == 0:
        # `this Thursday` is that of the same week, even one to come in the present tense.
        meant = week_of(published)[0] + dt.timedelta(days=wanted)
        return days_from(meant, WEEK if meant < published and setting.tense == "future" else 0)
    if shift == 1 or (shift is None and setting.tense == "future"):
        return days_from(published, WEEK - back)
    if shift == -1 and back == 0:
        back = WEEK
    return days_from(published, -back)


def weekday_of_week(words: TimeWords, setting: Setting) -> Period | None:
    """`Wednesday of last week`."""
    monday = week_of(setting.day() + dt.timedelta(days=WEEK * words.shift()))[0]
    return days_from(monday, words.number("weekday"))


def weekday_range(words: TimeWords, setting: Setting) -> Period | None:
    """`from Monday to Wednesday`, where the clause tells of one time; without a tense it tells of a habit."""
    if setting.tense not in ("past", "future"):
        return None
    published, first = setting.day(), words.number("weekday")
    days = (words.number("weekday2") - first) % WEEK
    start = published - dt.timedelta(days=(published.weekday() - first) % WEEK)
    if setting.tense == "future":
        start += dt.timedelta(days=0 if start == published else WEEK)
    elif start + dt.timedelta(days=days) > published:
        start -= dt.timedelta(days=WEEK)
    return start, start + dt.timedelta(days=days)


def weekend(words: TimeWords, setting: Setting) -> Period | None:
    """`over the weekend`: the last one that is over, or the next where the clause looks ahead."""
    published = setting.day()
    saturday = published - dt.timedelta(days=(published.weekday() - 5) % WEEK or WEEK)
    if published.weekday() == WEEK - 1:
        saturday = published - dt.timedelta(days=1)
    shift = words.shift() if words.word("shift") else None
    if shift == 1 or (shift != -1 and setting.tense == "future"):
        saturday += dt.timedelta(days=WEEK)
    return saturday, saturday + dt.timedelta(days=1)


# Months, seasons, years


def shifted_month(words: TimeWords, setting: Setting) -> Period | None:
    """`last October`: the latest one gone by; `next May`: the first to come; `this June`."""
    published, month, shift = setting.day(), words.month(), words.shift()
    year = published.year
    if shift < 0 and month >= published.month:
        year -= 1
    if shift > 0 and month <= published.month:
        year += 1
    return month_of(year, month)


def shifted_season(words: TimeWords, setting: Setting) -> Period | None:
    """`last autumn`, `this spring`, `next summer`."""
    published, shift = setting.day(), words.shift()
    first = SEASONS[words.key("season") or "spring"]
    years = [months_of(year, first, 3) for year in range(published.year - 2, published.year + 3)]
    if shift < 0:
        return [season for season in years if season[1] < published][-1]
    if shift > 0:
        return next(season for season in years if season[0] > published)
    return next(
        (season for season in years if season[0] <= published <= season[1]), months_of(published.year, first, 3)
    )


def shifted_unit(words: TimeWords, setting: Setting) -> Period | None:
    """`last week`, `this quarter`, `next year`, `the month before last`."""
    return _unit_from(setting.day(), words.key("unit", "oneunit"), words.shift())


def turned_unit(words: TimeWords, setting: Setting) -> Period | None:
    """`the following month`, `the previous week`: counted from a time told before that is no longer than the unit."""
    unit, turn = words.key("oneunit"), words.number("turn")
    told = setting.spoken_of(_LENGTHS.get(unit or "", 0))
    return _unit_from(told[0] if told else setting.day(), unit, turn)


def told_unit(words: TimeWords, setting: Setting) -> Period | None:
    """`that month`: the one of the time told before."""
    unit = words.key("oneunit")
    told = setting.spoken_of(_LENGTHS.get(unit or "", 0))
    return _unit_from(told[0], unit, 0) if told else None


def _unit_from(day: dt.date, unit: str | None, shift: int) -> Period | None:
    match unit:
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


def year_before(_words: TimeWords, setting: Setting) -> Period | None:
    """`a year earlier`, `the previous year`: the same part of the year before, else the year before."""
    for start, end in reversed(setting.near):
        if start is None or end is None:
            continue
        if (end - start).days < _SHORT:
            return year_of(start.year - 1)
        return shift_months(start, -12), shift_period_end(end, -12)
    return year_of(setting.day().year - 1)


def year_so_far(_words: TimeWords, setting: Setting) -> Period | None:
    """`so far this year`, `since the start of the year`."""
    return dt.date(setting.day().year, 1, 1), setting.day()


def year_end(_words: TimeWords, setting: Setting) -> Period | None:
    """`the end of the year`: the year of publication."""
    return year_of(setting.day().year)


# Counted in units


def ago(words: TimeWords, setting: Setting) -> Period | None:
    """`three days ago`, from publication, with the unit's precision."""
    return _moved(words, setting.day(), -1)


def ago_to_the_day(words: TimeWords, setting: Setting) -> Period | None:
    """`a week ago today`."""
    day = _far(words, setting.day(), -1)
    return one(day) if day else None


def half_unit_ago(words: TimeWords, setting: Setting) -> Period | None:
    """`half a century ago`: a month for half a year, else a year."""
    months = _HALF_MONTHS.get(words.key("halfunit") or "", 0)
    day = shift_months(setting.day().replace(day=1), -months)
    return month_of(day.year, day.month) if months < 12 else year_of(day.year)


def ahead(words: TimeWords, setting: Setting) -> Period | None:
    """`in two years' time`, from publication."""
    return _moved(words, setting.day(), 1)


def earlier(words: TimeWords, setting: Setting) -> Period | None:
    """`a week earlier`, from a date told before."""
    told = setting.spoken_of(_LENGTHS["decade"])
    return _moved(words, told[0], -1, exact=told[0] == told[1]) if told else None


def later(words: TimeWords, setting: Setting) -> Period | None:
    """`two days later`, from a date told before."""
    told = setting.spoken_of(_LENGTHS["decade"])
    return _moved(words, told[1], 1, exact=told[0] == told[1]) if told else None


def past_span(words: TimeWords, setting: Setting) -> Period | None:
    """`over the past five years`: up to publication."""
    start = _far(words, setting.day(), -1)
    return (start, setting.day()) if start else None


def coming_span(words: TimeWords, setting: Setting) -> Period | None:
    """`the next three months`: from publication on."""
    end = _far(words, setting.day(), 1)
    return (setting.day(), end) if end else None


def _moved(words: TimeWords, day: dt.date, way: int, *, exact: bool = False) -> Period | None:
    """So many units from a day; weeks from a day told in the text are counted to the day."""
    count = words.count() * way
    match words.key("unit"):
        case "day":
            return days_from(day, count)
        case "week":
            moved = day + dt.timedelta(days=WEEK * count)
            return one(moved) if exact else week_of(moved)
        case "month":
            first = shift_months(day.replace(day=1), count)
            return month_of(first.year, first.month)
        case "year":
            return year_of(day.year + count)
        case "decade":
            return year_of(day.year + 10 * count)
        case "century":
            return year_of(day.year + 100 * count)
        case _:
            return None


def _far(words: TimeWords, day: dt.date, way: int) -> dt.date | None:
    count, unit = words.count() * way, words.key("unit", "oneunit")
    if unit == "hour":
        return day + dt.timedelta(days=way * -(-words.count() // _DAY_HOURS))
    if unit in ("day", "week"):
        return day + dt.timedelta(days=count * (WEEK if unit == "week" else 1))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit or "")
    return shift_months(day, months * count) if months else None
