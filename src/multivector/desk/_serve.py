"""Running the desk until it is stopped."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable

from multivector.desk._app import create_app
from multivector.desk._settings import Settings
from multivector.errors import InputError
from multivector.store import open_store


def serve(settings: Settings, *, ready: Callable[[str], None] | None = None) -> None:
    """Show the store until Ctrl-C; `ready` is called with the desk's address once it can be reached.

    A store that does not exist is made, and one of an older version brought to the present form, where the settings
    allow writing. Raises StoreError, KnowledgeError, and InputError when the address cannot be listened on.
    """
    import uvicorn

    with open_store(settings.store, create=settings.may_write, readonly=not settings.may_write):
        pass
    listening = _listen(settings)
    host, port = listening.getsockname()[:2]
    app = create_app(settings)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
    )
    if ready is not None:
        name = f"[{host}]" if ":" in host else host
        ready(f"http://{name}:{port}/")
    if threading.current_thread() is threading.main_thread():
        # The server ends itself by the signal that ended it: an exit, so that what stands behind is cleared away.
        signal.signal(signal.SIGTERM, _exit)
    uvicorn.Server(config).run(sockets=[listening])


def _exit(*_: object) -> None:
    sys.exit(0)


def _listen(settings: Settings) -> socket.socket:
    """A socket that listens, so that a browser which is quicker than the desk waits for it."""
    subject = f"{settings.host}:{settings.port}"
    try:
        family, kind, proto, _, place = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise InputError(subject, "no such address", "give the address of this machine, such as 127.0.0.1") from None
    listening = socket.socket(family, kind, proto)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise InputError(subject, error.strerror or "cannot be listened on", "choose another --port") from None
    return listening
