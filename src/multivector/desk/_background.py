"""Work that takes longer than a reader waits for: done in a process of its own, its answers kept for a while."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from multivector.errors import MultivectorError

_KEPT = 200
_FRESH_FOR = 20.0
"""How many times as long as it took an answer stays fresh."""
_AT_LEAST = 15.0


@dataclass(slots=True)
class _Task:
    begun: float
    future: Future[Any]
    answer: Any = None
    known: bool = False
    fresh_until: float = 0.0


class Background:
    """Tasks by key. One process does them, one after the other, so that pages keep the other processors."""

    def __init__(self) -> None:
        self._tasks: OrderedDict[str, _Task] = OrderedDict()
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._children: set[object] = set()

    def ask(self, key: str, wait: float, work: Callable[..., Any], *args: Any) -> tuple[bool, Any]:
        """Whether the answer is there within `wait` seconds, and the answer.

        An answer that is no longer fresh is given all the same, while the next is worked out. Raises the
        MultivectorError that the work ended with.
        """
        with self._lock:
            task = self._tasks.get(key)
            if task is not None and task.known and time.monotonic() > task.fresh_until and task.future.done():
                task.begun, task.future = time.monotonic(), self._submit(work, *args)
            if task is None:
                task = self._tasks[key] = _Task(time.monotonic(), self._submit(work, *args))
                while len(self._tasks) > _KEPT:
                    self._tasks.popitem(last=False)
            self._tasks.move_to_end(key)
        if task.known and not task.future.done():
            return True, task.answer
        try:
            answer = task.future.result(timeout=wait)
        except NotYetError:
            return False, None
        except MultivectorError:
            with self._lock:
                self._tasks.pop(key, None)
            raise
        except BrokenProcessPool:
            with self._lock:
                self._tasks.pop(key, None)
                self._pool = None
            raise
        with self._lock:
            if not task.known or task.answer is not answer:
                task.answer, task.known = answer, True
                took = time.monotonic() - task.begun
                task.fresh_until = time.monotonic() + max(_AT_LEAST, took * _FRESH_FOR)
        return True, task.answer

    def close(self) -> None:
        """End the process."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in multiprocessing.active_children():
                if process in self._children:
                    process.terminate()
            pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, work: Callable[..., Any], *args: Any) -> Future[Any]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_start)
        before = set(multiprocessing.active_children())
        future = self._pool.submit(work, *args)
        self._children |= set(multiprocessing.active_children()) - before
        return future


def _start() -> None:
    """Ctrl-C is for the desk alone; and this process ends when the desk has been killed."""
    import os
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def end() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=end, daemon=True).start()
