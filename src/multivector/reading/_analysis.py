"""What the steps of reading share: the document, cut into parts, with what earlier steps have found.

An `Analysis` is frozen. A step reads it and gives a tuple of findings, which go into the slot of its name;
it changes neither the text nor what others found.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from multivector.knowledge import Knowledge, NameForm
from multivector.reading._confidence import Judge, shipped
from multivector.reading._lookup import WordStarts, starts_of
from multivector.reading._tagger.mentions import Naming
from multivector.reading.languages import Language
from multivector.record import Agreement, Document, Event, Figure, Span, Spans, Statement, Tie

if TYPE_CHECKING:
    from multivector.reading._occasion import Scene
    from multivector.reading._references import References
    from multivector.reading._seen import Sight
    from multivector.reading._tagger.reader import Findings


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span and the number of its paragraph."""

    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A place where an actor is named. `codes` are the actors meant: a group or format stands for its members."""

    span: Span
    code: str
    form: NameForm
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A date or period in words, with the ISO 8601 value that it has in this document."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True)
class NameMention:
    """A place where somebody or something is named, known or not; `kind` as the tagger tells it."""

    span: Span
    kind: Naming


@dataclass(frozen=True, slots=True)
class Analysis:
    """One document on its way through the steps."""

    document: Document
    language: Language
    knowledge: Knowledge
    published: dt.date | None
    """The day that relative dates count from: that of the dateline, else of publication; None when neither is known."""
    paragraphs: Spans
    sentences: tuple[Sentence, ...]
    quotes: Spans
    """Quotations, marks included; one that is never closed ends with its paragraph."""

    # In text order and without overlaps, so that they can be looked up by place.
    findings: Findings | None = None
    """What the tagger says of the text; None where it does not read the language."""
    actors: tuple[ActorMention, ...] = field(default=())
    times: tuple[TimeMention, ...] = field(default=())
    names: tuple[NameMention, ...] = field(default=())
    """Filled by the step of statements for its own parts, which run the tagger."""
    statements: tuple[Statement, ...] = field(default=())
    figures: tuple[Figure, ...] = field(default=())
    agreements: tuple[Agreement, ...] = field(default=())
    events: tuple[Event, ...] = field(default=())
    ties: tuple[Tie, ...] = field(default=())

    # What several of the later steps go by, built once; `references_of`, `scene_of` and `sights_of` give them.
    references: References | None = None
    scene: Scene | None = None
    sights: tuple[Sight, ...] | None = None

    judge: Judge = field(default_factory=shipped)
    """Tells how likely an item is to be right from the grounds on which it was found."""

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.document.text

    @property
    def starts(self) -> WordStarts:
        """Where the words of the text begin."""
        return starts_of(self.document.text)

    def words(self, spans: Span | Iterable[Span]) -> str:
        """The text under one span, or under several with a space between them."""
        spans = (spans,) if isinstance(spans, Span) else spans
        return " ".join(self.text[start:end] for start, end in spans)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset` (the last one that begins at or before it)."""
        return max(0, bisect_right(self.sentences, offset, key=lambda sentence: sentence.span.start) - 1)

    def actors_in(self, *spans: Span) -> Iterator[ActorMention]:
        """The actor mentions that lie wholly in one of `spans`, in text order."""
        for span in spans:
            for mention in islice(self.actors, bisect_left(self.actors, span.start, key=_start), None):
                if mention.span.start >= span.end:
                    break
                if mention.span.end <= span.end:
                    yield mention

    def names_in(self, *spans: Span) -> Iterator[NameMention]:
        """The names that lie wholly in one of `spans`, in text order."""
        for span in spans:
            for mention in islice(self.names, bisect_left(self.names, span.start, key=_start), None):
                if mention.span.start >= span.end:
                    break
                if mention.span.end <= span.end:
                    yield mention

    def actor_touches(self, span: Span) -> bool:
        """Whether the name of an actor shares a character with `span`."""
        index = bisect_right(self.actors, span.start, key=_start)
        near = self.actors[max(0, index - 1) : index + 1]
        return any(overlap(mention.span, span) for mention in near)

    def codes_in(self, *spans: Span) -> tuple[str, ...]:
        """The codes of the actors named in `spans`, groups expanded, sorted, each once; persons left out."""
        codes = {
            code for mention in self.actors_in(*spans) if mention.form is not NameForm.PERSON for code in mention.codes
        }
        return tuple(sorted(codes))

    def times_in(self, *spans: Span) -> Iterator[TimeMention]:
        """The dates and periods that lie wholly in one of `spans`, in text order."""
        for span in spans:
            for mention in islice(self.times, bisect_left(self.times, span.start, key=_start), None):
                if mention.span.start >= span.end:
                    break
                if mention.span.end <= span.end:
                    yield mention

    def quoted(self, offset: int) -> bool:
        """Whether `offset` stands inside a quotation."""
        index = bisect_right(self.quotes, offset, key=_first)
        return index > 0 and offset < self.quotes[index - 1].end

    def quoted_in(self, span: Span) -> Iterator[Span]:
        """The parts of `span` that stand inside quotations."""
        for quote in islice(self.quotes, bisect_right(self.quotes, span.start, key=_last), None):
            if quote.start >= span.end:
                break
            yield Span(max(quote.start, span.start), min(quote.end, span.end))

    def quote_from(self, start: int, end: int) -> Span | None:
        """The first quotation that begins in `[start, end)`."""
        index = bisect_left(self.quotes, start, key=_first)
        return self.quotes[index] if index < len(self.quotes) and self.quotes[index].start < end else None

    def quote_before(self, offset: int) -> Span | None:
        """The last quotation that ends at or before `offset`."""
        index = bisect_right(self.quotes, offset, key=_last)
        return self.quotes[index - 1] if index else None


def _start(mention: ActorMention | TimeMention | NameMention) -> int:
    return mention.span.start


def _first(span: Span) -> int:
    return span.start


def _last(span: Span) -> int:
    return span.end


def overlap(one: Span, other: Span) -> bool:
    """Whether the two share a character."""
    return one.start < other.end and other.start < one.end


def contains(outer: Span, inner: Span) -> bool:
    """Whether `inner` lies wholly in `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end
