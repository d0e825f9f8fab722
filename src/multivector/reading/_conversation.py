"""Who talks to whom in an interview, a speech or a paper in the first person, by title, first lines and publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from multivector.knowledge import NameForm, NameMatch
from multivector.reading._analysis import Analysis
from multivector.reading._bearers import Words
from multivector.reading._lookup import Sought
from multivector.reading._people import offices_of
from multivector.reading._reference import JOINED, Reference, Sort, codes_of
from multivector.reading._turns import Turn, states_of_surnames, turns_of
from multivector.reading._understood import home_of, publisher_of
from multivector.reading.languages import Language
from multivector.record import Span

_HEAD = 2
"""How many paragraphs at the start may tell it."""

_LONGEST = 300
"""The most characters of a paragraph that heads a document."""

_BESIDE = 60
"""How far from the name of a state the words stand that tell what it has to do with the talk."""

_QUOTE = re.compile(r"[“\"«][^”\"»]*[”\"»]")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Who speaks and to whom; empty or None where nothing tells.

    `start` is where the words of the speaker begin; in `turns` they change with those of who asks.
    """

    speaker: tuple[str, ...]
    addressee: str | None
    turns: tuple[Turn, ...]
    start: int
    spoken: bool = False
    """Whether it is announced that somebody speaks."""
    paper: bool = False
    """Whether a body of the speaker has published it, which may name itself by its kind alone: `the Ministry`."""


@dataclass(frozen=True, slots=True)
class TalkWords:
    """The words of a language for who talks to whom."""

    interview: re.Pattern[str]
    speech: re.Pattern[str]
    spoken: re.Pattern[str]
    about: re.Pattern[str]
    medium: re.Pattern[str]
    house: re.Pattern[str]
    house_of: re.Pattern[str]
    sent_to: re.Pattern[str]
    letter_to: re.Pattern[str]
    beside: re.Pattern[str]
    official: re.Pattern[str]
    together: re.Pattern[str]
    all_of: re.Pattern[str]
    all_named: re.Pattern[str]
    author: re.Pattern[str]
    they: re.Pattern[str]
    own_of_state: Sought
    own_of_organisation: Sought
    salutation: re.Pattern[str]
    asker: re.Pattern[str]
    answer: re.Pattern[str]
    addressee: Sought
    both: Sought
    others: Sought
    aside: re.Pattern[str]


@lru_cache(maxsize=4)
def talk_words(language: Language) -> TalkWords:
    """The words of `language`; patterns that match nothing when it has no table."""
    table = language.table("references").get("conversation", {})

    def pattern(name: str) -> re.Pattern[str]:
        return re.compile(table.get(name, "(?!)"), re.IGNORECASE)

    return TalkWords(
        interview=re.compile(rf"\b(?:{table.get('interview', '(?!)')})", re.IGNORECASE),
        speech=pattern("speech"),
        spoken=pattern("spoken"),
        about=pattern("about"),
        medium=pattern("medium"),
        house=pattern("house"),
        house_of=pattern("house_of"),
        sent_to=pattern("sent_to"),
        letter_to=pattern("letter_to"),
        beside=pattern("beside"),
        official=pattern("official"),
        together=pattern("together"),
        all_of=re.compile(table.get("all_of", "(?!)")),
        author=pattern("author"),
        they=re.compile(rf"\b(?:{table.get('they', '(?!)')})\b", re.IGNORECASE),
        own_of_state=Sought(rf"\b(?:{table.get('own_of_state', '(?!)')})"),
        own_of_organisation=Sought(rf"\b(?:{table.get('own_of_organisation', '(?!)')})"),
        salutation=pattern("salutation"),
        all_named=re.compile(table.get("all_named", "(?!)")),
        asker=pattern("asker"),
        answer=pattern("answer"),
        addressee=Sought(rf"\b(?:{table.get('addressee', '(?!)')})\b"),
        both=Sought(rf"\b(?:{table.get('both', '(?!)')})\b"),
        others=Sought(rf"\b(?:{table.get('others', '(?!)')})\b"),
        aside=pattern("aside"),
    )


