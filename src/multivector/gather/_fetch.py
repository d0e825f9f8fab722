"""The bytes of a source, bounded in size and, for the web, in time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from multivector.errors import InputError
from multivector.gather._address import is_address
from multivector.gather._inputs import os_reason
from multivector.gather._types import Options, Raw, Source, make_raw


def fetch(source: Source, options: Options | None = None) -> Raw:
    """The bytes at `source`: a file, `-` for standard input, or a web address. Raises InputError."""
    options = options or Options()
    location = source.location
    if location == "-":
        return make_raw(source, _bounded(sys.stdin.buffer, "standard input", options), options)
    if is_address(location):
        from multivector.gather._http import fetch_url

        return fetch_url(source, options)
    path = Path(location)
    try:
        if path.is_dir():
            raise InputError(location, "a folder, not a document")
        if not path.is_file() and not path.is_fifo() and path.exists():
            raise InputError(location, "not a regular file")
        with path.open("rb") as file:
            return make_raw(source, _bounded(file, location, options), options)
    except (OSError, ValueError) as error:
        raise InputError(location, os_reason(error)) from None


def _bounded(file: BinaryIO, name: str, options: Options) -> bytes:
    data = file.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise InputError(name, f"more than {options.max_bytes:,} bytes", "raise --max-bytes")
    return data
