"""The data classes of the gather room."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from multivector.errors import InputError
from multivector.gather._clean import one_line
from multivector.record import Document

GATHER_VERSION = "1"
"""Raised when the same bytes would give another document, so that stored digests no longer match."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Options:
    """Bounds on what is gathered, and metadata that the user knows better than the source does.

    `max_bytes` bounds the raw input, decompressed; `max_chars` the text in code points; `timeout` the whole
    of one exchange with a web server, in seconds. `allow_private` lets addresses that are not public be
    fetched (an intranet, a local test server). `published` (ISO 8601 day), `publisher`, `language` (BCP 47)
    and `title` win over whatever a source says; names and titles become one line. Raises InputError when a
    value makes no sense.
    """

    max_bytes: int = 20_000_000
    max_chars: int = 2_000_000
    timeout: float = 20.0
    max_redirects: int = 5
    allow_private: bool = False
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        for name in ("publisher", "title"):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        for name in ("max_bytes", "max_chars", "timeout"):
            if not getattr(self, name) > 0:
                raise InputError(f"option {name}", "must be above zero")
        if self.max_redirects < 0:
            raise InputError("option max_redirects", "must not be below zero")
        if self.published is not None and not _is_day(self.published):
            raise InputError("option published", f"not an ISO 8601 day: {self.published!r}", "write it as 2026-02-18")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise InputError("option language", f"not a language tag: {self.language!r}", "write it as en or ru")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from: a path as the user gave it, a web address, or `-` for standard input."""

    location: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that cannot be taken, and why, in one line."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of a source, with what the server or file system says of them.

    `digest` is the hexadecimal BLAKE2b digest of the bytes and of everything else that `parse` uses, so that
    equal digests mean equal documents. `media_type` and `charset` come from HTTP, `url` is the final
    address. `retrieved` is the UTC time of fetching, ISO 8601 to the second.
    """

    source: Source
    data: bytes
    digest: str
    media_type: str | None
    url: str | None
    charset: str | None
    retrieved: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document as found at one place: a *sighting* of it. `retrieved` is the UTC time of fetching."""

    location: str
    digest: str
    document: Document
    retrieved: str


def make_raw(
    source: Source,
    data: bytes,
    options: Options,
    *,
    media_type: str | None = None,
    url: str | None = None,
    charset: str | None = None,
) -> Raw:
    """A `Raw` with its digest, retrieved now."""
    digest = hashlib.blake2b(digest_size=20)
    name = "" if url else re.split(r"[/\\]", source.location)[-1]
    for part in (
        GATHER_VERSION,
        options.max_chars,
        options.published,
        options.publisher,
        options.language,
        options.title,
        media_type,
        url,
        charset,
        name,
    ):
        digest.update(repr(part).encode("utf-8", "backslashreplace") + b"\0")
    digest.update(data)
    retrieved = dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return Raw(source, data, digest.hexdigest(), media_type, url, charset, retrieved)


def _is_day(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
