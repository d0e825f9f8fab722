"""The run: what there is to do, who does it, and the one place that writes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import chain
from pathlib import Path

from multivector._job._pool import in_pool
from multivector._job._types import Done, Plan, Read, Settings, Status
from multivector._job._worker import Worker, fault
from multivector.errors import RecordError
from multivector.gather import Failure, Gathered, Source, expand
from multivector.knowledge import load
from multivector.record import Record
from multivector.store import Outcome, Sighting, Store

_POOL_FROM = 12
"""With fewer inputs than this, starting worker processes costs more than it saves."""


def plan(inputs: Iterable[str]) -> Plan:
    """Find the inputs: paths, folders (all documents below them), addresses, and `-` for standard input."""
    found = list(expand(inputs, stdin=True))
    return Plan(
        tuple(item for item in found if isinstance(item, Source)),
        tuple(item for item in found if isinstance(item, Failure)),
    )


def run(planned: Plan, store: Store, settings: Settings | None = None) -> Iterator[Done]:
    """Read what was `planned` into `store`; gives each input as it is done, in order.

    Raises StoreError when the store cannot be written, where whatever was given before is kept, and KnowledgeError
    for a wrong file of knowledge.
    """
    settings = settings or Settings()
    if settings.knowledge:
        load(settings.knowledge)  # so that a wrong file is told before anything is done
    for failure in planned.missing:
        _note(store, failure.location, failure.reason)
        yield Done(failure.location, Status.FAILED, reason=failure.reason)
    # Worker processes have no standard input.
    sources: list[Source] = []
    for source in planned.sources:
        if _is_part_of(store.path, source.location):
            yield Done(source.location, Status.FAILED, reason="the store itself, not a document")
        else:
            sources.append(source)
    here = [source for source in sources if source.location == "-"]
    rest = [source for source in sources if source.location != "-"]
    workers = min(settings.workers or _processors(), len(rest))
    if workers < 2 or (settings.workers is None and len(rest) < _POOL_FROM):
        here, rest = sources, []
    keeper = _Keeper(store, settings)
    for source, result in chain(_in_process(here, keeper), in_pool(rest, store.path, settings, workers)):
        yield keeper.keep(source, result)


class _Keeper:
    """Writes results; the only one who does."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self.settings = store, settings

    @cached_property
    def worker(self) -> Worker:
        """Reads what workers elsewhere cannot."""
        return Worker(self.store, self.settings)

    def keep(self, source: Source, result: Read) -> Done:
        """Write the `result` of one input, in one transaction."""
        sighting = _sighting(result.gathered) if result.gathered else None
        while True:
            if result.reason is not None:
                return self._failed(source, result.reason)
            if sighting is None or result.gathered is None or result.record is None:
                self.store.clear_failure(source.location)
                return Done(source.location, Status.UNCHANGED)
            try:
                outcome = self.store.add(result.record, sighting, force=self.settings.again)
                if outcome is not Outcome.STALE:
                    return _done(source, outcome, result.record)
                # The same text was found elsewhere with better metadata, which dates in it hang on.
                document = self.store.settle(result.record.document, sighting)
                result = self.worker.reread(result.gathered, document)
            except RecordError as error:
                # The store refuses a record that breaks a rule, which the reader should not have made.
                return self._failed(source, fault(error))

    def _failed(self, source: Source, reason: str) -> Done:
        _note(self.store, source.location, reason)
        return Done(source.location, Status.FAILED, reason=reason)


def _note(store: Store, location: str, reason: str) -> None:
    """Keep a failure of an input that can be tried again: standard input cannot, and no folder is ever read itself."""
    if location != "-" and not Path(location).is_dir():
        store.add_failure(location, reason)


def _is_part_of(store: Path, location: str) -> bool:
    """Whether `location` is the store's file or its log. Reading these would drop the locks that we hold on them."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError, ValueError):
            if Path(f"{store}{suffix}").samefile(location):
                return True
    return False


def _in_process(sources: list[Source], keeper: _Keeper) -> Iterator[tuple[Source, Read]]:
    return ((source, keeper.worker.read(source)) for source in sources)


def _done(source: Source, outcome: Outcome, record: Record) -> Done:
    status = {Outcome.ADDED: Status.ADDED, Outcome.REPLACED: Status.REPLACED}.get(outcome, Status.UNCHANGED)
    return Done(source.location, status, record.document.id, Counter(item.kind for item in record.items))


def _sighting(gathered: Gathered) -> Sighting:
    document = gathered.document
    return Sighting(
        location=gathered.location,
        digest=gathered.digest,
        url=document.url,
        publisher=document.publisher,
        title=document.title,
        published=document.published,
        language=document.language,
        retrieved=gathered.retrieved,
    )


def _processors() -> int:
    """Processors that this process may use, which can be fewer than there are."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
