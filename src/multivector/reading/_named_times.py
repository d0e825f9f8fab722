"""Dates and periods named by the calendar: days, months, parts of months and years, years, decades, centuries.

Each meaning takes the words of a match and their setting, and gives first and last day; None where there is no such
date. ValueError and OverflowError mean the same; UnfitError leaves the place to a shorter form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from multivector.reading._calendar import WEEK, Period, month_of, months_of, one, shift_months, year_of
from multivector.reading._time_words import Setting, TimeWords, UnfitError

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first month of each."""

_HALF_MONTH = 15


# Days


def day(words: TimeWords, setting: Setting) -> Period | None:
    """`18 February 2026`, `February 18`, `the fifth of March`."""
    month, number = words.month(), words.day()
    year = words.year(setting)
    if year is not None:
        return one(dt.date(year, month, number))
    return setting.nearest(lambda year: one(dt.date(year, month, number)))


def feast(words: TimeWords, setting: Setting) -> Period | None:
    """`New Year's Eve`: a day that has the same date every year."""
    month, number = map(int, (words.key("feast") or "").split("-"))
    year = words.year(setting)
    if year is not None:
        return one(dt.date(year, month, number))
    return setting.nearest(lambda year: one(dt.date(year, month, number)))


def day_range(words: TimeWords, setting: Setting) -> Period | None:
    """`5-7 March`, `from March 28 to April 2, 2026`."""
    months = words.month(), words.month("2")
    first, last = months[0] or months[1], months[1] or months[0]
    opening, final = _years_of_range(words, setting)
    return _between(setting, (first, words.day()), (last, words.day("2")), opening, final)


def two_days(words: TimeWords, setting: Setting) -> Period | None:
    """`5 and 6 March`: one period if the second follows the first; else they are two dates."""
    if words.day("2") != words.day() + 1:
        raise UnfitError
    return day_range(words, setting)


def one_more_day(words: TimeWords, setting: Setting) -> Period | None:
    """`12` in `March 5, 12 and 19`."""
    if setting.joined is None or setting.joined[0] is None or setting.joined[0] != setting.joined[1]:
        raise UnfitError
    before = setting.joined[0]
    if words.day() <= before.day:
        raise UnfitError
    return one(before.replace(day=words.day()))


def day_of_month(words: TimeWords, setting: Setting) -> Period | None:
    """`the 25th of this month`, `on the 15th`."""
    published = setting.day()
    if words.word("shift"):
        return one(shift_months(published.replace(day=1), words.shift()).replace(day=words.day()))
    best: tuple[float, dt.date] | None = None
    for months in (0, -1, 1):
        try:
            meant = shift_months(published.replace(day=1), months).replace(day=words.day())
        except ValueError:
            continue
        distance = setting.distance(meant, meant)
        if best is None or distance < best[0]:
            best = distance, meant
    return one(best[1]) if best else None


# Months and their parts


def month(words: TimeWords, setting: Setting) -> Period | None:
    """`January 2026`, `late October`."""
    number = words.month()
    if (year := words.year(setting)) is not None:
        return month_of(year, number)
    return setting.nearest(lambda year: month_of(year, number))


def month_range(words: TimeWords, setting: Setting) -> Period | None:
    """`January-September 2025`, `from November 2024 to February 2025`."""
    opening, final = _years_of_range(words, setting)
    return _between(setting, (words.month(), 1), (words.month("2"), 0), opening, final)


def month_half(words: TimeWords, setting: Setting) -> Period | None:
    """`the first half of March`."""
    if (whole := month(words, setting)) is None or whole[0] is None:
        return None
    middle = whole[0].replace(day=_HALF_MONTH)
    return (whole[0], middle) if words.number("half") == 1 else (middle + dt.timedelta(days=1), whole[1])


def edge(words: TimeWords, setting: Setting) -> Period | None:
    """`the first ten days of May`, `the last week of June 2025`, `the last three months of 2024`."""
    whole = month(words, setting) if words.month() else year(words, setting)
    if whole is None or whole[0] is None or whole[1] is None:
        return None
    which, count, unit = words.number("edge"), words.count(), words.key("unit")
    if words.word("n") and which not in (1, -1):
        raise UnfitError
    days = {"day": 1, "week": WEEK}.get(unit or "", 0) * count
    months = {"month": 1, "quarter": 3}.get(unit or "", 0) * count
    if not days and not months:
        raise UnfitError
    if which < 0:
        last = whole[1]
        start = last - dt.timedelta(days=days - 1) if days else shift_months(last.replace(day=1), 1 - months)
        end = last
    else:
        before = which - 1
        start = whole[0] + dt.timedelta(days=days * before) if days else shift_months(whole[0], months * before)
        end = (start + dt.timedelta(days=days) if days else shift_months(start, months)) - dt.timedelta(days=1)
    return (start, end) if whole[0] <= start <= end <= whole[1] else None


