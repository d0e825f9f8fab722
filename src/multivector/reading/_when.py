"""When a deed was done, from the words of its own sentence, the one before it and the label of its paragraph."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._analysis import Analysis, TimeMention
from multivector.reading._deeds import Deeds
from multivector.reading._where import frame_of, is_lead
from multivector.reading.languages import Language
from multivector.record import Modality, Span, interval

_BEHIND = 32
"""How far before a time the words that make it one of something else begin, in characters."""

_DIRECTLY = re.compile(r"(?:\w+ly\s)?")
"""What may stand between the start of a clause that shares its subject, and its verb."""

_DAY = len("2026-02-18")
_TO_COME = frozenset({Modality.PLANNED, Modality.HYPOTHETICAL})


@dataclass(frozen=True, slots=True)
class _Words:
    month: re.Pattern[str]
    loose_time: re.Pattern[str]
    part_of_day: re.Pattern[str]
    elsewhere: re.Pattern[str]
    apart: re.Pattern[str]
    reduced: re.Pattern[str]
    when: re.Pattern[str]
    coordinate: re.Pattern[str]
    at_once: re.Pattern[str]
    matter: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table: dict[str, str] = language.table("references").get("occasion", {})

    def of(name: str) -> str:
        return table.get(name, "(?!)")

    return _Words(
        month=re.compile(rf"\b(?:{of('month')})\b", re.IGNORECASE),
        loose_time=re.compile(rf"\b(?:{of('loose_time')})\s+$", re.IGNORECASE),
        part_of_day=re.compile(rf"\b(?:{of('part_of_day')})\s+$", re.IGNORECASE),
        elsewhere=re.compile(rf"\b(?:{of('elsewhere')})\b", re.IGNORECASE),
        apart=re.compile(rf"\b(?:{of('apart')})\b", re.IGNORECASE),
        reduced=re.compile(rf"\b(?:{of('reduced')})(?:\s(?:on|in|at|last|this))?\s+$", re.IGNORECASE),
        when=re.compile(rf",?\s+(?:{of('when')})\s+(?:the\s+|an?\s+)?", re.IGNORECASE),
        coordinate=re.compile(rf"(?<!,)\s(?:{of('coordinate')})\s+(?:\w+ly\s+|also\s+)?$", re.IGNORECASE),
        at_once=re.compile(rf"\b(?:{of('at_once')})\b", re.IGNORECASE),
        matter=re.compile(of("matter"), re.IGNORECASE),
    )


def date_of(
    analysis: Analysis,
    deeds: Deeds,
    clause: Span,
    *,
    alone: bool = False,
    modality: Modality | None = None,
    verb: Span | None = None,
) -> str | None:
    """When what the clause tells happened: the time named in it, else the one time that its sentence names beside it.

    With `alone` nothing but the clause and what opens its sentence or paragraph counts. What occurred was not after
    publication, and what is to come is not before it.
    """
    value = _Sought(analysis, deeds, clause, modality, verb).value(alone=alone)
    if value is None or modality not in _TO_COME or not _is_over(analysis, value):
        return value
    # `The visit in October`, read as that of last year.
    return None if "/" in value or value.endswith("-02-29") else f"{int(value[:4]) + 1}{value[4:]}"


class _Sought:
    """The search for the time of one clause."""

    def __init__(
        self, analysis: Analysis, deeds: Deeds, clause: Span, modality: Modality | None, verb: Span | None
    ) -> None:
        self._analysis, self._text = analysis, analysis.text
        self._words = _words(analysis.language)
        self._deeds, self._clause, self._modality, self._verb = deeds, clause, modality, verb
        self._sentence = analysis.sentences[analysis.sentence_at(clause.start)].span
        asides = [Span(*match.span()) for match in deeds.clauses.grammar.aside.finditer(self._text, *clause)]
        self._asides = [aside for aside in asides if verb is None or not aside.start < verb.start < aside.end]

    def value(self, *, alone: bool) -> str | None:
        before = [time for time in self._times(Span(self._sentence.start, self._clause.start)) if self._fits(time)]
        own = self._right_before(before) or self._inside()
        if own is not None or self._modality is Modality.DENIED:
            return own
        if (near := (None if alone else self._right_behind()) or self._shared(before)) is not None:
            return near
        beside = None if alone else self._beside()
        if beside is not None or self._modality in _TO_COME:
            return beside
        return _labelled(self._analysis, self._clause.start) or _at_once(self._analysis, self._clause, self._sentence)

    def _right_before(self, before: list[TimeMention]) -> str | None:
        """`On 3 May the parties met`: the clause is taken from its subject on; `on 3 May, when they met`."""
        for time in before:
            gap = self._text[time.span.end : self._clause.start]
            if not gap.strip(" ,") or self._words.when.fullmatch(gap):
                return time.value
        return None

    def _inside(self) -> str | None:
        for time in self._times(self._clause):
            if self._fits(time, ahead=True) and not self._aside(time):
                return _joined(self._analysis, time, self._clause.end)
        return None

    def _right_behind(self) -> str | None:
        """`rejected the charge two days later`: the clause is taken up to its object."""
        time = next(self._times(Span(self._clause.end, self._sentence.end)), None)
        if time is None or self._text[self._clause.end : time.span.start].strip(" ,"):
            return None
        return time.value if self._fits(time) else None

    def _shared(self, before: list[TimeMention]) -> str | None:
        """`In May A accused B and closed the border`, `A expelled the envoy on Friday and closed the border`."""
        clause, words = self._clause, self._words
        verb = clause.start if self._verb is None else self._verb.start
        goes_on = self._verb is not None and _DIRECTLY.fullmatch(self._text, clause.start, verb) is not None
        for time in before:
            gap = self._text[time.span.end : clause.start]
            if self._opens(time) and not words.apart.search(gap):
                return time.value
            if words.matter.search(self._text, self._sentence.start, time.span.start):
                continue  # `condemned B for the raid in May and urged it to pay`
            if goes_on and words.coordinate.search(gap) and not words.elsewhere.search(words.coordinate.sub("", gap)):
                return _joined(self._analysis, time, clause.start)
        return None

    def _beside(self) -> str | None:
        """The one time of the sentence, where nothing between it and the clause shows that it is another deed's."""
        clause, contents = self._clause, self._deeds.references.contents
        holder = contents.span_at(clause.start)
        values: set[str] = set()
        for time in self._times(self._sentence):
            gap = Span(min(clause.end, time.span.start), time.span.start)
            gap = gap if time.span.start >= clause.start else Span(time.span.end, max(time.span.end, clause.start))
            if contents.span_at(time.span.start) != holder or not self._fits(time):
                continue
            aside = self._verb is not None and self._aside(time)
            if not aside and not self._words.elsewhere.search(self._analysis.words(gap)):
                values.add(time.value)
        return values.pop() if len(values) == 1 else None

    def _times(self, span: Span) -> Iterator[TimeMention]:
        return self._analysis.times_in(span)

    def _aside(self, time: TimeMention) -> bool:
        return any(aside.start < time.span.start < aside.end for aside in self._asides)

    def _opens(self, time: TimeMention) -> bool:
        """Whether a time opens the sentence, alone or with the place: `In P on Monday`."""
        start = self._sentence.start
        lead = self._text[start : time.span.start]
        if (framed := frame_of(self._analysis, self._sentence)) is not None and framed.end <= time.span.start:
            lead = lead[: framed.start - start] + lead[framed.end - start :]
        return is_lead(self._analysis, lead)

    def _fits(self, time: TimeMention, *, ahead: bool = False) -> bool:
        """Whether a time can be that of the deed: none of a title, limit or paper, nor on the wrong side of today.

        With `ahead` a month told without a year may be the next one.
        """
        before = self._text[max(0, time.span.start - _BEHIND) : time.span.start]
        if self._deeds.titled(time.span.start):
            return False
        if self._words.loose_time.search(before) and not self._words.part_of_day.search(before):
            return False
        if self._modality is None:
            return True
        verb, paper = self._verb, self._words.reduced.search(before)
        if paper and verb is not None and not verb.start <= time.span.start - len(paper.group()) < verb.end:
            return False  # `under a contract signed in May`
        first, today = interval(time.value)[0], self._analysis.published
        if first is None or (self._modality is Modality.OCCURRED and today is not None and first > today):
            return False
        if self._modality not in _TO_COME or not _is_over(self._analysis, time.value):
            return True
        named = self._analysis.words(time.span)
        return ahead and self._words.month.search(named) is not None and re.search(r"\d{4}", named) is None


