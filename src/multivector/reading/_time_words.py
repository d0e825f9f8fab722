"""The words of one date in the text, and the setting that a relative one counts from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from multivector.reading._calendar import Period
from multivector.reading._grammar import Form, Grammar

_FUTURE_WEIGHT = {"future": 1.0, "past": 8.0, "speech": 1.5, "": 1.5}
"""How much farther a day to come counts than one gone by when the text gives no year, by the tense of its clause."""

_PAST_WEIGHT = {"future": 6.0, "past": 1.0, "speech": 1.0, "": 1.0}
_MONTH = 31
_AHEAD = 20
"""A year of two digits lies at most so many years after the year of publication."""


class UnfitError(ValueError):
    """The words only look like this form; a shorter one at the same place may be meant."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a relative date counts from."""

    published: dt.date | None
    tense: str
    """`past`, `future`, `speech`, or nothing where the clause does not tell."""

    near: tuple[Period, ...] = ()
    """Dates of this sentence and the one before it, last one last."""

    last_day: dt.date | None = None
    """The last single day told before, even some sentences back."""

    joined: Period | None = None
    """The date that a comma or `and` joins to this one."""

    frame: int | None = None
    """The year that opens the sentence: `In 2019 talks began in March`."""

    opens: bool = False
    """Whether the date opens its clause."""

    def day(self) -> dt.date:
        """The day of publication; ValueError when it is not known."""
        if self.published is None:
            raise ValueError("nothing to count from")
        return self.published

    def spoken_of(self, longest: int) -> tuple[dt.date, dt.date] | None:
        """The last period before that has both ends and at most `longest` days."""
        for start, end in reversed(self.near):
            if start and end and (end - start).days < longest:
                return start, end
        return None

    def nearest(self, make: Callable[[int], Period]) -> Period | None:
        """Of the periods that `make` gives for years, the one that is meant when the text gives no year.

        That is the one of the year that opens the sentence, else the one nearest to publication by the tense of the
        clause. In a story, which goes on with dates that open their clauses, one that would have to lie in another
        year than publication is the first one after the date told before.
        """
        if self.frame is not None and self.tense != "speech":
            return make(self.frame)
        best = self._nearest_to_publication(make)
        told = self.spoken_of(_MONTH) if self.opens and self.tense == "past" else None
        if best and best[0] and told and told[0].year < best[0].year:
            this_year = best[0] <= self.day() and best[0].year == self.day().year
            if not this_year:
                return next((p for p in map(make, (told[0].year, told[0].year + 1)) if p[0] and p[0] >= told[0]), best)
        return best

    def _nearest_to_publication(self, make: Callable[[int], Period]) -> Period | None:
        day = self.day()
        best: tuple[float, Period] | None = None
        for year in (day.year, day.year - 1, day.year + 1):
            try:
                start, end = period = make(year)
            except ValueError:
                continue
            if start is None or end is None:
                continue
            weight = self.distance(start, end)
            if best is None or weight < best[0]:
                best = weight, period
        return best[1] if best else None

    def distance(self, start: dt.date, end: dt.date) -> float:
        """How far a period lies from publication, the side that the tense does not speak of counting as farther."""
        day = self.day()
        if start > day:
            return (start - day).days * _FUTURE_WEIGHT[self.tense]
        return max(0, (day - end).days) * _PAST_WEIGHT[self.tense]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A match of a form, with its words read by the language's tables."""

    grammar: Grammar
    form: Form
    match: re.Match[str]

    def word(self, group: str) -> str | None:
        """The words of a group; None where the match has none."""
        return self.match.groupdict().get(group) or None

    def key(self, *groups: str) -> str | None:
        """The key of the first of the groups that the match has."""
        for group in groups:
            if word := self.word(group):
                return self.grammar.value(group.removesuffix("2"), word)
        return None

    def number(self, *groups: str) -> int:
        """The key of a group as a number; 0 without one."""
        return int(self.key(*groups) or 0)

    def shift(self) -> int:
        """How many units the words go on (or back, below 0): the form's own number or that of its word."""
        return self.form.shift or self.number("shift")

    def day(self, second: str = "") -> int:
        """The day of the month; with `second` = `2` that of a range's end. 0 without one."""
        return int(self.word(f"day{second}") or self.word(f"dayth{second}") or 0) or self.number(f"ordinal{second}")

    def month(self, second: str = "") -> int:
        """The month; with `second` = `2` that of a range's end. 0 without one."""
        return int(self.word(f"monthnumber{second}") or 0) or self.number(f"month{second}", f"plainmonth{second}")

    def count(self) -> int:
        """How many units; one where no number stands."""
        word = self.word("n")
        if not word:
            return 1
        return int(word) if word.isdigit() else int(self.grammar.value("number", word) or 1)

    def year(self, setting: Setting, group: str = "year") -> int | None:
        """The year named, or spoken of as this, last or the same; None when the match names none.

        ValueError when it counts from something that is not known.
        """
        if year := self.word(group):
            return int(year)
        if short := self.word("yearshort"):
            now = setting.day().year
            year = now // 100 * 100 + int(short)
            return year if year <= now + _AHEAD else year - 100
        if (shift := self.key("relyear")) is None:
            return None
        if shift in ("same", "that"):
            for start, end in reversed(setting.near):
                if day := start or end:
                    return day.year
            if shift == "that":
                raise ValueError("no year spoken of before")
            shift = "0"
        return setting.day().year + int(shift)
