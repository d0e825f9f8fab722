"""Where a deed was done, from the words of its own sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis, overlap
from multivector.reading._tagger.mentions import Naming
from multivector.reading.languages import Language
from multivector.record import Span

_WIDEST = 80
"""The most characters of a name."""

_BEHIND = 48
"""How far before a place the words that make it one of something else begin, in characters."""

_BEFORE = 20
"""The preposition before a place that begins a clause stands in so many characters."""

_CITIES = (NameForm.CAPITAL, NameForm.SEAT)


@dataclass(frozen=True, slots=True)
class _Words:
    calendar: re.Pattern[str]
    apart: re.Pattern[str]
    reduced: re.Pattern[str]
    lead: re.Pattern[str]
    place: re.Pattern[str]
    toward: re.Pattern[str]
    going: re.Pattern[str]
    moving: re.Pattern[str]
    frame: re.Pattern[str]
    host: re.Pattern[str]
    guest: re.Pattern[str]
    where: re.Pattern[str]
    house: re.Pattern[str]
    governed: re.Pattern[str]
    there: re.Pattern[str]
    not_place: re.Pattern[str]
    state: re.Pattern[str]
    line: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table: dict[str, str] = language.table("references").get("occasion", {})

    def of(name: str) -> str:
        return table.get(name, "(?!)")

    word = r"[A-ZÀ-ÞĀ-ŽƏ][\w’'ʻ-]+"
    name = rf"((?:(?:{of('waters')})\s+{word}|{word}(?:\s+{word}){{0,2}})(?:\s+(?:{of('areas')}))?)"
    return _Words(
        calendar=re.compile(rf"\b(?:{of('calendar')})\b", re.IGNORECASE),
        apart=re.compile(rf"\b(?:{of('apart')})\b", re.IGNORECASE),
        reduced=re.compile(rf"\b(?:{of('papers')})\s+(?:{of('reduced')})\b", re.IGNORECASE),
        lead=re.compile(
            rf"(?:[^:.!?“”\"]{{1,60}}:\s)?\W*(?:(?:{of('lead')})\W+|(?:{of('lead_phrase')})\W*)*", re.IGNORECASE
        ),
        place=re.compile(rf"\b(?:{of('place')})\s+{name}"),
        toward=re.compile(rf"(?:{of('toward')})\b"),
        going=re.compile(rf"\b(?:{of('going')})\b", re.IGNORECASE),
        moving=re.compile(rf"\b(?:{of('moving')})\b", re.IGNORECASE),
        frame=re.compile(rf"\b(?i:{of('frame')})\s+{name}(?=,\s|\s+(?:{of('then')})\b)"),
        host=re.compile(rf"{name}\s+(?:{of('host')})\b"),
        guest=re.compile(rf"\b(?:{of('guest')})\s+{name}"),
        where=re.compile(rf",?\s+(?:{of('where')})\s+(?:the\s+|an?\s+)?", re.IGNORECASE),
        house=re.compile(rf"\b(?:{of('house')})(?:\s+of(?:\s+[\w’'-]+){{1,3}})?\s+$", re.IGNORECASE),
        governed=re.compile(rf"\b(?:{of('governed')})\s+$", re.IGNORECASE),
        there=re.compile(rf"\b(?:{of('there')})\b", re.IGNORECASE),
        not_place=re.compile(rf"\b(?:{of('not_place')})\b"),
        state=re.compile(rf"\b(?:{of('to_state')})\s+(?:the\s+)?$", re.IGNORECASE),
        line=re.compile(rf"\s*{name}(?:,\s{word})?,\s"),
    )


def place_of(analysis: Analysis, clause: Span, verb: Span | None = None) -> str | None:
    """Where what the clause tells happened, as written: the place named in it or at the head of its sentence.

    States do not count; with `verb`, the place of the doer's house (`the embassy in P urged`) does not either.
    """
    sentence = analysis.sentences[analysis.sentence_at(clause.start)].span
    frame = frame_of(analysis, sentence)
    inside = frame is not None and clause.start <= frame.start and frame.end <= clause.end
    if (framed := framed_place(analysis, frame.end if frame and inside else clause.start)) is not None:
        return framed
    if (before := _where_before(analysis, clause, sentence)) is not None:
        return before
    if (named := next(_places(analysis, clause, sentence, verb), None)) is not None:
        return named
    return _guest_place(analysis, clause, sentence) or _there(analysis, clause)


def _places(analysis: Analysis, clause: Span, sentence: Span, verb: Span | None = None) -> Iterator[str]:
    words, text = _words(analysis.language), analysis.text
    low, high = clause.start, min(sentence.end, clause.end)
    near = max(sentence.start, low - _BEFORE)
    for match in words.host.finditer(text, low, high):
        name = _named(analysis, match)
        if name is not None and _is_city(analysis, name, match.start(1)):
            yield name
    for match in words.place.finditer(text, near, high):
        name = _named(analysis, match) if match.start(1) >= low else None
        behind = text[max(near, match.start() - _BEHIND) : match.start()]
        if name is None or words.governed.search(behind):
            continue
        if verb is not None and match.start() < verb.start and words.house.search(behind):
            continue
        if words.reduced.search(text, low, match.start()):
            return
        if words.toward.match(match.group()) and not _reached(analysis, Span(low, match.start()), name, match.start(1)):
            continue
        yield name


def _where_before(analysis: Analysis, clause: Span, sentence: Span) -> str | None:
    """The place that a relative clause is about: `flew to P, where they signed ...`."""
    words, text = _words(analysis.language), analysis.text
    for match in words.place.finditer(text, sentence.start, clause.start):
        gap = text[match.end(1) : clause.start]
        if words.where.fullmatch(gap) and (name := _named(analysis, match)) is not None:
            return name
    return None


def _reached(analysis: Analysis, lead: Span, name: str, start: int) -> bool:
    """Whether what is done goes to the place: one travels to P, but sells and promises to a government."""
    words, text = _words(analysis.language), analysis.text
    if words.going.search(text, *lead) is None:
        return False
    named = analysis.names_in(Span(max(0, start - 1), start + len(name) + 1))
    other = any(mention.kind is not Naming.PLACE for mention in named)
    return _is_city(analysis, name, start) or (not other and words.moving.search(text, *lead) is not None)


def _there(analysis: Analysis, clause: Span) -> str | None:
    """`held talks there`: the last place of the sentence before."""
    number = analysis.sentence_at(clause.start)
    if not number or not _words(analysis.language).there.search(analysis.text, *clause):
        return None
    before = analysis.sentences[number - 1].span
    return next(reversed(list(_places(analysis, before, before))), None)


def frame_of(analysis: Analysis, sentence: Span) -> Span | None:
    """The words of a place that opens a sentence: `In P, the ministers signed ...`."""
    words, text = _words(analysis.language), analysis.text
    match = words.frame.search(text, sentence.start, min(sentence.end, sentence.start + _WIDEST))
    if match is None:
        return None
    lead = text[sentence.start : match.start()]
    time = next(analysis.times_in(Span(sentence.start, match.start())), None)
    if time is not None:
        lead = text[sentence.start : time.span.start] + text[time.span.end : match.start()]
    if not is_lead(analysis, lead) or words.governed.search(lead):
        return None
    return Span(*match.span())


def is_lead(analysis: Analysis, words: str) -> bool:
    """Whether only such words stand before a time or place as may stand before what opens a sentence."""
    return _words(analysis.language).lead.fullmatch(words) is not None


def framed_place(analysis: Analysis, offset: int) -> str | None:
    """The place that opens the sentence of `offset`, where it holds for what is told there."""
    words, text = _words(analysis.language), analysis.text
    sentence = analysis.sentences[analysis.sentence_at(offset)].span
    frame = frame_of(analysis, sentence)
    if frame is None or frame.end > offset or words.apart.search(text, frame.end, offset):
        return None
    match = words.frame.match(text, frame.start)
    return _named(analysis, match) if match is not None else None


def place_of_line(analysis: Analysis, line: Span) -> str | None:
    """The place of a line with place and day: `Vienna, 3 May 2026`."""
    match = _words(analysis.language).line.match(analysis.text, *line)
    time = next(analysis.times_in(line), None)
    if match is None or time is None or match.end() != time.span.start:
        return None
    return _named(analysis, match) if not analysis.text[time.span.end : line.end].strip(" .") else None


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
    return [m for m in analysis.actors_in(around) if overlap(m.span, span)]


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
        lead = text[max(clause.start, mention.span.start - _WIDEST) : mention.span.start]
        joined = last >= 0 and re.fullmatch(r"(?:,\s|,?\sand\s)(?:the\s)?", text[last : mention.span.start])
        if joined or words.state.search(lead):
            last = mention.span.end
            if mention.code in sides:
                found.append(analysis.words(mention.span))
    return found[0] if len(set(found)) == 1 else None
