"""One reference: a word or phrase that stands for actors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from multivector.record import Span

JOINED = re.compile(r"(?:[’']s)?\s*(?:,|,?\s*\b(?:and|plus)\b|[-–—+])\s*(?:the\s)?")
"""What stands between two references of one list."""


class Sort(StrEnum):
    """How a reference names what it stands for."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PERSON = "person"
    PRONOUN = "pronoun"
    SPEAKER = "speaker"
    SIDES = "sides"


@dataclass(frozen=True, slots=True)
class Reference:
    """A word or phrase that stands for actors; without codes when it means the participants of the occasion."""

    span: Span
    codes: tuple[str, ...]
    sort: Sort


class InOrder:
    """References in text order, to be found by where they begin."""

    def __init__(self, references: Iterable[Reference]) -> None:
        """`references` come in text order."""
        self.all = tuple(references)
        self._starts = [each.span.start for each in self.all]

    def within(self, low: int, high: int) -> tuple[Reference, ...]:
        """Those that begin in `[low, high)`."""
        return self.all[bisect_left(self._starts, low) : bisect_left(self._starts, high)]


def codes_of(references: Iterable[Reference]) -> tuple[str, ...]:
    """The codes of several references, sorted, each once."""
    return tuple(sorted({code for reference in references for code in reference.codes}))
