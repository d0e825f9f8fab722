"""When a deed was done, from the words of its own sentence, the one before it and the label of its paragraph."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._analysis import Analysis, TimeMention
from multivector.reading._deeds import Deeds
from multivector.reading._where import frame_of
from multivector.reading.languages import Language
from multivector.record import Modality, Span, interval

_BEHIND = 32
"""How far before a time the words that make it one of something else begin, in characters."""

_DAY = len("2026-02-18")


@dataclass(frozen=True, slots=True)
class _Words:
    loose_time: re.Pattern[str]
    part_of_day: re.Pattern[str]
    elsewhere: re.Pattern[str]
    apart: re.Pattern[str]
    reduced: re.Pattern[str]
    lead: re.Pattern[str]
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
        loose_time=re.compile(rf"\b(?:{of('loose_time')})\s+$", re.IGNORECASE),
        part_of_day=re.compile(rf"\b(?:{of('part_of_day')})\s+$", re.IGNORECASE),
        elsewhere=re.compile(rf"\b(?:{of('elsewhere')})\b", re.IGNORECASE),
        apart=re.compile(rf"\b(?:{of('apart')})\b", re.IGNORECASE),
        reduced=re.compile(rf"\b(?:{of('reduced')})(?:\s(?:on|in|at|last|this))?\s+$", re.IGNORECASE),
        lead=re.compile(rf"\W*(?:(?:{of('lead')})\W+)*", re.IGNORECASE),
        when=re.compile(rf",?\s+(?:{of('when')})\s+(?:the\s+|an?\s+)?", re.IGNORECASE),
        coordinate=re.compile(rf"\s(?:{of('coordinate')})\s+(?:\w+ly\s+|also\s+)?$", re.IGNORECASE),
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
    publication, and what is planned is not before it.
    """
    words, text = _words(analysis.language), analysis.text
    sentence = analysis.sentences[analysis.sentence_at(clause.start)].span
    fits = _fits(analysis, deeds, modality, verb)
    before = [time for time in analysis.times_in(Span(sentence.start, clause.start)) if fits(time)]
    for time in before:
        # `On 3 May the parties met`: the clause is taken from its subject on.
        gap = text[time.span.end : clause.start]
        if not gap.strip(" ,") or words.when.fullmatch(gap):
            return time.value
    asides = [match.span() for match in deeds.clauses.grammar.aside.finditer(text, *clause)]
    for time in analysis.times_in(clause):
        if fits(time) and not any(low < time.span.start < high for low, high in asides):
            return _joined(analysis, time, clause.end)
    if modality is Modality.DENIED:
        return None
    following = next(analysis.times_in(Span(clause.end, sentence.end)), None)
    if following is not None and not alone and fits(following):
        # `rejected the charge two days later`: the clause is taken up to its object.
        if not text[clause.end : following.span.start].strip(" ,"):
            return following.value
    for time in before:
        gap = text[time.span.end : clause.start]
        if _opens(analysis, sentence, time) and not words.apart.search(gap):
            return time.value
        if words.coordinate.search(gap) and not words.elsewhere.search(words.coordinate.sub("", gap)):
            # `expelled the envoy on Friday and closed the border`
            return _joined(analysis, time, clause.start)
    found = None if alone else _beside(analysis, deeds, clause, sentence, fits)
    return found or _labelled(analysis, clause.start) or _at_once(analysis, clause, sentence)


def _opens(analysis: Analysis, sentence: Span, time: TimeMention) -> bool:
    """Whether a time opens the sentence, alone or with the place: `In P on Monday`."""
    lead = analysis.text[sentence.start : time.span.start]
    if (framed := frame_of(analysis, sentence)) is not None and framed.end <= time.span.start:
        lead = lead[: framed.start - sentence.start] + lead[framed.end - sentence.start :]
    return _words(analysis.language).lead.fullmatch(lead) is not None


def _fits(
    analysis: Analysis, deeds: Deeds, modality: Modality | None, verb: Span | None
) -> Callable[[TimeMention], bool]:
    """Whether a time can be that of a deed: not one of a title, a limit, a paper, or on the wrong side of today."""
    words, today = _words(analysis.language), analysis.published

    def fits(time: TimeMention) -> bool:
        before = analysis.text[max(0, time.span.start - _BEHIND) : time.span.start]
        if deeds.titled(time.span.start):
            return False
        if words.loose_time.search(before) and not words.part_of_day.search(before):
            return False
        first, last = interval(time.value)
        if modality is None:
            return True
        paper = words.reduced.search(before)
        if paper and verb is not None and not verb.start <= time.span.start - len(paper.group()) < verb.end:
            return False  # `under a contract signed in May`
        if first is None:
            return False
        late = modality is Modality.OCCURRED and today is not None and first > today
        early = modality is Modality.PLANNED and today is not None and last is not None and last < today
        return not late and not early

    return fits


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


def _beside(
    analysis: Analysis, deeds: Deeds, clause: Span, sentence: Span, fits: Callable[[TimeMention], bool]
) -> str | None:
    """The one time of the sentence, where nothing between it and the clause shows that it is another deed's."""
    words = _words(analysis.language)
    holder = deeds.references.contents.span_at(clause.start)
    values: set[str] = set()
    for time in analysis.times_in(sentence):
        gap = Span(min(clause.end, time.span.start), time.span.start)
        gap = gap if time.span.start >= clause.start else Span(time.span.end, max(time.span.end, clause.start))
        beside = deeds.references.contents.span_at(time.span.start) == holder
        if beside and fits(time) and not words.elsewhere.search(analysis.words(gap)):
            values.add(time.value)
    return values.pop() if len(values) == 1 else None


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
