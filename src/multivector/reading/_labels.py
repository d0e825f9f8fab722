"""Attributions by labels: `Name: ...` in interviews and transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from multivector.reading._analysis import Analysis
from multivector.reading._conversation import talk_words
from multivector.reading._cues import Cues
from multivector.reading._drafts import Draft, stripped
from multivector.reading._turns import Turn, turns_of
from multivector.record import Span

_CAPITAL = "A-ZÀ-ÞĀ-Ž"
_NAME = re.compile(
    rf"(?:The\s|the\s)?[{_CAPITAL}][\w’'.-]*(?:,?\s(?:(?:of|for|the|and|de|al|bin)\s)*[{_CAPITAL}(][\w’'.()-]*)*"
)
"""A label that names somebody, an office or who asks; not the beginning of a sentence that runs to a colon."""
_COLON = re.compile(r"[.:]\s+")
_WORD = re.compile(r"\w+")
_LONGEST_QUESTION = 200


def labelled_turns(analysis: Analysis, cues: Cues) -> tuple[Turn, ...]:
    """The turns of an interview or transcript that begin with a label, those of who asks too, in text order.

    What stands after the last turn belongs to it as long as it is in the first person.
    """
    talk = talk_words(analysis.language)
    found = [
        turn
        for turn in turns_of(analysis, talk.asker, talk.answer)
        if _NAME.fullmatch(analysis.text, *turn.label)
        and (turn.asks or analysis.words(turn.label).lower() not in cues.words["question_labels"])
    ]
    if not any(turn.asks for turn in found):
        # In a survey of news the labels are those whom the news are about.
        found = [turn for turn in found if all(each.span != turn.label for each in analysis.actors_in(turn.label))]
    if found:
        found[-1] = replace(found[-1], span=Span(found[-1].span.start, _end_of_last(analysis, cues, found[-1])))
    return tuple(found)


def _end_of_last(analysis: Analysis, cues: Cues, turn: Turn) -> int:
    """Where the last turn ends: with its first paragraph, or with the last one after it in the first person."""
    inside = [each for each in analysis.paragraphs if turn.label.start < each.end <= turn.span.end]
    end = inside[0].end if inside else turn.span.end
    for paragraph in inside[1:]:
        words = {word.lower() for word in _WORD.findall(analysis.text, *paragraph)}
        if not words & cues.words["own"]:
            break
        end = paragraph.end
    return end


def body_of(analysis: Analysis, turn: Turn) -> Span:
    """The words of a turn without its label."""
    colon = _COLON.match(analysis.text, turn.label.end, turn.span.end)
    return Span(colon.end() if colon else turn.label.end, turn.span.end)


def spoken(analysis: Analysis, turn: Turn) -> Draft:
    """A turn as an attribution: its label, the colon, and what is said."""
    colon = Span(turn.label.end, turn.label.end + 1)
    return Draft((turn.label,), (colon,), (stripped(analysis.text, body_of(analysis, turn)),))


def by_labels(analysis: Analysis, turns: tuple[Turn, ...]) -> Iterator[Draft]:
    """The answers among the turns of an interview."""
    for turn in turns:
        draft = spoken(analysis, turn)
        words = analysis.words(draft.content)
        asked = words.endswith("?") and len(words) < _LONGEST_QUESTION
        if words and not turn.asks and not asked:
            yield draft