def conversation_of(
    analysis: Analysis, offices: Words, named: tuple[Reference, ...], people: dict[str, str]
) -> Conversation:
    """The conversation that a document is; nobody speaks when nothing announces one."""
    words = talk_words(analysis.language)
    return _Head(analysis, offices, words, named).conversation(people)


class _Head:
    """The title, the first lines and the publisher of one document."""

    def __init__(self, analysis: Analysis, offices: Words, words: TalkWords, named: tuple[Reference, ...]) -> None:
        self._analysis = analysis
        self._offices = offices
        self._words = words
        self._named = named
        self._title = analysis.document.title or ""
        self._paper = _paper(analysis, words)

    def conversation(self, people: dict[str, str]) -> Conversation:
        """Who speaks and to whom."""
        words, text = self._words, self._analysis.text
        turns = turns_of(self._analysis, words.asker, words.answer)
        first = turns[0].span.start if turns else None
        together = self._together()
        if together:
            return Conversation(together, None, turns, 0)
        heads = self._heads(first)
        announced = [head for head in heads if self._announces(head)]
        asked = bool(turns) or any(words.interview.search(text, *head) for head in announced)
        start = max((head.end for head in announced), default=0)
        greeted = any(words.salutation.match(text[head.start : head.end]) for head in heads[:1])
        spoken = bool(turns or announced or greeted) or words.spoken.search(self._title) is not None
        speaker = self._titled(people) if spoken else None
        titled = speaker is not None
        signed = self._author()
        before = sum(paragraph.start < first for paragraph in self._analysis.paragraphs) if first is not None else 0
        if speaker is None and (turns or announced or signed):
            # Who is asked at once has been presented just before, in the words of the paper.
            presenting = heads if turns and before <= _HEAD else announced
            speaker = self._presented(signed or presenting)
        if turns and heads and before <= _HEAD and speaker != self._paper:
            start = max(start, heads[-1].end)
        if speaker is None:
            speaker = self._paper
        if speaker is None and spoken and self._at_home(heads):
            # Who says `we` need not name their state.
            speaker = home_of(self._analysis) or self._paper_from()
        filled = tuple(
            turn.told(self._analysis, self._offices, self._named, people, speaker, titled=titled) for turn in turns
        )
        addressee = self._addressee(heads, asked=asked)
        own = (speaker,) if speaker is not None else ()
        return Conversation(
            own,
            addressee if addressee != speaker else None,
            filled,
            start,
            spoken=spoken,
            paper=speaker is not None and speaker == self._paper,
        )

    def _heads(self, first: int | None) -> list[Span]:
        """The short paragraphs at the start, before anybody asks or answers."""
        heads: list[Span] = []
        for paragraph in self._analysis.paragraphs[:_HEAD]:
            if paragraph.end - paragraph.start > _LONGEST or (first is not None and paragraph.start >= first):
                break
            heads.append(paragraph)
        return heads

    def _author(self) -> list[Span]:
        """The last paragraph, where it tells who has written: `The author is the ambassador of A`."""
        last = self._analysis.paragraphs[-1:]
        return [each for each in last if self._words.author.match(self._analysis.text, *each)]

    def _announces(self, head: Span) -> bool:
        text = self._analysis.text
        return (
            self._words.speech.search(text[head.start : head.end]) is not None
            or self._words.interview.search(text, *head) is not None
        )

    def _together(self) -> tuple[str, ...]:
        """Those who speak as one: `We, the leaders of A and B`, or a joint statement of theirs by its title."""
        for paragraph in self._analysis.paragraphs[:_HEAD]:
            for pattern in (self._words.all_of, self._words.all_named):
                opening = pattern.search(self._analysis.text, *paragraph)
                codes = self._list_from(opening.end()) if opening is not None else ()
                if len(codes) > 1:
                    return codes
        if self._words.together.search(self._title) is None:
            return ()
        found = self._analysis.knowledge.find(self._title, self._analysis.language.tag)
        codes = tuple(sorted({match.code for match in found}))
        return codes if len(codes) > 1 else ()

    def _list_from(self, start: int) -> tuple[str, ...]:
        """The actors of the list that begins at `start`."""
        listed: list[Reference] = []
        for each in self._named:
            if each.span.start < start:
                continue
            gap = self._analysis.text[(listed[-1].span.end if listed else start) : each.span.start]
            if gap not in ("", "the ") and not (listed and JOINED.fullmatch(gap)):
                break
            listed.append(each)
        return codes_of(listed)

    def _titled(self, people: dict[str, str]) -> str | None:
        """The one whose office or name the title gives, before it tells of what they speak."""
        title = _QUOTE.sub(" ", self._title)
        about = self._words.about.search(title)
        title = title[: about.start()] if about else title
        owner = self._owner(title)
        if owner is None:
            known = states_of_surnames(people, title)
            owner = known.pop() if len(known) == 1 else None
        return owner

    def _owner(self, words: str) -> str | None:
        """The one actor in `words` that an office belongs to."""
        owners: set[str] = set()
        for match in self._analysis.knowledge.find(words, self._analysis.language.tag):
            before, after = words[max(0, match.start - _BESIDE) : match.start], words[match.end :]
            if match.code.startswith("PER:"):
                continue
            if (
                match.form is NameForm.PERSON
                or self._offices.officer.search(before)
                or self._offices.officer_behind.match(after)
            ):
                owners.add(match.code)
        return owners.pop() if len(owners) == 1 else None

    def _presented(self, heads: list[Span]) -> str | None:
        """The one of whom the first lines tell that they speak."""
        for head in heads:
            here = [each for each in self._named if head.start <= each.span.start < head.end]
            codes = codes_of(each for each in here if each.sort is Sort.PERSON)
            if len(codes) == 1:
                return codes[0]
            if not codes and (owner := self._owner(self._analysis.text[head.start : head.end])) is not None:
                return owner
        return None

    def _at_home(self, heads: list[Span]) -> bool:
        """Whether somebody in office is said to speak who is not sent from abroad."""
        said = " ".join([self._title, *(self._analysis.text[head.start : head.end] for head in heads)])
        abroad = offices_of(self._analysis.language).abroad.search(said)
        return abroad is None and self._offices.office.search(said) is not None

    def _addressee(self, heads: list[Span], *, asked: bool) -> str | None:
        """The state of the paper that asks, of the house in which somebody speaks, or to which they were sent."""
        texts = [self._title, *(self._analysis.text[head.start : head.end] for head in heads)]
        found = {code for text in texts for code in self._told_in(text, asked=asked)}
        if found:
            return found.pop() if len(found) == 1 else None
        return self._paper_from() if asked and self._paper is None else None

    def _paper_from(self) -> str | None:
        """The state in which the paper appears."""
        publisher = self._analysis.document.publisher
        known = self._analysis.knowledge.state_of_publisher(publisher, self._analysis.document.url)
        return known or publisher_of(self._analysis, publisher)

    def _told_in(self, text: str, *, asked: bool) -> Iterator[str]:
        for match in self._analysis.knowledge.find(text, self._analysis.language.tag):
            before, after = text[max(0, match.start - _BESIDE) : match.start], text[match.end : match.end + _BESIDE]
            house = self._words.house.search(after) or self._words.house_of.search(before)
            asks = asked and (self._words.medium.search(after) or self._words.sent_to.search(before))
            if house or asks or (text == self._title and not asked and self._turned_to(text, match)):
                yield match.code

    def _turned_to(self, text: str, match: NameMatch) -> bool:
        """Whether one to whom an office belongs gets a letter or stands beside the one who speaks."""
        before, after = text[: match.start], text[match.end :]
        if self._words.letter_to.search(before):
            return True
        held = self._offices.officer.search(before[-_BESIDE:]) or self._offices.officer_behind.match(after)
        return held is not None and self._words.beside.search(before) is not None


def _paper(analysis: Analysis, words: TalkWords) -> str | None:
    """The state or organisation whose body publishes a document."""
    publisher = analysis.document.publisher or ""
    if not (offices_of(analysis.language).public.search(publisher) or words.official.search(publisher)):
        return None
    codes = {match.code for match in analysis.knowledge.find(publisher, analysis.language.tag)}
    organisations = {code for code in codes if code.startswith("IGO:")}
    if organisations:
        return organisations.pop() if len(codes) == 1 else None
    return publisher_of(analysis, publisher)
