"""Publication dates as sources write them, in figures or with the name of the month, to ISO 8601 days."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import lru_cache
from importlib.resources import files

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d+Z?)?")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([./])(\d{1,2})\2(\d{1,2})(?!\d)")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_FILE_NAME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_FIRST_YEAR = 1900
_LONGEST = 80


def publication_day(written: str | None, not_after: dt.date) -> str | None:
    """The ISO 8601 day that `written` names, or None: no day, more than one reading, or out of all reason.

    Days before 1900 and after `not_after` are refused. `03/04/2026` has two readings and gives None;
    points mean day first everywhere.
    """
    if written is None or len(written := written.strip()) > _LONGEST:
        return None
    if match := _ISO.match(written) or _COMPACT.fullmatch(written) or _YEAR_FIRST.search(written):
        parts = [int(part) for part in match.groups() if part.isdigit()]
        return _day(parts[0], parts[1], parts[2], not_after)
    if match := _DAY_FIRST.search(written):
        day, mark, month, year = int(match[1]), match[2], int(match[3]), int(match[4])
        if mark == "/" and day <= 12 and month <= 12 and day != month:
            return None
        if mark == "/" and month > 12:
            day, month = month, day
        return _day(year, month, day, not_after)
    return _in_words(written, not_after)


def day_in_file_name(name: str, not_after: dt.date) -> str | None:
    """The day with which a file name begins (`2026-02-18 briefing.txt`, `20260218-briefing.txt`), or None."""
    match = _FILE_NAME.match(name)
    return _day(int(match[1]), int(match[2]), int(match[3]), not_after) if match else None


def _in_words(written: str, not_after: dt.date) -> str | None:
    words = _WORDS.findall(written.casefold())
    months = [(place, _months()[word]) for place, word in enumerate(words) if word in _months()]
    years = [int(word) for word in words if word.isdigit() and len(word) == 4]
    if len(months) != 1 or len(years) != 1:
        return None
    place, month = months[0]
    near = [words[at] for at in (place - 1, place + 1) if 0 <= at < len(words)]
    days = [int(word) for word in near if word.isdigit() and len(word) <= 2]
    if not days and place >= 2:  # a short word between them: "18 de febrero de 2026"
        days = [int(word) for word in words[place - 2 : place - 1] if word.isdigit() and len(word) <= 2]
    return _day(years[0], month, days[0], not_after) if days else None


def _day(year: int, month: int, day: int, not_after: dt.date) -> str | None:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return date.isoformat() if date.year >= _FIRST_YEAR and date <= not_after else None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Names of months in all languages of the data file, lower case, to their numbers."""
    data = json.loads((files("multivector.gather") / "months.json").read_text("utf-8"))
    return {name: number for names in data["months"].values() for number, name in names}
