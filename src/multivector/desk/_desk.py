"""What all pages share: the store, the knowledge, texts and answers kept for a while, and the jobs that read."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

from starlette.requests import Request

from multivector.desk._background import Background
from multivector.desk._jobs import Jobs
from multivector.desk._settings import Settings
from multivector.knowledge import Knowledge, load
from multivector.store import DocumentHead, Store, open_store

T = TypeVar("T")

_KEPT_ANSWERS = 500
_WORTH_KEEPING = 0.02
"""Seconds; what is quicker than this is worked out each time."""
_FRESH_FOR = 20.0
"""How many times as long as it took to work out an answer stays fresh: at most a twentieth of the time goes into it."""
_KEPT_TEXTS = 256


class Desk:
    """One store on show."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store: Store = open_store(settings.store, create=False, readonly=True)
        self.jobs = Jobs(settings)
        self.background = Background()
        self._answers: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._behind = ThreadPoolExecutor(1, thread_name_prefix="desk-refresh")
        _ = self.knowledge  # a wrong file is told before anything is shown
        self.text = lru_cache(maxsize=_KEPT_TEXTS)(self._text)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Actors, offices and domains, with the user's own."""
        return load(self.settings.knowledge)

    def close(self) -> None:
        """Stop what runs and close the store."""
        self.jobs.close()
        self.background.close()
        self._behind.shutdown(wait=False, cancel_futures=True)
        self.store.close()

    def _text(self, document: str) -> str:
        """The text of a document by its whole id; it never changes, since the id is its digest."""
        return self.store.document(document).text

    def start(self, head: DocumentHead) -> str:
        """The first words of a document, for one without a title."""
        return " ".join(self.text(head.id)[:200].split())

    def name(self, code: str) -> str:
        """An actor's English name, or what its code says."""
        entry = self.knowledge.actor(code)
        return entry.name if entry else code.partition(":")[2] or code

    def kept(self, key: str, make: Callable[[], T]) -> T:
        """What `make` gives, kept for a time that grows with what it cost.

        One that is no longer fresh is given once more while a thread works out the next: readers never wait for what
        somebody has seen before.
        """
        with self._lock:
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
                if time.monotonic() >= kept.fresh_until and not kept.refreshing:
                    kept.refreshing = True
                    self._behind.submit(self._refresh, key, make)
                return cast("T", kept.value)
        return self._refresh(key, make)

    def _refresh(self, key: str, make: Callable[[], T]) -> T:
        begun = time.monotonic()
        try:
            value = make()
        except BaseException:
            with self._lock:
                self._answers.pop(key, None)
            raise
        cost = time.monotonic() - begun
        with self._lock:
            if cost >= _WORTH_KEEPING:
                self._answers[key] = _Kept(value, time.monotonic() + cost * _FRESH_FOR)
                if len(self._answers) > _KEPT_ANSWERS:
                    self._answers.popitem(last=False)
            else:
                self._answers.pop(key, None)
        return value


class _Kept:
    __slots__ = ("fresh_until", "refreshing", "value")

    def __init__(self, value: Any, fresh_until: float) -> None:
        self.value, self.fresh_until, self.refreshing = value, fresh_until, False


def desk_of(request: Request) -> Desk:
    """The desk that a request is for."""
    return cast("Desk", request.app.state.desk)
