"""Events from elsewhere in the store: a table of their own, so that no query of our own events ever meets them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

import msgspec

from multivector.record import CodedEvent, EventType
from multivector.store._statistics import Added
from multivector.store._types import QueryError
from multivector.store._where import day_of

CODED = (
    """
    CREATE TABLE coded_event (
        number INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        source_id TEXT NOT NULL,
        date TEXT NOT NULL,
        type TEXT NOT NULL,
        mode TEXT,
        contexts TEXT NOT NULL,
        actor TEXT,
        actor_name TEXT,
        actor_country TEXT,
        recipient TEXT,
        recipient_name TEXT,
        recipient_country TEXT,
        original TEXT NOT NULL,
        intensity REAL,
        url TEXT,
        vintage TEXT NOT NULL,
        retrieved TEXT NOT NULL,
        "row" TEXT NOT NULL,
        UNIQUE (source, source_id)
    )""",
    "CREATE INDEX coded_event_actor ON coded_event (actor, date)",
    "CREATE INDEX coded_event_recipient ON coded_event (recipient, date)",
    "CREATE INDEX coded_event_date ON coded_event (date)",
)
"""The table, as the migration `coded-events` makes it. Never changed once released."""

_COLUMNS = (
    *("source", "source_id", "date", "type", "mode", "contexts", "actor", "actor_name", "actor_country", "recipient"),
    *("recipient_name", "recipient_country", "original", "intensity", "url", "vintage", "retrieved", "row"),
)
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_KEY = ("source", "source_id")
_WHERE_READ = ("retrieved", "row")
_BATCH = 10_000


class CodedQuery(TypedDict, total=False):
    """Which events from elsewhere to give; what is left out or None does not restrict.

    `source`: POLECAT, ICEWS or GDELT, in any case. `actor`: a code on either side. `type`: PLOVER's. `since`, `until`:
    dates of the record in any precision, both included.
    """

    source: str | None
    actor: str | None
    type: str | None
    since: str | None
    until: str | None
    limit: int | None


def add(connection: sqlite3.Connection, events: Iterable[CodedEvent]) -> Added:
    """Do what `Store.add_coded_events` says, inside the caller's transaction."""
    (before,) = connection.execute("SELECT count(*) FROM coded_event").fetchone()
    changes, given = connection.total_changes, 0
    kept = ", ".join(f'"{name}" = excluded."{name}"' for name in _COLUMNS if name not in _KEY)
    told = " OR ".join(f'"{name}" IS NOT excluded."{name}"' for name in _COLUMNS if name not in (*_KEY, *_WHERE_READ))
    sql = (
        f"INSERT INTO coded_event ({_NAMES}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
        f" ON CONFLICT (source, source_id) DO UPDATE SET {kept} WHERE excluded.vintage >= vintage AND ({told})"
    )
    batch: list[tuple[Any, ...]] = []
    for event in events:
        given += 1
        batch.append(_cells(event))
        if len(batch) >= _BATCH:
            connection.executemany(sql, batch)
            batch.clear()
    connection.executemany(sql, batch)
    changed = connection.total_changes - changes
    (after,) = connection.execute("SELECT count(*) FROM coded_event").fetchone()
    added = after - before
    return Added(added, changed - added, given - changed)


def find(connection: sqlite3.Connection, query: CodedQuery) -> Iterator[CodedEvent]:
    """Events by date, source and number. Raises QueryError for a wrong filter."""
    conditions, values = ["1"], list[str | int]()
    if (source := query.get("source")) is not None:
        conditions.append("source = ?")
        values.append(source.strip().upper())
    if (actor := query.get("actor")) is not None:
        code = actor.strip().upper() if len(actor.strip()) == 3 else actor.strip()
        conditions.append("(actor = ? OR recipient = ?)")
        values += [code, code]
    if (kind := query.get("type")) is not None:
        try:
            values.append(EventType(kind.strip().upper()).value)
        except ValueError:
            raise QueryError(f"type {kind[:80]!r}", "no type of PLOVER", f"one of: {', '.join(EventType)}") from None
        conditions.append("type = ?")
    if (since := query.get("since")) is not None and (day := day_of("since", since, end=False)):
        conditions.append("date >= ?")
        values.append(day)
    if (until := query.get("until")) is not None and (day := day_of("until", until, end=True)):
        conditions.append("date <= ?")
        values.append(day)
    limit = query.get("limit")
    values.append(-1 if limit is None else limit)
    rows = connection.execute(
        f"SELECT {_NAMES} FROM coded_event WHERE {' AND '.join(conditions)} ORDER BY date, source, source_id LIMIT ?",  # noqa: S608
        values,
    )
    for row in rows:
        fields: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
        contexts = tuple(msgspec.json.decode(fields["contexts"], type=list[str]))
        fields |= {"contexts": contexts, "type": EventType(fields["type"])}
        yield CodedEvent(**fields)


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many events of each data set there are."""
    return dict(connection.execute("SELECT source, count(*) FROM coded_event GROUP BY 1 ORDER BY 1").fetchall())


def _cells(event: CodedEvent) -> tuple[Any, ...]:
    cells = (getattr(event, name) for name in _COLUMNS)
    return tuple(msgspec.json.encode(cell).decode() if isinstance(cell, tuple) else cell for cell in cells)
