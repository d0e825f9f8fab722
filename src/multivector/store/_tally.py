"""Counts over the whole store: who speaks, which actors are named, how many items a month."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from multivector.record import ActorKind, Kind
from multivector.store._types import ActorTally, ItemQuery, SpeakerTally
from multivector.store._where import add_functions, item_conditions


def speakers(connection: sqlite3.Connection) -> Iterator[SpeakerTally]:
    """The persons who speak, by the number of their statements."""
    rows = connection.execute(
        "SELECT person, state, count(*), min(said_on), max(said_on) FROM statement WHERE person IS NOT NULL"
        " GROUP BY person, state ORDER BY 3 DESC, 1, 2"
    )
    return (SpeakerTally(*row) for row in rows)


def actors(connection: sqlite3.Connection, types: tuple[ActorKind, ...]) -> Iterator[ActorTally]:
    """The actors of these types, by the number of documents that name them."""
    places = ", ".join("?" * len(types))
    rows = connection.execute(
        f"SELECT code, min(name), type, count(*) FROM actor WHERE type IN ({places})"  # noqa: S608
        " GROUP BY type, code ORDER BY 4 DESC, 1",
        [each.value for each in types],
    )
    return (ActorTally(*row) for row in rows)


def months(connection: sqlite3.Connection, kind: Kind, query: ItemQuery) -> Iterator[tuple[str, int]]:
    """How many items there are by the month (`2026-02`) in which each one's own or its document's date begins."""
    add_functions(connection)
    where = item_conditions(kind, query)
    join = " JOIN document d ON d.number = i.document" if "d." in str(where) else ""
    return connection.execute(
        f"SELECT substr(i.date_from, 1, 7), count(*) FROM item i{join}"  # noqa: S608
        f" WHERE {where} AND i.date_from IS NOT NULL GROUP BY 1 ORDER BY 1",
        where.values,
    )
