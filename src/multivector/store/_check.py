"""What a store holds as a whole: its status, its soundness, and its content as text to compare stores by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from multivector.errors import StoreError
from multivector.record import ITEM_TYPES, Kind, document_id
from multivector.store import _statistics
from multivector.store._migrations import applied
from multivector.store._query import decode
from multivector.store._rows import columns
from multivector.store._schema import TABLES
from multivector.store._types import Status
from multivector.store._write import record_digest

_HEAD_LINE = "d.id, d.url, d.publisher, d.title, d.published, d.language, d.text, d.reader"
_INDICES = {"document_search": "document", "item_search": "item"}
_NAMES = ("id", "url", "publisher", "title", "published", "language", "text", "reader")


def status(connection: sqlite3.Connection, path: Path) -> Status:
    """Counts and spans, all of one moment."""

    def number(sql: str) -> int:
        return connection.execute(sql).fetchone()[0]

    def table(sql: str) -> list[tuple[str, int]]:
        return connection.execute(sql).fetchall()

    counts = dict.fromkeys(ITEM_TYPES, 0)
    counts |= {Kind(kind): n for kind, n in table("SELECT kind, count(*) FROM item GROUP BY kind")}
    by_language = "SELECT language, count(*) FROM document GROUP BY language ORDER BY 2 DESC, 1"
    by_reader = "SELECT reader, count(*) FROM document GROUP BY reader ORDER BY 2 DESC, 1"
    first, last = connection.execute(
        "SELECT (SELECT published FROM document WHERE date_from IS NOT NULL ORDER BY date_from LIMIT 1),"
        " (SELECT published FROM document WHERE date_from IS NOT NULL ORDER BY date_from DESC LIMIT 1)"
    ).fetchone()
    return Status(
        path=path,
        size=_size(path),
        documents=number("SELECT count(*) FROM document"),
        sightings=number("SELECT count(*) FROM sighting"),
        failures=number("SELECT count(*) FROM failure"),
        items=counts,
        languages=dict(table(by_language)),
        readers=dict(table(by_reader)),
        first_published=first,
        last_published=last,
        migrations=tuple(applied(connection).items()),
    )


def problems(connection: sqlite3.Connection, path: Path) -> Iterator[str]:
    """What is wrong with a store, a line each; nothing when it is sound."""
    try:
        yield from _broken_tables(connection)
        yield from _broken_records(connection, path)
    except (sqlite3.DatabaseError, StoreError, ValueError) as error:
        yield str(error)


def index_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the full text indices, a line each. SQLite checks them only where it may write."""
    for index in _INDICES:
        try:
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")  # noqa: S608
        except sqlite3.DatabaseError as error:
            yield f"{index}: {error}"


def _broken_tables(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
        if line != "ok":
            yield " ".join(str(line).split())
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(20):
        yield f"{table}: row {row} points to no row of {parent}"
    for index, source in _INDICES.items():
        missing = f"SELECT count(*) FROM {source} WHERE number NOT IN (SELECT rowid FROM {index})"  # noqa: S608
        if (number := connection.execute(missing).fetchone()[0]) > 0:
            yield f"{index}: {number} rows are missing"
    for kind in ITEM_TYPES:
        odd = f"SELECT count(*) FROM item WHERE kind = ? AND number NOT IN (SELECT item FROM {TABLES[kind]})"  # noqa: S608
        if (number := connection.execute(odd, (kind.value,)).fetchone()[0]) > 0:
            yield f"{TABLES[kind]}: {number} rows are missing"


def _broken_records(connection: sqlite3.Connection, path: Path) -> Iterator[str]:
    for id_, text, digest, lines in _records(connection):
        if document_id(text) != id_:
            yield f"document {id_}: its text is not what was stored"
        elif record_digest(lines) != digest:
            yield f"document {id_}: its record is not what was stored"
        else:
            yield from _broken_columns(connection, path, id_, text)


def _broken_columns(connection: sqlite3.Connection, path: Path, id_: str, text: str) -> Iterator[str]:
    """Rows of the tables for people that do not say what their items' lines say."""
    kept: dict[tuple[str, int], dict[str, Any]] = {}
    for kind in ITEM_TYPES:
        rows = connection.execute(
            f"SELECT t.* FROM {TABLES[kind]} t JOIN document d ON d.number = t.document WHERE d.id = ?",  # noqa: S608
            (id_,),
        )
        names = [name for name, *_ in rows.description]
        kept |= {(kind.value, row[0]): dict(zip(names, row, strict=True)) for row in rows}
    lines = connection.execute(
        "SELECT i.number, i.kind, i.line FROM item i JOIN document d ON d.number = i.document WHERE d.id = ?", (id_,)
    )
    for number, kind, line in lines:
        item = decode(Kind(kind), line, path)
        row = kept.get((kind, number), {})
        if any(row.get(name) != value for name, value in columns(item, text).items()):
            yield f"{TABLES[item.kind]}: row {number} is not what was stored"


def dump(connection: sqlite3.Connection) -> Iterator[str]:
    """All content but times and numbering, as lines in an order that does not depend on that of writing."""
    for _, _, _, lines in _records(connection):
        yield from lines
    sightings = connection.execute(
        "SELECT d.id, s.location, s.digest, s.url, s.publisher, s.title, s.published, s.language"
        " FROM sighting s JOIN document d ON d.number = s.document ORDER BY 1, 2"
    )
    for row in sightings:
        yield msgspec.json.encode(("sighting", *row)).decode()
    for row in connection.execute("SELECT location, reason FROM failure ORDER BY location"):
        yield msgspec.json.encode(("failure", *row)).decode()
    for row in _statistics.dump(connection):
        yield msgspec.json.encode(row).decode()


def _records(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, list[str]]]:
    """Each document's id, text, digest of its record as stored, and the record's lines."""
    rows = connection.execute(f"SELECT d.number, d.record_digest, {_HEAD_LINE} FROM document d ORDER BY d.id")  # noqa: S608
    for number, digest, *fields in rows:
        head = {"kind": Kind.DOCUMENT.value} | dict(zip(_NAMES, fields, strict=True))
        lines = connection.execute("SELECT line FROM item WHERE document = ? ORDER BY position", (number,)).fetchall()
        yield fields[0], fields[6], digest, [msgspec.json.encode(head).decode(), *(line for (line,) in lines)]


def _size(path: Path) -> int:
    return sum(p.stat().st_size for p in (path, Path(f"{path}-wal")) if p.exists())
