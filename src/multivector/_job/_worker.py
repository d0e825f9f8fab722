"""The work on one input, up to the record."""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from multivector._job._types import Read, Settings
from multivector.errors import InputError, MultivectorError, one_line
from multivector.gather import Gathered, Source, fetch, parse
from multivector.knowledge import load
from multivector.reading import Reader
from multivector.record import Document
from multivector.store import Store


class Worker:
    """The part of the work that needs no writing; one in each process."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """`store` is asked what it has seen; it is the writer's own where that is in the same process."""
        self.settings = settings
        self.reader = Reader(load(settings.knowledge))
        self.store = None if settings.again else store

    def read(self, source: Source) -> Read:
        """The document at `source` and its record; neither when the store has seen it, or the reason why not."""
        return _guarded(source, lambda: self._read(source))

    def reread(self, gathered: Gathered, document: Document) -> Read:
        """As `read`, of what has been gathered before, as `document` with other metadata."""
        source = Source(gathered.location)
        return _guarded(source, lambda: self._record(source, lambda: replace(gathered, document=document)))

    def _read(self, source: Source) -> Read:
        raw = fetch(source, self.settings.options)
        if self.store is not None and self.store.seen(source.location, raw.digest, self.reader.version):
            return Read(None, None)
        return self._record(source, lambda: parse(raw, self.settings.options))

    def _record(self, source: Source, gather: Callable[[], Gathered]) -> Read:
        with _limited(source, self.settings.limit):
            gathered = gather()
            return Read(gathered, self.reader.read(gathered.document))


def _guarded(source: Source, work: Callable[[], Read]) -> Read:
    """What `work` gives, or the reason why it failed if that lies in this one input. Errors of the store are raised."""
    try:
        return work()
    except InputError as error:
        return Read(None, None, _reason(error, source.location))
    except MultivectorError:
        raise
    except Exception as error:  # noqa: BLE001  one input that trips a fault of ours must not end the run
        return Read(None, None, fault(error))


class _TooLongError(BaseException):
    """Not an `Exception`, which a library might take for a fault of its own and pass over."""


@contextmanager
def _limited(source: Source, seconds: float) -> Generator[None]:
    """Bounds the time of what is done inside. Raises InputError. Needs the alarm of Unix and the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    # Again each second: what is raised within a callback of the garbage collector is passed over.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    except _TooLongError:
        raise InputError(source.location, f"took longer than {seconds:g} seconds to read", "split it") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _reason(error: MultivectorError, location: str) -> str:
    """The message of `error`, without the location when it begins with it (the caller names it)."""
    return str(error).removeprefix(f"{one_line(location)}: ")


def fault(error: Exception) -> str:
    """An error that is no fault of the input, with the place that it came from, for a report to us."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return one_line(f"a fault in multivector, please report it: {type(error).__name__}: {str(error)[:200]}{place}")
