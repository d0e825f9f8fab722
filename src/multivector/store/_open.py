"""Opening a store's file: whether it is one, and connections to it."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from multivector.errors import StoreError
from multivector.store._faults import damaged, faults
from multivector.store._migrations import check_owner, migrate, pending
from multivector.store._types import OutdatedError

_PERMISSIONS = "check the permissions of the file and its folder"


@dataclass(slots=True)
class File:
    """A store's file and the connection for all that is short; long reads have their own (`reading`)."""

    path: Path
    uri: str
    readonly: bool
    timeout: float
    connection: sqlite3.Connection
    closed: bool = False

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """A connection of its own for one read: it sees the store as it was at the read's beginning.

        However long the read takes, it keeps nobody from writing, nor is it disturbed by what is written.
        """
        with faults(self.path):
            self._live()
            connection = _connect(self.uri, self.timeout)
            try:
                connection.execute("PRAGMA query_only = ON")
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.close()

    @contextmanager
    def asking(self) -> Generator[sqlite3.Connection]:
        """The standing connection, for short reads."""
        with faults(self.path):
            yield self._live()

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """The standing connection inside a transaction: all that is done in it is kept, or nothing."""
        if self.readonly:
            raise StoreError(str(self.path), "opened for reading only", "open it for writing")
        with faults(self.path):
            connection = self._live()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the standing connection. One that wrote leaves all in the one file, unless others still use it."""
        if not self.closed and not self.readonly:
            with suppress(sqlite3.Error):  # whatever stays in the log is as safe there
                self.connection.execute("PRAGMA busy_timeout = 100")
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.closed = True
        self.connection.close()

    def _live(self) -> sqlite3.Connection:
        if self.closed:
            raise StoreError(str(self.path), "the store has been closed", "open it again")
        return self.connection


def open_file(path: Path, *, create: bool, readonly: bool, timeout: float) -> File:
    """Open or create the store at `path`. Raises StoreError, in one line, when that cannot be."""
    fresh = _check_path(path, create=create and not readonly)
    with faults(path), _foreign(path):
        uri, connection = _first_connection(path, readonly=readonly, fresh=fresh, timeout=timeout)
        try:
            check_owner(connection, path)
            _check_whole(connection, path)
            if not readonly:
                _use_log(connection, timeout)
                connection.execute("PRAGMA synchronous = NORMAL")
                migrate(connection, path)
            elif pending(connection):
                raise OutdatedError(
                    str(path), "made by an older version of multivector, or never finished", "open it for writing once"
                )
        except BaseException:
            connection.close()
            raise
    return File(path, uri, readonly, timeout, connection)


@contextmanager
def _foreign(path: Path) -> Generator[None]:
    """Tells of a file that was never a store, where `faults` would advise to restore it."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_NOTADB or _has_log(path):
            raise
        raise StoreError(str(path), "not a SQLite file", "name another file") from None


def _check_path(path: Path, *, create: bool) -> bool:
    """Whether the store has still to be made. Raises StoreError when the path alone shows that it cannot be opened.

    The file itself is never opened here, only by SQLite: to close a file drops all POSIX locks that the process holds
    on it, those of other connections too, and other programs would then take the store for unused.
    """
    subject = str(path)
    if "\0" in subject:
        raise StoreError(subject, "not a file name")
    try:
        if path.is_dir():
            raise StoreError(subject, "a folder, not a store", "name a file")
        if not path.exists():
            if not create:
                raise StoreError(subject, "no such store", "check the name, or read documents into it first")
            if not path.parent.is_dir():
                raise StoreError(subject, f"the folder {path.parent} does not exist", "make it first")
            return True
        status = path.stat()
    except PermissionError:
        raise StoreError(subject, "may not be read", _PERMISSIONS) from None
    except OSError as error:
        raise StoreError(subject, error.strerror or "cannot be opened") from None
    if not stat.S_ISREG(status.st_mode):
        raise StoreError(subject, "not a regular file", "name another file")
    if not os.access(path, os.R_OK):
        raise StoreError(subject, "may not be read", _PERMISSIONS)
    if status.st_size == 0 and not create:
        raise StoreError(subject, "an empty file, not a store", "check the name, or read documents into it first")
    return status.st_size == 0


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError for a file whose last page is cut, which SQLite itself passes over."""
    (pages,), (size,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    # Asked in this order: what is not in the log by then is in the file.
    if not _has_log(path) and path.stat().st_size < pages * size:
        raise damaged(path, "its end is missing")


def _first_connection(path: Path, *, readonly: bool, fresh: bool, timeout: float) -> tuple[str, sqlite3.Connection]:
    """The URI that further connections for reading use, and a connection that has been read from."""
    base = path.absolute().as_uri()
    if not readonly:
        connection = _connect(f"{base}?mode={'rwc' if fresh else 'rw'}", timeout)
        connection.execute("PRAGMA foreign_keys = ON")
        return f"{base}?mode=ro", connection
    # In a folder that may not be written SQLite cannot make the index of the log. Without a log it needs none.
    for uri in (f"{base}?mode=ro", f"{base}?mode=ro&immutable=1"):
        connection = _connect(uri, timeout)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            unopened = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            if not unopened or _has_log(path) or "immutable" in uri:
                raise
        else:
            return uri, connection
    raise AssertionError("unreachable: the last try returns or raises")


def _has_log(path: Path) -> bool:
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def _connect(uri: str, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)


def _use_log(connection: sqlite3.Connection, timeout: float) -> None:
    """Switch to the write-ahead log, in which readers and a writer do not wait for each other.

    SQLite does not wait for a lock here by itself. Where the file system cannot do it, the journal stays as it is.
    """
    end = time.monotonic() + timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
            time.sleep(0.02)
        else:
            return