def _is_over(analysis: Analysis, value: str) -> bool:
    last = interval(value)[1]
    return analysis.published is not None and last is not None and last < analysis.published


def _joined(analysis: Analysis, time: TimeMention, end: int) -> str:
    """The value of a time, with the day after it: `on Tuesday and Wednesday`; or the day that tells it more closely."""
    following = next(analysis.times_in(Span(time.span.end, end)), None)
    if following is None or len(following.value) != _DAY:
        return time.value
    gap = analysis.text[time.span.end : following.span.start].split()
    first, next_day = interval(time.value), interval(following.value)[0]
    if gap in (["and"], ["and", "on"]) and first[0] == first[1] and next_day is not None:
        return f"{time.value}/{following.value}" if first[0] == next_day - dt.timedelta(days=1) else time.value
    # `three weeks later, on 1 October`
    return following.value if gap in ([","], [",", "on"]) and first[0] != first[1] else time.value


def _labelled(analysis: Analysis, offset: int) -> str | None:
    """The day that stands before the text of a paragraph: `12 May: The leaders of ...`, `May 12. The leaders ...`."""
    paragraph = analysis.paragraphs[analysis.sentences[analysis.sentence_at(offset)].paragraph]
    time = next(analysis.times_in(paragraph), None)
    if time is None or time.span.end >= offset or analysis.text[paragraph.start : time.span.start].strip():
        return None
    after = analysis.text[time.span.end : time.span.end + 3]
    first, last = interval(time.value)
    return time.value if re.match(r"\s?[.:–—]\s", after) and first is not None and first == last else None


def _at_once(analysis: Analysis, clause: Span, sentence: Span) -> str | None:
    """`A few hours later`: the one day that the sentence before tells."""
    number = analysis.sentence_at(sentence.start)
    if not number or not _words(analysis.language).at_once.search(analysis.text, sentence.start, clause.end):
        return None
    before = {time.value for time in analysis.times_in(analysis.sentences[number - 1].span)}
    day = before.pop() if len(before) == 1 else ""
    return day if len(day) == _DAY else None


def matter_of(analysis: Analysis, act: Span, verb: int) -> Span:
    """An act of words up to what it is about: `thanked B` of `thanked B for the clinic in P`."""
    match = _words(analysis.language).matter.search(analysis.text, verb, act.end)
    return Span(act.start, match.start()) if match else act
