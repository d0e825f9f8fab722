"""When and where a deed was done, from the words of its own sentence and the label of its paragraph."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis, TimeMention
from multivector.reading._deeds import Deeds
from multivector.reading._tagger.mentions import Naming
from multivector.reading.languages import Language
from multivector.record import Modality, Span, interval

_WIDEST = 80
"""The most characters of a name."""

_BEHIND = 32
"""How far before a time or place the words that make it one of something else begin, in characters."""

_CITIES = (NameForm.CAPITAL, NameForm.SEAT)


@dataclass(frozen=True, slots=True)
class _Words:
    calendar: re.Pattern[str]
    loose_time: re.Pattern[str]
    elsewhere: re.Pattern[str]
    apart: re.Pattern[str]
    reduced: re.Pattern[str]
    lead: re.Pattern[str]
    when: re.Pattern[str]
    coordinate: re.Pattern[str]
    at_once: re.Pattern[str]
    place: re.Pattern[str]
    toward: re.Pattern[str]
    going: re.Pattern[str]
    frame: re.Pattern[str]
    host: re.Pattern[str]
    guest: re.Pattern[str]
    house: re.Pattern[str]
    not_place: re.Pattern[str]
    state: re.Pattern[str]
    matter: re.Pattern[str]
    reduced_time: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    occasion: dict[str, str] = language.table("references").get("occasion", {})

    def of(name: str) -> str:
        return occasion.get(name, "(?!)")

    word = r"[A-ZÀ-ÞĀ-ŽƏ][\w’'ʻ-]+"
    name = rf"((?:(?:{of('waters')})\s+{word}|{word}(?:\s+{word}){{0,2}})(?:\s+(?:{of('areas')}))?)"
    lead = rf"\W*(?:(?i:{of('lead')})\W+)*"
    return _Words(
        calendar=re.compile(rf"\b(?:{of('calendar')})\b", re.IGNORECASE),
        loose_time=re.compile(rf"\b(?:{of('loose_time')})\s+$", re.IGNORECASE),
        elsewhere=re.compile(rf"\b(?:{of('elsewhere')})\b", re.IGNORECASE),
        apart=re.compile(rf"\b(?:{of('apart')})\b", re.IGNORECASE),
        reduced=re.compile(rf"\b(?:{of('reduced')})\b", re.IGNORECASE),
        lead=re.compile(rf"{lead}(?:(?i:in|at)\s+(?:the\s+)?{word}(?:\s+{word}){{0,2}}\W+(?:(?i:{of('lead')})\W+)*)?"),
        when=re.compile(rf",?\s+(?:{of('when')})\s+(?:the\s+|an?\s+)?", re.IGNORECASE),
        coordinate=re.compile(rf"\s(?:{of('coordinate')})\s+(?:\w+ly\s+|also\s+)?$", re.IGNORECASE),
        at_once=re.compile(rf"\b(?:{of('at_once')})\b", re.IGNORECASE),
        place=re.compile(rf"\b(?:{of('place')})\s+{name}"),
        toward=re.compile(rf"(?:{of('toward')})\b"),
        going=re.compile(rf"\b(?:{of('going')})\b", re.IGNORECASE),
        frame=re.compile(rf"(?i:{of('frame')})\s+{name}(?=,\s|\s+(?:{of('then')})\b)"),
        host=re.compile(rf"{name}\s+(?:{of('host')})\b"),
        guest=re.compile(rf"\b(?:{of('guest')})\s+{name}"),
        house=re.compile(rf"\b(?:{of('house')})\s+$", re.IGNORECASE),
        not_place=re.compile(rf"\b(?:{of('not_place')})\b"),
        matter=re.compile(of("matter"), re.IGNORECASE),
        reduced_time=re.compile(rf"\b(?:{of('reduced')})(?:\s(?:on|in|at|last|this))?\s+$", re.IGNORECASE),
        state=re.compile(rf"\b(?:{of('to_state')})\s+(?:the\s+)?$", re.IGNORECASE),
    )


# ---------------------------------------------------------------------------------------------------------- dates


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
    for time in before:
        gap = text[time.span.end : clause.start]
        if words.lead.fullmatch(text, sentence.start, time.span.start) and not words.apart.search(gap):
            return time.value
        if words.coordinate.search(gap) and not words.elsewhere.search(words.coordinate.sub("", gap)):
            # `expelled the envoy on Friday and closed the border`
            return _joined(analysis, time, clause.start)
    found = None if alone else _beside(analysis, deeds, clause, sentence, fits)
    return found or _labelled(analysis, clause.start) or _at_once(analysis, clause, sentence)


def _fits(
    analysis: Analysis, deeds: Deeds, modality: Modality | None, verb: Span | None
) -> Callable[[TimeMention], bool]:
    """Whether a time can be that of a deed: not one of a title, a limit, a paper, or on the wrong side of today."""
    words, today = _words(analysis.language), analysis.published

    def fits(time: TimeMention) -> bool:
        before = analysis.text[max(0, time.span.start - _BEHIND) : time.span.start]
        if deeds.titled(time.span.start) or words.loose_time.search(before):
            return False
        first, last = interval(time.value)
        if modality is None:
            return True
        paper = words.reduced_time.search(before)
        if paper and verb is not None and not verb.start <= time.span.start - len(paper.group()) < verb.end:
            return False  # `under a contract signed in May`
        if first is None:
            return False
        late = modality is Modality.OCCURRED and today is not None and first > today
        early = modality is Modality.PLANNED and today is not None and last is not None and last < today
        return not late and not early

    return fits


def _joined(analysis: Analysis, time: TimeMention, end: int) -> str:
    """The value of a time, with the day after it: `on Tuesday and Wednesday`."""
    first, last = interval(time.value)
    following = next(iter(analysis.times_in(Span(time.span.end, end))), None)
    if following is None or first is None or first != last:
        return time.value
    next_day = interval(following.value)
    gap = analysis.text[time.span.end : following.span.start].split()
    if gap in (["and"], ["and", "on"]) and next_day == (first + dt.timedelta(days=1),) * 2:
        return f"{time.value}/{following.value}"
    return time.value


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
    time = next(iter(analysis.times_in(paragraph)), None)
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
    return day if len(day) == len("2026-02-18") else None


# --------------------------------------------------------------------------------------------------------- places


def place_of(analysis: Analysis, clause: Span, verb: Span | None = None) -> str | None:
    """Where what the clause tells happened, as written: the place named in it or at the head of its sentence.

    States do not count; with `verb`, the place of the doer's house (`the embassy in P urged`) does not either.
    """
    sentence = analysis.sentences[analysis.sentence_at(clause.start)].span
    if (framed := framed_place(analysis, clause, sentence)) is not None:
        return framed
    return next(_places(analysis, clause, sentence, verb), None) or _guest_place(analysis, clause, sentence)


def _places(analysis: Analysis, clause: Span, sentence: Span, verb: Span | None) -> Iterator[str]:
    words, text = _words(analysis.language), analysis.text
    low, high = clause.start, min(sentence.end, clause.end)
    for match in words.host.finditer(text, low, high):
        name = _named(analysis, match)
        if name is not None and _is_city(analysis, name, match.start(1)):
            yield name
    for match in words.place.finditer(text, low, high):
        name = _named(analysis, match)
        if name is None:
            continue
        behind = text[max(low, match.start() - _BEHIND) : match.start()]
        if words.house.search(behind) and verb is not None and match.start() < verb.start:
            continue
        if verb is not None and words.reduced.search(text, max(verb.end, low), match.start()):
            return
        if words.toward.match(match.group()) and not (
            words.going.search(text, low, match.start()) and _is_city(analysis, name, match.start(1))
        ):
            continue
        yield name


def matter_of(analysis: Analysis, act: Span, verb: int) -> Span:
    """An act of words up to what it is about: `thanked B` of `thanked B for the clinic in P`."""
    match = _words(analysis.language).matter.search(analysis.text, verb, act.end)
    return Span(act.start, match.start()) if match else act


def framed_place(analysis: Analysis, clause: Span, sentence: Span) -> str | None:
    """The place that opens the sentence: `In P, the ministers signed ...`."""
    words, text = _words(analysis.language), analysis.text
    for match in words.frame.finditer(text, sentence.start, clause.start):
        lead = text[sentence.start : match.start()]
        time = next(iter(analysis.times_in(Span(sentence.start, match.start()))), None)
        rest = lead if time is None else text[sentence.start : time.span.start] + text[time.span.end : match.start()]
        if not words.lead.fullmatch(rest) or words.apart.search(text, match.end(), clause.start):
            return None
        return _named(analysis, match)
    return None


def _guest_place(analysis: Analysis, clause: Span, sentence: Span) -> str | None:
    """`received N, who is on a visit to P`."""
    match = _words(analysis.language).guest.search(analysis.text, clause.start, sentence.end)
    if match is None or analysis.text[clause.end : max(clause.end, match.start())].count(";"):
        return None
    return _named(analysis, match)


def _named(analysis: Analysis, match: re.Match[str]) -> str | None:
    """The name that a pattern has found, where it is that of a place and not of a state, a body or a day."""
    words = _words(analysis.language)
    name = match.group(1).strip()
    span = Span(match.start(1), match.start(1) + len(name))
    if words.calendar.match(name) or name.isupper() or words.not_place.search(name):
        return None
    if any(m.form not in _CITIES and (m.span == span or " " not in name) for m in _actors_at(analysis, span)):
        return None
    around = Span(max(0, span.start - _WIDEST), span.end + _WIDEST)
    for mention in analysis.names_in(around):
        holds = mention.span.start <= span.start and span.end <= mention.span.end
        if holds and mention.kind in (Naming.ORGANISATION, Naming.OFFICE) and " " in name:
            return None
    return name


def _actors_at(analysis: Analysis, span: Span) -> list[ActorMention]:
    around = Span(max(0, span.start - _WIDEST), span.end + _WIDEST)
    return [m for m in analysis.actors_in(around) if m.span.start < span.end and span.start < m.span.end]


def _is_city(analysis: Analysis, name: str, start: int) -> bool:
    """Whether a name is that of a city, known or named as a place."""
    span = Span(start, start + len(name))
    if any(m.form is NameForm.CAPITAL for m in _actors_at(analysis, span)):
        return True
    if analysis.knowledge.city(name) is not None:
        return True
    places = analysis.names_in(Span(max(0, start - 1), span.end + 1))
    return any(mention.kind is Naming.PLACE and mention.span == span for mention in places)


def visited_state(analysis: Analysis, clause: Span, sides: Collection[str]) -> str | None:
    """The state that a visit goes to, as written, one of its `sides`; None where it goes to several of them."""
    words, text = _words(analysis.language), analysis.text
    found: list[str] = []
    last = -1
    for mention in analysis.actors_in(clause):
        if mention.form is not NameForm.NAME:
            continue
        lead = text[max(clause.start, mention.span.start - _BEHIND) : mention.span.start]
        joined = last >= 0 and re.fullmatch(r"(?:,\s|,?\sand\s)(?:the\s)?", text[last : mention.span.start])
        if joined or words.state.search(lead):
            last = mention.span.end
            if mention.code in sides:
                found.append(analysis.words(mention.span))
    return found[0] if len(set(found)) == 1 else None
