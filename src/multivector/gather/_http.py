"""One web document by HTTP or HTTPS, bounded in time, size and redirects, from public addresses only.

A host name is resolved once and the connection goes to the very address that was checked, so that a name
server cannot answer differently the second time. Every redirect is checked like the first address. No
proxy, cookie or credential is used, and nothing is asked twice.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit

import urllib3
from urllib3 import exceptions as faults
from urllib3.connection import HTTPConnection, HTTPSConnection

from multivector._version import __version__
from multivector.errors import InputError
from multivector.gather._address import is_address, normal_address
from multivector.gather._types import Options, Raw, Source, make_raw

_HEADERS = {
    "User-Agent": f"multivector/{__version__} (gathers public documents for its user)",
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain, text/markdown;q=0.9, */*;q=0.1",
    "Accept-Encoding": "gzip",
}
_DOCUMENT_TYPES = {
    "",
    "text/html",
    "text/plain",
    "text/markdown",
    "text/x-markdown",
    "text/xml",
    "application/xml",
    "application/xhtml+xml",
    "application/pdf",
    "application/x-pdf",
    "application/octet-stream",
    "binary/octet-stream",
}
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK = 65_536
_MAX_ADDRESSES = 4
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class _Target:
    """Where one request goes."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def fetch_url(source: Source, options: Options) -> Raw:
    """The document at an http or https address. Raises InputError naming the address and why.

    `options.timeout` bounds the whole exchange, redirects included, even when the server sends a byte now
    and then; `options.max_bytes` the body, as sent and decompressed.
    """
    url = normal_address(source.location)
    source = Source(url)
    with _Deadline(url, options.timeout) as deadline:
        for _ in range(options.max_redirects + 1):
            target = _target(url, source.location)
            with _answer(target, source.location, deadline, options) as answer:
                deadline.check()
                if answer.status not in _REDIRECTS or "location" not in answer.headers:
                    _check(answer, source.location)
                    media_type, charset = _content_type(answer, source.location)
                    data = _body(answer, source.location, options)
                    deadline.check()  # a connection that was shut can look like the end of a body
                    return make_raw(source, data, options, media_type=media_type, url=url, charset=charset)
                url = _next(url, answer.headers["location"], source.location)
    raise InputError(source.location, f"more than {options.max_redirects} redirects")


def is_public(address: _Address) -> bool:
    """Whether an address is one that anybody can reach: not loopback, private, link-local, shared, reserved.

    An IPv6 address that carries an IPv4 address (mapped, 6to4, Teredo, NAT64) is public if both are.
    """
    if carried := _carried(address):
        return all(map(is_public, carried))
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    )


def is_link_local(address: _Address) -> bool:
    """Whether an address, or one that it carries, is link-local, as those that give out a cloud machine's keys are."""
    return address.is_link_local or any(map(is_link_local, _carried(address)))


def _carried(address: _Address) -> list[_Address]:
    """The IPv4 addresses inside of an IPv6 address."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in inner if one is not None]


class _Deadline:
    """A bound on a whole exchange: what still waits for the server when it passes finds its sockets shut."""

    def __init__(self, url: str, seconds: float) -> None:
        self._url = url
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()

    @property
    def left(self) -> float:
        """Seconds left, a little above zero at least, for time-outs of single steps."""
        return max(0.01, self._end - time.monotonic())

    @property
    def passed(self) -> bool:
        return time.monotonic() >= self._end

    def check(self) -> None:
        """Raise InputError when time is up."""
        if self.passed:
            raise self.error()

    def error(self) -> InputError:
        return InputError(self._url, f"no complete answer within {self._seconds:g} s")

    def watch(self, connected: socket.socket) -> None:
        """Shut this connection when time is up. A duplicate is kept, as TLS takes the original over."""
        with self._lock:
            self._sockets.append(connected.dup())

    def _shut(self) -> None:
        with self._lock:
            for one in self._sockets:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


@contextmanager
def _answer(
    target: _Target, subject: str, deadline: _Deadline, options: Options
) -> Generator[urllib3.BaseHTTPResponse]:
    """The open response of the first of the host's addresses that takes the connection."""
    try:
        addresses = _addresses(target, subject, deadline, options)
        for number, address in enumerate(addresses, 1):
            pool = _pool(target, str(address), deadline)
            try:
                answer = _request(pool, target, deadline)
            except (faults.NewConnectionError, faults.ConnectTimeoutError):
                pool.close()
                if number == len(addresses) or deadline.passed:
                    raise
                continue
            try:
                yield answer
                return
            finally:
                answer.close()
                pool.close()
    except (faults.HTTPError, OSError, ValueError) as error:
        if deadline.passed:
            raise deadline.error() from None
        raise InputError(subject, _reason(error, deadline)) from None


def _request(pool: urllib3.HTTPConnectionPool, target: _Target, deadline: _Deadline) -> urllib3.BaseHTTPResponse:
    return pool.urlopen(
        "GET",
        target.path,
        headers={**_HEADERS, "Host": target.host_header},
        retries=False,
        redirect=False,
        assert_same_host=False,
        timeout=urllib3.Timeout(connect=deadline.left, read=deadline.left),
        preload_content=False,
    )


