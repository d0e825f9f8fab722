"""What the store takes and gives beside the record's own classes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypedDict

from multivector.errors import MultivectorError, StoreError
from multivector.record import Document, Item, Kind


class QueryError(MultivectorError):
    """A question that the store cannot answer: no such document, an ambiguous id, a filter that is not a date."""


class DamagedError(StoreError):
    """A store whose content is not what was written."""


class OutdatedError(StoreError):
    """A store in the form of an older version, opened for reading only: opening it for writing brings it up to date."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place where a document's text was found, and what that place said of the document.

    `location` is the path or address as the user gave it, `digest` tells the raw input (and the options it
    was read with) from any other, `retrieved` is a UTC time in ISO 8601; the rest are fields of `Document`.
    """

    location: str
    digest: str
    url: str | None
    publisher: str | None
    title: str | None
    published: str | None
    language: str | None
    retrieved: str

    @classmethod
    def of(cls, document: Document, location: str, *, digest: str = "", retrieved: str | None = None) -> Sighting:
        """A sighting with the metadata of `document`; `retrieved` is now unless given."""
        return cls(
            location=location,
            digest=digest or document.id,
            url=document.url,
            publisher=document.publisher,
            title=document.title,
            published=document.published,
            language=document.language,
            retrieved=retrieved or now(),
        )


class Outcome(StrEnum):
    """What `Store.add` did.

    `ADDED`: the document was new. `REPLACED`: it was known, and its record is now this one. `MERGED`: its record
    stays as it is, and the sighting is new or differs from the one kept. `UNCHANGED`: all was known. `STALE`: the
    record was read with other metadata than all sightings together give (another sighting of the same text came in
    between); nothing was written: `settle` the document, read it and add it again.
    """

    ADDED = "added"
    REPLACED = "replaced"
    MERGED = "merged"
    UNCHANGED = "unchanged"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class NotedFailure:
    """An input that could not be had or read: where, why (one line), and when (UTC, ISO 8601)."""

    location: str
    reason: str
    noted: str


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """A document without its text."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """An item and the document that its spans point into."""

    item: Item
    document: DocumentHead


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that search found: a passage of it with the matched words marked, and its BM25 rank (less is better).

    `snippet` is one line. It is taken from the text, or from the title when only that matched.
    """

    document: DocumentHead
    snippet: str
    rank: float


@dataclass(frozen=True, slots=True)
class SpeakerTally:
    """A person and the state spoken for, with how many statements there are, and the dates of the first and last."""

    person: str
    state: str | None
    statements: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class ActorTally:
    """An actor, and how many documents name it."""

    code: str
    name: str
    type: str
    documents: int


@dataclass(frozen=True, slots=True)
class Status:
    """What a store holds. `size` is in bytes, log included; the dates are the first and last of publication.

    `observations` and `votes` are the rows of statistics, of all vintages of `data_sources` sources.
    """

    path: Path
    size: int
    documents: int
    sightings: int
    failures: int
    items: dict[Kind, int]
    languages: dict[str | None, int]
    readers: dict[str, int]
    first_published: str | None
    last_published: str | None
    migrations: tuple[tuple[str, str], ...]
    observations: int = 0
    votes: int = 0
    data_sources: int = 0


class DocumentQuery(TypedDict, total=False):
    """Which documents to give; what is left out or None does not restrict.

    `since`, `until`: dates of the record in any precision, both included; compared with the date of publication.
    `text`: words as for `Store.search`. `actor`, `domain`: in any item of the document. `language`: its tag, or a
    tag that it refines (`uz` finds `uz-Cyrl`). `publisher`: a part of its name, without regard to case and accents.
    `newest`: the newest first, instead of the oldest; documents without a date come last in either order.
    """

    language: str | None
    publisher: str | None
    actor: str | None
    domain: str | None
    since: str | None
    until: str | None
    text: str | None
    newest: bool
    limit: int | None
    offset: int


class ItemQuery(TypedDict, total=False):
    """Which items of a kind to give; what is left out or None does not restrict.

    `actor`: a code anywhere in the item, a state's in any case of letters (for a statement also of actors named
    inside its content, and members of groups named there). `speaker`: a part of the speaker's person, role or
    organisation without regard to case and accents, or the code of the state. `person`, `state`: of a statement's
    speaker, exactly as the record has them. `domain`: one of `Domain`. `type`: of
    an event, agreement, tie or actor; a statement's mode; a figure's measure. `modality`: of an event. `status`: of an
    agreement. `since`, `until`: dates of the record
    in any precision, both included; the item's own date or period (else the document's date of publication) must
    overlap with them. `text`: words as for `Store.search`, in the item's own words. `doc`: a document's id or its
    beginning. `said_by`: a statement's id. `in_statement`: only items said by somebody (True), or only those that
    the document reports itself (False). `min_confidence`, `max_confidence`: from 0 to 1, both included; an item whose
    confidence is not known passes neither. `newest`: as for documents. `least_certain`: by confidence instead, the
    lowest first and those without one last; items that are equally certain in the usual order.
    """

    actor: str | None
    speaker: str | None
    person: str | None
    state: str | None
    domain: str | None
    type: str | None
    modality: str | None
    status: str | None
    since: str | None
    until: str | None
    text: str | None
    doc: str | None
    said_by: str | None
    in_statement: bool | None
    min_confidence: float | None
    max_confidence: float | None
    newest: bool
    least_certain: bool
    limit: int | None
    offset: int


class Query(ItemQuery, total=False):
    """Filters of `count` and `table`, which take documents as well as items."""

    language: str | None
    publisher: str | None


def now() -> str:
    """The present time: UTC, ISO 8601, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
