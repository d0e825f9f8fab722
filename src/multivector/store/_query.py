"""Reading: documents, records and items out of a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec

from multivector.errors import RecordError
from multivector.record import ITEM_TYPES, Document, Item, Kind, Record, Tie, assemble, item_from_dict
from multivector.store._faults import damaged
from multivector.store._fold import plain
from multivector.store._schema import TABLES
from multivector.store._types import DocumentHead, DocumentQuery, Found, ItemQuery, QueryError
from multivector.store._where import Conditions, add_functions, document_conditions, id_range, item_conditions, page

HEAD = "d.id, d.title, d.publisher, d.published, d.url, d.language"
_DOCUMENT = "d.id, d.url, d.publisher, d.title, d.published, d.language, d.text"
_WALKED, _WALKED_FROM = 1_000, 3_000
_DECODERS: dict[Kind, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(cls) for kind, cls in ITEM_TYPES.items() if cls is not Tie
}


def kind_of(name: str) -> Kind:
    """The kind that `name` names. Raises QueryError."""
    try:
        return Kind(name)
    except ValueError:
        raise QueryError(f"kind {name[:80]!r}", "no such kind", f"one of: {', '.join(Kind)}") from None


def items(connection: sqlite3.Connection, path: Path, kind: Kind, query: ItemQuery) -> Iterator[Found]:
    """Items by their documents' dates of publication, then in text order; or the least certain first."""
    add_functions(connection)
    if kind is Kind.DOCUMENT:
        raise QueryError("kind 'document'", "not a kind of item", "ask for the documents")
    walk = _is_walk(connection, kind, query)
    where = item_conditions(kind, query, walk=walk)
    limits = page(query.get("limit"), query.get("offset", 0))
    newest, join = bool(query.get("newest")), "document d CROSS JOIN item i" if walk else "item i JOIN document d"
    way = "DESC" if newest else "ASC"
    # Descending, those without a date come last by themselves, and the index gives the rows in this very order.
    date = f"d.date_from {way}" if newest else "d.date_from IS NULL, d.date_from"
    sure = f"(SELECT k.confidence FROM {TABLES[kind]} k WHERE k.item = i.number)"  # noqa: S608
    first = "6 NULLS LAST, " if query.get("least_certain") else ""
    # The rows are sorted by number alone and fetched afterwards: lines in the sorter would double the work.
    rows = connection.execute(
        f"SELECT i.line, {HEAD} FROM (SELECT i.number, d.date_from IS NULL AS undated, d.date_from AS date,"  # noqa: S608
        f" d.id AS doc, i.position, {sure if first else 'NULL'} AS sure FROM {join} ON d.number = i.document"
        f" WHERE {where} ORDER BY {first}{date}, d.id, i.position LIMIT ? OFFSET ?) s"
        " JOIN item i ON i.number = s.number JOIN document d ON d.number = i.document"
        f" ORDER BY s.sure NULLS LAST, s.undated, s.date {way}, s.doc, s.position",
        (*where.values, *limits),
    )
    head: DocumentHead | None = None
    for line, *fields in rows:
        if head is None or head.id != fields[0]:
            head = DocumentHead(*fields)
        yield Found(decode(kind, line, path), head)


def _is_walk(connection: sqlite3.Connection, kind: Kind, query: ItemQuery) -> bool:
    """Whether to go through documents by date until there are enough items, as against finding all and sorting them.

    That is quicker where only a few are asked for and many would be found.
    """
    limit = query.get("limit")
    if limit is None or limit > _WALKED or not query.get("newest") or query.get("least_certain"):
        return False
    found = count(connection, kind, {**query, "limit": _WALKED_FROM, "offset": 0})
    return found >= _WALKED_FROM


def documents(connection: sqlite3.Connection, query: DocumentQuery) -> Iterator[DocumentHead]:
    """Documents without their texts, by date of publication, then id; those without a date come last."""
    for row in _documents(connection, HEAD, query):
        yield DocumentHead(*row)


def full_documents(connection: sqlite3.Connection, query: DocumentQuery) -> Iterator[Document]:
    """As `documents`, with their texts."""
    for row in _documents(connection, _DOCUMENT, query):
        yield Document(*row)


