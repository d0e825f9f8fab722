"""One reference: a word or phrase that stands for actors."""

from __future__ import annotations

import re
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


def codes_of(references: Iterable[Reference]) -> tuple[str, ...]:
    """The codes of several references, sorted, each once."""
    return tuple(sorted({code for reference in references for code in reference.codes}))
