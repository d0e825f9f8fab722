"""The store's one class: each method a transaction or a read, done by the room's other modules."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, Unpack, cast

from multivector.errors import StoreError
from multivector.record import (
    ActorKind,
    CodedEvent,
    Document,
    Item,
    Kind,
    Observation,
    Record,
    Vote,
    import_arrow,
    to_arrow,
)
from multivector.store import _check, _coded, _query, _search, _statistics, _tally, _write
from multivector.store._coded import CodedQuery
from multivector.store._fold import plain
from multivector.store._open import File, open_file
from multivector.store._statistics import Added, DataSet
from multivector.store._statistics_where import ObservationQuery, VoteQuery
from multivector.store._types import (
    ActorTally,
    DocumentHead,
    DocumentQuery,
    Found,
    Hit,
    ItemQuery,
    NotedFailure,
    Outcome,
    Query,
    Sighting,
    SpeakerTally,
    Status,
    now,
)

_BATCH = 5000


def open_store(
    path: str | os.PathLike[str], *, create: bool = True, readonly: bool = False, timeout: float = 5.0
) -> Store:
    """Open the store in the file `path`, or make it when there is none and `create` is true.

    `timeout` is how long, in seconds, to wait for another program that is writing. Raises StoreError, in one line, for
    a file that is not a store, was made by a newer version, is damaged, locked, or may not be opened.
    """
    return Store.open(path, create=create, readonly=readonly, timeout=timeout)


class Store:
    """Documents, where they were found, and the records read out of them, in one SQLite file.

    Any number of programs may read while one writes. What reads may be called from any thread, what belongs to writing
    (`seen` to `clear_failure`) only from the one that opened the store. Each read sees the store as it was when the
    read began. All methods raise StoreError when the file cannot be read or written, and reads raise QueryError for a
    question that has no answer.
    """

    def __init__(self, file: File) -> None:
        self._file = file

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, create: bool = True, readonly: bool = False, timeout: float = 5.0
    ) -> Self:
        """Do what `open_store` says, for this class or one derived from it."""
        if not os.fspath(path):
            raise StoreError("store", "its name is empty", "name a file")
        return cls(open_file(Path(path), create=create, readonly=readonly, timeout=timeout))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._file.path

    def close(self) -> None:
        """Close the file. Closing twice does no harm."""
        self._file.close()

    # Writing

    def seen(self, location: str, digest: str, reader: str) -> bool:
        """Whether this very input is stored, read by `reader`, with nothing since that would change its record."""
        with self._file.asking() as connection:
            rows = connection.execute(
                "SELECT d.id FROM sighting s JOIN document d ON d.number = s.document"
                " WHERE s.location = ? AND s.digest = ? AND d.reader = ?",
                (plain(location), digest, reader),
            ).fetchall()
            return any(_write.is_settled(connection, id_) for (id_,) in rows)

    def settle(self, document: Document, sighting: Sighting) -> Document:
        """`document` with the metadata that it has once `sighting` is among the sightings of its text.

        Sightings with a date of publication come first, then the earliest and most exact date, then the smallest
        location; what the first does not know is taken from the next. Read the document with these metadata, since
        relative dates depend on them.
        """
        with self._file.asking() as connection:
            return _write.settled(connection, document, sighting)

    def add(self, record: Record, sighting: Sighting, *, force: bool = False) -> Outcome:
        """Keep a record, its document and the sighting, all together or nothing; see `Outcome` for what was done.

        A record by another version of the reader replaces the one kept, unless its rules are older (the number before
        the `+` of the version is smaller) and `force` is false. The sighting takes the place of one of the same text
        at the same location. A failure noted for the location is forgotten. Raises RecordError for a record that
        breaks a rule: an id that is not its text's, items with the same id, spans outside of the text.
        """
        with self._file.writing() as connection:
            return _write.add(connection, record, sighting, force=force)

    def add_failure(self, location: str, reason: str) -> None:
        """Note that the input at `location` could not be had or read, in place of what was noted before."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO failure VALUES (?, ?, ?)", (plain(location), plain(reason), now())
            )

    def clear_failure(self, location: str) -> bool:
        """Forget the failure noted for `location`; whether there was one."""
        location = plain(location)
        with self._file.asking() as connection:
            if connection.execute("SELECT 1 FROM failure WHERE location = ?", (location,)).fetchone() is None:
                return False
        with self._file.writing() as connection:
            return connection.execute("DELETE FROM failure WHERE location = ?", (location,)).rowcount > 0

    def failures(self) -> tuple[NotedFailure, ...]:
        """The failures noted, by location."""
        with self._file.reading() as connection:
            rows = connection.execute("SELECT location, reason, noted FROM failure ORDER BY location").fetchall()
            return tuple(NotedFailure(*row) for row in rows)

    # Reading

    def documents(self, **query: Unpack[DocumentQuery]) -> Iterator[DocumentHead]:
        """Documents without their texts, by date of publication; see `DocumentQuery` for the filters."""
        with self._file.reading() as connection:
            yield from _query.documents(connection, query)

    def document(self, id: str) -> Document:  # noqa: A002
        """The document with this id, or the only one whose id begins so. Raises QueryError."""
        with self._file.reading() as connection:
            return _query.document(connection, id)

    def record(self, id: str) -> Record:  # noqa: A002
        """The record of the document with this id, or the only one whose id begins so. Raises QueryError."""
        with self._file.reading() as connection:
            return _query.record(connection, self.path, id)

    def records(self, **query: Unpack[DocumentQuery]) -> Iterator[Record]:
        """Records by their documents' dates of publication, all of one moment; see `DocumentQuery` for the filters."""
        with self._file.reading() as connection:
            yield from _query.records(connection, self.path, query)

    def sightings(self, id: str) -> tuple[Sighting, ...]:  # noqa: A002
        """Where the document was found, by location. Raises QueryError."""
        with self._file.reading() as connection:
            return tuple(_write.sightings_of(connection, _query.document(connection, id).id))

    def at(self, location: str) -> str | None:
        """The id of the document that was last found at `location`, or None."""
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT d.id FROM sighting s JOIN document d ON d.number = s.document WHERE s.location = ?"
                " ORDER BY s.retrieved DESC, d.id LIMIT 1",
                (plain(location),),
            ).fetchone()
            return row[0] if row else None

    def item(self, id: str) -> Found:  # noqa: A002
        """The item with this id, or the only one whose id begins so. Raises QueryError."""
        with self._file.reading() as connection:
            return _query.item(connection, self.path, id)

    def items(self, kind: Kind | str, **query: Unpack[ItemQuery]) -> Iterator[Found]:
        """Items of a kind with their documents, by the documents' dates or by confidence; see `ItemQuery`."""
        with self._file.reading() as connection:
            yield from _query.items(connection, self.path, _query.kind_of(kind), query)

    def count(self, kind: Kind | str, **query: Unpack[Query]) -> int:
        """How many documents (see `DocumentQuery`) or items (see `ItemQuery`) there are."""
        with self._file.reading() as connection:
            return _query.count(connection, _query.kind_of(kind), cast("dict[str, Any]", query))

    def table(self, kind: Kind | str, **query: Unpack[Query]) -> Any:
        """Documents (see `DocumentQuery`) or items (see `ItemQuery`) as a `pyarrow.Table`; needs the extra `arrow`."""
        pa = import_arrow()
        kind = _query.kind_of(kind)
        with self._file.reading() as connection:
            rows: Iterator[tuple[str, Document | Item]]
            if kind is Kind.DOCUMENT:
                found = _query.full_documents(connection, cast("DocumentQuery", query))
                rows = ((document.id, document) for document in found)
            else:
                items = _query.items(connection, self.path, kind, cast("ItemQuery", query))
                rows = ((found.document.id, found.item) for found in items)
            tables = [to_arrow(kind, ())]
            while batch := list(islice(rows, _BATCH)):
                tables.append(to_arrow(kind, batch))
        return pa.concat_tables(tables)

    def speakers(self) -> tuple[SpeakerTally, ...]:
        """The persons who speak in the documents, those with the most statements first."""
        with self._file.reading() as connection:
            return tuple(_tally.speakers(connection))

    def actors(self, *types: ActorKind) -> tuple[ActorTally, ...]:
        """The actors of these types that documents name, those named in the most documents first."""
        with self._file.reading() as connection:
            return tuple(_tally.actors(connection, types))

    def months(self, kind: Kind | str, **query: Unpack[ItemQuery]) -> tuple[tuple[str, int], ...]:
        """How many items there are by month (`2026-02`), of those that have a date; `limit` and order do not matter."""
        with self._file.reading() as connection:
            return tuple(_tally.months(connection, _query.kind_of(kind), query))

    def search(
        self,
        words: str,
        *,
        limit: int | None = 20,
        offset: int = 0,
        language: str | None = None,
        since: str | None = None,
        until: str | None = None,
        marks: tuple[str, str] = ("[", "]"),
    ) -> Iterator[Hit]:
        """Documents that hold all of `words` in title or text, the best first, with a passage that shows them.

        Case, accents and kinds of apostrophe do not matter, `ё` is `е`. `"words in quotation marks"` stand together,
        `word*` finds all words that begin so; all else is plain text, and nothing is a syntax error. `marks` go before
        and behind each matched word of the passage.
        """
        query: DocumentQuery = {
            "limit": limit,
            "offset": offset,
            "language": language,
            "since": since,
            "until": until,
        }
        with self._file.reading() as connection:
            yield from _search.search(connection, self.path, words, query, marks=marks)

    # Statistics

    def add_observations(self, rows: Iterable[Observation]) -> Added:
        """Keep rows of statistics, all or none. A vintage that is there stays; the same row in it changes nothing.

        A row that has another value within the same source and vintage replaces the one kept: its file was corrected.
        """
        with self._file.writing() as connection:
            return _statistics.add_observations(connection, rows)

    def add_votes(self, votes: Iterable[Vote]) -> Added:
        """Keep votes, all or none; as for `add_observations`."""
        with self._file.writing() as connection:
            return _statistics.add_votes(connection, votes)

    def observations(self, **query: Unpack[ObservationQuery]) -> list[Observation]:
        """Rows of statistics by reporting area, indicator, flow, counterpart and period; see `ObservationQuery`."""
        with self._file.reading() as connection:
            return list(_statistics.observations(connection, query))

    def votes(self, **query: Unpack[VoteQuery]) -> list[Vote]:
        """Votes in the General Assembly by date, resolution and area; see `VoteQuery`."""
        with self._file.reading() as connection:
            return list(_statistics.votes(connection, query))

    def sources(self) -> tuple[DataSet, ...]:
        """The sources of statistics in the store with each of their vintages."""
        with self._file.reading() as connection:
            return tuple(_statistics.sources(connection))

    # Events from elsewhere

    def add_coded_events(self, events: Iterable[CodedEvent]) -> Added:
        """Keep events of other data sets, all or none; an event of a later vintage takes the place of the earlier one.

        They stand apart: no other method gives them, and none counts them.
        """
        with self._file.writing() as connection:
            return _coded.add(connection, events)

    def coded_events(self, **query: Unpack[CodedQuery]) -> list[CodedEvent]:
        """Events of other data sets by date, source and number; see `CodedQuery`."""
        with self._file.reading() as connection:
            return list(_coded.find(connection, query))

    def coded_sources(self) -> dict[str, int]:
        """The other data sets in the store, each with the number of its events."""
        with self._file.reading() as connection:
            return _coded.counts(connection)

    # The whole

    def status(self) -> Status:
        """What the store holds."""
        with self._file.reading() as connection:
            return _check.status(connection, self.path)

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the file, a line each; nothing when it is sound.

        Looks at the file's structure, foreign keys and full text indices, at every text and record against its digest,
        and at the columns made of them.
        """
        with self._file.reading() as connection:
            found = list(_check.problems(connection, self.path))
        if not self._file.readonly:
            with self._file.writing() as connection:
                found += _check.index_problems(connection)
        return tuple(found)

    def dump(self) -> Iterator[str]:
        """All content but times, as lines in an order that does not depend on the order of writing."""
        with self._file.reading() as connection:
            yield from _check.dump(connection)

    def digest(self) -> str:
        """A digest of `dump`: equal for two stores with the same content."""
        digest = hashlib.blake2b(digest_size=16)
        for line in self.dump():
            digest.update(line.encode() + b"\n")
        return digest.hexdigest()