def count(connection: sqlite3.Connection, kind: Kind, query: dict[str, Any]) -> int:
    """How many documents or items of a kind there are."""
    add_functions(connection)
    if kind is Kind.DOCUMENT:
        where = document_conditions(cast("DocumentQuery", query))
        sql = "SELECT 1 FROM document d WHERE"
    else:
        where = item_conditions(kind, cast("ItemQuery", query))
        sql = "SELECT 1 FROM item i JOIN document d ON d.number = i.document WHERE"
    values = (*where.values, *page(query.get("limit"), query.get("offset", 0)))
    (number,) = connection.execute(f"SELECT count(*) FROM ({sql} {where} LIMIT ? OFFSET ?)", values).fetchone()  # noqa: S608
    return number


def document(connection: sqlite3.Connection, prefix: str) -> Document:
    """The document whose id begins with `prefix`. Raises QueryError when there is none, or more than one."""
    bounds = id_range(prefix)
    found = connection.execute(
        "SELECT d.id, d.title FROM document d WHERE d.id >= ? AND d.id < ? ORDER BY d.id LIMIT 6", bounds
    ).fetchall()
    _only_one(f"document {prefix!r}", found)
    row = connection.execute(f"SELECT {_DOCUMENT} FROM document d WHERE d.id = ?", (found[0][0],)).fetchone()  # noqa: S608
    return Document(*row)


def record(connection: sqlite3.Connection, path: Path, prefix: str) -> Record:
    """The record of the document whose id begins with `prefix`. Raises QueryError."""
    return _record(connection, path, document(connection, prefix))


def records(connection: sqlite3.Connection, path: Path, query: DocumentQuery) -> Iterator[Record]:
    """The records of documents, in the order of `documents`."""
    for source in full_documents(connection, query):
        yield _record(connection, path, source)


def item(connection: sqlite3.Connection, path: Path, prefix: str) -> Found:
    """The item whose id begins with `prefix`, with its document. Raises QueryError."""
    prefix = plain(prefix).strip()
    if not prefix.partition("-")[2]:
        raise QueryError(f"item {prefix[:80]!r}", "not an item's id", "ids look like st-0123456789abcdef0123")
    found = connection.execute(
        "SELECT i.id, NULL FROM item i WHERE i.id >= ? AND i.id < ? ORDER BY i.id LIMIT 6",
        (prefix, prefix + "\U0010ffff"),
    ).fetchall()
    _only_one(f"item {prefix[:80]!r}", found)
    kind, line, *fields = connection.execute(
        f"SELECT i.kind, i.line, {HEAD} FROM item i JOIN document d ON d.number = i.document WHERE i.id = ?",  # noqa: S608
        (found[0][0],),
    ).fetchone()
    return Found(decode(Kind(kind), line, path), DocumentHead(*fields))


def decode(kind: Kind, line: str, path: Path) -> Item:
    """The item of a stored line. Raises StoreError when the line is not what was written."""
    try:
        if kind in _DECODERS:
            return _DECODERS[kind].decode(line)
        return cast("Item", item_from_dict(msgspec.json.decode(line, type=dict[str, Any])))
    except (msgspec.MsgspecError, RecordError, UnicodeError):
        raise damaged(path, f"a line of kind {kind} cannot be read") from None


def _record(connection: sqlite3.Connection, path: Path, source: Document) -> Record:
    number, reader = connection.execute("SELECT number, reader FROM document WHERE id = ?", (source.id,)).fetchone()
    rows = connection.execute("SELECT kind, line FROM item WHERE document = ? ORDER BY position", (number,))
    return assemble(source, reader, (decode(Kind(kind), line, path) for kind, line in rows))


def _documents(connection: sqlite3.Connection, fields: str, query: DocumentQuery) -> Iterator[tuple[Any, ...]]:
    add_functions(connection)
    where: Conditions = document_conditions(query)
    date = "d.date_from DESC" if query.get("newest") else "d.date_from IS NULL, d.date_from"
    return connection.execute(
        f"SELECT {fields} FROM document d WHERE {where} ORDER BY {date}, d.id LIMIT ? OFFSET ?",  # noqa: S608
        (*where.values, *page(query.get("limit"), query.get("offset", 0))),
    )


def _only_one(subject: str, found: list[tuple[str, str | None]]) -> None:
    if not found:
        raise QueryError(subject, "not in the store")
    if len(found) > 1:
        names = [f"{id_} ({title[:60]})" if title else id_ for id_, title in found[:5]]
        more = ", ..." if len(found) > 5 else ""
        raise QueryError(subject, f"could be any of {', '.join(names)}{more}", "give more of the id")
