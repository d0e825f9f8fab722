"""Writing: a document, its sighting and its record in one transaction."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from multivector.errors import RecordError
from multivector.record import Document, Item, Record, document_id, record_to_lines
from multivector.store._fold import fold, plain
from multivector.store._rows import Codes, columns, domains, encode_columns, own_date, spans_by_role, type_of, words
from multivector.store._schema import TABLES
from multivector.store._settle import days, settle
from multivector.store._types import Outcome, Sighting

_SIGHTING = "location, digest, s.url, s.publisher, s.title, s.published, s.language, retrieved"


def add(connection: sqlite3.Connection, record: Record, sighting: Sighting, *, force: bool) -> Outcome:
    """Do what `Store.add` says, inside the caller's transaction."""
    lines = checked_lines(record)
    document, sighting = record.document, plain_sighting(sighting)
    row = connection.execute(
        "SELECT number, reader, record_digest FROM document WHERE id = ?", (document.id,)
    ).fetchone()
    digest = record_digest(lines)
    known = sightings_of(connection, document.id)
    outdated = row is not None and not force and rules_version(record.reader) < rules_version(row[1])
    if not outdated and settle(document, _with(known, sighting)) != document:
        return Outcome.STALE
    connection.execute("DELETE FROM failure WHERE location = ?", (sighting.location,))
    if row is None:
        number = _insert_document(connection, record, digest)
        _insert_items(connection, number, record, lines[1:])
        _put_sighting(connection, number, sighting)
        return Outcome.ADDED
    number: int = row[0]
    news = not any(_same(sighting, other) for other in known)
    if news:
        _put_sighting(connection, number, sighting)
    if outdated or (row[1], row[2]) == (record.reader, digest):
        return Outcome.MERGED if news else Outcome.UNCHANGED
    _update_document(connection, number, record, digest)
    connection.execute("DELETE FROM item WHERE document = ?", (number,))
    _insert_items(connection, number, record, lines[1:])
    return Outcome.REPLACED


def checked_lines(record: Record) -> list[str]:
    """The lines of a record. Raises RecordError when it breaks a rule which the store relies on."""
    document = record.document
    where = f"document {document.id!r}"
    expected = document_id(document.text)
    if document.id != expected:
        raise RecordError(where, f"the id does not come from the text, whose id is {expected!r}")
    seen: set[str] = set()
    statements = {statement.id for statement in record.statements}
    for item in record.items:
        where = f"{item.kind} {item.id!r}"
        if item.id in seen:
            raise RecordError(where, "stands twice in the record")
        seen.add(item.id)
        said_by: str | None = getattr(item, "said_by", None)
        if said_by is not None and said_by not in statements:
            raise RecordError(where, f"said_by {said_by!r} is no statement of the record")
        for role, spans in spans_by_role(item):
            for start, end in spans:
                if not 0 <= start < end <= len(document.text):
                    raise RecordError(where, f"{role} [{start}, {end}] is not within the text")
    try:
        return [line.decode() for line in record_to_lines(record)]
    except UnicodeEncodeError:
        raise RecordError(f"document {document.id!r}", "it holds surrogates, which are not characters") from None


def sightings_of(connection: sqlite3.Connection, document: str) -> list[Sighting]:
    """The sightings of the document with the id `document`, by location."""
    rows = connection.execute(
        f"SELECT {_SIGHTING} FROM sighting s JOIN document d ON d.number = s.document"  # noqa: S608
        " WHERE d.id = ? ORDER BY location",
        (document,),
    )
    return [Sighting(*row) for row in rows]


def settled(connection: sqlite3.Connection, document: Document, sighting: Sighting) -> Document:
    """`document` as it would be with `sighting` among its sightings."""
    return settle(document, _with(sightings_of(connection, document.id), plain_sighting(sighting)))


def is_settled(connection: sqlite3.Connection, document: str) -> bool:
    """Whether the metadata of the stored document are those that all its sightings give."""
    row = connection.execute(
        "SELECT id, url, publisher, title, published, language, '' FROM document WHERE id = ?", (document,)
    ).fetchone()
    kept = Document(*row)
    return settle(kept, sightings_of(connection, document)) == kept


