"""The unit of a number that stands alone: of the quantity before it, or of a noun before it.

`50 million, of which 20 million ...`, `300 people, 40 of them ...`, `the number of flights rose from 15 to 22`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal

from multivector.knowledge import NameForm
from multivector.reading._analysis import Analysis
from multivector.reading._numbers import Number
from multivector.reading._quantity import Quantity, QuantityWords
from multivector.reading._units import Sort, Unit, UnitWords, counted, noun
from multivector.record import Span

_BEHIND = 40
_FURTHER = 160
"""How far before a number, in characters, the noun stands that its relative clause is about."""

_ANSWER = 300
"""An answer longer than this, in characters, is no mere number."""

_ASKS = re.compile(r"[?]\W*$")
_CLOSED = re.compile(r"\s*(?:$|[.,;:)!?»”\"—–-])")
_FOUR_DIGITS = 1000
_FAR_MORE = 1000
"""A number so many times as large as that of people or things before is not of the same."""

_BETWEEN = 5
"""So many words may stand between a noun and the number of it: `flights have gone up from nine`."""

_WORD_BEFORE = re.compile(r"(?<!\w)([a-z]+)\s+$")
_COUNTS = (Sort.PEOPLE, Sort.THINGS)
_YEARS = range(1900, 2100)
_OPEN = re.compile(r"\s+(?!(?:and|or|in|on|at|near|by|when|while|after|as|during|since|from|people)\s)\w|-")
"""After a number, a word that it may count."""


class LoneNumbers:
    """Finds the units of numbers without one; `found` is the growing list of the document's quantities."""

    def __init__(
        self, analysis: Analysis, text: str, words: QuantityWords, units: UnitWords, found: list[Quantity]
    ) -> None:
        self.analysis = analysis
        self.text = text
        self.words = words
        self.units = units
        self.found = found

    def unit(self, number: Number, where: Span, lead: int | None = None) -> tuple[Unit | None, int | None]:
        """The unit of a number that has none beside it, and the place of the quantity that it follows in unit.

        `where` is its sentence, `lead` where a pair of numbers begins whose second one it is.
        """
        start, end = number.span
        start = start if lead is None else lead
        behind = self.text[max(where.start, start - _BEHIND) : start]
        ahead = self.text[end : min(where.end, end + _BEHIND)]
        last = len(self.found) - 1
        near = (
            last >= 0 and self.analysis.sentence_at(self.found[last].span.start) >= self.analysis.sentence_at(start) - 1
        )
        same = near and self.found[last].span.start >= where.start
        if self.words.ahead.match(ahead) and (place := self._counted_before(start)) is not None:
            return self.found[place].unit, place
        if same and self.words.of_which.search(behind) and self.found[last].unit.sort in _COUNTS:
            return self.found[last].unit, last
        if (own := self._people(number, behind, ahead)) is not None:
            return own, None
        if same and self._goes_on(number, behind, ahead):
            return self.found[last].unit, last
        if (own := self._relative(number, where)) is not None:
            return own, None
        if number.scaled and (amount := self._amount_before(start, number.value)) is not None:
            large = self.found[amount].number.scaled or self.found[amount].number.value >= _FOUR_DIGITS
            if large:
                return self.found[amount].unit, amount
        if (number.digits or number.scaled) and (asked := self._asked(where)) is not None:
            return asked, None
        if self.words.numbering.search(behind) and (own := self._nation(start, where)) is not None:
            return own, None
        if those := self.words.of_those.search(self.text, max(where.start, start - _BEHIND), start):
            # `Of these places 42,000 are set aside`
            thing = counted(self.text, those.end() - 1, start, self.units, known=False)
            if thing is not None and thing.span.end == len(self.text[:start].rstrip()):
                return thing, None
        led = lead is not None or self.words.behind.search(behind) or self.words.approximate_before.search(behind)
        times = self.analysis.times
        after = bisect_left(times, end, key=lambda mention: mention.span.start)
        timed = after < len(times) and times[after].span.start <= end + 5  # `in`, `by`, `for`
        free = (
            bool(_CLOSED.match(ahead) or self.words.per.match(ahead))
            or timed
            or bool(re.match(r"\s+(?:and|in|by|to|from|on|в|к|до)\s", ahead))
        )
        if not led or not free:
            return None, None
        found = self._noun_before(number, where)
        if found is not None:
            return found, None
        if lead is not None and not number.digits:
            return None, None
        if same and (not number.digits or number.value >= 10) and self._fits(number, self.found[last].unit):
            return self.found[last].unit, last
        place = self._amount_before(start, number.value) if number.value >= 100 else None
        if place is not None and self.found[place].unit.sort in _COUNTS:
            return self.found[place].unit, place
        return None, None

    def _people(self, number: Number, behind: str, ahead: str) -> Unit | None:
        """People by what becomes of them, where no noun names them: `killed 60 and injured 300`, `two were hurt`."""
        what = self.words.people_ahead.match(ahead)
        if what is None and (verb := self.words.people_behind.search(behind)) is not None:
            others = self.words.others.match(ahead)
            if _OPEN.match(ahead, others.end() if others else 0):
                return None
            what = verb
        if what is None or (number.digits and number.value in _YEARS):
            return None
        population = "population" if "population" in what[0] else "people"
        return Unit("people", Sort.PEOPLE, Decimal(1), population, number.span)

    def _goes_on(self, number: Number, behind: str, ahead: str) -> bool:
        """Whether a verb follows the number, which goes on with the people or things before: `and 28,900 left`."""
        if self.found[-1].unit.sort not in _COUNTS or (number.digits and number.value in _YEARS):
            return False
        return self.words.goes_on.search(behind) is not None and self.words.done.match(ahead) is not None

    def _fits(self, number: Number, unit: Unit) -> bool:
        """Whether a number may be one more in that unit: no multiple is meant twice, and no share is in thousands."""
        return unit.sort is not Sort.TIMES and (unit.sort is not Sort.SHARE or number.value < _FOUR_DIGITS)

    def _amount_before(self, start: int, value: Decimal) -> int | None:
        """The place of the last quantity in this sentence or the one before that is no share or multiple."""
        sentence = self.analysis.sentence_at(start)
        for place in range(len(self.found) - 1, -1, -1):
            if self.analysis.sentence_at(self.found[place].span.start) < sentence - 1:
                return None
            if self.found[place].unit.sort in (Sort.SHARE, Sort.TIMES):
                continue
            many = self.found[place].unit.sort in _COUNTS and value > _FAR_MORE * self.found[place].value
            if not many:  # millions after a few people are rather of the money before them
                return place
        return None

    def _counted_before(self, start: int) -> int | None:
        """The place of the last people or things in this sentence or the one before."""
        sentence = self.analysis.sentence_at(start)
        for place in range(len(self.found) - 1, -1, -1):
            if self.analysis.sentence_at(self.found[place].span.start) < sentence - 1:
                return None
            if self.found[place].unit.sort in _COUNTS:
                return place
        return None

    def _relative(self, number: Number, where: Span) -> Unit | None:
        """The noun of a relative clause: `the number of pilgrims, which reached 145 thousand`, `flights, of which 22`.

        Only what stands after the quantity before counts; that one is meant otherwise.
        """
        start = number.span.start
        last = self.found[-1].span.end if self.found else 0
        low = max(where.start, start - _FURTHER, last)
        behind = self.text[low:start]
        if of := self.words.of_which.search(behind):
            hits = list(self.units.nouns.finditer(behind, 0, of.start()))
            if hits and not behind[hits[-1].end() : of.start()].strip(" ,"):
                return noun(
                    self.text, Span(low + hits[-1].start(), low + hits[-1].end()), low + hits[-1].start(), self.units
                )
            return None
        counts = list(self.words.number_of.finditer(behind))
        if not counts or not number.scaled:
            return None
        return counted(self.text, low + counts[-1].end(), start, self.units, known=False)

    def _asked(self, where: Span) -> Unit | None:
        """The noun of a question just before: `How many flights are there?`, then `Between 40 and 50`."""
        number = self.analysis.sentence_at(where.start)
        question = self.analysis.sentences[number - 1].span if number else where
        asks = _ASKS.search(self.text, max(question.start, question.end - 4), question.end)
        if not number or asks is None or where.end - where.start > _ANSWER:
            return None
        asked = self.words.asked.search(self.text, *question)
        return counted(self.text, asked.end(), question.end, self.units, known=False) if asked else None

    def _nation(self, start: int, where: Span) -> Unit | None:
        """The people who number so many: `the Poles in Lithuania number 180,000`."""
        for mention in reversed(list(self.analysis.actors_in(Span(max(where.start, start - _FURTHER), start)))):
            if mention.form is NameForm.DEMONYM and self.analysis.words(mention.span).endswith("s"):
                return Unit("people", Sort.PEOPLE, Decimal(1), "citizens", mention.span)
        return None

    def _noun_before(self, number: Number, where: Span) -> Unit | None:
        """`the number of flights ... from 15 to 22`, `buses below 50`."""
        start = number.span.start
        low = max(where.start, start - _ANSWER)
        counted_from = max((m.end() for m in self.words.number_of.finditer(self.text, low, start)), default=None)
        if counted_from is not None:
            hit = counted(self.text, counted_from, start, self.units, known=False)
            if hit is not None:
                return hit
        low = max(where.start, start - _BEHIND)
        hits = list(self.units.nouns.finditer(self.text, low, start))
        if hits and len(self.text[hits[-1].end() : start].split()) <= _BETWEEN:
            previous = _WORD_BEFORE.search(self.text, max(0, low - _BEHIND), hits[-1].start())
            begin = hits[-1].start()
            if (
                self.units.english
                and previous
                and previous[1] not in self.units.stop
                and not previous[1].endswith("ing")
            ):
                begin -= len(previous[0])
            return noun(self.text, Span(*hits[-1].span()), begin, self.units)
        return None
