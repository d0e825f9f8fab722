"""Periods as providers write them, to dates and periods of the record."""

from __future__ import annotations

import re
from functools import lru_cache

from multivector.record import interval

FIRST_YEAR = 1800
_MONTHS = {"Q": 3, "S": 6, "H": 6}
_YEAR = re.compile(r"(?:YR)?(\d{4})(?:\.0|-?A1?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-_]?M?(\d{2})", re.ASCII)
_PART = re.compile(r"(\d{4})[-_]?([QSH])(\d)", re.ASCII)


@lru_cache(maxsize=4096)
def period(text: str) -> str | None:
    """The period in ISO 8601, or None when it is not understood.

    >>> [period(text) for text in ("2023", "YR2023", "202309", "2023M09", "2023-Q3", "2023-09-30")]
    ['2023', '2023', '2023-09', '2023-09', '2023-07/2023-09', '2023-09-30']
    """
    text = text.strip()
    if match := _YEAR.fullmatch(text):
        return match[1]
    if match := _PART.fullmatch(text):
        months = _MONTHS[match[2]]
        last = int(match[3]) * months
        return f"{match[1]}-{last - months + 1:02}/{match[1]}-{last:02}" if 0 < last <= 12 else None
    if match := _MONTH.fullmatch(text):
        text = f"{match[1]}-{match[2]}"
    try:
        interval(text)
    except ValueError:
        return None
    return text


@lru_cache(maxsize=4096)
def years(text: str) -> tuple[int, int]:
    """First and last year of a period of the record; an open end has the year of the other."""
    first, last = interval(text)
    known = first or last
    assert known is not None
    return (first or known).year, (last or known).year