def rules_version(reader: str) -> int:
    """The number of the rules in a reader's version (`3+9f…` is 3); 0 for a version of another form."""
    number, _, _ = reader.partition("+")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def plain_sighting(sighting: Sighting) -> Sighting:
    """`sighting` with its location in characters only."""
    return replace(sighting, location=plain(sighting.location))


def record_digest(lines: Iterable[str]) -> str:
    """A digest of a record's lines."""
    return hashlib.blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()


def _with(known: Iterable[Sighting], sighting: Sighting) -> list[Sighting]:
    return [*(other for other in known if other.location != sighting.location), sighting]


def _same(one: Sighting, other: Sighting) -> bool:
    """Whether two sightings say the same; when each was made does not matter."""
    return _told(one) == _told(other)


def _told(s: Sighting) -> tuple[str | None, ...]:
    return (s.location, s.digest, s.url, s.publisher, s.title, s.published, s.language)


def _put_sighting(connection: sqlite3.Connection, number: int, s: Sighting) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO sighting (document, location, digest, url, publisher, title, published, language,"
        " retrieved) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *_told(s), s.retrieved),
    )


def _document_row(record: Record, digest: str) -> dict[str, Any]:
    document = record.document
    first, last = days(document.published, f"document {document.id!r}") or (None, None)
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "language": document.language,
        "url": document.url,
        "text": document.text,
        "date_from": first,
        "date_to": last,
        "reader": record.reader,
        "record_digest": digest,
    }


def _insert_document(connection: sqlite3.Connection, record: Record, digest: str) -> int:
    row = _document_row(record, digest)
    names, places = encode_columns(row)
    number = connection.execute(f"INSERT INTO document ({names}) VALUES ({places})", row).lastrowid  # noqa: S608
    assert number is not None
    connection.execute(
        "INSERT INTO document_search (rowid, title, text) VALUES (?, ?, ?)",
        (number, fold(record.document.title or ""), fold(record.document.text)),
    )
    return number


def _update_document(connection: sqlite3.Connection, number: int, record: Record, digest: str) -> None:
    """Everything but the text, which the id answers for."""
    row = _document_row(record, digest)
    del row["text"], row["id"]
    places = ", ".join(f"{name} = :{name}" for name in row)
    connection.execute(f"UPDATE document SET {places} WHERE number = :number", row | {"number": number})  # noqa: S608
    connection.execute(
        "UPDATE document_search SET title = ? WHERE rowid = ?", (fold(record.document.title or ""), number)
    )


def _insert_items(connection: sqlite3.Connection, number: int, record: Record, lines: list[str]) -> None:
    codes = Codes(record)
    for position, (item, line) in enumerate(zip(record.items, lines, strict=True)):
        _insert_item(connection, number, record.document, item, position, line, codes)


def _insert_item(
    connection: sqlite3.Connection,
    document_number: int,
    document: Document,
    item: Item,
    position: int,
    line: str,
    codes: Codes,
) -> None:
    where = f"{item.kind} {item.id!r}"
    first, last = days(own_date(item), where) or days(document.published, where) or (None, None)
    try:
        number = connection.execute(
            "INSERT INTO item (id, document, position, kind, type, date_from, date_to, line)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (item.id, document_number, position, item.kind, type_of(item), first, last, line),
        ).lastrowid
    except sqlite3.IntegrityError:
        raise RecordError(where, "its id belongs to an item of another document") from None
    row = {"item": number, "document": document_number} | columns(item, document.text)
    names, places = encode_columns(row)
    connection.execute(f"INSERT INTO {TABLES[item.kind]} ({names}) VALUES ({places})", row)  # noqa: S608
    connection.execute(
        "INSERT INTO item_search (rowid, words) VALUES (?, ?)", (number, fold(words(item, document.text)))
    )
    connection.executemany(
        "INSERT INTO item_actor VALUES (?, ?, ?)", [(number, *pair) for pair in sorted(codes.of(item))]
    )
    connection.executemany("INSERT INTO item_domain VALUES (?, ?)", [(number, domain) for domain in domains(item)])
    connection.executemany(
        "INSERT INTO item_span VALUES (?, ?, ?, ?, ?)",
        [
            (number, role, place, start, end)
            for role, spans in spans_by_role(item)
            for place, (start, end) in enumerate(spans)
        ],
    )
