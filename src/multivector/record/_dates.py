"""Dates and periods of the record: ISO 8601 with the precision that the text gives.

A value is a day `2026-02-18`, a month `2026-02`, a year `2026`, or a period of two of them joined by a
slash; `..` is an open end (ISO 8601-2).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def interval(value: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that `value` covers; None for an open end.

    Raises ValueError, naming the value, when it is not a date or period, or ends before it starts.
    """
    first, slash, last = value.partition("/")
    if not slash:
        start, end = _bounds(first)
        return start, end
    if first == ".." and last == "..":
        raise ValueError(f"not a period, both ends are open: {value!r}")
    start = None if first == ".." else _bounds(first)[0]
    end = None if last == ".." else _bounds(last)[1]
    if start and end and start > end:
        raise ValueError(f"ends before it starts: {value!r}")
    return start, end


def is_date(value: str) -> bool:
    """Whether `value` is a date or period of the record."""
    try:
        interval(value)
    except ValueError:
        return False
    return True


def _bounds(point: str) -> tuple[dt.date, dt.date]:
    match = _POINT.fullmatch(point)
    if match is None:
        raise ValueError(f"not an ISO 8601 date: {point!r}")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return dt.date(int(point), 1, 1), dt.date(int(point), 12, 31)
        if day is None:
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        return (date := dt.date(year, month, day)), date
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"no such date: {point!r}") from None