# Parts of years


def first_parts(words: TimeWords, setting: Setting) -> Period | None:
    """`the first nine months of 2025`, `nine months of 2025`, `the first two quarters`."""
    months = {"month": 1, "quarter": 3}.get(words.key("unit") or "", 0) * words.count()
    if not 0 < months < 12:
        return None
    return _part(words, setting, lambda year: (dt.date(year, 1, 1), month_of(year, months)[1]))


def quarter(words: TimeWords, setting: Setting) -> Period | None:
    """`the third quarter of 2025`, `Q3`."""
    first = int(words.word("quarternumber") or words.key("quarter") or 1) * 3 - 2
    return _part(words, setting, lambda year: months_of(year, first, 3))


def half(words: TimeWords, setting: Setting) -> Period | None:
    """`the first half of last year`, `H1 2025`."""
    first = int(words.word("halfnumber") or words.key("half") or 1) * 6 - 5
    return _part(words, setting, lambda year: months_of(year, first, 6))


def season(words: TimeWords, setting: Setting) -> Period | None:
    """`the summer of 2025`, `in spring`, `the winter of 2024/25`."""
    first = SEASONS[words.key("season", "inseason") or "spring"]
    if words.word("year2") and words.word("year"):
        raise UnfitError
    if (opening := words.word("year")) and (short := words.word("yearshort")) and int(short) != int(opening[-2:]) + 1:
        raise UnfitError
    return _part(words, setting, lambda year: months_of(year, first, 3))


def span_to(words: TimeWords, setting: Setting) -> Period | None:
    """`the year to June`, `the 12 months ended 31 March 2025`: so many whole months up to a month or day."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(words.key("unit") or "", 0) * words.count()
    if not months:
        raise UnfitError
    number, year = words.month(), words.year(setting)
    if year is None:
        published = setting.day()
        year = published.year if month_of(published.year, number)[1] <= published else published.year - 1
    last = dt.date(year, number, words.day()) if words.day() else month_of(year, number)[1]
    return shift_months(last + dt.timedelta(days=1), -months), last


# Years and more


def year(words: TimeWords, setting: Setting) -> Period | None:
    """`2025`, `last year`, `mid-2024`, `the year before last`."""
    number = words.year(setting)
    return None if number is None else year_of(number)


def year_range(words: TimeWords, _setting: Setting) -> Period | None:
    """`2025-2027`, `from 2021 to 2024`, `2024/25`."""
    first = int(words.match["year"])
    last = int(words.word("year2") or first // 100 * 100 + int(words.match["yearshort"]))
    return (year_of(first)[0], year_of(last)[1]) if first < last else None


def decade(words: TimeWords, _setting: Setting) -> Period | None:
    """`the 1990s`, `the late eighties`."""
    first = 1900 + words.number("decade")
    return dt.date(first, 1, 1), dt.date(first + 9, 12, 31)


def century(words: TimeWords, _setting: Setting) -> Period | None:
    """`the 19th century`."""
    number = int(words.word("century") or 0) or words.number("ordinal")
    return dt.date(number * 100 - 99, 1, 1), dt.date(number * 100, 12, 31)


def same_period(words: TimeWords, setting: Setting) -> Period | None:
    """`the same period of 2024`: the part of a year spoken of before, in the year named."""
    number, told = words.year(setting), setting.spoken_of(360)
    if number is None or told is None:
        raise UnfitError
    start, end = told
    months = (number - start.year) * 12
    last = end + dt.timedelta(days=1)
    return shift_months(start, months), shift_months(last, months) - dt.timedelta(days=1)


def _part(words: TimeWords, setting: Setting, make: Callable[[int], Period]) -> Period | None:
    number = words.year(setting)
    return make(number) if number is not None else setting.nearest(make)


def _years_of_range(words: TimeWords, setting: Setting) -> tuple[int | None, int | None]:
    """The year of a range's first day where it has one of its own, and that of its last day where known."""
    opening, final = words.word("year"), words.year(setting, "year2")
    if final is None:
        return None, int(opening) if opening else None
    return int(opening) if opening else None, final


def _between(
    setting: Setting, first: tuple[int, int], last: tuple[int, int], start: int | None, end: int | None
) -> Period | None:
    """From a month and day to another; the years as far as known. Day 0 is the last one of its month."""

    def make(year: int) -> Period:
        opening = start if start is not None else year - ((first[0], first[1]) > (last[0], last[1] or 31))
        closing = dt.date(year, last[0], last[1]) if last[1] else month_of(year, last[0])[1]
        return dt.date(opening, *first), closing

    period = make(end) if end is not None else setting.nearest(make)
    if period and period[0] and period[1] and period[0] > period[1]:
        return None
    return period
