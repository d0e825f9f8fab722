"""What reading a file of statistics gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from multivector.record import Observation, Vote


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that was left out: where (line from 1, None for the file as a whole) and why."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.file}{f', line {self.line}' if self.line is not None else ''}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one file: rows, votes, and what was left out with its reason.

    `reader` is the name of the reader that was used, `missing` the number of values that the file leaves empty: they
    have no row, and are no problem.
    """

    path: str
    reader: str
    observations: list[Observation] = field(default_factory=list[Observation])
    votes: list[Vote] = field(default_factory=list[Vote])
    problems: list[Problem] = field(default_factory=list[Problem])
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a file; it wins over what the file says of itself.

    `source` names provider and data set. `vintage` is the date of publication and `retrieved` that of reading (ISO
    8601; today unless given). `encoding` is that of a text file. `unit_multiplier` is the power of ten of the values,
    for files that do not tell it truly.
    """

    source: str | None = None
    vintage: str | None = None
    retrieved: str | None = None
    encoding: str | None = None
    unit_multiplier: int | None = None
