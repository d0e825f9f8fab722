"""Getting statistics over the network: what to ask, one request after the other, each answer kept in a file.

Answers are kept as the provider sends them and read by the same readers as files that people download. A run that was
stopped goes on where it was, because what is in the folder is not asked for again. Keys come from the environment and
go into a header, never into an address, a file or a message. Redirects are not followed: the interfaces give none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from multivector._version import __version__
from multivector.errors import StatisticsError
from multivector.statistics._areas import Scheme, find_area, write_area
from multivector.statistics._data import data_text
from multivector.statistics._read import read

_AGAIN = frozenset({429, 500, 502, 503, 504})
_CHUNK = 65_536
_NO_HEADERS: Mapping[str, str] = {}
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Provider:
    """An interface that can be asked; the fields are described in `data/providers.toml`."""

    name: str
    title: str
    address: str
    pause: float
    suffix: str
    areas: str
    frequencies: tuple[str, ...]
    address_without_key: str | None = None
    key: str | None = None
    key_header: str | None = None
    accept: str | None = None
    joiner: str = ","
    indicator: str | None = None
    needs_indicator: bool = False
    needs_partners: bool = False
    periods_a_request: int | None = None
    most_rows: int | None = None
    notes: str = ""
    codes: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Request:
    """One question: its address (without any key), headers, and the name of the file for the answer."""

    address: str
    file: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one question: the file with the answer, or None and the reason. `cached`: it was there before."""

    request: Request
    path: Path | None
    cached: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient to be: seconds for an exchange, tries of a question, the longest wait that a server may ask for."""

    timeout: float = 120.0
    tries: int = 4
    longest_wait: float = 300.0
    most_bytes: int = 500_000_000


@cache
def providers() -> dict[str, Provider]:
    """The interfaces that can be asked, by name."""
    rows: dict[str, dict[str, Any]] = tomllib.loads(data_text("providers.toml"))
    return {name: msgspec.convert(row | {"name": name}, type=Provider) for name, row in rows.items()}


def requests(
    provider: str,
    areas: Sequence[str],
    *,
    first: str,
    last: str,
    partners: Sequence[str] = (),
    indicator: str | None = None,
    frequency: str = "A",
    base: str | None = None,
) -> list[Request]:
    """The questions to ask for some areas and the years or months from `first` to `last`, one for each area.

    Areas may be written in any way that `find_area` understands. `base` takes the place of scheme and host of the
    provider's address: a mirror, or a server for tests. Raises StatisticsError for an unknown provider or area, a
    frequency that is not offered, or what the provider needs and is not given.
    """
    asked = _provider(provider)
    if frequency not in asked.frequencies:
        raise StatisticsError(
            f"frequency {frequency!r}", f"not offered by {provider}", f"one of: {', '.join(asked.frequencies)}"
        )
    indicator = indicator or asked.indicator
    if indicator is None and asked.needs_indicator:
        raise StatisticsError(provider, "needs an indicator", asked.notes)
    if not partners and asked.needs_partners:
        raise StatisticsError(provider, "needs partners", "name them, such as --partner KAZ")
    periods = _periods(first, last, frequency)
    key = os.environ.get(asked.key, "").strip() if asked.key else ""
    form = asked.address if key or asked.address_without_key is None else asked.address_without_key
    # A key is for its provider alone, not for whatever server stands in for it.
    trusted = base is None or (urlsplit(base).hostname or "") in {urlsplit(asked.address).hostname, *_LOOPBACK}
    headers = {asked.key_header: key} if key and asked.key_header and trusted else {}
    if asked.accept:
        headers["Accept"] = asked.accept
    others = asked.joiner.join(quote(_written(partner, asked)) for partner in partners)
    step = asked.periods_a_request or len(periods)
    made: list[Request] = []
    for area in areas:
        for start in range(0, len(periods), step):
            part = periods[start : start + step]
            address = form.format(
                area=quote(_written(area, asked)),
                partners=others,
                indicator=quote(indicator or ""),
                frequency=frequency,
                periods=",".join(period.replace("-", "") for period in part),
                first=part[0],
                last=part[-1],
            )
            if base is not None:
                parts = urlsplit(address)
                address = base.rstrip("/") + parts.path + (f"?{parts.query}" if parts.query else "")
            made.append(Request(address, _file_name(asked, address, area, part), headers))
    return made


def fetch(
    asked: Sequence[Request],
    folder: Path,
    *,
    provider: str,
    refresh: bool = False,
    limits: Limits | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Fetched]:
    """Ask one question after the other and keep each answer in `folder`; those whose answer is there are not asked.

    Between requests goes the provider's pause; a `Retry-After` is obeyed up to `limits.longest_wait`. When a server
    asks to wait longer, or refuses the key, the questions that are left are not asked: run again later.
    """
    limits = limits or Limits()
    pause = _provider(provider).pause
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StatisticsError(str(folder), f"cannot be made ({error.strerror})", "name another folder") from None
    client = _Client(limits, sleep)
    ended: str | None = None
    fresh = False
    for request in asked:
        path = folder / request.file
        if path.is_file() and not refresh:
            yield Fetched(request, path, cached=True)
            continue
        if ended is not None:
            yield Fetched(request, None, reason=f"not asked, because {ended}")
            continue
        if fresh:
            sleep(pause)
        fresh = True
        try:
            data = client.get(request)
        except _EndError as error:
            ended = str(error)
            yield Fetched(request, None, reason=ended)
            continue
        except _FailureError as error:
            yield Fetched(request, None, reason=str(error))
            continue
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(data)
        if (reason := _unusable(part)) is not None:
            part.unlink()
            yield Fetched(request, None, reason=reason)
            continue
        part.replace(path)
        yield Fetched(request, path)


def _unusable(path: Path) -> str | None:
    """Why an answer is not worth keeping: an error told with status 200, or nothing in it. It is asked for again."""
    try:
        reading = read(path)
    except StatisticsError as error:
        return error.reason
    if reading.observations or reading.votes:
        return None
    return "; ".join(problem.reason for problem in reading.problems[:2]) or "an answer in which all values are missing"


class _FailureError(Exception):
    """A question that got no answer; the others may."""


class _EndError(Exception):
    """An answer after which no other question makes sense now."""


class _Client:
    """HTTP with patience."""

    def __init__(self, limits: Limits, sleep: Callable[[float], None]) -> None:
        self._limits = limits
        self._sleep = sleep
        self._urllib3: Any = import_module("urllib3")
        self._pool: Any = self._urllib3.PoolManager(
            headers={"User-Agent": f"multivector/{__version__} (statistics for its user)", "Accept-Encoding": "gzip"}
        )

    def get(self, request: Request) -> bytes:
        """The body of the answer. Raises _FailureError or _EndError, in words, after all tries."""
        wait, reason = 1.0, ""
        for attempt in range(1, self._limits.tries + 1):
            try:
                status, headers, body = self._once(request)
            except self._urllib3.exceptions.HTTPError as error:
                reason = _network_words(error)
                status, headers, body = 0, _NO_HEADERS, b""
            if status == 200:
                return body
            if status:
                reason = f"HTTP {status}"
            if status in (401, 403):
                raise _EndError(f"{reason}: the key is missing or not accepted")
            if status not in _AGAIN and status != 0:
                raise _FailureError(f"{reason}{_told(body)}")
            asked_for = _retry_after(headers.get("retry-after", ""))
            pause = wait if asked_for is None else asked_for
            if pause > self._limits.longest_wait:
                raise _EndError(
                    f"{reason}: the server asks to wait {pause:,.0f} s; what was got is kept, run again then"
                )
            if attempt < self._limits.tries:
                self._sleep(pause)
                wait *= 2
        if reason == "HTTP 429":
            raise _EndError(f"{reason}: too many requests, {self._limits.tries} times; run again later")
        raise _FailureError(f"{reason}, {self._limits.tries} times")

    def _once(self, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        answer = self._pool.request(
            "GET",
            request.address,
            headers={**self._pool.headers, **request.headers},
            timeout=self._urllib3.Timeout(connect=20.0, read=self._limits.timeout),
            retries=False,
            redirect=False,
            preload_content=False,
        )
        try:
            body = bytearray()
            for chunk in answer.stream(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > self._limits.most_bytes:
                    raise _FailureError(f"more than {self._limits.most_bytes:,} bytes")
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, bytes(body)
        finally:
            answer.close()


def _retry_after(text: str) -> float | None:
    """Seconds to wait by a `Retry-After` in either of its forms (RFC 9110, 10.2.3), or None."""
    text = text.strip()
    if text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    now = dt.datetime.now(dt.UTC)
    return max(0.0, (when.replace(tzinfo=when.tzinfo or dt.UTC) - now).total_seconds())


def _network_words(error: Exception) -> str:
    name = type(error).__name__
    if "Timeout" in name:
        return "no answer in time"
    if "NewConnection" in name or "NameResolution" in name or "MaxRetry" in name:
        return "cannot connect"
    return f"the exchange failed ({name})"


def _told(body: bytes) -> str:
    """What the server says of its error, cut, when it is text."""
    text = " ".join(body[:2000].decode("utf-8", "replace").split())
    return f": {text[:160]}" if text and not text.startswith("<") else ""


def _provider(name: str) -> Provider:
    found = providers().get(name)
    if found is None:
        raise StatisticsError(f"provider {name!r}", "no such provider", f"one of: {', '.join(providers())}")
    return found


_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def _periods(first: str, last: str, frequency: str) -> list[str]:
    """The years or months from `first` to `last`. Raises StatisticsError."""
    if frequency == "A":
        if not (_YEAR.fullmatch(first) and _YEAR.fullmatch(last)) or first > last:
            raise StatisticsError(
                f"{first} to {last}", "not years in order", "give years such as --since 2020 --until 2024"
            )
        return [str(year) for year in range(int(first), int(last) + 1)]
    start = _MONTH.fullmatch(first if _MONTH.fullmatch(first) else f"{first}-01")
    end = _MONTH.fullmatch(last if _MONTH.fullmatch(last) else f"{last}-12")
    if start is None or end is None or start[0] > end[0]:
        raise StatisticsError(f"{first} to {last}", "not months in order", "give them such as --since 2024-01")
    numbers = range(int(start[1]) * 12 + int(start[2]) - 1, int(end[1]) * 12 + int(end[2]))
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def _written(area: str, asked: Provider) -> str:
    """An area as the provider writes it. Raises StatisticsError for one that is not known or has no code there."""
    scheme = Scheme(asked.areas)
    found = find_area(area) or find_area(area, scheme)
    code = (asked.codes.get(found.code) or write_area(found.code, scheme)) if found else None
    if code is None:
        raise StatisticsError(
            f"area {area!r}", f"no area that {asked.name} has a code for", "give an alpha-3 code such as KAZ"
        )
    return code


def _file_name(asked: Provider, address: str, area: str, periods: Sequence[str]) -> str:
    """A name that people can read and that no other question has."""
    digest = hashlib.blake2b(
        urlsplit(address)._replace(scheme="", netloc="").geturl().encode(), digest_size=5
    ).hexdigest()
    span = periods[0] if len(periods) == 1 else f"{periods[0]}-{periods[-1]}"
    name = re.sub(r"[^A-Za-z0-9]+", "-", area).strip("-") or "area"
    return f"{asked.name}_{name}_{span}_{digest}.{asked.suffix}"
