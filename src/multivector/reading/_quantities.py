"""Numbers with what they count: which numbers of a text are figures, in which unit, and whether only about so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis
from multivector.reading._ellipsis import LoneNumbers
from multivector.reading._numbers import Number, numbers_of
from multivector.reading._quantity import Quantity, quantity_words
from multivector.reading._understood import home_of
from multivector.reading._units import Sort, Unit, counted, currency_before, unit_after, unit_words
from multivector.record import Span

_BEHIND = 40
_AROUND = 160
"""How far before a number, in characters, the verb stands that says what went up or down."""

_LARGEST_SMALL = 12
_PAIRS = {"range": ("first", "second"), "change": ("from", "to"), "both": ("", ""), "part": ("", "")}
_FOUR_DIGITS = 1000
_DASH = re.compile(r"\s?[-–—]\s?")
_IN_DIGITS = re.compile(r"\s(?:in|out of|из)\s\d{1,3}(?!\d)")
_DIGIT_IN = re.compile(r"(?<!\d)\d\s(?:in|out of|из)\s$")
_GROUPED = re.compile(r"\d[,.\s]\d{3}(?!\d)")
_WORD_AFTER = re.compile(r"\s([^\W\d_]+)")
_LIST_MARK = re.compile(r"(?:^|\n)\s*\(?$")


def quantities_of(analysis: Analysis, text: str) -> list[Quantity]:
    """The quantities of the document in text order; `text` is its text with markup blanked."""
    return _Scan(analysis, text).run()


class _Scan:
    def __init__(self, analysis: Analysis, text: str) -> None:
        self.analysis = analysis
        self.text = text
        self.words = quantity_words(analysis.language)
        self.units = unit_words(analysis.language)
        self.codes = frozenset(code for mention in analysis.actors for code in mention.codes)
        self.found: list[Quantity] = []
        self.ellipsis = LoneNumbers(analysis, text, self.words, self.units, self.found)

    def run(self) -> list[Quantity]:
        for group in self._by_sentence():
            where = self.analysis.sentences[self.analysis.sentence_at(group[0].span.start)].span
            self._sentence(group, where)
        return self.found

    def _by_sentence(self) -> Iterator[list[Number]]:
        """The numbers that may be figures, sentence by sentence."""
        group: list[Number] = []
        sentence = -1
        times = iter(self.analysis.times)
        time = next(times, None)
        for number in numbers_of(self.text, self.analysis.starts, self.analysis.language):
            while time is not None and time.span.end <= number.span.start:
                time = next(times, None)
            if (time is not None and time.span.start < number.span.end) or not self.analysis.sentences:
                continue
            if (here := self.analysis.sentence_at(number.span.start)) != sentence:
                if group:
                    yield group
                group, sentence = [], here
            group.append(number)
        if group:
            yield group

    def _sentence(self, numbers: list[Number], where: Span) -> None:
        i = 0
        while i < len(numbers):
            first, unit = numbers[i], self._unit(numbers[i], where)
            second = numbers[i + 1] if i + 1 < len(numbers) else None
            kind = self._range(first, unit, second, where) if second is not None else None
            if second is not None and kind is not None and self._pair(first, unit, second, kind, where):
                i += 2
                continue
            like = None
            if unit is None:
                unit, like = self._elliptic(first, where)
            if unit is not None and self._is_figure(first, unit, like) and not self._attends(first, unit, where):
                self.found.append(self._quantity(first, first.value, unit, where, like))
            i += 1

    def _pair(self, first: Number, unit: Unit | None, second: Number, kind: str, where: Span) -> bool:
        """Two numbers that belong together, the first often without a unit: `5-7 percent`, `from 15 to 22 buses`."""
        last, like = self._unit(second, where), None
        if last is None and unit is not None and unit.sort is Sort.MONEY and unit.span.end <= first.span.start:
            last = unit  # `€30-40 million`
        if last is None:
            last, like = self._elliptic(second, where, lead=first.span.start)
        if last is None or (unit is not None and unit.name != last.name):
            return False
        value = first.value
        if kind != "part" and first.scale == 1 and second.scale != 1 and value < _FOUR_DIGITS:
            value *= second.scale
        unit = unit or replace(last, span=Span(*first.span))
        a = self._quantity(first, value, unit, where, like)
        b = self._quantity(second, second.value, last, where, like)
        core = Span(a.core.start, b.core.end)
        names = _PAIRS[kind]
        for quantity, name in zip((a, b), names, strict=True):
            about = kind == "range" or quantity.approximate
            self.found.append(replace(quantity, core=core, pair=name, approximate=about))
        return True

    def _quantity(self, number: Number, value: Decimal, unit: Unit, where: Span, like: int | None) -> Quantity:
        start, end = number.span
        if like is None and where.start <= unit.span.start and unit.span.end <= where.end:
            end = max(end, unit.span.end)
            if unit.sort is Sort.MONEY:
                start = min(start, unit.span.start)
        behind = self.text[max(where.start, start - _BEHIND) : start]
        lead = self.words.approximate_before.search(behind)
        upto = self.words.upto.search(behind)
        if upto and not self.words.reached.search(
            self.text, max(where.start, start - 120), start - len(behind) + upto.start()
        ):
            lead = lead or upto
        after = self.words.approximate_after.match(self.text, end, where.end) or self.words.approximate_after.match(
            self.text, number.span.end, where.end
        )
        about = lead is not None or after is not None or number.odd
        core = Span(start - len(behind) + lead.start() if lead else start, end)
        if like is None and where.start <= unit.span.start < core.start:
            core = Span(unit.span.start, end)
        return Quantity(number, value * unit.factor, unit, about, Span(start, end), core, like)

    # Which numbers, in which unit

    def _unit(self, number: Number, where: Span) -> Unit | None:
        start, end = number.span
        if self._is_name(number, where):
            return None
        after = self._unit_after(end, where)
        if (before := currency_before(self.text, start, self.units, self.codes)) is not None:
            return before
        if after is not None:
            return after
        year = bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", self.text[start:end]))
        return counted(self.text, end, where.end, self.units, known=year) or self._demonym(end)

    def _demonym(self, end: int) -> Unit | None:
        """`6,000 young Kazakhs`: people called by their country."""
        for mention in self.analysis.actors_in(Span(end, end + 40)):
            gap = self.text[end : mention.span.start]
            if self._are_people(mention) and re.fullmatch(r"\s+(?:[^\W\d_]+\s+){0,2}", gap):
                return Unit("people", Sort.PEOPLE, Decimal(1), "citizens", Span(mention.span.start, mention.span.end))
        return None

    def _are_people(self, mention: ActorMention) -> bool:
        """Whether a word stands for people of a country: `Kazakhs`, and `Vietnamese` where no noun follows."""
        if mention.form is NameForm.ADJECTIVE:
            following = _WORD_AFTER.match(self.text, mention.span.end)
            return following is None or following[1].lower() in self.units.stop
        return mention.form is NameForm.DEMONYM

    def _is_name(self, number: Number, where: Span) -> bool:
        """Whether the number is an ordinal, a part of a name or a mark in a list: `Article 5`, `201st`, `18:30`."""
        start, end = number.span
        text = self.text
        if self.words.names.search(text[max(0, start - 20) : start]) and text[start - 1 : start] not in ("$", "€", "£"):
            behind = text[max(0, start - 20) : start].lower()
            at = behind.rstrip().endswith(" at") and self._has_unit(end, where)
            # `The Poles there number 40,000`: nothing is called so high a number.
            many = self.words.numbering.search(behind) and (number.scaled or _GROUPED.search(text[start:end]))
            if not at and not many:
                return True
        if re.match(r"(?:[/:]\d|[.]\d|-?(?:st|nd|rd|th|го|му|ом|ый|ой|ая|ую|ю|й|я|е|х|м)(?!\w))", text[end : end + 5]):
            return True
        if self._one_in_so_many(number):
            return True
        if text[end : end + 1].isalpha() or re.match(r"-[^\W\d_]", text[end : end + 2]):
            return not self._has_unit(end, where)
        return bool(
            number.digits
            and _LIST_MARK.search(text[max(0, start - 8) : start])
            and re.match(r"[.)]\s", text[end : end + 2])
        )

    def _one_in_so_many(self, number: Number) -> bool:
        """A part of `1 in 4`."""
        if number.scaled or number.value > _LARGEST_SMALL:
            return False
        ahead = self.text[number.span.end : number.span.end + 14]
        behind = self.text[max(0, number.span.start - 8) : number.span.start]
        return bool(_IN_DIGITS.match(ahead) or _DIGIT_IN.search(behind))

    def _has_unit(self, end: int, where: Span) -> bool:
        return self._unit_after(end, where) is not None

    def _unit_after(self, end: int, where: Span) -> Unit | None:
        def beside() -> frozenset[str]:
            return frozenset(self.analysis.codes_in(where))

        def home() -> frozenset[str]:
            state = home_of(self.analysis)
            return frozenset() if state is None else frozenset({state})

        return unit_after(self.text, end, where.end, self.units, beside, lambda: self.codes, home)

    def _is_figure(self, number: Number, unit: Unit, like: int | None) -> bool:
        if not number.digits and not number.scaled:
            word = self.text[number.span.start : number.span.end].lower()
            told = self.words.definite.search(self.text, max(0, number.span.start - _BEHIND), number.span.start)
            if told and unit.sort is Sort.THINGS and not self.units.nouns.search(self.text, *unit.span):
                return False
            if word in self.words.one_like and (
                unit.sort not in (Sort.MONEY, Sort.SHARE) or word in self.words.articles
            ):
                return False
            if unit.sort is Sort.TIMES and number.value == number.value.to_integral_value() and number.value <= 2:
                return False
        if unit.sort is Sort.TIMES and not self._is_multiple(number, unit):
            return False
        single = unit.sort in (Sort.PEOPLE, Sort.THINGS, Sort.TIMES)
        return number.value != 1 or number.scaled or like is not None or not single

    def _attends(self, number: Number, unit: Unit, where: Span) -> bool:
        """Whether those who are counted take part in a meeting: `a delegation of 30 traders`, `300 guests attended`."""
        if unit.sort not in (Sort.PEOPLE, Sort.THINGS):
            return False
        behind = self.text[max(where.start, number.span.start - _BEHIND) : number.span.start]
        end = max(number.span.end, unit.span.end)
        ahead = self.words.attending.match(self.text, end, min(where.end, end + _BEHIND))
        return ahead is not None or self.words.company.search(behind) is not None

    def _is_multiple(self, number: Number, unit: Unit) -> bool:
        """`3 times more`, `grew 3 times`, `в 3 раза`; not how often something happened."""
        start = number.span.start
        behind = self.text[max(0, start - _BEHIND) : start].split("\n")[-1]
        lead = self.words.approximate_before.search(behind)
        behind = behind[: lead.start()] if lead else behind
        if number.value != number.value.to_integral_value() or self.words.times_ahead.match(self.text, unit.span.end):
            return True
        joined = self.text[number.span.end : unit.span.start] == "-"
        if joined or self.words.times_behind.search(behind):
            return True
        return self.words.reached.search(behind) is not None

    def _range(self, first: Number, unit: Unit | None, second: Number, where: Span) -> str | None:
        """What two numbers are by the words around.

        `range`, `change` (from-to), `both` (`9 and 6 million`), `part` (`9 of the 40`), None.
        """
        behind = self.text[max(0, first.span.start - 25) : first.span.start].rstrip("$€£ US")
        between, from_ = self.words.between.search(behind + " "), self.words.from_.search(behind + " ")
        gap_start = (
            max(first.span.end, unit.span.end)
            if unit is not None and unit.span.end <= second.span.start
            else first.span.end
        )
        gap = re.sub(r"(?:US)?[$€£]$", "", self.text[gap_start : second.span.start])
        if _DASH.fullmatch(gap):
            return "range"
        if between and self.words.and_.fullmatch(gap):
            return "range"
        if self.words.to.fullmatch(gap):
            # `43 percent to 38 percent` sets two numbers against each other.
            moved = self.words.moved.search(self.text, max(where.start, first.span.start - _AROUND), first.span.start)
            if from_ and (moved or self.words.moved.search(self.text, second.span.end, where.end)):
                return "change"
            return "range" if from_ or unit is None else None
        lone = unit is None and first.digits and not first.scaled and second.scaled
        if lone and self.words.both.fullmatch(gap) and not self._is_name(first, where):
            return "both"
        if unit is None and first.value > 1 and first.value < second.value and self.words.part.fullmatch(gap):
            return "part"
        if unit is None and not first.digits and first.value < second.value and self.words.or_.fullmatch(gap):
            return "range"
        return None

    def _elliptic(self, number: Number, where: Span, lead: int | None = None) -> tuple[Unit | None, int | None]:
        """The unit of a number without one, and the quantity that it follows; `lead` is where a pair begins."""
        return (None, None) if self._is_name(number, where) else self.ellipsis.unit(number, where, lead)
