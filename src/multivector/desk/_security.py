"""What stands before every page: which hosts, which sites and who may do what, and the headers of every answer.

Against other sites in the user's browser: a request that changes anything must come from the desk's own pages, told
by `Sec-Fetch-Site`, which browsers set and scripts cannot, else by `Origin`; programs send neither. Against a name
that is made to point here (DNS rebinding): only known names and plain IP addresses are answered.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from multivector.desk._faults import ProblemError, respond
from multivector.desk._settings import LOOPBACK_NAMES, Settings, is_address

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
COOKIE = "multivector-desk"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Middleware; `settings` say what is allowed."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.names = LOOPBACK_NAMES | {name.lower() for name in (settings.host, *settings.hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                headers.add_vary_header("Accept")
            await send(message)

        try:
            self._check(scope)
            receive = self._bounded(receive)
        except ProblemError as error:
            await respond(Request(scope), error.problem)(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)

    def _check(self, scope: Scope) -> None:
        """Raise ProblemError for a request that may not be answered."""
        headers = Headers(scope=scope)
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if host not in self.names and not is_address(host):
            raise ProblemError(
                421, f"The desk is not known as {host!r}", f"start it with --allow-host {host or 'NAME'}"
            )
        if scope["method"] in SAFE:
            return
        _check_site(headers)
        if int(headers.get("content-length", "0") or 0) > self.settings.max_upload:
            raise too_large(self.settings.max_upload)
        if scope["path"] != "/token":
            check_may_write(self.settings, headers, Request(scope).cookies.get(COOKIE))

    def _bounded(self, receive: Receive) -> Receive:
        """`receive`, which ends a request whose body grows over the limit, whatever length it said it had."""
        got = 0

        async def bounded() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > self.settings.max_upload:
                raise too_large(self.settings.max_upload)
            return message

        return bounded


def check_may_write(settings: Settings, headers: Headers, cookie: str | None) -> None:
    """Raise ProblemError unless this request may add documents."""
    if not settings.may_write:
        raise ProblemError(403, "This desk is for reading only", None if settings.readonly else "start it with --token")
    if not settings.needs_token:
        return
    assert settings.token is not None
    given = headers.get("authorization", "").removeprefix("Bearer ").strip() or cookie or ""
    if not is_token(settings, given):
        raise ProblemError(401, "Adding documents here needs the token", "give it at /token, or as a bearer token")


def is_token(settings: Settings, given: str) -> bool:
    """Whether `given` is the token, told in a time that does not depend on how much of it is right."""
    return settings.token is not None and hmac.compare_digest(given.encode(), settings.token.encode())


def too_large(most: int) -> ProblemError:
    """The problem of a request with too large a body."""
    return ProblemError(413, f"More than {most / 1e6:,.0f} MB in one request", "add fewer or smaller files at a time")


def _check_site(headers: Headers) -> None:
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        own = site in ("same-origin", "none")
    else:
        own = origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
    if not own:
        raise ProblemError(403, "Another site asked for a change here", "do it on the desk's own pages")
