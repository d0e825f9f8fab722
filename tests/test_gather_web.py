"""Web addresses: what is fetched, what is refused, and that nothing hangs. The server is on this machine."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from gather_tools import Answer, fetched, reply, served
from multivector.errors import InputError
from multivector.gather import Options, Source, fetch, gather
from multivector.gather._http import is_public

PAGE = """<!doctype html><html lang="en"><head><title>Visit ends</title></head><body><article><h1>Visit ends</h1>
<p>The delegation left the capital on Tuesday after two days of talks on water, roads and schools.</p>
<p>Both governments said that the next round would take place in the autumn.</p></article></body></html>"""
LOCAL = Options(allow_private=True, timeout=5)


def refusal(url: str, options: Options = LOCAL) -> str:
    with pytest.raises(InputError) as caught:
        fetch(Source(url), options)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_page_becomes_a_document_with_its_address() -> None:
    with served({"/a?x=1": reply(PAGE.encode())}) as root:
        found = fetched(f"{root}/a?x=1#part")
    assert found.location == f"{root}/a?x=1"
    assert found.document.url == f"{root}/a?x=1"
    assert found.document.title == "Visit ends"
    assert found.document.text.startswith("The delegation left the capital")
    assert found.document.language == "en"


def test_the_charset_of_the_http_header_is_believed() -> None:
    words = "Делегация покинула столицу."
    with served({"/": reply(words.encode("koi8-r"), Content_Type="text/plain; charset=KOI8-R")}) as root:
        assert fetched(root).document.text == words


def test_compressed_pages_are_read() -> None:
    with served({"/": reply(gzip.compress(PAGE.encode()), Content_Encoding="gzip")}) as root:
        assert "two days of talks" in fetched(root).document.text


def test_a_redirect_is_followed_and_the_final_address_kept() -> None:
    with served({"/old": reply(b"", 301, Location="/new"), "/new": reply(PAGE.encode())}) as root:
        found = fetched(f"{root}/old")
    assert found.location.endswith("/old")
    assert found.document.url is not None
    assert found.document.url.endswith("/new")


def test_a_redirect_loop_ends() -> None:
    with served({"/": reply(b"", 302, Location="/")}) as root:
        assert refusal(root).endswith("more than 5 redirects")


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://192.0.2.1/a", "gopher://192.0.2.1/"])
def test_a_redirect_to_another_scheme_is_refused(target: str) -> None:
    with served({"/": reply(b"", 302, Location=target)}) as root:
        assert "only http and https" in refusal(root)


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []

    def secret(handler: BaseHTTPRequestHandler) -> None:
        reached.append(handler.path)
        reply(b"secret")(handler)

    real = socket.getaddrinfo
    names = {"public.example": "127.0.0.1", "inner.example": "127.0.0.2"}

    def resolve(host: str, *args: Any, **kinds: Any) -> Any:
        return real(names.get(host, host), *args, **kinds)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr("multivector.gather._http.is_public", lambda address: str(address) == "127.0.0.1")
    answers: dict[str, Answer] = {"/secret": secret}
    with served(answers) as root:
        port = root.rpartition(":")[2]
        answers["/"] = reply(b"", 302, Location=f"http://inner.example:{port}/secret")
        message = refusal(f"http://public.example:{port}/", Options(timeout=5))
    assert message.endswith("the host, 127.0.0.2, is a private address; use --allow-private to allow it")
    assert reached == []


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, *args: Any, **kinds: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1", *args, **kinds)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with served({"/": reply(PAGE.encode())}) as root:
        fetched(root.replace("127.0.0.1", "name.example"))
    assert asked.count("name.example") == 1


def test_the_host_header_names_the_host() -> None:
    seen: list[str | None] = []

    def look(handler: BaseHTTPRequestHandler) -> None:
        seen.extend((handler.headers["Host"], handler.headers["User-Agent"]))
        reply(PAGE.encode())(handler)

    with served({"/": look}) as root:
        fetched(root)
    assert seen[0] == root.removeprefix("http://")
    assert str(seen[1]).startswith("multivector/")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "192.168.0.1", "100.64.0.1", "0.0.0.0"]
)
def test_addresses_that_are_not_public_are_refused(host: str) -> None:
    assert "a private address; use --allow-private" in refusal(f"http://{host}/", Options(timeout=2))


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]"])
@pytest.mark.parametrize("allowed", [True, False])
def test_link_local_addresses_are_refused_whatever_is_allowed(host: str, allowed: bool) -> None:
    message = refusal(f"http://{host}/", Options(timeout=2, allow_private=allowed))
    assert message.endswith("is a link-local address, which is never fetched")


@pytest.mark.parametrize("address", ["http://", "https:///path", "http://?x"])
def test_an_address_without_a_host_is_told_as_it_was_typed(address: str) -> None:
    assert refusal(address) == f"{address}: not a valid web address"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.0.1", "100.64.0.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "0.0.0.0", "::", "::1", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("status", "words"), [(404, "HTTP 404 Not Found"), (500, "HTTP 500 Internal Server Error"), (999, "HTTP 999")]
)
def test_an_error_status_is_named(status: int, words: str) -> None:
    with served({"/": reply(b"sorry", status)}) as root:
        assert refusal(root) == f"{root}/: {words}"


def test_a_server_that_asks_to_wait_is_not_asked_again() -> None:
    with served({"/": reply(b"", 429, Retry_After="30")}) as root:
        assert refusal(root).endswith("HTTP 429 Too Many Requests; the server asks to wait 30 s")


@pytest.mark.parametrize("where", ["head", "body", "never"])
def test_a_server_that_drips_is_left_in_time(where: str) -> None:
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        if where == "body":
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.end_headers()
        elif where == "head":
            handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        while not stop.wait(0.05):
            if where != "never":
                handler.wfile.write(b"a")
                handler.wfile.flush()

    with served({"/": drip}) as root:
        begun = time.monotonic()
        message = refusal(root, Options(allow_private=True, timeout=0.5))
        taken = time.monotonic() - begun
        stop.set()
    assert message.endswith("no complete answer within 0.5 s")
    assert taken < 2


def test_a_large_body_is_cut_off_while_it_comes() -> None:
    sent: list[int] = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        for _ in range(2000):
            handler.wfile.write(b"a" * 50_000)
            sent.append(50_000)

    with served({"/": endless}) as root:
        message = refusal(root, Options(allow_private=True, timeout=5, max_bytes=100_000))
    assert message.endswith("more than 100,000 bytes; raise --max-bytes")
    assert sum(sent) < 50_000_000


def test_a_stated_length_over_the_limit_is_enough() -> None:
    with served({"/": reply(b"", Content_Length="30000000")}) as root:
        assert refusal(root).endswith("more than 20,000,000 bytes; raise --max-bytes")


def test_a_gzip_bomb_is_cut_off() -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    assert len(bomb) < 200_000
    with served({"/": reply(bomb, Content_Encoding="gzip")}) as root:
        assert refusal(root, Options(allow_private=True, max_bytes=1_000_000)).endswith(
            "more than 1,000,000 bytes; raise --max-bytes"
        )


def test_a_broken_gzip_body_is_named() -> None:
    with served({"/": reply(b"not gzip at all", Content_Encoding="gzip")}) as root:
        assert refusal(root).endswith("its body is not validly compressed")


def test_a_body_that_ends_early_is_named() -> None:
    with served({"/": reply(b"<p>half", Content_Length="5000")}) as root:
        assert refusal(root).endswith("the server broke the connection off")


def test_other_media_types_are_refused() -> None:
    with served({"/": reply(b"\x89PNG", Content_Type="image/png")}) as root:
        assert refusal(root).endswith("image/png is not a document that we read")


def test_a_refused_connection_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        assert refusal(url) == f"{url}: connection refused"


def test_a_server_without_tls_is_named() -> None:
    with served({"/": reply(PAGE.encode())}) as root:
        assert "no secure connection" in refusal(root.replace("http:", "https:"))


def test_an_unknown_host_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert refusal("https://no.such.invalid/") == "https://no.such.invalid/: no such host: no.such.invalid"


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///a",
        "http://[::1",
        "http://a:99999/",
        "http://a:b/",
        "http://" + "a" * 300 + "/",
        "http://a b/",
    ],
)
def test_an_address_that_is_none_is_named(url: str) -> None:
    assert "not a valid web address" in refusal(url) or "no such host" in refusal(url)


def test_passwords_in_addresses_are_neither_kept_nor_shown() -> None:
    with served({"/": reply(PAGE.encode()), "/no": reply(b"", 403)}) as root:
        found = gather(Source(root.replace("//", "//user:hidden@")), LOCAL)
        message = refusal(root.replace("//", "//user:hidden@") + "/no")
    assert "hidden" not in found.location + str(found.document.url) + message
    assert message.endswith("HTTP 403 Forbidden")
