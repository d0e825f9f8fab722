"""SQLite's errors as errors for the user: whose fault it is and what helps."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from multivector.errors import StoreError
from multivector.store._types import DamagedError

_RESTORE = "restore it from a copy, or start a new store and read the documents again"
# Our statements name only what a store has, so that these come from a file whose description of itself is damaged.
_NOT_OURS = re.compile(r"no such (table|column|index|module)|vtable constructor failed|malformed database schema")
_CODES = {
    sqlite3.SQLITE_BUSY: ("another program is writing to it", "wait until that is done, or end it"),
    sqlite3.SQLITE_LOCKED: ("another program is writing to it", "wait until that is done, or end it"),
    sqlite3.SQLITE_NOTADB: ("not a SQLite file, or damaged", _RESTORE),
    sqlite3.SQLITE_READONLY: ("may not be written", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_PERM: ("may not be opened", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and run again"),
    sqlite3.SQLITE_IOERR: ("the disk reports an error", "check the disk; the store is as it was before"),
    sqlite3.SQLITE_TOOBIG: ("the document is too large for a SQLite file", None),
}


@contextmanager
def faults(path: Path) -> Generator[None]:
    """Turn SQLite's errors about the file `path` into StoreError. Faults of ours pass as they are."""
    try:
        yield
    except sqlite3.Error as error:
        if (told := _told(path, error)) is None:
            raise
        raise told from None
    except UnicodeDecodeError:
        # SQLite's complaint about a damaged file may quote the damage.
        raise damaged(path, _first_problem(path) or "text that is not UTF-8") from None


def damaged(path: Path, what: str) -> DamagedError:
    """The error for a file whose content is not what was written."""
    return DamagedError(str(path), f"damaged ({what})", _RESTORE)


def _told(path: Path, error: sqlite3.Error) -> StoreError | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # The module's own errors carry no code; this is the one that the file's content causes.
        return damaged(path, "text that is not UTF-8") if "decode to UTF-8" in str(error) else None
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_ERROR and _NOT_OURS.match(str(error)):
        return damaged(path, str(error))
    if primary == sqlite3.SQLITE_CORRUPT or code == sqlite3.SQLITE_IOERR_SHORT_READ:
        return damaged(path, _first_problem(path) or str(error))
    if primary in _CODES:
        return StoreError(str(path), *_CODES[primary])
    return None


def _first_problem(path: Path) -> str | None:
    """What SQLite's own check finds first in the file, or None when it cannot say."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.1)
    except sqlite3.Error:
        return None
    try:
        (line,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()
    return None if line == "ok" else str(line).removeprefix("*** in database main ***").strip()
