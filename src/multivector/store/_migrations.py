"""The forms that a store has had, as named steps from one to the next. The file lists those it has been through."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from multivector.errors import StoreError
from multivector.store._coded import CODED
from multivector.store._schema import APPLICATION_ID, CONFIDENCE, FIRST, LISTS, MODES
from multivector.store._statistics_tables import TABLES as STATISTICS
from multivector.store._types import now


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in FIRST:
        connection.execute(statement)


Migration = Callable[[sqlite3.Connection], None]


def _doing(statements: Iterable[str]) -> Migration:
    """The migration that does these statements in turn."""

    def migration(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return migration


MIGRATIONS: dict[str, Migration] = {
    "0001-create": _create,
    "0002-confidence": _doing(CONFIDENCE),
    "0002-statistics": _doing(STATISTICS),
    "0003-lists": _doing(LISTS),
    "0003-modes": _doing(MODES),
    "0004-coded-events": _doing(CODED),
}
"""Every migration by its name, in order. A name once released stays, and so does what it does."""


def applied(connection: sqlite3.Connection) -> dict[str, str]:
    """The migrations that the file lists, with their times; empty for a file without tables."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone() is None:
        return {}
    return dict(connection.execute("SELECT name, applied_at FROM migration ORDER BY name"))


def check_owner(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError for a SQLite file that another program made, or a newer version of this one."""
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    if owner != APPLICATION_ID and not (owner == 0 and empty):
        raise StoreError(str(path), "a SQLite file, but not a multivector store", "name another file")
    if unknown := applied(connection).keys() - MIGRATIONS.keys():
        raise StoreError(
            str(path), f"made by a newer version of multivector ({', '.join(sorted(unknown))})", "update multivector"
        )


def pending(connection: sqlite3.Connection) -> list[str]:
    """The names of the migrations that the file has still to go through."""
    done = applied(connection)
    return [name for name in MIGRATIONS if name not in done]


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to the present form, each step in a transaction of its own."""
    while pending(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Asked again under the lock: another program may have been quicker.
            check_owner(connection, path)
            for name in pending(connection)[:1]:
                MIGRATIONS[name](connection)
                connection.execute("INSERT INTO migration VALUES (?, ?)", (name, now()))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
