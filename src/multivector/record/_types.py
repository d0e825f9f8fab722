"""The data classes of the record: what the system takes out of one document.

Every item points at its evidence by spans: half-open `[start, end)` offsets in Unicode code points into
the document's `text`. An unknown value is `None`. An item that stands inside the content of a statement
carries that statement's id in `said_by`; ids are derived from content (see `_ids`). `confidence` is how sure the
reader was, None where an item was made elsewhere. Fields are described in `docs/record.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, NamedTuple

from msgspec import Meta

from multivector.record._vocabulary import (
    ActorKind,
    AgreementStatus,
    AgreementType,
    Domain,
    EventType,
    Kind,
    Modality,
    StatementMode,
    TieType,
)


class Span(NamedTuple):
    """Half-open `[start, end)` offsets in Unicode code points."""

    start: int
    end: int


Spans = tuple[Span, ...]
Domains = tuple[Domain, ...]
Codes = tuple[str, ...]
Confidence = Annotated[float, Meta(ge=0, le=1)]
"""The probability that an item is right, as its reader holds it."""

LOW_CONFIDENCE = 0.5
"""Below this an item is, to its reader, more likely wrong than right: it is marked as such where items are shown."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what is known of its origin. `published` is an ISO 8601 date, `language` a BCP 47 tag."""

    kind: ClassVar[Kind] = Kind.DOCUMENT

    id: str
    url: str | None
    publisher: str | None
    title: str | None
    published: str | None
    language: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor or grouping that the document names: its code, and every place where it is named.

    `members` are the codes that a group, format or organisation stands for on the document's date (empty
    for a single actor); `wikidata` is the item's identifier there, or None.
    """

    kind: ClassVar[Kind] = Kind.ACTOR

    id: str
    code: str
    type: ActorKind
    name: str
    members: Codes
    wikidata: str | None
    mentions: Spans
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period that the document names, resolved to ISO 8601 (`2026-02`, `2025-01-01/2025-09-30`)."""

    kind: ClassVar[Kind] = Kind.DATE

    id: str
    value: str
    evidence: Spans
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """The source of a statement resolved within the document; None where the document does not tell."""

    person: str | None = None
    role: str | None = None
    organisation: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution: somebody says, writes, thinks or intends something, and the text says so."""

    kind: ClassVar[Kind] = Kind.STATEMENT

    id: str
    source: Spans
    cue: Spans
    content: Spans
    mode: StatementMode
    speaker: Speaker
    said_on: str | None
    occasion: str | None
    domains: Domains
    said_by: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something done by actors, to or with actors, in PLOVER's types.

    In a symmetric event (a meeting, an agreement among all) all are `actors` and `recipients` is empty.
    """

    kind: ClassVar[Kind] = Kind.EVENT

    id: str
    type: EventType
    actors: Codes
    recipients: Codes
    date: str | None
    place: str | None
    modality: Modality
    domains: Domains
    evidence: Spans
    said_by: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that says how large something between or about actors is.

    `value` is a plain number in `unit` (ISO 4217 code, `percent`, SI unit, or a noun in the singular).
    """

    kind: ClassVar[Kind] = Kind.FIGURE

    id: str
    measure: str
    value: float
    unit: str
    approximate: bool
    parties: Codes
    period: str | None
    domains: Domains
    evidence: Spans
    said_by: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A named or described treaty, declaration, memorandum, contract, action plan or programme."""

    kind: ClassVar[Kind] = Kind.AGREEMENT

    id: str
    title: str
    type: AgreementType
    parties: Codes
    signed_on: str | None
    period: str | None
    sections: tuple[str, ...]
    status: AgreementStatus
    domains: Domains
    evidence: Spans
    said_by: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A standing relation that the text asserts between two actors. `from_` and `to` are codes.

    In JSON, Arrow and SQL the field is called `from`, which Python does not allow as a name.
    """

    kind: ClassVar[Kind] = Kind.TIE

    id: str
    type: TieType
    from_: str
    to: str
    domains: Domains
    evidence: Spans
    said_by: str | None = None
    confidence: Confidence | None = None


Item = Actor | DateMention | Statement | Event | Figure | Agreement | Tie

ITEM_TYPES: dict[Kind, type[Item]] = {
    cls.kind: cls for cls in (Actor, DateMention, Statement, Event, Figure, Agreement, Tie)
}


@dataclass(frozen=True, slots=True)
class Record:
    """A document and everything read out of it.

    `reader` names the version of the rules and knowledge that read it. Each tuple is in text order.
    """

    document: Document
    reader: str
    actors: tuple[Actor, ...] = field(default=())
    dates: tuple[DateMention, ...] = field(default=())
    statements: tuple[Statement, ...] = field(default=())
    events: tuple[Event, ...] = field(default=())
    figures: tuple[Figure, ...] = field(default=())
    agreements: tuple[Agreement, ...] = field(default=())
    ties: tuple[Tie, ...] = field(default=())

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, kind by kind in the order of `Kind`."""
        return (
            *self.actors,
            *self.dates,
            *self.statements,
            *self.events,
            *self.figures,
            *self.agreements,
            *self.ties,
        )


def spans_of(item: Item) -> Spans:
    """The spans that prove an item: a statement's content, an actor's mentions, the evidence of all others."""
    if isinstance(item, Statement):
        return item.content
    if isinstance(item, Actor):
        return item.mentions
    return item.evidence
