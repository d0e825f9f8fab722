"""What the job takes and gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from multivector.gather import Failure, Gathered, Options, Source
from multivector.record import Kind, Record


class Status(StrEnum):
    """What became of one input."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run: gather's `options`, `workers` processes (None: one a processor), files of user `knowledge`.

    `limit` is how long one document may take to be parsed and read, in seconds (not counted on Windows). With
    `again`, inputs that the store has already seen are read anew, and replace what a newer reader made.
    """

    options: Options = field(default_factory=Options)
    workers: int | None = None
    knowledge: tuple[Path, ...] = ()
    again: bool = False
    limit: float = 120.0


@dataclass(frozen=True, slots=True)
class Done:
    """One input done: the document that it gave with its counts of items, or the reason why there is none."""

    location: str
    status: Status
    document: str | None = None
    items: dict[Kind, int] = field(default_factory=dict[Kind, int])
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker gives back for one input; `record` is None when the store has seen it already."""

    gathered: Gathered | None
    record: Record | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do: the inputs that were found, each once, and those that were not."""

    sources: tuple[Source, ...]
    missing: tuple[Failure, ...]

    def __len__(self) -> int:
        return len(self.sources) + len(self.missing)
