"""Days, months and years of the calendar, and periods of them written in ISO 8601."""

from __future__ import annotations

import calendar
import datetime as dt

Period = tuple[dt.date | None, dt.date | None]
"""First and last day; None for an open end, never both."""

WEEK = 7


def iso(period: Period) -> str:
    """ISO 8601 at the precision that the period has: a year, a month, a day, or two days with a slash."""
    start, end = period
    if start is None or end is None:
        return f"{start.isoformat() if start else '..'}/{end.isoformat() if end else '..'}"
    if start == end:
        return start.isoformat()
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"{start.year:04}"
    if (
        (start.year, start.month) == (end.year, end.month)
        and start.day == 1
        and end == month_of(start.year, start.month)[1]
    ):
        return f"{start.year:04}-{start.month:02}"
    return f"{start.isoformat()}/{end.isoformat()}"


def one(day: dt.date) -> Period:
    """A single day as a period."""
    return day, day


def days_from(day: dt.date | None, shift: int) -> Period | None:
    """The day so many days after another; None for none."""
    return None if day is None else one(day + dt.timedelta(days=shift))


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """The week of a day, Monday to Sunday."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=WEEK - 1)


def month_of(year: int, month: int) -> tuple[dt.date, dt.date]:
    """A month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def months_of(year: int, first: int, count: int) -> tuple[dt.date, dt.date]:
    """So many months from the first of one."""
    last = shift_months(dt.date(year, first, 1), count - 1)
    return dt.date(year, first, 1), month_of(last.year, last.month)[1]


def year_of(year: int) -> tuple[dt.date, dt.date]:
    """A year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def shift_months(day: dt.date, months: int) -> dt.date:
    """The same day of another month, or its last day when it is shorter."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift_period_end(day: dt.date, months: int) -> dt.date:
    """As `_shift_months`; the last day of a month stays one."""
    moved = shift_months(day, months)
    return month_of(moved.year, moved.month)[1] if day == month_of(day.year, day.month)[1] else moved
