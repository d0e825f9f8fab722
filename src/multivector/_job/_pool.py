"""Worker processes: many inputs at once, results in order, and a death among the workers survived."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from multivector._job._types import Read, Settings
from multivector._job._worker import Worker
from multivector.gather import Source
from multivector.store import open_store

_AHEAD = 4
"""Inputs in flight for each worker: enough to keep it busy, few enough to keep memory small."""

Task = Callable[[Source], Read]


def in_pool(
    sources: list[Source], store: Path, settings: Settings, workers: int, task: Task | None = None
) -> Iterator[tuple[Source, Read]]:
    """Results in the order of `sources`; `task` does the work in the worker processes."""
    if not sources:
        return
    task = task or _read_in_worker
    pending = deque(sources)
    running: deque[tuple[Source, Future[Read]]] = deque()
    others = set(multiprocessing.active_children())
    pool = _pool(store, settings, workers)
    try:
        while pending or running:
            try:
                while pending and len(running) < workers * _AHEAD:
                    running.append((pending[0], _submit(pool, task, pending[0])))
                    pending.popleft()
                result = running[0][1].result()
            except BrokenProcessPool:
                # Somebody in flight killed its process: each is tried alone, so that only the culprit fails.
                pool.shutdown(wait=True, cancel_futures=True)
                yield from _one_by_one(running, store, settings, task)
                running.clear()
                pool = _pool(store, settings, workers)
            else:
                yield running.popleft()[0], result
    except BaseException:
        # Stopped from outside: nobody waits for what is under way, which may be a slow server.
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _one_by_one(
    suspects: Iterable[tuple[Source, Future[Read]]], store: Path, settings: Settings, task: Task
) -> Iterator[tuple[Source, Read]]:
    """Results of inputs of which one has killed its process, none of them in flight together with another."""
    pool: ProcessPoolExecutor | None = None
    try:
        for source, future in suspects:
            if future.done() and not future.cancelled() and not future.exception():
                yield source, future.result()
                continue
            pool = pool or _pool(store, settings, 1)
            try:
                result = _submit(pool, task, source).result()
            except BrokenProcessPool:
                pool.shutdown(wait=True)
                pool = None
                result = Read(None, None, "the process that read it died; it may be damaged, or need too much memory")
            yield source, result
    finally:
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)


def _pool(store: Path, settings: Settings, workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would share the SQLite connection and any lock that is held just then.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(store, settings))


def _submit(pool: ProcessPoolExecutor, task: Task, source: Source) -> Future[Read]:
    """Submit, which may start a process: with Ctrl-C blocked, as the new process inherits it.

    Else all processes would hear Ctrl-C and print a traceback; only this one is to deal with it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(task, source)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(task, source)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_order: tuple[Path, Settings] | None = None
_worker: Worker | None = None


def _start(store: Path, settings: Settings) -> None:
    global _order  # the order for this process
    _order = store, settings
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent has been killed; nobody else would ever end it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_in_worker(source: Source) -> Read:
    global _worker  # one worker a process is the point
    assert _order is not None, "the initializer of the pool has run"
    # Made here, not in the initializer, so that an error in making it comes back as what it is.
    if _worker is None:
        path, settings = _order
        _worker = Worker(open_store(path, readonly=True), settings)
    return _worker.read(source)