def _pool(target: _Target, address: str, deadline: _Deadline) -> urllib3.HTTPConnectionPool:
    """A pool for one connection to `address`; certificates are still checked against the host's name."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            connected = super()._new_conn()
            deadline.watch(connected)
            return connected

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            connected = super()._new_conn()
            deadline.watch(connected)
            return connected

    if target.secure:
        pool = urllib3.HTTPSConnectionPool(
            address, target.port, maxsize=1, server_hostname=target.host, assert_hostname=target.host
        )
        pool.ConnectionCls = cast("Any", Secure)
        return pool
    pool = urllib3.HTTPConnectionPool(address, target.port, maxsize=1)
    pool.ConnectionCls = cast("Any", Plain)
    return pool


def _target(url: str, subject: str) -> _Target:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
        port = parts.port if parts.port is not None else (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise InputError(subject, "not a valid web address") from None
    if not ascii_host or port == 0:
        raise InputError(subject, "not a valid web address")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?[]") if parts.query else ""
    return _Target(parts.scheme == "https", ascii_host, port, path + query)


def _addresses(target: _Target, subject: str, deadline: _Deadline, options: Options) -> list[_Address]:
    """The addresses of a host that may be connected to. Raises InputError when there is none."""
    found: list[_Address] = []
    for text in _resolve(target, subject, deadline):
        address = ipaddress.ip_address(text.partition("%")[0])
        if address not in found:
            found.append(address)
    reachable = [address for address in found if not is_link_local(address)]
    allowed = reachable if options.allow_private else [address for address in reachable if is_public(address)]
    if not allowed:
        first = (reachable or found)[0]
        name = "the host" if target.host == str(first) else f"the host, {first},"
        if not reachable:
            raise InputError(subject, f"{name} is a link-local address, which is never fetched")
        raise InputError(subject, f"{name} is a private address", "use --allow-private to allow it")
    return allowed[:_MAX_ADDRESSES]


def _resolve(target: _Target, subject: str, deadline: _Deadline) -> list[str]:
    """The addresses of a host as text. The system's resolver knows no time-out, so a thread waits for it."""
    answers: list[str] = []
    errors: list[Exception] = []

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answers.extend(str(info[4][0]) for info in infos)
        except (OSError, UnicodeError) as error:
            errors.append(error)

    thread = threading.Thread(target=ask, daemon=True, name="multivector-resolve")
    thread.start()
    thread.join(deadline.left)
    if thread.is_alive():
        raise deadline.error()
    if errors or not answers:
        raise InputError(subject, f"no such host: {target.host}")
    return answers


def _next(url: str, location: str, subject: str) -> str:
    try:
        following = urljoin(url, location.strip())
        if is_address(following):
            return normal_address(following)
        scheme = urlsplit(following).scheme
    except ValueError:
        raise InputError(subject, "redirected to an address that is not valid") from None
    raise InputError(subject, f"redirected to {scheme or 'an unknown'}:, only http and https are fetched")


def _check(answer: urllib3.BaseHTTPResponse, subject: str) -> None:
    status = answer.status
    if status in {200, 203}:
        return
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    reason = f"HTTP {status} {phrase}".strip()
    wait = answer.headers.get("retry-after", "").strip()
    if status in {429, 503} and wait:
        raise InputError(subject, reason, f"the server asks to wait {wait[:40]}{' s' if wait.isdigit() else ''}")
    raise InputError(subject, reason)


def _content_type(answer: urllib3.BaseHTTPResponse, subject: str) -> tuple[str | None, str | None]:
    media_type, _, parameters = answer.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type not in _DOCUMENT_TYPES:
        raise InputError(subject, f"{media_type[:60]} is not a document that we read")
    charset: str | None = None
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()[:40] or None
    return media_type or None, charset


def _body(answer: urllib3.BaseHTTPResponse, subject: str, options: Options) -> bytes:
    """The decompressed body, read no further than the limit. Raises InputError, or urllib3's errors."""
    too_large = InputError(subject, f"more than {options.max_bytes:,} bytes", "raise --max-bytes")
    stated = answer.headers.get("content-length", "")
    if stated.isdigit() and len(stated) < 20 and int(stated) > options.max_bytes:
        raise too_large
    body = bytearray()
    for chunk in answer.stream(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > options.max_bytes:
            raise too_large
    return bytes(body)


def _reason(error: Exception, deadline: _Deadline) -> str:
    """What went wrong in an exchange, in words."""
    match error:
        case faults.SSLError():
            return f"no secure connection ({_ssl_words(error)})"
        case faults.NewConnectionError():
            return "connection refused" if "refused" in str(error) else "cannot connect"
        case faults.TimeoutError() | TimeoutError():
            return str(deadline.error().reason)
        case faults.DecodeError():
            return "its body is not validly compressed"
        case faults.ProtocolError() | faults.IncompleteRead():
            return "the server broke the connection off"
        case faults.LocationParseError() | ValueError():
            return "not a valid web address"
        case _:
            return f"the exchange failed ({type(error).__name__})"


def _ssl_words(error: Exception) -> str:
    cause = error.args[0] if error.args else error
    return getattr(cause, "verify_message", None) or getattr(cause, "reason", None) or str(cause)[:120]
