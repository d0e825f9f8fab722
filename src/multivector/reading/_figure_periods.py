"""When a figure was so: the date or period in the text that a quantity belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Any

from multivector.reading._analysis import Analysis, TimeMention, contains
from multivector.reading._numbers import any_of, spaced
from multivector.reading._quantity import Quantity
from multivector.reading._units import Sort
from multivector.reading.languages import Language
from multivector.record import Span, interval

_DAY = len("2026-02-18")
_FAR = 160
"""How far before its date, in characters, a relative clause may begin."""

_BESIDE = 6
"""Characters between a number and a date right after it (`in`, `by the`)."""

_BACK = 3
"""How many sentences back a period may stand that goes on."""

_AROUND = 8
"""So many figures before and after are looked at for whose date a date is."""

_COUNTS = (Sort.PEOPLE, Sort.THINGS)
_LISTED = re.compile(r"(?:\s(?:\w+\s){0,2})?(?:,|(?<=\s)and)\s(?:(?:and|also)\s)?(?:\w+\s)?")
"""Between two counts of one list."""

_FLOWING = re.compile(
    r"trade|exports|imports|purchases|suppl|deliver|transit|remittances|investment|shipments|change in"
    r"|freight|cargo|traffic|revenue|sales|surplus|deficit|output|production|price|inflow"
)
"""Measures of what happens over a period, whose period a sentence may take over from the one before it."""


@dataclass(frozen=True, slots=True)
class _Words:
    reporting: re.Pattern[str]
    compared: re.Pattern[str]
    spanning: re.Pattern[str]
    past: re.Pattern[str]
    present: re.Pattern[str]
    """Verbs of a state that lasts."""

    now: re.Pattern[str]
    signed: re.Pattern[str]
    """A deed whose date follows: `signed with A in`."""

    relative: re.Pattern[str]
    """A relative clause as far as its date."""

    multiplied: re.Pattern[str]
    aim: re.Pattern[str]
    level: re.Pattern[str]
    """Between a change and the level that it led to: `rose 5 percent to 9 million`."""


@cache
def _words(language: Language) -> _Words:
    table: dict[str, Any] = language.table("figures")["reporting"]

    def whole(forms: list[str], more: str = r"(?!\w)") -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){spaced(any_of(forms))}{more}", re.IGNORECASE)

    lead = rf"(?:\s+{spaced(any_of(table['lead']))}){{0,3}}\W*$"
    return _Words(
        reporting=whole(table["words"]),
        compared=whole(table["compared"], lead),
        spanning=whole(table["spanning"], lead),
        past=whole(table["past"]),
        present=whole(table.get("present", ["(?!)"])),
        now=whole(table.get("now", ["(?!)"])),
        signed=whole(table["signed"], r"(?!\w)[^,;:\d]*$"),
        relative=re.compile(rf",\s(?:\w+\s)?{spaced(any_of(table['relative']))}\s[^,;:]*$", re.IGNORECASE),
        multiplied=whole(table["multiplied"]),
        aim=whole(table["aim"]),
        level=re.compile(rf"\W*{spaced(any_of(table['level']))}\W*", re.IGNORECASE),
    )


class Periods:
    """Finds the periods of the quantities of one document; the quantities are in text order."""

    def __init__(self, analysis: Analysis, text: str, quantities: list[Quantity]) -> None:
        self.analysis = analysis
        self.text = text
        self.words = _words(analysis.language)
        self.quantities = quantities

    def period(self, here: int, clause: Span, where: Span, measure: str) -> TimeMention | None:
        """The period of the quantity with the number `here`, in its clause and the stretch of its sentence `where`."""
        quantity = self.quantities[here]
        near = self._time(here, clause)
        if near is not None:
            return None if self._is_now(near, clause) else near
        if quantity.pair == "from":
            return None
        if quantity.unit.sort in _COUNTS:
            # What befell them has one date in all clauses, but how many there are now has none.
            return None if self.words.present.search(self.text, *clause) else self._time(here, where)
        statement = next(
            (s for s in self.analysis.statements if any(contains(span, quantity.span) for span in s.content)), None
        )
        scope = where
        if statement is not None:
            content = next(span for span in statement.content if contains(span, quantity.span))
            scope = Span(max(where.start, content.start), min(where.end, content.end))
        found = self._time(here, scope)
        if found is None:
            return self._carried(clause, where, measure)
        if len(found.value) == _DAY or found.span.start > quantity.span.end:
            return None
        return None if ";" in self.text[found.span.end : quantity.core.start] else found

    def _is_now(self, mention: TimeMention, clause: Span) -> bool:
        """Whether a day is but `now`: `Today 90 companies work there`."""
        said = self.text[mention.span.start : mention.span.end]
        return self.words.now.fullmatch(said) is not None and self.words.present.search(self.text, *clause) is not None

    def _carried(self, clause: Span, where: Span, measure: str) -> TimeMention | None:
        """The period of the sentences before, where that is but one and this sentence tells of the past without any.

        `In January imports fell by 8 percent. Exports rose by 3 percent.`
        """
        if not _FLOWING.search(measure) or not self.words.past.search(self.text, *clause):
            return None
        number = self.analysis.sentence_at(where.start)
        if any(not self._compares(time) and not self._of_compared(time) for time in self.analysis.times_in(where)):
            return None
        times: list[TimeMention] = []
        for before in reversed(self.analysis.sentences[max(0, number - _BACK) : number]):
            if times or before.paragraph != self.analysis.sentences[number].paragraph:
                break
            times = [time for time in self.analysis.times_in(before.span) if not self._compares(time)]
        if any(len(time.value) != _DAY for time in times):
            times = [time for time in times if len(time.value) != _DAY]  # when it was said
        if len({time.value for time in times}) != 1 or len(times[0].value) == _DAY:
            return None
        end, today = interval(times[0].value)[1], self.analysis.published
        return (
            times[0] if end is not None and (today is None or end <= today or _running(times[0], today.year)) else None
        )

    def _time(self, here: int, scope: Span) -> TimeMention | None:
        """The nearest date that belongs to the quantity, one after it before one that stands before another figure."""
        quantity = self.quantities[here]
        best: tuple[float, TimeMention] | None = None
        for mention in self.analysis.times_in(scope):
            start, end = mention.span
            if mention.value.startswith("..") or (
                quantity.pair == "from" and not 0 <= start - quantity.span.end <= _BESIDE
            ):
                continue
            if self._aimed(mention, quantity, scope) or self._aside(mention, quantity):
                continue
            if self._compared(mention) and not self._compared_itself(quantity, mention):
                continue
            if self._reported(mention, quantity) or self._dates_deed(mention, quantity, scope):
                continue
            between = Span(min(quantity.span.end, end), max(quantity.span.start, start))
            others = [
                q
                for q in self._around(here)
                if q is not quantity
                and not contains(quantity.core, q.span)
                and not self._beside(quantity, q)
                and not self.words.level.fullmatch(self.text, quantity.span.end, max(quantity.span.end, q.core.start))
                and between.start <= q.span.start < between.end
            ]
            distance = max(quantity.span.start - end, start - quantity.span.end, 0)
            # A date after another figure belongs to that one; a date before several may hold for all.
            weight = distance + (150 * len(others) if start > quantity.span.end else 10 * len(others))
            if 0 <= start - quantity.span.end <= _BESIDE:
                weight = 0
            if (start > quantity.span.end and others) or self._taken(mention, here, distance):
                continue
            if best is None or weight < best[0]:
                best = weight, mention
        return best[1] if best else None

    def _beside(self, quantity: Quantity, other: Quantity) -> bool:
        """Whether two counts stand in one list, whose last date is that of all: `six ships and 30 boats on Monday`."""
        counts = quantity.unit.sort in _COUNTS and other.unit.sort in _COUNTS
        return (
            counts
            and _LISTED.fullmatch(self.text, quantity.span.end, max(quantity.span.end, other.core.start)) is not None
        )

    def _around(self, here: int) -> list[Quantity]:
        """The quantities before and after the one at hand."""
        return self.quantities[max(0, here - _AROUND) : here + _AROUND + 1]

    def _taken(self, mention: TimeMention, here: int, distance: int) -> bool:
        """Whether a date before the quantity follows another one closely: `3 tonnes last year and six trucks`."""
        quantity = self.quantities[here]
        if quantity.unit.sort not in _COUNTS:
            return False
        gaps = [mention.span.start - q.span.end for q in self._around(here) if q is not quantity]
        return mention.span.end <= quantity.span.start and any(0 <= gap < distance and gap <= _BESIDE for gap in gaps)

    def _aimed(self, mention: TimeMention, quantity: Quantity, scope: Span) -> bool:
        """Whether the number is an aim, and the date before it tells of the past: `fell in 2025; bring it to 5`."""
        aim = self.words.aim.search(self.text, scope.start, quantity.core.start)
        if aim is None or mention.span.end > aim.start():
            return False
        end, today = interval(mention.value)[1], self.analysis.published
        return end is not None and today is not None and end <= today

    def _aside(self, mention: TimeMention, quantity: Quantity) -> bool:
        """Whether a date before the number is that of another thing.

        `A, which bought 5 tonnes in May, now wants 9 more`; `slid from 5 dollars in 2024, so that revenue fell by 3`.
        """
        if mention.span.end > quantity.core.start:
            return False
        opening = self.analysis.sentences[self.analysis.sentence_at(mention.span.start)].span.start
        relative = self.words.relative.search(self.text, max(opening, mention.span.start - _FAR), mention.span.start)
        if relative is not None and "," in self.text[mention.span.end : quantity.core.start]:
            return True
        return self._of_compared(mention)

    def _of_compared(self, mention: TimeMention) -> bool:
        """Whether a date is that of a number right before it that another is set against: `from 5 dollars in 2024`."""
        place = bisect_left(self.quantities, mention.span.start, key=lambda q: q.span.start)
        dated = [
            q for q in self.quantities[max(0, place - 2) : place] if 0 <= mention.span.start - q.span.end <= _BESIDE
        ]
        return any(self.words.compared.search(self.text, max(0, q.core.start - 30), q.core.start) for q in dated)

    def _dates_deed(self, mention: TimeMention, quantity: Quantity, scope: Span) -> bool:
        """Whether the date is that of a deed told beside the number.

        `Under the pact signed in 2024, 90 nurses came`; `trade of 5 million and the aim of doubling it by 2030`.
        """
        if mention.span.end <= quantity.core.start:
            deed = self.words.signed.search(self.text, scope.start, mention.span.start)
            return deed is not None and "," in self.text[mention.span.end : quantity.core.start]
        if self.words.multiplied.search(self.text, quantity.span.end, mention.span.start):
            return True
        day = len(mention.value) == _DAY
        return day and self.words.signed.search(self.text, quantity.span.end, mention.span.start) is not None

    def _compares(self, mention: TimeMention) -> bool:
        """Whether a word before the date sets it against another time."""
        return self.words.compared.search(self.text, max(0, mention.span.start - 30), mention.span.start) is not None

    def _compared(self, mention: TimeMention) -> bool:
        """Whether the number is set against that of another time: `than in 2024`, `up 5 percent on the year`."""
        lead = self.text[max(0, mention.span.start - 30) : mention.span.start]
        if self.words.spanning.search(lead) and (len(mention.value) == _DAY or "/" in mention.value):
            return False  # six people `on Monday`, 5 percent `over the first half of 2025`
        return self.words.compared.search(lead) is not None

    def _compared_itself(self, quantity: Quantity, mention: TimeMention) -> bool:
        """`against 24 million a year earlier`: the number itself is of that time."""
        return bool(re.fullmatch(r"\s+", self.text[quantity.span.end : mention.span.start]))

    def _reported(self, mention: TimeMention, quantity: Quantity) -> bool:
        """Whether the date is when something was said rather than what the number is about."""
        if len(mention.value) != _DAY:
            return False
        lead = self.text[max(0, mention.span.start - 30) : mention.span.start]
        tail = self.text[mention.span.end : mention.span.end + 20]
        if any(
            contains(span, mention.span)
            for s in self.analysis.statements
            for span in s.content
            if contains(span, quantity.span)
        ):
            return False
        if mention.span.end <= quantity.span.start:
            tail = self.text[mention.span.end : quantity.span.start]
        return bool(self.words.reporting.search(lead) or self.words.reporting.search(tail))


def _running(mention: TimeMention, year: int) -> bool:
    """Whether the period is the running year itself."""
    return mention.value == str(year)
