"""Which state is meant where an office or a body is named without one: `the health minister`, `the foreign ministry`.

The text itself tells it, in this order: where the sentence says it takes place (`In Lima the prime minister`), of
whom the paragraph speaks (`London took a harder line. The minister for Europe`), where the document comes from (its
dateline, its publisher), and of which state the whole document speaks. When these tell nothing, nobody is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from multivector.knowledge import NameForm
from multivector.reading._analysis import ActorMention, Analysis
from multivector.reading._people import offices_of
from multivector.record import Span

_PLACES = (NameForm.NAME, NameForm.CAPITAL, NameForm.SEAT)
_DATELINE = 3
"""In which of the first paragraphs a dateline may stand."""

_AFTER_CITY = re.compile(r"(?:,[^.:–—-]{0,30})?(?:\s\([^)]{1,40}\))?\.?\s*(?:[-–—(:/]|\.\s)")
_OPENING = 14
"""How many characters may stand before the subject of a sentence (`But`, `Meanwhile,`, `The`)."""

_FAR = 20
"""In how many sentences before a place its paragraph's topic is looked for."""

_CLEARLY = 2
"""A document speaks of a state that it names this many times as often as any other."""


class Understood:
    """The states that one document leaves unsaid."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._patterns = offices_of(analysis.language).pattern

    def at(self, place: int) -> str | None:
        """The state to which an office or body named at `place` belongs, when it is named without a state."""
        number = self._analysis.sentence_at(place)
        return self._framed(number, place) or self.topic(place) or self.home or self._spoken_of

    def topic(self, place: int) -> str | None:
        """The state with which a sentence of the paragraph before `place` begins, the last one that does."""
        analysis = self._analysis
        number = analysis.sentence_at(place)
        paragraph = analysis.sentences[number].paragraph if analysis.sentences else -1
        first = max(0, number - _FAR)
        while number >= first and analysis.sentences[number].paragraph == paragraph:
            sentence = analysis.sentences[number].span
            mention = self._subject(sentence)
            if mention is not None and mention.span.end <= place:
                return mention.codes[0]
            framed = self._framed(number, place)
            if framed is not None:
                return framed
            number -= 1
        return None

    @cached_property
    def home(self) -> str | None:
        """The state from which the document comes: that of its dateline, or of its publisher where it is told of."""
        return home_of(self._analysis)

    @cached_property
    def _spoken_of(self) -> str | None:
        """The state of which the document speaks: the only one, or the one named most that its first sentence opens."""
        named = states_named(self._analysis)
        if not named:
            return None
        (first, count), *others = named.most_common(2)
        if not others or count >= _CLEARLY * others[0][1]:
            return first
        sentences = self._analysis.sentences
        lead = self._subject(sentences[0].span) if sentences else None
        return first if lead is not None and lead.codes[0] == first and count > others[0][1] else None

    def _subject(self, sentence: Span) -> ActorMention | None:
        """The state with whose name, capital or seat a sentence begins, unless it owns the subject."""
        for mention in self._analysis.actors_in(sentence):
            if mention.span.start - sentence.start > _OPENING:
                return None
            lead = self._analysis.text[sentence.start : mention.span.start]
            after = self._analysis.text[mention.span.end : mention.span.end + 2]
            owns = after in ("’s", "'s") or after[:1] == "-"
            alone = len(mention.codes) == 1 and ":" not in mention.codes[0]
            joined = self._patterns["and_another"].match(self._analysis.text, mention.span.end, sentence.end)
            if mention.form in _PLACES and alone and not owns and not joined and not self._patterns["in"].search(lead):
                return mention
            return None
        return None

    def _framed(self, number: int, place: int) -> str | None:
        """The state of the place with which a sentence opens: `In Lima`, `In the Peruvian capital`."""
        if not self._analysis.sentences:
            return None
        sentence = self._analysis.sentences[number].span
        opening = self._patterns["frame"].match(self._analysis.text, sentence.start, min(place, sentence.end))
        if opening is None:
            return None
        for mention in self._analysis.actors_in(Span(opening.end(), max(place, opening.end()))):
            gap = self._analysis.text[opening.end() : mention.span.start]
            alone = len(mention.codes) == 1 and ":" not in mention.codes[0]
            capital = mention.form is not NameForm.ADJECTIVE or self._patterns["capital"].match(
                self._analysis.text, mention.span.end, sentence.end
            )
            return mention.codes[0] if alone and capital and gap.lower() in ("", "the ") else None
        return None


def home_of(analysis: Analysis) -> str | None:
    """The state from which a document comes: that of the capital in its dateline, else that of its publisher.

    A publisher's state counts where the document names it, names none, or is a paper of one of that state's bodies.
    """
    for paragraph in analysis.paragraphs[:_DATELINE]:
        for mention in analysis.actors_in(Span(paragraph.start, min(paragraph.end, paragraph.start + 40))):
            first = mention.span.start == paragraph.start and len(mention.codes) == 1
            if first and mention.form is NameForm.CAPITAL and _AFTER_CITY.match(analysis.text, mention.span.end):
                return mention.codes[0]
            break
    document = analysis.document
    state, body = publisher_of(analysis, document.publisher), False
    if state is not None:
        body = offices_of(analysis.language).public.search(document.publisher or "") is not None
    state = state or analysis.knowledge.state_of_publisher(document.publisher, document.url)
    named = states_named(analysis)
    return state if body or not named or (state is not None and state in named) else None


def official_home(analysis: Analysis) -> str | None:
    """The state of whose government or another body a document is a paper; None of any other document."""
    publisher = analysis.document.publisher
    if publisher is None or offices_of(analysis.language).public.search(publisher) is None:
        return None
    return publisher_of(analysis, publisher)


def publisher_of(analysis: Analysis, publisher: str | None) -> str | None:
    """The state in the name of a publisher (`Ministry of X of the Republic of A`); the first when there are several."""
    found = analysis.knowledge.find(publisher or "", analysis.language.tag)
    states = [match for match in found if ":" not in match.code]
    if not states or len(states) != len(found):
        return None
    # `Foreign Office, Accra`: a ministry elsewhere may bear the name of a better known one.
    named = [match for match in states if match.form is not NameForm.SEAT]
    return (named or states)[0].code


def states_named(analysis: Analysis) -> Counter[str]:
    """How often the document names each state alone."""
    return Counter(m.codes[0] for m in analysis.actors if len(m.codes) == 1 and ":" not in m.codes[0])
