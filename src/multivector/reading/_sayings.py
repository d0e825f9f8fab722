"""When, and on what occasion, something was said: from the words around the attribution, never from a bare dateline.

The nearest words that tell count first: those of the attributing sentence, then what the same speaker was last
said to speak at, then the occasion as it was told before (`the ceremony`), then the one occasion that the whole
document reports, for those who speak at it. A dateline is what `today` and `on Monday` count from (`_dateline`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from multivector.reading._analysis import Analysis, TimeMention, contains, overlap
from multivector.reading._calendar import WEEK
from multivector.reading._cues import Cues
from multivector.reading._deeds import Deeds
from multivector.reading._occasion import Occasion, occasion_of
from multivector.reading._people import Person
from multivector.reading._references import References
from multivector.record import Span, Speaker, Statement, interval

_WORD = re.compile(r"\w+")

When = tuple[str | None, str | None]
"""Date and occasion, each None where not told."""

_NOT_TOLD: When = (None, None)
_LEAD = 3
"""The one occasion of a document is told in so many first sentences."""

_NESTED = 8
"""How many contents that begin before a place are looked at for one that holds it."""

_BESIDE = 40
"""A month or a year tells when something was said only so near to the words that attribute."""

_YEAR = 366
_AUXILIARY = 20
"""An auxiliary stands at most so many characters before its verb."""


class Sayings:
    """When the statements of a document were made; `statements` are all of them, speakers not yet known."""

    def __init__(
        self, analysis: Analysis, cues: Cues, statements: Iterable[Statement], people: dict[str, Person]
    ) -> None:
        self._analysis = analysis
        self._cues = cues
        self._saying = cues.saying
        statements = list(statements)
        self._contents = sorted(span for statement in statements for span in statement.content)
        self._cue_spans = sorted(span for statement in statements for span in statement.cue)
        self._occasions = self._told_occasions()
        self._introduced = self._introductions(people)
        self._last: dict[Speaker, When] = {}
        self._meeting: Occasion | None = occasion_of(analysis, Deeds(analysis, References(analysis)))
        self._single = self._single_occasion()

    def dated(self, statement: Statement) -> Statement:
        """The statement, its speaker known, with `said_on` and `occasion`; to be asked in text order."""
        anchor = _anchor(statement)
        told, there = self._own(statement, anchor)
        if self._is_nested(anchor):
            # What is told inside other words was said elsewhere.
            return replace(statement, said_on=told[0], occasion=told[1])
        goes_on = statement.speaker != Speaker() and not self._is_before(anchor)
        if goes_on:
            told = self._continued(told, statement.speaker)
        day, occasion = told
        if day is None and occasion is not None and there:
            day = self._occasions.get(occasion)
        if goes_on and (day, occasion) != _NOT_TOLD and _is_short(day):
            self._last[statement.speaker] = day, occasion
        if day is None and self._is_past(statement):
            day, occasion = self._at_the_occasion(statement, occasion)
        return replace(statement, said_on=day, occasion=occasion)

    def _continued(self, told: When, speaker: Speaker) -> When:
        """What the words tell, and what they leave out from where the speaker was last, if it may be the same time."""
        known = self._last.get(speaker) or self._introduced.get(speaker.person or "", _NOT_TOLD)
        same = all(new is None or old in (None, new) for new, old in zip(told, known, strict=True))
        return (told[0] or known[0], told[1] or known[1]) if same else told

    # From the words around

    def _own(self, statement: Statement, anchor: Span) -> tuple[When, bool]:
        """From the words of the attributing sentence outside of contents; and whether it is said at the occasion."""
        analysis = self._analysis
        sentence = analysis.sentences[analysis.sentence_at(anchor.start)].span
        days = {
            time.value for time in analysis.times_in(sentence) if self._tells_when(time, statement, anchor, sentence)
        }
        matches = self._cues.occasions.finditer(analysis.text, analysis.starts, *sentence)
        words = [match for match in matches if self._holds_too(match.start(), anchor)]
        named = [match for match in words if not _in(statement.source, match.start())] or words
        occasion = self._cues.occasion_names[named[0].group().lower()] if named else None
        there = False
        if named:
            start = named[0].start()
            at = self._saying["at"].search(analysis.text, sentence.start, start)
            there = at is not None or _in(statement.source, start)
        # `After a week of quarrels he said on Monday`: the day tells.
        days = set(filter(_is_day, days)) or days
        return ((days.pop() if len(days) == 1 else None), occasion), there

    def _tells_when(self, time: TimeMention, statement: Statement, anchor: Span, sentence: Span) -> bool:
        """Whether a date in the sentence is that of the act of saying."""
        text, start = self._analysis.text, time.span.start
        if not self._holds_too(start, anchor):
            return False
        if _in(statement.source, start):
            return self._saying["released"].search(text, sentence.start, start) is not None
        if _overlaps(statement.cue, time.span):
            return True
        low, high = interval(time.value)
        if low is None or high is None or not self._is_gone(time.value):
            return False
        days = (high - low).days
        before = start < anchor.start
        gap = Span(time.span.end, anchor.start) if before else Span(anchor.end, start)
        opens = before and self._saying["opening"].fullmatch(text, sentence.start, start) is not None
        if days and (days > _YEAR or not (opens or 0 <= gap.end - gap.start <= _BESIDE)):
            return False
        between = self._plain(gap, statement)
        if opens:
            return self._saying["hard_break"].search(between) is None
        if any(contains(gap, cue) and not _overlaps(statement.cue, cue) for cue in self._cue_spans):
            return False
        return self._saying["break"].search(between) is None

    def _plain(self, gap: Span, statement: Statement) -> str:
        """The words of a gap without the statement's own source and content."""
        own = (*statement.source, *statement.content)
        return "".join(
            char if not _in(own, offset) else " "
            for offset, char in enumerate(self._analysis.text[gap.start : max(gap.start, gap.end)], gap.start)
        )

    def _holds_too(self, offset: int, anchor: Span) -> bool:
        """Whether every content that holds a place holds the attributing words as well."""
        return all(contains(span, anchor) for span in self._around(offset))

    def _around(self, offset: int) -> list[Span]:
        index = bisect_right(self._contents, offset, key=lambda span: span.start)
        return [span for span in self._contents[max(0, index - _NESTED) : index] if offset < span.end]

    def _is_nested(self, anchor: Span) -> bool:
        return any(contains(span, anchor) for span in self._around(anchor.start))

    def _is_before(self, anchor: Span) -> bool:
        """Whether the words tell of a time before that of the text around: `had threatened`."""
        behind = self._analysis.text[max(0, anchor.start - _AUXILIARY) : anchor.start]
        if self._saying["earlier_behind"].search(behind):
            return True
        return self._saying["earlier"].match(self._analysis.words(anchor)) is not None

    def _is_past(self, statement: Statement) -> bool:
        """Whether the attributing words tell of one past act of saying; `wants` and `has offered` do not."""
        if not statement.cue:
            return True
        words = self._analysis.words(statement.cue[0]).lower()
        behind = self._analysis.text[max(0, statement.cue[0].start - _AUXILIARY) : statement.cue[0].start]
        first = next((word for word in _WORD.findall(words) if word not in self._cues.adverbs), "")
        return first not in self._cues.present and self._saying["perfect_behind"].search(behind) is None

    # From occasions told elsewhere

    def _told_occasions(self) -> dict[str, str]:
        """The days of occasions that are told with one, outside of contents; of those told with two days, none."""
        analysis, found = self._analysis, dict[str, set[str]]()
        for number, sentence in enumerate(analysis.sentences):
            days = self._days(sentence.span)
            for match in self._cues.occasions.finditer(analysis.text, analysis.starts, *sentence.span):
                if self._around(match.start()):
                    continue
                name = self._cues.occasion_names[match.group().lower()]
                told = days
                if not days and name not in found:
                    # `The centre opened today. [...] said at the ceremony.`
                    definite = self._saying["definite"].search(analysis.text, sentence.span.start, match.start())
                    told = self._days_before(number) if definite else set[str]()
                if len(told) == 1:
                    found.setdefault(name, set()).update(told)
        return {name: days.pop() for name, days in found.items() if len(days) == 1}

    def _days(self, sentence: Span) -> set[str]:
        """The days that a sentence tells outside of contents, those to come left out."""
        return {
            time.value
            for time in self._analysis.times_in(sentence)
            if _is_day(time.value) and self._is_gone(time.value) and not self._around(time.span.start)
        }

    def _is_gone(self, value: str) -> bool:
        """Whether a date has come by the day of publication; what is reported cannot have been said after it."""
        published, start = self._analysis.published, interval(value)[0]
        return published is None or start is None or start <= published

    def _days_before(self, number: int) -> set[str]:
        """The days, not to come, of the last sentence with any of the few before the one of `number`."""
        for sentence in reversed(self._analysis.sentences[max(0, number - _LEAD) : number]):
            times = self._analysis.times_in(sentence.span)
            if days := {time.value for time in times if _is_day(time.value) and self._is_gone(time.value)}:
                return days
        return set()

    def _introductions(self, people: dict[str, Person]) -> dict[str, When]:
        """Date and occasion of people by name, from sentences that name all three (`At a briefing on 4 May, X ...`)."""
        analysis, found = self._analysis, dict[str, When]()
        for name in people:
            sentence = analysis.sentences[analysis.sentence_at(analysis.text.find(name))].span
            times = analysis.times_in(sentence)
            days = {time.value for time in times if _is_day(time.value) and self._is_gone(time.value)}
            match = next(self._cues.occasions.finditer(analysis.text, analysis.starts, *sentence), None)
            if len(days) == 1 and match is not None and not self._around(match.start()):
                found[name] = (days.pop(), self._cues.occasion_names[match.group().lower()])
        return found

    def _single_occasion(self) -> When:
        """The one gathering that the document reports: told at its beginning, and no other day told for another."""
        if len(set(self._occasions.values())) != 1:
            return _NOT_TOLD
        lead = [sentence.span for sentence in self._analysis.sentences[:_LEAD]]
        for sentence in lead:
            for match in self._cues.occasions.finditer(self._analysis.text, self._analysis.starts, *sentence):
                name = self._cues.occasion_names[match.group().lower()]
                known = name in self._occasions and name in self._cues.gatherings
                if known and not self._around(match.start()):
                    return self._occasions[name], name
        return _NOT_TOLD

    def _at_the_occasion(self, statement: Statement, occasion: str | None) -> When:
        """Of the occasion that the document reports, where the speaker is one of those who speak at it."""
        if self._is_told_the_press(statement):
            return None, occasion
        meeting = self._meeting
        if meeting is not None and meeting.date is not None and self._takes_part(statement, meeting):
            return meeting.date, occasion or "meeting"
        present = statement.speaker.person is not None or self._is_delegate(statement)
        if present and occasion in (None, self._single[1]) and self._single[0] is not None:
            return self._single
        return None, occasion

    def _takes_part(self, statement: Statement, meeting: Occasion) -> bool:
        """Whether a speaker speaks at the meeting: who comes for a participant, or nobody in particular.

        States and bodies speak at many places; they do at this one as one of its sides, or where the document is a
        paper of the meeting itself.
        """
        speaker = statement.speaker
        if speaker.person is None and not meeting.heading:
            none = speaker.state is None and speaker.organisation is None
            return none or (self._is_delegate(statement) and speaker.state in meeting.participants)
        return speaker.state in meeting.participants or speaker == Speaker()

    def _is_told_the_press(self, statement: Statement) -> bool:
        cue = statement.cue[-1] if statement.cue else None
        text = self._analysis.text
        verbs = _WORD.finditer(text, *cue) if cue else ()
        return any(
            verb.group().lower() in self._cues.addressed and self._saying["outlet"].match(text, verb.end())
            for verb in verbs
        )

    def _is_delegate(self, statement: Statement) -> bool:
        """Whether the source's words name one who is there: `the Kazakh side`, `the participants`."""
        return any(self._saying["delegates"].search(self._analysis.words(span)) for span in statement.source[:1])


def _anchor(statement: Statement) -> Span:
    return (statement.cue or statement.source or statement.content)[0]


def _is_day(value: str) -> bool:
    return len(value) == len("2026-02-18")


def _is_short(value: str | None) -> bool:
    """Whether what is said next may still be said in it: a day or a week, not a month."""
    if value is None:
        return True
    start, end = interval(value)
    return start is not None and end is not None and (end - start).days < WEEK


def _in(spans: tuple[Span, ...], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)


def _overlaps(spans: tuple[Span, ...], other: Span) -> bool:
    return any(overlap(span, other) for span in spans)
