"""Reading what users add: one process at a time, so that pages stay quick, with its progress for who wants to know.

The process runs the main job as `multivector read` does, with the same bounds, and is the only one here that writes.
"""

from __future__ import annotations

import multiprocessing
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from multivector.desk._settings import Settings
from multivector.errors import MultivectorError

_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants read: paths and addresses, and what they know of them."""

    inputs: tuple[str, ...]
    shown: tuple[str, ...]
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None


@dataclass(slots=True)
class Job:
    """A wish and how far it has got: `waiting`, `reading`, `done` or `failed`; `done` tells of each input so far."""

    id: str
    wish: Wish
    state: str = "waiting"
    total: int = 0
    done: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    reason: str | None = None

    @property
    def finished(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "failed")

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that came out, each once."""
        return tuple(dict.fromkeys(each["document"] for each in self.done if each["document"]))


class Jobs:
    """The line of jobs and the thread that has them read one after the other."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._process: SpawnProcess | None = None
        self._lock = threading.Lock()

    def add(self, wish: Wish) -> Job:
        """Put a job at the end of the line."""
        job = Job(secrets.token_hex(8), wish, total=len(wish.inputs))
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _REMEMBERED and next(iter(self._jobs.values())).finished:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="desk-jobs", daemon=True)
                self._thread.start()
        self._queue.put(job)
        return job

    def get(self, id: str) -> Job | None:  # noqa: A002
        """The job with this id, as long as it is remembered."""
        return self._jobs.get(id)

    def recent(self) -> list[Job]:
        """The jobs that are remembered, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def close(self) -> None:
        """Stop; what has been read is kept."""
        self._queue.put(None)
        process = self._process
        if process is not None:
            process.terminate()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job.state = "reading"
            try:
                self._run(job)
            except Exception as error:  # noqa: BLE001  told where the job is shown
                job.reason = f"{type(error).__name__}: {error}"
            job.state = "failed" if job.reason else "done"

    def _run(self, job: Job) -> None:
        # Spawned, not forked: a fork would share SQLite's connections and the server's sockets.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        self._process = process = context.Process(target=_read, args=(theirs, self.settings, job.wish))
        process.start()
        theirs.close()
        try:
            while True:
                kind, value = ours.recv()
                match kind:
                    case "total":
                        job.total = value
                    case "done":
                        job.done.append(value)
                    case "failed":
                        job.reason = value
                    case _:
                        break
        except EOFError:
            job.reason = "the process that read it ended before its time; what it had read is kept"
        finally:
            process.join(10)
            ours.close()
            self._process = None


def _read(tell: Connection, settings: Settings, wish: Wish) -> None:
    """Runs in a process of its own: the main job on a wish."""
    from multivector._job import Settings as JobSettings
    from multivector._job import plan, run
    from multivector.gather import Options
    from multivector.store import open_store

    shown = dict(zip(wish.inputs, wish.shown, strict=True))
    try:
        options = Options(
            max_bytes=settings.max_upload,
            allow_private=settings.allow_private,
            title=wish.title,
            publisher=wish.publisher,
            published=wish.published,
            language=wish.language,
        )
        planned = plan(wish.inputs)
        tell.send(("total", len(planned)))
        with open_store(Path(settings.store), timeout=60) as store:
            for done in run(planned, store, JobSettings(options, knowledge=settings.knowledge)):
                document = done.document or _known(store, done.location)
                tell.send(
                    (
                        "done",
                        {
                            "input": shown.get(done.location, done.location),
                            "status": done.status.value,
                            "document": document,
                            "items": {kind.value: count for kind, count in done.items.items()},
                            "reason": done.reason,
                        },
                    )
                )
    except MultivectorError as error:
        tell.send(("failed", str(error)))
    else:
        tell.send(("end", None))


def _known(store: Any, location: str) -> str | None:
    """The document that the store knew at a location already."""
    return store.at(location)
