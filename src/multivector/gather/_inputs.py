"""What the user named, as single sources: files, the documents in folders, addresses, standard input."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from multivector.errors import InputError
from multivector.gather._address import is_address, normal_address
from multivector.gather._types import Failure, Source

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ""})
"""File name endings that are taken when a folder is walked; a file named by itself is always tried."""

LOOKED_FOR = ", ".join(sorted(filter(None, SUFFIXES)))
"""The endings as a list for people; files without an ending are taken as well."""

_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE | re.ASCII)
_MAX_LIST_BYTES = 20_000_000


def expand(inputs: Iterable[str], *, stdin: bool = False) -> Iterator[Source | Failure]:
    """Each document that `inputs` name, once, in their order.

    A folder is walked to its depth in sorted order: hidden files and folders are left out, so are files
    whose suffix is not in `SUFFIXES`, and a folder that links lead back to is walked once. `-`, or `stdin`
    when nothing is named, is standard input. What is missing gives a `Failure`, and so does
    a folder without documents.
    """
    seen: set[str] = set()
    named = list(inputs) or (["-"] if stdin else [])
    for location in named:
        for found in _expand_one(location):
            key = _key(found.location)
            if key not in seen:
                seen.add(key)
                yield found


def url_list(path: str | os.PathLike[str]) -> list[str]:
    """The lines of a file of addresses, without blank lines and `#` comments. Raises InputError."""
    name = os.fspath(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MAX_LIST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(name, os_reason(error)) from None
    if len(data) > _MAX_LIST_BYTES:
        raise InputError(name, f"more than {_MAX_LIST_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(name, f"not UTF-8 at byte {error.start}", "a list of addresses is a UTF-8 text") from None
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def os_reason(error: OSError | ValueError) -> str:
    """Why a file cannot be read, in words."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error)


def _expand_one(location: str) -> Iterator[Source | Failure]:
    if location == "-" or is_address(location):
        yield Source(location if location == "-" else normal_address(location))
        return
    if not location:
        yield Failure("''", "an empty name")
        return
    if _OTHER_SCHEME.match(location):
        yield Failure(location, "only http and https addresses are fetched")
        return
    path = Path(location)
    try:
        if path.is_dir():
            empty = True
            for found in _walk(path):
                empty = False
                yield found
            if empty:
                yield Failure(location, f"no documents in this folder (looked for {LOOKED_FOR})")
        elif not path.exists():
            yield Failure(location, "no such file or folder")
        else:
            yield Source(location)
    except (OSError, ValueError) as error:
        yield Failure(location, os_reason(error))


def _walk(top: Path) -> Iterator[Source | Failure]:
    seen: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISREG(status.st_mode) and path.suffix.lower() in SUFFIXES:
                yield Source(str(path))
            if not stat.S_ISDIR(status.st_mode) or (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            inside = sorted((entry for entry in path.iterdir() if not entry.name.startswith(".")), reverse=True)
        except OSError as error:
            yield Failure(str(path), os_reason(error))
            continue
        waiting.extend(inside)


def _key(location: str) -> str:
    """Equal for two ways to name one place."""
    if location == "-" or is_address(location):
        return location
    try:
        return "file:" + os.path.realpath(location)
    except (OSError, ValueError):
        return location
