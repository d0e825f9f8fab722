"""`we`, `my government`, `your students`, `our two countries`: first and second persons by who speaks to whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from multivector.reading._analysis import Analysis
from multivector.reading._bearers import Words
from multivector.reading._contents import Contents
from multivector.reading._conversation import Conversation, conversation_of, talk_words
from multivector.reading._people import offices_of
from multivector.reading._reference import InOrder, Reference, Sort
from multivector.reading._turns import Turn
from multivector.reading._understood import home_of
from multivector.record import Span, Speaker, StatementMode

_SINGLE = frozenset({"i", "my", "me"})
"""Of these no group of states is meant."""

_OWN = frozenset({"our", "my", "your"})

_BACK = 3
"""In how many sentences of the paragraph the one is looked for with whom the speaker says `both of us`."""

_SUBJECT = 14
"""How many characters may stand before the subject of a question."""

_SHORT = 60
"""A question of so many characters has one subject: `And Peru?`"""

_BREAK = re.compile(r"[,;:—]")


class Voices:
    """Resolves the first and second persons of one document; `pair` are the two states that it is about."""

    def __init__(
        self,
        analysis: Analysis,
        words: Words,
        named: tuple[Reference, ...],
        people: dict[str, str],
        contents: Contents,
        pair: tuple[str, ...],
    ) -> None:
        self._analysis = analysis
        self._words = words
        self._named = InOrder(named)
        self._people = people
        self._contents = contents
        self._pair = pair
        self._spoken = False

    def find(self) -> Iterator[Reference]:
        """The references found, in no order."""
        text, starts = self._analysis.text, self._analysis.starts
        words = talk_words(self._analysis.language)
        for match in self._words.speaker.finditer(text, starts):
            said, self._spoken = match.group().lower(), True
            codes = self._speaker(match.start())
            if codes and (len(codes) == 1 or said not in _SINGLE):
                yield Reference(Span(*match.span()), codes, Sort.ADJECTIVE if said in _OWN else Sort.SPEAKER)
        if self._spoken:
            yield from self._asked_about()
        for match in words.addressee.finditer(text, starts):
            other = self._addressee(match.start())
            if other is not None and not words.aside.search(text[max(0, match.start() - 12) : match.end() + 1]):
                sort = Sort.ADJECTIVE if match.group().lower() in _OWN else Sort.NAME
                yield Reference(Span(*match.span()), (other,), sort)
        yield from self._itself()
        for match in words.both.finditer(text, starts):
            speaker, other = self._speaker(match.start()), self._near(match.start(), both=True)
            if len(speaker) == 1 and other is not None:
                yield Reference(Span(*match.span()), tuple(sorted({*speaker, other})), Sort.SIDES)
        for match in words.others.finditer(text, starts):
            speaker, other = self._speaker(match.start()), self._near(match.start(), both=False)
            if len(speaker) == 1 and other is not None:
                yield Reference(Span(*match.span()), (other,), Sort.NAME)

    @cached_property
    def _talk(self) -> Conversation:
        """Who talks to whom in the whole document; looked for once somebody says `we`."""
        return conversation_of(self._analysis, self._words, self._named.all, self._people)

    def _turn(self, place: int) -> Turn | None:
        turns = self._talk.turns
        index = bisect_right(turns, place, key=lambda turn: turn.span.start)
        return turns[index - 1] if index and place < turns[index - 1].span.end else None

    def _narrator(self, place: int) -> tuple[str, ...]:
        """For whom the one speaks whose words the text is at `place`, quotations left aside."""
        if place < self._talk.start:
            return ()
        if not self._talk.turns or place < self._talk.turns[0].span.start:
            return self._talk.speaker
        turn = self._turn(place)
        return turn.codes if turn is not None else ()

    def _speaker(self, place: int) -> tuple[str, ...]:
        """For whom `we` at `place` is said. Whoever reports what another has said goes on to say `we` of their own."""
        direct = self._contents.words_at(place)
        if direct is not None:
            turn = self._turn(place) if self._talk.turns and not self._analysis.quoted(place) else None
            if turn is not None and turn.codes:
                return turn.codes
            state = direct.speaker.state or self._people.get(direct.speaker.person or "")
            if state is not None:
                return (state,)
            if self._analysis.quoted(place):
                return self._unattributed(direct.speaker)
            return self._narrator(place)
        state = self._contents.state_at(place)
        if not self._analysis.quoted(place) and (narrator := self._narrator(place)):
            return narrator
        return (state,) if state is not None else ()

    def _unattributed(self, speaker: Speaker) -> tuple[str, ...]:
        """Whose words a quotation gives that is nobody's by its own sentence: of the only one who is quoted."""
        if speaker.organisation is not None:
            return ()
        quoted = self._quoted
        role, offices = speaker.role or "", offices_of(self._analysis.language)
        home = home_of(self._analysis) if self._words.office.search(role) else None
        if home is not None and not offices.abroad.search(role) and not offices.speaks_privately(role):
            return (home,)
        if speaker.person is None and len(quoted) == 1:
            return quoted
        people = {each.speaker.person for each in self._analysis.statements if each.mode is StatementMode.DIRECT}
        return self._talk.speaker if not quoted and self._talk.spoken and len(people - {None}) <= 1 else ()

    @cached_property
    def _quoted(self) -> tuple[str, ...]:
        """The states whose people the document quotes word for word; a person of whom none is known counts too."""
        found: set[str] = set()
        for each in self._analysis.statements:
            speaker = each.speaker
            if each.mode is StatementMode.DIRECT and (speaker.person or speaker.state or speaker.organisation):
                found.add(speaker.state or self._people.get(speaker.person or "") or "")
        return tuple(sorted(found)) if found != {""} else ()

    def _other(self, place: int) -> str | None:
        """The one to whom the speaker at `place` turns, else the other one of the two that the document is about."""
        speaker = self._speaker(place)
        if len(speaker) != 1:
            return None
        if speaker == self._talk.speaker and self._talk.addressee is not None:
            return self._talk.addressee
        told = {turn.codes for turn in self._talk.turns if turn.codes}
        if len(told) == 2 and speaker in told:
            return min(told - {speaker})[0]  # two answer side by side
        others = [code for code in self._pair if code not in speaker]
        return others[0] if len(others) == 1 else None

    def _itself(self) -> Iterator[Reference]:
        """`the Ministry` in a paper of a ministry, `the Union` in one of an organisation."""
        sought = talk_words(self._analysis.language)
        for kind, organisation in ((sought.own_of_state, False), (sought.own_of_organisation, True)):
            for match in kind.finditer(self._analysis.text, self._analysis.starts):
                talk = self._talk
                fits = talk.paper and talk.speaker and (":" in talk.speaker[0]) == organisation
                if fits and not self._analysis.quoted(match.start()):
                    yield Reference(Span(*match.span()), talk.speaker, Sort.PRONOUN)

    def _near(self, place: int, *, both: bool) -> str | None:
        """The other one for `both of us`: who alone is named beside the speaker, or the one spoken to."""
        speaker = self._speaker(place)
        if both and speaker == self._talk.speaker and self._talk.addressee is not None:
            return self._talk.addressee
        number = self._analysis.sentence_at(place)
        paragraph = self._analysis.sentences[number].paragraph
        for first in range(number, max(-1, number - _BACK), -1):
            sentence = self._analysis.sentences[first]
            if sentence.paragraph != paragraph:
                break
            named = self._named.within(sentence.span.start, min(place, sentence.span.end))
            others = {code for each in named for code in each.codes} - {*speaker}
            if first == number and others and not _BREAK.search(self._analysis.text, named[-1].span.end, place):
                continue  # the doer: `A urged both of us`
            if others:
                return others.pop() if len(others) == 1 else None
        return self._other(place)

    def _opening(self, span: Span) -> Iterator[Reference]:
        """The names with which the sentences of `span` begin."""
        for each in self._named.within(*span):
            start = self._analysis.sentences[self._analysis.sentence_at(each.span.start)].span.start
            lead = self._analysis.text[start : each.span.start]
            if len(lead.rpartition(":")[2]) <= _SUBJECT:
                yield each

    def _asked_about(self) -> Iterator[Reference]:
        """`They` at the start of an answer: the one actor that the question has named."""
        for question, answer in pairwise(self._talk.turns):
            if not question.asks or answer.asks or len(answer.codes) != 1:
                continue
            named = {code for each in self._named.within(*question.span) for code in each.codes} - {*answer.codes}
            if question.span.end - question.span.start > _SHORT:
                named &= {code for each in self._opening(question.span) for code in each.codes}
            if len(named) != 1:
                continue
            others = (
                each for each in self._named.within(*answer.span) if each.codes and {*each.codes} != {*answer.codes}
            )
            end = min(next((each.span.start for each in others), answer.span.end), answer.span.end)
            for match in talk_words(self._analysis.language).they.finditer(self._analysis.text, answer.span.start, end):
                yield Reference(Span(*match.span()), tuple(named), Sort.PRONOUN)

    def _addressee(self, place: int) -> str | None:
        """Whom `you` at `place` means: who asks means who answers."""
        turn = self._turn(place)
        if turn is not None and turn.asks:
            return self._talk.speaker[0] if len(self._talk.speaker) == 1 else None
        if place < self._talk.start:
            return None
        if self._analysis.quoted(place) or self._speaker(place) != self._talk.speaker:
            return self._other(place) if self._contents.words_at(place) is not None else None
        return self._talk.addressee
