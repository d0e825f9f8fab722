"""What the tests of the gather room share: a small PDF writer and a local web server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from multivector.gather import Gathered, Options, Source, fetch, parse
from multivector.gather._types import make_raw


def gathered(name: str, data: bytes, options: Options | None = None) -> Gathered:
    """Parse `data` as if it were the contents of a file called `name`."""
    options = options or Options()
    return parse(make_raw(Source(name), data, options), options)


def text_of(name: str, data: bytes) -> str:
    return gathered(name, data).document.text


Placed = tuple[int, int, str]  # x and y in points, y upwards, and the words of a line


def pdf(pages: list[list[Placed]], info: bytes = b"", trailer: bytes = b"", extra: tuple[bytes, ...] = ()) -> bytes:
    """A PDF 1.4 with lines of 11-point Helvetica, an /Info dictionary and more objects and trailer entries."""
    objects = [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    tree = 2 + 2 * len(pages)
    kids: list[bytes] = []
    for lines in pages:
        drawn = b"BT /F1 11 Tf\n"
        for x, y, words in lines:
            escaped = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn += b"1 0 0 1 %d %d Tm (%s) Tj\n" % (x, y, escaped)
        drawn += b"ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 1 0 R>>>>>>"
            % (tree, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(kids)))
    objects.append(b"<</Type/Catalog/Pages %d 0 R>>" % tree)
    objects.append(b"<<%s>>" % info)
    objects.extend(extra)
    out = b"%PDF-1.4\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root %d 0 R/Info %d 0 R%s>>\n" % (len(objects) + 1, tree + 1, tree + 2, trailer)
    return out + b"startxref\n%d\n%%%%EOF" % start


Answer = Callable[[BaseHTTPRequestHandler], None]


def reply(body: bytes, status: int = 200, **headers: str) -> Answer:
    """An answer with `body`; underscores in the names of `headers` stand for hyphens."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def served(answers: dict[str, Answer]) -> Iterator[str]:
    """A web server on this machine that gives `answers` by path; the address of its root."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path, reply(b"", 404))
            try:
                answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the test's output clean."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def fetched(url: str, options: Options | None = None) -> Gathered:
    options = options or Options(allow_private=True, timeout=5)
    return parse(fetch(Source(url), options), options)
