"""A document's sentences and where it names states, for finding out what a claim says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from multivector.check._data import Phrases, phrases
from multivector.record import ActorKind, Record, Span, Statement

_END = re.compile(r"(?:[.!?…]+[”’»\"')\]]*(?:\s+(?=[\W_]*[A-ZА-ЯЁ0-9“«])|$))|\n+", re.MULTILINE)
_SHORT = re.compile(r"(?:\b[A-ZА-ЯЁ]|\b(?:No|Mr|Mrs|Ms|Dr|Gen|Col|St|vs|etc|approx|г|гг|млн|млрд|тыс|долл|им|руб))\.$")
"""What ends with a point inside a sentence."""

_GROUPS = (ActorKind.GROUP, ActorKind.FORMAT)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an actor is named: its span, its code, and the states that it stands for (itself for a state)."""

    span: Span
    code: str
    states: tuple[str, ...]
    group: bool


class Text:
    """A record's text cut into sentences, with its mentions of states, groups and organisations in order."""

    def __init__(self, record: Record) -> None:
        """Cut the text of `record`."""
        self.record = record
        self.text = record.document.text
        self.phrases: Phrases = phrases(record.document.language)
        self._starts = [0]
        for match in _END.finditer(self.text):
            if match[0].startswith("\n") or not _SHORT.search(self.text[: match.start() + 1][-12:]):
                self._starts.append(match.end())
        self.mentions = tuple(_mentions(record))

    def sentence(self, at: int) -> Span:
        """The sentence around an offset, without white space at its ends."""
        place = bisect_right(self._starts, at) - 1
        start = self._starts[place]
        end = self._starts[place + 1] if place + 1 < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        return Span(start, end)

    def sentences(self) -> Iterator[Span]:
        """All sentences that hold something, in order."""
        for start in self._starts:
            if start < len(self.text) and (found := self.sentence(start)).start < found.end:
                yield found

    def within(self, where: Span) -> list[Mention]:
        """The mentions inside a stretch of text."""
        return [each for each in self.mentions if where.start <= each.span.start and each.span.end <= where.end]

    def said_by(self, at: Span) -> Statement | None:
        """The statement whose content holds a stretch of text, the shortest of several."""
        holding = [
            (sum(end - start for start, end in each.content), each)
            for each in self.record.statements
            if any(start <= at.start and at.end <= end for start, end in each.content)
        ]
        return min(holding, key=lambda pair: (pair[0], pair[1].id))[1] if holding else None


def _mentions(record: Record) -> list[Mention]:
    found = [
        Mention(span, actor.code, actor.members if actor.type in _GROUPS else (actor.code,), actor.type in _GROUPS)
        for actor in record.actors
        if actor.type in (ActorKind.STATE, ActorKind.ORGANISATION, *_GROUPS)
        for span in actor.mentions
    ]
    return sorted(found, key=lambda each: (each.span, each.code))
