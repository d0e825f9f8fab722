"""What the tests of the job do in other processes: whole runs that are killed, and tasks that kill their worker."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import multivector
from multivector._job import Settings, plan, run
from multivector._job._types import Read
from multivector.gather import Source
from multivector.store import open_store
from program import EXAMPLES

# Once, in the server that the processes are forked from.
for example in ("2026-05-19-brussels-sanctions.txt", "2026-06-11-border-agreement.html"):
    multivector.read(EXAMPLES / example)


def ready() -> None:
    """Nothing: when it has run, the server is up."""


def read_all(folder: Path, store_path: Path, workers: int) -> None:
    """One run over `folder`, as `multivector read` does it."""
    with open_store(store_path, timeout=30) as store:
        for _ in run(plan([str(folder)]), store, Settings(workers=workers)):
            pass


def die_of_poison(source: Source) -> Read:
    """Dies as a crash in a C library would make it; says of others who read them."""
    if "poison" in source.location:
        os.kill(os.getpid(), signal.SIGKILL)
    return Read(None, None, f"read by {os.getpid()}")
