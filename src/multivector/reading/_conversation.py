"""Who talks to whom in an interview or a speech, by the first lines of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.reading._analysis import Analysis
from multivector.reading._contents import Contents
from multivector.reading._lookup import Sought
from multivector.reading._reference import Reference, Sort, codes_of
from multivector.reading.languages import Language
from multivector.record import Span

_HEAD = 2
"""How many paragraphs at the start may tell it."""

_LONGEST = 300
"""The most characters of a paragraph that heads a document."""

_BESIDE = 60
"""How far from the name of a state the words stand that tell what it has to do with the talk."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The states of those who talk; None where the first lines do not tell. `start` is where the words begin."""

    speaker: str | None
    addressee: str | None
    speech: bool
    start: int


@dataclass(frozen=True, slots=True)
class _Words:
    interview: re.Pattern[str]
    speech: re.Pattern[str]
    medium: re.Pattern[str]
    house: re.Pattern[str]
    house_of: re.Pattern[str]
    addressee: Sought


@lru_cache(maxsize=4)
def _words(language: Language) -> _Words:
    table = language.table("references").get("conversation", {})

    def pattern(name: str) -> re.Pattern[str]:
        return re.compile(table.get(name, "(?!)"), re.IGNORECASE)

    return _Words(
        interview=re.compile(rf"\b(?:{table.get('interview', '(?!)')})", re.IGNORECASE),
        speech=pattern("speech"),
        medium=pattern("medium"),
        house=pattern("house"),
        house_of=pattern("house_of"),
        addressee=Sought(rf"\b(?:{table.get('addressee', '(?!)')})\b"),
    )


def conversation_of(analysis: Analysis, named: tuple[Reference, ...]) -> Conversation | None:
    """The conversation that the document is; None when its first lines announce none."""
    words = _words(analysis.language)
    for paragraph in analysis.paragraphs[:_HEAD]:
        if paragraph.end - paragraph.start > _LONGEST:
            return None
        speech = words.speech.search(analysis.text[paragraph.start : paragraph.end]) is not None
        if not speech and words.interview.search(analysis.text, *paragraph) is None:
            continue
        here = [each for each in named if paragraph.start <= each.span.start < paragraph.end]
        people = codes_of(each for each in here if each.sort is Sort.PERSON)
        others = [each for each in here if _asks(analysis, words, each, speech=speech)]
        hosts = tuple(code for code in codes_of(others) if code not in people)
        return Conversation(
            people[0] if len(people) == 1 else None,
            hosts[0] if len(hosts) == 1 and len(people) == 1 else None,
            speech,
            paragraph.end,
        )
    return None


def _asks(analysis: Analysis, words: _Words, reference: Reference, *, speech: bool) -> bool:
    """Whether a state is that of the paper that asks, or of the house in which somebody speaks."""
    text, (start, end) = analysis.text, reference.span
    after = text[end : end + _BESIDE]
    if not speech:
        return words.medium.search(after) is not None
    return (
        words.house.search(after) is not None
        or words.house_of.search(text[max(0, start - _BESIDE) : start]) is not None
    )


def told_to(
    analysis: Analysis, conversation: Conversation, contents: Contents, first_person: Sought
) -> Iterator[Reference]:
    """`your country` for the state of who is spoken to, `we` in a speech for that of who speaks."""
    for match in _words(analysis.language).addressee.finditer(analysis.text, analysis.starts):
        place = match.start()
        if place < conversation.start:
            continue
        speaker = contents.state_at(place)
        code = conversation.addressee if speaker == conversation.speaker or conversation.speech else None
        if speaker is None and not conversation.speech and contents.at(place) is None:
            code = conversation.speaker  # the one who asks says `your country` to the one who answers
        if code is not None:
            yield Reference(Span(*match.span()), (code,), Sort.NAME)
    if not conversation.speech or conversation.speaker is None:
        return
    for match in first_person.finditer(analysis.text, analysis.starts):
        place = match.start()
        if place >= conversation.start and contents.state_at(place) is None and not analysis.quoted(place):
            owner = match.group().lower() in ("our", "my")
            yield Reference(Span(*match.span()), (conversation.speaker,), Sort.ADJECTIVE if owner else Sort.SPEAKER)
